//! Throughline finds, scores and defends the themes that run through a body of literature.
//!
//! # How it is built
//!
//! The code lies in the order in which the data travels. A module of this list is a **room**: its `mod.rs` is the only way
//! in, and it imports only rooms listed before it (`tests/house.rs` holds the rule against the source).
//!
//! | room | comes in | goes out |
//! |---|---|---|
//! | [`corpus`] | files, as they are written | `Document`s: text, sections, pages, fields; `Fault`s for what could not be read |
//! | [`text`] | documents | sentences, passages, tokens, stems: one `Analyzer` for documents and patterns alike |
//! | [`lexicon`] | theme files | one matcher for every pattern of every theme |
//! | [`index`] | documents and their tokens | the same again, kept in tantivy: streams of token classes, texts, concordances |
//! | [`score`] | token classes and the lexicon | hits with stance, scores of passages and documents |
//! | [`synthesis`] | scores over documents | prevalence, ranks, co-occurrence, citations, terms, outcomes, selection |
//! | [`discover`] | what no theme covers | candidate themes and patterns, for a person to accept |
//! | [`evaluate`] | codings by people | reliability among coders, validity of the scores |
//! | [`report`] | everything above | tables and one page |
//! | [`history`] | a finished report | a run: published whole or not at all |
//!
//! On top stand [`study`] (one file of settings, checked together), [`pipeline`] (the corridor: the only file that knows the
//! order of the rooms), [`filter`] (the other corridor: texts in, scores out, nothing kept) and [`cli`].
//!
//! # What flows
//!
//! A `Document`'s text is never altered, and whatever points at text carries a `Span` of bytes. A token becomes a *type*
//! (case-folded surface and stem), a type becomes a *class* (which words of the lexicon it can be), and the matcher walks
//! classes: whether they come out of the index's postings or straight from the analyzer, it cannot tell. That is why a
//! changed lexicon is rescored without opening a text, and why the filter and the study score alike.
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
