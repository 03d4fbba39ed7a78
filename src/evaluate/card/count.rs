//! How often each pattern is met, and beside what.

use super::pattern_card::Line;
use crate::lexicon::{Theme, lineages};
use crate::score::{DocumentScores, Hit};
use crate::synthesis::PassageRef;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Lines that are kept of a pattern.
const N_LINES: usize = 3;

/// What is counted of one pattern in one theme.
#[derive(Clone, Debug, Default)]
pub(super) struct Count {
    pub(super) n_hits: u32,
    pub(super) n_negated: u32,
    pub(super) n_documents: u32,
    pub(super) n_passages: u32,
    /// Passages that another theme has too.
    pub(super) n_overlapping: u32,
    pub(super) overlaps: BTreeMap<u16, u32>,
    /// Hits that share a word with one of another theme.
    pub(super) n_shared: u32,
    pub(super) shared: BTreeMap<u16, u32>,
    pub(super) lines: Vec<Line>,
}

/// Counts documents one by one.
pub(super) struct Counter {
    /// For each theme those above it, itself among them.
    above: Vec<Vec<u16>>,
    /// By theme and pattern.
    pub(super) counts: FxHashMap<(u16, u32), Count>,
}

impl Counter {
    pub(super) fn new(themes: &[Theme]) -> Self {
        Self { above: lineages(themes), counts: FxHashMap::default() }
    }

    /// Whether one theme is above the other, or they are one.
    fn are_kin(&self, a: u16, b: u16) -> bool {
        self.above[usize::from(a)].contains(&b) || self.above[usize::from(b)].contains(&a)
    }

    /// Adds a document.
    pub(super) fn add(&mut self, document: u32, scores: &DocumentScores) {
        let mut met: Vec<(u16, u32, u32)> = Vec::new();
        for hit in &scores.hits {
            let count = self.counts.entry((hit.theme, hit.pattern)).or_default();
            *(if hit.negated { &mut count.n_negated } else { &mut count.n_hits }) += 1;
            if !hit.negated {
                met.push((hit.theme, hit.pattern, hit.passage));
            }
        }
        met.sort_unstable();
        met.dedup();
        self.add_passages(&met, scores);
        self.add_lines(document, &scores.hits);
        self.add_shared(&scores.hits);
    }

    fn add_passages(&mut self, met: &[(u16, u32, u32)], scores: &DocumentScores) {
        for passages in met.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (theme, pattern, _) = passages[0];
            let mut overlaps: Vec<u16> = Vec::new();
            let mut n_overlapping = 0;
            for &(_, _, passage) in passages {
                let first = scores.passages.partition_point(|scored| scored.passage < passage);
                let here = scores.passages[first..].iter().take_while(|scored| scored.passage == passage);
                let had = here.map(|scored| scored.score).filter(|score| score.has_theme).map(|score| score.theme);
                let before = overlaps.len();
                overlaps.extend(had.filter(|&other| !self.are_kin(theme, other)));
                n_overlapping += u32::from(overlaps.len() > before);
            }
            let count = self.counts.entry((theme, pattern)).or_default();
            count.n_documents += 1;
            count.n_passages += passages.len() as u32;
            count.n_overlapping += n_overlapping;
            overlaps.into_iter().for_each(|other| *count.overlaps.entry(other).or_default() += 1);
        }
    }

    /// The first hit of each pattern in the document, for the first few documents.
    fn add_lines(&mut self, document: u32, hits: &[Hit]) {
        for &Hit { theme, pattern, passage, first_token, n_tokens, .. } in hits.iter().filter(|hit| !hit.negated) {
            let lines = &mut self.counts.entry((theme, pattern)).or_default().lines;
            if lines.len() < N_LINES && lines.last().is_none_or(|last| last.passage.document != document) {
                lines.push(Line { passage: PassageRef { document, passage }, first_token, n_tokens });
            }
        }
    }

    /// Hits ascend by their first token: those that a hit has a word in common with begin before it ends.
    fn add_shared(&mut self, hits: &[Hit]) {
        let counted: Vec<&Hit> = hits.iter().filter(|hit| !hit.negated).collect();
        let mut sharing: Vec<Vec<u16>> = vec![Vec::new(); counted.len()];
        for (a, hit) in counted.iter().enumerate() {
            let end = hit.first_token + u32::from(hit.n_tokens);
            for (b, other) in counted.iter().enumerate().skip(a + 1).take_while(|(_, o)| o.first_token < end) {
                if !self.are_kin(hit.theme, other.theme) {
                    for (own, theirs) in [(a, other.theme), (b, hit.theme)] {
                        if !sharing[own].contains(&theirs) {
                            sharing[own].push(theirs);
                        }
                    }
                }
            }
        }
        for (hit, others) in counted.iter().zip(sharing).filter(|(_, others)| !others.is_empty()) {
            let count = self.counts.entry((hit.theme, hit.pattern)).or_default();
            count.n_shared += 1;
            others.into_iter().for_each(|other| *count.shared.entry(other).or_default() += 1);
        }
    }
}
