//! Runs: what made them, kept whole.
//!
//! Comes in: a folder written by somebody else, and the record of what made it. Goes out: a published run; what changed
//! between two of them, and why; whether anything rotted.
//! Invariants: a run is there whole or not at all; `latest` points at a whole run; nothing published is ever altered.
//! This room writes no table and no page of its own, and reads no clock: the time is given to it.

mod diff;
mod error;
mod lock;
mod publish;
mod published;
mod record;
mod retain;
mod settings;
mod verify;

pub use diff::{
    Behind, Between, CandidateChange, CandidateChanges, Cause, Diff, KnownDocument, Pair, Part, Share, Snapshot,
    ThemeChange, Themes, causes, diff, patterns, renamed, snapshot, steps, weights,
};
pub use error::PublishError;
pub use lock::{Lock, LockError};
pub use publish::{Staging, abandon, keep_inputs, publish, stage};
pub use published::{latest, mend_latest, runs, stands};
pub use record::{Counts, Headline, Instant, Memory, RunId, RunRecord};
pub use settings::HistorySettings;
pub use verify::{Quotes, compare, verify, verify_quotes};
