//! Names for all that is written of a document: where they are the same, so is what is written.

use super::super::findings::Findings;
use super::super::opened::{exclusion, first, standing};
use super::super::page::Held;
use rayon::prelude::*;
use serde::Serialize;

/// A digest.
pub type Key = [u8; 32];

/// What is written of one document.
pub struct DocumentKeys {
    /// What was read.
    pub read: Key,
    /// What the themes found in it.
    pub found: Key,
    /// What the page holds of it.
    pub shown: Key,
}

/// The keys of every document, in their order.
///
/// What is not in here must be the same for every run of this program with these settings of the text.
pub fn keys(findings: &Findings<'_>, held: &Held) -> Vec<DocumentKeys> {
    let patterns = findings.lexicon.patterns.iter().zip(&findings.learned.beliefs);
    let patterns = patterns.map(|(pattern, belief)| {
        let judged = (belief.judgements.n_right, belief.judgements.n_wrong);
        (&pattern.text, pattern.weight, belief.written, judged)
    });
    let themes: Vec<&str> = findings.lexicon.themes.iter().map(|theme| theme.id.0.as_str()).collect();
    let lexicon = key(&(themes, patterns.collect::<Vec<_>>()));
    let outcomes = key(&findings.synthesis.outcomes.iter().map(|outcome| &outcome.id).collect::<Vec<_>>());
    let documents = 0..findings.index.documents().len();
    documents.into_par_iter().map(|document| of_document(findings, held, document, (&lexicon, &outcomes))).collect()
}

fn of_document(
    findings: &Findings<'_>,
    held: &Held,
    document: usize,
    (lexicon, outcomes): (&Key, &Key),
) -> DocumentKeys {
    let known = &findings.index.documents()[document];
    let evidence = findings.evidence.documents.get(document);
    let repeats = evidence.map_or(&[][..], |evidence| &evidence.repeats).iter();
    let repeats: Vec<_> = repeats.map(|repeat| (repeat.passage, first(findings, repeat))).collect();
    let taken = evidence.map(|evidence| (&evidence.citations, &evidence.outcomes));
    let read = key(&(known, standing(findings, known), exclusion(findings, document), repeats, taken, outcomes));
    let found = key(&(read, &findings.scores.documents[document], &findings.scores.spans[document], lexicon));
    DocumentKeys { read, found, shown: key(&(found, held.of_document(document))) }
}

/// One key for what many name.
pub fn joined<'a>(keys: impl Iterator<Item = &'a Key>) -> Key {
    let mut hasher = blake3::Hasher::new();
    for key in keys {
        hasher.update(key);
    }
    *hasher.finalize().as_bytes()
}

fn key<T: Serialize>(named: &T) -> Key {
    let named = postcard::to_allocvec(named).expect("a vector takes whatever is written");
    *blake3::hash(&named).as_bytes()
}
