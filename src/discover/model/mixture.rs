//! The mixture: every passage is of one theme, a theme is a distribution of features.

use super::super::dfm::Dfm;
use super::matrix::{Matrix, add_eights, add_scaled, argmax, to_shares};
use rayon::prelude::*;
use std::ops::Range;

/// Rounds at most; the shares hardly move after ten.
const N_ROUNDS: usize = 20;
/// Weight of the background in a theme's distribution, in occurrences for each feature.
const BACKGROUND: f32 = 0.1;

/// A mixture of multinomials over features, fitted by expectation-maximization.
///
/// A theme's distribution is its counts, smoothed towards that of all passages; the likelihood of a passage is that of
/// its mean feature, to the power of its length or `max_length`, whichever is less: words of a passage are not independent, and
/// without a limit long passages are certain of whatever they lean to.
///
/// # Source
/// Nigam, K., McCallum, A., Thrun, S. & Mitchell, T. (2000). Text classification from labeled and unlabeled documents using
/// EM. *Machine Learning* 39, 103–134. Smoothing towards the background: Zhai, C. & Lafferty, J. (2004). *ACM TOIS* 22(2),
/// 179–214. Tempering: Ueda, N. & Nakano, R. (1998). Deterministic annealing EM. *Neural Networks* 11, 271–282.
#[derive(Clone, Debug)]
pub struct Mixture {
    n_themes: usize,
    /// ln P(feature | theme), a row for each feature, padded to a multiple of eight themes.
    features: Matrix,
    /// ln P(theme).
    priors: Vec<f32>,
    /// A longer passage speaks no louder than one of so many features.
    max_length: f32,
}

/// What a round leaves: counts of features by theme, passages by theme, and how many passages changed theme.
struct Counts {
    features: Matrix,
    passages: Vec<f32>,
    n_moved: usize,
}

impl Mixture {
    /// Fits themes to all passages, beginning from `shares` (passages × themes; a row of zeros is a passage that nothing
    /// is known of). `shares` is left with the probability of each theme in each passage. It is done when no more than the
    /// share `settled` of the passages change theme.
    pub fn fit(dfm: &Dfm, max_length: f32, settled: f64, shares: &mut Matrix) -> Self {
        let counts = Self::gather(dfm, shares);
        let mut mixture = Self::of(dfm, max_length, shares.width, &counts);
        for _ in 0..N_ROUNDS {
            let counts = mixture.round(dfm, shares);
            mixture = Self::of(dfm, max_length, shares.width, &counts);
            if counts.n_moved as f64 <= settled * dfm.n_rows() as f64 {
                break;
            }
        }
        mixture
    }

    /// Fits the mixture further, to other passages with the same features; gives their probabilities.
    pub fn extend(mut self, dfm: &Dfm) -> (Self, Matrix) {
        let mut shares = Matrix::zeros(dfm.n_rows(), self.n_themes);
        for _ in 0..N_ROUNDS {
            let counts = self.round(dfm, &mut shares);
            self = Self::of(dfm, self.max_length, self.n_themes, &counts);
            if counts.n_moved * 1000 <= dfm.n_rows() {
                break;
            }
        }
        (self, shares)
    }

    fn of(dfm: &Dfm, max_length: f32, n_themes: usize, counts: &Counts) -> Self {
        let width = counts.features.width;
        let all: Vec<f32> =
            counts.features.values.chunks_exact(width).map(|row| row[..n_themes].iter().sum::<f32>() + 1.0).collect();
        let total: f32 = all.iter().sum();
        let mut sizes = vec![0f64; width];
        for row in counts.features.values.chunks_exact(width) {
            sizes.iter_mut().zip(row).for_each(|(s, &c)| *s += c as f64);
        }
        let weight = BACKGROUND * dfm.n_features() as f32;
        let mut features = Matrix::zeros(dfm.n_features(), width);
        features.values.par_chunks_mut(width).enumerate().for_each(|(f, row)| {
            for k in 0..n_themes {
                let count = counts.features.row(f)[k] + weight * all[f] / total;
                row[k] = (count / (sizes[k] as f32 + weight)).ln();
            }
        });
        let n: f32 = counts.passages[..n_themes].iter().sum();
        let prior = |k: usize| ((counts.passages[k] + 1.0) / (n + n_themes as f32)).ln();
        Mixture { n_themes, features, priors: (0..n_themes).map(prior).collect(), max_length }
    }

    /// Counts features by theme under given shares.
    fn gather(dfm: &Dfm, shares: &Matrix) -> Counts {
        let width = shares.width.next_multiple_of(8);
        let count_block = |rows: &Range<usize>| {
            let mut counts = Counts::zeros(dfm.n_features(), width);
            let mut row = vec![0f32; width];
            rows.clone().for_each(|passage| counts.add(dfm, passage, shares.row(passage), &mut row));
            counts
        };
        Counts::sum(dfm.blocks(width).par_iter().map(count_block).collect())
    }

    /// Takes the probabilities of every passage anew, and counts features under them.
    fn round(&self, dfm: &Dfm, shares: &mut Matrix) -> Counts {
        let width = self.features.width;
        let blocks = dfm.blocks(width);
        let mut parts = Vec::new();
        let mut rest = shares.values.as_mut_slice();
        for rows in blocks {
            let (part, tail) = std::mem::take(&mut rest).split_at_mut(rows.len() * self.n_themes);
            parts.push((rows, part));
            rest = tail;
        }
        let run = |(rows, part): (Range<usize>, &mut [f32])| {
            let mut counts = Counts::zeros(dfm.n_features(), width);
            let mut row = vec![0f32; width];
            for (passage, share) in rows.zip(part.chunks_exact_mut(self.n_themes)) {
                let before = argmax(share);
                let now = self.probabilities(dfm, passage, &mut row, share);
                counts.n_moved += (before != now) as usize;
                counts.add(dfm, passage, share, &mut row);
            }
            counts
        };
        Counts::sum(parts.into_par_iter().map(run).collect())
    }

    /// Probability of each theme in one passage; gives the place of the highest.
    fn probabilities(&self, dfm: &Dfm, passage: usize, row: &mut [f32], share: &mut [f32]) -> usize {
        let (features, counts) = dfm.row(passage);
        row.fill(0.0);
        features.iter().zip(counts).for_each(|(&f, &c)| add_eights(row, c, self.features.row(f as usize)));
        let length = dfm.length(passage);
        let temper = if length > 0.0 { length.min(self.max_length) / length } else { 0.0 };
        share.iter_mut().zip(row).zip(&self.priors).for_each(|((s, &mut x), &p)| *s = x * temper + p);
        to_shares(share)
    }
}

impl Counts {
    fn zeros(n_features: usize, width: usize) -> Self {
        Counts { features: Matrix::zeros(n_features, width), passages: vec![0.0; width], n_moved: 0 }
    }

    /// Adds a passage; `row` is as wide as the counts.
    fn add(&mut self, dfm: &Dfm, passage: usize, share: &[f32], row: &mut [f32]) {
        let (features, counts) = dfm.row(passage);
        row.fill(0.0);
        row[..share.len()].copy_from_slice(share);
        features.iter().zip(counts).for_each(|(&f, &c)| add_eights(self.features.row_mut(f as usize), c, row));
        add_eights(&mut self.passages, 1.0, row);
    }

    fn sum(parts: Vec<Counts>) -> Counts {
        let mut parts = parts.into_iter();
        let mut sum = parts.next().unwrap_or_else(|| Counts::zeros(0, 8));
        for part in parts {
            sum.features.add(&part.features);
            add_scaled(&mut sum.passages, 1.0, &part.passages);
            sum.n_moved += part.n_moved;
        }
        sum
    }
}
