//! On whose authority, and in which words: cited sources and terminology.

use super::super::super::findings::Findings;
use super::super::held::shown_sources;
use super::super::parts::{Marked, Quotes};
use crate::synthesis::{CitedSource, Concept};
use maud::{Markup, html};
use std::io;

/// Rows shown before the rest is folded away.
const N_OPEN: usize = 15;
/// Defining sentences quoted for a concept.
const N_DEFINITIONS: usize = 6;

/// The sources that most documents cite; nothing where none is cited.
pub fn cited(findings: &Findings<'_>) -> Option<Markup> {
    let shown: Vec<(usize, &CitedSource)> =
        shown_sources(findings).enumerate().map(|(place, (_, source))| (place, source)).collect();
    let (first, rest) = shown.split_at(shown.len().min(N_OPEN));
    let n_all = findings.synthesis.cited_sources.len();
    (!first.is_empty()).then(|| {
        html! {
            section #sources {
                h2 { "Cited sources" }
                p { (n_all) " sources are cited in running text. Beside each stand the documents that cite it in a passage that has a theme." }
                (source_table(findings, first))
                @if !rest.is_empty() {
                    details {
                        summary { "The next " (rest.len()) }
                        (source_table(findings, rest))
                        @if n_all > shown.len() { p.muted { "The others are in " code { "tables/cited_sources.csv" } "." } }
                    }
                }
            }
        }
    })
}

fn source_table(findings: &Findings<'_>, sources: &[(usize, &CitedSource)]) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { "Source" } th.n scope="col" { "Documents" } th.n scope="col" { "Passages" } @for theme in &findings.lexicon.themes { th.n scope="col" { (theme.label) } } } }
                tbody {
                    @for (place, source) in sources {
                        tr {
                            th scope="row" { (source.label) @if let Some(document) = source.document { span.sub { a href={ "#document-" (document) } { "in the corpus" } } } }
                            td.n { (source.n_documents) } td.n { a href={ "#source-" (place) } { (source.passages.len()) } }
                            @for theme in 0..findings.lexicon.themes.len() {
                                td.n { @match source.themes.iter().find(|cited| cited.theme as usize == theme) { Some(cited) => (cited.n_documents), None => span.muted { "·" } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Concepts and their names; nothing where the study names none.
///
/// # Errors
/// A document cannot be read back from the index.
pub fn terminology(findings: &Findings<'_>, quotes: &mut Quotes<'_>) -> io::Result<Option<Markup>> {
    let mut parts = Vec::new();
    for concept in &findings.synthesis.concepts {
        parts.push(concept_part(findings, concept, quotes)?);
    }
    Ok((!parts.is_empty()).then(|| {
        html! {
            section #terminology {
                h2 { "Terminology" }
                p { "Names that the literature uses one for another." }
                @for part in parts { (part) }
            }
        }
    }))
}

fn concept_part(findings: &Findings<'_>, concept: &Concept, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let mut definitions = Vec::new();
    for definition in concept.definitions.iter().take(N_DEFINITIONS) {
        let (text, source) = (quotes.text(definition.passage, Marked::None)?, quotes.source(definition.passage)?);
        let name = &concept.variants[definition.variant as usize].name;
        definitions
            .push(html! { figure.quote { blockquote { p { (text) } } figcaption { span.badge { (name) } (source) } } });
    }
    let most = concept.variants.iter().map(|variant| variant.uses.len()).max().unwrap_or(1).max(1);
    let width = |n: usize| format!("{:.1}", n as f64 / most as f64 * 140.0);
    let title = |document: u32| {
        let known = &findings.index.documents()[document as usize];
        known.metadata.title.clone().unwrap_or_else(|| known.id.0.clone())
    };
    Ok(html! {
        h3 { (concept.label) }
        p { (concept.n_documents) " documents use one of its names, " (concept.n_documents_several) " of them two or more." }
        div.scroll {
            table {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Documents" } th.n scope="col" { "Uses" } th scope="col" { "Who uses it most" } } }
                tbody {
                    @for variant in &concept.variants {
                        @let mut users = variant.uses.clone();
                        @let () = users.sort_by_key(|usage| (std::cmp::Reverse(usage.n_hits), usage.document));
                        tr {
                            th scope="row" { (variant.name) }
                            td.figure-cell { svg.bar width="144" height="14" viewBox="0 0 144 14" aria-hidden="true" { rect.fill x="2" y="3" width=(width(variant.uses.len())) height="8" rx="2" {} } span { (variant.uses.len()) } }
                            td.n { (variant.n_hits) }
                            td.small { @for (at, usage) in users.iter().take(3).enumerate() { @if at > 0 { "; " } a href={ "#document-" (usage.document) } { (title(usage.document)) } " (" (usage.n_hits) ")" } }
                        }
                    }
                }
            }
        }
        (pairs(concept))
        @if !definitions.is_empty() { h4 { "Sentences that define one" } @for definition in definitions { (definition) } }
    })
}

fn pairs(concept: &Concept) -> Markup {
    let mut pairs = concept.pairs.clone();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.n_documents), pair.variant_a, pair.variant_b));
    let name = |at: u16| concept.variants[at as usize].name.as_str();
    html! {
        @if !pairs.is_empty() {
            details {
                summary { "Names in the same documents" }
                div.scroll { table {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "with" } th.n scope="col" { "Documents" } th.n scope="col" { "Passages" } } }
                    tbody { @for pair in pairs.iter().take(30) { tr { td { (name(pair.variant_a)) } td { (name(pair.variant_b)) } td.n { (pair.n_documents) } td.n { (pair.n_passages) } } } }
                } }
            }
        }
    }
}
