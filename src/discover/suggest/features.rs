//! The words and phrases that could be suggested, and where each stands.

use super::super::texts::carries_meaning;
use super::corpus::Corpus;
use crate::lexicon::TokenClasses;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Number of a word in `Features`: a stem. `NONE` where a phrase is shorter.
pub(super) const NONE: u32 = u32::MAX;

/// Where a feature stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occurrence {
    pub feature: u32,
    /// First token in the document.
    pub first: u32,
    /// Index of its sentence in the document.
    pub sentence: u32,
}

/// Words and phrases of a corpus that occur often enough, and every place of each.
#[derive(Debug)]
pub(super) struct Features {
    /// Words of each feature, one to three.
    pub(super) words: Vec<[u32; 3]>,
    /// Word of each type; `NONE` where it is a hyphenated word seen whole.
    pub(super) word_of: Vec<u32>,
    /// The type as which each word is written most often.
    pub(super) written: Vec<u32>,
    pub(super) has_meaning: Vec<bool>,
    /// Occurrences of each word.
    pub(super) n_tokens: Vec<u64>,
    /// In each document, in order of place.
    pub(super) places: Vec<Vec<Occurrence>>,
}

impl Features {
    /// The features of a corpus: words in at least `min_n` places, and phrases of two or three words in as many that
    /// begin and end with a word that carries meaning.
    pub(super) fn of(corpus: &Corpus, min_n: u32, stop_words: &[String]) -> Self {
        let mut features = Self::words_of(corpus, stop_words);
        let mut counts: FxHashMap<[u32; 3], u32> = FxHashMap::default();
        for document in corpus.documents() {
            features.each(document, &mut |words, _, _| *counts.entry(words).or_default() += 1);
        }
        let mut kept: Vec<[u32; 3]> = counts.iter().filter(|(_, n)| **n >= min_n).map(|(words, _)| *words).collect();
        kept.sort_unstable();
        let ids: FxHashMap<[u32; 3], u32> = kept.iter().copied().zip(0..).collect();
        features.words = kept;
        let places = |document: &TokenClasses| {
            let mut places = Vec::new();
            features.each(document, &mut |words, first, sentence| {
                places.extend(ids.get(&words).map(|&feature| Occurrence { feature, first, sentence }));
            });
            places
        };
        let places = corpus.documents().par_iter().map(places).collect();
        features.places = places;
        features
    }

    fn words_of(corpus: &Corpus, stop_words: &[String]) -> Self {
        let stop: FxHashSet<&str> = super::super::texts::stop_words(stop_words);
        let types = corpus.types();
        let mut n_written = vec![0_u64; types.len()];
        let tokens = corpus.documents().iter().flat_map(|document| &document.classes);
        tokens.for_each(|class| n_written[class.0 as usize] += 1);
        let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
        let (mut word_of, mut written, mut n_tokens) = (vec![NONE], Vec::new(), Vec::new());
        for (number, (surface, stem)) in types.iter().enumerate().skip(1) {
            if surface.contains('-') {
                word_of.push(NONE);
                continue;
            }
            let next = ids.len() as u32;
            let word = *ids.entry(stem).or_insert(next);
            if word == next {
                written.push(number as u32);
                n_tokens.push(0);
            }
            word_of.push(word);
            n_tokens[word as usize] += n_written[number];
            let most = &mut written[word as usize];
            if n_written[number] > n_written[*most as usize] {
                *most = number as u32;
            }
        }
        let has_meaning = written.iter().map(|&number| carries_meaning(&types[number as usize].0, &stop)).collect();
        Features { words: Vec::new(), word_of, written, has_meaning, n_tokens, places: Vec::new() }
    }

    /// Calls `visit(words, first token, sentence)` for each word and phrase of the scored sentences, in order of place.
    fn each(&self, document: &TokenClasses, visit: &mut dyn FnMut([u32; 3], u32, u32)) {
        for (number, sentence) in document.sentences.iter().enumerate().filter(|(_, sentence)| sentence.scored) {
            let end = (sentence.first_token + sentence.n_tokens) as usize;
            let word = |at: usize| if at < end { self.word_of[document.classes[at].0 as usize] } else { NONE };
            let means = |word: u32| word != NONE && self.has_meaning[word as usize];
            for at in sentence.first_token as usize..end {
                let (a, b, c) = (word(at), word(at + 1), word(at + 2));
                if !means(a) {
                    continue;
                }
                visit([a, NONE, NONE], at as u32, number as u32);
                if means(b) {
                    visit([a, b, NONE], at as u32, number as u32);
                }
                if b != NONE && means(c) {
                    visit([a, b, c], at as u32, number as u32);
                }
            }
        }
    }

    /// How many words a feature has.
    pub(super) fn n_words(&self, feature: u32) -> u32 {
        self.words[feature as usize].iter().filter(|word| **word != NONE).count() as u32
    }
}
