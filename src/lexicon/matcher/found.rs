//! What is found, and the room to find it in. Nouns only.

use super::super::classes::ClassId;
use super::mask::Mask;

/// One pattern met at one span of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index into `Lexicon::themes`, or into `Lexicon::cues` for a cue.
    pub theme: u16,
    /// Index into `Lexicon::patterns`; for a cue, into its own list.
    pub pattern: u32,
    /// Index of the sentence in the document.
    pub sentence: u32,
    /// First token of the span, counted in the document.
    pub first_token: u32,
    /// How many tokens it spans, gaps included.
    pub n_tokens: u16,
}

/// Half-open range of tokens of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub start: u32,
    pub end: u32,
}

/// A token, or a hyphenated word seen whole, that an operand can begin with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begin {
    pub run: Run,
    pub class: ClassId,
    /// The operands, as far as a mask tells.
    pub operands: Mask,
}

/// The runs of an operand in one sentence.
#[derive(Debug, Default)]
pub(super) struct Operand {
    /// Which sentence, counted from the first that this scratch saw.
    pub sentence: u64,
    pub runs: Vec<Run>,
}

/// One entry (a pattern of a theme, an exception, a cue) met at one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Met {
    pub entry: u32,
    pub run: Run,
}

/// A hit that another may still outdo; ordered so that the one to settle first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub group: u16,
    /// `u16::MAX` less the length, so that the longest come first.
    pub shortness: u16,
    pub start: u32,
    pub pattern: u32,
}

/// Room for one worker to match in, so that nothing is allocated per sentence. It may serve any lexicon.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Trie nodes still to be visited, with the token to go on from.
    pub(super) stack: Vec<(u32, u32)>,
    pub(super) met: Vec<Met>,
    /// A bit for each rule of which a gate was met, and for each of which a second need was.
    pub(super) gates: Vec<u64>,
    pub(super) needs: Vec<u64>,
    /// Where among `gates` and `needs` there are any.
    pub(super) touched: Vec<u32>,
    /// Rules of which both were met: the first of up to sixty-four, and a bit for each.
    pub(super) ready: Vec<(u32, u64)>,
    /// What of a sentence is anything to a machine.
    pub(super) words: Vec<(Run, ClassId)>,
    /// Where operands can begin.
    pub(super) begins: Vec<Begin>,
    /// Runs met of each operand, in the last sentence that asked for it.
    pub(super) operands: Vec<Operand>,
    pub(super) n_sentences: u64,
    /// Exceptions met: group, run.
    pub(super) excepted: Vec<(u16, Run)>,
    pub(super) candidates: Vec<Candidate>,
    /// For each token of the sentence, the last settlement that took it.
    pub(super) claims: Vec<u64>,
    pub(super) n_settled: u64,
    /// Empty vectors to evaluate rules in.
    pub(super) spare: Vec<Vec<Run>>,
}
