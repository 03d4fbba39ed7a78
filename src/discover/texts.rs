//! Texts as discovery reads them: lists of types, and which of these carry meaning. Nouns only.

use rustc_hash::{FxHashMap, FxHashSet};

/// English words that are never features: they hold sentences together and say nothing by themselves.
static STOP_WORDS: &str = include_str!("stop_words.txt");

/// English expressions that work as one preposition, conjunction or adverb; a line each.
static FIXED_EXPRESSIONS: &str = include_str!("fixed_expressions.txt");

/// Texts as lists of types, passage by passage: the one input of discovery, filled from an index or from an analyzer.
///
/// A type is a case-folded surface with its stem. Four bytes a token; 100 million tokens are 400 MB.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    surfaces: Vec<String>,
    stems: Vec<String>,
    ids: FxHashMap<String, u32>,
    tokens: Vec<u32>,
    ends: Vec<usize>,
}

impl Texts {
    /// Where a sentence ends among the tokens; no phrase crosses it.
    pub const SENTENCE_END: u32 = u32::MAX;

    /// Number of the type with this surface, new or met before. The first stem it is given with stays its stem.
    pub fn type_of(&mut self, surface: &str, stem: &str) -> u32 {
        if let Some(&id) = self.ids.get(surface) {
            return id;
        }
        let id = self.surfaces.len() as u32;
        self.surfaces.push(surface.to_string());
        self.stems.push(stem.to_string());
        self.ids.insert(surface.to_string(), id);
        id
    }

    /// Number of the type with this surface, if it has been met.
    pub fn find(&self, surface: &str) -> Option<u32> {
        self.ids.get(surface).copied()
    }

    /// Adds one token, or `SENTENCE_END`, to the passage that is being filled.
    pub fn push(&mut self, type_id: u32) {
        debug_assert!(type_id == Self::SENTENCE_END || (type_id as usize) < self.surfaces.len());
        self.tokens.push(type_id);
    }

    /// Ends the passage that is being filled.
    pub fn end_passage(&mut self) {
        self.tokens.push(Self::SENTENCE_END);
        self.ends.push(self.tokens.len());
    }

    /// How many passages it holds.
    pub fn n_passages(&self) -> usize {
        self.ends.len()
    }

    /// How many types it holds.
    pub fn n_types(&self) -> usize {
        self.surfaces.len()
    }

    /// Case-folded surface of a type.
    pub fn surface(&self, type_id: u32) -> &str {
        &self.surfaces[type_id as usize]
    }

    /// Stem of a type.
    pub fn stem(&self, type_id: u32) -> &str {
        &self.stems[type_id as usize]
    }

    /// The tokens of one passage, `SENTENCE_END` after each sentence.
    pub fn passage(&self, passage: usize) -> &[u32] {
        let start = if passage == 0 { 0 } else { self.ends[passage - 1] };
        &self.tokens[start..self.ends[passage]]
    }

    /// The tokens of all passages one after the other, `SENTENCE_END` after each sentence.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// The same texts, with only the first word of each fixed expression ("on the one hand", "at the same time"): the noun
    /// in it names nothing. The longest expression is taken, from left to right.
    ///
    /// # Source
    /// Quirk, R., Greenbaum, S., Leech, G. & Svartvik, J. (1985). *A comprehensive grammar of the English language*, 9.10–13
    /// on complex prepositions.
    pub(super) fn without_fixed_expressions(mut self) -> Self {
        let expressions = self.fixed_expressions();
        let (mut tokens, mut ends) = (Vec::with_capacity(self.tokens.len()), Vec::with_capacity(self.ends.len()));
        for passage in 0..self.n_passages() {
            let mut rest = self.passage(passage);
            while let Some((&first, after)) = rest.split_first() {
                let longer = expressions.get(&first).map_or(&[][..], Vec::as_slice);
                let n_more = longer.iter().find(|more| after.starts_with(more)).map_or(0, Vec::len);
                tokens.push(first);
                rest = &after[n_more..];
            }
            ends.push(tokens.len());
        }
        (self.tokens, self.ends) = (tokens, ends);
        self
    }

    /// What follows in fixed expressions on each type that one begins with, the longest first.
    fn fixed_expressions(&self) -> FxHashMap<u32, Vec<Vec<u32>>> {
        let mut expressions: FxHashMap<u32, Vec<Vec<u32>>> = FxHashMap::default();
        for line in FIXED_EXPRESSIONS.lines() {
            let types: Option<Vec<u32>> = line.split(' ').map(|word| self.ids.get(word).copied()).collect();
            if let Some((&first, more)) = types.as_deref().and_then(<[u32]>::split_first) {
                expressions.entry(first).or_default().push(more.to_vec());
            }
        }
        expressions.values_mut().for_each(|list| list.sort_by_key(|more| std::cmp::Reverse(more.len())));
        expressions
    }
}

/// The words of some `Texts`: types with the same stem, which of them carry meaning, and how each is written most often.
///
/// A word carries meaning when it, as written most often, begins with a letter, has at least two characters and is no stop word. The shipped stop
/// words are English; words that hold other languages together fall to the settings' `max_passage_share`.
#[derive(Clone, Debug)]
pub(super) struct Words {
    word_of: Vec<u32>,
    written: Vec<u32>,
    n_tokens: Vec<u32>,
    has_meaning: Vec<bool>,
}

impl Words {
    /// The words of `texts`; `stop_words` are added to the shipped ones.
    pub(super) fn of(texts: &Texts, stop_words: &[String]) -> Self {
        let stop = self::stop_words(stop_words);
        let mut n_written = vec![0u32; texts.n_types()];
        texts.tokens.iter().filter(|&&t| t != Texts::SENTENCE_END).for_each(|&t| n_written[t as usize] += 1);
        let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
        let mut words =
            Words { word_of: Vec::new(), written: Vec::new(), n_tokens: Vec::new(), has_meaning: Vec::new() };
        for type_id in 0..texts.n_types() as u32 {
            let next = ids.len() as u32;
            let word = *ids.entry(texts.stem(type_id)).or_insert(next);
            if word == next {
                words.written.push(type_id);
                words.n_tokens.push(0);
            }
            let (w, n) = (word as usize, n_written[type_id as usize]);
            words.word_of.push(word);
            words.n_tokens[w] += n;
            if n > n_written[words.written[w] as usize] {
                words.written[w] = type_id;
            }
        }
        words.has_meaning = words.written.iter().map(|&t| carries_meaning(texts.surface(t), &stop)).collect();
        words
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.written.len()
    }

    /// The word of a type.
    pub(super) fn word_of(&self, type_id: u32) -> u32 {
        self.word_of[type_id as usize]
    }

    /// The type as which a word is written most often.
    pub(super) fn written(&self, word: u32) -> u32 {
        self.written[word as usize]
    }

    /// Occurrences of a word.
    pub(super) fn n_tokens(&self, word: u32) -> u32 {
        self.n_tokens[word as usize]
    }

    /// Whether a word carries meaning.
    pub(super) fn has_meaning(&self, word: u32) -> bool {
        self.has_meaning[word as usize]
    }
}

/// The shipped stop words and `more`.
pub(super) fn stop_words(more: &[String]) -> FxHashSet<&str> {
    STOP_WORDS.split_whitespace().chain(more.iter().map(String::as_str)).collect()
}

/// Whether a surface can be a feature.
pub(super) fn carries_meaning(surface: &str, stop: &FxHashSet<&str>) -> bool {
    let mut characters = surface.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_some() && !stop.contains(surface)
}
