//! What is characteristic of a theme.

use super::super::candidate::Feature;
use super::super::coherence::Cooccurrence;
use super::super::dfm::Dfm;
use super::super::keyness::{Count, log_likelihood};
use super::matrix::Matrix;
use rayon::prelude::*;

/// Passages in which it is looked at which features go together; of more, evenly spaced ones.
const MAX_WINDOWS: usize = 50_000;

/// The `n_features` features that are most characteristic of each theme, the strongest first, by keyness.
///
/// A feature stands for the theme that it is most characteristic of, and for no other: it is frequent and exclusive. Of
/// twice as many as are asked for, those that keep least company with the others (mean NPMI) are left out one by one.
pub fn characteristic(dfm: &Dfm, shares: &Matrix, n_features: usize) -> Vec<Vec<Feature>> {
    let strongest = strongest(dfm, shares, n_features * 2);
    let slots: Vec<u32> = strongest.iter().flatten().map(|&(feature, _)| feature).collect();
    let together = together(dfm, &slots);
    let mut first = 0;
    let mut themes = Vec::new();
    for theme in strongest {
        let mut kept: Vec<usize> = (first..first + theme.len()).collect();
        while kept.len() > n_features {
            let stranger = stranger(&together, &kept);
            kept.remove(stranger);
        }
        let feature = |&slot: &usize| {
            let (feature, weight) = theme[slot - first];
            let text = dfm.names[feature as usize].clone();
            Feature { text, weight, n_passages: dfm.n_passages[feature as usize] }
        };
        themes.push(kept.iter().map(feature).collect());
        first += theme.len();
    }
    themes
}

/// Features of each theme with their keyness, the highest first; a feature stands in one theme at most.
fn strongest(dfm: &Dfm, shares: &Matrix, n: usize) -> Vec<Vec<(u32, f64)>> {
    let n_themes = shares.width;
    let sizes: Vec<f64> =
        (0..n_themes).map(|k| shares.values.iter().skip(k).step_by(n_themes).map(|&s| s as f64).sum()).collect();
    let all: f64 = sizes.iter().sum();
    let n_passages = passages_of(dfm, shares);
    let mut themes: Vec<Vec<(u32, f64)>> = vec![Vec::new(); n_themes];
    for feature in 0..dfm.n_features() {
        let row = &n_passages.row(feature)[..n_themes];
        let total = dfm.n_passages[feature] as f64;
        let keyness = |k: usize| {
            let here = row[k] as f64;
            let reference = Count { n: (total - here).max(0.0), total: all - sizes[k] };
            log_likelihood(Count { n: here, total: sizes[k] }, reference).unwrap_or(here)
        };
        let keyness = (0..n_themes).map(|k| (k, keyness(k)));
        let best = keyness.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((theme, g2)) = best.filter(|&(_, g2)| g2 > 0.0) {
            themes[theme].push((feature as u32, g2));
        }
    }
    for theme in &mut themes {
        theme.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        theme.truncate(n);
    }
    themes
}

/// Passages of each theme that have each feature, by share.
fn passages_of(dfm: &Dfm, shares: &Matrix) -> Matrix {
    let count_block = |rows: &std::ops::Range<usize>| {
        let mut counts = Matrix::zeros(dfm.n_features(), shares.width);
        for passage in rows.clone() {
            let share = shares.row(passage);
            for &feature in dfm.row(passage).0 {
                counts.row_mut(feature as usize).iter_mut().zip(share).for_each(|(c, &s)| *c += s);
            }
        }
        counts
    };
    let parts: Vec<Matrix> = dfm.blocks(shares.width).par_iter().map(count_block).collect();
    let mut parts = parts.into_iter();
    let mut sum = parts.next().unwrap_or_else(|| Matrix::zeros(dfm.n_features(), shares.width));
    parts.for_each(|part| sum.add(&part));
    sum
}

/// In how many passages each two of the features in `slots` (numbered as they stand there) are met.
fn together(dfm: &Dfm, slots: &[u32]) -> Cooccurrence {
    let mut slot_of = vec![u32::MAX; dfm.n_features()];
    slots.iter().enumerate().for_each(|(slot, &feature)| slot_of[feature as usize] = slot as u32);
    let mut counts = Cooccurrence::of(slots.len(), std::iter::empty());
    let mut window = Vec::new();
    for passage in (0..dfm.n_rows()).step_by(dfm.n_rows().div_ceil(MAX_WINDOWS).max(1)) {
        window.clear();
        window.extend(dfm.row(passage).0.iter().map(|&f| slot_of[f as usize]).filter(|&slot| slot != u32::MAX));
        counts.add(&window);
    }
    counts
}

/// Place of the feature with the lowest mean NPMI with the others, the later of equals.
fn stranger(together: &Cooccurrence, kept: &[usize]) -> usize {
    let company = |i: usize| -> f64 {
        let others = kept.iter().filter(|&&other| other != kept[i]);
        others.map(|&other| together.npmi(kept[i], other).unwrap_or(-1.0)).sum()
    };
    (0..kept.len()).rev().min_by(|&a, &b| company(a).total_cmp(&company(b))).unwrap_or(0)
}
