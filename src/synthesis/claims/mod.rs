//! Which documents count, who is cited, in which words, about which outcomes.
//!
//! Comes in: evidence gathered from the texts, and the included documents. Nothing here opens a text.

mod selection;

pub(super) use selection::selection;
