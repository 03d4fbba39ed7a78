//! What else runs through the literature, until a person names it.

use super::super::findings::Findings;
use super::figures::{decimal, percent};
use super::quotes::{Marked, Quotes};
use crate::discover::CandidateTheme;
use crate::synthesis::PassageRef;
use maud::{Markup, html};
use std::io;

/// The candidates, best first.
pub fn section(findings: &Findings<'_>, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let mut parts = Vec::new();
    for candidate in &findings.candidates.themes {
        parts.push(part(findings, candidate, quotes)?);
    }
    let candidates = findings.candidates;
    Ok(html! {
        section #candidates {
            h2 { "Candidate themes" }
            p {
                (candidates.n_uncovered) " of " (candidates.n_passages) " passages have none of the lexicon’s themes. "
                "What is proposed here is read from the texts alone: a person names it, or leaves it."
            }
            @if parts.is_empty() { p.muted { "Nothing was stable enough to be proposed." } }
            @for part in parts { (part) }
        }
    })
}

fn part(findings: &Findings<'_>, candidate: &CandidateTheme, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let mut sentences = Vec::new();
    for at in &candidate.sentences {
        let at = PassageRef { document: at.document as u32, passage: at.passage };
        let text = quotes.text(at, Marked::Every)?;
        let source = quotes.source(at)?;
        sentences.push(html! { figure.quote { blockquote { (text) } figcaption { (source) } } });
    }
    let features: Vec<&str> = candidate.features.iter().map(|feature| feature.text.as_str()).collect();
    let patterns: Vec<&str> = candidate.patterns.iter().map(|pattern| pattern.text.as_str()).collect();
    Ok(html! {
        details.document #{ "candidate-" (candidate.id.0) } open {
            summary { (candidate.label) }
            p { (features.join(", ")) }
            dl.figures {
                div { dt { "Documents" } dd { (candidate.n_documents) " (" (percent(Some(candidate.prevalence))) ")" } }
                div { dt { "Stability" } dd { (decimal(Some(candidate.stability), 2)) } }
                div { dt { "Exclusivity" } dd { (decimal(Some(candidate.exclusivity), 2)) } }
                div { dt { "Coherence (NPMI)" } dd { (decimal(candidate.coherence, 2)) } }
                @if let Some(nearest) = candidate.nearest {
                    div { dt { "Nearest theme" } dd { (findings.lexicon.themes[nearest.theme as usize].label) " (" (decimal(Some(nearest.similarity), 2)) ")" } }
                }
            }
            @for sentence in sentences { (sentence) }
            p.muted { "As patterns: " code { (patterns.join(" | ")) } }
        }
    })
}
