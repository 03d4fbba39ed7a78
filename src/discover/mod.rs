//! Themes that no lexicon names yet: keyness, seeded, grow, stability.
//!
//! Comes in: passages as types, and the scores that the lexicon gave them. Goes out: candidate themes with their evidence,
//! patterns that existing themes lack, probabilities of themes from seed words, topics with no lexicon at all.
//! Invariants: the same texts, settings and seed give the same bytes at any number of threads; whatever is proposed points at
//! passages. This room only proposes: it never changes a lexicon, and it reads no file.

mod candidate;
mod dfm;
mod propose;
mod seeded;
mod settings;

pub use candidate::{
    CandidateId, CandidateTheme, Candidates, Evidence, Growth, NearestTheme, Rediscovery, StanceBalance,
    SuggestedPattern,
};
pub use dfm::{Feature, Texts};
pub use propose::{accept, candidates, carry_ids};
pub use seeded::{Probabilities, SeedHit, Topic, Topics, classify, topics};
pub use settings::{DiscoverSettings, LexiconUse};
