//! Themes beside each other, and over kinds and periods.

use super::super::super::findings::Findings;
use super::super::parts::{Chart, bar, figure, opens, percent, told, two, with_interval};
use crate::synthesis::{Breakdown, CoOccurrence};
use maud::{Markup, html};

/// Themes of which a chart can still be read.
const N_DRAWN: usize = 16;

/// Themes in the same documents; nothing where no two meet.
pub fn co_occurrence(findings: &Findings<'_>) -> Option<Markup> {
    let label = |theme: u16| findings.lexicon.themes[theme as usize].label.as_str();
    let mut pairs: Vec<&CoOccurrence> = findings.synthesis.co_occurrences.iter().collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.n_documents), pair.theme_a, pair.theme_b));
    if pairs.iter().all(|pair| pair.n_documents == 0) {
        return None;
    }
    let table = html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { "Theme" } th scope="col" { "with" } th.n scope="col" { "Documents" } th.n scope="col" { "Passages" } th.n scope="col" { "Lift" } } }
                tbody {
                    @for pair in &pairs {
                        tr {
                            td { (label(pair.theme_a)) } td { (label(pair.theme_b)) }
                            @let address = format!("#find?t={}&u={}", pair.theme_a, pair.theme_b);
                            td.n { (opens(pair.n_documents, &address)) } td.n { (opens(pair.n_passages, &address)) } td.n { (with_interval(pair.lift, two)) }
                        }
                    }
                }
            }
        }
    };
    Some(html! {
        section #co-occurrence {
            h2 { "Themes in the same documents" }
            p { "Lift says how many times as many documents have both as would if the two had nothing to do with each other: 1 is chance." }
            @if findings.lexicon.themes.len() <= N_DRAWN {
                (figure(Chart { kind: "pairs", name: "co-occurrence", ..Chart::default() }, "Documents that have both themes", &table))
            } @else { (table) }
        }
    })
}

/// Prevalence over time, and by the columns of the settings.
pub fn breakdowns(findings: &Findings<'_>) -> Option<Markup> {
    let all = findings.synthesis.breakdowns.iter().enumerate();
    let shown: Vec<(usize, &Breakdown)> = all.filter(|(_, breakdown)| !breakdown.groups.is_empty()).collect();
    let (mut in_time, by_kind): (Vec<_>, Vec<_>) = shown.into_iter().partition(|(_, breakdown)| is_time(breakdown));
    // Periods before years.
    in_time.sort_by_key(|(at, breakdown)| (breakdown.groups.len(), *at));
    (!in_time.is_empty() || !by_kind.is_empty()).then(|| {
        html! {
            section #breakdowns {
                h2 { "Trends, and kinds of source" }
                p { "Share of the documents of each group that have the theme. Groups of fewer than five documents are shown without an interval: resampling so few says nothing." }
                @for (at, breakdown) in in_time { (part(findings, at, breakdown, "trends")) }
                @for (at, breakdown) in by_kind { (part(findings, at, breakdown, "breakdown")) }
            }
        }
    })
}

fn is_time(breakdown: &Breakdown) -> bool {
    matches!(breakdown.column.as_str(), "year" | "period")
}

fn part(findings: &Findings<'_>, at: usize, breakdown: &Breakdown, kind: &str) -> Markup {
    let chart = Chart { kind, name: &format!("by-{}", breakdown.column), column: Some(at), ..Chart::default() };
    let without = match breakdown.n_without {
        0 => String::new(),
        n => format!(" ({n} documents have none)"),
    };
    let open = if is_time(breakdown) { ". Open points: fewer than five documents" } else { "" };
    let caption = format!("Prevalence by {}{without}{open}", breakdown.column);
    let table = breakdown_table(findings, at, breakdown);
    let is_drawn = findings.lexicon.themes.len() <= N_DRAWN && breakdown.groups.len() <= 60;
    html! {
        h3 { "By " (breakdown.column) }
        @if is_drawn { (figure(chart, &caption, &table)) } @else { (table) }
    }
}

fn breakdown_table(findings: &Findings<'_>, at: usize, breakdown: &Breakdown) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label={ "By " (breakdown.column) } {
            table.breakdown {
                thead { tr { th scope="col" { (breakdown.column) } th.n scope="col" { "Documents" } @for theme in &findings.lexicon.themes { th scope="col" { (theme.label) } } } }
                tbody {
                    @for (place, group) in breakdown.groups.iter().enumerate() {
                        tr {
                            th scope="row" { (group.value) } td.n { (group.n_documents) }
                            @for (theme, found) in group.themes.iter().enumerate() {
                                @let prevalence = Some(told(found.prevalence, group.n_documents));
                                td.figure-cell { (bar(prevalence)) span.nowrap { (with_interval(prevalence, percent)) " · " (opens(found.n_documents, &format!("#find?t={theme}&g={at}.{place}"))) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
