//! The matching of the R package quanteda, exactly: `tokens_lookup` over the types of its tokens.
//!
//! Comes in: keys with their values, and the tokens of one text. Goes out: which key was met where.
//! Patterns match types, anchored at both ends, after NFC and, by default, lower-casing of both; sentences and
//! punctuation mean nothing. Longest values first, then left to right. This room sees no file and cannot fail on a text.

mod dictionary;
mod lookup;
mod settings;
#[cfg(test)]
mod tests;
mod tokenize;
mod words;

pub use dictionary::Dictionary;
pub use lookup::{Claim, Lookup};
pub use settings::{LookupSettings, NestedScope, ValueType};
pub use tokenize::tokens;
