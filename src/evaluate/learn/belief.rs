//! How far a pattern is to be believed, and what people had to do with it. Nouns only.

use crate::synthesis::{Estimate, Interval};
use serde::Serialize;
use statrs::distribution::{Beta, ContinuousCDF};

/// How often people found a pattern right. In parts, where they or the passages of one document are not of one mind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Judgements {
    /// Judgements that it is right.
    pub n_right: f64,
    /// Judgements that it is wrong.
    pub n_wrong: f64,
}

impl Judgements {
    /// How many there are.
    pub fn n(self) -> f64 {
        self.n_right + self.n_wrong
    }

    /// The weight that these make of a written one, `(s·π + right) / (s + right + wrong)`: the mean of the Beta posterior
    /// whose prior is Beta(s·π, s·(1 − π)), π being the written weight and `s`, the prior's strength, the number of
    /// judgements that it is worth. Without judgements the written weight itself.
    ///
    /// # Source
    /// Gelman, A. et al. (2013). *Bayesian Data Analysis*, 3rd ed. Chapman & Hall/CRC, section 2.4.
    /// # Example
    /// A pattern written at 0.9, a strength of 10, and 2 of 10 judgements right: (9 + 2) / 20 = 0.55.
    pub fn learned(self, written: f64, strength: f64) -> f64 {
        if self.n() > 0.0 { (strength * written + self.n_right) / (strength + self.n()) } else { written }
    }

    /// The middle `level` of that posterior; `None` where it is not defined, as with a written weight of 0 or 1 that
    /// nothing speaks against.
    pub fn credible(self, written: f64, strength: f64, level: f64) -> Option<Interval> {
        let right = strength * written + self.n_right;
        let wrong = strength * (1.0 - written) + self.n_wrong;
        let posterior = Beta::new(right, wrong).ok()?;
        let tail = (1.0 - level) / 2.0;
        let (low, high) = (posterior.inverse_cdf(tail), posterior.inverse_cdf(1.0 - tail));
        (low.is_finite() && high.is_finite()).then_some(Interval { low, high })
    }

    /// The share that is right with its score interval; `None` without judgements.
    pub fn precision(self, level: f64) -> Option<Estimate> {
        let n = self.n();
        let estimate = || Estimate { value: self.n_right / n, interval: Interval::wilson(self.n_right, n, level) };
        (n > 0.0).then(estimate)
    }
}

impl std::ops::AddAssign for Judgements {
    fn add_assign(&mut self, other: Self) {
        self.n_right += other.n_right;
        self.n_wrong += other.n_wrong;
    }
}

/// What is believed of one pattern, and why.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Belief {
    /// The weight in the theme file.
    pub written: f64,
    /// What people say: a document that coders judged counts once, a verdict on a hit once.
    pub judgements: Judgements,
    /// Documents in which coders judged a passage where it is met.
    pub n_documents: u32,
    /// Hits that reviewers accepted and rejected; one on which they are split is in both.
    pub n_accepted: u32,
    /// As `n_accepted`.
    pub n_rejected: u32,
    /// The weight that this comes to, whether the scores believe it or not, with its credible interval.
    pub learned: Estimate,
    /// The share of the judgements that are right; `None` where nobody judged.
    pub precision: Option<Estimate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(n_right: f64, n_wrong: f64) -> Judgements {
        Judgements { n_right, n_wrong }
    }

    fn near(interval: Option<Interval>, low: f64, high: f64) {
        let found = interval.unwrap();
        assert!((found.low - low).abs() < 5e-4 && (found.high - high).abs() < 5e-4, "{found:?} for {low} to {high}");
    }

    #[test]
    fn the_weight_is_the_mean_of_the_posterior() {
        // Worked by hand: (10 · 0.9 + 2) / (10 + 10), (10 · 0.9 + 0) / (10 + 30), (0 · 0.9 + 3) / (0 + 4).
        assert!((judged(2.0, 8.0).learned(0.9, 10.0) - 0.55).abs() < 1e-12);
        assert!((judged(0.0, 30.0).learned(0.9, 10.0) - 0.225).abs() < 1e-12);
        assert_eq!(judged(3.0, 1.0).learned(0.9, 0.0), 0.75);
        // Halves count: (4 · 0.5 + 1.5) / (4 + 2).
        assert!((judged(1.5, 0.5).learned(0.5, 4.0) - 3.5 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn nobody_moves_nothing_not_by_a_bit() {
        for written in [0.0, 0.1, 0.72, 0.9, 1.0] {
            assert_eq!(judged(0.0, 0.0).learned(written, 10.0), written);
            assert_eq!(judged(0.0, 0.0).learned(written, 0.0), written);
        }
        assert_eq!(judged(0.0, 0.0).precision(0.95), None);
    }

    #[test]
    fn the_score_interval_is_the_published_one() {
        // Newcombe (1998), Statistics in Medicine 17, table I, method 3: 81/263, 15/148, 0/20, 1/29.
        near(judged(81.0, 182.0).precision(0.95).unwrap().interval, 0.2553, 0.3662);
        near(judged(15.0, 133.0).precision(0.95).unwrap().interval, 0.0624, 0.1605);
        near(judged(0.0, 20.0).precision(0.95).unwrap().interval, 0.0, 0.1611);
        near(judged(1.0, 28.0).precision(0.95).unwrap().interval, 0.0061, 0.1718);
    }

    #[test]
    fn the_credible_interval_is_of_the_posterior() {
        // Beta(1, 1) is flat; Beta(2, 1) has F(x) = x², Beta(1, 3) has F(x) = 1 − (1 − x)³.
        near(judged(0.0, 0.0).credible(0.5, 2.0, 0.95), 0.025, 0.975);
        near(judged(1.0, 0.0).credible(0.5, 2.0, 0.95), 0.025f64.sqrt(), 0.975f64.sqrt());
        near(judged(0.0, 2.0).credible(0.5, 2.0, 0.95), 1.0 - 0.975f64.cbrt(), 1.0 - 0.025f64.cbrt());
        assert_eq!(judged(3.0, 0.0).credible(1.0, 10.0, 0.95), None, "nothing speaks against it");
        assert_eq!(judged(0.0, 0.0).credible(0.5, 0.0, 0.95), None);
    }
}
