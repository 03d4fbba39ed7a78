//! Coefficients for categories without order.

use super::Units;

/// Sums over the units that at least one rater judged, in the way of Gwet: any number of raters, judgements may be missing.
struct Sums {
    /// Units that at least two raters judged.
    n_paired: f64,
    /// Over those, the share of pairs of judgements that agree.
    agreement: f64,
    /// Mean share of each category over the units that anyone judged.
    shares: Vec<f64>,
}

impl Sums {
    fn of(units: &[Units]) -> Self {
        let mut sums = Sums { n_paired: 0.0, agreement: 0.0, shares: Vec::new() };
        let mut n_judged = 0.0;
        for unit in units {
            let counts = counts(unit);
            let n_raters: f64 = counts.iter().sum();
            if n_raters == 0.0 || unit.n == 0.0 {
                continue;
            }
            n_judged += unit.n;
            sums.shares.resize(sums.shares.len().max(counts.len()), 0.0);
            for (share, n) in sums.shares.iter_mut().zip(&counts) {
                *share += unit.n * n / n_raters;
            }
            if n_raters > 1.0 {
                let alike: f64 = counts.iter().map(|n| n * (n - 1.0)).sum();
                sums.n_paired += unit.n;
                sums.agreement += unit.n * alike / (n_raters * (n_raters - 1.0));
            }
        }
        sums.shares.iter_mut().for_each(|share| *share /= n_judged);
        sums.agreement /= sums.n_paired;
        sums
    }

    fn beyond_chance(&self, chance: f64) -> Option<f64> {
        (self.n_paired > 0.0 && chance < 1.0).then(|| (self.agreement - chance) / (1.0 - chance))
    }
}

/// How many raters named each category.
fn counts(unit: &Units) -> Vec<f64> {
    let mut counts = Vec::new();
    for &category in unit.said.iter().flatten() {
        let category = usize::from(category);
        counts.resize(counts.len().max(category + 1), 0.0);
        counts[category] += 1.0;
    }
    counts
}

/// Share of pairs of judgements of one unit that agree, averaged over the units that two raters or more judged; 0 to 1.
///
/// # Source
/// Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological Bulletin* 76(5), 378–382
/// (its P̄), with missing judgements as in Gwet, K. L. (2014). *Handbook of Inter-Rater Reliability*, 4th ed.
pub(in crate::evaluate) fn percent_agreement(units: &[Units]) -> Option<f64> {
    let sums = Sums::of(units);
    (sums.n_paired > 0.0).then_some(sums.agreement)
}

/// Cohen's kappa of the first two raters: agreement beyond what their own habits would give by chance.
///
/// Units that one of them did not judge are left out. `None` where both name one same category throughout.
///
/// # Source
/// Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and Psychological Measurement* 20(1), 37–46.
pub(in crate::evaluate) fn cohen_kappa(units: &[Units]) -> Option<f64> {
    let (mut n, mut same) = (0.0, 0.0);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for unit in units {
        if let [Some(a), Some(b)] = unit.said[..] {
            let (a, b) = (usize::from(a), usize::from(b));
            let n_categories = first.len().max(a.max(b) + 1);
            first.resize(n_categories, 0.0);
            second.resize(n_categories, 0.0);
            first[a] += unit.n;
            second[b] += unit.n;
            same += if a == b { unit.n } else { 0.0 };
            n += unit.n;
        }
    }
    let by_chance: f64 = first.iter().zip(&second).map(|(a, b)| a * b).sum();
    // Both sides times n², so that whole counts stay exact: (po − pe) / (1 − pe).
    (by_chance < n * n).then(|| (same * n - by_chance) / (n * n - by_chance))
}

/// Fleiss' kappa: chance agreement from the share of each category over all raters.
///
/// With every rater on every unit it is that of Fleiss (1971); missing judgements as in Gwet (2014), where agreement is
/// taken over the units of two judgements or more, and shares over all. `None` where all name one category.
///
/// # Source
/// Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological Bulletin* 76(5), 378–382.
pub(in crate::evaluate) fn fleiss_kappa(units: &[Units]) -> Option<f64> {
    let sums = Sums::of(units);
    sums.beyond_chance(sums.shares.iter().map(|share| share * share).sum())
}

/// Gwet's AC1: chance agreement `Σ π (1 − π) / (q − 1)` over `q` categories; steady where one category is rare.
///
/// # Source
/// Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. *British
/// Journal of Mathematical and Statistical Psychology* 61(1), 29–48; missing judgements as in Gwet (2014).
pub(in crate::evaluate) fn gwet_ac1(units: &[Units], n_categories: u8) -> Option<f64> {
    let sums = Sums::of(units);
    let spread: f64 = sums.shares.iter().map(|share| share * (1.0 - share)).sum();
    (n_categories > 1).then(|| sums.beyond_chance(spread / f64::from(n_categories - 1)))?
}

/// Krippendorff's alpha for nominal data: any number of raters, judgements may be missing.
///
/// From the coincidence matrix: `1 − (n − 1) Σ_{c≠k} o_ck / Σ_{c≠k} n_c n_k`, where a unit of m judgements adds each of its
/// ordered pairs with weight 1 / (m − 1). `None` where every pairable judgement is of one category.
///
/// # Source
/// Krippendorff, K. (2011). *Computing Krippendorff's Alpha-Reliability*. University of Pennsylvania, ScholarlyCommons.
pub(in crate::evaluate) fn krippendorff_alpha(units: &[Units]) -> Option<f64> {
    let (mut n, mut observed) = (0.0, 0.0);
    let mut totals: Vec<f64> = Vec::new();
    for unit in units {
        let counts = counts(unit);
        let m: f64 = counts.iter().sum();
        if m < 2.0 {
            continue;
        }
        totals.resize(totals.len().max(counts.len()), 0.0);
        for (total, count) in totals.iter_mut().zip(&counts) {
            *total += unit.n * count;
            observed += unit.n * count * (m - count) / (m - 1.0);
        }
        n += unit.n * m;
    }
    let expected: f64 = totals.iter().map(|total| total * (n - total)).sum();
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}
