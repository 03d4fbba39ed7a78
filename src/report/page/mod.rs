//! One page that holds everything a reviewer needs, and asks nothing of a network.
//!
//! The essential is plain and works without script; documents and passages beyond the first page of them are held as JSON,
//! and a small script of ours shows them. Text from documents goes through maud's escaping or into that JSON, and the
//! script sets it as text: it can never become markup.

mod evidence;
mod held;
mod parts;
mod policy;
mod sections;

pub use evidence::passages;
pub use held::Held;

use super::findings::Findings;
use super::settings::ReportSettings;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use parts::Quotes;
use std::io;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A section, if the study has something for it: the id it is reached by, its name in the navigation, itself.
type Section = (&'static str, &'static str, Option<Markup>);

/// The page; `evidence` holds what `passages` gave for each document.
///
/// # Errors
/// A document cannot be read back from the index.
pub fn page(
    findings: &Findings<'_>,
    settings: &ReportSettings,
    held: &Held,
    evidence: &[String],
) -> io::Result<String> {
    let mut quotes = Quotes::new(findings);
    let themes = sections::themes::section(findings, settings, &mut quotes)?;
    let sections = after_themes(findings, &mut quotes)?;
    let body = html! {
        (DOCTYPE)
        html lang="en" {
            (head(findings))
            body {
                a.skip href="#main" { "Skip to the findings" }
                (banner(findings))
                div.columns {
                    (navigation(findings, &sections))
                    main #main {
                        (sections::overview::section(findings))
                        @if let Some(scorecard) = sections::selection::scorecard(findings) { (scorecard) }
                        (themes)
                        @for (_, _, section) in &sections { @if let Some(section) = section { (section) } }
                        footer { p { "Made by Throughline " (findings.program) ". Every figure here is in a table under " code { "tables/" } "." } }
                    }
                }
                (reader())
                (data(findings, held, evidence))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    Ok(body.into_string())
}

fn after_themes(findings: &Findings<'_>, quotes: &mut Quotes<'_>) -> io::Result<Vec<Section>> {
    use sections::{agreement, candidates, card, documents, methods, outcomes, relations, selection, sources};
    Ok(vec![
        ("documents", "Documents", Some(documents::section(findings))),
        ("outcomes", "Outcomes and evidence map", outcomes::section(findings)),
        ("co-occurrence", "Co-occurrence", relations::co_occurrence(findings)),
        ("breakdowns", "By kind and period", relations::breakdowns(findings)),
        ("sources", "Cited sources", sources::cited(findings)),
        ("terminology", "Terminology", sources::terminology(findings, quotes)?),
        ("candidates", "Candidate themes", Some(candidates::section(findings, quotes)?)),
        ("agreement", "Agreement with coders", agreement::section(findings, quotes)?),
        ("patterns", "Health of the lexicon", Some(card::section(findings))),
        ("selection", "Selection", selection::section(findings)),
        ("faults", "Inputs to look at", selection::faults(findings)),
        ("methods", "Methods, how to cite", Some(methods::section(findings))),
    ])
}

/// The policy comes before anything else.
fn head(findings: &Findings<'_>) -> Markup {
    html! {
        head {
            meta http-equiv="Content-Security-Policy" content=(policy::policy(STYLE, SCRIPT));
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content={ "Throughline " (findings.program) };
            title { (findings.title) }
            style { (PreEscaped(STYLE)) }
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
                (n_included) " documents included of " (selection.len()) " · " (n_passages) " passages in them · "
                (findings.lexicon.themes.len()) " themes · " (findings.lexicon.patterns.len()) " patterns"
                @if n_faults > 0 { " · " a href="#faults" { (n_faults) (if n_faults == 1 { " input" } else { " inputs" }) " to look at" } }
            }
        }
    }
}

fn navigation(findings: &Findings<'_>, sections: &[Section]) -> Markup {
    html! {
        nav aria-label="Sections" {
            ul {
                li { a href="#overview" { "Overview" } }
                @if findings.synthesis.scorecard.is_some() { li { a href="#scorecard" { "Replication" } } }
                li.group { span { "Themes" } ul { @for theme in &findings.lexicon.themes { li { a href={ "#theme-" (theme.id.0) } { (theme.label) } } } } }
                @for (id, name, _) in sections.iter().filter(|(_, _, section)| section.is_some()) { li { a href={ "#" (id) } { (name) } } }
            }
        }
    }
}

/// Where the script shows documents and the sentences behind a figure.
fn reader() -> Markup {
    html! {
        dialog #reader aria-labelledby="reader-title" {
            header { h2 #reader-title tabindex="-1" {} button type="button" #reader-close { "Close" } }
            div #reader-body {}
        }
    }
}

fn data(findings: &Findings<'_>, held: &Held, evidence: &[String]) -> Markup {
    html! {
        script #data type="application/json" { (PreEscaped(evidence::overview(findings))) }
        @for (document, passages) in evidence.iter().enumerate().filter(|(document, _)| !held.of_document(*document).is_empty()) {
            script #{ "passages-" (document) } type="application/json" { (PreEscaped(passages)) }
        }
    }
}
