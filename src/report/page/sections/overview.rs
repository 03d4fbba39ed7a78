//! What it all adds up to, on one screen.

use super::super::findings::Findings;
use super::figures::{bar, decimal, percent, stance_bar, with_interval};
use crate::evaluate::{Judge, UnitAgreement, ValidityScope};
use crate::synthesis::ThemeFinding;
use maud::{Markup, html};

/// The table of themes, and what else is there.
pub fn section(findings: &Findings<'_>) -> Markup {
    let mut themes: Vec<&ThemeFinding> = findings.synthesis.themes.iter().collect();
    themes.sort_by_key(|finding| (finding.rank.map_or(u32::MAX, |rank| rank.rank), finding.theme));
    html! {
        section #overview {
            h2 { "Overview" }
            (headline(findings, &themes))
            div.scroll {
                table {
                    caption { "The themes, by the share of documents that have them. Intervals: 95 % bootstrap over documents. A theme's rank carries the share of resamples in which it holds." }
                    thead {
                        tr {
                            th scope="col" { "Theme" } th scope="col" { "Prevalence" } th scope="col" { "Rank" }
                            th.n scope="col" { "Documents" } th.n scope="col" { "Passages" } th.n scope="col" { "Hits" }
                            th.n scope="col" { "per 1,000 tokens" } th scope="col" { "Stance (documents)" }
                            @if findings.agreement.is_some() { th.n scope="col" { "F1 against coders" } }
                        }
                    }
                    tbody { @for finding in &themes { (row(findings, finding)) } }
                }
            }
            (co_occurrence(findings))
            (faults(findings))
        }
    }
}

fn headline(findings: &Findings<'_>, themes: &[&ThemeFinding]) -> Markup {
    let label = |finding: &ThemeFinding| findings.lexicon.themes[finding.theme as usize].label.clone();
    let share = |finding: &ThemeFinding| percent(finding.prevalence.map(|estimate| estimate.value));
    let Some(first) = themes.first().filter(|first| first.n_documents > 0) else {
        return html! { p.headline { "No document has any of the themes." } };
    };
    html! {
        p.headline {
            strong { (label(first)) } " runs through most: " (share(first)) " of the included documents have it"
            @if let Some(last) = themes.last().filter(|last| last.theme != first.theme) {
                ", " strong { (label(last)) } " through fewest: " (share(last))
            }
            ". " (findings.candidates.themes.len()) " further themes are proposed that the lexicon does not name."
        }
    }
}

fn row(findings: &Findings<'_>, finding: &ThemeFinding) -> Markup {
    let theme = &findings.lexicon.themes[finding.theme as usize];
    html! {
        tr {
            th scope="row" { a href={ "#theme-" (theme.id.0) } { (theme.label) } }
            td { (bar(finding.prevalence)) " " span.nowrap { (with_interval(finding.prevalence, percent)) } }
            td { @if let Some(rank) = finding.rank { (rank.rank) " " small.muted { "(" (rank.low) " to " (rank.high) "; held " (percent(Some(rank.share_held))) ")" } } }
            td.n { (finding.n_documents) } td.n { (finding.n_passages) } td.n { (finding.n_hits) }
            td.n { (decimal(finding.rate_per_1000_tokens.map(|rate| rate.value), 1)) }
            td { (stance_bar(finding.document_stances)) }
            @if let Some(agreement) = findings.agreement {
                td.n { (decimal(agreement.units.first().and_then(|unit| f1(unit, &theme.id.0)), 2)) }
            }
        }
    }
}

/// F1 against the consensus of the coders, else against the first of them.
fn f1(unit: &UnitAgreement, theme: &str) -> Option<f64> {
    let of_theme = |scope: &ValidityScope| matches!(scope, ValidityScope::Theme(id) if id.0 == theme);
    let mut rows = unit.validity.iter().filter(|validity| of_theme(&validity.scope));
    let consensus = rows.clone().find(|validity| validity.judge == Judge::Consensus);
    consensus.or_else(|| rows.next()).and_then(|validity| validity.f1).map(|f1| f1.value)
}

fn co_occurrence(findings: &Findings<'_>) -> Markup {
    let label = |theme: u16| findings.lexicon.themes[theme as usize].label.as_str();
    let mut pairs: Vec<_> = findings.synthesis.co_occurrences.iter().filter(|pair| pair.n_documents > 0).collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.n_documents), pair.theme_a, pair.theme_b));
    html! {
        @if !pairs.is_empty() {
            details {
                summary { "Themes in the same documents" }
                div.scroll {
                    table {
                        caption { "Lift: how many times as many documents have both as would by chance; 1 is chance." }
                        thead { tr { th scope="col" { "Theme" } th scope="col" { "with" } th.n scope="col" { "Documents" } th.n scope="col" { "Passages" } th.n scope="col" { "Lift" } } }
                        tbody {
                            @for pair in pairs {
                                tr {
                                    td { (label(pair.theme_a)) } td { (label(pair.theme_b)) }
                                    td.n { (pair.n_documents) } td.n { (pair.n_passages) }
                                    td.n { (with_interval(pair.lift, super::figures::two)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn faults(findings: &Findings<'_>) -> Markup {
    html! {
        @if !findings.faults.is_empty() {
            details.warning open {
                summary { (findings.faults.len()) " inputs were skipped, cut or doubtful" }
                ul {
                    @for fault in findings.faults {
                        li { code { (fault.path) @if let Some(line) = fault.line { ":" (line) } } " " (fault.what) }
                    }
                }
            }
        }
    }
}
