//! Everything that synthesis finds, in one. Nouns only.

use super::claim::{CitedSource, Concept, EvidenceMap, Outcome, Scorecard, Selection};
use super::finding::{Breakdown, CoOccurrence, ThemeFinding, Trend};
use serde::Serialize;

/// What it all adds up to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Synthesis {
    /// Which documents are included, and why the others are not. Everything below counts included documents only.
    pub selection: Selection,
    /// How many resamples the intervals rest on.
    pub n_resamples: u32,
    /// One for each theme, in the order of the lexicon.
    pub themes: Vec<ThemeFinding>,
    /// Every pair of themes, ascending.
    pub co_occurrences: Vec<CoOccurrence>,
    /// One for each column of the settings, in their order.
    pub breakdowns: Vec<Breakdown>,
    /// One for each theme, in the order of the lexicon.
    pub trends: Vec<Trend>,
    /// The cited sources, by documents that cite them, descending.
    pub cited_sources: Vec<CitedSource>,
    /// The concepts of the settings, in their order.
    pub concepts: Vec<Concept>,
    /// The outcomes of the settings, in their order.
    pub outcomes: Vec<Outcome>,
    /// The evidence maps of the settings, in their order.
    pub maps: Vec<EvidenceMap>,
    /// The comparison with a published review, where the settings name one.
    pub scorecard: Option<Scorecard>,
}
