//! How far coders agree with each other, and the scores with them.

use super::super::findings::Findings;
use super::figures::{percent, two, with_interval};
use crate::evaluate::{Agreement, Average, Call, Judge, StanceTable, UnitAgreement, Validity, ValidityScope};
use maud::{Markup, html};

/// Reliability, validity, stances and every disagreement.
pub fn section(findings: &Findings<'_>, agreement: &Agreement) -> Markup {
    let coders: Vec<&str> = agreement.coders.iter().map(|coder| coder.0.as_str()).collect();
    html! {
        section #agreement {
            h2 { "Agreement with coders" }
            @if !findings.about_the_coders.is_empty() { p.notice role="note" { (findings.about_the_coders) } }
            p { "Coders: " (coders.join(", ")) "." }
            @for unit in &agreement.units { (unit_part(unit)) }
            @for table in &agreement.stances { (stances(table)) }
            (beyond(agreement))
            (disagreements(agreement))
        }
    }
}

fn unit_part(unit: &UnitAgreement) -> Markup {
    let name = format!("{:?}", unit.unit).to_lowercase();
    html! {
        h3 { "By " (name) }
        div.scroll {
            table {
                caption { "Reliability: how far the coders agree with each other (" (unit.n_documents) " documents). Brackets: 95 % bootstrap intervals." }
                thead { tr { th scope="col" { "Theme" } th.n scope="col" { "Agreement" } th.n scope="col" { "Cohen’s kappa" } th.n scope="col" { "Krippendorff’s alpha" } th.n scope="col" { "Gwet’s AC1" } } }
                tbody {
                    @for row in &unit.reliability {
                        tr {
                            th scope="row" { (row.theme.as_ref().map_or("all themes", |theme| theme.0.as_str())) }
                            td.n { (with_interval(row.percent_agreement, percent)) } td.n { (with_interval(row.cohen_kappa, two)) }
                            td.n { (with_interval(row.krippendorff_alpha, two)) } td.n { (with_interval(row.gwet_ac1, two)) }
                        }
                    }
                }
            }
        }
        div.scroll {
            table {
                caption { "Validity: ours against each coder and their consensus, and one coder against another as the mark to be measured by." }
                thead { tr { th scope="col" { "Compared" } th scope="col" { "Theme" } th.n scope="col" { "Precision" } th.n scope="col" { "Recall" } th.n scope="col" { "F1" } } }
                tbody {
                    @for validity in &unit.validity { (validity_row("ours", validity)) }
                    @for (coder, validity) in &unit.between_coders { (validity_row(&coder.0, validity)) }
                }
            }
        }
    }
}

fn validity_row(who: &str, validity: &Validity) -> Markup {
    let judge = match &validity.judge {
        Judge::Coder(coder) => coder.0.as_str(),
        Judge::Consensus => "consensus",
    };
    let theme = match &validity.scope {
        ValidityScope::Theme(theme) => theme.0.as_str(),
        ValidityScope::All(Average::Micro) => "all (micro)",
        ValidityScope::All(Average::Macro) => "all (macro)",
    };
    html! {
        tr {
            td { (who) " against " (judge) } td { (theme) }
            td.n { (with_interval(validity.precision, two)) } td.n { (with_interval(validity.recall, two)) } td.n { (with_interval(validity.f1, two)) }
        }
    }
}

fn stances(table: &StanceTable) -> Markup {
    const WORDS: [&str; 4] = ["barrier", "facilitator", "both", "mention"];
    let ours = table.rows.as_ref().map_or("ours", |coder| coder.0.as_str());
    html! {
        div.scroll {
            table {
                caption {
                    "Stance where both found the theme: " (ours) " (rows) against " (table.columns.0) " (columns), "
                    (table.n) " cases, agreement " (with_interval(table.percent_agreement, percent))
                    ", kappa " (with_interval(table.cohen_kappa, two)) "."
                }
                thead { tr { th {} @for word in WORDS { th.n scope="col" { (word) } } } }
                tbody { @for (word, counts) in WORDS.iter().zip(table.counts) { tr { th scope="row" { (word) } @for count in counts { td.n { (count) } } } } }
            }
        }
    }
}

fn beyond(agreement: &Agreement) -> Markup {
    html! {
        @if !agreement.themes_without_lexicon.is_empty() {
            p {
                "Themes that coders marked and the lexicon does not have: "
                @for (at, (theme, n)) in agreement.themes_without_lexicon.iter().enumerate() {
                    @if at > 0 { ", " } (theme.0) " (" (n) " codings)"
                }
                "."
            }
        }
    }
}

fn disagreements(agreement: &Agreement) -> Markup {
    let said = |call: &Call| match (call.found, call.stance) {
        (Some(true), Some(stance)) => super::super::evidence_tables::stance_word(stance).to_owned(),
        (Some(true), None) => "yes".to_owned(),
        (Some(false), _) => "no".to_owned(),
        (None, _) => "not judged".to_owned(),
    };
    html! {
        details {
            summary { (agreement.disagreements.len()) " disagreements on presence" }
            div.scroll {
                table {
                    thead { tr { th scope="col" { "Document" } th scope="col" { "Theme" } th scope="col" { "Ours" } @for coder in &agreement.coders { th scope="col" { (coder.0) } } } }
                    tbody { @for case in &agreement.disagreements { tr { td { (case.document.0) } td { (case.theme.0) } @for call in &case.calls { td { (said(call)) } } } } }
                }
            }
        }
    }
}
