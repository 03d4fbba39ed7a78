//! Hits, and a score per theme: find, stance, weigh.
//!
//! Comes in: documents as token classes, and the lexicon. Goes out: hits, and the scores of passages and documents.
//! Invariants: a score can be recomputed from its hits, and is where weights change (`reweigh`); negated hits are kept and not counted.
//! This room sees no text, no file and no clock.

mod cue;
mod hit;
mod settings;
mod stance;
#[cfg(test)]
mod tests;
mod weigh;

pub use hit::{DocumentScore, DocumentScores, Hit, PassageScore, Scores, ThemeScore};
pub use settings::ScoreSettings;
pub use weigh::{Scorer, Scratch, noisy_or, reaches, reweigh, themes, without};
