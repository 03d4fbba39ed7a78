//! Which documents count, who is cited, in which words, about which outcomes.
//!
//! Comes in: evidence gathered from the texts, and the included documents. Nothing here opens a text.

mod citations;
mod evidence_map;
mod outcomes;
mod scorecard;
mod selection;
mod terminology;
mod works;

pub(super) use citations::cited_sources;
pub(super) use evidence_map::maps;
pub(super) use outcomes::outcomes;
pub(super) use scorecard::scorecard;
pub(super) use selection::selection;
pub(super) use terminology::concepts;
pub(super) use works::Library;

#[cfg(test)]
mod tests;
