//! What stands in each table.
//!
//! Those of `evidence` grow with the corpus and are written as documents pass; the others grow with themes and are made
//! whole.

mod agreement;
mod candidates;
mod claims;
mod evidence;
mod figures;
mod patterns;
mod themes;
mod words;

pub use agreement::agreement_rows;
pub use candidates::candidate_rows;
pub use evidence::{GROWING, Tells};
pub use patterns::pattern_rows;
pub use words::{dimension_word, judge_word, scope_word, severity_word, stage_word, stance_word, unit_word};

use super::findings::Findings;
use super::table::{Rows, write_table};
use std::io;
use std::path::Path;

/// Every table that is made whole.
const SUMMARIES: [fn(&Findings<'_>) -> Rows; 21] = [
    themes::themes,
    patterns::patterns,
    themes::co_occurrence,
    themes::breakdowns,
    themes::trends,
    claims::cited_sources,
    claims::concepts,
    claims::concept_pairs,
    claims::outcomes,
    claims::evidence_map,
    claims::selection,
    claims::records,
    claims::selection_flow,
    claims::scorecard,
    claims::faults,
    candidates::candidates,
    candidates::uncovered,
    candidates::growth,
    candidates::without_words,
    agreement::agreement,
    agreement::disagreements,
];

/// Writes the tables that are made whole into `folder`.
///
/// # Errors
/// A table cannot be written.
pub fn write_summaries(findings: &Findings<'_>, folder: &Path) -> io::Result<()> {
    SUMMARIES.iter().try_for_each(|table| write_table(folder, table(findings)))
}
