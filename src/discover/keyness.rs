//! Over-use of a feature in a group of passages.

/// How often a feature occurs in a group, and how many occurrences of anything the group has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Occurrences of the feature, or passages that have it.
    pub n: f64,
    /// All tokens, or all passages; `n` included.
    pub total: f64,
}

/// Keyness of one feature: signed log-likelihood (G²) of target against reference.
///
/// `n` and `total` are counts of tokens (or of passages), `n` included in `total`. G² is taken over the four cells of the
/// 2 × 2 table (this feature or another × target or reference) and has no unit; under equal rates it follows
/// χ² with 1 degree of freedom. The sign is ours: positive where the rate in the target is the higher.
/// Returns `None` when a side has no tokens, since its rate is undefined.
///
/// # Source
/// Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
/// *Computational Linguistics* 19(1), 61–74.
/// # Example
/// ```
/// use throughline::discover::{Count, log_likelihood};
/// let g2 = log_likelihood(Count { n: 10.0, total: 1_000.0 }, Count { n: 5.0, total: 2_000.0 }).unwrap();
/// assert!((g2 - 6.9692).abs() < 1e-4); // worked by hand
/// ```
pub fn log_likelihood(target: Count, reference: Count) -> Option<f64> {
    if target.total <= 0.0 || reference.total <= 0.0 {
        return None;
    }
    let total = target.total + reference.total;
    let rate = (target.n + reference.n) / total;
    let g2: f64 = [target, reference]
        .iter()
        .map(|side| cell(side.n, side.total * rate) + cell(side.total - side.n, side.total * (1.0 - rate)))
        .sum::<f64>()
        .max(0.0)
        * 2.0;
    Some(if target.n / target.total >= reference.n / reference.total { g2 } else { -g2 })
}

/// One cell's part of G² / 2: observed × ln(observed / expected), 0 where nothing was observed.
fn cell(observed: f64, expected: f64) -> f64 {
    if observed <= 0.0 || expected <= 0.0 { 0.0 } else { observed * (observed / expected).ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(target: (f64, f64), reference: (f64, f64), expected: Option<f64>) {
        let g2 = log_likelihood(Count { n: target.0, total: target.1 }, Count { n: reference.0, total: reference.1 });
        match (g2, expected) {
            (Some(g2), Some(expected)) => assert!((g2 - expected).abs() < 1e-4, "{g2} is not {expected}"),
            (g2, expected) => assert_eq!(g2, expected),
        }
    }

    #[test]
    fn keyness_has_the_sign_of_the_difference_and_is_undefined_without_tokens() {
        check((10.0, 1_000.0), (5.0, 2_000.0), Some(6.9692));
        check((5.0, 2_000.0), (10.0, 1_000.0), Some(-6.9692));
        check((3.0, 300.0), (10.0, 1_000.0), Some(0.0));
        check((0.0, 10.0), (0.0, 10.0), Some(0.0));
        check((0.0, 0.0), (1.0, 10.0), None);
    }
}
