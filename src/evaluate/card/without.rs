//! What a theme would lose without one of its patterns.

use crate::score::{Hit, noisy_or, reaches};
use std::collections::BTreeMap;

/// By theme and pattern.
pub(super) type ByPattern<T> = BTreeMap<(u16, u32), T>;

/// A pattern that some passages of one document owe the theme to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Loss {
    /// The theme.
    pub(super) theme: u16,
    /// The pattern.
    pub(super) pattern: u32,
    /// Passages that lose the theme without it.
    pub(super) n_passages: u32,
    /// Whether the document does: every passage that has the theme loses it.
    pub(super) is_whole: bool,
}

/// What the themes of one document lose without each of their patterns, by theme and pattern; nothing for patterns without
/// which nothing is lost. Worked out from the sets of patterns of the passages: what other patterns would make of the words
/// of one that is gone is not asked, so that no loss is greater than is said here.
pub(super) fn losses(hits: &[Hit], weight: &dyn Fn(u32) -> f64, threshold: f64) -> Vec<Loss> {
    let counted = hits.iter().filter(|hit| !hit.negated);
    let mut met: Vec<(u16, u32, u32)> = counted.map(|hit| (hit.theme, hit.passage, hit.pattern)).collect();
    met.sort_unstable();
    met.dedup();
    let mut losses = Vec::new();
    for theme in met.chunk_by(|a, b| a.0 == b.0) {
        let (mut n_having, mut lost) = (0, Vec::new());
        for passage in theme.chunk_by(|a, b| a.1 == b.1) {
            if has_theme(passage, None, weight, threshold) {
                n_having += 1;
                lost.extend(
                    passage.iter().map(|met| met.2).filter(|&left| !has_theme(passage, Some(left), weight, threshold)),
                );
            }
        }
        lost.sort_unstable();
        losses.extend(lost.chunk_by(|a, b| a == b).map(|lost| {
            let n_passages = lost.len() as u32;
            Loss { theme: theme[0].0, pattern: lost[0], n_passages, is_whole: n_passages == n_having }
        }));
    }
    losses
}

/// Whether a passage has the theme by its patterns, one left out: weighed in the same order as a score.
fn has_theme(passage: &[(u16, u32, u32)], left_out: Option<u32>, weight: &dyn Fn(u32) -> f64, threshold: f64) -> bool {
    let kept = || passage.iter().map(|met| met.2).filter(|&pattern| Some(pattern) != left_out);
    kept().next().is_some() && reaches(noisy_or(kept().map(weight)), threshold)
}
