//! Candidates from run to run: recognized by their evidence, until a person accepts, renames or dismisses them.
//!
//! What people have decided is an input of the study, and acts on what is proposed. What an earlier run knew is not: it
//! gives candidates their names and their age in the record of a run, and changes nothing that is proposed.

mod accept;
mod carry;
mod decide;
mod decision;
mod known;
#[cfg(test)]
mod tests;
mod write;

pub use accept::accept;
pub use carry::carry;
pub use decide::decide;
pub use decision::{Decision, Decisions, Verdict};
pub use known::{KnownCandidate, Standing, Trace};
pub use write::with_decision;
