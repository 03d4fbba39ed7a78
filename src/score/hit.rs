//! Hits and scores. Nouns only.

use crate::corpus::Span;
use crate::lexicon::Stance;
use serde::{Deserialize, Serialize};

/// One pattern of a theme met at one span of tokens; kept small, because there is one for every hit of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Index of the passage in its document.
    pub passage: u32,
    /// Index into `Lexicon::patterns`.
    pub pattern: u32,
    /// First token of the span.
    pub first_token: u32,
    /// How many tokens it spans.
    pub n_tokens: u16,
    /// Index into `Lexicon::themes`.
    pub theme: u16,
    /// What is said of the theme here.
    pub stance: Stance,
    /// Denied: shown, not counted.
    pub negated: bool,
}

/// Score of one theme in one passage or document.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ThemeScore {
    /// Index into `Lexicon::themes`.
    pub theme: u16,
    /// Hits that count (negated ones do not).
    pub n_hits: u32,
    /// The chance that at least one of the hits is right, 0 to 1; of a document, the highest of its passages.
    pub score: f64,
    /// Whether the score reaches the threshold.
    pub has_theme: bool,
    /// What is said of the theme.
    pub stance: Stance,
}

impl ThemeScore {
    /// The score of a theme that nothing speaks for.
    pub fn none(theme: u16) -> Self {
        Self { theme, n_hits: 0, score: 0.0, has_theme: false, stance: Stance::Mention }
    }
}

/// Scores of one passage in one theme.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PassageScore {
    /// Index of the passage in its document.
    pub passage: u32,
    /// The score.
    pub score: ThemeScore,
}

/// One theme in one document.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DocumentScore {
    /// The score.
    pub score: ThemeScore,
    /// Passages that have the theme.
    pub n_passages: u32,
    /// Hits per 1,000 scored tokens; `None` for a document with no scored token.
    pub rate_per_1000_tokens: Option<f64>,
}

/// Everything found in one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentScores {
    /// Hits, ascending by first token, then theme.
    pub hits: Vec<Hit>,
    /// A score for every passage and theme with a hit (negated ones included), by passage, then theme.
    pub passages: Vec<PassageScore>,
    /// A score for every theme of the lexicon, in its order.
    pub themes: Vec<DocumentScore>,
    /// Passages that have at least one scored sentence.
    pub n_scored_passages: u32,
    /// Tokens of scored sentences.
    pub n_scored_tokens: u32,
}

/// Everything found in the corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// One for each document of the index, in its order.
    pub documents: Vec<DocumentScores>,
    /// For each document the span of each of its hits, in their order.
    pub spans: Vec<Vec<Span>>,
}
