//! Passages as points: the few directions in which their words differ most.

use super::super::dfm::Dfm;
use super::matrix::{Matrix, add_scaled, to_unit};
use super::random::Random;
use rayon::prelude::*;

/// Rounds of subspace iteration.
const N_ROUNDS: usize = 4;

/// Rows that are made orthogonal side by side.
const TOGETHER: usize = 16;

/// Each passage as a point on the unit sphere: tf-idf projected on the `n_directions` leading right singular vectors (latent
/// semantic analysis). A passage without features is at the origin. It takes time linear in the entries, and in the features
/// times the square of the directions.
///
/// # Source
/// Deerwester, S. et al. (1990). Indexing by latent semantic analysis. *JASIS* 41(6), 391–407; the vectors by randomized
/// subspace iteration, Halko, N., Martinsson, P. & Tropp, J. (2011). *SIAM Review* 53(2), 217–288. A basis of the space
/// is enough: angles do not depend on its rotation.
pub fn embed(dfm: &Dfm, n_directions: usize, seed: u64) -> Matrix {
    let weights = tf_idf(dfm);
    let mut random = Random::new(seed, 0);
    let mut basis = Matrix::zeros(dfm.n_features(), n_directions.min(dfm.n_features()).min(dfm.n_rows()));
    basis.values.iter_mut().for_each(|x| *x = random.share() as f32 - 0.5);
    for _ in 0..N_ROUNDS {
        basis = transposed_times(dfm, &weights, &times(dfm, &weights, &basis));
        orthonormalize(&mut basis);
    }
    let mut points = times(dfm, &weights, &basis);
    if points.width > 0 {
        points.values.par_chunks_mut(points.width).for_each(to_unit);
    }
    points
}

/// tf-idf of each entry, (1 + ln count) × ln(passages / passages that have it), rows of length 1.
fn tf_idf(dfm: &Dfm) -> Vec<Vec<f32>> {
    let n = dfm.n_rows() as f32;
    let idf: Vec<f32> = dfm.n_passages.iter().map(|&d| (n / d.max(1) as f32).ln().max(0.0)).collect();
    let row = |passage: usize| {
        let (features, counts) = dfm.row(passage);
        let mut row: Vec<f32> = features.iter().zip(counts).map(|(&f, &c)| (1.0 + c.ln()) * idf[f as usize]).collect();
        to_unit(&mut row);
        row
    };
    (0..dfm.n_rows()).into_par_iter().map(row).collect()
}

/// Passages × features times features × directions.
fn times(dfm: &Dfm, weights: &[Vec<f32>], basis: &Matrix) -> Matrix {
    let mut out = Matrix::zeros(dfm.n_rows(), basis.width);
    if basis.width > 0 {
        out.values.par_chunks_mut(basis.width).enumerate().for_each(|(passage, row)| {
            let (features, _) = dfm.row(passage);
            features.iter().zip(&weights[passage]).for_each(|(&f, &w)| add_scaled(row, w, basis.row(f as usize)));
        });
    }
    out
}

/// Features × passages times passages × directions.
fn transposed_times(dfm: &Dfm, weights: &[Vec<f32>], points: &Matrix) -> Matrix {
    let blocks: Vec<_> = dfm.blocks(points.width);
    let sum_block = |rows: &std::ops::Range<usize>| {
        let mut sum = Matrix::zeros(dfm.n_features(), points.width);
        for passage in rows.clone() {
            let (features, _) = dfm.row(passage);
            let point = points.row(passage);
            features.iter().zip(&weights[passage]).for_each(|(&f, &w)| add_scaled(sum.row_mut(f as usize), w, point));
        }
        sum
    };
    // As many tables at a time as there are threads; they are added up in the order of the blocks all the same.
    let mut sum: Option<Matrix> = None;
    for together in blocks.chunks(rayon::current_num_threads().max(1)) {
        let parts: Vec<Matrix> = together.par_iter().map(sum_block).collect();
        for part in parts {
            match &mut sum {
                Some(sum) => sum.add(&part),
                none => *none = Some(part),
            }
        }
    }
    sum.unwrap_or_default()
}

/// Makes the columns orthogonal and of length 1 (Cholesky QR); a column that the others already span becomes zeros.
fn orthonormalize(basis: &mut Matrix) {
    let width = basis.width;
    let mut gram = gram(basis);
    let inverse = cholesky(&mut gram, width);
    basis.values.par_chunks_mut(width.max(1) * TOGETHER).for_each(|rows| solve(&gram, &inverse, rows));
}

/// The inner product of every two columns, in the lower half. Each sum takes row after row; four are taken at a time.
fn gram(basis: &Matrix) -> Vec<f64> {
    let width = basis.width;
    let mut gram = vec![0f64; width * width];
    let mut four = vec![0f64; 4 * width];
    for rows in basis.values.chunks(4 * width.max(1)) {
        // Rows of zeros after the last one change no sum.
        four.fill(0.0);
        four.iter_mut().zip(rows).for_each(|(to, &from)| *to = from as f64);
        let (ab, cd) = four.split_at(2 * width);
        let ((a, b), (c, d)) = (ab.split_at(width), cd.split_at(width));
        for i in 0..width {
            let sums = gram[i * width..=i * width + i].iter_mut();
            for ((((sum, &e), &f), &g), &h) in sums.zip(a).zip(b).zip(c).zip(d) {
                *sum = *sum + a[i] * e + b[i] * f + c[i] * g + d[i] * h;
            }
        }
    }
    gram
}

/// Solves some rows against a Cholesky factor and one over its diagonal. Rows wait for no other row: taken side by side
/// they cost a fraction of what they do one by one, and each sum keeps its order.
fn solve(gram: &[f64], inverse: &[f64], rows: &mut [f32]) {
    let width = inverse.len();
    let mut solved = vec![[0f64; TOGETHER]; width];
    for i in 0..width {
        let mut known = [0f64; TOGETHER];
        for (factor, before) in gram[i * width..i * width + i].iter().zip(&solved) {
            known.iter_mut().zip(before).for_each(|(known, x)| *known += factor * x);
        }
        for (row, (known, solved)) in rows.chunks_exact_mut(width).zip(known.iter().zip(&mut solved[i])) {
            row[i] = ((row[i] as f64 - known) * inverse[i]) as f32;
            *solved = row[i] as f64;
        }
    }
}

/// Replaces a symmetric matrix (lower half) by its Cholesky factor; gives one over its diagonal, 0 where it vanishes.
fn cholesky(gram: &mut [f64], width: usize) -> Vec<f64> {
    let mut inverse = vec![0f64; width];
    for i in 0..width {
        let before = gram[i * width + i];
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| gram[i * width + k] * gram[j * width + k]).sum();
            let left = gram[i * width + j] - known;
            gram[i * width + j] = match i == j {
                true => left.max(0.0).sqrt(),
                false => left * inverse[j],
            };
        }
        let root = gram[i * width + i];
        inverse[i] = if root * root > 1e-10 * before { 1.0 / root } else { 0.0 };
    }
    inverse
}
