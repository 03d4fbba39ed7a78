//! Document by document: a map of themes, and behind it every passage that has one.

use super::super::findings::Findings;
use super::super::settings::ReportSettings;
use super::figures::{badge, decimal};
use super::quotes::{Marked, Quotes};
use crate::synthesis::PassageRef;
use maud::{Markup, html};
use std::io;

/// The heat map and the documents, at most `settings.n_documents` of them: those with the most themes and hits.
pub fn section(findings: &Findings<'_>, settings: &ReportSettings, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let all = findings.index.documents().len();
    let n_themes = |document: usize| {
        let themes = &findings.scores.documents[document].themes;
        let n_hits: u32 = themes.iter().map(|theme| theme.score.n_hits).sum();
        (themes.iter().filter(|theme| theme.score.has_theme).count(), n_hits)
    };
    let mut shown: Vec<usize> = (0..all).collect();
    shown.sort_by_key(|&document| std::cmp::Reverse(n_themes(document)));
    shown.truncate(settings.n_documents);
    shown.sort_unstable();
    let mut parts = Vec::new();
    for &document in &shown {
        parts.push(part(findings, document, quotes)?);
    }
    Ok(html! {
        section #documents {
            h2 { "Documents" }
            @if shown.len() < all {
                p { "The " (shown.len()) " of " (all) " documents with the most themes; all of them are in " code { "tables/document_scores.csv" } "." }
            }
            (heat_map(findings, &shown))
            @for part in parts { (part) }
        }
    })
}

fn heat_map(findings: &Findings<'_>, shown: &[usize]) -> Markup {
    html! {
        div.scroll {
            table.heat {
                caption { "Score of each theme in each document: the highest of its passages. A figure in bold has reached the threshold of " (findings.threshold) "." }
                thead {
                    tr {
                        th scope="col" { "Document" } th.n scope="col" { "Year" }
                        @for theme in &findings.lexicon.themes { th.n scope="col" { (theme.label) } }
                    }
                }
                tbody {
                    @for &document in shown {
                        @let known = &findings.index.documents()[document];
                        tr {
                            th scope="row" { a href={ "#document-" (document) } { (known.id.0) } }
                            td.n { (known.metadata.year.map_or(String::new(), |year| year.to_string())) }
                            @for theme in &findings.scores.documents[document].themes { (heat_cell(theme.score.score, theme.score.has_theme)) }
                        }
                    }
                }
            }
        }
    }
}

fn heat_cell(score: f64, has_theme: bool) -> Markup {
    let level = format!("n heat-{:.0}", (score * 10.0).floor().clamp(0.0, 10.0));
    let figure = if score > 0.0 { decimal(Some(score), 2) } else { "·".to_owned() };
    html! { td class=(level) { @if has_theme { strong { (figure) } } @else { (figure) } } }
}

fn part(findings: &Findings<'_>, document: usize, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let known = &findings.index.documents()[document];
    let metadata = &known.metadata;
    let mut passages = Vec::new();
    for scored in findings.scores.documents[document].passages.chunk_by(|a, b| a.passage == b.passage) {
        let at = PassageRef { document: document as u32, passage: scored[0].passage };
        let text = quotes.text(at, Marked::Every)?;
        let sums: Vec<Markup> =
            scored.iter().map(|scored| quotes.sum(at, scored.score.theme, scored.score.score)).collect();
        passages.push(html! {
            figure.quote {
                blockquote { (text) }
                figcaption {
                    "passage " (at.passage)
                    @for (scored, sum) in scored.iter().zip(sums) {
                        div.line { (findings.lexicon.themes[scored.score.theme as usize].label) " " (badge(scored.score.stance)) (sum) }
                    }
                }
            }
        });
    }
    Ok(html! {
        details.document #{ "document-" (document) } {
            summary { (metadata.title.as_deref().unwrap_or(&known.id.0)) " " span.muted { (known.id.0) } }
            p.muted {
                (metadata.authors.join(", ")) @if let Some(year) = metadata.year { " (" (year) ")" }
                @if let Some(publication) = &metadata.publication { ". " (publication) }
                ". " (known.n_passages) " passages, " (known.n_tokens) " tokens, from " code { (known.source) }
            }
            @if passages.is_empty() { p.muted { "No passage has a hit." } }
            @for passage in passages { (passage) }
        }
    })
}
