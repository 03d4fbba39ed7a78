//! Change over the years.

use super::super::finding::{Estimate, Trend};
use super::resampled::{Each, Resampled, Sums, Whole};

/// One trend for each theme.
pub(in crate::synthesis) fn trends(n_themes: usize, resampled: &Resampled) -> Vec<Trend> {
    let Resampled { bootstrap, observed, sums, .. } = resampled;
    let trend = |theme: usize| {
        let interval = || bootstrap.interval(sums.iter().map(|sums| slope(sums, theme)));
        Trend {
            theme: theme as u16,
            change_per_decade: slope(observed, theme).map(|value| Estimate { value, interval: interval() }),
            n_documents: observed.whole(Whole::Dated) as u32,
        }
    };
    (0..n_themes).map(trend).collect()
}

/// Ten times the least-squares slope of having the theme (0 or 1) on the year: `Σ(x−x̄)(y−ȳ) / Σ(x−x̄)²`.
fn slope(sums: &Sums, theme: usize) -> Option<f64> {
    let (n, sum_x, sum_xx) = (sums.whole(Whole::Dated), sums.whole(Whole::Years), sums.whole(Whole::Squares));
    let (sum_y, sum_xy) = (sums.each(theme, Each::Dated), sums.each(theme, Each::Years));
    let spread = n * sum_xx - sum_x * sum_x;
    (spread > 0.0).then(|| 10.0 * (n * sum_xy - sum_x * sum_y) / spread)
}
