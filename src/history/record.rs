//! What made a run, and what it came to. Nouns only.

use crate::corpus::{Digest, Fault, Source};
use crate::discover::KnownCandidate;
use serde::{Deserialize, Serialize};

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// As RFC 3339 in UTC, to the second: `2026-11-22T07:31:05Z`. Years beyond 9999 are shown as the last second before them.
    pub fn to_rfc3339(self) -> String {
        jiff::Timestamp::from_second(self.0).unwrap_or(jiff::Timestamp::MAX).to_string()
    }

    /// The instant that a record gives; `None` where the text is no time.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|time| Instant(time.as_second()))
    }
}

/// Name of a run and of its folder: its start in UTC, `20261122T073105Z`, with `-2`, `-3` … where that is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub String);

impl RunId {
    /// The name of a run begun at `started`, before it is known whether it is taken.
    pub fn of(started: Instant) -> Self {
        RunId(started.to_rfc3339().replace(['-', ':'], ""))
    }
}

impl std::fmt::Display for RunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What went in and came out. `n_ok + n_cut + n_skipped` are the files of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Files taken whole.
    pub n_ok: usize,
    /// Files taken in part.
    pub n_cut: usize,
    /// Files of which nothing was taken.
    pub n_skipped: usize,
    /// Documents read, segmented and indexed in this run.
    pub n_new_documents: usize,
    /// Documents in the index.
    pub n_documents: usize,
    /// Passages that were scored; like tokens and hits, of the documents that stand for a work.
    pub n_passages: u64,
    /// Tokens.
    pub n_tokens: u64,
    /// Hits, negated ones included.
    pub n_hits: u64,
}

/// What a run held in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// What it was to stay within, in bytes; `None` where no bound was given.
    pub bound_bytes: Option<u64>,
    /// The most it held by itself, in bytes, pages of mapped files left out; `None` where the system does not tell.
    pub peak_bytes: Option<u64>,
}

/// The figures of one theme that a list of runs shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Headline {
    /// The theme's id.
    pub theme: String,
    /// Documents that have it.
    pub n_documents: usize,
    /// Share of documents that have it, 0–1; `None` where there are none.
    pub prevalence: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
}

impl Headline {
    /// Whether the prevalence of a later run lies outside this run's interval; `false` where there is none.
    pub fn is_left_by(&self, prevalence: Option<f64>) -> bool {
        match (self.low, self.high, prevalence) {
            (Some(low), Some(high), Some(prevalence)) => !(low..=high).contains(&prevalence),
            _ => false,
        }
    }
}

/// The record of one run, `run.json`: a reader believes only what it names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunRecord {
    /// Name of the run.
    pub run: RunId,
    /// Name of the study.
    pub study: String,
    /// The run that was the newest when it began, if there was one; its clock may have been ahead.
    pub before: Option<RunId>,
    /// When it began.
    pub started: String,
    /// When it was published.
    pub finished: String,
    /// Version of the program.
    pub program: String,
    /// Digest of the program's sources: two builds with the same one do the same.
    pub build: String,
    /// Version of the analyzer.
    pub analyzer: u32,
    /// Digest of the lexicon: everything that can change a hit.
    pub lexicon: Digest,
    /// Digest of everything that can change the result. Two runs with the same one have the same tables and page.
    pub fingerprint: Digest,
    /// The settings as resolved, defaults filled in.
    pub settings: serde_json::Value,
    /// The files of the corpus.
    pub sources: Vec<Source>,
    /// Every other file that went in: theme files, codings, verdicts.
    pub inputs: Vec<Source>,
    /// Digest of the documents by whose codings and verdicts people moved the weights of the patterns; empty where nobody did.
    pub judged: Digest,
    /// Counts.
    pub counts: Counts,
    /// Why the index had to be made anew although there was one; `None` where it was kept.
    pub rebuilt: Option<String>,
    /// What it held in memory.
    pub memory: Memory,
    /// The themes' headline figures.
    pub headlines: Vec<Headline>,
    /// The candidates of this run and of earlier ones, by the names that they keep.
    pub candidates: Vec<KnownCandidate>,
    /// What was not, or not wholly, taken.
    pub faults: Vec<Fault>,
    /// The files of the run, with their digests; `run.json` itself is not among them.
    pub outputs: Vec<Source>,
    /// Digest of the bytes of `run.json` with this field left empty. Filled in when the run is published.
    pub seal: Digest,
}
