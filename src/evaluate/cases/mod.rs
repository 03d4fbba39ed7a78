//! Codings and scores brought to the same units.
//!
//! Comes in: codings as read, documents, scores. Goes out: for each document what every coder says of every theme
//! (`Coded`), and for each unit how often the parties' verdicts meet in which way (`Tally`).

mod disagreement;
mod stance;
mod tally;
mod verdict;

pub(super) use disagreement::disagreements;
pub(super) use stance::stances;
pub(super) use tally::{Tally, Theirs};
pub(super) use verdict::{Coded, Mark, Resolved, mark, resolve};
