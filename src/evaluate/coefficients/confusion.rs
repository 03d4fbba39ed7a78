//! Found or not, by us and by a judge.

/// The four ways in which two verdicts can meet, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::evaluate) struct Confusion {
    /// Both say yes.
    pub(in crate::evaluate) true_positive: f64,
    /// Only we do.
    pub(in crate::evaluate) false_positive: f64,
    /// Only the judge does.
    pub(in crate::evaluate) false_negative: f64,
    /// Neither does.
    pub(in crate::evaluate) true_negative: f64,
}

impl Confusion {
    /// Counts `n` units more.
    pub(in crate::evaluate) fn add(&mut self, ours: bool, judge: bool, n: f64) {
        *match (ours, judge) {
            (true, true) => &mut self.true_positive,
            (true, false) => &mut self.false_positive,
            (false, true) => &mut self.false_negative,
            (false, false) => &mut self.true_negative,
        } += n;
    }

    /// The units counted.
    pub(in crate::evaluate) fn n(&self) -> f64 {
        self.true_positive + self.false_positive + self.false_negative + self.true_negative
    }

    /// Of what we found, the share that the judge found.
    pub(in crate::evaluate) fn precision(&self) -> Option<f64> {
        share(self.true_positive, self.true_positive + self.false_positive)
    }

    /// Of what the judge found, the share that we found.
    pub(in crate::evaluate) fn recall(&self) -> Option<f64> {
        share(self.true_positive, self.true_positive + self.false_negative)
    }

    /// `2 TP / (2 TP + FP + FN)`.
    ///
    /// # Source
    /// van Rijsbergen, C. J. (1979). *Information Retrieval*, 2nd ed. Butterworths, chapter 7 (1 − E with α = ½).
    pub(in crate::evaluate) fn f1(&self) -> Option<f64> {
        let found = 2.0 * self.true_positive;
        share(found, found + self.false_positive + self.false_negative)
    }

    /// Cohen's kappa of the two.
    pub(in crate::evaluate) fn kappa(&self) -> Option<f64> {
        let cell = |a, b, n| super::Units { said: vec![Some(a), Some(b)], n };
        super::cohen_kappa(&[
            cell(1, 1, self.true_positive),
            cell(1, 0, self.false_positive),
            cell(0, 1, self.false_negative),
            cell(0, 0, self.true_negative),
        ])
    }
}

impl std::ops::Add for Confusion {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            true_positive: self.true_positive + other.true_positive,
            false_positive: self.false_positive + other.false_positive,
            false_negative: self.false_negative + other.false_negative,
            true_negative: self.true_negative + other.true_negative,
        }
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
