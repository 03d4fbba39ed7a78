//! The pattern language: text in, an expression out, every word folded and stemmed as documents are.
//!
//! Invariants: an expression holds only words that a token can be; an error names its column and its mend.

mod expr;
mod glob;
mod lex;
mod parse;
mod spelling;
mod word;
#[cfg(test)]
mod tests;

pub(in crate::lexicon) use expr::{Atom, Expr, PatternError};
pub(in crate::lexicon) use glob::Glob;
pub(in crate::lexicon) use parse::parse;
#[cfg(test)]
pub(in crate::lexicon) use spelling::Cut;
pub(in crate::lexicon) use spelling::{AnalyzerSpelling, Spelling};
