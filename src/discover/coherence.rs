//! How well features belong together.

/// Normalised pointwise mutual information of two events, −1 (never together) to 1 (never apart).
///
/// `n_both`, `n_a`, `n_b` are windows (here passages) that have both, the first, the second; `n` is all windows.
/// Two events that never meet have −1; two that are always there have 1, their limit. `None` where an event never
/// happens, or there is no window.
///
/// # Source
/// Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction. *GSCL*, 31–40.
/// # Example
/// ```
/// use throughline::discover::npmi;
/// // p(a) = .2, p(b) = .3, p(a, b) = .1: ln(.1 / .06) / −ln(.1) = .5108 / 2.3026
/// assert!((npmi(10, 20, 30, 100).unwrap() - 0.2218).abs() < 1e-4);
/// ```
pub fn npmi(n_both: u64, n_a: u64, n_b: u64, n: u64) -> Option<f64> {
    if n_a == 0 || n_b == 0 || n == 0 {
        return None;
    }
    if n_both == 0 {
        return Some(-1.0);
    }
    if n_both >= n {
        return Some(1.0);
    }
    let (both, a, b) = (n_both as f64 / n as f64, n_a as f64 / n as f64, n_b as f64 / n as f64);
    Some((both / (a * b)).ln() / -both.ln())
}

/// How often each of some features, and each pair of them, is met in the same window.
#[derive(Clone, Debug, PartialEq)]
pub struct Cooccurrence {
    n_features: usize,
    n_windows: u64,
    pairs: Vec<u32>,
}

impl Cooccurrence {
    /// Counts over `windows`; each is the distinct features, numbered from 0 to `n_features`, that it has.
    pub fn of<'a>(n_features: usize, windows: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut counts = Self { n_features, n_windows: 0, pairs: vec![0; n_features * n_features] };
        windows.for_each(|window| counts.add(window));
        counts
    }

    /// Counts one window more; `window` is the distinct features that it has.
    pub fn add(&mut self, window: &[u32]) {
        self.n_windows += 1;
        for &a in window {
            let row = &mut self.pairs[a as usize * self.n_features..][..self.n_features];
            window.iter().for_each(|&b| row[b as usize] += 1);
        }
    }

    /// Windows that have both features; `a` twice gives the windows that have `a`.
    pub fn n(&self, a: usize, b: usize) -> u64 {
        self.pairs[a * self.n_features + b] as u64
    }

    /// NPMI of two features; `None` where one is never met.
    pub fn npmi(&self, a: usize, b: usize) -> Option<f64> {
        npmi(self.n(a, b), self.n(a, a), self.n(b, b), self.n_windows)
    }

    /// Mean NPMI over all pairs of `features`: the coherence of a topic. `None` with fewer than two, or where one of
    /// them is never met.
    ///
    /// # Source
    /// Aletras, N. & Stevenson, M. (2013). Evaluating topic coherence using distributional semantics. *IWCS*, 13–22.
    pub fn coherence(&self, features: &[usize]) -> Option<f64> {
        let pairs: Option<Vec<f64>> = features
            .iter()
            .enumerate()
            .flat_map(|(i, &a)| features[..i].iter().map(move |&b| self.npmi(a, b)))
            .collect();
        pairs.filter(|pairs| !pairs.is_empty()).map(|pairs| pairs.iter().sum::<f64>() / pairs.len() as f64)
    }

    /// The coherence c_v: each feature's vector of NPMI with all of `features` is compared by cosine with the sum of these
    /// vectors; the mean of the cosines, −1 to 1. The windows should be sliding ones of 110 tokens (`add_sliding`), and NPMI
    /// is taken with 10⁻¹² added to the share of windows that have both, as published. `None` with fewer than two
    /// features, or where one of them is never met.
    ///
    /// # Source
    /// Röder, M., Both, A. & Hinneburg, A. (2015). Exploring the space of topic coherence measures. *WSDM*, 399–408.
    pub fn c_v(&self, features: &[usize]) -> Option<f64> {
        if features.len() < 2 || features.iter().any(|&a| self.n(a, a) == 0) {
            return None;
        }
        let vectors: Vec<Vec<f64>> =
            features.iter().map(|&a| features.iter().map(|&b| self.smoothed(a, b)).collect()).collect();
        let sum: Vec<f64> = (0..features.len()).map(|i| vectors.iter().map(|v| v[i]).sum()).collect();
        Some(vectors.iter().map(|v| cosine(v, &sum)).sum::<f64>() / vectors.len() as f64)
    }

    /// Counts every boolean sliding window of `width` tokens over one text, one token a step; a text that is no longer than
    /// `width` is one window. `None` stands for a token that is none of the features.
    pub fn add_sliding(&mut self, tokens: &[Option<u32>], width: usize) {
        let mut inside = vec![0u32; self.n_features];
        let mut window: Vec<u32> = Vec::new();
        for (end, &token) in tokens.iter().enumerate() {
            if let Some(left) = end.checked_sub(width).and_then(|start| tokens[start]) {
                inside[left as usize] -= 1;
                window.retain(|&f| f != left || inside[left as usize] > 0);
            }
            if let Some(entered) = token {
                inside[entered as usize] += 1;
                if inside[entered as usize] == 1 {
                    window.push(entered);
                }
            }
            if end + 1 >= width || end + 1 == tokens.len() {
                self.add(&window);
            }
        }
    }

    /// NPMI with 10⁻¹² added to the share of windows that have both.
    fn smoothed(&self, a: usize, b: usize) -> f64 {
        let share = |n: u64| n as f64 / self.n_windows as f64;
        let both = share(self.n(a, b)) + 1e-12;
        let pmi = (both / (share(self.n(a, a)) * share(self.n(b, b)))).ln();
        if both >= 1.0 { 1.0 } else { pmi / -both.ln() }
    }
}

/// Cosine of two vectors; 0 where one is all zeros.
fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths == 0.0 { 0.0 } else { dot(a, b) / lengths }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_that_never_meet_have_the_lowest_npmi_and_those_never_apart_the_highest() {
        assert_eq!(npmi(0, 3, 4, 10), Some(-1.0));
        assert!((npmi(3, 3, 3, 10).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(npmi(10, 10, 10, 10), Some(1.0));
        assert!(npmi(6, 20, 30, 100).unwrap().abs() < 1e-12, "independent");
        assert_eq!(npmi(0, 0, 4, 10), None);
    }

    #[test]
    fn coherence_is_the_mean_over_pairs() {
        let windows: [&[u32]; 5] = [&[0, 1], &[0, 1], &[2], &[2, 0], &[]];
        let counts = Cooccurrence::of(3, windows.into_iter());
        let pair = |a, b| counts.npmi(a, b).unwrap();
        let mean = (pair(0, 1) + pair(0, 2) + pair(1, 2)) / 3.0;
        assert!((counts.coherence(&[0, 1, 2]).unwrap() - mean).abs() < 1e-12);
        assert_eq!(counts.coherence(&[0]), None);
    }

    #[test]
    fn a_sliding_window_counts_a_feature_once_and_a_short_text_is_one_window() {
        let mut counts = Cooccurrence::of(2, std::iter::empty());
        counts.add_sliding(&[Some(0), Some(0), None, Some(1)], 2); // [0 0] [0 .] [. 1]
        assert_eq!((counts.n(0, 0), counts.n(1, 1), counts.n(0, 1), counts.n_windows), (2, 1, 0, 3));
        counts.add_sliding(&[Some(1), Some(0)], 110);
        assert_eq!((counts.n(0, 1), counts.n_windows), (1, 4));
    }
}
