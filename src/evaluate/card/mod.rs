//! The health card: hits in, what each pattern does for its theme out.
//!
//! One pass over the hits; what a theme would lose without a pattern comes out of the passages' sets of patterns, nothing is
//! scored again. Invariants: a share is 0 to 1 or undefined; the same bytes at any number of threads.

mod count;
mod f1;
mod pattern_card;
#[cfg(test)]
mod tests;
mod without;

pub use pattern_card::{Card, Flag, Line, PatternCard};

use super::coding::Codings;
use super::learn::Learned;
use super::settings::EvaluateSettings;
use crate::index::IndexedDocument;
use crate::lexicon::{self, Lexicon};
use crate::score::{Scorer, Scores};
use count::{Count, Counter};
use f1::Without;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use without::{ByPattern, losses};

/// A theme's hits of which this share is one pattern's …
const GREEDY_SHARE: f64 = 0.25;
/// … though as many patterns are met.
const GREEDY_PATTERNS: usize = 8;
/// Share of a pattern's hits that share a word with another theme's.
const AMBIGUOUS_SHARE: f64 = 0.5;

impl Flag {
    /// Whether it is put on a pattern, in whose theme so many patterns are met.
    fn is_on(self, card: &PatternCard, n_met: usize) -> bool {
        let at_least = |share: Option<f64>, limit: f64| share.is_some_and(|share| share >= limit);
        match self {
            Flag::Dead => card.n_hits + card.n_negated == 0 && card.covered_by.is_none(),
            Flag::Covered => card.covered_by.is_some(),
            Flag::Greedy => n_met >= GREEDY_PATTERNS && at_least(card.share_of_evidence, GREEDY_SHARE),
            Flag::Ambiguous => at_least(card.shared_words, AMBIGUOUS_SHARE),
            Flag::Redundant => card.n_hits > 0 && card.n_passages_lost == 0,
            Flag::Doubted => card.belief.is_some_and(|belief| {
                let interval = belief.precision.and_then(|precision| precision.interval);
                interval.is_some_and(|interval| interval.high < belief.written)
            }),
        }
    }
}

/// Makes the health card of a lexicon. `included` says of each document whether it counts; `scorer` believes what the scores
/// believe. Figures are of `counted`, where passages that works repeat are counted once; coders are held against `scores`.
pub fn card(
    documents: &[IndexedDocument],
    (scores, counted): (&Scores, &Scores),
    (lexicon, scorer): (&Lexicon, &Scorer<'_>),
    included: &[bool],
    (codings, learned): (&Codings, &Learned),
    settings: &EvaluateSettings,
) -> Card {
    let mut counter = Counter::new(&lexicon.themes);
    let mut lost: ByPattern<(u32, u32)> = BTreeMap::new();
    let mut n_included = 0u32;
    for (document, scores) in (0u32..).zip(&counted.documents).filter(|(d, _)| included.get(*d as usize) == Some(&true))
    {
        n_included += 1;
        counter.add(document, scores);
        for loss in losses(&scores.hits, &|pattern| scorer.weight(pattern), scorer.threshold()) {
            let lost = lost.entry((loss.theme, loss.pattern)).or_default();
            lost.0 += loss.n_passages;
            lost.1 += u32::from(loss.is_whole);
        }
    }
    let counts = counter.counts;
    let mut themes = vec![OfTheme::default(); lexicon.themes.len()];
    for (&(theme, _), count) in counts.iter().filter(|(_, count)| count.n_hits > 0) {
        let theme = &mut themes[usize::from(theme)];
        theme.n_hits += count.n_hits;
        theme.n_met += 1;
    }
    let own = lexicon.theme_of.iter().zip(0u32..).map(|(&theme, pattern)| (theme, pattern));
    let mut all: ByPattern<Count> = own.map(|key| (key, Count::default())).collect();
    let is_met = |pattern: u32| counts.contains_key(&(lexicon.theme_of[pattern as usize], pattern));
    let covered = lexicon::covered(lexicon, &is_met);
    all.extend(counts);
    let f1 = Without::of(documents, scores, (lexicon, scorer), (codings, learned), settings.coded);
    let sums = Sums { lexicon, scorer, learned, f1, themes, covered, lost, n_included };
    let mut patterns: Vec<PatternCard> = all.into_iter().map(|(key, count)| sums.card(key, count)).collect();
    patterns.sort_by_key(|card| (card.theme, Reverse((card.n_documents, card.n_hits)), card.pattern));
    Card { patterns }
}

/// What all patterns are held against.
struct Sums<'a> {
    lexicon: &'a Lexicon,
    scorer: &'a Scorer<'a>,
    learned: &'a Learned,
    f1: Without,
    themes: Vec<OfTheme>,
    /// Patterns that are met only inside hits of others.
    covered: BTreeMap<u32, u32>,
    /// Passages and documents that a theme would lose.
    lost: ByPattern<(u32, u32)>,
    n_included: u32,
}

/// The patterns of a theme.
#[derive(Clone, Default)]
struct OfTheme {
    n_hits: u32,
    /// How many of them are met.
    n_met: usize,
}

impl Sums<'_> {
    fn card(&self, key: (u16, u32), count: Count) -> PatternCard {
        let (theme, pattern) = key;
        let of_theme = &self.themes[usize::from(theme)];
        let is_own = self.lexicon.theme_of[pattern as usize] == theme;
        let (n_passages_lost, n_documents_lost) = self.lost.get(&key).copied().unwrap_or_default();
        let mut card = PatternCard {
            theme,
            pattern,
            covered_by: self.covered.get(&pattern).copied().filter(|_| is_own),
            n_hits: count.n_hits,
            n_negated: count.n_negated,
            n_documents: count.n_documents,
            n_passages: count.n_passages,
            share_of_evidence: share(count.n_hits, of_theme.n_hits),
            overlap: share(count.n_overlapping, count.n_passages),
            overlaps: most_first(count.overlaps),
            shared_words: share(count.n_shared, count.n_hits),
            shares_words_with: most_first(count.shared),
            belief: self.learned.beliefs.get(pattern as usize).filter(|_| is_own).copied(),
            weight: self.scorer.weight(pattern),
            n_passages_lost,
            n_documents_lost,
            prevalence_change: share(n_documents_lost, self.n_included).map(|share| 0.0 - share),
            f1_change: self.f1.change(theme, pattern),
            lines: count.lines,
            flags: Vec::new(),
        };
        card.flags = Flag::ALL.into_iter().filter(|flag| flag.is_on(&card, of_theme.n_met)).collect();
        card
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

fn most_first(counts: BTreeMap<u16, u32>) -> Vec<(u16, u32)> {
    let mut counts: Vec<(u16, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|&(theme, n)| (Reverse(n), theme));
    counts
}
