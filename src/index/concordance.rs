//! Hits in context.

use super::passage_index::{IndexError, PassageIndex};
use crate::corpus::{DocumentId, Span};
use crate::lexicon::Lexicon;
use serde::Serialize;

/// One hit with the tokens to its left and right, as written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KwicLine {
    /// The document.
    pub document: DocumentId,
    /// Its passage, 0-based.
    pub passage: u32,
    /// The hit.
    pub span: Span,
    /// Text to the left, at most the width asked, in reading order.
    pub left: String,
    /// The words of the hit.
    pub hit: String,
    /// Text to the right.
    pub right: String,
}

/// All hits of `query` (a lexicon of one theme), in order of document and span, with up to `width_tokens` on each side.
pub fn concordance(index: &PassageIndex, query: &Lexicon, width_tokens: usize) -> Result<Vec<KwicLine>, IndexError> {
    let _ = (index, query, width_tokens);
    todo!()
}
