//! The tables of agreement, and of what is not agreed on.

use super::super::findings::Findings;
use super::super::table::{Cell, Head, Rows};
use super::figures::{ends, value};
use super::words::{judge_word, scope_word, stance_word, unit_word};
use crate::evaluate::{Agreement, Learning, Reliability, UnitAgreement, Validity};
use crate::synthesis::{Estimate, PassageRef};

const AGREEMENT: Head =
    Head { name: "agreement", columns: &["unit", "compared", "theme", "measure", "value", "low", "high", "n_units"] };

const DISAGREEMENTS: Head =
    Head { name: "disagreements", columns: &["document", "theme", "coder", "found", "stance", "passages", "text"] };

/// A row for each document, theme and party where not everybody says the same; none where nobody coded.
pub fn disagreements(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(DISAGREEMENTS);
    for case in findings.agreement.iter().flat_map(|agreement| &agreement.disagreements) {
        let place = findings.index.documents().binary_search_by(|known| known.id.cmp(&case.document));
        // A text that cannot be read stops the tables of evidence, which are written first.
        let content = place.ok().and_then(|place| findings.index.content(place).ok()).unwrap_or_default();
        let text =
            |at: &PassageRef| content.passages.get(at.passage as usize).map(|found| found.span.of(&content.text));
        for call in &case.calls {
            let texts: Vec<&str> = call.passages.iter().filter_map(text).collect();
            let passages: Vec<String> = call.passages.iter().map(|at| at.passage.to_string()).collect();
            rows.row(&[
                Cell::Text(&case.document.0),
                Cell::Text(&case.theme.0),
                Cell::Text(call.coder.as_ref().map_or("throughline", |coder| &coder.0)),
                call.found.map_or(Cell::Empty, Cell::Flag),
                Cell::maybe_text(call.stance.map(stance_word)),
                Cell::Text(&passages.join(" ")),
                Cell::Text(&texts.join(" … ")),
            ]);
        }
    }
    rows
}

/// The table of agreement of a study, without rows where nobody coded.
pub fn agreement(findings: &Findings<'_>) -> Rows {
    findings.agreement.map_or_else(|| Rows::new(AGREEMENT), agreement_rows)
}

/// The table of agreement: a row for every unit, comparison, theme and measure.
pub fn agreement_rows(agreement: &Agreement) -> Rows {
    let mut rows = Rows::new(AGREEMENT);
    for unit in &agreement.units {
        unit_rows(unit_word(unit.unit), unit, &mut rows);
    }
    stance_rows(agreement, &mut rows);
    agreement.learning.iter().for_each(|learning| learning_rows(learning, &mut rows));
    rows
}

/// F1 by the written weights, by weights learnt from other documents, and what that changes.
fn learning_rows(learning: &Learning, rows: &mut Rows) {
    for gain in &learning.gains {
        let compared = format!("throughline against {}", judge_word(&gain.judge));
        let place = [unit_word(gain.unit), &compared, scope_word(&gain.scope)];
        let measures = [("f1_written", gain.written), ("f1_learned", gain.learned), ("f1_change", gain.change)];
        for (measure, estimate) in measures {
            measure_row(rows, place, measure, estimate, gain.n_units);
        }
    }
}

fn unit_rows(name: &str, unit: &UnitAgreement, rows: &mut Rows) {
    for reliability in &unit.reliability {
        reliability_rows(name, reliability, rows);
    }
    for (coder, validity) in &unit.between_coders {
        validity_rows(name, &coder.0, validity, rows);
    }
    for validity in &unit.validity {
        validity_rows(name, "throughline", validity, rows);
    }
}

fn measure_row(rows: &mut Rows, place: [&str; 3], measure: &str, estimate: Option<Estimate>, n_units: u32) {
    let [low, high] = ends(estimate);
    let [unit, compared, theme] = place.map(Cell::Text);
    rows.row(&[unit, compared, theme, Cell::Text(measure), value(estimate), low, high, Cell::Count(n_units.into())]);
}

fn reliability_rows(unit: &str, reliability: &Reliability, rows: &mut Rows) {
    let coders: Vec<&str> = reliability.coders.iter().map(|coder| coder.0.as_str()).collect();
    let compared = coders.join(" with ");
    let theme = reliability.theme.as_ref().map_or("all", |theme| theme.0.as_str());
    let measures = [
        ("percent_agreement", reliability.percent_agreement),
        ("cohen_kappa", reliability.cohen_kappa),
        ("fleiss_kappa", reliability.fleiss_kappa),
        ("krippendorff_alpha", reliability.krippendorff_alpha),
        ("unitizing_alpha", reliability.unitizing_alpha),
        ("gwet_ac1", reliability.gwet_ac1),
    ];
    for (measure, estimate) in measures.into_iter().filter(|(_, estimate)| estimate.is_some()) {
        measure_row(rows, [unit, &compared, theme], measure, estimate, reliability.n_units);
    }
}

fn validity_rows(unit: &str, who: &str, validity: &Validity, rows: &mut Rows) {
    let (judge, theme) = (judge_word(&validity.judge), scope_word(&validity.scope));
    let compared = format!("{who} against {judge}");
    let measures = [
        ("precision", validity.precision),
        ("recall", validity.recall),
        ("f1", validity.f1),
        ("cohen_kappa", validity.cohen_kappa),
    ];
    for (measure, estimate) in measures {
        measure_row(rows, [unit, &compared, theme], measure, estimate, validity.n_units);
    }
}

fn stance_rows(agreement: &Agreement, rows: &mut Rows) {
    use crate::lexicon::Stance::{Barrier, Both, Facilitator, Mention};
    const STANCES: [crate::lexicon::Stance; 4] = [Barrier, Facilitator, Both, Mention];
    // Where no theme was found by both there is no stance to compare.
    for table in agreement.stances.iter().filter(|table| table.n > 0) {
        let ours = table.rows.as_ref().map_or("throughline", |coder| coder.0.as_str());
        let compared = format!("{ours} against {}", table.columns.0);
        let place = ["document", compared.as_str(), "all"];
        measure_row(rows, place, "stance_percent_agreement", table.percent_agreement, table.n);
        measure_row(rows, place, "stance_cohen_kappa", table.cohen_kappa, table.n);
        for (row, counts) in STANCES.iter().zip(table.counts) {
            for (column, count) in STANCES.iter().zip(counts) {
                let measure = format!("stance_count {} / {}", stance_word(*row), stance_word(*column));
                let count = Estimate { value: f64::from(count), interval: None };
                measure_row(rows, place, &measure, Some(count), table.n);
            }
        }
    }
}
