//! Hits in context.

use super::passage_index::{Content, IndexError, PassageIndex};
use crate::corpus::{DocumentId, Span};
use crate::lexicon::{Found, Lexicon, Scratch};
use rayon::prelude::*;
use serde::Serialize;
use std::cell::RefCell;

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
///
/// What stands to the left and right may reach into other sentences of the document; it is given as written, without
/// white space at its ends.
///
/// # Errors
/// The store cannot be read, or is damaged.
pub fn concordance(index: &PassageIndex, query: &Lexicon, width_tokens: usize) -> Result<Vec<KwicLine>, IndexError> {
    thread_local! {
        static DESK: RefCell<(Scratch, Vec<Found>)> = RefCell::default();
    }
    let hits = index.stream(&|surface, stem| query.classify(surface, stem), &|_, document| {
        DESK.with_borrow_mut(|(scratch, cues)| {
            let mut hits = Vec::new();
            query.find(document, scratch, &mut hits, cues);
            let passage = |hit: &Found| document.sentences.get(hit.sentence as usize).map_or(0, |s| s.passage);
            hits.iter().map(|hit| (passage(hit), hit.first_token, u32::from(hit.n_tokens))).collect::<Vec<_>>()
        })
    })?;
    let width = u32::try_from(width_tokens).unwrap_or(u32::MAX);
    let found = hits.par_iter().enumerate().filter(|(_, hits)| !hits.is_empty());
    let lines = found.map(|(document, hits)| lines(index, document, hits, width));
    Ok(lines.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// The lines of one document; a hit is its passage, first token and number of tokens.
fn lines(
    index: &PassageIndex,
    document: usize,
    hits: &[(u32, u32, u32)],
    width: u32,
) -> Result<Vec<KwicLine>, IndexError> {
    let content = index.content(document)?;
    let n_tokens = index.documents()[document].n_tokens;
    let mut runs = Vec::with_capacity(hits.len() * 3);
    for &(_, first, n) in hits {
        let (before, after) = (first.min(width), n_tokens.saturating_sub(first + n).min(width));
        runs.extend([(first, n), (first - before, before), (first + n, after)]);
    }
    let spans = index.spans(&content, &runs);
    let line = |(&(passage, ..), spans): (&(u32, u32, u32), &[Span])| {
        let (hit, left, right) = (spans[0], spans[1], spans[2]);
        KwicLine {
            document: index.documents()[document].id.clone(),
            passage,
            span: hit,
            left: between(&content, left.is_empty(), left.start, hit.start).trim_start().to_owned(),
            hit: hit.of(&content.text).to_owned(),
            right: between(&content, right.is_empty(), hit.end, right.end).trim_end().to_owned(),
        }
    };
    Ok(hits.iter().zip(spans.chunks_exact(3)).map(line).collect())
}

fn between(content: &Content, nothing: bool, start: u32, end: u32) -> &str {
    if nothing { "" } else { Span { start, end }.of(&content.text).trim() }
}
