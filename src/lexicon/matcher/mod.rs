//! Walks the classes of a sentence and finds what the lexicon says.
//!
//! Words become symbols (`words`), sequences of symbols one trie (`trie`), proximity and exceptions rules over what the
//! trie meets (`rule`), and what is met is settled into hits (`settle`). `engine` puts them together.
//! Invariants: results depend on patterns and classes alone, never on the numbers of symbols, nodes or classes.

mod build;
mod engine;
mod found;
mod mask;
mod rule;
mod settle;
#[cfg(test)]
mod tests;
mod trie;
mod view;
mod words;

pub(super) use build::{Builder, Purpose, Unit, spelled_out};
pub(super) use engine::Engine;
pub use found::{Found, Scratch};
pub(super) use words::Words;
