//! Candidate themes from what the lexicon leaves over.

use super::candidate::{CandidateTheme, Candidates};
use super::settings::DiscoverSettings;
use crate::index::{IndexError, PassageIndex};
use crate::lexicon::Lexicon;
use crate::score::Scores;

/// Proposes candidate themes, and patterns for the themes there are.
///
/// `tick` is called once for each run of the model, `settings.n_runs` times in all.
///
/// # Errors
/// The index could not be read.
pub fn candidates(
    index: &PassageIndex,
    scores: &Scores,
    lexicon: &Lexicon,
    settings: &DiscoverSettings,
    tick: &(dyn Fn() + Sync),
) -> Result<Candidates, IndexError> {
    let _ = (index, scores, lexicon, settings, tick);
    todo!()
}

/// Gives the candidates of this run the ids that they had in an earlier one, where they share more than a third of
/// their evidence (Jaccard over document ids and passages); each old id is given at most once, the largest share first.
pub fn carry_ids(earlier: &[CandidateTheme], now: &mut [CandidateTheme]) {
    let _ = (earlier, now);
    todo!()
}

/// The text of the theme file that makes a theme of a candidate; `examples` are its sentences as written.
pub fn accept(candidate: &CandidateTheme, examples: &[String]) -> String {
    let _ = (candidate, examples);
    todo!()
}
