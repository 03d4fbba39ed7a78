//! A sentence as the matcher sees it. Nouns only.

use super::super::classes::{ClassId, CompoundClass, TokenClasses};
use super::found::Run;
use super::words::Symbol;

/// A node of a trie.
pub(super) type NodeId = u32;

/// Number of an operand of rules: a set of sequences.
pub(super) type OperandId = u32;

/// One set of symbols, with what begins with it.
#[derive(Debug, Default)]
pub(super) struct Class {
    pub symbols: Box<[Symbol]>,
    /// See `mask`.
    pub mask: u64,
    pub themes: Starts,
    pub cues: Starts,
}

/// What of a machine begins with a class.
#[derive(Debug, Default)]
pub(super) struct Starts {
    /// Patterns of one word that it is.
    pub entries: Box<[u32]>,
    /// The nodes that it leads to from the start of a longer pattern.
    pub nodes: Box<[NodeId]>,
    /// See `mask`: of what may follow there; all ones where anything may.
    pub next: u64,
    /// Rules that it is a gate of.
    pub gates: Box<[Bits]>,
    /// Rules whose second need it is.
    pub needs: Box<[Bits]>,
    /// Operands that begin with it, each with the node it leads to, ascending.
    pub operands: Box<[(OperandId, NodeId)]>,
    /// The same as a bit each.
    pub operand_bits: Box<[u64]>,
}

/// Up to 64 numbers that lie together: which sixty-four, and a bit for each that is among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bits {
    pub place: u32,
    pub bits: u64,
}

impl Bits {
    /// All of `numbers`, ascending.
    pub(super) fn of(mut numbers: Vec<u32>) -> Box<[Bits]> {
        numbers.sort_unstable();
        let together = numbers.chunk_by(|a, b| a / 64 == b / 64);
        together.map(|same| Bits { place: same[0] / 64, bits: mask(same.iter().copied()) }).collect()
    }
}

/// Picks what of one machine begins with a class.
pub(super) type Pick = fn(&Class) -> &Starts;

impl Starts {
    /// Whether nothing can be met in a sentence that has no other class.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.nodes.is_empty() && self.gates.is_empty()
    }

    /// The nodes that the class leads to from the start of an operand.
    pub(super) fn of_operand(&self, operand: OperandId) -> impl Iterator<Item = NodeId> {
        let bits = self.operand_bits.get(operand as usize / 64).copied().unwrap_or_default();
        let is_among = bits & mask([operand]) != 0;
        let from = if is_among { self.operands.partition_point(|of| of.0 < operand) } else { self.operands.len() };
        self.operands[from..].iter().take_while(move |of| of.0 == operand).map(|of| of.1)
    }
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

    /// Every token and every hyphenated word of the sentence that has a class, with its index in the table.
    pub(super) fn begins(&self) -> impl Iterator<Item = (Run, u32)> {
        let run = |start, n| Run { start, end: start + n };
        let index =
            |class: ClassId| Some(class.0 >> 1).filter(|&index| index > 0 && (index as usize) < self.table.len());
        let tokens = self.classes[self.start as usize..self.end as usize].iter().zip(self.start..);
        let tokens = tokens.filter_map(move |(&class, at)| Some((run(at, 1), index(class)?)));
        let compounds = self.compounds.iter().map(move |c| (run(c.first_token, c.n_tokens.into()), index(c.class)));
        tokens.chain(compounds.filter(|(run, _)| run.end <= self.end).filter_map(|(run, class)| Some((run, class?))))
    }

    /// The class of a token, if it has one.
    pub(super) fn class(&self, at: u32) -> Option<&'a Class> {
        match self.classes.get(at as usize) {
            None | Some(&ClassId::NONE) => None,
            Some(id) => self.table.get(id.0 as usize >> 1),
        }
    }

    /// See `mask`: of the class of a token; nothing behind the end of the sentence.
    pub(super) fn mask(&self, at: u32) -> u64 {
        if at < self.end { self.class(at).map_or(0, |class| class.mask) } else { 0 }
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

/// A bit for each number, shared by many: two sets whose masks have no bit in common have no number in common.
pub(super) fn mask(numbers: impl IntoIterator<Item = u32>) -> u64 {
    numbers.into_iter().fold(0, |mask, number| mask | 1 << (number % 64))
}
