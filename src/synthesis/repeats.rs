//! Passages that more than one work has, nearly word for word: an abstract that is quoted, a paragraph that is used again.

mod sketch;

use super::evidence::{DocumentEvidence, Evidence, Repeat};
use super::settings::{Repeated, SynthesisSettings};
use crate::index::{IndexError, PassageIndex};
use crate::lexicon::Lexicon;
use crate::score::{self, DocumentScores, Scores};
use rayon::prelude::*;
use sketch::{Sketched, Sketches, places};
use std::borrow::Cow;

/// Puts repeated passages to what was taken from their documents.
pub fn mark_repeats(repeats: &[(u32, Repeat)], evidence: &mut Evidence) {
    for (document, repeat) in repeats {
        if let Some(taken) = evidence.documents.get_mut(*document as usize) {
            taken.repeats.push(*repeat);
        }
    }
}

/// Scores with every repeated passage left out; `None` where the settings let it count or there is none.
pub fn count_once(scores: &Scores, repeats: &[(u32, Repeat)], settings: &SynthesisSettings) -> Option<Scores> {
    if settings.repeated_passages == Repeated::Count || repeats.is_empty() {
        return None;
    }
    let mut once = scores.clone();
    for same in repeats.chunk_by(|a, b| a.0 == b.0) {
        let repeats: Vec<Repeat> = same.iter().map(|(_, repeat)| *repeat).collect();
        let document = &mut once.documents[same[0].0 as usize];
        *document = without(document, &repeats);
    }
    Some(once)
}

/// What is found in a document when its repeated passages do not count.
fn without(scores: &DocumentScores, repeats: &[Repeat]) -> DocumentScores {
    let left_out: Vec<u32> = repeats.iter().map(|repeat| repeat.passage).collect();
    score::without(scores, &left_out, repeats.iter().map(|repeat| repeat.n_tokens).sum())
}

/// The passages with a hit that an earlier document has too, nearly word for word, each with its document, ascending.
/// Documents that are other versions of a work are passed over: they count nowhere. What a hit weighs makes no difference.
///
/// # Errors
/// The store cannot be read.
pub fn repeats(index: &PassageIndex, scores: &Scores, lexicon: &Lexicon) -> Result<Vec<(u32, Repeat)>, IndexError> {
    // Which passages have a hit depends on nothing else.
    let kept = index.answers("sketches", &lexicon.fingerprint, |wanted| {
        let wanted: Vec<u32> = (0..).zip(wanted).filter(|(_, wanted)| **wanted).map(|(document, _)| document).collect();
        wanted.into_par_iter().map(|document| Ok((document, sketched(index, scores, document as usize)?))).collect()
    })?;
    let sketches = Sketches::of(kept, |document| index.documents()[document].version_of.is_none());
    let repeat = |(number, first): (u32, u32)| {
        let (at, (passage, n_tokens, _)) = sketches.at(number);
        (at.document, Repeat { passage: *passage, n_tokens: *n_tokens, first: sketches.at(first).0 })
    };
    Ok(sketches.repeats().map(repeat).collect())
}

/// The passages of a document that have a hit, sketched.
fn sketched(index: &PassageIndex, scores: &Scores, document: usize) -> Result<Sketched, IndexError> {
    let mut passages: Vec<u32> = scores.documents[document].passages.iter().map(|scored| scored.passage).collect();
    passages.dedup();
    if passages.is_empty() {
        return Ok(Vec::new());
    }
    let content = index.content(document)?;
    let sketch = |passage: u32| {
        let cut = content.passages.get(passage as usize)?;
        Some((passage, cut.n_tokens, places(cut.span.of(&content.text))?))
    };
    Ok(passages.into_iter().filter_map(sketch).collect())
}

/// The scores of each document with repeated passages left out, where the settings let them count once; a document that
/// repeats nothing is lent as it is, since it holds what grows with the corpus.
pub(super) fn scores_once<'a>(
    scores: &'a Scores,
    evidence: &Evidence,
    settings: &SynthesisSettings,
) -> Vec<Cow<'a, DocumentScores>> {
    let counts_once = settings.repeated_passages != Repeated::Count;
    let once = |(document, scores): (usize, &'a DocumentScores)| {
        let repeats = evidence.documents.get(document).filter(|_| counts_once).map(|taken| taken.repeats.as_slice());
        match repeats.unwrap_or_default() {
            [] => Cow::Borrowed(scores),
            repeats => Cow::Owned(without(scores, repeats)),
        }
    };
    scores.documents.iter().enumerate().map(once).collect()
}

/// The evidence of each document with repeated passages left out, where the settings let them count once; lent as the
/// scores are.
pub(super) fn evidence_once<'a>(
    evidence: &'a Evidence,
    settings: &SynthesisSettings,
) -> Vec<Cow<'a, DocumentEvidence>> {
    let once = |taken: &'a DocumentEvidence| {
        if settings.repeated_passages == Repeated::Count || taken.repeats.is_empty() {
            return Cow::Borrowed(taken);
        }
        let left_out: Vec<u32> = taken.repeats.iter().map(|repeat| repeat.passage).collect();
        let counts = |passage: u32| left_out.binary_search(&passage).is_err();
        Cow::Owned(DocumentEvidence {
            citations: taken.citations.iter().filter(|citation| counts(citation.passage)).cloned().collect(),
            outcomes: taken.outcomes.iter().filter(|outcome| counts(outcome.passage)).copied().collect(),
            variants: taken.variants.iter().filter(|variant| counts(variant.passage)).copied().collect(),
            rules_met: taken.rules_met.clone(),
            repeats: taken.repeats.clone(),
        })
    };
    evidence.documents.iter().map(once).collect()
}
