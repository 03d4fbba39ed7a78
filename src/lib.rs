//! Throughline finds, scores and defends the themes that run through a body of literature.
#![warn(missing_docs)]

pub mod corpus;
pub mod text;
pub mod lexicon;
pub mod index;
pub mod score;
pub mod synthesis;
pub mod discover;
pub mod evaluate;
pub mod report;
pub mod history;

pub mod study;
pub mod pipeline;
pub mod filter;
pub mod cli;
