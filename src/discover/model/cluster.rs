//! Groups of passages that lie in the same direction.

use super::matrix::{Matrix, add_scaled, argmax, dot, to_unit};
use super::random::Random;
use rayon::prelude::*;

/// Rounds at most.
const N_ROUNDS: usize = 12;
/// Points tried for each new center.
const N_TRIED: usize = 5;

/// Centers of `n_groups` groups of unit `points`, from one random start (spherical k-means), and the mean cosine of a
/// point with its center.
///
/// # Source
/// Dhillon, I. & Modha, D. (2001). Concept decompositions for large sparse text data using clustering. *Machine Learning*
/// 42, 143–175; begun by greedy k-means++, Arthur, D. & Vassilvitskii, S. (2007). *SODA*, 1027–1035.
pub fn group(points: &Matrix, n_groups: usize, random: &mut Random) -> (Matrix, f64) {
    let mut centers = begin(points, n_groups, random);
    let mut fit = f64::MIN;
    for _ in 0..N_ROUNDS {
        let (next, reached) = improve(points, &centers);
        if reached <= fit + 1e-6 {
            break;
        }
        (centers, fit) = (next, reached);
    }
    (centers, fit)
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
        near.values.par_chunks_mut(near.width).enumerate().for_each(|(row, near)| {
            near.iter_mut().enumerate().for_each(|(k, s)| *s = dot(points.row(row), centers.row(k)));
        });
    }
    near
}

/// First centers: each the best of a few points drawn by how badly the ones before it serve them.
fn begin(points: &Matrix, n_groups: usize, random: &mut Random) -> Matrix {
    let mut centers = Matrix::zeros(0, points.width);
    let mut apart = vec![1f32; points.n_rows()];
    for k in 0..n_groups {
        let drawn: Vec<usize> = (0..if k == 0 { 1 } else { N_TRIED }).map(|_| draw(&apart, random)).collect();
        let tried: Vec<(f64, Vec<f32>)> = drawn
            .par_iter()
            .map(|&c| {
                let next: Vec<f32> =
                    apart.iter().enumerate().map(|(i, &a)| a.min(1.0 - dot(points.row(i), points.row(c)))).collect();
                (next.iter().map(|&a| a as f64).sum(), next)
            })
            .collect();
        let best = (0..tried.len()).min_by(|&a, &b| tried[a].0.total_cmp(&tried[b].0)).unwrap_or(0);
        centers.values.extend_from_slice(points.row(drawn[best]));
        apart = tried.into_iter().nth(best).map(|(_, next)| next).unwrap_or_default();
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
