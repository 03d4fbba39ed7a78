//! Runs: what made them, kept whole.
//!
//! Comes in: a folder written by somebody else, and the record of what made it. Goes out: a published run.
//! Invariants: a run is there whole or not at all; `latest` points at a whole run; nothing published is ever altered.
//! This room writes no table and no page of its own, and reads no clock: the time is given to it.

mod lock;
mod publish;
mod record;
mod settings;

pub use lock::{Lock, LockError};
pub use publish::{PublishError, Staging, abandon, latest, publish, runs, stage};
pub use record::{Counts, Headline, Instant, RunId, RunRecord};
pub use settings::HistorySettings;
