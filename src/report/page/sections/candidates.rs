//! What else runs through the literature, until a person names it.

use super::super::super::findings::Findings;
use super::super::parts::{Chart, Marked, Quotes, decimal, diverging, figure, opens, percent, two, with_interval};
use crate::discover::CandidateTheme;
use crate::synthesis::{Estimate, Interval, PassageRef, StanceCounts};
use maud::{Markup, html};
use std::io;

/// The candidates, best first, and what is used more where no theme is.
///
/// # Errors
/// A document cannot be read back from the index.
pub fn section(findings: &Findings<'_>, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let mut parts = Vec::new();
    for (at, candidate) in findings.candidates.themes.iter().enumerate() {
        parts.push(part(findings, at, candidate, quotes)?);
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
            @else {
                p { "To take one up: " code { "throughline candidate accept NAME" } " writes a theme file of its patterns. What is no theme: " code { "throughline candidate dismiss NAME" } "; it does not come back." }
                (figure(Chart { kind: "candidates", name: "candidates", ..Chart::default() }, "Candidates by the share of documents that have them, with intervals", &table(findings)))
            }
            @for part in parts { (part) }
            (uncovered(findings))
            (growth(findings))
        }
    })
}

fn table(findings: &Findings<'_>) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { "Candidate" } th.n scope="col" { "Documents" } th.n scope="col" { "Passages" } th.n scope="col" { "Stability" } th.n scope="col" { "Exclusivity" } th scope="col" { "Nearest theme" } } }
                tbody {
                    @for (at, candidate) in findings.candidates.themes.iter().enumerate() {
                        tr {
                            th scope="row" { a href={ "#candidate-" (candidate.id.0) } { (candidate.label) } }
                            td.n { (opens(candidate.n_documents, &format!("#proposed-{at}"))) } td.n { (opens(candidate.n_passages, &format!("#proposed-{at}"))) }
                            td.n { (two(Some(candidate.stability))) } td.n { (two(Some(candidate.exclusivity))) }
                            td { @if let Some(nearest) = candidate.nearest { (findings.lexicon.themes[nearest.theme as usize].label) } @else { span.muted { "none" } } }
                        }
                    }
                }
            }
        }
    }
}

fn uncovered(findings: &Findings<'_>) -> Markup {
    let features = &findings.candidates.uncovered;
    html! {
        @if !features.is_empty() {
            details {
                summary { "Words that passages without a theme have more often than the others" }
                div.scroll { table {
                    thead { tr { th scope="col" { "Feature" } th.n scope="col" { "Keyness (G²)" } th.n scope="col" { "Passages" } } }
                    tbody { @for feature in features.iter().take(40) { tr { td { (feature.text) } td.n { (decimal(Some(feature.weight), 1)) } td.n { (feature.n_passages) } } } }
                } }
            }
        }
    }
}

fn growth(findings: &Findings<'_>) -> Markup {
    let growths = || findings.candidates.growth.iter().filter(|growth| !growth.patterns.is_empty());
    html! {
        @if growths().next().is_some() {
            details {
                summary { "Patterns that the themes may lack" }
                dl { @for growth in growths() {
                    dt { (findings.lexicon.themes[growth.theme as usize].label) }
                    dd { @for pattern in growth.patterns.iter().take(15) { code { (pattern.text) } " " } }
                } }
            }
        }
    }
}

fn part(findings: &Findings<'_>, at: usize, candidate: &CandidateTheme, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let mut sentences = Vec::new();
    for at in &candidate.sentences {
        let at = PassageRef { document: at.document as u32, passage: at.passage };
        let text = quotes.text(at, Marked::Every)?;
        let source = quotes.source(at)?;
        sentences.push(html! { figure.quote { blockquote { p { (text) } } figcaption { (source) } } });
    }
    let features: Vec<&str> = candidate.features.iter().map(|feature| feature.text.as_str()).collect();
    let patterns: Vec<&str> = candidate.patterns.iter().map(|pattern| pattern.text.as_str()).collect();
    let (low, high) = candidate.prevalence_interval;
    let prevalence = Estimate { value: candidate.prevalence, interval: Some(Interval { low, high }) };
    let stance = candidate.stance;
    let stances = StanceCounts {
        n_barrier: stance.n_barrier,
        n_facilitator: stance.n_facilitator,
        n_both: stance.n_both,
        n_mention: stance.n_mention,
    };
    Ok(html! {
        article.candidate #{ "candidate-" (candidate.id.0) } {
            h3 { (candidate.label) }
            p.features { (features.join(" · ")) }
            dl.figures {
                div { dt { "Documents" } dd { (opens(candidate.n_documents, &format!("#proposed-{at}"))) " · " (with_interval(Some(prevalence), percent)) } }
                div { dt { "Name for the command line" } dd { code { (candidate.id.0) } } }
                div { dt { "Stability" } dd { (two(Some(candidate.stability))) } }
                div { dt { "Exclusivity" } dd { (two(Some(candidate.exclusivity))) } }
                div { dt { "Coherence (NPMI)" } dd { (two(candidate.coherence)) } }
                div { dt { "Stance, passages" } dd { (diverging(stances, None)) } }
                @if let Some(nearest) = candidate.nearest {
                    div { dt { "Nearest theme" } dd { a href={ "#theme-" (findings.lexicon.themes[nearest.theme as usize].id.0) } { (findings.lexicon.themes[nearest.theme as usize].label) } " (" (two(Some(nearest.similarity))) ")" } }
                }
            }
            @if let Some(best) = sentences.first() { (best) }
            details {
                summary { (sentences.len().saturating_sub(1)) " more sentences, and its patterns" }
                @for sentence in sentences.iter().skip(1) { (sentence) }
                p.muted { "As patterns: " @for pattern in &patterns { code { (pattern) } " " } }
            }
        }
    })
}
