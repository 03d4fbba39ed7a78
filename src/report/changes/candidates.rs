//! What became of the candidate themes, as a section of the page.

use super::change::{ChangedCandidate, ChangedDocument, Changes};
use super::names::link;
use maud::{Markup, html};

/// The candidates that are not as they were, and the documents behind it.
pub fn section(changes: &Changes) -> Markup {
    html! {
        section #candidates {
            h2 { "Candidate themes" }
            @if changes.candidates.is_empty() { p.muted { "What is proposed is what was proposed before." } } @else {
                p { "What runs through the literature and no theme names: " (summary(changes)) "." }
                div.scroll { table {
                    thead { tr { th scope="col" { "" } th scope="col" { "Candidate" } th.n scope="col" { "Documents" } th.n scope="col" { "Passages" } th scope="col" { "First seen" } th scope="col" { "Documents behind it" } } }
                    tbody { @for candidate in &changes.candidates { (row(candidate)) } }
                } }
            }
        }
    }
}

/// How many came to each end, in the order of the table: "2 new, 1 grown".
fn summary(changes: &Changes) -> String {
    let same = changes.candidates.chunk_by(|a, b| a.what == b.what);
    same.map(|same| format!("{} {}", same.len(), same[0].what)).collect::<Vec<_>>().join(", ")
}

fn row(candidate: &ChangedCandidate) -> Markup {
    let [documents, passages] = [0, 1].map(|which| {
        let count = |counts: Option<(u32, u32)>| counts.map(|(documents, passages)| [documents, passages][which]);
        (count(candidate.before), count(candidate.after))
    });
    html! {
        tr {
            td { (candidate.what) }
            th scope="row" {
                @match &candidate.id { Some(id) => a href={ "report.html#candidate-" (id) } { (candidate.label) }, None => (candidate.label) }
                br; code { (candidate.name) }
            }
            td.n { (moved(documents)) } td.n { (moved(passages)) }
            td { @match &candidate.first_seen { Some(when) => (when.get(..10).unwrap_or(when)), None => "in this run" } }
            td.small { (behind("+", "gained", &candidate.gained)) (behind("−", "lost", &candidate.lost)) }
        }
    }
}

fn moved(counts: (Option<u32>, Option<u32>)) -> Markup {
    html! {
        @match counts {
            (Some(before), Some(after)) if before == after => (after),
            (Some(before), Some(after)) => { (before) " → " strong { (after) } },
            (None, Some(after)) => strong { (after) },
            (Some(before), None) => { "was " (before) },
            (None, None) => "",
        }
    }
}

fn behind(sign: &str, word: &str, documents: &[ChangedDocument]) -> Markup {
    html! {
        @if !documents.is_empty() {
            details open[documents.len() <= 3] {
                summary { (sign) (documents.len()) " " (word) }
                ul { @for document in documents { li { (link(document)) } } }
            }
        }
    }
}
