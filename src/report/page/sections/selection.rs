//! What was included, what the published review is held against, and what could not be read.

use super::super::super::findings::Findings;
use super::super::super::tables::severity_word;
use super::super::parts::{bar, figure, flow, percent, with_interval};
use crate::synthesis::{PrismaFlow, Recovery};
use maud::{Markup, html};

/// The flow of selection; nothing where every record found is included.
pub fn section(findings: &Findings<'_>) -> Option<Markup> {
    let counts = &findings.synthesis.selection.flow;
    (counts.n_identified > counts.n_included).then(|| {
        html! {
            section #selection {
                h2 { "Selection" }
                p { "PRISMA 2020 flow, drawn from the run itself. What was decided on each document is in " code { "tables/selection.csv" } "." }
                (figure("selection", "Flow of documents through selection", &flow(counts), &flow_table(counts)))
            }
        }
    })
}

fn flow_table(flow: &PrismaFlow) -> Markup {
    let row = |step: &str, n: u32| html! { tr { th scope="row" { (step) } td.n { (n) } } };
    let reasons = |stage: &str, reasons: &[(String, u32)]| html! { @for (reason, n) in reasons { (row(&format!("{stage}: {reason}"), *n)) } };
    html! {
        table { tbody {
            (row("Identified", flow.n_identified)) (row("Duplicates removed", flow.n_duplicates)) (row("Screened", flow.n_screened))
            (reasons("Excluded at screening", &flow.excluded_screening)) (row("Sought", flow.n_sought)) (row("Could not be read", flow.n_not_retrieved))
            (row("Assessed", flow.n_assessed)) (reasons("Excluded at eligibility", &flow.excluded_eligibility)) (row("Included", flow.n_included))
        } }
    }
}

/// The comparison with a published review; nothing where the study names none.
pub fn scorecard(findings: &Findings<'_>) -> Option<Markup> {
    let scorecard = findings.synthesis.scorecard.as_ref()?;
    let n_recovered = scorecard.themes.iter().filter(|theme| theme.recovered).count();
    Some(html! {
        section #scorecard {
            h2 { "Replication of the published review" }
            p.definition { strong { (n_recovered) " of " (scorecard.themes.len()) } " themes of the review are recovered." }
            p.muted { (scorecard.citation) }
            div.scroll {
                table {
                    thead { tr { th scope="col" { "Theme of the review" } th scope="col" { "Recovered" } th scope="col" { "Prevalence" } th scope="col" { "Rank" } th scope="col" { "Its sources: with the theme / without / not in the corpus" } } }
                    tbody { @for theme in &scorecard.themes { (recovery(findings, theme)) } }
                }
            }
            @if !scorecard.unnamed.is_empty() {
                h3 { "Not named by the review, and carried as strongly" }
                ul { @for unnamed in &scorecard.unnamed { li { (findings.lexicon.themes[unnamed.theme as usize].label) ": " (with_interval(unnamed.prevalence, percent)) } } }
            }
        }
    })
}

fn recovery(findings: &Findings<'_>, theme: &Recovery) -> Markup {
    let sources = |sources: &[(String, u32)]| {
        html! {
            @for (at, (label, document)) in sources.iter().enumerate() { @if at > 0 { ", " } a href={ "#document-" (document) } { (label) } }
        }
    };
    let link = theme.theme.map(|at| &findings.lexicon.themes[at as usize].id.0);
    html! {
        tr {
            th scope="row" { @match link { Some(id) => a href={ "#theme-" (id) } { (theme.label) }, None => (theme.label) } }
            td.wide { @if theme.recovered { strong.facilitator { "✓ yes" } } @else { strong.barrier { "✗ no" } } span.sub { (theme.rule) } }
            td.figure-cell { (bar(theme.prevalence)) span.nowrap { (with_interval(theme.prevalence, percent)) } }
            td { @if let Some(rank) = theme.rank { (rank.rank) span.sub.line { "held " (percent(Some(rank.share_held))) } } }
            td.small {
                (theme.confirmed.len()) " / " (theme.missed.len()) " / " (theme.absent.len())
                @if !theme.confirmed.is_empty() { div { "with: " (sources(&theme.confirmed)) } }
                @if !theme.missed.is_empty() { div { "without: " (sources(&theme.missed)) } }
                @if !theme.absent.is_empty() { details { summary { "not in the corpus" } (theme.absent.join(", ")) } }
            }
        }
    }
}

/// What was not, or not wholly, taken; nothing where all was.
pub fn faults(findings: &Findings<'_>) -> Option<Markup> {
    const N_SHOWN: usize = 200;
    let faults = findings.faults;
    (!faults.is_empty()).then(|| {
        html! {
            section #faults {
                h2 { "Inputs to look at" }
                p { (faults.len()) " inputs were skipped, cut, or have something about them that should be known." }
                div.scroll {
                    table {
                        thead { tr { th scope="col" { "Input" } th scope="col" { "How far" } th scope="col" { "What" } } }
                        tbody {
                            @for fault in faults.iter().take(N_SHOWN) {
                                tr {
                                    td.path { (fault.path) @if let Some(line) = fault.line { ":" (line) } } td { (severity_word(fault.severity)) }
                                    td { (fault.what) @if let Some(hint) = &fault.hint { span.sub { (hint) } } }
                                }
                            }
                        }
                    }
                }
                @if faults.len() > N_SHOWN { p.muted { "The others are in " code { "tables/faults.csv" } "." } }
            }
        }
    })
}
