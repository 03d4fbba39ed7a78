//! A document as the matcher sees it: for each token, which of the lexicon's words it is. Nouns only.

/// Which words of the lexicon a token can be: 0 where none, else the number of a set of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u32);

impl ClassId {
    /// The class of tokens that no pattern can match.
    pub const NONE: ClassId = ClassId(0);
}

/// The class of a hyphenated word seen whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CompoundClass {
    /// Index of its first part in the document's tokens.
    pub first_token: u32,
    /// How many tokens it lies over.
    pub n_tokens: u16,
    /// Its class; never `NONE`.
    pub class: ClassId,
}

/// Where a sentence lies among the tokens of its document, and which passage it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceTokens {
    /// Index of its first token.
    pub first_token: u32,
    /// How many tokens it has.
    pub n_tokens: u32,
    /// Index of its passage in the document.
    pub passage: u32,
    /// Whether it is scored; reference lists and boilerplate are not.
    pub scored: bool,
}

/// One document as the matcher sees it: the sparse `(passage, position, type)` stream, laid out by position.
///
/// It comes either out of the index's postings or straight from the analyzer; nothing downstream can tell which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenClasses {
    /// The class of every token of the document, `ClassId::NONE` for most.
    pub classes: Vec<ClassId>,
    /// The hyphenated words that have a class, ascending by first token.
    pub compounds: Vec<CompoundClass>,
    /// The sentences, ascending; those with no tokens included.
    pub sentences: Vec<SentenceTokens>,
    /// How many passages the document has.
    pub n_passages: u32,
}
