//! Outcomes, and where the evidence for them lies.

use super::super::super::findings::Findings;
use super::super::super::tables::dimension_word;
use super::super::parts::{Chart, figure, opens, side_label, status_parts};
use crate::synthesis::{CellStatus, EvidenceMap};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// So many gaps are named; of more the drawing tells.
const N_GAPS_NAMED: usize = 6;

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
                @if !maps.is_empty() {
                    h3 { "Where the evidence lies" }
                    p.script-only { "Choose any two sides. A square opens the sentences behind it; a dashed one is a gap: no document has both." }
                    @for (at, map) in maps { (map_part(findings, at, map)) }
                }
            }
        }
    })
}

fn outcome_table(findings: &Findings<'_>) -> Markup {
    html! {
        p { "What the documents say of each outcome. A document counts once, with the strongest thing that it says: found, before said to be lacking, before anticipated, before merely spoken of." }
        (figure(Chart { kind: "outcomes", name: "outcomes", ..Chart::default() }, "Documents by what they say of each outcome", &html! {
            table {
                thead { tr { th scope="col" { "Outcome" } th.n scope="col" { "Documents" } @for (_, words, _) in status_parts(CellStatus::default()) { th.n scope="col" { (words) } } } }
                tbody {
                    @for (at, outcome) in findings.synthesis.outcomes.iter().enumerate() {
                        tr {
                            th scope="row" { (outcome.label) } td.n { (opens(outcome.n_documents, &format!("#outcome-{at}"))) }
                            @for (kind, (_, _, n)) in status_parts(outcome.status).into_iter().enumerate() { td.n { (opens(n, &format!("#outcome-{at}-{kind}"))) } }
                        }
                    }
                }
            }
        }))
    }
}

fn map_part(findings: &Findings<'_>, at: usize, map: &EvidenceMap) -> Markup {
    let (rows, columns) = (dimension_word(map.row_dimension), dimension_word(map.column_dimension));
    let n_gaps = map.rows.len() * map.columns.len() - map.cells.len();
    let has_status = [rows, columns].contains(&"outcome");
    let parts = if has_status { ", coloured by what they say of the outcome" } else { "" };
    let is_of_time = [rows, columns].iter().any(|side| ["year", "period"].contains(side));
    let gaps = match n_gaps {
        0 => "There is no gap.".to_owned(),
        // Years in which nothing of a kind was published are no gaps in the evidence.
        n if is_of_time => format!("{n} squares are empty."),
        1 => format!("There is 1 gap: {}.", gaps(findings, map)),
        n if n <= N_GAPS_NAMED => format!("There are {n} gaps: {}.", gaps(findings, map)),
        n => format!("There are {n} gaps."),
    };
    let caption = format!("Evidence map, {rows} × {columns}: squares by number of documents{parts}. {gaps}");
    let chart =
        Chart { kind: "map", name: &format!("evidence-map-{rows}-{columns}"), map: Some(at), ..Chart::default() };
    html! { article.map { (figure(chart, &caption, &map_table(findings, at, map))) } }
}

/// The empty cells by name.
fn gaps(findings: &Findings<'_>, map: &EvidenceMap) -> String {
    let (rows, columns) = (dimension_word(map.row_dimension), dimension_word(map.column_dimension));
    let filled: BTreeSet<(u32, u32)> = map.cells.iter().map(|cell| (cell.row, cell.column)).collect();
    let all = (0u32..).zip(&map.rows).flat_map(|row| (0u32..).zip(&map.columns).map(move |column| (row, column)));
    let empty = all.filter(|((row, _), (column, _))| !filled.contains(&(*row, *column)));
    let name = |((_, row), (_, column)): ((u32, &String), (u32, &String))| {
        format!("{} × {}", side_label(findings, rows, row), side_label(findings, columns, column))
    };
    empty.map(name).collect::<Vec<_>>().join("; ")
}

fn map_table(findings: &Findings<'_>, at: usize, map: &EvidenceMap) -> Markup {
    let (rows, columns) = (dimension_word(map.row_dimension), dimension_word(map.column_dimension));
    let has_status = [rows, columns].contains(&"outcome");
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (rows) } th scope="col" { (columns) } th.n scope="col" { "Documents" } @if has_status { @for (_, words, _) in status_parts(CellStatus::default()) { th.n scope="col" { (words) } } } } }
                tbody {
                    @for cell in &map.cells {
                        tr {
                            td { (side_label(findings, rows, &map.rows[cell.row as usize])) } td { (side_label(findings, columns, &map.columns[cell.column as usize])) }
                            td.n { (opens(cell.n_documents, &format!("#cell-{at}-{}-{}", cell.row, cell.column))) } @if has_status { @for (_, _, n) in status_parts(cell.status) { td.n { @if n > 0 { (n) } @else { span.muted { "·" } } } } }
                        }
                    }
                }
            }
        }
    }
}
