//! The tables that grow with themes and not with the corpus: themes, candidates, agreement.

use super::evidence_tables::stance_word;
use super::findings::Findings;
use super::table::{Cell, Head, Rows, write_table};
use crate::evaluate::{Agreement, Average, Judge, Reliability, UnitAgreement, Validity, ValidityScope};
use crate::synthesis::{Estimate, Interval, ThemeFinding};
use std::io;
use std::path::Path;

const THEMES: Head = Head {
    name: "themes",
    columns: &[
        "theme",
        "label",
        "rank",
        "rank_low",
        "rank_high",
        "rank_held",
        "n_documents",
        "prevalence",
        "prevalence_low",
        "prevalence_high",
        "weighted_prevalence",
        "weighted_low",
        "weighted_high",
        "n_passages",
        "share_of_passages",
        "n_hits",
        "rate_per_1000_tokens",
        "n_barrier",
        "n_facilitator",
        "n_both",
        "n_mention",
        "stance_balance",
        "change_per_decade",
    ],
};

const CANDIDATES: Head = Head {
    name: "candidates",
    columns: &[
        "candidate",
        "label",
        "n_documents",
        "prevalence",
        "prevalence_low",
        "prevalence_high",
        "n_passages",
        "stability",
        "exclusivity",
        "coherence",
        "nearest_theme",
        "nearest_similarity",
        "n_barrier",
        "n_facilitator",
        "n_both",
        "n_mention",
        "features",
        "patterns",
        "sentences",
    ],
};

const AGREEMENT: Head =
    Head { name: "agreement", columns: &["unit", "compared", "theme", "measure", "value", "low", "high", "n_units"] };

/// Writes them into `folder`.
///
/// # Errors
/// A table cannot be written.
pub fn write(findings: &Findings<'_>, folder: &Path) -> io::Result<()> {
    write_table(folder, &themes(findings))?;
    write_table(folder, &candidates(findings))?;
    let agreement = findings.agreement.map_or_else(|| Rows::new(AGREEMENT), agreement_rows);
    write_table(folder, &agreement)
}

fn value(estimate: Option<Estimate>) -> Cell<'static> {
    Cell::maybe(estimate.map(|estimate| estimate.value))
}

fn ends(estimate: Option<Estimate>) -> [Cell<'static>; 2] {
    match estimate.and_then(|estimate| estimate.interval) {
        Some(Interval { low, high }) => [Cell::maybe(Some(low)), Cell::maybe(Some(high))],
        None => [Cell::Empty; 2],
    }
}

fn themes(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(THEMES);
    for (finding, trend) in findings.synthesis.themes.iter().zip(&findings.synthesis.trends) {
        let cells = theme_cells(findings, finding, trend.change_per_decade);
        rows.row(&cells);
    }
    rows
}

fn theme_cells<'a>(findings: &Findings<'a>, finding: &ThemeFinding, change: Option<Estimate>) -> Vec<Cell<'a>> {
    let theme = &findings.lexicon.themes[finding.theme as usize];
    let rank = |of: fn(&crate::synthesis::RankFinding) -> u32| {
        finding.rank.as_ref().map_or(Cell::Empty, |rank| Cell::Count(of(rank).into()))
    };
    let stances = finding.document_stances;
    let [low, high] = ends(finding.prevalence);
    let [weighted_low, weighted_high] = ends(finding.weighted_prevalence);
    vec![
        Cell::Text(&theme.id.0),
        Cell::Text(&theme.label),
        rank(|rank| rank.rank),
        rank(|rank| rank.low),
        rank(|rank| rank.high),
        Cell::maybe(finding.rank.map(|rank| rank.share_held)),
        Cell::Count(finding.n_documents.into()),
        value(finding.prevalence),
        low,
        high,
        value(finding.weighted_prevalence),
        weighted_low,
        weighted_high,
        Cell::Count(finding.n_passages.into()),
        value(finding.share_of_passages),
        Cell::Count(finding.n_hits.into()),
        value(finding.rate_per_1000_tokens),
        Cell::Count(stances.n_barrier.into()),
        Cell::Count(stances.n_facilitator.into()),
        Cell::Count(stances.n_both.into()),
        Cell::Count(stances.n_mention.into()),
        value(finding.stance_balance),
        value(change),
    ]
}

fn candidates(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(CANDIDATES);
    for candidate in &findings.candidates.themes {
        let features: Vec<&str> = candidate.features.iter().map(|feature| feature.text.as_str()).collect();
        let patterns: Vec<&str> = candidate.patterns.iter().map(|pattern| pattern.text.as_str()).collect();
        let sentences: Vec<String> =
            candidate.sentences.iter().map(|at| format!("{}#{}", at.document_id, at.passage)).collect();
        let nearest = candidate.nearest.map(|nearest| &findings.lexicon.themes[nearest.theme as usize].id.0);
        let stance = candidate.stance;
        rows.row(&[
            Cell::Text(&candidate.id.0),
            Cell::Text(&candidate.label),
            Cell::Count(candidate.n_documents.into()),
            Cell::Number(candidate.prevalence),
            Cell::Number(candidate.prevalence_interval.0),
            Cell::Number(candidate.prevalence_interval.1),
            Cell::Count(candidate.n_passages.into()),
            Cell::Number(candidate.stability),
            Cell::Number(candidate.exclusivity),
            Cell::maybe(candidate.coherence),
            Cell::maybe_text(nearest.map(String::as_str)),
            Cell::maybe(candidate.nearest.map(|nearest| nearest.similarity)),
            Cell::Count(stance.n_barrier.into()),
            Cell::Count(stance.n_facilitator.into()),
            Cell::Count(stance.n_both.into()),
            Cell::Count(stance.n_mention.into()),
            Cell::Text(&features.join("; ")),
            Cell::Text(&patterns.join("; ")),
            Cell::Text(&sentences.join("; ")),
        ]);
    }
    rows
}

/// The table of agreement: a row for every unit, comparison, theme and measure.
pub fn agreement_rows(agreement: &Agreement) -> Rows {
    let mut rows = Rows::new(AGREEMENT);
    for unit in &agreement.units {
        let name = format!("{:?}", unit.unit).to_lowercase();
        unit_rows(&name, unit, &mut rows);
    }
    stance_rows(agreement, &mut rows);
    rows
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
    let judge = match &validity.judge {
        Judge::Coder(coder) => coder.0.as_str(),
        Judge::Consensus => "consensus",
    };
    let theme = match &validity.scope {
        ValidityScope::Theme(theme) => theme.0.as_str(),
        ValidityScope::All(Average::Micro) => "all (micro)",
        ValidityScope::All(Average::Macro) => "all (macro)",
    };
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
    for table in &agreement.stances {
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
