//! The matching of the R package quanteda, exactly: `tokens_lookup` over the types of its tokens.
//!
//! Comes in: keys with their values, and the tokens of one text. Goes out: which key was met where.
//! Patterns match types, anchored at both ends, after NFC and, by default, lower-casing of both; sentences and
//! punctuation mean nothing. Longest values first, then left to right. This room sees no file and cannot fail on a text.

mod dictionary;
mod engine;
mod lookup;
mod replace;
#[cfg(test)]
mod tests;
mod words;

pub use dictionary::Dictionary;
pub(super) use engine::Engine;
pub use lookup::{Claim, Lookup};
pub use replace::{KeyCase, Replacing, Rest};
