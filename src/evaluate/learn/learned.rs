//! What was learnt from people. Nouns only.

use super::super::settings::Weights;
use super::belief::{Belief, Judgements};
use crate::corpus::{Digest, Fault};
use crate::index::IndexedDocument;
use crate::score::{DocumentScores, Scorer, Scores, Scratch};
use std::collections::BTreeMap;

/// What people say of the patterns in one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::evaluate) struct Testimony {
    /// The document, by its place in the index.
    pub(in crate::evaluate) document: usize,
    /// Pattern and judgements, ascending.
    pub(in crate::evaluate) said: Vec<(u32, Judgements)>,
}

/// What codings and verdicts say of each pattern, and what its weight is to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// One for each pattern of the lexicon, in its order.
    pub beliefs: Vec<Belief>,
    /// Which weights the study's scores believe.
    pub weights: Weights,
    /// How many judgements a written weight is worth.
    pub prior_strength: f64,
    /// Documents of which people judged a pattern, by their places in the index, ascending.
    pub documents: Vec<usize>,
    /// Verdicts that name no hit of the study.
    pub faults: Vec<Fault>,
    /// For each judged document its part.
    pub(in crate::evaluate) folds: BTreeMap<usize, usize>,
    /// For each part, the weights that the documents of the others teach.
    pub(in crate::evaluate) taught: Vec<Vec<f64>>,
}

impl Learned {
    /// Whether the scores believe weights that people have moved.
    pub fn is_used(&self) -> bool {
        self.weights == Weights::Learned && !self.documents.is_empty()
    }

    /// The weights that the scores are to believe, in the order of the patterns.
    pub fn weights(&self) -> Vec<f64> {
        let used = self.is_used();
        self.beliefs.iter().map(|belief| if used { belief.learned.value } else { belief.written }).collect()
    }

    /// Into how many parts the judged documents were dealt; 0 where there are too few to hold any back.
    pub fn n_folds(&self) -> usize {
        self.taught.len()
    }

    /// Digest of which documents, with which content, moved the weights that the scores believe; empty where none did.
    pub fn taught_by(&self, documents: &[IndexedDocument]) -> Digest {
        if !self.is_used() {
            return Digest::default();
        }
        let named = self.documents.iter().filter_map(|&place| documents.get(place));
        let named: Vec<_> = named.map(|document| (&document.id, &document.digest)).collect();
        Digest::of(&serde_json::to_vec(&named).unwrap_or_default())
    }

    /// The weights by which a document is held against its coders: what the documents of the other parts teach, where
    /// the scores learn; else the written ones.
    pub(in crate::evaluate) fn judging(&self, document: usize) -> Vec<f64> {
        let taught = self.folds.get(&document).and_then(|&fold| self.taught.get(fold)).filter(|_| self.is_used());
        taught.cloned().unwrap_or_else(|| self.written())
    }

    pub(in crate::evaluate) fn written(&self) -> Vec<f64> {
        self.beliefs.iter().map(|belief| belief.written).collect()
    }

    /// The judged documents scored by the written weights, and by what the others teach; the rest are left empty.
    /// `None` where nothing was learnt.
    pub(in crate::evaluate) fn trial(&self, scorer: &Scorer<'_>, scores: &Scores) -> Option<Trial> {
        if self.documents.is_empty() {
            return None;
        }
        let written = scorer.believing(self.written());
        let taught: Vec<Scorer<'_>> = self.taught.iter().map(|weights| scorer.believing(weights.clone())).collect();
        let nothing = || vec![DocumentScores::default(); scores.documents.len()];
        let (mut by_written, mut by_others, mut scratch) = (nothing(), nothing(), Scratch::default());
        for (&document, &fold) in &self.folds {
            by_written[document] = written.again(&scores.documents[document], &mut scratch);
            if let Some(others) = taught.get(fold) {
                by_others[document] = others.again(&scores.documents[document], &mut scratch);
            }
        }
        let held_out = (!taught.is_empty()).then_some(Scores { documents: by_others, ..Scores::default() });
        Some(Trial { written: Scores { documents: by_written, ..Scores::default() }, held_out })
    }
}

/// The judged documents, scored twice.
pub(in crate::evaluate) struct Trial {
    /// By the theme files.
    pub(in crate::evaluate) written: Scores,
    /// By what the documents of the other parts teach; `None` where there are too few to hold any back.
    pub(in crate::evaluate) held_out: Option<Scores>,
}

impl Trial {
    /// What may be held against the coders where the scores believe what they taught.
    pub(in crate::evaluate) fn judged(&self) -> &Scores {
        self.held_out.as_ref().unwrap_or(&self.written)
    }
}
