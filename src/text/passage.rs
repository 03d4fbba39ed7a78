//! What a text is cut into: tokens, sentences, passages. Nouns only.

use crate::corpus::{SectionKind, Span};
use serde::{Deserialize, Serialize};

/// Number of a distinct word (case folded, with its stem) in one `Vocabulary`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u32);

/// One occurrence of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The bytes it covers.
    pub span: Span,
    /// Its type.
    pub type_id: TypeId,
}

/// A hyphenated word seen whole: it lies over the tokens of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compound {
    /// Index of its first part in the document's tokens.
    pub first_token: u32,
    /// How many parts it has; at least 2.
    pub n_tokens: u16,
    /// The type of the whole (its surface holds the hyphens).
    pub type_id: TypeId,
}

/// One sentence: the smallest unit. Sentences ascend and never overlap; every token lies in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The bytes it covers, without white space at either end.
    pub span: Span,
    /// Index of its first token in the document.
    pub first_token: u32,
    /// How many tokens it has; may be 0.
    pub n_tokens: u32,
    /// Number of its paragraph in the document, the first being 0. Headings and list items are paragraphs of their own.
    pub paragraph: u32,
    /// The section it lies in.
    pub section: SectionKind,
}

/// The unit that is scored and coded: one sentence, or the sentences of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// From the start of its first sentence to the end of its last.
    pub span: Span,
    /// Index of its first sentence in the document.
    pub first_sentence: u32,
    /// How many sentences it has; at least 1.
    pub n_sentences: u32,
    /// Index of its first token in the document.
    pub first_token: u32,
    /// How many tokens it has.
    pub n_tokens: u32,
}

/// One document cut up. Kept by a worker and filled anew for each document, so that nothing is allocated twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The language whose stemmer was used.
    pub language: super::Language,
    /// The tokens, ascending.
    pub tokens: Vec<Token>,
    /// The hyphenated words among them, ascending by first token.
    pub compounds: Vec<Compound>,
    /// The sentences, ascending.
    pub sentences: Vec<Sentence>,
}
