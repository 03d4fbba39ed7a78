//! The theme model: themes with seeds, free themes beside them.

use super::dfm::{Feature, Texts};
use super::settings::DiscoverSettings;

/// One seed met in a passage: a pattern of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeedHit {
    /// The passage, by its place in the `Texts`.
    pub passage: u32,
    /// The theme.
    pub theme: u16,
    /// The pattern, by its place in the lexicon.
    pub pattern: u32,
}

/// Probability of each theme in each passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probabilities {
    /// How many themes a row has.
    pub n_themes: usize,
    /// Row by row, passage by passage; each row sums to 1.
    pub values: Vec<f32>,
}

impl Probabilities {
    /// The row of one passage.
    pub fn row(&self, passage: usize) -> &[f32] {
        &self.values[passage * self.n_themes..(passage + 1) * self.n_themes]
    }
}

/// One topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topic {
    /// Characteristic features, best first.
    pub features: Vec<Feature>,
}

/// Topics, and their probability in each passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topics {
    /// The topics, the largest first.
    pub topics: Vec<Topic>,
    /// Their probability in each passage.
    pub assignments: Probabilities,
}

/// Probability of each of `n_themes` themes in each passage, told by `seeds` alone (hits of a lexicon or of seed words).
///
/// Every passage belongs to one theme or other; `tick` is called once for each pass over the texts.
pub fn classify(
    texts: &Texts,
    seeds: &[SeedHit],
    n_themes: usize,
    settings: &DiscoverSettings,
    tick: &(dyn Fn() + Sync),
) -> Probabilities {
    let _ = (texts, seeds, n_themes, settings, tick);
    todo!()
}

/// `n_topics` topics of the texts, found with no lexicon at all.
pub fn topics(texts: &Texts, n_topics: usize, settings: &DiscoverSettings, tick: &(dyn Fn() + Sync)) -> Topics {
    let _ = (texts, n_topics, settings, tick);
    todo!()
}
