//! The company that a feature keeps: whether the passages that have it are alike in what else they say.

use super::super::dfm::Dfm;
use super::passages::Postings;

/// What a feature is left with whose passages are no more alike than any others, so that its support can still tell.
const LEAST: f64 = 0.3;

/// Each passage as its single words, weighed by idf, of length 1.
#[derive(Debug)]
pub struct Company {
    rows: Vec<Vec<(u32, f64)>>,
}

/// How alike some passages are.
struct Likeness {
    /// Mean cosine of two that lie in different documents.
    mean: f64,
    /// How many such pairs there are.
    n_pairs: f64,
}

impl Company {
    /// The passages of `dfm`, without the features that `is_left_out` names.
    pub fn of(dfm: &Dfm, is_left_out: &dyn Fn(u32) -> bool) -> Self {
        let idf = |f: u32| (dfm.n_rows() as f64 / f64::from(dfm.n_passages[f as usize])).ln();
        let tells: Vec<bool> = (0..dfm.n_features() as u32)
            .map(|f| !dfm.is_phrase[f as usize] && idf(f) > 0.0 && !is_left_out(f))
            .collect();
        let row = |passage: usize| {
            let here = dfm.row(passage).0.iter().filter(|&&f| tells[f as usize]);
            let mut row: Vec<(u32, f64)> = here.map(|&f| (f, idf(f))).collect();
            let length = row.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
            row.iter_mut().for_each(|(_, weight)| *weight /= length);
            row
        };
        Self { rows: (0..dfm.n_rows()).map(row).collect() }
    }

    /// For each of `features`, how much more alike its passages are in what they say besides it than any two passages: the
    /// mean cosine of two from different documents over that of all such pairs, less 1, times the square root of the number
    /// of its pairs, since a mean over many is surer. Never less than a little. `times` is how often each document is taken.
    pub fn of_features(&self, dfm: &Dfm, postings: &Postings, times: &[f64], features: &[u32]) -> Vec<f64> {
        let mut sum = Sum { all: vec![0.0; dfm.n_features()], own: vec![0.0; dfm.n_features()], ..Sum::default() };
        let usual = sum.likeness(self, 0..self.rows.len() as u32, &|_| true, postings, times).mean;
        let mut excess = |&feature: &u32| {
            let passages = postings.of(feature).iter().map(|&(passage, _)| passage);
            let is_other = |other: u32| !dfm.share_a_word(other, feature);
            let own = sum.likeness(self, passages, &is_other, postings, times);
            let excess = if usual > 0.0 { (own.mean / usual - 1.0) * (own.n_pairs / 2.0).sqrt() } else { 0.0 };
            excess.max(LEAST)
        };
        features.iter().map(&mut excess).collect()
    }
}

/// Sums of passages: that of all, and that of the document they are being taken from. The square of a sum holds every pair.
#[derive(Default)]
struct Sum {
    all: Vec<f64>,
    in_all: Vec<u32>,
    own: Vec<f64>,
    in_own: Vec<u32>,
}

impl Sum {
    fn likeness(
        &mut self,
        company: &Company,
        passages: impl Iterator<Item = u32>,
        is_counted: &dyn Fn(u32) -> bool,
        postings: &Postings,
        times: &[f64],
    ) -> Likeness {
        let (mut n, mut n_within, mut within) = (0.0, 0.0, 0.0);
        let (mut last, mut n_own) = (None, 0.0);
        for passage in passages.map(Some).chain([None]) {
            let document = passage.map(|passage| postings.document(passage));
            if last != document {
                let taken = last.map_or(0.0, |last: u32| times[last as usize]);
                within += self.close(taken);
                n += taken * n_own;
                n_within += (taken * n_own) * (taken * n_own);
                (last, n_own) = (document, 0.0);
            }
            if let Some(passage) = passage {
                n_own += 1.0;
                self.add(company.rows[passage as usize].iter().filter(|(feature, _)| is_counted(*feature)));
            }
        }
        let squares: f64 = self.in_all.iter().map(|&f| self.all[f as usize] * self.all[f as usize]).sum();
        self.in_all.drain(..).for_each(|f| self.all[f as usize] = 0.0);
        let n_pairs: f64 = n * n - n_within;
        Likeness { mean: if n_pairs > 0.5 { (squares - within) / n_pairs } else { 0.0 }, n_pairs: n_pairs.max(0.0) }
    }

    fn add<'a>(&mut self, row: impl Iterator<Item = &'a (u32, f64)>) {
        for &(feature, weight) in row {
            let slot = &mut self.own[feature as usize];
            if *slot == 0.0 {
                self.in_own.push(feature);
            }
            *slot += weight;
        }
    }

    /// Puts the document in the sum of all, taken so many times; gives its square.
    fn close(&mut self, taken: f64) -> f64 {
        let mut square = 0.0;
        for feature in self.in_own.drain(..) {
            let own = taken * std::mem::take(&mut self.own[feature as usize]);
            square += own * own;
            if own > 0.0 {
                let slot = &mut self.all[feature as usize];
                if *slot == 0.0 {
                    self.in_all.push(feature);
                }
                *slot += own;
            }
        }
        square
    }
}
