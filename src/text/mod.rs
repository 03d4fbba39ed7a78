//! Documents in, passages out: segment, tokenize, stem.
//!
//! A document is cut into sentences, a sentence into tokens, and a token is given a stem; sentences make passages.
//! A newline ends a paragraph where lines are too long to have been wrapped; elsewhere a blank line, heading or bullet does.
//! Invariants: spans ascend, never overlap, and lie on character boundaries; a token lies in one sentence.
//! This room reads no file and cannot fail.

mod analyze;
mod fold;
mod passage;
mod segment;
mod settings;
mod stem;
#[cfg(test)]
mod tests;
mod tokenize;
mod vocabulary;

pub use analyze::Analyzer;
pub use passage::{Analysis, Compound, Passage, Sentence, Token, TypeId};
pub use settings::{Case, Detect, Language, LanguageSetting, PassageUnit, TextSettings, TokenRules};
pub use tokenize::quanteda::tokens as quanteda_tokens;
pub use vocabulary::Vocabulary;
