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

/// What becomes of alternatives that are single words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alternatives {
    Apart,
    Together,
}

/// The sequences of a plain expression, each step one word; the empty one among them where all of it is optional.
/// `None` where there are too many to look at one by one.
pub(in super::super::super) fn spelled_out(expr: &Expr) -> Option<Vec<Vec<Unit<'_>>>> {
    expand(expr, Alternatives::Apart, MAX_APART)
}

/// The sequences of `expr`, sorted; the empty one first where all of it is optional.
pub(super) fn sequences(expr: &Expr, words: &mut Words) -> Result<Vec<Vec<Step>>, PatternError> {
    let Some(found) = spelled_out(expr).or_else(|| expand(expr, Alternatives::Together, MAX_SEQUENCES)) else {
        let what = format!("stands for more than {MAX_SEQUENCES} sequences of words");
        return Err(PatternError::new(0, what, "split it, or join its parts with BEFORE/0 in place of a space"));
    };
    if found.iter().any(|sequence| sequence.first() == Some(&Unit::Any)) {
        let hint = "begin with a word, or say how near words must be, as in \"wait* NEAR/3 hour\"";
        return Err(PatternError::new(0, "begins with a lone *, which any token is", hint));
    }
    let mut step = |unit: &Unit| match unit {
        Unit::Words(atoms) => Step::Word(words.symbol(atoms)),
        Unit::Any => Step::Any,
    };
    let mut sequences: Vec<Vec<Step>> = found.iter().map(|units| units.iter().map(&mut step).collect()).collect();
    sequences.sort_unstable();
    sequences.dedup();
    Ok(sequences)
}

/// `None` where there are more than `limit`.
fn expand(expr: &Expr, alternatives: Alternatives, limit: usize) -> Option<Vec<Vec<Unit<'_>>>> {
    let found = match expr {
        Expr::Word(atom) => vec![vec![Unit::Words(vec![atom])]],
        Expr::Any => vec![vec![Unit::Any]],
        Expr::Optional(inner) => {
            let mut found = expand(inner, alternatives, limit)?;
            found.push(Vec::new());
            found
        }
        Expr::Seq(parts) => {
            let mut found = vec![Vec::new()];
            for part in parts {
                let next = expand(part, alternatives, limit)?;
                if found.len() * next.len() > limit {
                    return None;
                }
                let joined = |left: &[_], right: &[_]| [left, right].concat();
                found = found.iter().flat_map(|left| next.iter().map(|right| joined(left, right))).collect();
            }
            found
        }
        Expr::Alt(branches) => one_of(branches, alternatives, limit)?,
        // Not plain; the builder takes these apart before.
        Expr::Near { .. } | Expr::Unless(..) | Expr::List { .. } => Vec::new(),
    };
    (found.len() <= limit).then_some(found)
}

fn one_of(branches: &[Expr], alternatives: Alternatives, limit: usize) -> Option<Vec<Vec<Unit<'_>>>> {
    let (mut found, mut single) = (Vec::new(), Vec::new());
    for branch in branches {
        for sequence in expand(branch, alternatives, limit)? {
            match sequence.as_slice() {
                [Unit::Words(atoms)] if alternatives == Alternatives::Together => single.extend_from_slice(atoms),
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
