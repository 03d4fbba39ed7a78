//! The theme model: one mixture, begun from seeds or from what the texts themselves fall into.
//!
//! Comes in: a document-feature matrix, and seeds or a number of topics. Goes out: the probability of each theme in each passage.
//! Invariants: sums are taken over blocks that depend on the data alone, so the bytes do not depend on the number of threads.

mod cluster;
mod matrix;
mod mixture;
mod random;
mod rank;
mod seeded;
mod spectral;

pub(super) use random::Random;
pub use seeded::{Probabilities, SeedHit, Topic, Topics, classify, topics, topics_beside};
