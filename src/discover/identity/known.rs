//! A candidate as it is known over the runs. Nouns only.

use super::super::candidate::{CandidateId, CandidateTheme};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// Share of their evidence that two candidates must have in common to be the same.
pub const SAME: f64 = 1.0 / 3.0;
/// Share of their features that two candidates must have in common to be the same, where their evidence shares nothing.
pub const SAME_FEATURES: f64 = 0.5;

/// What a candidate is recognized by in a later run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Trace {
    /// Its features, the most characteristic first.
    pub features: Vec<String>,
    /// Its passages, 0-based, by document. Written as `"document": "3 7 12"`.
    #[serde(serialize_with = "write_places", deserialize_with = "read_places")]
    pub evidence: BTreeMap<String, BTreeSet<u32>>,
}

impl Trace {
    /// The trace of a candidate.
    pub fn of(candidate: &CandidateTheme) -> Self {
        let mut evidence: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for at in &candidate.evidence {
            evidence.entry(at.document_id.0.clone()).or_default().insert(at.passage);
        }
        Self { features: candidate.features.iter().map(|feature| feature.text.clone()).collect(), evidence }
    }

    /// Share of their evidence that this candidate and a later one have in common, 0 to 1: the passages of both over those
    /// of either (Jaccard), in the documents that this one has evidence in and that are still there. So a candidate that
    /// grows with new literature stays itself. Where none of its documents is there any more, or the passages are cut
    /// otherwise than they were, so that nothing is shared, 0.
    pub fn likeness(&self, later: &Trace, is_there: &dyn Fn(&str) -> bool) -> f64 {
        let none = BTreeSet::new();
        let (mut n_both, mut n_either) = (0, 0);
        for (document, passages) in self.evidence.iter().filter(|(document, _)| is_there(document)) {
            let now = later.evidence.get(document).unwrap_or(&none);
            n_both += passages.intersection(now).count();
            n_either += passages.union(now).count();
        }
        if n_either == 0 { 0.0 } else { n_both as f64 / n_either as f64 }
    }

    /// How surely this candidate and a later one are the same, 0 where they are not: by more than a third of their evidence; where
    /// none of its documents is there under its name any more, by more than half of their features.
    pub fn sameness(&self, later: &Trace, is_there: &dyn Fn(&str) -> bool) -> f64 {
        let (share, least) = match self.evidence.keys().any(|document| is_there(document)) {
            true => (self.likeness(later, is_there), SAME),
            false => (self.shared_features(later), SAME_FEATURES),
        };
        if share > least { share } else { 0.0 }
    }

    /// Share of their features that both have in common (Jaccard), 0 to 1.
    pub fn shared_features(&self, later: &Trace) -> f64 {
        let of = |trace: &Trace| -> BTreeSet<String> { trace.features.iter().cloned().collect() };
        let (a, b) = (of(self), of(later));
        a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
    }
}

fn write_places<S: Serializer>(evidence: &BTreeMap<String, BTreeSet<u32>>, to: S) -> Result<S::Ok, S::Error> {
    let numbers = |passages: &BTreeSet<u32>| passages.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    to.collect_map(evidence.iter().map(|(document, passages)| (document, numbers(passages))))
}

fn read_places<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, BTreeSet<u32>>, D::Error> {
    let read = |(document, numbers): (String, String)| {
        let passages = numbers.split_whitespace().map(str::parse).collect::<Result<BTreeSet<u32>, _>>();
        passages.map(|passages| (document, passages)).map_err(serde::de::Error::custom)
    };
    BTreeMap::<String, String>::deserialize(from)?.into_iter().map(read).collect()
}

/// What has become of a candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// This run proposes it.
    #[default]
    Proposed,
    /// An earlier run did and this one does not; it would get its name back.
    Resting,
    /// A person made a theme of it.
    Accepted,
    /// A person does not want to see it again.
    Dismissed,
}

/// One candidate over the runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownCandidate {
    /// The name that it goes by: the id it was born with, or the one that a person gave it. Unique in a study.
    pub name: String,
    /// The name that it was born with, which tells it from all others for ever.
    pub first_name: String,
    /// Its id in the tables and on the page of the run; `None` where the run does not propose it.
    pub id: Option<CandidateId>,
    /// What has become of it.
    pub standing: Standing,
    /// A readable name made of phrases from the texts.
    pub label: String,
    /// The run that proposed it first; empty until that is published.
    pub first_run: String,
    /// When that run began.
    pub first_seen: String,
    /// When the last run that proposed it began.
    pub last_seen: String,
    /// Documents that had it when it was first seen.
    pub first_n_documents: u32,
    /// Passages that had it when it was first seen.
    pub first_n_passages: u32,
    /// Documents that had it when it was last seen.
    pub n_documents: u32,
    /// Passages that had it when it was last seen.
    pub n_passages: u32,
    /// What it is recognized by.
    pub trace: Trace,
}
