//! What F1 of a theme would be without one of its patterns.

use super::super::cases::{self, Theirs};
use super::super::coding::Codings;
use super::super::coefficients::Confusion;
use super::super::learn::Learned;
use super::super::measure::consensus;
use super::super::settings::CodedDocuments;
use super::without::{ByPattern, losses};
use crate::index::IndexedDocument;
use crate::lexicon::Lexicon;
use crate::score::{Scorer, Scores, Scratch};
use std::collections::BTreeMap;

/// Documents against the consensus of the coders, as they are, and what changes without each pattern.
pub(super) struct Without {
    /// By theme; `None` where nobody codes it.
    themes: Vec<Option<Confusion>>,
    /// Documents that would lose the theme, rightly had and wrongly had.
    lost: ByPattern<(f64, f64)>,
}

impl Without {
    pub(super) fn of(
        documents: &[IndexedDocument],
        scores: &Scores,
        (lexicon, scorer): (&Lexicon, &Scorer<'_>),
        (codings, learned): (&Codings, &Learned),
        coded: CodedDocuments,
    ) -> Self {
        let resolved = cases::resolve(codings, documents, &lexicon.themes, coded);
        let mut without = Self { themes: vec![None; lexicon.themes.len()], lost: BTreeMap::new() };
        let mut scratch = Scratch::default();
        for coded in &resolved.documents {
            let Some(found) = scores.documents.get(coded.document) else { continue };
            let judging = scorer.believing(learned.judging(coded.document));
            let judged = judging.again(found, &mut scratch);
            let lost = losses(&judged.hits, &|pattern| judging.weight(pattern), judging.threshold());
            let theirs = Theirs { coded, scores: &judged, content: None, hits: &[], themes: &resolved.themes };
            for (theme, &of_lexicon) in resolved.themes.iter().enumerate() {
                let said = theirs.whole(theme);
                let confusion = without.themes[of_lexicon].get_or_insert_default();
                let (Some(ours), Some(theirs)) = (said[0], consensus(&said)) else { continue };
                confusion.add(ours == 1, theirs, 1.0);
                for loss in lost.iter().filter(|loss| usize::from(loss.theme) == of_lexicon && loss.is_whole) {
                    let lost = without.lost.entry((loss.theme, loss.pattern)).or_default();
                    *(if theirs { &mut lost.0 } else { &mut lost.1 }) += 1.0;
                }
            }
        }
        without
    }

    /// What F1 changes by; `None` where it is not defined before or after.
    pub(super) fn change(&self, theme: u16, pattern: u32) -> Option<f64> {
        let with = self.themes.get(usize::from(theme)).copied().flatten()?;
        let (right, wrong) = self.lost.get(&(theme, pattern)).copied().unwrap_or_default();
        let without = Confusion {
            true_positive: with.true_positive - right,
            false_positive: with.false_positive - wrong,
            false_negative: with.false_negative + right,
            true_negative: with.true_negative + wrong,
        };
        Some(without.f1()? - with.f1()?)
    }
}
