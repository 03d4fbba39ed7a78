//! Words drawn together: phrases of two and three words.

use super::coherence::npmi;
use super::keyness::{Count, log_likelihood};
use super::texts::{Texts, Words};
use rustc_hash::FxHashMap;

/// A phrase whose words meet more often than by chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocation {
    /// The phrase as it is written most often, case folded.
    pub text: String,
    /// Occurrences, in any inflection of its words.
    pub n: u32,
    /// Signed G² of its last word after its first ones against elsewhere; 10.83 is one chance in a thousand.
    pub g2: f64,
    /// NPMI of its last word and its first ones, −1 to 1.
    pub npmi: f64,
    /// Its words, by their numbers in `Words`; the third is `NO_WORD` in a phrase of two.
    pub(super) words: [u32; 3],
}

pub(super) const NO_WORD: u32 = u32::MAX;
/// G² that chance passes once in a thousand (χ² with 1 degree of freedom).
const SIGNIFICANT: f64 = 10.83;

/// The phrases of two words, and of three, that occur at least `min_n` times and more often than by chance, by G² (the
/// highest first), then by text.
///
/// The first and the last word carry meaning; between them in a phrase of three may stand any word ("duty of care").
/// Inflections count as one. Takes time linear in the tokens.
///
/// # Source
/// Dunning (1993) for G²; Bouma (2009) for NPMI; see `log_likelihood` and `npmi`.
pub fn collocations(texts: &Texts, min_n: u32, stop_words: &[String]) -> Vec<Collocation> {
    among(texts, &Words::of(texts, stop_words), min_n)
}

/// The same, with the words known.
pub(super) fn among(texts: &Texts, words: &Words, min_n: u32) -> Vec<Collocation> {
    let min_n = min_n.max(2);
    let n_pairs = count_pairs(texts, words, min_n);
    let n_triples = count_triples(texts, words, min_n, &n_pairs);
    let n_tokens: u64 = (0..words.len() as u32).map(|w| words.n_tokens(w) as u64).sum();
    let mut found: Vec<Collocation> = n_pairs
        .iter()
        .filter(|&(&(a, b), &n)| n >= min_n && words.has_meaning(a) && words.has_meaning(b))
        .filter_map(|(&(a, b), &n)| drawn([a, b, NO_WORD], n, words.n_tokens(a), words.n_tokens(b), n_tokens))
        .chain(
            n_triples
                .iter()
                .filter(|&(_, &n)| n >= min_n)
                .filter_map(|(&[a, b, c], &n)| drawn([a, b, c], n, n_pairs[&(a, b)], words.n_tokens(c), n_tokens)),
        )
        .collect();
    write_out(texts, words, &mut found);
    found.sort_by(|x, y| y.g2.total_cmp(&x.g2).then_with(|| x.text.cmp(&y.text)));
    found
}

/// A phrase met `n` times, whose first words are met `n_first` times and whose last `n_last` times; `None` by chance.
fn drawn(words: [u32; 3], n: u32, n_first: u32, n_last: u32, n_tokens: u64) -> Option<Collocation> {
    let (both, first, last, all) = (n as f64, n_first as f64, n_last as f64, n_tokens as f64);
    let after = Count { n: both.min(first), total: first };
    let elsewhere = Count { n: (last - both).max(0.0), total: all - first };
    let g2 = log_likelihood(after, elsewhere)?;
    let npmi = npmi(n as u64, n_first as u64, n_last as u64, n_tokens)?;
    (g2 >= SIGNIFICANT).then(|| Collocation { text: String::new(), n, g2, npmi, words })
}

/// Occurrences of each pair of neighbors whose first word carries meaning and is frequent enough.
fn count_pairs(texts: &Texts, words: &Words, min_n: u32) -> FxHashMap<(u32, u32), u32> {
    let mut counts = FxHashMap::default();
    for pair in texts.tokens().windows(2) {
        let Some([a, b]) = numbers(words, pair) else { continue };
        if words.has_meaning(a) && words.n_tokens(a) >= min_n && words.n_tokens(b) >= min_n {
            *counts.entry((a, b)).or_insert(0) += 1;
        }
    }
    counts
}

/// Occurrences of each three in a row whose first two are frequent enough and whose ends carry meaning.
fn count_triples(
    texts: &Texts,
    words: &Words,
    min_n: u32,
    pairs: &FxHashMap<(u32, u32), u32>,
) -> FxHashMap<[u32; 3], u32> {
    let mut counts = FxHashMap::default();
    for three in texts.tokens().windows(3) {
        let Some([a, b, c]) = numbers(words, three) else { continue };
        let ends = words.has_meaning(a) && words.has_meaning(c) && words.n_tokens(c) >= min_n;
        if ends && pairs.get(&(a, b)).is_some_and(|&n| n >= min_n) {
            *counts.entry([a, b, c]).or_insert(0) += 1;
        }
    }
    counts
}

/// The words of neighboring tokens; `None` where a sentence ends among them.
fn numbers<const N: usize>(words: &Words, tokens: &[u32]) -> Option<[u32; N]> {
    let mut out = [0; N];
    for (slot, &token) in out.iter_mut().zip(tokens) {
        if token == Texts::SENTENCE_END {
            return None;
        }
        *slot = words.word_of(token);
    }
    Some(out)
}

/// Gives each phrase the text as which it is written most often (of two as frequent, the first in the alphabet).
fn write_out(texts: &Texts, words: &Words, found: &mut [Collocation]) {
    let places: FxHashMap<[u32; 3], usize> = found.iter().enumerate().map(|(i, c)| (c.words, i)).collect();
    let mut written: Vec<FxHashMap<&[u32], u32>> = vec![FxHashMap::default(); found.len()];
    let tokens = texts.tokens();
    for start in 0..tokens.len() {
        let Some([a, b]) = tokens.get(start..start + 2).and_then(|t| numbers(words, t)) else { continue };
        if !words.has_meaning(a) {
            continue;
        }
        let c = tokens.get(start + 2).filter(|&&t| t != Texts::SENTENCE_END).map(|&t| words.word_of(t));
        for (key, n) in
            [([a, b, NO_WORD], 2), ([a, b, c.unwrap_or(NO_WORD)], 3)].into_iter().take(1 + c.is_some() as usize)
        {
            if let Some(&place) = places.get(&key) {
                *written[place].entry(&tokens[start..start + n]).or_insert(0) += 1;
            }
        }
    }
    for (phrase, forms) in found.iter_mut().zip(written) {
        let spell = |form: &[u32]| form.iter().map(|&t| texts.surface(t)).collect::<Vec<_>>().join(" ");
        let best = forms.into_iter().map(|(form, n)| (std::cmp::Reverse(n), spell(form))).min();
        phrase.text = best.map(|(_, text)| text).unwrap_or_default();
    }
}
