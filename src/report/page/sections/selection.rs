//! What was included, what the published review is held against, and what could not be read.

use super::super::super::findings::Findings;
use super::super::super::tables::{severity_word, stage_word};
use super::super::met::Met;
use super::super::parts::{bar, drawing, flow, of_theme, percent, two, with_interval, wordings};
use crate::synthesis::{PatternFinding, PrismaFlow, Recovery};
use maud::{Markup, html};

/// The flow of selection, and the documents that left.
pub fn section(findings: &Findings<'_>) -> Markup {
    let counts = &findings.synthesis.selection.flow;
    html! {
        section #selection {
            h2 { "Selection" }
            p {
                "PRISMA 2020 flow, drawn from the run itself. "
                @if counts.n_identified == counts.n_included { "Nothing was turned away. " }
                "What was decided on each document is in " code { "tables/selection.csv" } "."
            }
            (drawing("selection", "Flow of documents through selection", &flow(counts), &flow_table(counts)))
            (turned_away(findings))
        }
    }
}

fn turned_away(findings: &Findings<'_>) -> Markup {
    const N_SHOWN: usize = 200;
    let selected = findings.synthesis.selection.documents.iter().zip(findings.index.documents()).enumerate();
    let gone: Vec<_> =
        selected.filter_map(|(at, (known, document))| Some((at, document, known.excluded.as_ref()?))).collect();
    html! {
        @if !gone.is_empty() {
            h3 { "Not included" }
            div.scroll { table {
                thead { tr { th scope="col" { "Document" } th scope="col" { "Stage" } th scope="col" { "Reason" } } }
                tbody {
                    @for (at, document, reason) in gone.iter().take(N_SHOWN) {
                        tr {
                            th scope="row" { a href={ "#document-" (at) } { (document.metadata.title.as_deref().unwrap_or(&document.id.0)) } }
                            td { (stage_word(reason.stage)) }
                            td { (reason.text) @if let Some(kept) = reason.kept { span.sub { "kept: " a href={ "#document-" (kept) } { (findings.index.documents()[kept as usize].id.0) } } } }
                        }
                    }
                }
            } }
            @if gone.len() > N_SHOWN { p.muted { (gone.len() - N_SHOWN) " more are in the table." } }
        }
    }
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
pub fn scorecard(findings: &Findings<'_>, met: &Met) -> Option<Markup> {
    let scorecard = findings.synthesis.scorecard.as_ref()?;
    let n_recovered = scorecard.themes.iter().filter(|theme| theme.recovered).count();
    Some(html! {
        section #scorecard data-with="overview" {
            h2 { "Replication of the published review" }
            p.definition { strong { (n_recovered) " of " (scorecard.themes.len()) } " themes of the review are recovered." }
            p.muted { (scorecard.citation) }
            div.scroll tabindex="0" role="group" aria-label="Themes of the review" {
                table.stack {
                    thead {
                        tr {
                            th scope="col" { "Theme of the review" } th scope="col" { "Recovered" } th scope="col" { "Prevalence" } th scope="col" { "Rank" }
                            @if findings.agreement.is_some() { th.n scope="col" { "F1 against coders" } }
                            th scope="col" { "Words that did it" } th scope="col" { "The review’s own sources" }
                        }
                    }
                    tbody { @for theme in &scorecard.themes { (recovery(findings, theme, met)) } }
                }
            }
            @if !scorecard.unnamed.is_empty() {
                h3 { "Not named by the review, and carried as strongly" }
                ul { @for unnamed in &scorecard.unnamed { li { a href={ "#theme-" (findings.lexicon.themes[unnamed.theme as usize].id.0) } { (findings.lexicon.themes[unnamed.theme as usize].label) } ": " (with_interval(unnamed.prevalence, percent)) } } }
            }
        }
    })
}

fn recovery(findings: &Findings<'_>, theme: &Recovery, met: &Met) -> Markup {
    let link = theme.theme.map(|at| &findings.lexicon.themes[at as usize].id.0);
    let unit = findings.agreement.map(|agreement| agreement.units.first());
    let f1 = |id: &str| unit??.validity.first().and_then(|_| of_theme(unit??, id)?.f1).map(|f1| f1.value);
    html! {
        tr {
            th scope="row" { @match link { Some(id) => a href={ "#theme-" (id) } { (theme.label) }, None => (theme.label) } }
            td data-label="Recovered" {
                details.rule { summary { @if theme.recovered { strong.yes { "✓ yes" } } @else { strong.no { "✗ no" } } } (theme.rule) }
            }
            td.figure-cell data-label="Prevalence" { (bar(theme.prevalence)) span.nowrap { (with_interval(theme.prevalence, percent)) } }
            td data-label="Rank" { @if let Some(rank) = theme.rank { strong { (rank.rank) } span.sub.line { (rank.low) "–" (rank.high) ", held " (percent(Some(rank.share_held))) } } }
            @if unit.is_some() { td.n data-label="F1 against coders" { (two(link.and_then(|id| f1(id)))) } }
            td.small data-label="Words that did it" { (words(findings, theme, met)) }
            td.small data-label="The review’s own sources" { (own_sources(theme)) }
        }
    }
}

/// What the patterns met that count for most, documents weighed by belief: a line a pattern, which it opens.
fn words(findings: &Findings<'_>, theme: &Recovery, met: &Met) -> Markup {
    let finding = theme.theme.and_then(|theme| findings.synthesis.themes.get(theme as usize));
    let mut most: Vec<_> = finding.into_iter().flat_map(|finding| &finding.patterns).collect();
    let weighed = |found: &&PatternFinding| {
        f64::from(found.n_documents) * findings.lexicon.patterns[found.pattern as usize].weight
    };
    most.sort_by(|a, b| weighed(b).total_cmp(&weighed(a)));
    html! {
        @for found in most.into_iter().take(4) {
            div { a.to href={ "#find?p=" (found.pattern) } title=(findings.lexicon.patterns[found.pattern as usize].text) { (wordings(met, found.pattern, 3)) } }
        }
    }
}

fn own_sources(theme: &Recovery) -> Markup {
    let sources = |sources: &[(String, u32)]| {
        html! {
            @for (at, (label, document)) in sources.iter().enumerate() { @if at > 0 { ", " } a href={ "#document-" (document) } { (label) } }
        }
    };
    let n = theme.confirmed.len() + theme.missed.len() + theme.absent.len();
    html! {
        @if n == 0 { span.muted { "none named" } } @else {
            details {
                summary { (theme.confirmed.len()) " of " (n) " found to have it" }
                @if !theme.confirmed.is_empty() { p { "With the theme: " (sources(&theme.confirmed)) } }
                @if !theme.missed.is_empty() { p { "In the corpus, without it: " (sources(&theme.missed)) } }
                @if !theme.absent.is_empty() { p { "Not in the corpus: " (theme.absent.join(", ")) } }
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
            section #faults data-with="selection" {
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
