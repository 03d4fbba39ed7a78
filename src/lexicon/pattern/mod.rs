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
pub(super) mod tests;

pub(super) use expr::{Atom, Expr, PatternError};
pub(super) use glob::Glob;
pub(super) use parse::parse;
#[cfg(test)]
pub(super) use spelling::Cut;
pub(super) use spelling::{AnalyzerSpelling, Spelling};
