//! Spells out the sequences that a plain expression allows.

use super::super::super::pattern::{Atom, Expr, PatternError};
use super::super::trie::Step;
use super::super::words::Words;

/// Up to so many sequences, each alternative goes its own way in the trie, which costs nothing per hit.
const MAX_APART: usize = 256;
/// Beyond that, alternatives of one word become one step; a pattern that is still larger is refused.
const MAX_SEQUENCES: usize = 10_000;

/// One step of a sequence before its words have numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super::super) enum Unit<'a> {
    /// Any of these words.
    Words(Vec<&'a Atom>),
    /// Any one token.
    Any,
}

/// The sequences of a plain expression, each step one word; the empty one among them where all of it is optional.
/// `None` where there are too many to look at one by one.
pub(in super::super::super) fn spelled_out(expr: &Expr) -> Option<Vec<Vec<Unit<'_>>>> {
    let unit = |atom| Unit::Words(vec![atom]);
    n_apart(expr)?;
    Some(apart(expr, &mut |atom: Option<_>| atom.map_or(Unit::Any, unit)))
}

/// The sequences of `expr`, sorted; the empty one first where all of it is optional.
pub(super) fn sequences(expr: &Expr, words: &mut Words) -> Result<Vec<Vec<Step>>, PatternError> {
    let mut sequences = match n_apart(expr) {
        Some(_) => apart(expr, &mut |atom: Option<_>| atom.map_or(Step::Any, |atom| Step::Word(words.symbol(&[atom])))),
        None => together(expr, words)?,
    };
    if sequences.iter().any(|sequence| sequence.first() == Some(&Step::Any)) {
        let hint = "begin with a word, or say how near words must be, as in \"wait* NEAR/3 hour\"";
        return Err(PatternError::new(0, "begins with a lone *, which any token is", hint));
    }
    sequences.sort_unstable();
    sequences.dedup();
    Ok(sequences)
}

/// How many sequences there are with each alternative apart; `None` where they are more than `MAX_APART`.
fn n_apart(expr: &Expr) -> Option<usize> {
    let few = |n: usize| (n <= MAX_APART).then_some(n);
    match expr {
        Expr::Word(_) | Expr::Any => Some(1),
        Expr::Optional(inner) => few(n_apart(inner)? + 1),
        Expr::Seq(parts) => parts.iter().try_fold(1, |n, part| few(n * n_apart(part)?)),
        Expr::Alt(branches) => branches.iter().try_fold(0, |n, branch| few(n + n_apart(branch)?)),
        Expr::Near { .. } | Expr::Unless(..) | Expr::List { .. } => Some(0),
    }
}

/// The sequences with each alternative apart; `step` makes a step of a word, or of none for any token.
fn apart<'a, S: Clone>(expr: &'a Expr, step: &mut impl FnMut(Option<&'a Atom>) -> S) -> Vec<Vec<S>> {
    match expr {
        Expr::Word(atom) => vec![vec![step(Some(atom))]],
        Expr::Any => vec![vec![step(None)]],
        Expr::Optional(inner) => {
            let mut found = apart(inner, step);
            found.push(Vec::new());
            found
        }
        Expr::Seq(parts) => parts.iter().fold(vec![Vec::with_capacity(parts.len())], |found, part| match part {
            Expr::Word(_) | Expr::Any => {
                let next = step(if let Expr::Word(atom) = part { Some(atom) } else { None });
                let longer = |mut left: Vec<S>| {
                    left.push(next.clone());
                    left
                };
                found.into_iter().map(longer).collect()
            }
            _ => joined(&found, &apart(part, step)),
        }),
        Expr::Alt(branches) => branches.iter().flat_map(|branch| apart(branch, step)).collect(),
        // Not plain; the builder takes these apart before.
        Expr::Near { .. } | Expr::Unless(..) | Expr::List { .. } => Vec::new(),
    }
}

/// Each of the left ones with each of the right ones behind it.
fn joined<S: Clone>(left: &[Vec<S>], right: &[Vec<S>]) -> Vec<Vec<S>> {
    left.iter().flat_map(|left| right.iter().map(move |right| [left.as_slice(), right].concat())).collect()
}

/// The sequences with alternatives of one word as one step.
fn together(expr: &Expr, words: &mut Words) -> Result<Vec<Vec<Step>>, PatternError> {
    let Some(found) = expand(expr, MAX_SEQUENCES) else {
        let what = format!("stands for more than {MAX_SEQUENCES} sequences of words");
        return Err(PatternError::new(0, what, "split it, or join its parts with BEFORE/0 in place of a space"));
    };
    let mut step = |unit: &Unit| match unit {
        Unit::Words(atoms) => Step::Word(words.symbol(atoms)),
        Unit::Any => Step::Any,
    };
    Ok(found.iter().map(|units| units.iter().map(&mut step).collect()).collect())
}

/// `None` where there are more than `limit`.
fn expand(expr: &Expr, limit: usize) -> Option<Vec<Vec<Unit<'_>>>> {
    let found = match expr {
        Expr::Word(atom) => vec![vec![Unit::Words(vec![atom])]],
        Expr::Any => vec![vec![Unit::Any]],
        Expr::Optional(inner) => {
            let mut found = expand(inner, limit)?;
            found.push(Vec::new());
            found
        }
        Expr::Seq(parts) => {
            let mut found = vec![Vec::new()];
            for part in parts {
                let next = expand(part, limit)?;
                if found.len() * next.len() > limit {
                    return None;
                }
                found = joined(&found, &next);
            }
            found
        }
        Expr::Alt(branches) => one_of(branches, limit)?,
        // Not plain; the builder takes these apart before.
        Expr::Near { .. } | Expr::Unless(..) | Expr::List { .. } => Vec::new(),
    };
    (found.len() <= limit).then_some(found)
}

fn one_of(branches: &[Expr], limit: usize) -> Option<Vec<Vec<Unit<'_>>>> {
    let (mut found, mut single) = (Vec::new(), Vec::new());
    for branch in branches {
        for sequence in expand(branch, limit)? {
            match sequence.as_slice() {
                [Unit::Words(atoms)] => single.extend_from_slice(atoms),
                _ => found.push(sequence),
            }
        }
        if found.len() > limit {
            return None;
        }
    }
    if !single.is_empty() {
        found.push(vec![Unit::Words(single)]);
    }
    Some(found)
}
