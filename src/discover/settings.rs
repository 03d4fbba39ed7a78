//! What a study says about discovery.

use serde::{Deserialize, Serialize};

/// What discovery makes of the study's lexicon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LexiconUse {
    /// Its themes are taken; candidates are what is left over beside them.
    #[default]
    Beside,
    /// It is ignored: what is proposed is found without being told. It is looked at afterwards, to name the nearest theme.
    Blind,
}

/// `[discover]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DiscoverSettings {
    /// At most so many candidate themes are proposed.
    pub n_candidates: usize,
    /// Characteristic features shown for a candidate or topic.
    pub n_features: usize,
    /// Sentences shown for a candidate, each of another document where there are enough.
    pub n_sentences: usize,
    /// Runs of the model, each from another seed and on resampled documents, over which stability is taken; at least 2.
    pub n_runs: usize,
    /// A candidate that comes back in less than this share of its evidence, 0 to 1, is held back as noise.
    pub min_stability: f64,
    /// A feature is counted when at least so many passages have it.
    pub min_passages: u32,
    /// Candidates are looked for among about so many passages: a corpus that holds more is sampled, whole documents at a
    /// time, so that the time they take does not grow with it.
    pub max_passages: u32,
    /// A feature that more than this share of the passages have says nothing, 0 to 1.
    pub max_passage_share: f64,
    /// Whether the lexicon's themes are taken or ignored.
    pub lexicon: LexiconUse,
    /// Words that are never features, besides the shipped ones.
    pub stop_words: Vec<String>,
    /// Where chance starts from: same seed, same bytes.
    pub seed: u64,
}

impl Default for DiscoverSettings {
    fn default() -> Self {
        Self {
            n_candidates: 10,
            n_features: 10,
            n_sentences: 5,
            n_runs: 10,
            min_stability: 0.4,
            min_passages: 3,
            max_passages: 8_000,
            max_passage_share: 0.25,
            lexicon: LexiconUse::Beside,
            stop_words: Vec::new(),
            seed: 20060120,
        }
    }
}
