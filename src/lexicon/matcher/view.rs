//! A sentence as the matcher sees it. Nouns only.

use super::super::classes::{ClassId, CompoundClass, TokenClasses};
use super::found::Run;
use super::mask::Mask;
use super::words::Symbol;
use std::collections::BTreeMap;

/// A node of a trie.
pub(super) type NodeId = u32;

/// Number of an operand of rules: a set of sequences.
pub(super) type OperandId = u32;

/// All classes met so far: what is asked of nearly every token lies close together, the rest by class.
#[derive(Debug)]
pub(super) struct Table {
    masks: Vec<Mask>,
    /// By class and machine.
    begins: Vec<[Begins; 2]>,
    /// What classes are to rules, those of a class and machine together.
    rules: Vec<Bits>,
    classes: Vec<Class>,
}

/// One set of symbols, with what begins with it in each machine.
#[derive(Debug, Default)]
struct Class {
    symbols: Box<[Symbol]>,
    starts: [Starts; 2],
}

/// What can begin with a class in one machine, told from afar.
#[derive(Clone, Copy, Debug, Default)]
struct Begins {
    /// What may follow where a longer pattern begins; everything where anything may.
    next: Mask,
    /// Operands that begin with it.
    operands: Mask,
    /// Where in the table's `rules` those lie that it is a gate or a need of.
    rules: (u32, u32),
}

/// Which of the two machines: that of the themes, or that of the cue lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Themes,
    Cues,
}

/// What a class is to a machine: bits of its id, so that most tokens are passed over without a look at the table.
pub(super) mod role {
    /// A pattern of one word.
    pub const ENTRY: u32 = 1;
    /// The first word of a longer pattern.
    pub const NODE: u32 = 2;
    /// A gate of a rule.
    pub const GATE: u32 = 4;
    /// A second need of a rule.
    pub const NEED: u32 = 8;
    /// The first word of an operand.
    pub const OPERAND: u32 = 16;
    /// Nothing can be met in a sentence in which no class is one of these.
    pub const START: u32 = ENTRY | NODE | GATE;
    /// Any of them.
    pub const ALL: u32 = START | NEED | OPERAND;
    /// How many there are.
    pub const N: u32 = 5;
}

/// How many bits of an id tell roles, those of themes lowest.
const N_BITS: u32 = 2 * role::N;

/// Whether a class is any of these to a machine.
#[inline]
pub(super) fn is_any(class: ClassId, which: Which, roles: u32) -> bool {
    class.0 & roles << (which as u32 * role::N) != 0
}

#[inline]
fn index(class: ClassId) -> usize {
    (class.0 >> N_BITS) as usize
}

impl Default for Table {
    /// The class of tokens that no pattern can match is the first.
    fn default() -> Self {
        let (masks, begins, classes) = (vec![Default::default()], vec![Default::default()], vec![Default::default()]);
        Self { masks, begins, rules: Vec::new(), classes }
    }
}

impl Table {
    /// Adds a class; its id tells what it is to each machine.
    pub(super) fn push(&mut self, symbols: Box<[Symbol]>, themes: Starts, cues: Starts) -> ClassId {
        let id = (self.classes.len() as u32) << N_BITS | cues.roles() << role::N | themes.roles();
        self.masks.push(Mask::of(symbols.iter().copied()));
        let begins = [&themes, &cues].map(|starts| {
            let first = self.rules.len() as u32;
            self.rules.extend_from_slice(&starts.rules);
            let operands = Mask::of(starts.operands.iter().map(|of| of.0));
            Begins { next: starts.next, operands, rules: (first, self.rules.len() as u32) }
        });
        self.begins.push(begins);
        self.classes.push(Class { symbols, starts: [themes, cues] });
        ClassId(id)
    }
}

/// What of a machine begins with a class.
#[derive(Debug, Default)]
pub(super) struct Starts {
    /// What is met with it alone: patterns of one word, and triggers.
    pub entries: Box<[u32]>,
    /// The nodes that it leads to from the start of a longer pattern.
    pub nodes: Box<[NodeId]>,
    /// What may follow there; everything where anything may.
    pub next: Mask,
    /// Rules that it is a gate of, or the second need of.
    pub rules: Vec<Bits>,
    /// Operands that begin with it, each with the node it leads to, ascending.
    pub operands: Box<[(OperandId, NodeId)]>,
}

/// What a class is to up to 64 rules that lie together: which sixty-four, and a bit for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bits {
    pub place: u32,
    /// Those that it is a gate of.
    pub gates: u64,
    /// Those whose second need it is.
    pub needs: u64,
}

impl Bits {
    /// Of the rules that a class is a gate of and those whose second need it is.
    pub(super) fn of(gates: impl Iterator<Item = u32>, needs: impl Iterator<Item = u32>) -> Vec<Bits> {
        let mut all: BTreeMap<u32, Bits> = BTreeMap::new();
        let bit = |rule: u32| 1 << (rule % 64);
        let none = |rule: u32| Bits { place: rule / 64, gates: 0, needs: 0 };
        gates.for_each(|rule| all.entry(rule / 64).or_insert(none(rule)).gates |= bit(rule));
        needs.for_each(|rule| all.entry(rule / 64).or_insert(none(rule)).needs |= bit(rule));
        all.into_values().collect()
    }
}

impl Starts {
    fn roles(&self) -> u32 {
        let is = |empty: bool, role: u32| if empty { 0 } else { role };
        is(self.entries.is_empty(), role::ENTRY)
            | is(self.nodes.is_empty(), role::NODE)
            | is(self.rules.iter().all(|bits| bits.gates == 0), role::GATE)
            | is(self.rules.iter().all(|bits| bits.needs == 0), role::NEED)
            | is(self.operands.is_empty(), role::OPERAND)
    }

    /// The nodes that the class leads to from the start of an operand.
    pub(super) fn of_operand(&self, operand: OperandId) -> impl Iterator<Item = NodeId> {
        let from = self.operands.partition_point(|of| of.0 < operand);
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
    pub table: &'a Table,
    /// Which machine looks at it.
    pub which: Which,
}

impl<'a> View<'a> {
    pub(super) fn new(document: &'a TokenClasses, number: usize, table: &'a Table, which: Which) -> Self {
        let sentence = document.sentences[number];
        let (start, end) = (sentence.first_token, sentence.first_token + sentence.n_tokens);
        let compounds = &document.compounds;
        let from = compounds.partition_point(|compound| compound.first_token < start);
        let to = from + compounds[from..].partition_point(|compound| compound.first_token < end);
        let (compounds, classes) = (&compounds[from..to], &document.classes);
        Self { sentence: number as u32, start, end, compounds, classes, table, which }
    }

    /// Fills `words` with every token and every hyphenated word of the sentence that is anything to the machine.
    pub(super) fn words(&self, words: &mut Vec<(Run, ClassId)>) {
        words.clear();
        let n_known = self.table.classes.len();
        let is_known = |class: ClassId| is_any(class, self.which, role::ALL) && index(class) < n_known;
        for (at, &class) in (self.start..).zip(&self.classes[self.start as usize..self.end as usize]) {
            if is_known(class) {
                words.push((Run { start: at, end: at + 1 }, class));
            }
        }
        for compound in self.compounds {
            let run = Run { start: compound.first_token, end: compound.first_token + u32::from(compound.n_tokens) };
            if run.end <= self.end && is_known(compound.class) {
                words.push((run, compound.class));
            }
        }
    }

    /// What begins with a class that `words` gave.
    #[inline]
    pub(super) fn starts(&self, class: ClassId) -> &'a Starts {
        &self.table.classes[index(class)].starts[self.which as usize]
    }

    /// What a class that `words` gave is to rules.
    #[inline]
    pub(super) fn rules(&self, class: ClassId) -> &'a [Bits] {
        let (from, to) = self.table.begins[index(class)][self.which as usize].rules;
        &self.table.rules[from as usize..to as usize]
    }

    /// Operands that may begin with a class that `words` gave.
    #[inline]
    pub(super) fn operands(&self, class: ClassId) -> Mask {
        self.table.begins[index(class)][self.which as usize].operands
    }

    /// Whether what follows a word may go on with a pattern that its class begins.
    #[inline]
    pub(super) fn may_go_on(&self, class: ClassId, at: u32) -> bool {
        self.follows(&self.table.begins[index(class)][self.which as usize].next, at)
            || self.compounds_at(at).next().is_some()
    }

    /// Whether the class of a token may be among `next`; nothing is behind the end of the sentence.
    #[inline]
    fn follows(&self, next: &Mask, at: u32) -> bool {
        if at >= self.end {
            return false;
        }
        let class = self.classes[at as usize];
        match class {
            ClassId::NONE => *next == Mask::ALL,
            _ => self.table.masks.get(index(class)).is_some_and(|mask| mask.meets(next)),
        }
    }

    /// The symbols of a token, each of which may be among `next` as far as the mask of all tells.
    #[inline]
    pub(super) fn symbols(&self, at: u32, next: &Mask) -> Option<Symbols<'a>> {
        self.follows(next, at).then(|| self.symbols_of(self.classes[at as usize]))
    }

    /// The symbols of a class.
    pub(super) fn symbols_of(&self, class: ClassId) -> Symbols<'a> {
        let at = if index(class) < self.table.classes.len() { index(class) } else { 0 };
        Symbols { mask: &self.table.masks[at], sorted: &self.table.classes[at].symbols }
    }

    /// The hyphenated words that begin at a token and end in the sentence.
    #[inline]
    pub(super) fn compounds_at(&self, at: u32) -> impl Iterator<Item = &'a CompoundClass> {
        let from = match self.compounds {
            [] => 0,
            compounds => compounds.partition_point(|compound| compound.first_token < at),
        };
        let end = self.end;
        let begin_here = self.compounds[from..].iter().take_while(move |compound| compound.first_token == at);
        begin_here.filter(move |compound| compound.first_token + u32::from(compound.n_tokens) <= end)
    }
}

/// The symbols of a class.
#[derive(Clone, Copy)]
pub(super) struct Symbols<'a> {
    pub mask: &'a Mask,
    pub sorted: &'a [Symbol],
}
