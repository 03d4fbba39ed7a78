//! Which documents are written as one group.

use crate::index::IndexedDocument;
use std::ops::Range;

/// Passages of a group, on the average.
const N_PASSAGES: u64 = 1024;

/// The documents in groups that follow each other; every document is in one.
///
/// A document ends its group by its own id and length, the longer it is the likelier: one that comes or goes leaves the groups
/// that it is not in as they are.
pub fn groups(documents: &[IndexedDocument]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut start = 0;
    for (at, document) in documents.iter().enumerate() {
        if ends(document) || at + 1 == documents.len() {
            groups.push(start..at + 1);
            start = at + 1;
        }
    }
    groups
}

/// Whether a document is the last of its group.
fn ends(document: &IndexedDocument) -> bool {
    let [a, b, c, d, ..] = *blake3::hash(document.id.0.as_bytes()).as_bytes();
    let drawn = u64::from(u32::from_le_bytes([a, b, c, d]));
    drawn * N_PASSAGES < u64::from(document.n_passages.max(1)) << u32::BITS
}
