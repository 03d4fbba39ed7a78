//! Themes that no lexicon names yet: keyness, seeded, grow, stability, suggest.
//!
//! Comes in: passages as types, and the scores that the lexicon gave them. Goes out: candidate themes with their evidence,
//! patterns that existing themes lack, probabilities of themes from seed words, topics with no lexicon at all.
//! Invariants: the same texts, settings and seed give the same bytes at any number of threads; whatever is proposed points at
//! passages. This room only proposes: it never changes a lexicon, and it reads no file.

mod candidate;
mod coherence;
mod collocation;
mod dfm;
mod identity;
mod keyness;
mod model;
mod propose;
mod settings;
mod suggest;
mod texts;
#[cfg(test)]
mod tests;

pub use candidate::{
    CandidateId, CandidateTheme, Candidates, Evidence, Feature, Growth, Marked, NearestTheme, Recovered, Rediscovery,
    StanceBalance, SuggestedPattern, WithoutWords,
};
pub use coherence::{Cooccurrence, npmi};
pub use collocation::{Collocation, collocations};
pub use identity::{
    Decision, Decisions, KnownCandidate, Standing, Trace, Verdict, accept, carry, decide, with_decision,
};
pub use keyness::{Count, log_likelihood};
pub use model::{Probabilities, SeedHit, Topic, Topics, classify, topics, topics_beside};
pub use propose::{candidates, recovered};
pub use settings::{DiscoverSettings, LexiconUse};
pub use suggest::{Corpus, Proof, Ranking, Suggester, Suggestion, prove, suggestion_file};
pub use texts::Texts;
