//! On whose authority, and in which words: cited sources and terminology.

use super::super::super::findings::Findings;
use super::super::held::shown_sources;
use super::super::parts::{Chart, Marked, Quotes, figure, opens};
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
                            td.n { (opens(source.n_documents, &format!("#source-{place}"))) } td.n { (opens(source.passages.len() as u64, &format!("#source-{place}"))) }
                            @for theme in 0..findings.lexicon.themes.len() {
                                td.n { @match source.themes.iter().find(|cited| cited.theme as usize == theme) { Some(cited) => (opens(cited.n_documents, &format!("#source-{place}-{theme}"))), None => span.muted { "·" } } }
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
    for (at, concept) in findings.synthesis.concepts.iter().enumerate() {
        parts.push(concept_part(findings, at, concept, quotes)?);
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

fn concept_part(findings: &Findings<'_>, at: usize, concept: &Concept, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let mut definitions = Vec::new();
    for definition in concept.definitions.iter().take(N_DEFINITIONS) {
        let (text, source) = (quotes.text(definition.passage, Marked::None)?, quotes.source(definition.passage)?);
        let name = &concept.variants[definition.variant as usize].name;
        definitions
            .push(html! { figure.quote { blockquote { p { (text) } } figcaption { span.badge { (name) } (source) } } });
    }
    let chart = Chart { kind: "names", name: &format!("names-{}", at + 1), concept: Some(at), ..Chart::default() };
    let caption = format!("Documents that use each name of “{}”", concept.label);
    Ok(html! {
        h3 { (concept.label) }
        p { (concept.n_documents) " documents use one of its names, " (concept.n_documents_several) " of them two or more." }
        (figure(chart, &caption, &names_table(findings, at, concept)))
        (pairs(concept))
        @if !definitions.is_empty() { h4 { "Sentences that define one" } @for definition in definitions { (definition) } }
    })
}

fn names_table(findings: &Findings<'_>, at: usize, concept: &Concept) -> Markup {
    let title = |document: u32| {
        let known = &findings.index.documents()[document as usize];
        known.metadata.title.clone().unwrap_or_else(|| known.id.0.clone())
    };
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { "Name" } th.n scope="col" { "Documents" } th.n scope="col" { "Uses" } th scope="col" { "Who uses it most" } } }
                tbody {
                    @for (place, variant) in concept.variants.iter().enumerate() {
                        @let mut users = variant.uses.clone();
                        @let () = users.sort_by_key(|usage| (std::cmp::Reverse(usage.n_hits), usage.document));
                        @let address = format!("#name-{at}-{place}");
                        tr {
                            th scope="row" { (variant.name) }
                            td.n { (opens(variant.uses.len() as u64, &address)) } td.n { (opens(variant.n_hits, &address)) }
                            td.small { @for (at, usage) in users.iter().take(3).enumerate() { @if at > 0 { "; " } a href={ "#document-" (usage.document) } { (title(usage.document)) } " (" (usage.n_hits) ")" } }
                        }
                    }
                }
            }
        }
    }
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
