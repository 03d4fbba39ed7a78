//! Drawings: trends, co-occurrence, the evidence map, the flow of selection. Each goes with a table.

use super::super::super::findings::Findings;
use super::super::super::tables::dimension_word;
use super::super::evidence::{side_label, status_parts};
use super::svg::{lines, number, text};
use super::{percent, told, two, with_interval};
use crate::synthesis::{Breakdown, EvidenceMap, MapCell, PrismaFlow};
use maud::{Markup, html};

/// A theme's prevalence over the periods or years of a breakdown: points with whiskers, joined.
pub fn trend(breakdown: &Breakdown, theme: usize, label: &str) -> Markup {
    let n = breakdown.groups.len();
    let step = (560.0 / n as f64).clamp(46.0, 110.0);
    let width = 56.0 + step * n as f64;
    let x = |at: usize| 48.0 + step * (at as f64 + 0.5);
    let y = |share: f64| 14.0 + 130.0 * (1.0 - share.clamp(0.0, 1.0));
    let of = |at: usize| breakdown.groups[at].themes[theme];
    let prevalence = |at: usize| told(of(at).prevalence, breakdown.groups[at].n_documents);
    let points: Vec<String> = (0..n).map(|at| format!("{:.1},{:.1}", x(at), y(of(at).prevalence.value))).collect();
    html! {
        svg.plot width=(number(width)) height="190" viewBox={ "0 0 " (number(width)) " 190" } role="img" aria-label={ "Prevalence of " (label) " by " (breakdown.column) } {
            @for share in [0.0, 0.5, 1.0] {
                line.grid x1="44" x2=(number(width - 4.0)) y1=(number(y(share))) y2=(number(y(share))) {}
                text x="38" y=(number(y(share) + 4.0)) text-anchor="end" { (percent(Some(share))) }
            }
            polyline.line points=(points.join(" ")) {}
            @for (at, group) in breakdown.groups.iter().enumerate() {
                @if let Some(interval) = prevalence(at).interval {
                    line.whisker x1=(number(x(at))) x2=(number(x(at))) y1=(number(y(interval.low))) y2=(number(y(interval.high))) {}
                }
                circle class=(if group.n_documents < 5 { "point few" } else { "point" }) cx=(number(x(at))) cy=(number(y(of(at).prevalence.value))) r="4.5" {
                    title { (group.value) ": " (with_interval(Some(prevalence(at)), percent)) ", " (of(at).n_documents) " of " (group.n_documents) " documents" }
                }
                text x=(number(x(at))) y="164" text-anchor="middle" { (group.value) }
                text.soft x=(number(x(at))) y="181" text-anchor="middle" { "n = " (group.n_documents) }
            }
        }
    }
}

/// Themes by themes: documents that have both, shaded by their number, the lift below it.
pub fn matrix(findings: &Findings<'_>) -> Markup {
    let themes = &findings.lexicon.themes;
    let pairs = &findings.synthesis.co_occurrences;
    let most = pairs.iter().map(|pair| pair.n_documents).max().unwrap_or(1).max(1);
    let (left, cell) = (178.0, 100.0);
    let n = themes.len() - 1;
    let (width, height) = (left + cell * n as f64 + 8.0, 64.0 + 52.0 * n as f64);
    html! {
        svg.plot width=(number(width)) height=(number(height)) viewBox={ "0 0 " (number(width)) " " (number(height)) } role="img" aria-label="Documents that have both of two themes" {
            @for (at, theme) in themes.iter().enumerate() {
                @if at < n { (text(&lines(&theme.label, 13, 3), left + cell * (at as f64 + 0.5), 28.0, "middle")) }
                @if at > 0 { (text(&lines(&theme.label, 26, 3), left - 10.0, 58.0 + 52.0 * (at as f64 - 0.5), "end")) }
            }
            @for pair in pairs {
                @let x = left + cell * f64::from(pair.theme_a);
                @let y = 58.0 + 52.0 * (f64::from(pair.theme_b) - 1.0);
                rect.shade x=(number(x + 1.0)) y=(number(y + 1.0)) width=(number(cell - 2.0)) height="50" rx="3" fill-opacity=(format!("{:.2}", 0.06 + 0.5 * f64::from(pair.n_documents) / f64::from(most))) {}
                text.strong x=(number(x + cell / 2.0)) y=(number(y + 24.0)) text-anchor="middle" { (pair.n_documents) }
                text.fine x=(number(x + cell / 2.0)) y=(number(y + 41.0)) text-anchor="middle" { "lift " (two(pair.lift.map(|lift| lift.value))) }
            }
        }
    }
}

/// Where the evidence lies: a ring for each pair, its area by documents, its parts by status; a dash where there is none.
pub fn evidence_map(findings: &Findings<'_>, at: usize, map: &EvidenceMap) -> Markup {
    let (left, cell) = (190.0, 92.0);
    let (width, height) = (left + cell * map.columns.len() as f64 + 8.0, 72.0 + 76.0 * map.rows.len() as f64);
    let most = map.cells.iter().map(|cell| cell.n_documents).max().unwrap_or(1).max(1);
    let center =
        |row: u32, column: u32| (left + cell * (f64::from(column) + 0.5), 66.0 + 76.0 * (f64::from(row) + 0.5));
    let label = |dimension, name| side_label(findings, dimension_word(dimension), name);
    let gap = |row: u32, column: u32| !map.cells.iter().any(|cell| (cell.row, cell.column) == (row, column));
    html! {
        svg.plot.map width=(number(width)) height=(number(height)) viewBox={ "0 0 " (number(width)) " " (number(height)) } role="group" aria-label="Evidence map" {
            @for (column, name) in map.columns.iter().enumerate() {
                (text(&lines(label(map.column_dimension, name), 13, 3), left + cell * (column as f64 + 0.5), 34.0, "middle"))
            }
            @for (row, name) in (0u32..).zip(&map.rows) {
                line.grid x1="0" x2=(number(width)) y1=(number(66.0 + 76.0 * f64::from(row))) y2=(number(66.0 + 76.0 * f64::from(row))) {}
                (text(&lines(label(map.row_dimension, name), 26, 3), left - 12.0, center(row, 0).1, "end"))
                @for column in (0u32..).take(map.columns.len()).filter(|&column| gap(row, column)) {
                    text.soft x=(number(center(row, column).0)) y=(number(center(row, column).1 + 4.0)) text-anchor="middle" { "–" }
                }
            }
            @for found in &map.cells {
                @let name = format!("{} × {}: {}", label(map.row_dimension, &map.rows[found.row as usize]), label(map.column_dimension, &map.columns[found.column as usize]), cell_words(found));
                a href={ "#cell-" (at) "-" (found.row) "-" (found.column) } aria-label=(name) {
                    title { (name) }
                    (ring(found, center(found.row, found.column), f64::from(found.n_documents) / f64::from(most)))
                }
            }
        }
    }
}

fn cell_words(cell: &MapCell) -> String {
    let parts = status_parts(cell.status).into_iter().filter(|(_, _, n)| *n > 0);
    let parts: Vec<String> = parts.map(|(_, words, n)| format!("{n} {words}")).collect();
    format!("{} documents: {}", cell.n_documents, parts.join(", "))
}

/// `share` is that of the fullest cell, to which the area goes.
fn ring(cell: &MapCell, (x, y): (f64, f64), share: f64) -> Markup {
    let radius = (33.0 * share.sqrt()).max(12.0);
    let middle = radius - (radius * 0.36).clamp(4.5, 10.0) / 2.0;
    let around = std::f64::consts::TAU * middle;
    let parts = status_parts(cell.status);
    let total = f64::from(parts.iter().map(|(_, _, n)| n).sum::<u32>().max(1));
    let before = |at: usize| f64::from(parts[..at].iter().map(|(_, _, n)| n).sum::<u32>()) / total;
    html! {
        circle.ground cx=(number(x)) cy=(number(y)) r=(number(radius)) {}
        @for (at, (word, _, n)) in parts.iter().enumerate().filter(|(_, (_, _, n))| *n > 0) {
            circle class={ "ring " (word) } cx=(number(x)) cy=(number(y)) r=(number(middle)) stroke-width=(number((radius - middle) * 2.0))
                stroke-dasharray=(format!("{:.2} {:.2}", around * f64::from(*n) / total, around))
                stroke-dashoffset=(format!("{:.2}", -around * before(at))) transform=(format!("rotate(-90 {x:.1} {y:.1})")) {}
        }
        text.strong x=(number(x)) y=(number(y + 4.5)) text-anchor="middle" { (cell.n_documents) }
    }
}

/// The PRISMA 2020 flow: what goes on to the left, what leaves to the right.
pub fn flow(flow: &PrismaFlow) -> Markup {
    let reasons = |reasons: &[(String, u32)]| -> Vec<String> {
        reasons.iter().flat_map(|(reason, n)| lines(&format!("Excluded: {reason} (n = {n})"), 46, 2)).collect()
    };
    let one = |what: &str, n: u32| lines(&format!("{what} (n = {n})"), 42, 2);
    let steps = [
        (format!("Records identified (n = {})", flow.n_identified), one("Duplicates removed", flow.n_duplicates)),
        (format!("Records screened (n = {})", flow.n_screened), reasons(&flow.excluded_screening)),
        (format!("Reports sought (n = {})", flow.n_sought), one("Could not be read", flow.n_not_retrieved)),
        (format!("Reports assessed (n = {})", flow.n_assessed), reasons(&flow.excluded_eligibility)),
        (format!("Included (n = {})", flow.n_included), Vec::new()),
    ];
    let heights: Vec<f64> = steps.iter().map(|(_, out)| (out.len() as f64 * 15.0 + 22.0).max(44.0)).collect();
    let top = |at: usize| 4.0 + heights[..at].iter().map(|height| height + 24.0).sum::<f64>();
    let height = top(steps.len()) - 16.0;
    html! {
        svg.plot.flow width="660" height=(number(height)) viewBox={ "0 0 660 " (number(height)) } role="img" aria-label="Flow of documents through selection" {
            @for (at, (step, out)) in steps.iter().enumerate() {
                @let middle = top(at) + heights[at] / 2.0;
                rect.box x="2" y=(number(top(at))) width="250" height=(number(heights[at])) rx="4" {}
                (text(&lines(step, 34, 2), 127.0, middle, "middle"))
                @if !out.is_empty() {
                    path.arrow d=(format!("M252 {middle:.1} H318 m-6 -4 l6 4 l-6 4")) {}
                    rect.box x="322" y=(number(top(at))) width="334" height=(number(heights[at])) rx="4" {}
                    (text(out, 336.0, middle, "start"))
                }
                @if at + 1 < steps.len() {
                    path.arrow d=(format!("M127 {:.1} V{:.1} m-4 -6 l4 6 l4 -6", top(at) + heights[at], top(at + 1) - 2.0)) {}
                }
            }
        }
    }
}
