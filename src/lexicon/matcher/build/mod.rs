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

/// The commonness of no need.
const NONE: u64 = u64::MAX;

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
    /// Two needs of each operand, the rarer one first.
    gates: Vec<[Gates; 2]>,
}

/// A need: symbols of which at least one is in every sentence that a pattern, or a part of one, is met in.
#[derive(Clone, Debug)]
struct Gates {
    symbols: Vec<Symbol>,
    /// How often one of them is to be expected; `NONE` where nothing is needed.
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
        let (mut gates, mut needs) =
            (FxHashMap::<Symbol, Vec<u32>>::default(), FxHashMap::<Symbol, Vec<u32>>::default());
        let mut needless = vec![0; self.rules.len().div_ceil(64)];
        for (number, rule) in (0..).zip(&self.rules) {
            let [gate, need] = self.gates(&rule.node);
            gate.symbols.into_iter().for_each(|symbol| gates.entry(symbol).or_default().push(number));
            match need.commonness {
                NONE => needless[number as usize / 64] |= 1 << (number % 64),
                _ => need.symbols.into_iter().for_each(|symbol| needs.entry(symbol).or_default().push(number)),
            }
        }
        let Builder { sprout, entries, rules, .. } = self;
        Machine { trie: sprout.freeze(), entries, rules, gates, needs, needless, chains }
    }

    /// Two needs of every sentence that a node is met in, the rarer one first; the second may be none.
    fn gates(&self, node: &Node) -> [Gates; 2] {
        match node {
            Node::Operand(operand) => self.gates[*operand as usize].clone(),
            Node::Seq(parts) => {
                let needed = parts.iter().filter(|part| !part.optional);
                rarest(needed.flat_map(|part| self.gates(&part.node)))
            }
            Node::Alt(branches) => {
                let each = branches.iter().map(|branch| self.gates(branch));
                each.reduce(either).unwrap_or_else(|| [Gates::none(), Gates::none()])
            }
            // With the second needs of the sides a rule would ask for more, but of what is there more often.
            Node::Near { left, right, .. } => {
                let [[left, _], [right, _]] = [self.gates(left), self.gates(right)];
                rarest([left, right].into_iter())
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
                let gate_is_left = self.gates(&left)[0].commonness <= self.gates(&right)[0].commonness;
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
        let each = sequences.iter().map(|sequence| rarest(Gates::of(sequence, words)));
        self.gates.push(each.reduce(either).unwrap_or_else(|| [Gates::none(), Gates::none()]));
        self.operands.insert(sequences, operand);
        operand
    }
}

impl Gates {
    /// No need at all.
    fn none() -> Self {
        Gates { symbols: Vec::new(), commonness: NONE }
    }

    /// The words of a sequence, each a need.
    fn of(sequence: &[Step], words: &Words) -> impl Iterator<Item = Gates> {
        let gate = |symbol| Gates { symbols: vec![symbol], commonness: words.commonness(symbol) };
        sequence.iter().filter_map(move |step| if let Step::Word(symbol) = step { Some(gate(*symbol)) } else { None })
    }

    /// The need of one or the other: none where one of them needs nothing.
    fn or(mut self, other: Gates) -> Self {
        if self.commonness == NONE || other.commonness == NONE {
            return Gates::none();
        }
        for symbol in other.symbols {
            if !self.symbols.contains(&symbol) {
                self.symbols.push(symbol);
            }
        }
        self.commonness += other.commonness;
        self
    }
}

/// The two rarest of several needs, all of which there are.
fn rarest(gates: impl Iterator<Item = Gates>) -> [Gates; 2] {
    let mut best = [Gates::none(), Gates::none()];
    for gate in gates {
        if gate.commonness < best[0].commonness {
            best = [gate, std::mem::replace(&mut best[0], Gates::none())];
        } else if gate.commonness < best[1].commonness {
            best[1] = gate;
        }
    }
    best
}

fn either([a, b]: [Gates; 2], [c, d]: [Gates; 2]) -> [Gates; 2] {
    [a.or(c), b.or(d)]
}

/// Whether a sequence begins with a word that is in many sentences where the rest of it is not.
fn begins_idly(sequence: &[Step], words: &Words) -> bool {
    let [Step::Word(first), _, ..] = sequence else { return false };
    let common = |step: &Step| if let Step::Word(symbol) = step { Some(words.commonness(*symbol)) } else { None };
    let rarest = sequence.iter().filter_map(common).min().unwrap_or_default();
    words.commonness(*first) >= FREQUENT && rarest * 8 <= words.commonness(*first)
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
