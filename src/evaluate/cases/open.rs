//! Opens the documents that people judged.

use crate::corpus::Span;
use crate::index::{Content, IndexError, PassageIndex};
use crate::score::DocumentScores;

/// Opens a document: its text, and the spans of our hits in it, in their order.
pub(in crate::evaluate) type Open<'a> = &'a dyn Fn(usize, &DocumentScores) -> Result<(Content, Vec<Span>), IndexError>;

/// Opens documents of an index.
pub(in crate::evaluate) fn open(
    index: &PassageIndex,
) -> impl Fn(usize, &DocumentScores) -> Result<(Content, Vec<Span>), IndexError> {
    |document, found| {
        let content = index.content(document)?;
        let tokens: Vec<(u32, u32)> = found.hits.iter().map(|hit| (hit.first_token, u32::from(hit.n_tokens))).collect();
        let hits = index.spans(&content, &tokens);
        Ok((content, hits))
    }
}
