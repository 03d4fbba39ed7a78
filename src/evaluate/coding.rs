//! What coders said. Nouns only.

use crate::corpus::{DocumentId, Fault, Span};
use crate::lexicon::{Stance, ThemeId};
use serde::Serialize;
use std::path::PathBuf;

/// Name of a coder.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CoderId(pub String);

impl std::fmt::Display for CoderId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where in its document a coding lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Place {
    /// The document as a whole.
    Document,
    /// A sentence, 0-based.
    Sentence(u32),
    /// A stretch of text.
    Bytes(Span),
    /// The first sentence that holds these words.
    Quote(String),
}

/// One judgement by one coder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coding {
    /// Who.
    pub coder: CoderId,
    /// Of which document.
    pub document: DocumentId,
    /// What was found; `None` says that the document was read and has no theme.
    pub theme: Option<ThemeId>,
    /// What is said of it, where the coder says.
    pub stance: Option<Stance>,
    /// Where.
    pub place: Place,
    /// The file, as the study names it.
    pub file: String,
    /// Its line, the first being 1.
    pub line: u64,
}

/// A reviewer's word on a single hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HitVerdict {
    /// The document of the hit.
    pub document: DocumentId,
    /// Its theme.
    pub theme: ThemeId,
    /// Its pattern, as written.
    pub pattern: String,
    /// Where it lies.
    pub span: Span,
    /// Whether the hit is right.
    pub is_right: bool,
    /// The file, as the study names it.
    pub file: String,
    /// Its line, the first being 1.
    pub line: u64,
}

/// All judgements of a study, in the order of files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Codings {
    /// The codings.
    pub rows: Vec<Coding>,
    /// The verdicts on single hits.
    pub verdicts: Vec<HitVerdict>,
    /// Rows that could not be taken, with the reason.
    pub faults: Vec<Fault>,
}

/// Why codings could not be had.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// A file of codings or verdicts could not be read, or lacks a column.
    #[error("{}:{line}: {what}\n  hint: {hint}", file.display())]
    Codings {
        /// The file.
        file: PathBuf,
        /// The line, the first being 1.
        line: u64,
        /// What is wrong.
        what: String,
        /// How to mend it.
        hint: String,
    },
    /// The text behind a coding could not be read.
    #[error(transparent)]
    Index(#[from] crate::index::IndexError),
}
