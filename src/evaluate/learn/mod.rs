//! Weights learn from people: Beta posteriors, cross-validated by document.
//!
//! Comes in: hits, codings, verdicts on hits. Goes out: for each pattern what people say of it and the weight that this comes
//! to (`Learned`), and for every judged document the weights that the *other* documents teach, so that no figure need be
//! measured on what it was learnt from. Invariants: hits do not depend on weights; the same judgements give the same bits,
//! whatever else the corpus holds.

mod belief;
mod learned;
mod testimony;
#[cfg(test)]
pub(super) mod tests;

pub use belief::{Belief, Judgements};
pub use learned::Learned;
pub(super) use learned::Trial;

use super::cases::{self, Open};
use super::coding::{Codings, EvaluateError};
use super::settings::EvaluateSettings;
use crate::corpus::Digest;
use crate::index::{IndexError, IndexedDocument, PassageIndex};
use crate::lexicon::Lexicon;
use crate::score::Scores;
use crate::synthesis::Estimate;
use learned::Testimony;
use std::collections::{BTreeMap, BTreeSet};
use testimony::Told;

/// Learns from codings and verdicts what each pattern is worth. Only the hits of `scores` are looked at; codings are of
/// those of `counted` alone, where passages that works repeat are counted once. A verdict is of one hit, wherever it is.
///
/// # Errors
/// The text behind a judgement cannot be read from the store.
pub fn learn(
    index: &PassageIndex,
    (scores, counted): (&Scores, &Scores),
    lexicon: &Lexicon,
    codings: &Codings,
    settings: &EvaluateSettings,
) -> Result<Learned, EvaluateError> {
    Ok(hear(index.documents(), (scores, counted), lexicon, codings, settings, &cases::open(index))?)
}

fn hear(
    documents: &[IndexedDocument],
    (scores, counted): (&Scores, &Scores),
    lexicon: &Lexicon,
    codings: &Codings,
    settings: &EvaluateSettings,
    open: Open,
) -> Result<Learned, IndexError> {
    let mut resolved = cases::resolve(codings, documents, &lexicon.themes, settings.coded);
    let mut told = Told::by_codings(&mut resolved, documents, counted, lexicon, open)?;
    let faults = told.add_verdicts(&codings.verdicts, documents, scores, lexicon, open)?;
    let testimonies = told.testimonies();

    let written = lexicon.written_weights();
    let testified = testimonies.iter().map(|testimony| testimony.document);
    let judged: BTreeSet<usize> = resolved.documents.iter().map(|coded| coded.document).chain(testified).collect();
    let folds = deal(&judged, documents, settings);
    let n_folds = folds.values().max().map_or(0, |last| last + 1);
    let strength = settings.learn.prior_strength;
    let taught = |fold: usize| {
        let others = testimonies.iter().filter(|testimony| folds.get(&testimony.document) != Some(&fold));
        weigh(&sum(others, written.len()), &written, strength)
    };
    Ok(Learned {
        beliefs: beliefs(&told, &sum(testimonies.iter(), written.len()), &written, settings),
        weights: settings.learn.weights,
        prior_strength: strength,
        documents: testimonies.iter().map(|testimony| testimony.document).collect(),
        faults,
        taught: if n_folds > 1 { (0..n_folds).map(taught).collect() } else { Vec::new() },
        folds,
    })
}

/// Deals documents into parts of even size, in an order that the seed and their ids decide.
fn deal(
    judged: &BTreeSet<usize>,
    documents: &[IndexedDocument],
    settings: &EvaluateSettings,
) -> BTreeMap<usize, usize> {
    let seed = settings.learn.seed;
    let mut order: Vec<(Digest, usize)> = judged
        .iter()
        .filter_map(|&place| Some((Digest::of(format!("{seed} {}", documents.get(place)?.id).as_bytes()), place)))
        .collect();
    order.sort();
    let n_folds = (settings.learn.folds as usize).clamp(1, order.len().max(1));
    order.into_iter().enumerate().map(|(at, (_, document))| (document, at % n_folds)).collect()
}

/// The judgements of each pattern, added up in the order of the documents.
fn sum<'t>(testimonies: impl Iterator<Item = &'t Testimony>, n_patterns: usize) -> Vec<Judgements> {
    let mut sums = vec![Judgements::default(); n_patterns];
    for &(pattern, judgements) in testimonies.flat_map(|testimony| &testimony.said) {
        sums[pattern as usize] += judgements;
    }
    sums
}

fn weigh(judgements: &[Judgements], written: &[f64], strength: f64) -> Vec<f64> {
    judgements.iter().zip(written).map(|(judged, &written)| judged.learned(written, strength)).collect()
}

fn beliefs(told: &Told, judgements: &[Judgements], written: &[f64], settings: &EvaluateSettings) -> Vec<Belief> {
    let (strength, level) = (settings.learn.prior_strength, settings.bootstrap.level);
    let belief = |(&judgements, &written): (&Judgements, &f64)| Belief {
        written,
        judgements,
        learned: Estimate {
            value: judgements.learned(written, strength),
            interval: judgements.credible(written, strength, level).filter(|_| judgements.n() > 0.0),
        },
        precision: judgements.precision(level),
        n_documents: 0,
        n_accepted: 0,
        n_rejected: 0,
    };
    let mut beliefs: Vec<Belief> = judgements.iter().zip(written).map(belief).collect();
    for (pattern, heard) in told.all() {
        let belief = &mut beliefs[pattern as usize];
        belief.n_documents += u32::from(heard.is_coded());
        belief.n_accepted += heard.n_accepted;
        belief.n_rejected += heard.n_rejected;
    }
    beliefs
}
