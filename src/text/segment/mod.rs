//! A stretch of text in, sentences out: blocks of lines, and the stops in them.
//!
//! Invariants: sentences ascend, never overlap, and neither start nor end with white space; the work is linear in the text.

mod abbreviations;
mod lines;
mod stops;

pub(super) use abbreviations::Abbreviations;

use lines::Blocks;

/// Calls `sentence(start, end, opens_block)` for each sentence of `text[start..end]`, ascending.
///
/// A block is a paragraph, a heading, a list item or a row of a table; `opens_block` holds for its first sentence.
pub(super) fn segment(
    text: &str,
    (start, end): (usize, usize),
    abbreviations: &Abbreviations,
    mut sentence: impl FnMut(usize, usize, bool),
) {
    for (block_start, block_end) in Blocks::new(text, start, end) {
        let mut from = block_start;
        while from < block_end {
            let stop = stops::sentence_end(text, from, block_end, abbreviations);
            let words = text[from..stop].trim_end();
            sentence(from, from + words.len(), from == block_start);
            from = stop + leading_space(&text[stop..block_end]);
        }
    }
}

/// How many bytes of white space `text` starts with.
#[inline]
fn leading_space(text: &str) -> usize {
    match text.as_bytes() {
        [b' ', next, ..] if next.is_ascii_alphanumeric() => 1,
        [first, ..] if first.is_ascii_alphanumeric() => 0,
        _ => text.len() - text.trim_start().len(),
    }
}
