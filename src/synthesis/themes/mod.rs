//! Themes over documents: how strong, in which order, with which others, when and where.
//!
//! Comes in: the `Table` of included documents. Everything here counts and resamples; nothing opens a text.

mod best;
mod breakdown;
mod co_occurrence;
mod meetings;
mod prevalence;
mod resampled;
mod table;
mod trend;

pub(super) use breakdown::breakdowns;
pub(super) use co_occurrence::co_occurrences;
pub(super) use prevalence::findings;
pub(super) use resampled::Resampled;
pub(super) use table::{Row, Table, value};
pub(super) use trend::trends;
