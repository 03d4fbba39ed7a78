//! What a sentence says of an outcome, and whom it cites.
//!
//! Comes in: spans of cues, or text. Goes out: statuses, and works as they are cited. Nothing here counts.

mod status;

pub(super) use status::{Cue, Says, status};
