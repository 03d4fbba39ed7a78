//! What a project is made of. Nouns only.

use crate::evaluate::Marked;
use crate::index::PassageIndex;
use crate::lexicon::{Lexicon, Stance};
use crate::score::Scores;

/// Everything that goes into a project.
#[derive(Clone, Copy)]
pub struct Project<'a> {
    /// Name of the study.
    pub name: &'a str,
    /// Version of the program.
    pub program: &'a str,
    /// When it is made, as in 2026-01-31T00:00:00Z.
    pub created: &'a str,
    /// The documents and their texts.
    pub index: &'a PassageIndex,
    /// The themes: the code book.
    pub lexicon: &'a Lexicon,
    /// Hits and scores.
    pub scores: &'a Scores,
    /// What the coders marked, in order of document.
    pub marks: &'a [Marked],
}

/// Stances as codes of their own, so that a query can join them with a theme.
pub const STANCES: [(Stance, &str); 4] = [
    (Stance::Barrier, "barrier"),
    (Stance::Facilitator, "facilitator"),
    (Stance::Both, "both"),
    (Stance::Mention, "mention"),
];

/// The name of a stance.
pub fn stance_name(stance: Stance) -> &'static str {
    STANCES.iter().find(|(known, _)| *known == stance).map_or("mention", |(_, name)| name)
}
