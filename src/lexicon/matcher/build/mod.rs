//! Turns expressions into a trie and rules.

use super::super::pattern::{Expr, PatternError};
mod expand;

use self::expand::sequences;
pub(in super::super) use self::expand::{Unit, spelled_out};
use super::rule::{Node, Part, Rule, Side};
use super::settle::{Entry, Machine};
use super::trie::{Sprout, Step};
use super::view::OperandId;
use super::words::{Symbol, Words};
use rustc_hash::FxHashMap;

/// Times in a million words from which on a word is in too many sentences to begin with.
const FREQUENT: u64 = 500;

/// What meeting a pattern means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Purpose {
    /// A hit of this pattern.
    Hit { pattern: u32 },
    /// No hit of its group counts inside.
    Except,
}

/// A machine as it grows.
#[derive(Debug, Default)]
pub(in super::super) struct Builder {
    sprout: Sprout,
    entries: Vec<Entry>,
    rules: Vec<Rule>,
    /// Operands by their sequences, so that rules share them.
    operands: FxHashMap<Vec<Vec<Step>>, OperandId>,
    /// The gates of each operand.
    gates: Vec<Gates>,
}

/// Symbols of which at least one is in every sentence that a pattern, or a part of one, is met in.
#[derive(Clone, Debug, Default)]
struct Gates {
    symbols: Vec<Symbol>,
    /// How often one of them is to be expected.
    commonness: u64,
}

/// A part of a rule, and whether it may be missing.
struct Lowered {
    node: Node,
    optional: bool,
}

impl Builder {
    /// Adds a pattern of a group (a theme or a cue list).
    pub(in super::super) fn add(
        &mut self,
        expr: &Expr,
        group: u16,
        purpose: Purpose,
        words: &mut Words,
    ) -> Result<(), PatternError> {
        let entry = self.entries.len() as u32;
        self.entries.push(Entry { group, purpose });
        if !expr.is_plain() {
            let lowered = self.lower_root(expr, words)?;
            self.rules.push(Rule { entry, node: required(lowered, "as a whole")? });
            return Ok(());
        }
        let sequences = sequences(expr, words)?;
        if sequences.first().is_some_and(Vec::is_empty) {
            return Err(optional_error("as a whole"));
        }
        // What begins with a frequent word is better looked for where its rarer words are.
        let (late, early): (Vec<_>, Vec<_>) = sequences.into_iter().partition(|sequence| begins_idly(sequence, words));
        early.iter().for_each(|sequence| self.sprout.add(sequence, entry));
        if !late.is_empty() {
            let node = Node::Operand(self.operand(late, words));
            self.rules.push(Rule { entry, node });
        }
        Ok(())
    }

    /// The machine; `chains` gives for each group itself and the groups above it, from the lowest up.
    pub(in super::super) fn finish(self, chains: Vec<Vec<u16>>) -> Machine {
        let mut gates: FxHashMap<Symbol, Vec<u32>> = FxHashMap::default();
        for (number, rule) in (0..).zip(&self.rules) {
            for symbol in self.gates(&rule.node).symbols {
                gates.entry(symbol).or_default().push(number);
            }
        }
        Machine { trie: self.sprout.freeze(), entries: self.entries, rules: self.rules, gates, chains }
    }

    fn gates(&self, node: &Node) -> Gates {
        match node {
            Node::Operand(operand) => self.gates[*operand as usize].clone(),
            Node::Seq(parts) => {
                let needed = parts.iter().filter(|part| !part.optional).map(|part| self.gates(&part.node));
                needed.min_by_key(|gates| gates.commonness).unwrap_or_default()
            }
            Node::Alt(branches) => branches.iter().map(|branch| self.gates(branch)).fold(Gates::default(), Gates::or),
            Node::Near { left, right, .. } => {
                let (left, right) = (self.gates(left), self.gates(right));
                if right.commonness < left.commonness { right } else { left }
            }
            Node::Unless(node, _) | Node::Minimal(node) => self.gates(node),
        }
    }

    /// Where runs become hits or exceptions, proximity keeps the minimal ones.
    fn lower_root(&mut self, expr: &Expr, words: &mut Words) -> Result<Lowered, PatternError> {
        match expr {
            _ if expr.is_plain() => self.lower(expr, words),
            Expr::Alt(branches) => {
                let branches: Result<Vec<_>, _> = branches.iter().map(|b| self.lower_root(b, words)).collect();
                Ok(alternatives(branches?))
            }
            Expr::Unless(left, right) => {
                let left = self.lower_root(left, words)?;
                self.unless(left, right, words)
            }
            _ => {
                let lowered = self.lower(expr, words)?;
                Ok(Lowered { node: Node::Minimal(Box::new(lowered.node)), ..lowered })
            }
        }
    }

    fn lower(&mut self, expr: &Expr, words: &mut Words) -> Result<Lowered, PatternError> {
        match expr {
            _ if expr.is_plain() => self.operand_of(expr, words),
            Expr::Seq(parts) => self.sequence(parts, words),
            Expr::Alt(branches) => {
                let branches: Result<Vec<_>, _> = branches.iter().map(|b| self.lower(b, words)).collect();
                Ok(alternatives(branches?))
            }
            Expr::Optional(inner) => Ok(Lowered { optional: true, ..self.lower(inner, words)? }),
            Expr::Near { left, right, gap, ordered } => {
                let left = Box::new(required(self.lower(left, words)?, "to the left of NEAR or BEFORE")?);
                let right = Box::new(required(self.lower(right, words)?, "to the right of NEAR or BEFORE")?);
                let gate_is_left = self.gates(&left).commonness <= self.gates(&right).commonness;
                let first = if gate_is_left { Side::Right } else { Side::Left };
                let node = Node::Near { left, right, gap: *gap, ordered: *ordered, first };
                Ok(Lowered { node, optional: false })
            }
            Expr::Unless(left, right) => {
                let left = self.lower(left, words)?;
                self.unless(left, right, words)
            }
            // Lists are put in before, and the rest is plain.
            Expr::List { .. } | Expr::Word(_) | Expr::Any => Err(PatternError::new(0, "names a list", "")),
        }
    }

    fn unless(&mut self, left: Lowered, right: &Expr, words: &mut Words) -> Result<Lowered, PatternError> {
        let left = Box::new(required(left, "to the left of UNLESS")?);
        let right = Box::new(required(self.lower_root(right, words)?, "to the right of UNLESS")?);
        Ok(Lowered { node: Node::Unless(left, right), optional: false })
    }

    /// Plain parts that stand side by side become one operand.
    fn sequence(&mut self, parts: &[Expr], words: &mut Words) -> Result<Lowered, PatternError> {
        let mut lowered = Vec::new();
        for run in parts.chunk_by(|a, b| a.is_plain() && b.is_plain()) {
            let part = match run {
                [one] => self.lower(one, words)?,
                _ => self.operand_of(&Expr::Seq(run.to_vec()), words)?,
            };
            lowered.push(Part { node: part.node, optional: part.optional });
        }
        let optional = lowered.iter().all(|part| part.optional);
        Ok(Lowered { node: Node::Seq(lowered), optional })
    }

    fn operand_of(&mut self, plain: &Expr, words: &mut Words) -> Result<Lowered, PatternError> {
        let mut sequences = sequences(plain, words)?;
        // Sorted, so the empty one comes first.
        let optional = sequences.first().is_some_and(Vec::is_empty);
        if optional {
            sequences.remove(0);
        }
        Ok(Lowered { node: Node::Operand(self.operand(sequences, words)), optional })
    }

    /// The operand of these sequences, none of which is empty.
    fn operand(&mut self, sequences: Vec<Vec<Step>>, words: &Words) -> OperandId {
        if let Some(&operand) = self.operands.get(&sequences) {
            return operand;
        }
        let operand = self.sprout.add_operand(&sequences);
        let rarest = sequences.iter().map(|sequence| Gates::of(sequence, words));
        self.gates.push(rarest.fold(Gates::default(), Gates::or));
        self.operands.insert(sequences, operand);
        operand
    }
}

impl Gates {
    /// The rarest word of a sequence.
    fn of(sequence: &[Step], words: &Words) -> Self {
        let symbols =
            sequence.iter().filter_map(|step| if let Step::Word(symbol) = step { Some(*symbol) } else { None });
        let rarest = symbols.map(|symbol| (words.commonness(symbol), symbol)).min();
        rarest.map_or_else(Gates::default, |(commonness, symbol)| Gates { symbols: vec![symbol], commonness })
    }

    fn or(mut self, other: Gates) -> Self {
        for symbol in other.symbols {
            if !self.symbols.contains(&symbol) {
                self.symbols.push(symbol);
            }
        }
        self.commonness += other.commonness;
        self
    }
}

/// Whether a sequence begins with a word that is in many sentences where the rest of it is not.
fn begins_idly(sequence: &[Step], words: &Words) -> bool {
    let [Step::Word(first), _, ..] = sequence else { return false };
    words.commonness(*first) >= FREQUENT && Gates::of(sequence, words).commonness * 8 <= words.commonness(*first)
}

fn alternatives(branches: Vec<Lowered>) -> Lowered {
    let optional = branches.iter().any(|branch| branch.optional);
    Lowered { node: Node::Alt(branches.into_iter().map(|branch| branch.node).collect()), optional }
}

fn required(lowered: Lowered, place: &str) -> Result<Node, PatternError> {
    if lowered.optional { Err(optional_error(place)) } else { Ok(lowered.node) }
}

fn optional_error(place: &str) -> PatternError {
    PatternError::new(0, format!("may be nothing at all {place}"), "take the ? behind ) away from one of its words")
}
