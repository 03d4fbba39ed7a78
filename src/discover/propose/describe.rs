//! A candidate as people see it: label, features, sentences, figures, patterns.

use super::super::candidate::{CandidateId, CandidateTheme, Evidence, Feature, StanceBalance, SuggestedPattern};
use super::super::coherence::Cooccurrence;
use super::super::settings::DiscoverSettings;
use super::gather::Gathered;
use super::grow::{Ground, Grown};
use rustc_hash::FxHashSet;

/// Passages that are kept as the identity of a candidate.
const MAX_EVIDENCE: usize = 1000;
/// Patterns that are suggested.
const MAX_PATTERNS: usize = 12;
/// A feature is suggested as a pattern from this precision on.
const MIN_PRECISION: f64 = 0.5;
/// What a candidate that has no passage to itself keeps of its rank.
const LEAST_OWN: f64 = 0.1;

/// The stable ones among the grown, described, best first, at most `settings.n_candidates`.
pub fn describe(
    gathered: &Gathered,
    ground: &Ground<'_>,
    grown: &[Grown],
    stability: &[f64],
    settings: &DiscoverSettings,
) -> Vec<CandidateTheme> {
    let exclusive = exclusivity(ground, grown);
    let rank = |i: usize| grown[i].score * stability[i] * (LEAST_OWN + exclusive[i]);
    let mut order: Vec<usize> = (0..grown.len()).filter(|&i| stability[i] >= settings.min_stability).collect();
    order.sort_by(|&a, &b| rank(b).total_cmp(&rank(a)).then(a.cmp(&b)));
    order.truncate(settings.n_candidates);
    let mut themes: Vec<CandidateTheme> =
        order.into_iter().map(|i| one(gathered, ground, &grown[i], stability[i], settings)).collect();
    let mut given = FxHashSet::default();
    for theme in &mut themes {
        let mut id = theme.id.0.clone();
        while !given.insert(id.clone()) {
            id.push_str("-2");
        }
        theme.id = CandidateId(id);
    }
    themes
}

/// Share of the passages of each that have no theme, and are not of one that more speaks for.
fn exclusivity(ground: &Ground<'_>, grown: &[Grown]) -> Vec<f64> {
    let mut first = vec![usize::MAX; ground.dfm.n_rows()];
    for (i, one) in grown.iter().enumerate().rev() {
        one.passages.iter().for_each(|&(passage, _)| first[passage as usize] = i);
    }
    let own = |(i, one): (usize, &Grown)| {
        let is_own = |&&(passage, _): &&(u32, f64)| first[passage as usize] == i && ground.is_free[passage as usize];
        one.passages.iter().filter(is_own).count() as f64 / one.passages.len().max(1) as f64
    };
    grown.iter().enumerate().map(own).collect()
}

/// One candidate.
fn one(
    gathered: &Gathered,
    ground: &Ground<'_>,
    grown: &Grown,
    stability: f64,
    settings: &DiscoverSettings,
) -> CandidateTheme {
    let evidence: Vec<Evidence> = grown.passages.iter().map(|&(p, probability)| at(gathered, p, probability)).collect();
    let n_documents = distinct(&evidence);
    let label = label(ground, grown);
    CandidateTheme {
        id: CandidateId(slug(&label)),
        features: features(ground, grown, settings.n_features),
        sentences: best(&evidence, settings.n_sentences),
        n_passages: evidence.len() as u32,
        n_documents,
        prevalence: n_documents as f64 / gathered.n_documents().max(1) as f64,
        prevalence_interval: wilson(n_documents as f64, gathered.n_documents() as f64),
        stance: stance(gathered, grown),
        stability,
        exclusivity: 0.0,
        coherence: coherence(ground, grown),
        nearest: None,
        patterns: patterns(ground, grown),
        evidence: strongest(evidence),
        label,
    }
}

/// A passage as evidence.
pub fn at(gathered: &Gathered, passage: u32, probability: f64) -> Evidence {
    let (document, number) = gathered.places[passage as usize];
    let (document, document_id) = gathered.documents[document as usize].clone();
    Evidence { document: document as usize, document_id, passage: number, probability }
}

fn distinct(evidence: &[Evidence]) -> u32 {
    evidence.chunk_by(|a, b| a.document == b.document).count() as u32
}

/// The surest passages, one of each document, then second ones where documents are too few.
fn best(evidence: &[Evidence], n: usize) -> Vec<Evidence> {
    let mut sure: Vec<&Evidence> = evidence.iter().collect();
    sure.sort_by(|a, b| {
        b.probability.total_cmp(&a.probability).then((a.document, a.passage).cmp(&(b.document, b.passage)))
    });
    let mut seen = FxHashSet::default();
    let (first, rest): (Vec<&Evidence>, Vec<&Evidence>) = sure.into_iter().partition(|e| seen.insert(e.document));
    first.into_iter().chain(rest).take(n).cloned().collect()
}

/// The strongest thousand, in order of document and passage.
fn strongest(mut evidence: Vec<Evidence>) -> Vec<Evidence> {
    if evidence.len() > MAX_EVIDENCE {
        evidence.sort_by(|a, b| {
            b.probability.total_cmp(&a.probability).then((a.document, a.passage).cmp(&(b.document, b.passage)))
        });
        evidence.truncate(MAX_EVIDENCE);
        evidence.sort_by_key(|e| (e.document, e.passage));
    }
    evidence
}

fn features(ground: &Ground<'_>, grown: &Grown, n: usize) -> Vec<Feature> {
    let feature = |member: &super::grow::Member| Feature {
        text: ground.dfm.names[member.feature as usize].clone(),
        weight: member.keyness,
        n_passages: ground.dfm.n_passages[member.feature as usize],
    };
    grown.members.iter().take(n).map(feature).collect()
}

/// Its nucleus, or the phrase in which most of it stands, and two of the features that go with it and say something else.
fn label(ground: &Ground<'_>, grown: &Grown) -> String {
    let name = |feature: u32| ground.dfm.names[feature as usize].as_str();
    let head = grown.phrase.unwrap_or(grown.members[0].feature);
    let mut parts = vec![name(head)];
    for member in &grown.members[1..] {
        let said = |word: &str| parts.iter().any(|part| part.split(' ').any(|w| w == word));
        if parts.len() < 3 && !name(member.feature).split(' ').any(said) {
            parts.push(name(member.feature));
        }
    }
    parts.join(", ")
}

/// A name in letters, digits and hyphens.
fn slug(label: &str) -> String {
    let head = label.split(',').next().unwrap_or(label);
    let parts: Vec<&str> = head.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

fn stance(gathered: &Gathered, grown: &Grown) -> StanceBalance {
    let mut balance = StanceBalance::default();
    for &(passage, _) in &grown.passages {
        let cues = gathered.cues[passage as usize];
        match (cues.barrier, cues.facilitator) {
            (true, true) => balance.n_both += 1,
            (true, false) => balance.n_barrier += 1,
            (false, true) => balance.n_facilitator += 1,
            (false, false) => balance.n_mention += 1,
        }
    }
    balance
}

fn inside(ground: &Ground<'_>, grown: &Grown, feature: u32) -> (f64, f64) {
    let all = ground.postings.of(feature);
    let n = all.iter().filter(|(p, _)| grown.passages.binary_search_by_key(p, |x| x.0).is_ok()).count();
    (n as f64, all.len() as f64)
}

fn coherence(ground: &Ground<'_>, grown: &Grown) -> Option<f64> {
    let mut slots = vec![None; ground.dfm.n_features()];
    grown.members.iter().zip(0u32..).for_each(|(member, slot)| slots[member.feature as usize] = Some(slot));
    let mut counts = Cooccurrence::of(grown.members.len(), std::iter::empty());
    for passage in 0..ground.dfm.n_rows() {
        let window: Vec<u32> =
            ground.dfm.row(passage).0.iter().filter_map(|&feature| slots[feature as usize]).collect();
        counts.add(&window);
    }
    counts.coherence(&(0..grown.members.len()).collect::<Vec<_>>())
}

fn patterns(ground: &Ground<'_>, grown: &Grown) -> Vec<SuggestedPattern> {
    let mut patterns = Vec::new();
    for member in &grown.members {
        let (n, all) = inside(ground, grown, member.feature);
        let weight = ((n + 1.0) / (all + 2.0)).min(member.precision);
        if weight >= MIN_PRECISION && patterns.len() < MAX_PATTERNS {
            let text = ground.dfm.names[member.feature as usize].clone();
            patterns.push(SuggestedPattern { text, weight, n_passages: all as u32 });
        }
    }
    patterns
}

/// Ends of the 95 % interval of a share (Wilson, E. (1927). *JASA* 22, 209–212); 0 to 1 where there is nothing.
pub fn wilson(n: f64, all: f64) -> (f64, f64) {
    if all <= 0.0 {
        return (0.0, 1.0);
    }
    let (z, p) = (1.959_963_985, n / all);
    let middle = (p + z * z / (2.0 * all)) / (1.0 + z * z / all);
    let half = z / (1.0 + z * z / all) * (p * (1.0 - p) / all + z * z / (4.0 * all * all)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}
