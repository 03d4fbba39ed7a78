//! Which passages can be opened inside the page.

use super::super::findings::Findings;
use super::super::settings::ReportSettings;
use crate::score::PassageScore;
use crate::synthesis::PassageRef;
use std::cmp::Reverse;

/// Passages that a cell of a map, or a cited source, opens at most.
pub const N_OPENED: usize = 25;

/// The passages that the page holds, for each document ascending.
pub struct Held {
    documents: Vec<Vec<u32>>,
}

impl Held {
    /// As many passages with a hit as the settings allow, and every passage that a figure points at.
    pub fn of(findings: &Findings<'_>, settings: &ReportSettings) -> Self {
        let scored: Vec<&[PassageScore]> =
            findings.scores.documents.iter().map(|document| document.passages.as_slice()).collect();
        let counts: Vec<usize> = scored.iter().map(|passages| n_passages(passages)).collect();
        let n_each = share(&counts, settings.n_passages);
        let mut documents: Vec<Vec<u32>> = scored.iter().map(|passages| strongest(passages, n_each)).collect();
        for at in named(findings) {
            if let Some(document) = documents.get_mut(at.document as usize) {
                document.push(at.passage);
            }
        }
        for passages in &mut documents {
            passages.sort_unstable();
            passages.dedup();
        }
        Held { documents }
    }

    /// The passages held of a document, ascending.
    pub fn of_document(&self, document: usize) -> &[u32] {
        self.documents.get(document).map_or(&[], Vec::as_slice)
    }
}

fn n_passages(scored: &[PassageScore]) -> usize {
    scored.chunk_by(|a, b| a.passage == b.passage).count()
}

/// The greatest number of passages of each document that keeps the sum within `budget`; at least one.
fn share(counts: &[usize], budget: usize) -> usize {
    let sum = |each: usize| counts.iter().map(|&n| n.min(each)).sum::<usize>();
    let (mut low, mut high) = (1, counts.iter().copied().max().unwrap_or(1).max(1));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if sum(middle) <= budget { low = middle } else { high = middle - 1 }
    }
    low
}

/// The passages of the highest scores, at most `n`; of those level with each other the first.
fn strongest(scored: &[PassageScore], n: usize) -> Vec<u32> {
    let mut best: Vec<(f64, u32)> = scored
        .chunk_by(|a, b| a.passage == b.passage)
        .map(|themes| (themes.iter().map(|theme| theme.score.score).fold(0.0, f64::max), themes[0].passage))
        .collect();
    if best.len() > n {
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.truncate(n);
    }
    best.into_iter().map(|(_, passage)| passage).collect()
}

/// Everything that a figure of the page opens.
fn named<'a>(findings: &Findings<'a>) -> impl Iterator<Item = PassageRef> + 'a {
    let synthesis = findings.synthesis;
    let cells = synthesis.maps.iter().flat_map(|map| &map.cells).flat_map(|cell| cell.passages.iter().take(N_OPENED));
    let sources = shown_sources(findings).flat_map(|(_, source)| source.passages.iter().take(N_OPENED));
    let best = synthesis.themes.iter().flat_map(|theme| theme.best.iter().map(|best| &best.passage));
    cells.chain(sources).chain(best).copied()
}

/// The cited sources that the page lists, with their places: those that most documents cite.
pub fn shown_sources<'a>(
    findings: &Findings<'a>,
) -> impl Iterator<Item = (usize, &'a crate::synthesis::CitedSource)> + use<'a> {
    let mut sources: Vec<_> = findings.synthesis.cited_sources.iter().enumerate().collect();
    sources.sort_by_key(|(at, source)| (Reverse(source.n_documents), Reverse(source.passages.len()), *at));
    sources.truncate(100);
    sources.into_iter()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn passages_are_shared_out_evenly() {
        for (counts, budget, each) in [
            (&[5, 5, 5][..], 15, 5),
            (&[5, 5, 5], 9, 3),
            (&[1, 1, 100], 12, 10),
            (&[4, 4], 100, 4),
            (&[9, 9, 9], 1, 1),
            (&[], 10, 1),
        ] {
            assert_eq!(share(counts, budget), each, "{counts:?} within {budget}");
        }
    }
}
