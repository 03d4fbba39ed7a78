//! Texts as discovery reads them, and the document-feature matrix made of them.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A counted stem or phrase, and how strongly it speaks for what it is listed under.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// The word or phrase as it is written most often, case folded.
    pub text: String,
    /// How strongly; the unit is that of the list it stands in, the highest first.
    pub weight: f64,
    /// Passages that have it.
    pub n_passages: u32,
}

/// Texts as lists of types, passage by passage: the one input of discovery, filled from an index or from an analyzer.
///
/// A type is a case-folded surface with its stem. Four bytes a token; 100 million tokens are 400 MB.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    surfaces: Vec<String>,
    stems: Vec<String>,
    ids: FxHashMap<String, u32>,
    tokens: Vec<u32>,
    ends: Vec<usize>,
}

impl Texts {
    /// Where a sentence ends among the tokens; no phrase crosses it.
    pub const SENTENCE_END: u32 = u32::MAX;

    /// Number of the type with this surface, new or met before.
    pub fn type_of(&mut self, surface: &str, stem: &str) -> u32 {
        if let Some(&id) = self.ids.get(surface) {
            return id;
        }
        let id = self.surfaces.len() as u32;
        self.surfaces.push(surface.to_string());
        self.stems.push(stem.to_string());
        self.ids.insert(surface.to_string(), id);
        id
    }

    /// Adds one token, or `SENTENCE_END`, to the passage that is being filled.
    pub fn push(&mut self, type_id: u32) {
        self.tokens.push(type_id);
    }

    /// Ends the passage that is being filled.
    pub fn end_passage(&mut self) {
        self.ends.push(self.tokens.len());
    }

    /// How many passages it holds.
    pub fn n_passages(&self) -> usize {
        self.ends.len()
    }
}
