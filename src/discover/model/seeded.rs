//! The doors of the model: themes from seeds, topics from nothing.

use super::super::candidate::Feature;
use super::super::dfm::{Dfm, Limits};
use super::super::settings::DiscoverSettings;
use super::super::texts::{Texts, Words};
use super::cluster::{consensus, group, nearness, settle};
use super::matrix::{Matrix, add_scaled, to_shares, to_unit};
use super::mixture::Mixture;
use super::random::Random;
use super::rank::characteristic;
use super::spectral::embed;
use rayon::prelude::*;

/// Entries of the matrix that a beginning is found on; of more, those of evenly spaced passages. The fit itself takes all.
const MAX_ENTRIES: usize = 500_000;
/// Features that count fully in a passage that belongs to a theme with seeds: passages may stay between themes.
const SEEDED_LENGTH: f32 = 5.0;
/// Features that count fully in a passage that belongs to a topic: topics must come apart by themselves.
const TOPIC_LENGTH: f32 = 20.0;
/// A fit is done when no more than this share of the passages change theme in a round;
const SETTLED: f64 = 0.001;
/// one of several that are averaged, already at this.
const ROUGHLY: f64 = 0.01;
/// Directions that topics and classes are told apart in.
const N_DIRECTIONS: usize = 96;
/// How sharply a cosine becomes a probability.
const SHARPNESS: f32 = 20.0;

/// One seed met in a passage: a pattern of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeedHit {
    /// The passage, by its place in the `Texts`.
    pub passage: u32,
    /// The theme.
    pub theme: u16,
    /// The pattern, by its place in the lexicon.
    pub pattern: u32,
}

/// Probability of each theme in each passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probabilities {
    /// How many themes a row has.
    pub n_themes: usize,
    /// Row by row, passage by passage; each row sums to 1.
    pub values: Vec<f32>,
}

impl Probabilities {
    /// The row of one passage.
    pub fn row(&self, passage: usize) -> &[f32] {
        &self.values[passage * self.n_themes..(passage + 1) * self.n_themes]
    }
}

/// One topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topic {
    /// Characteristic features, the strongest first; the weight is keyness (G² of passages).
    pub features: Vec<Feature>,
}

/// Topics, and their probability in each passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topics {
    /// The topics, the largest first.
    pub topics: Vec<Topic>,
    /// Their probability in each passage.
    pub assignments: Probabilities,
}

/// Probability of each of `n_themes` themes in each passage, told by `seeds` alone (hits of a lexicon or of seed words).
///
/// Every passage belongs to one theme or other. The model is fitted from two beginnings, from the seeds alone and from where
/// their passages lie, and the geometric mean of both is taken: the one drifts where seeds are few, the other where
/// themes are of very different size. A theme that no seed speaks for gets nothing; with no seeds at all every
/// theme is as probable. `tick` is called once for each of `settings.n_runs` steps.
pub fn classify(
    texts: &Texts,
    seeds: &[SeedHit],
    n_themes: usize,
    settings: &DiscoverSettings,
    tick: &(dyn Fn() + Sync),
) -> Probabilities {
    let is_met = |&theme: &u16| seeds.iter().any(|hit| hit.theme == theme);
    let met: Vec<u16> = (0..n_themes as u16).filter(is_met).collect();
    let place = |theme: u16| met.binary_search(&theme).ok().map(|place| place as u16);
    let hits: Vec<SeedHit> =
        seeds.iter().filter_map(|hit| Some(SeedHit { theme: place(hit.theme)?, ..*hit })).collect();
    let shares =
        if met.is_empty() { Matrix::zeros(texts.n_passages(), 0) } else { among(texts, &hits, met.len(), settings) };
    (0..settings.n_runs).for_each(|_| tick());
    let mut values = vec![if met.is_empty() { 1.0 / n_themes as f32 } else { 0.0 }; texts.n_passages() * n_themes];
    for (row, shares) in values.chunks_exact_mut(n_themes.max(1)).zip(shares.values.chunks_exact(met.len().max(1))) {
        met.iter().zip(shares).for_each(|(&theme, &share)| row[theme as usize] = share);
    }
    Probabilities { n_themes, values }
}

/// Probability of each theme in each passage; every theme has a seed.
fn among(texts: &Texts, seeds: &[SeedHit], n_themes: usize, settings: &DiscoverSettings) -> Matrix {
    let words = Words::of(texts, &settings.stop_words);
    let dfm = Dfm::of(texts, &words, &[], limits(texts.n_passages(), settings));
    let known = seed_shares(seeds, texts.n_passages(), n_themes);
    let near = begin_from_seeds(&dfm, &known, settings.seed);
    let fit = |mut shares: Matrix| {
        Mixture::fit(&dfm, SEEDED_LENGTH, SETTLED, &mut shares);
        shares
    };
    let fits: Vec<Matrix> = [near, known].into_par_iter().map(fit).collect();
    middle(&fits)
}

/// `n_topics` topics of the texts, found with no lexicon at all; fewer where there are fewer passages.
///
/// The model runs `settings.n_runs` times from different beginnings, and is fitted once more from what the runs give on
/// average. `tick` is called once for each run.
pub fn topics(texts: &Texts, n_topics: usize, settings: &DiscoverSettings, tick: &(dyn Fn() + Sync)) -> Topics {
    topics_beside(texts, (&[], 0), n_topics, settings, tick)
}

/// `n_topics` topics, the first of which are themes that seeds speak for (their hits, and how many themes there are); the
/// others are free and take up what is left. Themes keep their order, and are there however many topics are asked for; free
/// topics come after them, the largest first. A theme that no seed speaks for begins as a free topic does.
///
/// As `topics`: a theme begins where the passages that have its seeds lie, and these passages keep half of what their seeds say.
///
/// # Source
/// Themes with seeds beside free ones: Jagarlamudi, J., Daumé, H. & Udupa, R. (2012). Incorporating lexical priors into topic
/// models. *EACL*, 204–213.
pub fn topics_beside(
    texts: &Texts,
    (seeds, n_themes): (&[SeedHit], usize),
    n_topics: usize,
    settings: &DiscoverSettings,
    tick: &(dyn Fn() + Sync),
) -> Topics {
    let words = Words::of(texts, &settings.stop_words);
    let dfm = Dfm::of(texts, &words, &[], limits(texts.n_passages(), settings));
    let n_topics = n_topics.min(dfm.n_rows()).max(n_themes);
    if n_topics == 0 || dfm.n_rows() == 0 || dfm.n_features() == 0 {
        return Topics::default();
    }
    let all: Vec<usize> = (0..dfm.n_rows()).collect();
    let sample = sample(&dfm, &all);
    let few = dfm.select(&sample);
    let points = embed(&few, N_DIRECTIONS, settings.seed);
    let known = seed_shares(seeds, dfm.n_rows(), n_themes).select(&sample);
    let anchors = among_seeds(&points, &known);
    let fit = |run: usize| {
        let mut random = Random::new(settings.seed, run as u64 + 1);
        let centers = group(&points, &anchors, n_topics, &mut random).0;
        let mut shares = soften(nearness(&points, &centers));
        hold(&mut shares, &known);
        Mixture::fit(&few, TOPIC_LENGTH, ROUGHLY, &mut shares);
        tick();
        shares
    };
    let runs: Vec<Matrix> = (0..settings.n_runs.max(1)).into_par_iter().map(fit).collect();
    let mut shares = consensus(&runs, n_themes);
    let mixture = Mixture::fit(&few, TOPIC_LENGTH, SETTLED, &mut shares);
    let shares = if sample.len() == dfm.n_rows() { shares } else { mixture.extend(&dfm).1 };
    let shares = largest_first(shares, n_themes);
    let topics = characteristic(&dfm, &shares, settings.n_features);
    Topics {
        topics: topics.into_iter().map(|features| Topic { features }).collect(),
        assignments: Probabilities { n_themes: n_topics, values: shares.values },
    }
}

/// Where passages that have seeds lie, a row for each theme; zeros for a theme that no seed speaks for.
fn among_seeds(points: &Matrix, known: &Matrix) -> Matrix {
    let mut centers = Matrix::zeros(known.width, points.width);
    for row in 0..points.n_rows() {
        for (k, &share) in known.row(row).iter().enumerate() {
            add_scaled(centers.row_mut(k), share, points.row(row));
        }
    }
    (0..centers.n_rows()).for_each(|k| to_unit(centers.row_mut(k)));
    centers
}

/// Gives each passage that has seeds half of what they say.
fn hold(shares: &mut Matrix, known: &Matrix) {
    for row in 0..shares.n_rows() {
        if known.row(row).iter().any(|&share| share > 0.0) {
            shares.row_mut(row).iter_mut().for_each(|share| *share *= 0.5);
            add_scaled(shares.row_mut(row), 0.5, known.row(row));
        }
    }
}

/// Which features are counted in so many passages.
fn limits(n_passages: usize, settings: &DiscoverSettings) -> Limits {
    let share = (n_passages as f64 * settings.max_passage_share).floor() as u32;
    let few = settings.min_passages.min(1 + n_passages as u32 / 100);
    Limits { min_passages: few, max_passages: share.max(few + 1) }
}

/// What the seeds say of each passage: distinct patterns by theme, every theme with the same weight in all, as shares;
/// zeros where there is no seed.
fn seed_shares(seeds: &[SeedHit], n_passages: usize, n_themes: usize) -> Matrix {
    let mut hits: Vec<SeedHit> = seeds.to_vec();
    hits.sort_unstable();
    hits.dedup();
    let mut shares = Matrix::zeros(n_passages, n_themes);
    hits.retain(|hit| (hit.passage as usize) < n_passages && (hit.theme as usize) < n_themes);
    hits.iter().for_each(|hit| shares.row_mut(hit.passage as usize)[hit.theme as usize] += 1.0);
    let mut sizes = vec![0f64; n_themes];
    for row in shares.values.chunks_exact(n_themes.max(1)) {
        let sum = row.iter().sum::<f32>().max(1.0) as f64;
        sizes.iter_mut().zip(row).for_each(|(s, &x)| *s += x as f64 / sum);
    }
    for row in shares.values.chunks_exact_mut(n_themes.max(1)) {
        row.iter_mut().zip(&sizes).for_each(|(x, &s)| *x /= s.max(1e-9) as f32);
        let sum = row.iter().sum::<f32>();
        if sum > 0.0 {
            row.iter_mut().for_each(|x| *x /= sum);
        }
    }
    shares
}

/// A beginning: half what the seeds say, half where a passage lies among passages that have seeds.
fn begin_from_seeds(dfm: &Dfm, known: &Matrix, seed: u64) -> Matrix {
    let all: Vec<usize> = (0..dfm.n_rows()).collect();
    let sample = sample(dfm, &all);
    let points = embed(&dfm.select(&sample), N_DIRECTIONS, seed);
    let centers = among_seeds(&points, &known.select(&sample));
    let near = soften(nearness(&points, &settle(&points, centers, 10)));
    let mut shares = known.clone();
    shares.values.iter_mut().for_each(|x| *x *= 0.5);
    for (row, &passage) in sample.iter().enumerate() {
        add_scaled(shares.row_mut(passage), 0.5, near.row(row));
    }
    shares
}

/// The geometric mean of several fits, as probabilities.
fn middle(fits: &[Matrix]) -> Matrix {
    let mut sum = Matrix::zeros(fits[0].n_rows(), fits[0].width);
    for fit in fits {
        sum.values.iter_mut().zip(&fit.values).for_each(|(s, &x)| *s += x.max(1e-9).ln() / fits.len() as f32);
    }
    sum.values.chunks_exact_mut(sum.width.max(1)).for_each(|row| {
        to_shares(row);
    });
    sum
}

/// Evenly spaced ones of some passages, so many that they have no more than `MAX_ENTRIES` entries.
fn sample(dfm: &Dfm, passages: &[usize]) -> Vec<usize> {
    let n_entries: usize = passages.iter().map(|&passage| dfm.row(passage).0.len()).sum();
    passages.iter().copied().step_by(n_entries.div_ceil(MAX_ENTRIES).max(1)).collect()
}

/// Makes probabilities of cosines.
fn soften(mut near: Matrix) -> Matrix {
    near.values.iter_mut().for_each(|x| *x *= SHARPNESS);
    near.values.chunks_exact_mut(near.width.max(1)).for_each(|row| {
        to_shares(row);
    });
    near
}

/// The same shares, the `n_themes` first as they are, then those of the topic with the most passages.
fn largest_first(shares: Matrix, n_themes: usize) -> Matrix {
    let mut sizes = vec![0f64; shares.width];
    for row in shares.values.chunks_exact(shares.width) {
        sizes.iter_mut().zip(row).for_each(|(s, &x)| *s += x as f64);
    }
    let mut order: Vec<usize> = (0..shares.width).collect();
    order[n_themes..].sort_by(|&a, &b| sizes[b].total_cmp(&sizes[a]).then(a.cmp(&b)));
    let mut sorted = Matrix::zeros(shares.n_rows(), shares.width);
    for row in 0..shares.n_rows() {
        let from = shares.row(row);
        sorted.row_mut(row).iter_mut().zip(&order).for_each(|(to, &k)| *to = from[k]);
    }
    sorted
}
