//! Candidate themes: grown from single features, tried on resampled documents, described with their evidence.
//!
//! Comes in: the index, the scores and the lexicon. Goes out: `Candidates`.
//! Invariants: what is said of a candidate can be counted again from its patterns; nothing depends on the order of threads.

mod company;
mod describe;
mod gather;
mod grow;
mod kept;
mod passages;
mod stability;
#[cfg(test)]
mod tests;
mod themes;

use super::candidate::Candidates;
use super::collocation::{Collocation, among};
use super::dfm::{Dfm, Limits};
use super::settings::{DiscoverSettings, LexiconUse};
use super::texts::{Texts, Words};
use crate::index::{IndexError, PassageIndex};
use crate::lexicon::Lexicon;
use crate::score::Scores;
use company::Company;
use gather::Gathered;
use grow::Ground;
use passages::{BEFORE_VERBS, Claims, Postings};
use rustc_hash::FxHashSet;

pub use themes::recovered;

/// Words in which scholarly texts speak of themselves: a candidate does not grow from them.
static REPORTING_WORDS: &str = include_str!("reporting_words.txt");
/// A phrase is a feature from this NPMI on, where no verb is in it.
const MIN_NPMI: f64 = 0.3;
/// A nucleus is in at least this share of the documents,
const MIN_SHARE: f64 = 0.01;
/// and in at most this: what more speak of is the subject of the corpus.
const MAX_SHARE: f64 = 0.5;

/// Proposes candidate themes, and patterns for the themes there are.
///
/// A candidate grows from a feature of which documents claim something (that it is lacking, needed, important, built) beside
/// the themes there are; around it gather the features that go with it. Candidates that do not come back when the documents are drawn
/// anew are held back; the rest are ranked by that support, how little the themes there are have of it, and stability. `tick` is called once for each of `settings.n_runs` draws.
/// What was proposed of the same passages in an earlier run is proposed again, and not worked out anew.
///
/// # Errors
/// The index could not be read, or what is proposed cannot be kept.
pub fn candidates(
    index: &PassageIndex,
    scores: &Scores,
    lexicon: &Lexicon,
    settings: &DiscoverSettings,
    tick: &(dyn Fn() + Sync),
) -> Result<Candidates, IndexError> {
    let sample = gather::sample(index.documents(), settings);
    let question = kept::question(index, &sample, scores, lexicon, settings);
    let mut candidates = index.answer("candidates", &question, || {
        let gathered = Gathered::of(index, &sample, scores, lexicon)?;
        Ok(among_passages(&gathered, lexicon.themes.len(), settings, tick))
    })?;
    kept::place(&mut candidates, index);
    Ok(candidates)
}

/// The same, from what was gathered.
fn among_passages(
    gathered: &Gathered,
    n_themes: usize,
    settings: &DiscoverSettings,
    tick: &(dyn Fn() + Sync),
) -> Candidates {
    let texts = &gathered.texts;
    let words = Words::of(texts, &settings.stop_words);
    let n_passages = gathered.places.len();
    let dfm = features(texts, &words, n_passages, settings);
    let claims = Claims::of(texts, &words, &dfm);
    let postings = Postings::of_dfm(&dfm, claims, gathered.places.iter().map(|&(document, _)| document).collect());
    let is_blind = settings.lexicon == LexiconUse::Blind;
    let is_free: Vec<bool> = gathered.themes.iter().map(|themes| is_blind || themes.is_empty()).collect();
    let reporting = reporting(gathered, &words);
    let is_reporting = |f: u32| !dfm.is_phrase[f as usize] && reporting.contains(&dfm.words[f as usize]);
    let ground = Ground {
        dfm: &dfm,
        postings: &postings,
        company: &Company::of(&dfm, &is_reporting),
        times: &vec![1.0; gathered.n_documents()],
        is_free: &is_free,
        n_titles: &n_titles(gathered, &words, &dfm),
        is_reporting: &is_reporting,
        min_documents: (MIN_SHARE * gathered.n_documents() as f64).max(settings.min_passages as f64),
        max_share: MAX_SHARE,
    };
    let grown = ground.grow(settings.n_candidates * 3);
    let stable = stability::stability(&ground, &grown, settings, tick);
    let mut themes = describe::describe(gathered, &ground, &grown, &stable, settings);
    themes::place(gathered, &dfm, n_themes, &mut themes);
    themes::keep_apart(gathered, &mut themes);
    Candidates {
        growth: if is_blind { Vec::new() } else { themes::growth(gathered, &dfm, &postings, n_themes) },
        rediscovered: if is_blind { themes::rediscovered(gathered, n_themes, &themes) } else { Vec::new() },
        uncovered: themes::uncovered(gathered, &dfm, &postings, settings.n_features),
        n_passages: n_passages as u32,
        n_uncovered: gathered.themes.iter().filter(|themes| themes.is_empty()).count() as u32,
        themes,
    }
}

/// The words and phrases that are neither too rare nor too common.
fn features(texts: &Texts, words: &Words, n_passages: usize, settings: &DiscoverSettings) -> Dfm {
    let max_passages = (n_passages as f64 * settings.max_passage_share) as u32;
    let limits = Limits { min_passages: settings.min_passages, max_passages };
    Dfm::of(texts, words, &phrases(texts, words, settings), limits)
}

/// The phrases that are features: drawn together, and with no verb in them.
fn phrases(texts: &Texts, words: &Words, settings: &DiscoverSettings) -> Vec<Collocation> {
    let mut phrases = among(texts, words, settings.min_passages);
    phrases
        .retain(|phrase| phrase.npmi >= MIN_NPMI && !phrase.text.split(' ').any(|word| BEFORE_VERBS.contains(&word)));
    phrases
}

/// In how many titles the word of each feature stands.
fn n_titles(gathered: &Gathered, words: &Words, dfm: &Dfm) -> Vec<f64> {
    let mut n = vec![0f64; words.len()];
    for title in &gathered.titles {
        let here: FxHashSet<u32> = title.iter().map(|&t| words.word_of(t)).collect();
        here.into_iter().for_each(|word| n[word as usize] += 1.0);
    }
    dfm.words.iter().map(|&word| n[word as usize]).collect()
}

/// The words of which a form is among the reporting words.
fn reporting(gathered: &Gathered, words: &Words) -> FxHashSet<u32> {
    let listed: FxHashSet<&str> = REPORTING_WORDS.split_whitespace().collect();
    let types = 0..gathered.texts.n_types() as u32;
    types.filter(|&t| listed.contains(gathered.texts.surface(t))).map(|t| words.word_of(t)).collect()
}
