//! Which documents are written as one group.

use crate::index::IndexedDocument;
use std::ops::Range;

/// Passages of a group on the average, where there are few.
const FEW_PASSAGES: u64 = 1024;
/// A passage that is longer counts as several, so that the rows of a group can be held; in bytes.
const PASSAGE_BYTES: u64 = 512;
/// About so many groups at most, and at least half as many where there are many passages: what a file tells of each of its
/// groups is held until the file ends.
const MANY_GROUPS: u64 = 1024;

/// The documents in groups that follow each other; every document is in one.
///
/// A document ends its group by its own id and length, the longer it is the likelier: one that comes or goes leaves the groups
/// that it is not in as they are. Only where the corpus grows to double its size are all groups others.
pub fn groups(documents: &[IndexedDocument]) -> Vec<Range<usize>> {
    let n_passages: u64 = documents.iter().map(n_passages).sum();
    let of_group = (n_passages / MANY_GROUPS).max(FEW_PASSAGES).next_power_of_two();
    let mut groups = Vec::new();
    let mut start = 0;
    for (at, document) in documents.iter().enumerate() {
        if ends(document, of_group) || at + 1 == documents.len() {
            groups.push(start..at + 1);
            start = at + 1;
        }
    }
    groups
}

/// Whether a document is the last of its group, where a group has so many passages on the average.
fn ends(document: &IndexedDocument, of_group: u64) -> bool {
    let [a, b, c, d, ..] = *blake3::hash(document.id.0.as_bytes()).as_bytes();
    let drawn = u64::from(u32::from_le_bytes([a, b, c, d]));
    drawn.saturating_mul(of_group) < n_passages(document) << u32::BITS
}

fn n_passages(document: &IndexedDocument) -> u64 {
    u64::from(document.n_passages.max(1)).max(u64::from(document.n_bytes) / PASSAGE_BYTES)
}
