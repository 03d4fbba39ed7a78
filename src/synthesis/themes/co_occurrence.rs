//! Themes that meet in the same documents.

use super::super::finding::{CoOccurrence, Estimate};
use super::resampled::Resampled;
use super::table::Table;

/// Every pair of themes, ascending.
pub(in crate::synthesis) fn co_occurrences(table: &Table, resampled: &Resampled) -> Vec<CoOccurrence> {
    let n = table.n_themes;
    let (observed, meetings) = &resampled.meetings;
    let bootstrap = resampled.bootstrap.held_to(meetings.len());
    let passages = passages(table);
    let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    pairs
        .map(|(a, b)| CoOccurrence {
            theme_a: a as u16,
            theme_b: b as u16,
            n_documents: observed.n_both[a * n + b],
            n_passages: passages[a * n + b],
            lift: observed.lift(a, b).map(|value| Estimate {
                value,
                interval: bootstrap.interval(meetings.iter().map(|meetings| meetings.lift(a, b))),
            }),
        })
        .collect()
}

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

    /// `n · n_ab / (n_a · n_b)`.
    fn lift(&self, a: usize, b: usize) -> Option<f64> {
        let n = |i: usize, j: usize| f64::from(self.n_both[i * self.n_themes + j]);
        let by_chance = n(a, a) * n(b, b);
        (by_chance > 0.0).then(|| f64::from(self.n_documents) * n(a, b) / by_chance)
    }
}

fn passages(table: &Table) -> Vec<u32> {
    let mut n_both = vec![0; table.n_themes * table.n_themes];
    let mut themes: Vec<u16> = Vec::new();
    for row in &table.rows {
        for scores in row.scores.passages.chunk_by(|a, b| a.passage == b.passage) {
            themes.clear();
            themes.extend(scores.iter().filter(|s| s.score.has_theme).map(|s| s.score.theme));
            add_pairs(&themes, 1, table.n_themes, &mut n_both);
        }
    }
    n_both
}

fn add_pairs(themes: &[u16], times: u32, n_themes: usize, n_both: &mut [u32]) {
    for (i, &a) in themes.iter().enumerate() {
        for &b in &themes[i..] {
            if let Some(n) = n_both.get_mut(usize::from(a) * n_themes + usize::from(b)) {
                *n += times;
            }
        }
    }
}
