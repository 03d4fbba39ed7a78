//! Turns expressions into a trie and rules.

use super::super::pattern::{Expr, PatternError};
mod expand;

use self::expand::sequences;
pub(in super::super) use self::expand::{Unit, spelled_out};
use super::rule::{Node, Part, Rule};
use super::settle::{Entry, Machine};
use super::trie::{End, Sprout, Step};
use super::words::Words;
use rustc_hash::FxHashMap;

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
    slots: FxHashMap<Vec<Vec<Step>>, u32>,
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
        for sequence in sequences(expr, words)? {
            if sequence.is_empty() {
                return Err(optional_error("as a whole"));
            }
            self.sprout.add(&sequence, End::Entry(entry));
        }
        Ok(())
    }

    /// The machine; `chains` gives for each group itself and the groups above it, from the lowest up.
    pub(in super::super) fn finish(self, chains: Vec<Vec<u16>>) -> Machine {
        let mut uses = vec![0; self.slots.len()];
        self.rules.iter().for_each(|rule| rule.node.count(&mut uses));
        let mut triggers = vec![Vec::new(); self.slots.len()];
        for (number, rule) in self.rules.iter().enumerate() {
            for slot in rule.node.triggers(&uses) {
                triggers[slot as usize].push(number as u32);
            }
        }
        Machine { trie: self.sprout.freeze(), entries: self.entries, rules: self.rules, triggers, chains }
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
            _ if expr.is_plain() => self.slot(expr, words),
            Expr::Seq(parts) => self.sequence(parts, words),
            Expr::Alt(branches) => {
                let branches: Result<Vec<_>, _> = branches.iter().map(|b| self.lower(b, words)).collect();
                Ok(alternatives(branches?))
            }
            Expr::Optional(inner) => Ok(Lowered { optional: true, ..self.lower(inner, words)? }),
            Expr::Near { left, right, gap, ordered } => {
                let left = Box::new(required(self.lower(left, words)?, "to the left of NEAR or BEFORE")?);
                let right = Box::new(required(self.lower(right, words)?, "to the right of NEAR or BEFORE")?);
                let node = Node::Near { left, right, gap: *gap, ordered: *ordered };
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
                _ => self.slot(&Expr::Seq(run.to_vec()), words)?,
            };
            lowered.push(Part { node: part.node, optional: part.optional });
        }
        let optional = lowered.iter().all(|part| part.optional);
        Ok(Lowered { node: Node::Seq(lowered), optional })
    }

    fn slot(&mut self, plain: &Expr, words: &mut Words) -> Result<Lowered, PatternError> {
        let mut sequences = sequences(plain, words)?;
        // Sorted, so the empty one comes first.
        let optional = sequences.first().is_some_and(Vec::is_empty);
        if optional {
            sequences.remove(0);
        }
        if let Some(&slot) = self.slots.get(&sequences) {
            return Ok(Lowered { node: Node::Slot(slot), optional });
        }
        let slot = self.slots.len() as u32;
        sequences.iter().for_each(|sequence| self.sprout.add(sequence, End::Slot(slot)));
        self.slots.insert(sequences, slot);
        Ok(Lowered { node: Node::Slot(slot), optional })
    }
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
