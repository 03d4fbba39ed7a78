//! The health card: what each pattern does for its theme. Nouns only.

use super::super::learn::Belief;
use crate::synthesis::PassageRef;
use serde::Serialize;

/// What is the matter with a pattern. Only hits in included documents are looked at, and denied hits count for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Flag {
    /// It is never met, not even denied.
    Dead,
    /// It is met only inside longer hits of its theme, which take its place.
    Covered,
    /// It speaks for its theme nearly alone: at least a quarter of the theme's hits are its own, though eight or more
    /// patterns of the theme are met.
    Greedy,
    /// Its words serve other themes as well: at least half of its hits share a word with a hit of a theme that is neither
    /// above nor below its own.
    Ambiguous,
    /// It is met and nothing hangs on it: no passage would lose the theme without it, since others suffice wherever it
    /// counts, or it never suffices itself.
    Redundant,
    /// People doubt it: the whole interval of its precision lies below its written weight.
    Doubted,
}

impl Flag {
    /// All of them, in order.
    pub const ALL: [Flag; 6] =
        [Flag::Dead, Flag::Covered, Flag::Greedy, Flag::Ambiguous, Flag::Redundant, Flag::Doubted];

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Flag::Dead => "dead",
            Flag::Covered => "covered",
            Flag::Greedy => "greedy",
            Flag::Ambiguous => "ambiguous",
            Flag::Redundant => "redundant",
            Flag::Doubted => "doubted",
        }
    }

    /// What it means, for a reader of the card.
    pub fn meaning(self) -> &'static str {
        match self {
            Flag::Dead => "never met in the included documents, not even denied",
            Flag::Covered => "met in the included documents only inside longer hits of its theme, which take its place",
            Flag::Greedy => {
                "at least a quarter of its theme's hits are its own, though eight or more patterns of the theme are met"
            }
            Flag::Ambiguous => {
                "at least half of its hits share a word with a hit of another theme (neither above nor below its own)"
            }
            Flag::Redundant => "met, yet no passage would lose the theme without it",
            Flag::Doubted => "the whole interval of its precision lies below the weight in its theme file",
        }
    }
}

/// One hit to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The passage that it lies in.
    pub passage: PassageRef,
    /// First token of the hit.
    pub first_token: u32,
    /// How many tokens it spans.
    pub n_tokens: u16,
}

/// What one pattern does for one theme: its own, or one above that.
///
/// Counts are of included documents. `n_passages` and everything below leave denied hits out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PatternCard {
    /// Index into `Lexicon::themes`.
    pub theme: u16,
    /// Index into `Lexicon::patterns`.
    pub pattern: u32,
    /// The pattern inside whose hits alone it is met, as an index into `Lexicon::patterns`; `None` where it has hits, or is
    /// not met at all.
    pub covered_by: Option<u32>,
    /// Hits that count.
    pub n_hits: u32,
    /// Denied hits.
    pub n_negated: u32,
    /// Documents with a hit that counts.
    pub n_documents: u32,
    /// Passages with a hit that counts.
    pub n_passages: u32,
    /// Its hits among all of the theme, 0 to 1; `None` where the theme has none.
    pub share_of_evidence: Option<f64>,
    /// Of its passages, the share that another theme has too (neither above nor below), 0 to 1; `None` without passages.
    pub overlap: Option<f64>,
    /// Those themes and how many of its passages each has, most first.
    pub overlaps: Vec<(u16, u32)>,
    /// Of its hits, the share that have a word in common with a hit of another theme (neither above nor below), 0 to 1.
    pub shared_words: Option<f64>,
    /// Those themes and how many of its hits each shares a word of, most first.
    pub shares_words_with: Vec<(u16, u32)>,
    /// Its weights, and what people say of it: `None` but for its own theme, the only one that it is judged for.
    pub belief: Option<Belief>,
    /// The weight that the scores believe.
    pub weight: f64,
    /// Passages that would lose the theme without it.
    pub n_passages_lost: u32,
    /// Documents that would.
    pub n_documents_lost: u32,
    /// What the theme's prevalence would change by: `−n_documents_lost / n`, n being the included documents.
    pub prevalence_change: Option<f64>,
    /// What F1 of the theme would change by, documents against the consensus of the coders (or the only one); documents are
    /// scored as they are held against coders. `None` where nobody coded the theme, or F1 is not defined.
    pub f1_change: Option<f64>,
    /// Hits to look at, the first of different documents.
    pub lines: Vec<Line>,
    /// What is the matter, in order.
    pub flags: Vec<Flag>,
}

/// The health card of a lexicon.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Card {
    /// For each theme its own patterns and those of its sub-themes that gave it a hit: by documents, then hits, the most
    /// first. In the order of the themes.
    pub patterns: Vec<PatternCard>,
}
