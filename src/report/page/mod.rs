//! One page that holds everything a reviewer needs, and asks nothing of a network.

mod agreement;
mod candidates;
mod documents;
mod figures;
mod methods;
mod overview;
mod quotes;
mod themes;

use super::findings::Findings;
use super::settings::ReportSettings;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use quotes::Quotes;
use std::io;

const STYLE: &str = include_str!("style.css");

/// The page. Text from documents goes through maud's escaping alone and can never become markup.
///
/// # Errors
/// A document cannot be read back from the index.
pub fn page(findings: &Findings<'_>, settings: &ReportSettings) -> io::Result<String> {
    let mut quotes = Quotes::new(findings);
    let themes = themes::section(findings, settings, &mut quotes)?;
    let candidates = candidates::section(findings, &mut quotes)?;
    let documents = documents::section(findings, settings, &mut quotes)?;
    let agreement = findings.agreement.map(|agreement| agreement::section(findings, agreement));
    Ok(html! {
        (DOCTYPE)
        html lang="en" {
            (head(findings))
            body {
                a.skip href="#main" { "Skip to the findings" }
                (banner(findings))
                (navigation(findings))
                main #main {
                    (overview::section(findings))
                    (themes)
                    (documents)
                    @if let Some(agreement) = agreement { (agreement) }
                    (candidates)
                    (methods::section(findings))
                }
                footer { p { "Made by Throughline " (findings.program) ". Every figure here is in a table under " code { "tables/" } "." } }
            }
        }
    }
    .into_string())
}

/// Nothing may be loaded or run: the policy comes before anything else.
fn head(findings: &Findings<'_>) -> Markup {
    html! {
        head {
            meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (findings.title) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn banner(findings: &Findings<'_>) -> Markup {
    let n_documents = findings.index.documents().len();
    html! {
        header.banner {
            p.kicker { "Throughline report" }
            h1 { (findings.title) }
            @if !findings.question.is_empty() { p.question { (findings.question) } }
            p.counts {
                (n_documents) " documents, " (findings.lexicon.themes.len()) " themes, "
                (findings.lexicon.patterns.len()) " patterns"
            }
        }
    }
}

fn navigation(findings: &Findings<'_>) -> Markup {
    html! {
        nav aria-label="Sections" {
            a href="#overview" { "Overview" }
            @for theme in &findings.lexicon.themes { a href={ "#theme-" (theme.id.0) } { (theme.label) } }
            a href="#documents" { "Documents" }
            @if findings.agreement.is_some() { a href="#agreement" { "Agreement" } }
            a href="#candidates" { "Candidate themes" }
            a href="#methods" { "Methods" }
        }
    }
}
