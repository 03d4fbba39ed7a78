//! What a run finds, before it is written.

use crate::corpus::Fault;
use crate::report::{self, Findings};
use crate::study::Study;
use crate::{discover, evaluate, index, lexicon, score, synthesis};
use std::borrow::Cow;

/// Everything that was worked out, room by room.
pub(super) struct Found {
    pub(super) scores: score::Scores,
    pub(super) evidence: synthesis::Evidence,
    pub(super) synthesis: synthesis::Synthesis,
    pub(super) candidates: discover::Candidates,
    pub(super) learned: evaluate::Learned,
    pub(super) agreement: Option<evaluate::Agreement>,
    pub(super) card: evaluate::Card,
}

impl Found {
    /// The scores that count: where repeated passages count once, without them.
    pub(super) fn counted(&self, study: &Study) -> Cow<'_, score::Scores> {
        let taken = (0..).zip(&self.evidence.documents);
        let repeats: Vec<_> =
            taken.flat_map(|(document, taken)| taken.repeats.iter().map(move |repeat| (document, *repeat))).collect();
        let once = synthesis::count_once(&self.scores, &repeats, &study.synthesis);
        once.map_or(Cow::Borrowed(&self.scores), Cow::Owned)
    }

    /// All of it, as the report is told it.
    pub(super) fn as_report<'a>(
        &'a self,
        study: &'a Study,
        (index, lexicon): (&'a index::PassageIndex, &'a lexicon::Lexicon),
        faults: &'a [Fault],
        (settings, lines): (&'a str, &'a [Vec<report::CardLine>]),
    ) -> Findings<'a> {
        Findings {
            name: &study.name,
            title: study.shown_title(),
            question: study.question.trim(),
            about_the_coders: study.evaluate.about_the_coders.trim(),
            program: env!("CARGO_PKG_VERSION"),
            settings,
            threshold: study.score.threshold,
            index,
            lexicon,
            scores: &self.scores,
            evidence: &self.evidence,
            synthesis: &self.synthesis,
            candidates: &self.candidates,
            learned: &self.learned,
            agreement: self.agreement.as_ref(),
            card: &self.card,
            lines,
            faults,
        }
    }
}
