//! Candidates grown from single features: a nucleus that documents claim something of, and what goes with it.

use super::super::dfm::Dfm;
use super::super::keyness::{Count, log_likelihood};
use super::company::Company;
use super::passages::Postings;
use rustc_hash::FxHashSet;

/// G² that chance passes once in a thousand.
pub const SIGNIFICANT: f64 = 10.83;
/// G² from which a feature is shown as company of a nucleus (one chance in a hundred); passages are taken on the stricter one.
const COMPANION: f64 = 6.63;
/// Features of a candidate besides its nucleus.
const MAX_MEMBERS: usize = 12;
/// What a document that has a feature counts against one that claims something of it.
const MENTIONED: f64 = 0.2;
/// Precision expected of a nucleus, and the most expected of what goes with it or with a theme.
pub const PRECISION: f64 = 0.8;
/// Two candidates that share so much of the smaller one's passages are one.
const SAME: f64 = 0.5;
/// A passage without a candidate's surest features belongs to it where at least so many others speak for it,
const MIN_SPEAKING: u32 = 3;
/// each by at least this (ln of how many times more often than elsewhere it is met),
const MIN_SPEAKS: f64 = 0.7;
/// and the odds that it belongs are at least e to the power of this.
const MIN_LOG_ODDS: f64 = 1.0;

/// A feature of a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The feature.
    pub feature: u32,
    /// How far it belongs to the passages of the nucleus: G², of passages.
    pub keyness: f64,
    /// Share of its passages that have the nucleus, shrunk towards one half.
    pub precision: f64,
}

/// A nucleus and the features that go with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Grown {
    /// The nucleus, then what goes with it, the closest first.
    pub members: Vec<Member>,
    /// Its passages, ascending, with their probability.
    pub passages: Vec<(u32, f64)>,
    /// The phrase in which most of the nucleus stands, if there is one.
    pub phrase: Option<u32>,
    /// What speaks for the nucleus: what it is chosen by.
    pub score: f64,
}

/// What candidates are grown in.
pub struct Ground<'a> {
    /// Passages × words and phrases.
    pub dfm: &'a Dfm,
    /// Where each feature is met.
    pub postings: &'a Postings,
    /// What the passages say besides it.
    pub company: &'a Company,
    /// How often each document is taken: once, or as often as it was drawn.
    pub times: &'a [f64],
    /// Passages without a theme.
    pub is_free: &'a [bool],
    /// In how many titles each feature stands.
    pub n_titles: &'a [f64],
    /// Whether a feature only tells of the texts themselves ("the paper describes").
    pub is_reporting: &'a (dyn Fn(u32) -> bool + Sync),
    /// A nucleus is in at least so many documents.
    pub min_documents: f64,
    /// And in at most this share of all.
    pub max_share: f64,
}

impl Ground<'_> {
    /// The `n` best candidates, best first; no two share most of their passages, and none has the nucleus of another among
    /// its features.
    pub fn grow(&self, n: usize) -> Vec<Grown> {
        let mut desk = Desk::of(self);
        let mut taken: Vec<Grown> = Vec::new();
        for (nucleus, score) in self.nuclei().into_iter().take(n * 12) {
            if taken.iter().any(|other| self.within(nucleus, other)) {
                continue;
            }
            let grown = self.around(nucleus, score, &mut desk, &FxHashSet::default());
            if !taken.iter().any(|other| same(&grown, other)) {
                taken.push(grown);
            }
            if taken.len() == n {
                break;
            }
        }
        let nuclei: FxHashSet<u32> = taken.iter().map(|grown| grown.members[0].feature).collect();
        taken.iter().map(|grown| self.around(grown.members[0].feature, grown.score, &mut desk, &nuclei)).collect()
    }

    /// The candidates around those of `nuclei` that could be one, when the documents are taken as they are here.
    pub fn again(&self, nuclei: &FxHashSet<u32>) -> Vec<Grown> {
        let mut desk = Desk::of(self);
        // Whether a phrase can be a nucleus depends on whether its words can.
        let words: FxHashSet<u32> = nuclei.iter().flat_map(|&nucleus| self.dfm.parts[nucleus as usize]).collect();
        let is_word = |f: u32| !self.dfm.is_phrase[f as usize] && words.contains(&self.dfm.words[f as usize]);
        let asked = (0..self.dfm.n_features() as u32).filter(|f| nuclei.contains(f) || is_word(*f));
        let mut possible = self.possible(asked);
        possible.retain(|(nucleus, _)| nuclei.contains(nucleus));
        possible.into_iter().map(|(nucleus, _)| self.around(nucleus, 0.0, &mut desk, nuclei)).collect()
    }

    /// Those of some features, ascending, that could be a nucleus, with the support of each.
    ///
    /// Support is the number of documents that claim something of the feature; that they have it at all counts a little. It
    /// counts the more, the more often than usual something is claimed of the feature, and the less, the more of its
    /// documents name it in their title (that is their subject) or the more of its passages have a theme already. A phrase is a nucleus where none of its
    /// words can be one.
    fn possible(&self, features: impl Iterator<Item = u32>) -> Vec<(u32, f64)> {
        let n_documents: f64 = self.times.iter().sum();
        let usually_free = self.is_free.iter().filter(|&&free| free).count() as f64 / self.is_free.len().max(1) as f64;
        let mut nuclei: Vec<(u32, f64)> = Vec::new();
        for feature in features.filter(|&f| self.postings.is_subject(f)) {
            let met = self.postings.met(feature, self.times, self.is_free);
            let is_common = met.n_documents > self.max_share * n_documents;
            if is_common || met.n_free_documents < self.min_free_documents() || (self.is_reporting)(feature) {
                continue;
            }
            let subject = (self.n_titles[feature as usize] / met.n_documents).min(1.0);
            let free = (met.free_share / usually_free.max(1e-9)).min(1.0);
            let support = met.n_claimed_documents + MENTIONED * met.n_documents;
            if met.n_documents >= self.min_documents {
                nuclei.push((feature, support * met.claimed * (1.0 - subject) * free));
            }
        }
        let is_word = |&&(feature, _): &&(u32, f64)| !self.dfm.is_phrase[feature as usize];
        let words: FxHashSet<u32> = nuclei.iter().filter(is_word).map(|&(f, _)| self.dfm.words[f as usize]).collect();
        nuclei.retain(|&(f, _)| {
            !self.dfm.is_phrase[f as usize] || self.dfm.parts[f as usize].iter().all(|word| !words.contains(word))
        });
        nuclei
    }

    /// Nuclei with what speaks for each, the most first: the square root of its support times the company it keeps, since a
    /// theme is met in passages that are alike.
    fn nuclei(&self) -> Vec<(u32, f64)> {
        let mut nuclei = self.possible(0..self.dfm.n_features() as u32);
        let features: Vec<u32> = nuclei.iter().map(|&(feature, _)| feature).collect();
        let company = self.company.of_features(self.dfm, self.postings, self.times, &features);
        nuclei.iter_mut().zip(company).for_each(|((_, score), company)| *score = score.sqrt() * company);
        nuclei.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        nuclei
    }

    /// Documents that must have a nucleus in a passage without a theme: some, so that it is no theme's own word.
    fn min_free_documents(&self) -> f64 {
        (self.min_documents / 2.0).max(1.0)
    }

    /// Whether a nucleus lies in the passages of a candidate that is there already.
    fn within(&self, nucleus: u32, other: &Grown) -> bool {
        let passages = self.postings.of(nucleus);
        let shared = passages.iter().filter(|(p, _)| other.passages.binary_search_by_key(p, |x| x.0).is_ok()).count();
        shared as f64 >= SAME * passages.len() as f64
    }

    /// The candidate around a nucleus; none of the features `barred` is among what goes with it.
    fn around(&self, nucleus: u32, score: f64, desk: &mut Desk, barred: &FxHashSet<u32>) -> Grown {
        let (n_here, n_all) = (desk.weighed[nucleus as usize], desk.n_all);
        let passages = self.postings.of(nucleus).iter().map(|&(passage, _)| passage);
        // Twice is what a member needs, and a phrase half of the nucleus.
        let met = desk.met(self.dfm, passages, (n_here / 2.0).min(2.0));
        let mut members = vec![Member { feature: nucleus, keyness: f64::MAX, precision: PRECISION }];
        let mut phrase: Option<(f64, u32)> = None;
        for (feature, n) in met {
            let n_feature = desk.weighed[feature as usize];
            let (here, elsewhere) = (Count { n, total: n_here }, Count { n: n_feature - n, total: n_all - n_here });
            let keyness = || log_likelihood(here, elsewhere).unwrap_or(0.0);
            if feature == nucleus {
                members[0].keyness = keyness();
            } else if self.dfm.share_a_word(feature, nucleus) {
                let is_phrase = self.dfm.is_phrase[feature as usize];
                if is_phrase && 2.0 * n >= n_here && phrase.is_none_or(|(most, _)| n > most) {
                    phrase = Some((n, feature));
                }
            } else if n >= 2.0 && !barred.contains(&feature) && !(self.is_reporting)(feature) {
                let (keyness, precision) = (keyness(), ((n + 1.0) / (n_feature + 2.0)).min(PRECISION));
                members.extend((keyness >= COMPANION).then_some(Member { feature, keyness, precision }));
            }
        }
        members[1..].sort_by(|a, b| b.keyness.total_cmp(&a.keyness).then(a.feature.cmp(&b.feature)));
        members.truncate(MAX_MEMBERS + 1);
        let mut passages = self.passages(&members, desk);
        self.widen(&mut passages, desk, barred);
        Grown { members, passages, phrase: phrase.map(|(_, feature)| feature), score }
    }

    /// The passages that a candidate's features give it: the chance that at least one of them is right, from one half.
    fn passages(&self, members: &[Member], desk: &mut Desk) -> Vec<(u32, f64)> {
        desk.odds.fill((0, 1.0));
        let is_sure = |member: &&Member| member.keyness >= SIGNIFICANT || member.feature == members[0].feature;
        for member in members.iter().filter(is_sure) {
            for &(passage, _) in self.postings.of(member.feature) {
                desk.odds[passage as usize].1 *= 1.0 - member.precision;
            }
        }
        let right = desk.odds.iter().zip(0..).map(|((_, wrong), passage)| (passage, 1.0 - wrong));
        right.filter(|&(_, right)| right >= 0.5).collect()
    }

    /// Adds the passages that speak as a candidate's passages do, although its surest features are not in them: one step of
    /// naive Bayes from the passages it has, in which several features must speak for it.
    ///
    /// # Source
    /// Nigam, K. et al. (2000), as for the mixture: what is labelled teaches which other words speak for it.
    fn widen(&self, passages: &mut Vec<(u32, f64)>, desk: &mut Desk, barred: &FxHashSet<u32>) {
        let n_all = desk.n_all;
        let n_in: f64 = passages.iter().map(|&(passage, _)| desk.taken[passage as usize]).sum();
        if n_in < f64::from(MIN_SPEAKING) || n_in >= n_all {
            return;
        }
        desk.odds.fill((0, (n_in / n_all).ln()));
        for (feature, n) in desk.met(self.dfm, passages.iter().map(|&(passage, _)| passage), 2.0) {
            let all = desk.weighed[feature as usize];
            let speaks = ((n + all / n_all) / (n_in + 1.0)).ln() - ((all - n + 0.5) / (n_all - n_in + 1.0)).ln();
            if speaks < MIN_SPEAKS || barred.contains(&feature) || (self.is_reporting)(feature) {
                continue;
            }
            for &(passage, _) in self.postings.of(feature) {
                let odds = &mut desk.odds[passage as usize];
                *odds = (odds.0 + 1, odds.1 + speaks);
            }
        }
        passages.iter().for_each(|&(passage, _)| desk.odds[passage as usize].0 = 0);
        let spoken = desk.odds.iter().zip(0..).filter(|((n, odds), _)| *n >= MIN_SPEAKING && *odds >= MIN_LOG_ODDS);
        passages.extend(spoken.map(|((_, odds), passage)| (passage, 1.0 / (1.0 + (-odds).exp()))));
        passages.sort_unstable_by_key(|&(passage, _)| passage);
    }
}

/// What growing looks up again and again, and room to count in.
struct Desk {
    /// How often each passage is taken.
    taken: Vec<f64>,
    /// Passages of each feature, each as often as it is taken.
    weighed: Vec<f64>,
    /// Passages in all, each as often as it is taken.
    n_all: f64,
    /// For each passage, how many features speak for it, and how loudly.
    odds: Vec<(u32, f64)>,
    sums: Vec<f64>,
    met: Vec<u32>,
}

impl Desk {
    fn of(ground: &Ground<'_>) -> Self {
        let (n_rows, n_features) = (ground.dfm.n_rows(), ground.dfm.n_features());
        let taken: Vec<f64> =
            (0..n_rows as u32).map(|passage| ground.times[ground.postings.document(passage) as usize]).collect();
        let weigh = |f: u32| ground.postings.of(f).iter().map(|&(passage, _)| taken[passage as usize]).sum();
        Self {
            weighed: (0..n_features as u32).map(weigh).collect(),
            n_all: taken.iter().sum(),
            odds: vec![(0, 0.0); n_rows],
            sums: vec![0.0; n_features],
            met: Vec::new(),
            taken,
        }
    }

    /// The features that at least `least` of some passages have, and how many do; ascending.
    fn met(&mut self, dfm: &Dfm, passages: impl Iterator<Item = u32>, least: f64) -> Vec<(u32, f64)> {
        for passage in passages {
            let taken = self.taken[passage as usize];
            for &feature in dfm.row(passage as usize).0.iter().filter(|_| taken > 0.0) {
                let sum = &mut self.sums[feature as usize];
                if *sum == 0.0 {
                    self.met.push(feature);
                }
                *sum += taken;
            }
        }
        let mut met = Vec::new();
        for feature in self.met.drain(..) {
            let n = std::mem::take(&mut self.sums[feature as usize]);
            if n >= least {
                met.push((feature, n));
            }
        }
        met.sort_unstable_by_key(|&(feature, _)| feature);
        met
    }
}

/// Whether two candidates share most of the passages of the smaller one.
fn same(a: &Grown, b: &Grown) -> bool {
    let shared = shared(&a.passages, &b.passages);
    shared as f64 >= SAME * a.passages.len().min(b.passages.len()) as f64
}

/// How many passages two ascending lists share.
fn shared(a: &[(u32, f64)], b: &[(u32, f64)]) -> usize {
    a.iter().filter(|(p, _)| b.binary_search_by_key(p, |x| x.0).is_ok()).count()
}
