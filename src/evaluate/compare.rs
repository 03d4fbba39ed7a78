//! Brings codings and scores to the same units, and compares them.

use super::agreement::Agreement;
use super::coding::{Codings, EvaluateError};
use super::settings::EvaluateSettings;
use crate::index::PassageIndex;
use crate::lexicon::Lexicon;
use crate::score::Scores;

/// Compares coders with each other and with our scores; `None` where there are no codings.
///
/// # Errors
/// The text behind a coding cannot be read from the store.
pub fn agreement(
    index: &PassageIndex,
    scores: &Scores,
    lexicon: &Lexicon,
    codings: &Codings,
    settings: &EvaluateSettings,
) -> Result<Option<Agreement>, EvaluateError> {
    let _ = (index, scores, lexicon, codings, settings);
    todo!()
}
