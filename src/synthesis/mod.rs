//! What it adds up to over documents: gather evidence, then sum up.
//!
//! Comes in: scores, and the evidence that `gather` took from the texts, one document at a time. Goes out: a `Synthesis`:
//! how strongly each theme runs through the documents that were selected, beside which others, when, in which kinds of
//! source, on whose authority, and about which outcomes.
//! Invariants: a document that was not selected counts nowhere; every figure names passages that can be opened; undefined
//! figures are `None`; the same bytes at any number of threads. This room writes nothing and rounds nothing.

mod finding;
mod whole;
mod claim;
mod evidence;
mod settings;
mod bootstrap;
mod readers;
mod gather;
mod repeats;
mod themes;
mod claims;
mod sum;

pub use bootstrap::Bootstrap;
pub use claim::{
    CellStatus, CitedSource, CitedTheme, Concept, Definition, EvidenceMap, MapCell, Outcome, PrismaFlow, Reason,
    Recovery, Scorecard, Selection, SelectionOutcome, Stage, UnnamedTheme, Variant, VariantPair, VariantUse,
};
pub use evidence::{Citation, CitedWork, DocumentEvidence, Evidence, OutcomeMention, Repeat, Status, VariantMention};
pub use finding::{
    BestPassage, Breakdown, CoOccurrence, Estimate, Group, GroupTheme, Interval, PassageRef, PatternFinding,
    RankFinding, StanceCounts, ThemeFinding, Trend,
};
pub use gather::{Probes, gather};
pub use repeats::{count_once, mark_repeats, repeats};
pub use settings::{
    BootstrapSettings, ConceptSettings, Dimension, OutcomeSettings, ReferenceSettings, ReferenceTheme, Repeated,
    SelectionAction, SelectionRule, Switch, SynthesisSettings,
};
pub use sum::of;
pub use whole::Synthesis;
