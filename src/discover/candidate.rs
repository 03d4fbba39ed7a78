//! What discovery proposes, until a person names it. Nouns only.

use crate::corpus::DocumentId;
use serde::{Deserialize, Serialize};

/// A counted stem or phrase, and how strongly it speaks for what it is listed under.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// The word or phrase as it is written most often, case folded.
    pub text: String,
    /// How strongly; the unit is that of the list it stands in, the highest first.
    pub weight: f64,
    /// Passages that have it.
    pub n_passages: u32,
}

/// Name of a candidate in one run, made of its first features; `KnownCandidate` is what it goes by over runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CandidateId(pub String);

impl std::fmt::Display for CandidateId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One passage that speaks for a candidate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document, by its place in the index.
    pub document: usize,
    /// The same, by its name: what carries over to another run.
    pub document_id: DocumentId,
    /// Its passage, 0-based.
    pub passage: u32,
    /// The chance that the passage has the candidate theme, 0 to 1.
    pub probability: f64,
}

/// How the passages of a candidate divide by stance, told by the study's cue lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StanceBalance {
    /// Passages in which it hinders.
    pub n_barrier: u32,
    /// Passages in which it helps.
    pub n_facilitator: u32,
    /// Passages in which it does both.
    pub n_both: u32,
    /// Passages that only mention it.
    pub n_mention: u32,
}

/// The theme of the lexicon that a candidate is closest to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearestTheme {
    /// Index into `Lexicon::themes`.
    pub theme: u16,
    /// Overlap of the passages of both: shared over all (Jaccard), 0 to 1.
    pub overlap: f64,
    /// Cosine of the feature counts of the passages of both, 0 to 1.
    pub similarity: f64,
}

/// One theme that discovery proposes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CandidateTheme {
    /// Its id, in letters, digits and hyphens.
    pub id: CandidateId,
    /// A readable name made of phrases from the texts.
    pub label: String,
    /// Its nucleus, then the features that go with it most (G² of passages), the strongest first.
    pub features: Vec<Feature>,
    /// Its best passages over different documents, best first; at most `n_sentences`.
    pub sentences: Vec<Evidence>,
    /// Its passages in order of document and passage, the strongest thousand where there are more: its identity over runs.
    pub evidence: Vec<Evidence>,
    /// Passages that have it (probability from 0.5).
    pub n_passages: u32,
    /// Documents that have such a passage.
    pub n_documents: u32,
    /// Share of the documents that have it, 0 to 1.
    pub prevalence: f64,
    /// Ends of the 95 % interval of the prevalence (Wilson's score interval).
    pub prevalence_interval: (f64, f64),
    /// What its passages say of it.
    pub stance: StanceBalance,
    /// Mean overlap (Jaccard) of its evidence with that of its nearest theme in each of the other runs, 0 to 1.
    pub stability: f64,
    /// Share of its passages that no theme of the lexicon and no other candidate has, 0 to 1.
    pub exclusivity: f64,
    /// Mean NPMI of the pairs of its features over the passages, −1 to 1; `None` with fewer than two features.
    pub coherence: Option<f64>,
    /// The closest theme of the lexicon; `None` without one.
    pub nearest: Option<NearestTheme>,
    /// What its theme file would hold: patterns in the pattern language, with the precision expected of each.
    pub patterns: Vec<SuggestedPattern>,
}

/// A pattern that a theme file could hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuggestedPattern {
    /// The pattern, in the pattern language.
    pub text: String,
    /// Share of the passages it meets that belong to the theme, shrunk towards one half: its weight, 0 to 1.
    pub weight: f64,
    /// Passages it meets.
    pub n_passages: u32,
}

/// What would make an existing theme grow: features that go with it and that its patterns do not have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Growth {
    /// Index into `Lexicon::themes`.
    pub theme: u16,
    /// Patterns to think about, the best first.
    pub patterns: Vec<SuggestedPattern>,
    /// Passages that have the theme without its words, surest first; at most two hundred.
    pub without_words: Vec<WithoutWords>,
}

/// A passage that no pattern of a theme meets, and that has what goes with the theme elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WithoutWords {
    /// The passage, with the probability of the theme in it, from 0.6: 1 less the product, over all that speaks for it, of 1
    /// less the share of its passages that have the theme (shrunk towards one half, at most 0.8).
    pub at: Evidence,
    /// Its words that go with the theme elsewhere, the surest first. Never empty.
    pub features: Vec<String>,
    /// Whether it speaks for it, too, that the passage before or behind it has the theme.
    pub is_beside: bool,
}

/// What people marked of one theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// The theme, as they call it.
    pub theme: String,
    /// The documents that all of them marked with it.
    pub documents: std::collections::BTreeSet<DocumentId>,
    /// The passages that any of them pointed at for it in these, 0-based; none where they named documents alone.
    pub passages: std::collections::BTreeSet<(DocumentId, u32)>,
}

/// The candidate that comes nearest to what people marked of one theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recovered {
    /// The theme, as they call it.
    pub theme: String,
    /// Documents marked with it.
    pub n_marked: u32,
    /// Passages that they pointed at.
    pub n_passages: u32,
    /// Of these, passages that the candidate has.
    pub n_shared_passages: u32,
    /// Index into `Candidates::themes`; `None` where no candidate shares more than chance.
    pub candidate: Option<usize>,
    /// Documents that are marked and have the candidate.
    pub n_shared: u32,
    /// Documents that have the candidate, of those that people read.
    pub n_candidate: u32,
    /// Overlap of the documents of both (Jaccard), 0 to 1.
    pub overlap: f64,
    /// Found again: they share more than chance gives once in a thousand (G² past 10.83), of the passages where people
    /// pointed at any, else of the documents.
    pub found: bool,
}

/// A published theme, and what `LexiconUse::Blind` found of it by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rediscovery {
    /// Index into `Lexicon::themes`.
    pub theme: u16,
    /// Index into `Candidates::themes` of the candidate that shares most evidence with it; `None` where none shares any.
    pub candidate: Option<usize>,
    /// How many times more often than by chance the candidate's passages have the theme.
    pub lift: f64,
    /// Overlap of the passages of both (Jaccard), 0 to 1.
    pub overlap: f64,
    /// Found again: the lift is at least 2 and could not be chance (G² past 10.83, one in a thousand).
    pub found: bool,
}

/// Everything discovery has to propose.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Candidates {
    /// Candidate themes, best first.
    pub themes: Vec<CandidateTheme>,
    /// For each theme of the lexicon, what would make it grow.
    pub growth: Vec<Growth>,
    /// For each theme of the lexicon, what a blind search found of it; empty unless blind.
    pub rediscovered: Vec<Rediscovery>,
    /// Features that passages without any theme have more often than the others, by keyness, the highest first.
    pub uncovered: Vec<Feature>,
    /// Passages looked at.
    pub n_passages: u32,
    /// Of these, passages that have no theme of the lexicon.
    pub n_uncovered: u32,
}
