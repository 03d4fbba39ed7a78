//! Themes that meet in the same documents.

use super::super::finding::{CoOccurrence, Estimate};
use super::meetings::add_pairs;
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
            n_documents: observed.n_documents_with(a, b),
            n_passages: passages[a * n + b],
            lift: observed.lift(a, b).map(|value| Estimate {
                value,
                interval: bootstrap.interval(meetings.iter().map(|meetings| meetings.lift(a, b))),
            }),
        })
        .collect()
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
