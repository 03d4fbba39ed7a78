//! The company that words keep: which words stand around a feature, and around a theme's hits.

use super::corpus::Corpus;
use super::features::{Features, NONE};
use rayon::prelude::*;

/// Tokens on either side that are company.
const WINDOW: usize = 5;
/// Frequent company counts for less: the exponent of its probability (Levy, Goldberg & Dagan 2015).
const SMOOTHING: f64 = 0.75;

/// For every feature its company, as positive pointwise mutual information with each word.
#[derive(Debug)]
pub(super) struct Company {
    /// Where the row of each feature ends.
    ends: Vec<usize>,
    /// Word and information, row after row.
    row: Vec<(u32, f32)>,
    /// Length of each row.
    norms: Vec<f32>,
    /// Smoothed probability of each word as company.
    chance: Vec<f64>,
}

impl Company {
    /// The company of all features.
    ///
    /// # Source
    /// Levy, O., Goldberg, Y. & Dagan, I. (2015). Improving distributional similarity with lessons learned from word
    /// embeddings. *Transactions of the ACL* 3, 211–225.
    pub fn of(corpus: &Corpus, features: &Features) -> Self {
        let smoothed: Vec<f64> = features.n_tokens.iter().map(|&n| (n as f64).powf(SMOOTHING)).collect();
        let all: f64 = (0..smoothed.len()).filter(|&word| features.has_meaning[word]).map(|word| smoothed[word]).sum();
        let chance: Vec<f64> = smoothed.iter().map(|n| n / all.max(1.0)).collect();
        let documents: Vec<usize> = (0..corpus.documents().len()).collect();
        let pairs = |&number: &usize| {
            let mut pairs = Vec::new();
            for place in &features.places[number] {
                let span = (place.first as usize, features.n_words(place.feature) as usize);
                around(corpus, features, number, place.sentence, span, |word| {
                    pairs.push(u64::from(place.feature) << 32 | u64::from(word));
                });
            }
            pairs
        };
        let mut pairs: Vec<u64> = documents.par_iter().flat_map_iter(pairs).collect();
        pairs.par_sort_unstable();
        let mut company = Company { ends: Vec::new(), row: Vec::new(), norms: Vec::new(), chance };
        let mut rest = &pairs[..];
        for feature in 0..features.words.len() as u64 {
            let (own, others) = rest.split_at(rest.partition_point(|pair| pair >> 32 <= feature));
            rest = others;
            let counts = own.chunk_by(|a, b| a == b).map(|same| (same[0] as u32, same.len() as f64));
            let row = company.information(counts, own.len() as f64);
            company.norms.push(row.iter().map(|(_, x)| x * x).sum::<f32>().sqrt());
            company.row.extend(row);
            company.ends.push(company.row.len());
        }
        company
    }

    fn information(&self, counts: impl Iterator<Item = (u32, f64)>, total: f64) -> Vec<(u32, f32)> {
        let information = |(word, n): (u32, f64)| {
            let gain = (n / total / self.chance[word as usize]).ln();
            (gain > 0.0).then_some((word, gain as f32))
        };
        counts.filter_map(information).collect()
    }

    /// How alike the company of each feature is to that of the spans of `hits`: the cosine, 0 to 1.
    pub fn similarity(&self, corpus: &Corpus, features: &Features, hits: &[Vec<(u32, u32, u32)>]) -> Vec<f64> {
        let mut counts = vec![0_f64; self.chance.len()];
        for (number, hits) in hits.iter().enumerate() {
            for &(sentence, first, n) in hits {
                let span = (first as usize, n as usize);
                around(corpus, features, number, sentence, span, |word| counts[word as usize] += 1.0);
            }
        }
        let total: f64 = counts.iter().sum();
        let mut weights = vec![0_f32; counts.len()];
        let met = counts.iter().zip(0..).filter(|(n, _)| **n > 0.0).map(|(n, word)| (word, *n));
        self.information(met, total).into_iter().for_each(|(word, x)| weights[word as usize] = x);
        let norm = weights.iter().map(|x| x * x).sum::<f32>().sqrt();
        let cosine = |feature: usize| {
            let start = if feature == 0 { 0 } else { self.ends[feature - 1] };
            let row = &self.row[start..self.ends[feature]];
            let product: f32 = row.iter().map(|(word, x)| x * weights[*word as usize]).sum();
            let length = norm * self.norms[feature];
            if length > 0.0 { f64::from(product / length) } else { 0.0 }
        };
        (0..self.ends.len()).into_par_iter().map(cosine).collect()
    }
}

/// The words that carry meaning around a span of tokens, in its sentence.
fn around(
    corpus: &Corpus,
    features: &Features,
    document: usize,
    sentence: u32,
    (first, n): (usize, usize),
    mut visit: impl FnMut(u32),
) {
    let document = &corpus.documents()[document];
    let sentence = document.sentences[sentence as usize];
    let (start, end) = (sentence.first_token as usize, (sentence.first_token + sentence.n_tokens) as usize);
    let before = first.saturating_sub(WINDOW).max(start)..first;
    let after = (first + n).min(end)..(first + n + WINDOW).min(end);
    for at in before.chain(after) {
        let word = features.word_of[document.classes[at].0 as usize];
        if word != NONE && features.has_meaning[word as usize] {
            visit(word);
        }
    }
}
