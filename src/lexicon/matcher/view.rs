//! A sentence as the matcher sees it. Nouns only.

use super::super::classes::{ClassId, CompoundClass, TokenClasses};
use super::words::Symbol;

/// A node of a trie.
pub(super) type NodeId = u32;

/// One set of symbols, with the nodes it leads to from the start of a sequence.
#[derive(Debug, Default)]
pub(super) struct Class {
    pub symbols: Box<[Symbol]>,
    /// See `mask`.
    pub mask: u64,
    pub theme_starts: Box<[NodeId]>,
    pub cue_starts: Box<[NodeId]>,
}

/// One sentence of a document.
pub(super) struct View<'a> {
    pub sentence: u32,
    /// Tokens of the document: the first of the sentence, and one past the last.
    pub start: u32,
    pub end: u32,
    /// Hyphenated words that begin in it.
    pub compounds: &'a [CompoundClass],
    pub classes: &'a [ClassId],
    pub table: &'a [Class],
}

impl<'a> View<'a> {
    pub(super) fn new(document: &'a TokenClasses, number: usize, table: &'a [Class]) -> Self {
        let sentence = document.sentences[number];
        let (start, end) = (sentence.first_token, sentence.first_token + sentence.n_tokens);
        let compounds = &document.compounds;
        let from = compounds.partition_point(|compound| compound.first_token < start);
        let to = compounds.partition_point(|compound| compound.first_token < end);
        Self { sentence: number as u32, start, end, compounds: &compounds[from..to], classes: &document.classes, table }
    }

    /// The class of a token, if it has one.
    pub(super) fn class(&self, at: u32) -> Option<&'a Class> {
        match self.classes.get(at as usize) {
            None | Some(&ClassId::NONE) => None,
            Some(id) => self.table.get(id.0 as usize >> 1),
        }
    }

    pub(super) fn compound_class(&self, compound: &CompoundClass) -> &'a Class {
        self.table.get(compound.class.0 as usize >> 1).unwrap_or(&self.table[0])
    }

    /// The hyphenated words that begin at a token and end in the sentence.
    pub(super) fn compounds_at(&self, at: u32) -> impl Iterator<Item = &'a CompoundClass> {
        let from = self.compounds.partition_point(|compound| compound.first_token < at);
        let end = self.end;
        let begin_here = self.compounds[from..].iter().take_while(move |compound| compound.first_token == at);
        begin_here.filter(move |compound| compound.first_token + u32::from(compound.n_tokens) <= end)
    }
}

/// A bit for each symbol, shared by many: two sets whose masks have no bit in common have no symbol in common.
pub(super) fn mask(symbols: &[Symbol]) -> u64 {
    symbols.iter().fold(0, |mask, symbol| mask | 1 << (symbol % 64))
}
