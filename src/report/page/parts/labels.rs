//! What things are called on the page, and which of several comparisons stands for them all.

use super::super::super::findings::Findings;
use super::super::met::Met;
use crate::evaluate::{Judge, UnitAgreement, Validity, ValidityScope};
use crate::synthesis::{CellStatus, Status};
use maud::{Markup, html};

/// A pattern as far as it fits a line.
pub fn clipped(pattern: &str) -> String {
    const N_CHARS: usize = 60;
    match pattern.char_indices().nth(N_CHARS) {
        Some((end, _)) => format!("{}…", &pattern[..end]),
        None => pattern.to_owned(),
    }
}

/// The words that a pattern met most, at most `n` wordings, with how often where more than once.
pub fn wordings(met: &Met, pattern: u32, n: usize) -> Markup {
    html! {
        @for (at, (words, n)) in met.most(pattern, n).into_iter().enumerate() {
            @if at > 0 { ", " } "“" (words) "”" @if n > 1 { " × " (n) }
        }
    }
}

/// What people call a row or column of a map.
pub fn side_label<'a>(findings: &Findings<'a>, dimension: &str, name: &'a str) -> &'a str {
    let theme = || findings.lexicon.themes.iter().find(|theme| theme.id.0 == name).map(|theme| theme.label.as_str());
    let outcome =
        || findings.synthesis.outcomes.iter().find(|outcome| outcome.id == name).map(|outcome| outcome.label.as_str());
    match dimension {
        "theme" => theme(),
        "outcome" => outcome(),
        _ => None,
    }
    .unwrap_or(name)
}

/// The parts of a status with their words, in the order in which they are drawn.
pub fn status_parts(status: CellStatus) -> [(&'static str, &'static str, u32); 6] {
    [
        ("positive", "found, positive", status.n_positive),
        ("mixed", "found, mixed", status.n_mixed),
        ("negative", "found none or negative", status.n_negative),
        ("lacking", "said to be lacking", status.n_lacking),
        ("anticipated", "anticipated", status.n_anticipated),
        ("unstated", "spoken of", status.n_unstated),
    ]
}

/// Where a sentence of this status stands among the parts. Mixed is what a document may be, and no sentence.
pub fn status_place(status: Status) -> usize {
    match status {
        Status::Positive => 0,
        Status::Negative => 2,
        Status::Lacking => 3,
        Status::Anticipated => 4,
        Status::Unstated => 5,
    }
}

/// How ours agrees with the coders on a theme: with their consensus, where there is one.
pub fn of_theme<'a>(unit: &'a UnitAgreement, theme: &str) -> Option<&'a Validity> {
    consensus_first(unit.validity.iter().filter(|validity| is_of(validity, theme)))
}

/// How the coders agree with each other on a theme.
pub fn between_coders<'a>(unit: &'a UnitAgreement, theme: &str) -> Option<&'a Validity> {
    unit.between_coders.iter().map(|(_, validity)| validity).find(|validity| is_of(validity, theme))
}

fn is_of(validity: &Validity, theme: &str) -> bool {
    matches!(&validity.scope, ValidityScope::Theme(id) if id.0 == theme)
}

/// The comparison with the consensus; the first where there is none.
pub fn consensus_first<'a>(mut rows: impl Iterator<Item = &'a Validity> + Clone) -> Option<&'a Validity> {
    rows.clone().find(|validity| validity.judge == Judge::Consensus).or_else(|| rows.next())
}
