//! How often themes meet.

use super::table::Table;

/// How many documents have one theme and another; on the diagonal, how many have the one.
pub(super) struct Meetings {
    n_themes: usize,
    n_documents: u32,
    n_both: Vec<u32>,
}

impl Meetings {
    pub(super) fn of(table: &Table, times: &[u32]) -> Self {
        let mut n_both = vec![0; table.n_themes * table.n_themes];
        for (themes, times) in table.profiles.iter().zip(table.profile_times(times)) {
            if times > 0 {
                add_pairs(themes, times, table.n_themes, &mut n_both);
            }
        }
        Self { n_themes: table.n_themes, n_documents: times.iter().sum(), n_both }
    }

    pub(super) fn n_documents_with(&self, a: usize, b: usize) -> u32 {
        self.n_both[a * self.n_themes + b]
    }

    /// `n · n_ab / (n_a · n_b)`.
    pub(super) fn lift(&self, a: usize, b: usize) -> Option<f64> {
        let n = |i, j| f64::from(self.n_documents_with(i, j));
        let by_chance = n(a, a) * n(b, b);
        (by_chance > 0.0).then(|| f64::from(self.n_documents) * n(a, b) / by_chance)
    }
}

/// Counts every pair of some themes, each with itself as well.
pub(super) fn add_pairs(themes: &[u16], times: u32, n_themes: usize, n_both: &mut [u32]) {
    for (i, &a) in themes.iter().enumerate() {
        for &b in &themes[i..] {
            if let Some(n) = n_both.get_mut(usize::from(a) * n_themes + usize::from(b)) {
                *n += times;
            }
        }
    }
}
