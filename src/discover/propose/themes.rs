//! Candidates beside the themes there are: the nearest, what would make each grow, what was found again.

use super::super::candidate::{
    CandidateTheme, Evidence, Feature, Growth, Marked, NearestTheme, Recovered, Rediscovery, SuggestedPattern,
    WithoutWords,
};
use super::super::dfm::Dfm;
use super::super::keyness::{Count, log_likelihood};
use super::describe::at;
use super::gather::Gathered;
use super::grow::{PRECISION, SIGNIFICANT};
use super::passages::Postings;
use crate::corpus::DocumentId;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Patterns that are shown for a theme that could grow.
const MAX_GROWTH: usize = 10;
/// Passages that are listed for a theme although none of its words is in them.
const MAX_WITHOUT: usize = 200;
/// They have it with at least this probability,
const MIN_PROBABILITY: f64 = 0.6;
/// and by at least so much that goes with it.
const MIN_SPEAKING: usize = 2;
/// A feature is suggested for a theme when at least this share of its passages has the theme, shrunk towards one half.
const MIN_PRECISION: f64 = 0.4;
/// How many times more often than by chance a theme must be met to be found again.
const MIN_LIFT: f64 = 2.0;

/// Gives each candidate the theme it is closest to.
pub fn place(gathered: &Gathered, dfm: &Dfm, n_themes: usize, candidates: &mut [CandidateTheme]) {
    let number = numbers(gathered);
    let n = dfm.n_rows() as f64;
    let mut of_themes = vec![vec![0f64; dfm.n_features()]; n_themes];
    let weigh = |vector: &mut Vec<f64>, passage: usize| {
        let (features, counts) = dfm.row(passage);
        for (&f, &c) in features.iter().zip(counts) {
            vector[f as usize] += c as f64 * (n / dfm.n_passages[f as usize] as f64).ln();
        }
    };
    for (passage, themes) in gathered.themes.iter().enumerate() {
        themes.iter().for_each(|&theme| weigh(&mut of_themes[theme as usize], passage));
    }
    for candidate in candidates {
        let mut own = vec![0f64; dfm.n_features()];
        let passages = passages(&number, &candidate.evidence);
        passages.iter().for_each(|&passage| weigh(&mut own, passage));
        let nearest = (0..n_themes).map(|theme| NearestTheme {
            theme: theme as u16,
            overlap: overlap(gathered, theme as u16, &passages).overlap,
            similarity: cosine(&own, &of_themes[theme]),
        });
        candidate.nearest = nearest.max_by(|a, b| a.similarity.total_cmp(&b.similarity).then(b.theme.cmp(&a.theme)));
    }
}

/// Gives each candidate its exclusivity: the share of its passages that no theme and no other candidate has.
pub fn keep_apart(gathered: &Gathered, candidates: &mut [CandidateTheme]) {
    let number = numbers(gathered);
    let evidence: Vec<Vec<usize>> = candidates.iter().map(|c| passages(&number, &c.evidence)).collect();
    let mut n_claims = vec![0u32; gathered.themes.len()];
    evidence.iter().flatten().for_each(|&passage| n_claims[passage] += 1);
    for (candidate, passages) in candidates.iter_mut().zip(&evidence) {
        let own = passages.iter().filter(|&&p| n_claims[p] == 1 && gathered.themes[p].is_empty()).count();
        candidate.exclusivity = own as f64 / passages.len().max(1) as f64;
    }
}

/// What a blind search found of each theme.
pub fn rediscovered(gathered: &Gathered, n_themes: usize, candidates: &[CandidateTheme]) -> Vec<Rediscovery> {
    let number = numbers(gathered);
    let evidence: Vec<Vec<usize>> = candidates.iter().map(|c| passages(&number, &c.evidence)).collect();
    let again = |theme: u16| {
        let shared: Vec<Shared> = evidence.iter().map(|passages| overlap(gathered, theme, passages)).collect();
        let best = (0..shared.len()).rev().max_by(|&a, &b| shared[a].g2.total_cmp(&shared[b].g2));
        let best = best.filter(|&i| shared[i].overlap > 0.0);
        let (lift, overlap) = best.map_or((0.0, 0.0), |i| (shared[i].lift, shared[i].overlap));
        let found = best.is_some_and(|i| shared[i].lift >= MIN_LIFT && shared[i].g2 >= SIGNIFICANT);
        Rediscovery { theme, candidate: best, lift, overlap, found }
    };
    (0..n_themes as u16).map(again).collect()
}

/// For each theme that people marked in the documents they `read`, which hold `n_passages`, the candidate that comes nearest
/// to it: the one whose passages, or documents where they pointed at no passage, are marked most beyond chance (G²).
pub fn recovered(
    candidates: &[CandidateTheme],
    marked: &[Marked],
    read: &BTreeSet<DocumentId>,
    n_passages: u32,
) -> Vec<Recovered> {
    let has = |candidate: &CandidateTheme| -> BTreeSet<(DocumentId, u32)> {
        let here = candidate.evidence.iter().filter(|e| read.contains(&e.document_id));
        here.map(|e| (e.document_id.clone(), e.passage)).collect()
    };
    let passages: Vec<BTreeSet<(DocumentId, u32)>> = candidates.iter().map(has).collect();
    let in_documents = |passages: &BTreeSet<(DocumentId, u32)>| passages.iter().map(|(id, _)| id.clone()).collect();
    let documents: Vec<BTreeSet<DocumentId>> = passages.iter().map(in_documents).collect();
    let nearest = |theme: &Marked| {
        let best = match theme.passages.is_empty() {
            true => most_shared(&theme.documents, &documents, read.len() as f64),
            false => most_shared(&theme.passages, &passages, f64::from(n_passages)),
        };
        let (n_marked, n_pointed) = (theme.documents.len() as u32, theme.passages.len() as u32);
        let mut one = Recovered { theme: theme.theme.clone(), n_marked, n_passages: n_pointed, ..Recovered::default() };
        if let Some((g2, i)) = best {
            let n_shared = theme.documents.intersection(&documents[i]).count() as u32;
            (one.candidate, one.n_shared, one.n_candidate) = (Some(i), n_shared, documents[i].len() as u32);
            one.n_shared_passages = theme.passages.intersection(&passages[i]).count() as u32;
            one.overlap = f64::from(n_shared) / f64::from((n_marked + one.n_candidate - n_shared).max(1));
            one.found = g2 >= SIGNIFICANT;
        }
        one
    };
    marked.iter().map(nearest).collect()
}

/// Which of several sets shares most with `marked` beyond chance, among `n` in all: its G² and its place; `None` where none does.
fn most_shared<T: Ord>(marked: &BTreeSet<T>, sets: &[BTreeSet<T>], n: f64) -> Option<(f64, usize)> {
    let compare = |(i, set): (usize, &BTreeSet<T>)| {
        let (both, size) = (marked.intersection(set).count() as f64, set.len() as f64);
        let elsewhere = Count { n: marked.len() as f64 - both, total: n - size };
        let g2 = log_likelihood(Count { n: both, total: size }, elsewhere).unwrap_or(0.0);
        (g2 > 0.0 && both > 0.0).then_some((g2, i))
    };
    sets.iter().enumerate().filter_map(compare).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
}

/// What would make each theme grow: features that go with it and stand without it too, and passages that have enough of them.
pub fn growth(gathered: &Gathered, dfm: &Dfm, postings: &Postings, n_themes: usize) -> Vec<Growth> {
    let grow = |theme: u16| {
        let companions = companions(gathered, postings, dfm, theme);
        let pattern = |&(feature, weight): &(u32, f64)| SuggestedPattern {
            text: dfm.names[feature as usize].clone(),
            weight,
            n_passages: dfm.n_passages[feature as usize],
        };
        let sure = companions.iter().filter(|(_, precision)| *precision >= MIN_PRECISION);
        let patterns = sure.take(MAX_GROWTH).map(pattern).collect();
        Growth { theme, patterns, without_words: without_words(gathered, dfm, theme, &companions) }
    };
    (0..n_themes as u16).map(grow).collect()
}

/// The passages that have none of a theme's patterns and at least two of what goes with it: words, and a passage beside
/// them that has the theme. Each makes the theme more probable by its precision (noisy or).
fn without_words(gathered: &Gathered, dfm: &Dfm, theme: u16, companions: &[(u32, f64)]) -> Vec<WithoutWords> {
    let has = |p: usize| gathered.themes[p].contains(&theme);
    let beside = Beside::of(gathered, &has);
    let words = companions.iter().filter(|(feature, _)| !dfm.is_phrase[*feature as usize]);
    let precision: FxHashMap<u32, f64> = words.copied().collect();
    let mut found: Vec<WithoutWords> = Vec::new();
    for p in (0..dfm.n_rows()).filter(|&p| !has(p)) {
        let words = dfm.row(p).0.iter().filter_map(|f| Some((*f, *precision.get(f)?)));
        let mut words: Vec<(u32, f64)> = words.collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let here = beside.precision.filter(|_| beside.is_met[p]);
        let speaking = || words.iter().map(|(_, precision)| *precision).chain(here);
        let probability = 1.0 - speaking().map(|precision| 1.0 - precision.min(PRECISION)).product::<f64>();
        let is_sure = words.first().is_some_and(|(_, precision)| *precision >= MIN_PRECISION);
        if is_sure && speaking().count() >= MIN_SPEAKING && probability >= MIN_PROBABILITY {
            let features = words.iter().map(|&(f, _)| dfm.names[f as usize].clone()).collect();
            let at = at(gathered, p as u32, probability);
            found.push(WithoutWords { at, features, is_beside: here.is_some() });
        }
    }
    // Those as probable keep their order.
    found.sort_by(|a, b| b.at.probability.total_cmp(&a.at.probability));
    found.truncate(MAX_WITHOUT);
    found
}

/// Which passages stand beside one that has a theme, and how often these have it themselves.
struct Beside {
    is_met: Vec<bool>,
    /// `None` where they have it no more often than by chance.
    precision: Option<f64>,
}

impl Beside {
    fn of(gathered: &Gathered, has: &dyn Fn(usize) -> bool) -> Self {
        let places = &gathered.places;
        let joins =
            |p: usize, other: usize| places.get(other).is_some_and(|place| place.0 == places[p].0) && has(other);
        let is_met: Vec<bool> = (0..places.len()).map(|p| joins(p, p.wrapping_sub(1)) || joins(p, p + 1)).collect();
        let n_theme = (0..places.len()).filter(|&p| has(p)).count();
        let all = is_met.iter().filter(|&&is_met| is_met).count();
        let both = (0..places.len()).filter(|&p| is_met[p] && has(p)).count();
        let precision = goes_with(both as f64, all as f64, n_theme as f64, places.len() as f64);
        Self { is_met, precision: precision.map(|(_, precision)| precision) }
    }
}

/// Features that go with a theme and are met without it too, with their precision, the highest keyness first.
fn companions(gathered: &Gathered, postings: &Postings, dfm: &Dfm, theme: u16) -> Vec<(u32, f64)> {
    let has = |passage: u32| gathered.themes[passage as usize].contains(&theme);
    let n = dfm.n_rows() as f64;
    let n_theme = (0..dfm.n_rows() as u32).filter(|&p| has(p)).count() as f64;
    let mut features: Vec<(f64, u32, f64)> = Vec::new();
    for feature in 0..dfm.n_features() as u32 {
        let all = postings.of(feature).len() as f64;
        let here = postings.of(feature).iter().filter(|x| has(x.0)).count() as f64;
        let goes_with = goes_with(here, all, n_theme, n).filter(|_| here < all);
        features.extend(goes_with.map(|(g2, precision)| (g2, feature, precision)));
    }
    features.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    features.into_iter().map(|(_, feature, precision)| (feature, precision)).collect()
}

/// Keyness and precision (shrunk towards one half) of what `all` passages have, `here` of which have a theme, as `n_theme` of all `n`
/// do; `None` where it goes with the theme no more than chance allows.
fn goes_with(here: f64, all: f64, n_theme: f64, n: f64) -> Option<(f64, f64)> {
    let g2 = log_likelihood(Count { n: here, total: n_theme }, Count { n: all - here, total: n - n_theme })?;
    (g2 >= SIGNIFICANT).then(|| (g2, (here + 1.0) / (all + 2.0)))
}

/// Features that passages without a theme have more often than the others, by keyness, the highest first.
pub fn uncovered(gathered: &Gathered, dfm: &Dfm, postings: &Postings, n: usize) -> Vec<Feature> {
    let free = |passage: u32| gathered.themes[passage as usize].is_empty();
    let n_free = (0..dfm.n_rows() as u32).filter(|&p| free(p)).count() as f64;
    let mut features: Vec<(f64, u32)> = Vec::new();
    for feature in 0..dfm.n_features() as u32 {
        let all = postings.of(feature).len() as f64;
        let here = postings.of(feature).iter().filter(|x| free(x.0)).count() as f64;
        let reference = Count { n: all - here, total: dfm.n_rows() as f64 - n_free };
        let g2 = log_likelihood(Count { n: here, total: n_free }, reference).unwrap_or(0.0);
        if g2 > 0.0 {
            features.push((g2, feature));
        }
    }
    features.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let feature = |&(weight, feature): &(f64, u32)| Feature {
        text: dfm.names[feature as usize].clone(),
        weight,
        n_passages: dfm.n_passages[feature as usize],
    };
    features.iter().take(n).map(feature).collect()
}

/// How the passages of a candidate share in those of a theme.
struct Shared {
    overlap: f64,
    lift: f64,
    g2: f64,
}

fn overlap(gathered: &Gathered, theme: u16, passages: &[usize]) -> Shared {
    let (all, n) = (gathered.themes.len() as f64, passages.len() as f64);
    let has = |p: &&usize| gathered.themes[**p].contains(&theme);
    let both = passages.iter().filter(has).count() as f64;
    let with = gathered.themes.iter().filter(|themes| themes.contains(&theme)).count() as f64;
    let g2 = log_likelihood(Count { n: both, total: n }, Count { n: with - both, total: all - n }).unwrap_or(0.0);
    let lift = if n > 0.0 && with > 0.0 { (both / n) / (with / all) } else { 0.0 };
    Shared { overlap: both / (n + with - both).max(1.0), lift, g2 }
}

/// The number of each passage by its place in the index, which is how evidence names it.
fn numbers(gathered: &Gathered) -> FxHashMap<(u32, u32), usize> {
    let in_index = |&(document, passage): &(u32, u32)| (gathered.documents[document as usize].0, passage);
    gathered.places.iter().map(in_index).zip(0..).collect()
}

fn passages(number: &FxHashMap<(u32, u32), usize>, evidence: &[Evidence]) -> Vec<usize> {
    evidence.iter().filter_map(|e| number.get(&(e.document as u32, e.passage)).copied()).collect()
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths == 0.0 { 0.0 } else { dot(a, b) / lengths }
}
