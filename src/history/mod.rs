//! Runs: what made them, kept whole.
//!
//! Comes in: a folder written by somebody else, and the record of what made it. Goes out: a published run; what changed
//! between two of them, and why; whether anything rotted.
//! Invariants: a run is there whole or not at all; `latest` points at a whole run; nothing published is ever altered.
//! This room writes no table and no page of its own, and reads no clock: the time is given to it.

mod diff;
mod lock;
mod publish;
mod record;
mod retain;
mod settings;
mod verify;

pub use diff::{
    Behind, Between, CandidateChange, CandidateChanges, Cause, Diff, KnownDocument, Pair, Part, Share, Snapshot,
    ThemeChange, Themes, causes, diff, patterns, snapshot,
};
pub use lock::{Lock, LockError};
pub use publish::{PublishError, Staging, abandon, keep_inputs, latest, publish, runs, stage};
pub use record::{Counts, Headline, Instant, Memory, RunId, RunRecord};
pub use settings::HistorySettings;
pub use verify::{Quotes, compare, verify, verify_quotes};
