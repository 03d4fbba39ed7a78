//! What a sentence says of an outcome, and whom it cites.
//!
//! Comes in: spans of cues, or text. Goes out: statuses, and works as they are cited. Nothing here counts.

mod authors;
mod citations;
mod references;
mod status;

pub(super) use status::{Cue, Says, status};

use super::evidence::Citation;
use crate::corpus::{SectionKind, Span};
use crate::index::Content;

/// The works that a document cites in running text, ascending; numbers are resolved by its reference list where it has one.
pub(super) fn citations(content: &Content) -> Vec<Citation> {
    use SectionKind::{Acknowledgements, Boilerplate, References};
    let numbered = references::numbered(content);
    let mut found = Vec::new();
    for (passage, place) in (0u32..).zip(&content.passages) {
        let first = place.first_sentence as usize;
        let sentences = content.sentences.iter().skip(first).take(place.n_sentences as usize);
        for sentence in sentences.filter(|s| !matches!(s.section, References | Acknowledgements | Boilerplate)) {
            let text = sentence.span.of(&content.text);
            // Most sentences have no digit, and without one nothing is cited.
            if !text.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            found.extend(citations::cited(text).into_iter().map(|(place, work)| {
                let start = sentence.span.start as usize;
                let known = work.number.and_then(|number| numbered.get(&number).cloned());
                Citation {
                    span: Span::new(start + place.start, start + place.end),
                    passage,
                    work: known.unwrap_or(work),
                }
            }));
        }
    }
    found
}
