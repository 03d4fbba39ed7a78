//! Groups of passages that lie in the same direction.

use super::matrix::{Matrix, add_scaled, argmax, dot, dot_each, to_unit};
use super::random::Random;
use rayon::prelude::*;

/// Rounds at most.
const N_ROUNDS: usize = 12;
/// Points tried for each new center.
const N_TRIED: usize = 5;

/// Centers of `n_groups` groups of unit `points`, from one random start (spherical k-means), and the mean cosine of a
/// point with its center. The first of them begin at `anchors` and are held there by half.
///
/// # Source
/// Dhillon, I. & Modha, D. (2001). Concept decompositions for large sparse text data using clustering. *Machine Learning*
/// 42, 143–175; begun by greedy k-means++, Arthur, D. & Vassilvitskii, S. (2007). *SODA*, 1027–1035.
pub fn group(points: &Matrix, anchors: &Matrix, n_groups: usize, random: &mut Random) -> (Matrix, f64) {
    let mut centers = begin(points, anchors, n_groups, random);
    let mut fit = f64::MIN;
    for _ in 0..N_ROUNDS {
        let (mut next, reached) = improve(points, &centers);
        (0..anchors.n_rows()).for_each(|k| hold(next.row_mut(k), anchors.row(k)));
        if reached <= fit + 1e-6 {
            break;
        }
        (centers, fit) = (next, reached);
    }
    (centers, fit)
}

/// Draws a center halfway back to where it is anchored.
fn hold(center: &mut [f32], anchor: &[f32]) {
    add_scaled(center, 1.0, anchor);
    to_unit(center);
}

/// Moves given `centers` to the middle of the points nearest to them, `n_rounds` times.
///
/// A point counts the more, the further it is from its second-nearest center: what could be either moves neither.
pub fn settle(points: &Matrix, mut centers: Matrix, n_rounds: usize) -> Matrix {
    for _ in 0..n_rounds {
        let mut next = Matrix::zeros(centers.n_rows(), centers.width);
        for (row, near) in nearness(points, &centers).values.chunks_exact(centers.n_rows().max(1)).enumerate() {
            let best = argmax(near);
            let second = near.iter().enumerate().filter(|&(k, _)| k != best).map(|(_, &s)| s).fold(-1.0, f32::max);
            add_scaled(next.row_mut(best), near[best] - second, points.row(row));
        }
        for k in 0..next.n_rows() {
            match dot(next.row(k), next.row(k)) > 0.0 {
                true => to_unit(next.row_mut(k)),
                false => next.row_mut(k).copy_from_slice(centers.row(k)),
            }
        }
        centers = next;
    }
    centers
}

/// Cosine of each point with each center.
pub fn nearness(points: &Matrix, centers: &Matrix) -> Matrix {
    let mut near = Matrix::zeros(points.n_rows(), centers.n_rows());
    if near.width > 0 {
        let each = |(row, near): (usize, &mut [f32])| dot_each(points.row(row), centers, near);
        near.values.par_chunks_mut(near.width).enumerate().for_each(each);
    }
    near
}

/// What several divisions of the same points into as many groups give each point on average, their groups matched to those of
/// the division that agrees best with the others.
///
/// Groups are matched by the overlap (Jaccard) of their points, the largest first; the `n_known` first are the same in all.
///
/// # Source
/// Strehl, A. & Ghosh, J. (2002). Cluster ensembles: a knowledge reuse framework for combining multiple partitions. *Journal
/// of Machine Learning Research* 3, 583–617.
pub fn consensus(runs: &[Matrix], n_known: usize) -> Matrix {
    let n_groups = runs.first().map_or(0, |shares| shares.width);
    let labels: Vec<Vec<usize>> =
        runs.iter().map(|shares| shares.values.chunks_exact(n_groups.max(1)).map(argmax).collect()).collect();
    let best = most_agreed(&labels, n_groups);
    let mut sum = Matrix::zeros(runs.first().map_or(0, Matrix::n_rows), n_groups);
    for (shares, own) in runs.iter().zip(&labels) {
        let places = matched(&labels[best], own, n_groups, n_known);
        for (row, from) in sum.values.chunks_exact_mut(n_groups.max(1)).zip(shares.values.chunks_exact(n_groups.max(1)))
        {
            from.iter().zip(&places).for_each(|(&share, &k)| row[k] += share / runs.len() as f32);
        }
    }
    sum
}

/// The division that shares most information with the others; the first of equals.
fn most_agreed(labels: &[Vec<usize>], n_groups: usize) -> usize {
    let agreement = |a: usize| -> f64 {
        (0..labels.len()).filter(|&b| b != a).map(|b| information(&labels[a], &labels[b], n_groups)).sum()
    };
    let agreement: Vec<f64> = (0..labels.len()).into_par_iter().map(agreement).collect();
    (0..labels.len()).rev().max_by(|&a, &b| agreement[a].total_cmp(&agreement[b])).unwrap_or(0)
}

/// For each group of `other`, the group of `one` that it is; the `n_known` first are themselves.
fn matched(one: &[usize], other: &[usize], n_groups: usize, n_known: usize) -> Vec<usize> {
    let mut both = vec![0f64; n_groups * n_groups];
    let mut sizes = vec![(0f64, 0f64); n_groups];
    for (&i, &j) in one.iter().zip(other) {
        both[i * n_groups + j] += 1.0;
        sizes[i].0 += 1.0;
        sizes[j].1 += 1.0;
    }
    let overlap = |i: usize, j: usize| {
        let both = both[i * n_groups + j];
        both / (sizes[i].0 + sizes[j].1 - both).max(1.0)
    };
    let all = (0..n_groups).flat_map(|i| (0..n_groups).map(move |j| (i, j)));
    let mut pairs: Vec<(f64, usize, usize)> = all.map(|(i, j)| (overlap(i, j), i, j)).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut places, mut is_taken) = (vec![usize::MAX; n_groups], vec![false; n_groups]);
    (0..n_known).for_each(|k| (places[k], is_taken[k]) = (k, true));
    for (_, i, j) in pairs {
        if !is_taken[i] && places[j] == usize::MAX {
            (places[j], is_taken[i]) = (i, true);
        }
    }
    places
}

/// Normalized mutual information of two divisions of the same passages, 0 to 1.
fn information(a: &[usize], b: &[usize], n_groups: usize) -> f64 {
    let mut both = vec![0f64; n_groups * n_groups];
    a.iter().zip(b).for_each(|(&i, &j)| both[i * n_groups + j] += 1.0 / a.len() as f64);
    let rows: Vec<f64> = both.chunks_exact(n_groups).map(|row| row.iter().sum()).collect();
    let columns: Vec<f64> = (0..n_groups).map(|j| both.iter().skip(j).step_by(n_groups).sum()).collect();
    let entropy = |shares: &[f64]| -> f64 { shares.iter().filter(|&&p| p > 0.0).map(|p| -p * p.ln()).sum() };
    let whole = entropy(&rows) + entropy(&columns);
    if whole > 0.0 { 2.0 * (whole - entropy(&both)) / whole } else { 1.0 }
}

/// First centers, after those that are known (a row of zeros is not): each the best of a few points drawn by how badly the ones before it serve them.
fn begin(points: &Matrix, anchors: &Matrix, n_groups: usize, random: &mut Random) -> Matrix {
    let mut centers = anchors.clone();
    let mut apart = vec![1f32; points.n_rows()];
    let near = nearness(points, anchors);
    for (apart, near) in apart.iter_mut().zip(near.values.chunks_exact(near.width.max(1))) {
        *apart = near.iter().fold(*apart, |apart, near| apart.min(1.0 - near));
    }
    let is_known = |k: usize| k < anchors.n_rows() && dot(anchors.row(k), anchors.row(k)) > 0.0;
    for k in (0..n_groups).filter(|&k| !is_known(k)) {
        let drawn: Vec<usize> = (0..if k == 0 { 1 } else { N_TRIED }).map(|_| draw(&apart, random)).collect();
        let mut tried = Matrix::zeros(0, points.width);
        drawn.iter().for_each(|&c| tried.values.extend_from_slice(points.row(c)));
        let near = nearness(points, &tried);
        let (near, before) = (&near, &apart);
        let left = |t: usize| before.iter().enumerate().map(move |(i, &a)| a.min(1.0 - near.row(i)[t]));
        let sums: Vec<f64> = (0..drawn.len()).map(|t| left(t).map(|a| a as f64).sum()).collect();
        let best = (0..drawn.len()).min_by(|&a, &b| sums[a].total_cmp(&sums[b])).unwrap_or(0);
        match k < anchors.n_rows() {
            true => centers.row_mut(k).copy_from_slice(points.row(drawn[best])),
            false => centers.values.extend_from_slice(points.row(drawn[best])),
        }
        apart = left(best).collect();
    }
    centers
}

/// A place, drawn in proportion to its weight.
fn draw(weights: &[f32], random: &mut Random) -> usize {
    let all: f64 = weights.iter().map(|&w| w.max(0.0) as f64).sum();
    let mut left = random.share() * all;
    for (i, &w) in weights.iter().enumerate() {
        left -= w.max(0.0) as f64;
        if left < 0.0 {
            return i;
        }
    }
    random.below(weights.len())
}

/// New centers, and how well the old ones served.
fn improve(points: &Matrix, centers: &Matrix) -> (Matrix, f64) {
    let near = nearness(points, centers);
    let mut next = Matrix::zeros(centers.n_rows(), centers.width);
    let mut fit = 0.0;
    for (row, near) in near.values.chunks_exact(near.width.max(1)).enumerate() {
        let best = argmax(near);
        fit += near[best] as f64;
        add_scaled(next.row_mut(best), 1.0, points.row(row));
    }
    for k in 0..next.n_rows() {
        match dot(next.row(k), next.row(k)) > 0.0 {
            true => to_unit(next.row_mut(k)),
            false => next.row_mut(k).copy_from_slice(centers.row(k)),
        }
    }
    (next, fit / points.n_rows().max(1) as f64)
}
