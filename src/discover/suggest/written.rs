//! Features written as patterns, and the file that a person edits.

use super::company::Company;
use super::corpus::Corpus;
use super::features::{Features, NONE};
use super::rank::{Beside, Ranking, similarity};
use crate::lexicon::{Found, Lexicon, LexiconSettings, Pattern, Theme};
use crate::text::Analyzer;
use rustc_hash::FxHashSet;
use std::fmt::Write;

/// Weight of a suggested pattern until a person says more: it counts, and just so.
const WEIGHT: f64 = 0.5;
/// Letters that two words must share from their beginning to be written as one glob.
const SHARED: usize = 5;
/// Share of the tokens that a glob meets which must be of the words it was made of.
const OWN: f64 = 0.9;
/// Ranked features that are looked at for each suggestion wanted.
const DEPTH: usize = 8;

/// A pattern that a theme could have.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The pattern, in the pattern language.
    pub text: String,
    /// Log-odds ratio of a sentence having it, where the theme is against where it is not, outside of the theme's hits.
    pub association: f64,
    /// Ends of its 95 % interval.
    pub interval: (f64, f64),
    /// Sentences that have it outside of the theme's hits.
    pub n_sentences: u32,
    /// Of these, sentences that have a hit of the theme.
    pub n_with_theme: u32,
    /// Documents that have it so.
    pub n_documents: u32,
}

/// A corpus made ready for suggestions: its features and their company, worked out once.
#[derive(Debug)]
pub struct Suggester<'a> {
    pub(super) corpus: &'a Corpus,
    features: Features,
    company: Company,
    settings: &'a LexiconSettings,
    analyzer: &'a Analyzer,
    min_n: f64,
}

impl<'a> Suggester<'a> {
    /// Looks at all words and phrases of the corpus that occur `min_n` times.
    pub fn new(
        corpus: &'a Corpus,
        settings: &'a LexiconSettings,
        analyzer: &'a Analyzer,
        min_n: u32,
        stop_words: &[String],
    ) -> Self {
        let features = Features::of(corpus, min_n, stop_words);
        let company = Company::of(corpus, &features);
        Suggester { corpus, features, company, settings, analyzer, min_n: min_n.into() }
    }

    /// At most `n` patterns that `theme` does not have and that keep the company of its hits, the best first.
    pub fn suggest(&self, theme: &Theme, ranking: Ranking, n: usize) -> Vec<Suggestion> {
        let Some(lexicon) = self.compile(theme.clone()) else { return Vec::new() };
        let hits = self.corpus.hits(&lexicon);
        self.best(&self.beside(theme, &hits), ranking, n)
    }

    /// What stands beside the theme's hits: the same for every ranking.
    pub(super) fn beside(&self, theme: &Theme, hits: &[Vec<Found>]) -> (Beside, Vec<f64>) {
        let covered = Theme { patterns: theme.except.clone(), except: Vec::new(), ..theme.clone() };
        let covered = self.compile(covered).map(|lexicon| self.corpus.hits(&lexicon)).unwrap_or_default();
        let beside = Beside::of(self.corpus, &self.features, hits, &covered);
        let similarity = similarity(&self.company, self.corpus, &self.features, &beside);
        (beside, similarity)
    }

    /// The best `n` patterns of what stands beside a theme's hits.
    pub(super) fn best(
        &self,
        (beside, similarity): &(Beside, Vec<f64>),
        ranking: Ranking,
        n: usize,
    ) -> Vec<Suggestion> {
        let ranked = beside.ranked(ranking, similarity, self.min_n);
        let mut suggestions: Vec<Suggestion> = Vec::new();
        let mut said: FxHashSet<u32> = FxHashSet::default();
        let ahead = &ranked[..ranked.len().min(n * DEPTH)];
        for &(feature, _) in ahead {
            let words = self.features.words[feature as usize];
            if suggestions.len() == n || words.iter().any(|word| said.contains(word)) {
                continue;
            }
            let (text, of) = self.pattern(feature, ahead);
            let known = suggestions.iter().any(|other| other.text == text);
            if known || !self.can_be_read(&text) {
                continue;
            }
            said.extend(of.iter().filter_map(|&f| self.one_word(f)));
            let [association, low, high] = beside.association(feature);
            let met = beside.met[feature as usize];
            suggestions.push(Suggestion {
                text,
                association,
                interval: (low, high),
                n_sentences: met.n as u32,
                n_with_theme: met.n_with as u32,
                n_documents: met.n_documents,
            });
        }
        suggestions
    }

    /// A lexicon of one theme that stands alone.
    pub(super) fn compile(&self, theme: Theme) -> Option<Lexicon> {
        Lexicon::alone(theme, self.settings, self.analyzer).ok()
    }

    fn can_be_read(&self, pattern: &str) -> bool {
        self.compile(self.theme(&Theme::default(), std::iter::once(pattern.to_owned()))).is_some()
    }

    /// A theme of these patterns with the exceptions of `theme`.
    pub(super) fn theme(&self, theme: &Theme, patterns: impl Iterator<Item = String>) -> Theme {
        let pattern = |text: String| Pattern { text, weight: WEIGHT, stance: None, line: 0 };
        Theme { patterns: patterns.map(pattern).collect(), ..theme.clone() }
    }

    /// The pattern of a feature, and the features it speaks for: a phrase its words, a word its stem, or a glob where
    /// others of its kin are `ahead` as well.
    fn pattern(&self, feature: u32, ahead: &[(u32, f64)]) -> (String, Vec<u32>) {
        let words = self.features.words[feature as usize];
        let Some(word) = self.one_word(feature) else {
            let words: Vec<&str> = words.iter().filter(|word| **word != NONE).map(|word| self.surface(*word)).collect();
            return (words.join(" "), vec![feature]);
        };
        let surface = self.surface(word);
        let shares = |other: &str| {
            let shared = surface.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            (shared >= SHARED && shared + 4 >= surface.chars().count()).then_some(shared)
        };
        let one_word = |&(other, _): &(u32, f64)| Some((other, self.one_word(other)?));
        let kin: Vec<(u32, u32, usize)> = ahead
            .iter()
            .filter_map(one_word)
            .filter_map(|(other, word)| Some((other, word, shares(self.surface(word))?)))
            .collect();
        let shared = kin.iter().map(|kin| kin.2).min().unwrap_or_default();
        let prefix: String = surface.chars().take(shared).collect();
        if kin.len() < 2 || shared == 0 || !self.owns(&prefix, &kin) {
            return (surface.to_owned(), vec![feature]);
        }
        (format!("{prefix}*"), kin.into_iter().map(|kin| kin.0).collect())
    }

    /// Whether most of what begins so are the words of `kin`.
    fn owns(&self, prefix: &str, kin: &[(u32, u32, usize)]) -> bool {
        let begins = |word: &u32| self.surface(*word).starts_with(prefix);
        let n_tokens = |word: u32| self.features.n_tokens[word as usize] as f64;
        let all: f64 = (0..self.features.written.len() as u32).filter(begins).map(n_tokens).sum();
        kin.iter().map(|kin| n_tokens(kin.1)).sum::<f64>() >= OWN * all
    }

    fn one_word(&self, feature: u32) -> Option<u32> {
        let words = self.features.words[feature as usize];
        (words[1] == NONE).then_some(words[0])
    }

    fn surface(&self, word: u32) -> &str {
        &self.corpus.types()[self.features.written[word as usize] as usize].0
    }
}

/// The file of suggestions for a theme, with lines of `context` for each: a person strikes what does not belong.
pub fn suggestion_file(theme: &str, suggestions: &[Suggestion], context: &[Vec<String>]) -> String {
    let mut text = format!(
        "# Suggested for the theme \"{theme}\". Strike what does not belong, mend patterns and weights, then: \
         throughline lexicon accept FILE\n\n# How far it goes with the theme: log-odds ratio with 95 % interval, of \
         sentences, outside of the theme's own hits.\n\ntheme = {}\n",
        toml_string(theme)
    );
    for (suggestion, lines) in suggestions.iter().zip(context) {
        let Suggestion { association, interval, n_sentences, n_with_theme, n_documents, .. } = suggestion;
        let (low, high) = interval;
        // Writing into a string does not fail.
        let _ = write!(
            text,
            "\n[[suggestion]]\npattern = {}\nweight = {WEIGHT}\n# {association:.2} [{low:.2}, {high:.2}]; {n_with_theme} of \
             {n_sentences} sentences also have the theme; {n_documents} documents\n",
            toml_string(&suggestion.text)
        );
        lines.iter().for_each(|line| text += &format!("#   {line}\n"));
    }
    text
}

fn toml_string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
