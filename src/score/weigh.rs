//! Weighs hits into scores.

use super::hit::{DocumentScores, Scores};
use super::settings::ScoreSettings;
use crate::index::{IndexError, PassageIndex};
use crate::lexicon::{Lexicon, Scratch, TokenClasses};

/// Scores one document.
pub fn document(
    lexicon: &Lexicon,
    classes: &TokenClasses,
    settings: &ScoreSettings,
    scratch: &mut Scratch,
) -> DocumentScores {
    let _ = (lexicon, classes, settings, scratch);
    todo!()
}

/// Scores every document of the index, in parallel; `tick` is called once for each.
pub fn themes(
    index: &PassageIndex,
    lexicon: &Lexicon,
    settings: &ScoreSettings,
    tick: &(dyn Fn() + Sync),
) -> Result<Scores, IndexError> {
    let _ = (index, lexicon, settings, tick);
    todo!()
}
