//! Whether a candidate comes back when the documents are drawn anew.

use super::super::model::Random;
use super::super::settings::DiscoverSettings;
use super::grow::{Ground, Grown};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// Mean over `settings.n_runs` draws of the overlap (Jaccard) of each candidate's passages with those of the candidate
/// that comes nearest to it when the candidates are grown again around the nuclei that can still be one. A draw takes as many documents as there are, with
/// replacement; overlap is taken over the passages of the documents drawn.
///
/// # Source
/// Hennig, C. (2007). Cluster-wise assessment of cluster stability. *Computational Statistics & Data Analysis* 52, 258–271.
pub fn stability(
    ground: &Ground<'_>,
    grown: &[Grown],
    settings: &DiscoverSettings,
    tick: &(dyn Fn() + Sync),
) -> Vec<f64> {
    let n_runs = settings.n_runs.max(1);
    let nuclei: FxHashSet<u32> = grown.iter().map(|one| one.members[0].feature).collect();
    let draw = |run: usize| {
        let times = drawn(ground.times.len(), &mut Random::new(settings.seed, run as u64 + 1));
        let again = Ground { times: &times, ..*ground };
        let others = again.again(&nuclei);
        tick();
        let is_drawn = |passage: &u32| times[ground.postings.document(*passage) as usize] > 0.0;
        let seen = |one: &Grown| -> Vec<u32> { one.passages.iter().map(|x| x.0).filter(is_drawn).collect() };
        let others: Vec<_> = others.iter().map(seen).collect();
        let mut is_in = vec![false; ground.dfm.n_rows()];
        grown.iter().map(|one| nearest(&seen(one), &others, &mut is_in)).collect::<Vec<f64>>()
    };
    let runs: Vec<Vec<f64>> = (0..n_runs).into_par_iter().map(draw).collect();
    (0..grown.len()).map(|i| runs.iter().map(|run| run[i]).sum::<f64>() / n_runs as f64).collect()
}

/// How often each document is drawn.
fn drawn(n_documents: usize, random: &mut Random) -> Vec<f64> {
    let mut times = vec![0.0; n_documents];
    (0..n_documents).for_each(|_| times[random.below(n_documents)] += 1.0);
    times
}

/// The largest overlap with any of the others; `is_in` is false for every passage, before and after.
fn nearest(one: &[u32], others: &[Vec<u32>], is_in: &mut [bool]) -> f64 {
    one.iter().for_each(|&passage| is_in[passage as usize] = true);
    let overlap = |other: &Vec<u32>| {
        let both = other.iter().filter(|&&passage| is_in[passage as usize]).count();
        both as f64 / (one.len() + other.len() - both).max(1) as f64
    };
    let nearest = others.iter().map(overlap).fold(0.0, f64::max);
    one.iter().for_each(|&passage| is_in[passage as usize] = false);
    nearest
}
