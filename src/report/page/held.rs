//! Which passages can be opened inside the page.

use super::super::findings::Findings;
use super::super::settings::ReportSettings;
use crate::discover::CandidateTheme;
use crate::score::PassageScore;
use crate::synthesis::{Outcome, PassageRef, Status};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Passages that a cell of a map, a cited source, a name or a candidate opens at most, where the page cannot hold all.
const N_OPENED: usize = 25;
/// The same where it holds every passage: then a list costs a pair of numbers for each.
const N_OPENED_OF_ALL: usize = 1000;

/// The passages that the page holds, for each document ascending.
pub struct Held {
    documents: Vec<Vec<u32>>,
    /// For each concept and each of its names, passages that use it.
    names: Vec<Vec<Vec<PassageRef>>>,
    /// Passages that a list opens at most.
    n_opened: usize,
}

impl Held {
    /// Every passage where the settings allow for as many; else those with a hit as far as they do, and in any case every
    /// passage that a figure points at.
    pub fn of(findings: &Findings<'_>, settings: &ReportSettings) -> Self {
        let known = findings.index.documents();
        if known.iter().map(|document| document.n_passages as usize).sum::<usize>() <= settings.n_passages {
            return Held {
                documents: known.iter().map(|document| (0..document.n_passages).collect()).collect(),
                names: names(findings, N_OPENED_OF_ALL),
                n_opened: N_OPENED_OF_ALL,
            };
        }
        let names = names(findings, N_OPENED);
        let scored: Vec<&[PassageScore]> =
            findings.scores.documents.iter().map(|document| document.passages.as_slice()).collect();
        let counts: Vec<usize> = scored.iter().map(|passages| n_passages(passages)).collect();
        let n_each = share(&counts, settings.n_passages);
        let mut documents: Vec<Vec<u32>> = scored.iter().map(|passages| strongest(passages, n_each)).collect();
        for at in named(findings).chain(names.iter().flatten().flatten().copied()) {
            if let Some(document) = documents.get_mut(at.document as usize) {
                document.push(at.passage);
            }
        }
        for passages in &mut documents {
            passages.sort_unstable();
            passages.dedup();
        }
        Held { documents, names, n_opened: N_OPENED }
    }

    /// For each concept and each of its names, passages that use it: one of each document before any has a second.
    pub fn names(&self) -> &[Vec<Vec<PassageRef>>] {
        &self.names
    }

    /// Passages that a list opens at most.
    pub fn n_opened(&self) -> usize {
        self.n_opened
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
    let outcomes = synthesis.outcomes.iter().flat_map(|outcome| opened_outcome(outcome, N_OPENED).map(|(at, _)| at));
    let candidates = findings.candidates.themes.iter().flat_map(|theme| opened_candidate(theme, N_OPENED));
    cells.chain(sources).chain(best).copied().chain(outcomes).chain(candidates)
}

/// The sentences about an outcome that the page opens: for each status as many as for a cell.
pub fn opened_outcome(outcome: &Outcome, most: usize) -> impl Iterator<Item = (PassageRef, Status)> {
    let mut n_shown: BTreeMap<Status, usize> = BTreeMap::new();
    outcome.passages.iter().copied().filter(move |(_, status)| {
        let n = n_shown.entry(*status).or_default();
        *n += 1;
        *n <= most
    })
}

/// The passages that speak for a candidate: the surest of each document, the surest first.
pub fn opened_candidate(candidate: &CandidateTheme, most: usize) -> Vec<PassageRef> {
    let mut surest: BTreeMap<usize, &crate::discover::Evidence> = BTreeMap::new();
    for at in &candidate.evidence {
        let best = surest.entry(at.document).or_insert(at);
        if at.probability > best.probability {
            *best = at;
        }
    }
    let mut surest: Vec<_> = surest.into_values().collect();
    surest.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.document.cmp(&b.document)));
    let place = |at: &&crate::discover::Evidence| PassageRef { document: at.document as u32, passage: at.passage };
    surest.iter().take(most).map(place).collect()
}

fn names(findings: &Findings<'_>, most: usize) -> Vec<Vec<Vec<PassageRef>>> {
    let concepts = findings.synthesis.concepts.iter();
    let mut used: Vec<Vec<Vec<(u32, PassageRef)>>> =
        concepts.map(|concept| vec![Vec::new(); concept.variants.len()]).collect();
    let selected = findings.synthesis.selection.documents.iter();
    for ((document, taken), _) in
        (0u32..).zip(&findings.evidence.documents).zip(selected).filter(|(_, known)| known.excluded.is_none())
    {
        let mut n_before: BTreeMap<(u16, u16), u32> = BTreeMap::new();
        for mention in &taken.variants {
            let nth = n_before.entry((mention.concept, mention.variant)).or_default();
            let uses = used.get_mut(mention.concept as usize).and_then(|names| names.get_mut(mention.variant as usize));
            if let Some(uses) = uses.filter(|_| (*nth as usize) < most) {
                uses.push((*nth, PassageRef { document, passage: mention.passage }));
            }
            *nth += 1;
        }
    }
    let opened = |mut uses: Vec<(u32, PassageRef)>| -> Vec<PassageRef> {
        uses.sort_unstable();
        let mut seen = BTreeSet::new();
        uses.into_iter().map(|(_, at)| at).filter(|at| seen.insert(*at)).take(most).collect()
    };
    used.into_iter().map(|names| names.into_iter().map(opened).collect()).collect()
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
