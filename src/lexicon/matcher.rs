//! Walks the classes of a sentence and finds what the lexicon says.

/// One pattern met at one span of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index into `Lexicon::themes`, or into `Lexicon::cues` for a cue.
    pub theme: u16,
    /// Index into `Lexicon::patterns`; for a cue, into its own list.
    pub pattern: u32,
    /// Index of the sentence in the document.
    pub sentence: u32,
    /// First token of the span.
    pub first_token: u32,
    /// How many tokens it spans, gaps included.
    pub n_tokens: u16,
}

/// Room for one worker to match in, so that nothing is allocated per sentence.
#[derive(Debug, Default)]
pub struct Scratch {}
