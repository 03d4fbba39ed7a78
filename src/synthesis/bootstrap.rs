//! Intervals by resampling.

use super::finding::{Estimate, Interval};
use super::settings::BootstrapSettings;
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use statrs::distribution::{Binomial, DiscreteCDF};

/// Draws over all resamples that a very large corpus is held to: past it there are fewer resamples.
const MAX_DRAWS: u64 = 50_000_000;
/// Fewest resamples, whatever the size of the corpus (where the settings ask for as many).
const MIN_RESAMPLES: u32 = 200;

/// Percentile bootstrap over `n_units` units (documents), each resample drawing as many with replacement.
///
/// Resample `b` has a generator of its own, seeded by the settings' seed and `b`, so that neither the number of threads
/// nor the order of work can change a figure.
///
/// # Source
/// Efron, B. and Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*. Chapman & Hall, chapter 13.
#[derive(Clone, Debug)]
pub struct Bootstrap {
    n_units: u32,
    n_resamples: u32,
    seed: u64,
    level: f64,
}

impl Bootstrap {
    /// A bootstrap over `n_units` units.
    pub fn new(n_units: u32, settings: &BootstrapSettings) -> Self {
        let afford = u32::try_from(MAX_DRAWS / u64::from(n_units.max(1))).unwrap_or(u32::MAX).max(MIN_RESAMPLES);
        Self { n_units, n_resamples: settings.resamples.min(afford), seed: settings.seed, level: settings.level }
    }

    /// The same, held to fewer resamples where one costs more than drawing it does: `cost` in steps.
    pub(super) fn affording(&self, cost: u64) -> Self {
        let afford = u32::try_from(MAX_DRAWS * 10 / cost.max(1)).unwrap_or(u32::MAX).max(MIN_RESAMPLES);
        Self { n_resamples: self.n_resamples.min(afford), ..self.clone() }
    }

    /// The same, held to `n` resamples.
    pub(super) fn held_to(&self, n: usize) -> Self {
        Self { n_resamples: self.n_resamples.min(n as u32), ..self.clone() }
    }

    /// How many resamples are drawn: what the settings ask, or fewer where units × resamples would pass 50 million, yet
    /// never below 200 for that reason.
    pub fn n_resamples(&self) -> u32 {
        self.n_resamples
    }

    /// The figures that `statistic` makes of each resample, told how often each unit was drawn; in order of resample.
    pub fn resample<T: Send>(&self, statistic: impl Fn(&[u32]) -> T + Sync) -> Vec<T> {
        self.resample_numbered(|_, times| statistic(times))
    }

    /// The same; `statistic` is also told the number of the resample.
    pub(super) fn resample_numbered<T: Send>(&self, statistic: impl Fn(u32, &[u32]) -> T + Sync) -> Vec<T> {
        (0..self.n_resamples)
            .into_par_iter()
            .map_init(Vec::new, |times, b| {
                self.draw(b, times);
                statistic(b, times)
            })
            .collect()
    }

    /// The interval of figures over resamples; `None` where fewer than half of the resamples define the figure.
    pub fn interval(&self, figures: impl Iterator<Item = Option<f64>>) -> Option<Interval> {
        let mut defined: Vec<f64> = figures.flatten().collect();
        if defined.is_empty() || defined.len() * 2 < self.n_resamples as usize {
            return None;
        }
        defined.sort_by(f64::total_cmp);
        let tail = (1.0 - self.level) / 2.0;
        Some(Interval { low: quantile(&defined, tail), high: quantile(&defined, 1.0 - tail) })
    }

    /// One figure and its interval: `statistic` is told how often each unit counts (once each, for the figure itself).
    pub fn estimate(&self, statistic: impl Fn(&[u32]) -> Option<f64> + Sync) -> Option<Estimate> {
        let value = statistic(&vec![1; self.n_units as usize])?;
        Some(Estimate { value, interval: self.interval(self.resample(&statistic).into_iter()) })
    }

    /// The interval of a plain share, `n_has` of the units, at the limit of ever more resamples: how many of a resample have
    /// it is binomial, so that nothing needs to be drawn. Where none or all have it every resample is alike, and the interval is
    /// Wilson's. `None` without units.
    pub fn share(&self, n_has: u32) -> Option<Interval> {
        let n = f64::from(self.n_units);
        let resampled = Binomial::new(f64::from(n_has) / n, u64::from(self.n_units)).ok()?;
        let tail = (1.0 - self.level) / 2.0;
        let end = |q: f64| resampled.inverse_cdf(q) as f64 / n;
        match n_has {
            n_has if n_has == 0 || n_has >= self.n_units => Interval::wilson(n_has.into(), n, self.level),
            _ => Some(Interval { low: end(tail), high: end(1.0 - tail) }),
        }
    }

    fn draw(&self, b: u32, times: &mut Vec<u32>) {
        times.clear();
        times.resize(self.n_units as usize, 0);
        let mut chance = Pcg64Mcg::seed_from_u64(self.seed ^ (u64::from(b) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for _ in 0..self.n_units {
            // The high half of a 64-bit product: a draw below n_units without a division (bias below n / 2^32).
            let draw = (u64::from(chance.next_u32()) * u64::from(self.n_units)) >> 32;
            times[draw as usize] += 1;
        }
    }
}

/// The `q` quantile of ascending figures by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R).
pub(super) fn quantile(ascending: &[f64], q: f64) -> f64 {
    let place = q.clamp(0.0, 1.0) * (ascending.len() - 1) as f64;
    let (below, above) = (ascending[place.floor() as usize], ascending[place.ceil() as usize]);
    below + (above - below) * (place - place.floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(resamples: u32, seed: u64) -> BootstrapSettings {
        BootstrapSettings { resamples, seed, level: 0.95 }
    }

    fn share(times: &[u32], has: usize) -> Option<f64> {
        let n: u32 = times.iter().sum();
        (n > 0).then(|| f64::from(times[..has].iter().sum::<u32>()) / f64::from(n))
    }

    #[test]
    fn quantiles_are_those_of_r_type_7() {
        let figures = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&figures, 0.25), 1.75);
        assert_eq!(quantile(&figures, 0.5), 2.5);
        assert_eq!(quantile(&figures, 1.0), 4.0);
        assert_eq!(quantile(&[7.0], 0.3), 7.0);
    }

    #[test]
    fn the_interval_of_a_share_is_near_the_normal_one() {
        let estimate = Bootstrap::new(400, &settings(2000, 1)).estimate(|times| share(times, 100)).unwrap();
        let interval = estimate.interval.unwrap();
        assert_eq!(estimate.value, 0.25);
        // 0.25 ± 1.96 · sqrt(0.25 · 0.75 / 400) = 0.2076 .. 0.2924
        assert!((interval.low - 0.2076).abs() < 0.006, "{interval:?}");
        assert!((interval.high - 0.2924).abs() < 0.006, "{interval:?}");
    }

    #[test]
    fn the_interval_of_a_plain_share_is_binomial() {
        // Binomial(4, 0.75): P(0) = 0.0039, P(≤ 1) = 0.0508, P(≤ 3) = 0.684.
        let few_of = |n| Bootstrap::new(n, &settings(0, 1));
        let interval = few_of(4).share(3).unwrap();
        assert_eq!((interval.low, interval.high), (0.25, 1.0));
        // And what many resamples come to.
        let (many, few) = (Bootstrap::new(60, &settings(2000, 1)), few_of(60));
        let drawn = many.estimate(|times| share(times, 18)).unwrap().interval.unwrap();
        let exact = few.share(18).unwrap();
        assert!((drawn.low - exact.low).abs() < 0.02 && (drawn.high - exact.high).abs() < 0.02, "{drawn:?} {exact:?}");
        assert_eq!(few_of(0).share(0), None);
        // z² = 3.8415: 9 / (9 + 3.8415) = 0.7009, and 3.8415 / 12.8415 = 0.2991.
        let (all, none) = (few_of(9).share(9).unwrap(), few_of(9).share(0).unwrap());
        assert!((all.low - 0.7009).abs() < 1e-4 && all.high == 1.0, "{all:?}");
        assert!((none.high - 0.2991).abs() < 1e-4 && none.low == 0.0, "{none:?}");
    }

    #[test]
    fn the_seed_decides_and_the_threads_do_not() {
        let run = |threads: usize, seed| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| Bootstrap::new(50, &settings(300, seed)).resample(<[u32]>::to_vec))
        };
        assert_eq!(run(1, 7), run(4, 7));
        assert_ne!(run(1, 7), run(1, 8));
        assert!(run(2, 7).iter().all(|times| times.iter().sum::<u32>() == 50));
    }

    #[test]
    fn no_units_and_a_figure_seldom_defined_have_no_interval() {
        assert_eq!(Bootstrap::new(0, &settings(100, 1)).estimate(|times| share(times, 0)), None);
        let seldom = |times: &[u32]| (times.iter().all(|&n| n == 1)).then_some(1.0);
        let estimate = Bootstrap::new(30, &settings(100, 1)).estimate(seldom).unwrap();
        assert_eq!((estimate.value, estimate.interval), (1.0, None));
    }

    #[test]
    fn a_very_large_corpus_is_resampled_less_often() {
        assert_eq!(Bootstrap::new(5_000, &settings(2000, 1)).n_resamples(), 2000);
        assert_eq!(Bootstrap::new(100_000, &settings(2000, 1)).n_resamples(), 500);
        assert_eq!(Bootstrap::new(10_000_000, &settings(2000, 1)).n_resamples(), 200);
        assert_eq!(Bootstrap::new(10_000_000, &settings(50, 1)).n_resamples(), 50);
    }
}
