//! What it all adds up to, on one screen.

use super::super::super::findings::Findings;
use super::super::super::tables::judge_word;
use super::super::parts::{
    Chart, bar, consensus_first, decimal, diverging, figure, of_theme, opens, percent, two, with_interval,
};
use crate::evaluate::{Average, Judge, UnitAgreement, Validity, ValidityScope};
use crate::synthesis::ThemeFinding;
use maud::{Markup, html};

/// The sentence that the page opens with.
pub fn headline(findings: &Findings<'_>) -> Markup {
    let themes = by_rank(findings);
    let label = |finding: &ThemeFinding| findings.lexicon.themes[finding.theme as usize].label.clone();
    let share = |finding: &ThemeFinding| with_interval(finding.prevalence, percent);
    let Some(first) = themes.first().filter(|first| first.n_documents > 0) else {
        return html! { p.headline { "No included document has any of the themes." } };
    };
    let n_proposed = findings.candidates.themes.len();
    html! {
        p.headline {
            strong { (label(first)) } " runs through most of the literature: " (share(first)) " of the included documents have it"
            @if let Some(last) = themes.last().filter(|last| last.theme != first.theme) {
                "; " strong { (label(last)) } " through least, " (share(last))
            }
            "."
            @if n_proposed > 0 {
                " Beside them " (n_proposed) (if n_proposed == 1 { " theme is" } else { " themes are" }) " proposed that the lexicon does not name."
            }
        }
    }
}

fn by_rank<'a>(findings: &Findings<'a>) -> Vec<&'a ThemeFinding> {
    let mut themes: Vec<&ThemeFinding> = findings.synthesis.themes.iter().collect();
    themes.sort_by_key(|finding| (finding.rank.map_or(u32::MAX, |rank| rank.rank), finding.theme));
    themes
}

/// The table of themes.
pub fn section(findings: &Findings<'_>) -> Markup {
    let judged = findings.agreement.and_then(|agreement| agreement.units.first());
    html! {
        section #overview {
            h2 { "Overview" }
            div.scroll tabindex="0" role="group" aria-label="Themes" {
                table.themes.stack {
                    caption {
                        "Themes by the share of included documents that have them. Brackets and whiskers: intervals from resampling the documents. "
                        "Rank: the range it takes over the resamples, and the share in which it holds. "
                        "Stance: documents in which the theme " span.barrier { "▼" } " hinders, " span.facilitator { "▲" } " helps, "
                        span.both { "◆" } " does both, " span.mention { "●" } " is only mentioned."
                    }
                    thead {
                        tr {
                            th scope="col" { "Theme" } th scope="col" { "Prevalence" } th scope="col" { "Rank" }
                            th.n scope="col" { "Documents" } th.n scope="col" { "Passages" } th.n scope="col" { "Hits" }
                            th scope="col" { "Stance" }
                            @if judged.is_some() { th.n scope="col" { "F1 against coders" } }
                        }
                    }
                    tbody { @for finding in by_rank(findings) { (row(findings, finding, judged)) } }
                }
            }
            @if let Some(unit) = judged { (agreement_note(findings, unit)) }
            div.side-by-side {
                (figure(Chart { kind: "prevalence", name: "prevalence", ..Chart::default() }, "Prevalence: the share of included documents that have the theme, with its interval", &prevalence_table(findings)))
                (figure(Chart { kind: "stances", name: "stances", ..Chart::default() }, "Stance: documents in which the theme hinders, helps, or does both", &stance_table(findings)))
            }
        }
    }
}

fn prevalence_table(findings: &Findings<'_>) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { "Theme" } th.n scope="col" { "Documents" } th.n scope="col" { "Prevalence" } th.n scope="col" { "Weighted by length" } } }
            tbody {
                @for finding in by_rank(findings) {
                    tr {
                        th scope="row" { (findings.lexicon.themes[finding.theme as usize].label) } td.n { (opens(finding.n_documents, &address(finding))) }
                        td.n { (with_interval(finding.prevalence, percent)) } td.n { (with_interval(finding.weighted_prevalence, percent)) }
                    }
                }
            }
        }
    }
}

fn stance_table(findings: &Findings<'_>) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { "Theme" } th.n scope="col" { "Hinders" } th.n scope="col" { "Both" } th.n scope="col" { "Helps" } th.n scope="col" { "Mention" } th.n scope="col" { "Balance" } } }
            tbody {
                @for finding in by_rank(findings) {
                    @let stances = finding.document_stances;
                    tr {
                        th scope="row" { (findings.lexicon.themes[finding.theme as usize].label) }
                        @for (stance, n) in [("barrier", stances.n_barrier), ("both", stances.n_both), ("facilitator", stances.n_facilitator), ("mention", stances.n_mention)] {
                            td.n { (opens(n, &format!("{}&s={stance}", address(finding)))) }
                        }
                        td.n { (with_interval(finding.stance_balance, two)) }
                    }
                }
            }
        }
    }
}

/// Opens the documents and sentences of a theme.
fn address(finding: &ThemeFinding) -> String {
    format!("#find?t={}", finding.theme)
}

fn row(findings: &Findings<'_>, finding: &ThemeFinding, judged: Option<&UnitAgreement>) -> Markup {
    let theme = &findings.lexicon.themes[finding.theme as usize];
    html! {
        tr {
            th scope="row" { a href={ "#theme-" (theme.id.0) } { (theme.label) } }
            td.figure-cell data-label="Prevalence" { (bar(finding.prevalence)) span.nowrap { (with_interval(finding.prevalence, percent)) } }
            td data-label="Rank" { @if let Some(rank) = finding.rank { strong { (rank.rank) } span.sub.line { (rank.low) "–" (rank.high) ", held " (percent(Some(rank.share_held))) } } }
            td.n data-label="Documents" { (opens(finding.n_documents, &address(finding))) }
            td.n data-label="Passages" { (opens(finding.n_passages, &address(finding))) }
            td.n data-label="Hits" { (opens(finding.n_hits, &address(finding))) }
            td.figure-cell data-label="Stance" { (diverging(finding.document_stances, Some(&address(finding)))) }
            @if let Some(unit) = judged {
                td.n data-label="F1 against coders" { a.to href="#agreement" { (two(of_theme(unit, &theme.id.0).and_then(|validity| validity.f1).map(|f1| f1.value))) } }
            }
        }
    }
}

/// What the F1 of the table is, beside what the coders reach with each other, and what the coders are.
fn agreement_note(findings: &Findings<'_>, unit: &UnitAgreement) -> Markup {
    let micro = |scope: &ValidityScope| *scope == ValidityScope::All(Average::Micro);
    let ours = consensus_first(unit.validity.iter().filter(|validity| micro(&validity.scope)));
    let theirs = unit.between_coders.iter().map(|(_, validity)| validity).find(|validity| micro(&validity.scope));
    let f1 = |validity: Option<&Validity>| decimal(validity.and_then(|validity| validity.f1).map(|f1| f1.value), 2);
    html! {
        div.notice role="note" {
            p {
                @if let Some(ours) = ours { "F1 is taken by document against " (if ours.judge == Judge::Consensus { "the consensus of the coders" } else { judge_word(&ours.judge) }) ": " strong { (f1(Some(ours))) } " over all themes together" }
                @if theirs.is_some() { "; the coders reach " strong { (f1(theirs)) } " with each other" }
                ". " a href="#agreement" { "Agreement in full" }
            }
            @if !findings.about_the_coders.is_empty() { p { strong { "About the coders. " } (findings.about_the_coders) } }
        }
    }
}
