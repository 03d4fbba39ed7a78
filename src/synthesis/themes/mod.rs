//! Sums up.

use super::evidence::Evidence;
use super::finding::Synthesis;
use super::settings::SynthesisSettings;
use crate::index::IndexedDocument;
use crate::lexicon::Lexicon;
use crate::score::Scores;

/// Sums up the scores of `documents` (both in the order of the index) and the evidence gathered from them.
///
/// `Evidence::default()` is as good as none: the parts that rest on it are empty.
pub fn of(
    scores: &Scores,
    documents: &[IndexedDocument],
    lexicon: &Lexicon,
    evidence: &Evidence,
    settings: &SynthesisSettings,
) -> Synthesis {
    let _ = (scores, documents, lexicon, evidence, settings);
    todo!()
}
