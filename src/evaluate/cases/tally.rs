//! How often the parties' verdicts meet in which way.

use super::super::coefficients::{Confusion, Continuum, Units};
use super::super::settings::Unit;
use super::verdict::{Coded, Mark};
use crate::corpus::Span;
use crate::index::Content;
use crate::score::DocumentScores;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one document when its units are counted.
pub(in crate::evaluate) struct Theirs<'a> {
    /// The verdicts.
    pub(in crate::evaluate) coded: &'a Coded,
    /// Our scores.
    pub(in crate::evaluate) scores: &'a DocumentScores,
    /// The text, for units finer than the document.
    pub(in crate::evaluate) content: Option<&'a Content>,
    /// The spans of our hits, in their order; empty where nothing needs them.
    pub(in crate::evaluate) hits: &'a [Span],
    /// The themes compared, as indices into the lexicon.
    pub(in crate::evaluate) themes: &'a [usize],
}

/// Verdicts of all parties, we first, then the coders: 1 yes, 0 no, `None` not judged.
pub(in crate::evaluate) type Pattern = Vec<Option<u8>>;

/// For one kind of unit: which patterns of verdicts there are, and how often each meets in each document and theme.
#[derive(Debug)]
pub(in crate::evaluate) struct Tally {
    /// The kind of unit.
    pub(in crate::evaluate) unit: Unit,
    /// The patterns met.
    patterns: Vec<Pattern>,
    numbers: BTreeMap<Pattern, usize>,
    /// By document, then theme: pattern and how many units.
    documents: Vec<Vec<BTreeMap<usize, u32>>>,
    /// By theme, then document: what the coders marked. For characters only.
    pub(in crate::evaluate) continua: Vec<Vec<Continuum>>,
}

impl Tally {
    pub(in crate::evaluate) fn new(unit: Unit, n_themes: usize) -> Self {
        let continua = vec![Vec::new(); n_themes];
        Self { unit, patterns: Vec::new(), numbers: BTreeMap::new(), documents: Vec::new(), continua }
    }

    /// Counts the units of one document more. Without its text only whole documents can be counted.
    pub(in crate::evaluate) fn add(&mut self, document: &Theirs) {
        self.documents.push(vec![BTreeMap::new(); document.themes.len()]);
        for theme in 0..document.themes.len() {
            match (self.unit, document.content) {
                (Unit::Document, _) => self.count(theme, document.whole(theme), 1),
                (_, None) => {}
                (Unit::Passage, Some(content)) => {
                    let ours = document.our_passages(theme);
                    for (p, passage) in (0u32..).zip(&content.passages) {
                        self.count(theme, document.within(theme, passage.span, ours.contains(&p)), 1);
                    }
                }
                (Unit::Sentence, Some(content)) => {
                    let ours = document.our_sentences(theme, content);
                    for (s, sentence) in content.sentences.iter().enumerate() {
                        self.count(theme, document.within(theme, sentence.span, ours.contains(&s)), 1);
                    }
                }
                (Unit::Character, Some(content)) => self.count_characters(theme, document, content),
            }
        }
    }

    fn count_characters(&mut self, theme: usize, document: &Theirs, content: &Content) {
        let ours: Vec<Span> = document.our_hits(theme).collect();
        let mut borders: BTreeSet<u32> = [0, content.text.len() as u32].into();
        borders.extend(ours.iter().chain(&document.marked(theme)).flat_map(|span| [span.start, span.end]));
        let borders: Vec<u32> = borders.into_iter().collect();
        let mut places = BTreeMap::from([(0, 0)]);
        let mut n = 0;
        for piece in borders.windows(2).map(|ends| Span { start: ends[0], end: ends[1] }) {
            let length = piece.of(&content.text).chars().count() as u32;
            n += length;
            places.insert(piece.end, n);
            let found = ours.iter().any(|hit| hit.covers(piece));
            self.count(theme, document.within(theme, piece, found), length);
        }
        if let Some(marked) = document.marked_by_all(theme, &places) {
            self.continua[theme].push(Continuum { length: n, marked });
        } else {
            self.continua[theme].push(Continuum::default());
        }
    }

    fn count(&mut self, theme: usize, pattern: Pattern, n: u32) {
        let next = self.patterns.len();
        let number = *self.numbers.entry(pattern).or_insert_with_key(|pattern| {
            self.patterns.push(pattern.clone());
            next
        });
        if let Some(document) = self.documents.last_mut() {
            *document[theme].entry(number).or_default() += n;
        }
    }

    pub(in crate::evaluate) fn n_documents(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is anything to compare.
    pub(in crate::evaluate) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// How often each pattern meets in the themes told, told how often each document counts.
    fn weights(&self, themes: &[usize], times: &[u32]) -> Vec<f64> {
        let mut weights = vec![0.0; self.patterns.len()];
        for (document, &times) in self.documents.iter().zip(times).filter(|(_, times)| **times > 0) {
            for (&pattern, &n) in themes.iter().flat_map(|&theme| &document[theme]) {
                weights[pattern] += f64::from(times) * f64::from(n);
            }
        }
        weights
    }

    /// The verdicts of some coders (from 0).
    pub(in crate::evaluate) fn units(&self, themes: &[usize], coders: &[usize], times: &[u32]) -> Vec<Units> {
        let said = |pattern: &Pattern| coders.iter().map(|&coder| pattern[coder + 1]).collect();
        let counted = self.patterns.iter().zip(self.weights(themes, times)).filter(|(_, n)| *n > 0.0);
        counted.map(|(pattern, n)| Units { said: said(pattern), n }).collect()
    }

    /// How the verdicts of two parties meet, each given by what it makes of a pattern; units that one leaves out are not counted.
    pub(in crate::evaluate) fn confusion(
        &self,
        theme: usize,
        ours: impl Fn(&[Option<u8>]) -> Option<bool>,
        judge: impl Fn(&[Option<u8>]) -> Option<bool>,
        times: &[u32],
    ) -> Confusion {
        let mut confusion = Confusion::default();
        for (pattern, n) in self.patterns.iter().zip(self.weights(&[theme], times)) {
            if let (Some(ours), Some(judge)) = (ours(pattern), judge(pattern)) {
                confusion.add(ours, judge, n);
            }
        }
        confusion
    }
}

impl Theirs<'_> {
    fn n_coders(&self) -> usize {
        self.coded.read_by.len()
    }

    /// The verdicts on the whole document, ours first.
    pub(in crate::evaluate) fn whole(&self, theme: usize) -> Pattern {
        let ours = self.scores.themes.get(self.themes[theme]).is_some_and(|found| found.score.has_theme);
        let coder = |c: usize| self.coded.read_by[c].then(|| u8::from(self.coded.verdicts.contains_key(&(c, theme))));
        std::iter::once(Some(u8::from(ours))).chain((0..self.n_coders()).map(coder)).collect()
    }

    /// The verdicts on one stretch of text, ours first.
    pub(in crate::evaluate) fn within(&self, theme: usize, unit: Span, ours: bool) -> Pattern {
        let coder = |c: usize| {
            let Some(verdict) = self.coded.verdicts.get(&(c, theme)) else { return self.coded.read_by[c].then_some(0) };
            let mut said = Some(0);
            for mark in &verdict.marks {
                match *mark {
                    Mark::Here(span) | Mark::HereFirst(span) if overlap(span, unit) => return Some(1),
                    Mark::Here(_) => {}
                    Mark::HereFirst(span) if unit.start < span.start => {}
                    Mark::HereFirst(_) | Mark::Somewhere => said = None,
                }
            }
            said
        };
        std::iter::once(Some(u8::from(ours))).chain((0..self.n_coders()).map(coder)).collect()
    }

    fn our_passages(&self, theme: usize) -> BTreeSet<u32> {
        let ours = self.scores.passages.iter().filter(|p| usize::from(p.score.theme) == self.themes[theme]);
        ours.filter(|p| p.score.has_theme).map(|p| p.passage).collect()
    }

    /// Sentences with a hit that counts, in a passage that has the theme.
    fn our_sentences(&self, theme: usize, content: &Content) -> BTreeSet<usize> {
        let passages = self.our_passages(theme);
        let hits = self.scores.hits.iter().filter(|hit| usize::from(hit.theme) == self.themes[theme]);
        hits.filter(|hit| !hit.negated && passages.contains(&hit.passage))
            .filter_map(|hit| content.sentences.partition_point(|s| s.first_token <= hit.first_token).checked_sub(1))
            .collect()
    }

    fn our_hits(&self, theme: usize) -> impl Iterator<Item = Span> {
        let hits = self.scores.hits.iter().zip(self.hits);
        hits.filter(move |(hit, _)| usize::from(hit.theme) == self.themes[theme] && !hit.negated).map(|(_, span)| *span)
    }

    /// Every stretch that any coder marked.
    fn marked(&self, theme: usize) -> Vec<Span> {
        let verdicts = (0..self.n_coders()).filter_map(|c| self.coded.verdicts.get(&(c, theme)));
        let span = |mark: &Mark| match mark {
            Mark::Here(span) | Mark::HereFirst(span) => Some(*span),
            Mark::Somewhere => None,
        };
        verdicts.flat_map(|verdict| verdict.marks.iter().filter_map(span)).collect()
    }

    /// What each coder marked, in characters; `None` unless every coder read the document and said exactly where.
    fn marked_by_all(&self, theme: usize, places: &BTreeMap<u32, u32>) -> Option<Vec<Vec<(u32, u32)>>> {
        let coder = |c: usize| {
            let Some(verdict) = self.coded.verdicts.get(&(c, theme)) else {
                return self.coded.read_by[c].then(Vec::new);
            };
            let exact = |mark: &Mark| match mark {
                Mark::Here(span) => Some((*places.get(&span.start)?, *places.get(&span.end)?)),
                _ => None,
            };
            let mut spans: Vec<(u32, u32)> = verdict.marks.iter().map(exact).collect::<Option<_>>()?;
            spans.sort_unstable();
            Some(joined(spans))
        };
        (0..self.n_coders()).map(coder).collect()
    }
}

/// Stretches that overlap made one.
fn joined(ascending: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (start, end) in ascending {
        match joined.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}
