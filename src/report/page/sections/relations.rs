//! Themes beside each other, and over kinds and periods.

use super::super::super::findings::Findings;
use super::super::parts::{bar, figure, matrix, percent, told, two, with_interval};
use crate::synthesis::{Breakdown, CoOccurrence};
use maud::{Markup, html};

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
                            td.n { (pair.n_documents) } td.n { (pair.n_passages) } td.n { (with_interval(pair.lift, two)) }
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
            @if findings.lexicon.themes.len() <= 12 {
                (figure("co-occurrence", "Documents that have both themes", &matrix(findings), &table))
            } @else { (table) }
        }
    })
}

/// Prevalence by the columns of the settings, years left out: the trends show them.
pub fn breakdowns(findings: &Findings<'_>) -> Option<Markup> {
    let shown: Vec<&Breakdown> = findings
        .synthesis
        .breakdowns
        .iter()
        .filter(|breakdown| breakdown.column != "year" && !breakdown.groups.is_empty())
        .collect();
    (!shown.is_empty()).then(|| {
        html! {
            section #breakdowns {
                h2 { "By kind and period" }
                p { "Share of the documents of each group that have the theme. Groups of fewer than five documents are shown without an interval: resampling so few says nothing." }
                @for breakdown in shown { (breakdown_table(findings, breakdown)) }
            }
        }
    })
}

fn breakdown_table(findings: &Findings<'_>, breakdown: &Breakdown) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label={ "By " (breakdown.column) } {
            table.breakdown {
                caption { "By " (breakdown.column) @if breakdown.n_without > 0 { " (" (breakdown.n_without) " documents have none)" } }
                thead { tr { th scope="col" { (breakdown.column) } th.n scope="col" { "Documents" } @for theme in &findings.lexicon.themes { th scope="col" { (theme.label) } } } }
                tbody {
                    @for group in &breakdown.groups {
                        tr {
                            th scope="row" { (group.value) } td.n { (group.n_documents) }
                            @for theme in &group.themes {
                                @let prevalence = Some(told(theme.prevalence, group.n_documents));
                                td.figure-cell { (bar(prevalence)) span.nowrap { (with_interval(prevalence, percent)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
