//! Change over the years.

use super::super::bootstrap::Bootstrap;
use super::super::finding::{Estimate, Trend};
use super::table::Table;

/// One trend for each theme.
pub(in crate::synthesis) fn trends(table: &Table, bootstrap: &Bootstrap) -> Vec<Trend> {
    let dated: Vec<(usize, f64)> =
        table.rows.iter().enumerate().filter_map(|(r, row)| Some((r, f64::from(row.indexed.metadata.year?)))).collect();
    // Years are taken from their middle, so that their squares stay small and exact.
    let middle = dated.get(dated.len() / 2).map_or(0.0, |&(_, year)| year);
    let slopes = |times: &[u32]| slopes(table, &dated, middle, times);
    let observed = slopes(&vec![1; table.rows.len()]);
    let resampled = bootstrap.resample(slopes);
    let change = |t: usize| {
        observed[t].map(|value| Estimate { value, interval: bootstrap.interval(resampled.iter().map(|s| s[t])) })
    };
    (0..table.n_themes)
        .map(|t| Trend { theme: t as u16, change_per_decade: change(t), n_documents: dated.len() as u32 })
        .collect()
}

/// Ten times the least-squares slope of having the theme (0 or 1) on the year: `Σ(x−x̄)(y−ȳ) / Σ(x−x̄)²`.
fn slopes(table: &Table, dated: &[(usize, f64)], middle: f64, times: &[u32]) -> Vec<Option<f64>> {
    let (mut n, mut sum_x, mut sum_xx) = (0.0, 0.0, 0.0);
    let (mut sum_y, mut sum_xy) = (vec![0.0; table.n_themes], vec![0.0; table.n_themes]);
    for &(r, year) in dated {
        let (x, times) = (year - middle, f64::from(times[r]));
        n += times;
        sum_x += times * x;
        sum_xx += times * x * x;
        for &theme in table.themes(r) {
            sum_y[usize::from(theme)] += times;
            sum_xy[usize::from(theme)] += times * x;
        }
    }
    let spread = n * sum_xx - sum_x * sum_x;
    let slope = |t: usize| (spread > 0.0).then(|| 10.0 * (n * sum_xy[t] - sum_x * sum_y[t]) / spread);
    (0..table.n_themes).map(slope).collect()
}
