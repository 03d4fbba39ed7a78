//! Takes from the texts what the synthesis rests on, one document at a time.

use super::evidence::Evidence;
use super::settings::{Switch, SynthesisSettings};
use crate::index::{IndexError, PassageIndex};
use crate::lexicon::{Lexicon, LexiconError};
use crate::text::Analyzer;

/// The patterns of the settings (outcomes and their cues, names of concepts, rules of selection), compiled.
#[derive(Debug)]
pub struct Probes {
    lexicon: Lexicon,
    citations: Switch,
}

impl Probes {
    /// Compiles the patterns of the settings.
    ///
    /// # Errors
    /// One for each pattern that cannot be compiled.
    pub fn compile(settings: &SynthesisSettings, analyzer: &Analyzer) -> Result<Self, Vec<LexiconError>> {
        let _ = (settings, analyzer);
        todo!()
    }
}

/// Goes through the documents, in parallel and one at a time for each worker, and takes what the probes find; `tick` is
/// called once for each document.
///
/// Patterns are answered out of the postings; texts are opened for citations alone.
///
/// # Errors
/// The store cannot be read.
pub fn gather(index: &PassageIndex, probes: &Probes, tick: &(dyn Fn() + Sync)) -> Result<Evidence, IndexError> {
    let _ = (index, probes, tick, &probes.lexicon, probes.citations);
    todo!()
}
