//! Words and phrases that keep the company of a theme's hits, written as patterns for a person to judge.
//!
//! Comes in: a corpus laid out as types, and a theme. Goes out: patterns that the theme does not have, the best first,
//! each with how far it goes with the theme. What the theme's own patterns and exceptions cover is never looked at, so it
//! cannot be proposed again. `prove` takes half of a theme's patterns away and sees what comes back.

mod company;
mod corpus;
mod features;
mod prove;
mod rank;
#[cfg(test)]
mod tests;
mod written;

pub use corpus::Corpus;
pub use prove::{Proof, prove};
pub use rank::Ranking;
pub use written::{Suggester, Suggestion, suggestion_file};
