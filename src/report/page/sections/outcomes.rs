//! Outcomes, and where the evidence for them lies.

use super::super::super::findings::Findings;
use super::super::super::tables::dimension_word;
use super::super::evidence::{side_label, status_parts};
use super::super::parts::{evidence_map, figure};
use crate::synthesis::{CellStatus, EvidenceMap};
use maud::{Markup, html};

/// Outcomes and maps; nothing where the study names no outcome and no map holds a document.
pub fn section(findings: &Findings<'_>) -> Option<Markup> {
    let outcomes = &findings.synthesis.outcomes;
    let maps: Vec<(usize, &EvidenceMap)> =
        findings.synthesis.maps.iter().enumerate().filter(|(_, map)| !map.cells.is_empty()).collect();
    (!outcomes.is_empty() || !maps.is_empty()).then(|| {
        html! {
            section #outcomes {
                h2 { "Outcomes and the evidence map" }
                @if !outcomes.is_empty() { (outcome_table(findings)) }
                @for (at, map) in maps { (map_part(findings, at, map)) }
            }
        }
    })
}

fn outcome_table(findings: &Findings<'_>) -> Markup {
    html! {
        p { "What the documents say of each outcome. A document counts once, with the strongest thing that it says: found, before said to be lacking, before anticipated, before merely spoken of." }
        div.scroll {
            table {
                thead { tr { th scope="col" { "Outcome" } th.n scope="col" { "Documents" } @for (_, words, _) in status_parts(CellStatus::default()) { th.n scope="col" { (words) } } } }
                tbody {
                    @for outcome in &findings.synthesis.outcomes {
                        tr { th scope="row" { (outcome.label) } td.n { (outcome.n_documents) } @for (_, _, n) in status_parts(outcome.status) { td.n { @if n > 0 { (n) } @else { span.muted { "·" } } } } }
                    }
                }
            }
        }
    }
}

fn map_part(findings: &Findings<'_>, at: usize, map: &EvidenceMap) -> Markup {
    let (rows, columns) = (dimension_word(map.row_dimension), dimension_word(map.column_dimension));
    let n_gaps = map.rows.len() * map.columns.len() - map.cells.len();
    let has_status = [rows, columns].contains(&"outcome");
    let parts = if has_status { ", parts of a ring by what is said of the outcome" } else { "" };
    let caption = format!(
        "Evidence map, {rows} × {columns}: rings by number of documents{parts}. A dash is a gap; there are {n_gaps}."
    );
    html! {
        h3 { "Where the evidence lies: " (rows) " by " (columns) }
        @if has_status { (legend()) }
        (figure(&format!("evidence-map-{at}"), &caption, &evidence_map(findings, at, map), &map_table(findings, map)))
        p.muted.script-only { "A ring opens the sentences behind it." }
    }
}

fn legend() -> Markup {
    html! {
        ul.legend {
            @for (word, words, _) in status_parts(CellStatus::default()) {
                li { svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" { circle class={ "ring " (word) } cx="7" cy="7" r="4.5" stroke-width="4" {} } " " (words) }
            }
        }
    }
}

fn map_table(findings: &Findings<'_>, map: &EvidenceMap) -> Markup {
    let (rows, columns) = (dimension_word(map.row_dimension), dimension_word(map.column_dimension));
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (rows) } th scope="col" { (columns) } th.n scope="col" { "Documents" } @for (_, words, _) in status_parts(CellStatus::default()) { th.n scope="col" { (words) } } } }
                tbody {
                    @for cell in &map.cells {
                        tr {
                            td { (side_label(findings, rows, &map.rows[cell.row as usize])) } td { (side_label(findings, columns, &map.columns[cell.column as usize])) }
                            td.n { (cell.n_documents) } @for (_, _, n) in status_parts(cell.status) { td.n { (n) } }
                        }
                    }
                }
            }
        }
    }
}
