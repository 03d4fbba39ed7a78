//! The document-feature matrix: passages × features, counts, most of them zero and not kept.

use super::collocation::{Collocation, NO_WORD};
use super::texts::{Texts, Words};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Most features that are kept; of more, those that most passages have.
const MAX_FEATURES: usize = 100_000;
/// Passages that one task counts.
const BLOCK: usize = 1024;
/// Numbers that the tables of all tasks of a sum may hold together.
const MAX_TABLES: usize = 1 << 26;

/// Passages × features, row by row: the features that each passage has, ascending, and how often.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dfm {
    /// How each feature is written most often.
    pub names: Vec<String>,
    /// Word of each feature, the first of a phrase.
    pub words: Vec<u32>,
    /// All its words, `NO_WORD` where there are fewer than three.
    pub parts: Vec<[u32; 3]>,
    /// Whether each feature is a phrase.
    pub is_phrase: Vec<bool>,
    /// Passages that have each feature.
    pub n_passages: Vec<u32>,
    starts: Vec<usize>,
    features: Vec<u32>,
    counts: Vec<f32>,
}

/// Which words and phrases become features.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// At least so many passages have it.
    pub min_passages: u32,
    /// At most so many.
    pub max_passages: u32,
}

impl Dfm {
    /// Counts the words of `texts` that carry meaning, and `phrases` beside them, within the limits.
    pub(super) fn of(texts: &Texts, words: &Words, phrases: &[Collocation], limits: Limits) -> Self {
        let places = Places::new(words, phrases);
        let n_columns = words.len() + phrases.len();
        let blocks = texts.n_passages().div_ceil(BLOCK);
        let counted: Vec<Rows> = (0..blocks).into_par_iter().map(|b| Rows::of(texts, words, &places, b)).collect();
        let mut n_passages = vec![0u32; n_columns];
        counted.iter().flat_map(|rows| &rows.columns).for_each(|&c| n_passages[c as usize] += 1);
        let kept = kept(&n_passages, limits);
        let mut dfm = Dfm { starts: vec![0], ..Self::default() };
        let mut feature_of = vec![NO_WORD; n_columns];
        for (feature, &column) in kept.iter().enumerate() {
            feature_of[column as usize] = feature as u32;
            let phrase = (column as usize).checked_sub(words.len()).map(|p| &phrases[p]);
            dfm.names.push(match phrase {
                Some(phrase) => phrase.text.clone(),
                None => texts.surface(words.written(column)).to_string(),
            });
            dfm.is_phrase.push(phrase.is_some());
            dfm.words.push(phrase.map_or(column, |phrase| phrase.words[0]));
            dfm.parts.push(phrase.map_or([column, NO_WORD, NO_WORD], |phrase| phrase.words));
            dfm.n_passages.push(n_passages[column as usize]);
        }
        counted.iter().for_each(|rows| dfm.take(rows, &feature_of));
        dfm
    }

    /// How many passages it has.
    pub(super) fn n_rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many features it has.
    pub(super) fn n_features(&self) -> usize {
        self.names.len()
    }

    /// The features of a passage, ascending, and how often it has each.
    pub(super) fn row(&self, passage: usize) -> (&[u32], &[f32]) {
        let range = self.starts[passage]..self.starts[passage + 1];
        (&self.features[range.clone()], &self.counts[range])
    }

    /// Whether two features have a word in common.
    pub(super) fn share_a_word(&self, a: u32, b: u32) -> bool {
        self.parts[a as usize].iter().any(|&word| word != NO_WORD && self.parts[b as usize].contains(&word))
    }

    /// Occurrences of features in a passage.
    pub(super) fn length(&self, passage: usize) -> f32 {
        self.row(passage).1.iter().sum()
    }

    /// Passages in blocks, each the work of one task that keeps a table of features × `width` numbers to itself: few where
    /// such a table is large. They depend on the data alone, and so does every sum that is taken block by block.
    pub(super) fn blocks(&self, width: usize) -> Vec<Range<usize>> {
        let most = (MAX_TABLES / (self.n_features() * width).max(1)).clamp(2, 16);
        let n_blocks = self.n_rows().div_ceil(BLOCK).clamp(1, most);
        let step = self.n_rows().div_ceil(n_blocks).max(1);
        (0..self.n_rows()).step_by(step).map(|start| start..(start + step).min(self.n_rows())).collect()
    }

    /// The same features in some of the passages, in the order given.
    pub(super) fn select(&self, passages: &[usize]) -> Self {
        let mut dfm = Dfm { starts: vec![0], features: Vec::new(), counts: Vec::new(), ..self.clone_names() };
        for &passage in passages {
            let (features, counts) = self.row(passage);
            features.iter().for_each(|&f| dfm.n_passages[f as usize] += 1);
            dfm.features.extend_from_slice(features);
            dfm.counts.extend_from_slice(counts);
            dfm.starts.push(dfm.features.len());
        }
        dfm
    }

    fn clone_names(&self) -> Self {
        Dfm {
            names: self.names.clone(),
            words: self.words.clone(),
            parts: self.parts.clone(),
            is_phrase: self.is_phrase.clone(),
            n_passages: vec![0; self.names.len()],
            ..Self::default()
        }
    }

    fn take(&mut self, rows: &Rows, feature_of: &[u32]) {
        let mut start = 0;
        for &end in &rows.ends {
            for i in start..end {
                let feature = feature_of[rows.columns[i] as usize];
                if feature != NO_WORD {
                    self.features.push(feature);
                    self.counts.push(rows.counts[i]);
                }
            }
            self.starts.push(self.features.len());
            start = end;
        }
    }
}

/// The columns within the limits, ascending.
fn kept(n_passages: &[u32], limits: Limits) -> Vec<u32> {
    let within = |&c: &u32| (limits.min_passages.max(1)..=limits.max_passages).contains(&n_passages[c as usize]);
    let mut kept: Vec<u32> = (0..n_passages.len() as u32).filter(within).collect();
    if kept.len() > MAX_FEATURES {
        kept.sort_by_key(|&c| (std::cmp::Reverse(n_passages[c as usize]), c));
        kept.truncate(MAX_FEATURES);
        kept.sort_unstable();
    }
    kept
}

/// Where phrases are found: by their first two words, by all three.
struct Places {
    pairs: FxHashMap<(u32, u32), u32>,
    triples: FxHashMap<[u32; 3], u32>,
}

impl Places {
    fn new(words: &Words, phrases: &[Collocation]) -> Self {
        let mut places = Places { pairs: FxHashMap::default(), triples: FxHashMap::default() };
        for (i, phrase) in phrases.iter().enumerate() {
            let column = (words.len() + i) as u32;
            match phrase.words {
                [a, b, NO_WORD] => places.pairs.insert((a, b), column),
                three => places.triples.insert(three, column),
            };
        }
        places
    }

    /// Adds the columns of the phrases that begin at the first of `next` words.
    fn add(&self, next: &[u32], out: &mut Vec<u32>) {
        if let [a, b, ..] = *next {
            out.extend(self.pairs.get(&(a, b)));
            out.extend(next.get(2).and_then(|&c| self.triples.get(&[a, b, c])));
        }
    }
}

/// A block of passages counted, before it is known which columns are kept.
#[derive(Default)]
struct Rows {
    columns: Vec<u32>,
    counts: Vec<f32>,
    ends: Vec<usize>,
}

impl Rows {
    fn of(texts: &Texts, words: &Words, places: &Places, block: usize) -> Self {
        let mut rows = Rows::default();
        let (mut met, mut sentence) = (Vec::new(), Vec::new());
        for passage in block * BLOCK..((block + 1) * BLOCK).min(texts.n_passages()) {
            met.clear();
            for tokens in texts.passage(passage).split(|&t| t == Texts::SENTENCE_END) {
                sentence.clear();
                sentence.extend(tokens.iter().map(|&t| words.word_of(t)));
                for (i, &word) in sentence.iter().enumerate() {
                    if words.has_meaning(word) {
                        met.push(word);
                        places.add(&sentence[i..], &mut met);
                    }
                }
            }
            rows.close(&mut met);
        }
        rows
    }

    fn close(&mut self, met: &mut [u32]) {
        met.sort_unstable();
        for run in met.chunk_by(|a, b| a == b) {
            self.columns.push(run[0]);
            self.counts.push(run.len() as f32);
        }
        self.ends.push(self.columns.len());
    }
}
