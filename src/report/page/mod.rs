//! One page that holds everything a reviewer needs, and asks nothing of a network.
//!
//! The essential is plain and works without script: every figure in a table. What is behind a figure is held as JSON, and a
//! script of ours opens it, and has a charting library draw the charts. Text from documents goes through maud's escaping or
//! into that JSON, and the script sets it as text: it can never become markup.

mod data;
mod evidence;
mod held;
mod met;
mod parts;
mod policy;
mod sections;

pub use evidence::passages;
pub use held::Held;
pub use met::{Met, Wordings, words_met};
pub use policy::policy;

use super::findings::Findings;
use super::settings::ReportSettings;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use parts::{Quotes, count};
use std::io::{self, Write};

/// How the pages of a run look.
pub const STYLE: &str = include_str!("assets/style.css");
/// Runs before anything is painted.
const FIRST: &str = include_str!("assets/script/head.js");
/// The charting library; `assets/vendor/vendor.sh` makes it.
const PLOT: &str = include_str!("assets/vendor/plot.js");
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("assets/script/base.js"),
    include_str!("assets/script/passages.js"),
    include_str!("assets/script/panel.js"),
    include_str!("assets/script/charts.js"),
    include_str!("assets/script/drawings.js"),
    include_str!("assets/script/save.js"),
    include_str!("assets/script/documents.js"),
    include_str!("assets/script/views.js"),
    "})();\n"
);
/// Every script of the page, as the policy allows them.
pub const SCRIPTS: [&str; 3] = [FIRST, PLOT, SCRIPT];

/// A section, if the study has something for it: the id it is reached by, its name in the navigation, itself.
type Section = (&'static str, &'static str, Option<Markup>);
/// Sections that stand together in the navigation, under a heading.
type Group = (&'static str, Vec<Section>);

/// Where the passages of documents stand in the page. Words of others never hold it: there `<` is written otherwise.
const PASSAGES: &str = "<!--passages-->";

/// Writes the page; `evidence` holds what `passages` gave for each document, `met` what the patterns met in all.
///
/// # Errors
/// A document cannot be read back from the index, or the page cannot be written.
pub fn write(
    findings: &Findings<'_>,
    settings: &ReportSettings,
    (held, evidence): (&Held, &[String]),
    met: &Met,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = page(findings, settings, held, met)?;
    let (before, after) = page.split_once(PASSAGES).unwrap_or((&page, ""));
    out.write_all(before.as_bytes())?;
    // One after the other: they are most of the page.
    for (document, passages) in evidence.iter().enumerate().filter(|(at, _)| !held.of_document(*at).is_empty()) {
        let passages = html! { script #{ "passages-" (document) } type="application/json" { (PreEscaped(passages)) } };
        out.write_all(passages.into_string().as_bytes())?;
    }
    out.write_all(after.as_bytes())
}

/// The page without the passages of documents.
fn page(findings: &Findings<'_>, settings: &ReportSettings, held: &Held, met: &Met) -> io::Result<String> {
    let mut quotes = Quotes::new(findings);
    let themes = sections::themes::section(findings, settings, met, &mut quotes)?;
    let groups = after_themes(findings, &mut quotes)?;
    let body = html! {
        (DOCTYPE)
        html lang="en" {
            (head(findings))
            body {
                a.skip href="#main" { "Skip to the findings" }
                (banner(findings))
                div.columns {
                    (navigation(findings, &groups))
                    main #main {
                        (sections::overview::section(findings))
                        @if let Some(scorecard) = sections::selection::scorecard(findings, met) { (scorecard) }
                        (themes)
                        @for (_, _, section) in groups.iter().flat_map(|(_, sections)| sections) { @if let Some(section) = section { (section) } }
                        footer { p { "Made by Throughline " (findings.program) ". Every figure here is in a table under " code { "tables/" } "." } }
                    }
                }
                (panel())
                script #data type="application/json" { (PreEscaped(data::page_data(findings, held))) }
                (PreEscaped(PASSAGES))
                script { (PreEscaped(PLOT)) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    Ok(body.into_string())
}

fn after_themes(findings: &Findings<'_>, quotes: &mut Quotes<'_>) -> io::Result<Vec<Group>> {
    use sections::{agreement, candidates, card, documents, methods, outcomes, relations, selection, sources};
    let evidence = vec![
        ("documents", "Documents and themes", Some(documents::section(findings))),
        ("outcomes", "Outcomes and evidence map", outcomes::section(findings)),
        ("breakdowns", "Trends and kinds", relations::breakdowns(findings)),
        ("co-occurrence", "Co-occurrence", relations::co_occurrence(findings)),
        ("sources", "Cited sources", sources::cited(findings)),
        ("terminology", "Terminology", sources::terminology(findings, quotes)?),
        ("candidates", "Candidate themes", Some(candidates::section(findings, quotes)?)),
    ];
    let trust = vec![
        ("agreement", "Agreement with coders", agreement::section(findings, quotes)?),
        ("patterns", "Health of the lexicon", Some(card::section(findings))),
        ("selection", "Selection", Some(selection::section(findings))),
        ("faults", "Inputs to look at", selection::faults(findings)),
        ("methods", "Methods, how to cite", Some(methods::section(findings))),
    ];
    Ok(vec![("Evidence", evidence), ("How far to trust it", trust)])
}

/// The policy comes before anything else.
fn head(findings: &Findings<'_>) -> Markup {
    html! {
        head {
            meta http-equiv="Content-Security-Policy" content=(policy(STYLE, &SCRIPTS));
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content={ "Throughline " (findings.program) };
            title { (findings.title) }
            style { (PreEscaped(STYLE)) }
            script { (PreEscaped(FIRST)) }
        }
    }
}

fn banner(findings: &Findings<'_>) -> Markup {
    let selection = &findings.synthesis.selection.documents;
    let n_included = selection.iter().filter(|document| document.excluded.is_none()).count();
    let n_passages: u64 = selection
        .iter()
        .zip(&findings.scores.documents)
        .filter(|(document, _)| document.excluded.is_none())
        .map(|(_, scores)| u64::from(scores.n_scored_passages))
        .sum();
    let n_faults = findings.faults.len();
    html! {
        header.banner {
            p.kicker { "Throughline report" }
            h1 { (findings.title) }
            (sections::overview::headline(findings))
            @if !findings.question.is_empty() { p.question { (findings.question) } }
            p.counts {
                (count(n_included as u64)) " documents included of " (count(selection.len() as u64)) " · " (count(n_passages)) " passages in them · "
                (findings.lexicon.themes.len()) " themes · " (findings.lexicon.patterns.len()) " patterns"
                @if n_faults > 0 { " · " a href="#faults" { (n_faults) (if n_faults == 1 { " input" } else { " inputs" }) " to look at" } }
            }
        }
    }
}

fn navigation(findings: &Findings<'_>, groups: &[Group]) -> Markup {
    html! {
        nav aria-label="Sections" {
            ul {
                li { a href="#overview" { "Overview" } }
                @if findings.synthesis.scorecard.is_some() { li { a href="#scorecard" { "Replication" } } }
                li.group { span { "Themes" } ul { @for theme in &findings.lexicon.themes { li { a href={ "#theme-" (theme.id.0) } { (theme.label) } } } } }
                @for (name, sections) in groups {
                    li.group { span { (name) } ul { @for (id, name, _) in sections.iter().filter(|(_, _, section)| section.is_some()) { li { a href={ "#" (id) } { (name) } } } } }
                }
                li.group { a href="changes.html" { "Since the last run" } }
            }
        }
    }
}

/// Where the script shows the sentences behind a figure.
fn panel() -> Markup {
    html! {
        dialog #panel aria-labelledby="panel-title" {
            header { h2 #panel-title tabindex="-1" {} button type="button" #panel-close { "Close" } }
            div #panel-body {}
        }
    }
}
