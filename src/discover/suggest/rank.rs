//! How far each feature goes with a theme, and which to look at first.

use super::super::keyness::{Count, log_likelihood};
use super::company::Company;
use super::corpus::Corpus;
use super::features::Features;
use crate::lexicon::Found;

/// What features are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// Over-use in sentences with the theme: signed G².
    Keyness,
    /// Log-odds with an informative Dirichlet prior, in standard errors.
    LogOdds,
    /// Normalised pointwise mutual information with the theme.
    Npmi,
    /// How alike their company is to that of the theme's hits.
    Company,
    /// The same, times the logarithm of how often they occur.
    CompanyLog,
    /// The same, times the root of how often they occur.
    CompanyRoot,
    /// Squared, times the root of how often they occur.
    CompanySquare,
    /// Places by keyness and by company together.
    Fused,
}

impl Ranking {
    /// All of them, in order.
    pub const ALL: [Ranking; 8] = [
        Ranking::Keyness,
        Ranking::LogOdds,
        Ranking::Npmi,
        Ranking::Company,
        Ranking::CompanyLog,
        Ranking::CompanyRoot,
        Ranking::CompanySquare,
        Ranking::Fused,
    ];
}

/// Counts of one feature outside the theme's hits, in sentences.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Met {
    /// Sentences that have it.
    pub n: f64,
    /// Of these, sentences with a hit of the theme.
    pub n_with: f64,
    /// Documents that have it.
    pub n_documents: u32,
}

/// A theme's hits in a corpus, and what is met beside them.
#[derive(Debug)]
pub(super) struct Beside {
    /// By feature.
    pub met: Vec<Met>,
    /// Scored sentences, and those of them with a hit.
    pub n_sentences: f64,
    pub n_with: f64,
    /// Spans of the hits by document: sentence, first token, tokens.
    pub spans: Vec<Vec<(u32, u32, u32)>>,
}

impl Beside {
    /// Counts the features outside of `hits` and `covered`, which are spans that are not to be looked at.
    pub fn of(corpus: &Corpus, features: &Features, hits: &[Vec<Found>], covered: &[Vec<Found>]) -> Self {
        let mut met = vec![Met::default(); features.words.len()];
        // The last sentence and document that each feature was counted in.
        let mut last = vec![(u32::MAX, u32::MAX); features.words.len()];
        let (mut n_sentences, mut n_with) = (0.0, 0.0);
        let (mut is_taken, mut has_hit) = (Vec::new(), Vec::new());
        for (number, document) in corpus.documents().iter().enumerate() {
            is_taken.clear();
            is_taken.resize(document.classes.len(), false);
            has_hit.clear();
            has_hit.resize(document.sentences.len(), false);
            for hit in hits[number].iter().chain(covered.get(number).into_iter().flatten()) {
                let end = (hit.first_token + u32::from(hit.n_tokens)) as usize;
                is_taken[hit.first_token as usize..end.min(document.classes.len())].fill(true);
            }
            hits[number].iter().for_each(|hit| has_hit[hit.sentence as usize] = true);
            n_sentences += document.sentences.iter().filter(|sentence| sentence.scored).count() as f64;
            n_with += has_hit.iter().filter(|has| **has).count() as f64;
            for place in &features.places[number] {
                let n_words = features.n_words(place.feature);
                if is_taken[place.first as usize..(place.first + n_words) as usize].contains(&true) {
                    continue;
                }
                let (met, last) = (&mut met[place.feature as usize], &mut last[place.feature as usize]);
                if *last == (number as u32, place.sentence) {
                    continue;
                }
                met.n_documents += u32::from(last.0 != number as u32);
                *last = (number as u32, place.sentence);
                met.n += 1.0;
                met.n_with += f64::from(u8::from(has_hit[place.sentence as usize]));
            }
        }
        let span = |hit: &Found| (hit.sentence, hit.first_token, u32::from(hit.n_tokens));
        let spans = hits.iter().map(|hits| hits.iter().map(span).collect()).collect();
        Beside { met, n_sentences, n_with, spans }
    }

    /// Features, the best first, with what they are ranked by; those that do not occur `min_n` times are left out.
    pub fn ranked(&self, ranking: Ranking, similarity: &[f64], min_n: f64) -> Vec<(u32, f64)> {
        let mut ranked: Vec<(u32, f64)> = (0..self.met.len() as u32)
            .filter(|&feature| self.met[feature as usize].n >= min_n)
            .map(|feature| (feature, self.score(ranking, feature, similarity[feature as usize])))
            .collect();
        sort(&mut ranked);
        if ranking == Ranking::Fused {
            let mut places = vec![0.0; self.met.len()];
            for part in [Ranking::Keyness, Ranking::CompanyRoot] {
                for (place, (feature, _)) in self.ranked(part, similarity, min_n).into_iter().enumerate() {
                    places[feature as usize] += 1.0 / (20.0 + place as f64);
                }
            }
            ranked.iter_mut().for_each(|(feature, score)| *score = places[*feature as usize]);
            sort(&mut ranked);
        }
        ranked
    }

    fn score(&self, ranking: Ranking, feature: u32, similarity: f64) -> f64 {
        let Met { n, n_with, .. } = self.met[feature as usize];
        let n_without = self.n_sentences - self.n_with;
        match ranking {
            Ranking::Keyness => {
                let elsewhere = Count { n: n - n_with, total: n_without };
                log_likelihood(Count { n: n_with, total: self.n_with }, elsewhere).unwrap_or(0.0)
            }
            Ranking::LogOdds => {
                let prior = 500.0 * n / self.n_sentences.max(1.0);
                let side = |n: f64, total: f64| ((n + prior) / (total + 500.0 - n - prior)).ln();
                let variance = 1.0 / (n_with + prior) + 1.0 / (n - n_with + prior);
                (side(n_with, self.n_with) - side(n - n_with, n_without)) / variance.sqrt()
            }
            Ranking::Npmi => {
                let share = n_with / self.n_sentences;
                if n_with == 0.0 {
                    -1.0
                } else {
                    (share * self.n_sentences * self.n_sentences / n / self.n_with).ln() / -share.ln()
                }
            }
            Ranking::Company => similarity,
            Ranking::CompanyLog => similarity * (1.0 + n).ln(),
            Ranking::CompanyRoot => similarity * n.sqrt(),
            Ranking::CompanySquare | Ranking::Fused => similarity * similarity * n.sqrt(),
        }
    }

    /// Log-odds ratio of having the feature, in sentences with the theme against others, with its 95 % interval.
    ///
    /// Each of the four counts has one half added (Haldane and Anscombe), so it is defined where one of them is 0.
    pub fn association(&self, feature: u32) -> [f64; 3] {
        let Met { n, n_with, .. } = self.met[feature as usize];
        let cells = [n_with, n - n_with, self.n_with - n_with, self.n_sentences - self.n_with - (n - n_with)];
        let [a, b, c, d] = cells.map(|n| n.max(0.0) + 0.5);
        let (odds, error) = ((a * d / b / c).ln(), (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt());
        [odds, odds - 1.96 * error, odds + 1.96 * error]
    }
}

/// The highest first; of equals the one that comes first.
fn sort(ranked: &mut [(u32, f64)]) {
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
}

/// The similarity of every feature to the theme's hits.
pub(super) fn similarity(company: &Company, corpus: &Corpus, features: &Features, beside: &Beside) -> Vec<f64> {
    company.similarity(corpus, features, &beside.spans)
}
