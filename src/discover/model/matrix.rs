//! Dense rows, and the little that is done with them.

/// Rows of equal width, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// Width of a row.
    pub width: usize,
    /// The values, row by row.
    pub values: Vec<f32>,
}

impl Matrix {
    /// Rows of zeros.
    pub fn zeros(n_rows: usize, width: usize) -> Self {
        Self { width, values: vec![0.0; n_rows * width] }
    }

    /// How many rows.
    pub fn n_rows(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..][..self.width]
    }

    /// One row, to be changed.
    pub fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.width..][..self.width]
    }

    /// Some of the rows, in the order given.
    pub fn select(&self, rows: &[usize]) -> Self {
        Self { width: self.width, values: rows.iter().flat_map(|&row| self.row(row)).copied().collect() }
    }

    /// Adds another matrix of the same shape.
    pub fn add(&mut self, other: &Matrix) {
        self.values.iter_mut().zip(&other.values).for_each(|(a, b)| *a += b);
    }
}

/// As `dot` of `a` with each of four, side by side: a sum waits for the one before it, but not for its neighbors.
#[inline]
fn dots(a: &[f32], four: [&[f32]; 4]) -> [f32; 4] {
    let mut lanes = [[0f32; 8]; 4];
    let whole = a.len() - a.len() % 8;
    for start in (0..whole).step_by(8) {
        let x = &a[start..start + 8];
        for (lanes, b) in lanes.iter_mut().zip(four) {
            let y = &b[start..start + 8];
            for lane in 0..8 {
                lanes[lane] += x[lane] * y[lane];
            }
        }
    }
    let rest = |b: &[f32]| a[whole..].iter().zip(&b[whole..]).map(|(x, y)| x * y).sum::<f32>();
    std::array::from_fn(|i| lanes[i].iter().sum::<f32>() + rest(four[i]))
}

/// Inner product of a row of `b`'s width with each row of `b`.
pub fn dot_each(a: &[f32], b: &Matrix, out: &mut [f32]) {
    let mut fours = out.chunks_exact_mut(4);
    let mut row = 0;
    for four in &mut fours {
        four.copy_from_slice(&dots(a, std::array::from_fn(|i| b.row(row + i))));
        row += 4;
    }
    fours.into_remainder().iter_mut().zip(row..).for_each(|(out, row)| *out = dot(a, b.row(row)));
}

/// `to += times × from`, for as many values as both have.
#[inline]
pub fn add_scaled(to: &mut [f32], times: f32, from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(a, b)| *a += times * b);
}

/// `to += times × from`, for rows whose width is a multiple of eight.
#[inline]
pub fn add_eights(to: &mut [f32], times: f32, from: &[f32]) {
    for (to, from) in to.as_chunks_mut::<8>().0.iter_mut().zip(from.as_chunks::<8>().0) {
        // Eight values of its own: a compiler that must allow for `from` to be `to` takes them one by one.
        *to = std::array::from_fn(|lane| to[lane] + times * from[lane]);
    }
}

/// Inner product, summed in eight lanes so that the order is fixed and fast.
#[inline]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a8.remainder().iter().zip(b8.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a8.zip(b8) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Scales to length 1; zeros stay zeros.
pub fn to_unit(row: &mut [f32]) {
    let length = dot(row, row).sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|x| *x /= length);
    }
}

/// Turns logarithms of weights into shares that sum to 1, and gives the place of the largest.
#[inline]
pub fn to_shares(row: &mut [f32]) -> usize {
    let (best, top) = row.iter().enumerate().fold((0, f32::MIN), |(i, m), (j, &x)| if x > m { (j, x) } else { (i, m) });
    row.iter_mut().for_each(|x| *x = (*x - top).exp());
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|x| *x /= sum);
    best
}

/// Place of the largest value, the first of equals; 0 in an empty row.
pub fn argmax(row: &[f32]) -> usize {
    row.iter().enumerate().fold((0, f32::MIN), |(i, m), (j, &x)| if x > m { (j, x) } else { (i, m) }).0
}
