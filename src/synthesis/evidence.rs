//! What is taken from the texts themselves, document by document, before anything is summed up. Nouns only.

use super::finding::PassageRef;
use crate::corpus::Span;
use serde::{Deserialize, Serialize};

/// Evidence status of a passage about an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Evidence is said to be lacking.
    Lacking,
    /// Looked for, and found none or negative.
    Negative,
    /// Found, and positive.
    Positive,
    /// Hoped for or expected.
    Anticipated,
    /// Spoken of, with no claim.
    Unstated,
}

/// One sentence about one outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutcomeMention {
    /// Index of the sentence in the document.
    pub sentence: u32,
    /// Index of its passage.
    pub passage: u32,
    /// Index into `SynthesisSettings::outcomes`.
    pub outcome: u16,
    /// What is said of it.
    pub status: Status,
}

/// One name of a concept, met once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VariantMention {
    /// Index of the passage in the document.
    pub passage: u32,
    /// Index into `SynthesisSettings::concepts`.
    pub concept: u16,
    /// Index of the variant in its concept, in order of name.
    pub variant: u16,
    /// Whether the sentence defines it.
    pub defines: bool,
}

/// A work as it is cited: its authors' surnames as written, and the year.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CitedWork {
    /// Surname of the first author, or name of the body.
    pub author: String,
    /// Surname of the second author, where two are named.
    pub second_author: Option<String>,
    /// Whether `et al.` or the like follows, or more than two are named.
    pub et_al: bool,
    /// The year; `None` for a numbered citation that the reference list does not resolve.
    pub year: Option<i32>,
    /// The letter behind the year, as in 2003a.
    pub letter: Option<char>,
    /// The number, for a numbered citation that the reference list does not resolve.
    pub number: Option<u32>,
}

/// A work cited in running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Where the citation is written.
    pub span: Span,
    /// Index of its passage.
    pub passage: u32,
    /// What it cites.
    pub work: CitedWork,
}

/// A passage that an earlier document has too, nearly word for word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// Index of the passage in the document.
    pub passage: u32,
    /// Its length in tokens.
    pub n_tokens: u32,
    /// Where it stands first.
    pub first: PassageRef,
}

/// What was taken from one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentEvidence {
    /// Works cited, ascending by span.
    pub citations: Vec<Citation>,
    /// Sentences about outcomes, ascending.
    pub outcomes: Vec<OutcomeMention>,
    /// Names of concepts, ascending.
    pub variants: Vec<VariantMention>,
    /// Indices of the rules of selection whose patterns the text meets, ascending.
    pub rules_met: Vec<u16>,
    /// Passages with a hit that an earlier document has too, ascending.
    pub repeats: Vec<Repeat>,
}

/// What was taken from the texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// One for each document of the index, in its order; empty where nothing was gathered.
    pub documents: Vec<DocumentEvidence>,
    /// Records that were skipped, sources of which nothing could be read, and records whose text is not here.
    pub n_unread: u32,
    /// Records without an abstract that are other versions of a work: of a document, or of such a record.
    pub n_known_records: u32,
}
