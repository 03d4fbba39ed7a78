//! Spells out the sequences that a plain expression allows.

use super::super::super::pattern::{Expr, PatternError};
use super::super::trie::Step;
use super::super::words::Words;

/// Up to so many sequences, each alternative goes its own way in the trie, which costs nothing per hit.
const MAX_APART: usize = 256;
/// Beyond that, alternatives of one word become one symbol; a pattern that is still larger is refused.
const MAX_SEQUENCES: usize = 10_000;

/// What becomes of alternatives that are single words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alternatives {
    Apart,
    Together,
}

/// The sequences of `expr`, sorted; the empty one among them where all of it is optional.
pub(super) fn sequences(expr: &Expr, words: &mut Words) -> Result<Vec<Vec<Step>>, PatternError> {
    let sequences = expand(expr, words, Alternatives::Apart, MAX_APART)
        .or_else(|| expand(expr, words, Alternatives::Together, MAX_SEQUENCES));
    let Some(mut sequences) = sequences else {
        let what = format!("stands for more than {MAX_SEQUENCES} sequences of words");
        return Err(PatternError::new(0, what, "split it, or join its parts with BEFORE/0 in place of a space"));
    };
    if sequences.iter().any(|sequence| sequence.first() == Some(&Step::Any)) {
        let hint = "begin with a word, or say how near words must be, as in \"wait* NEAR/3 hour\"";
        return Err(PatternError::new(0, "begins with a lone *, which any token is", hint));
    }
    sequences.sort_unstable();
    sequences.dedup();
    Ok(sequences)
}

/// `None` where there are more than `limit`.
fn expand(expr: &Expr, words: &mut Words, alternatives: Alternatives, limit: usize) -> Option<Vec<Vec<Step>>> {
    let found = match expr {
        Expr::Word(atom) => vec![vec![Step::Word(words.symbol(atom))]],
        Expr::Any => vec![vec![Step::Any]],
        Expr::Optional(inner) => {
            let mut found = expand(inner, words, alternatives, limit)?;
            found.push(Vec::new());
            found
        }
        Expr::Seq(parts) => {
            let mut found = vec![Vec::new()];
            for part in parts {
                let next = expand(part, words, alternatives, limit)?;
                if found.len() * next.len() > limit {
                    return None;
                }
                found = found.iter().flat_map(|left| next.iter().map(move |right| joined(left, right))).collect();
            }
            found
        }
        Expr::Alt(branches) => {
            let mut found = Vec::new();
            let mut single = Vec::new();
            for branch in branches {
                for sequence in expand(branch, words, alternatives, limit)? {
                    match sequence.as_slice() {
                        [Step::Word(symbol)] if alternatives == Alternatives::Together => single.push(*symbol),
                        _ => found.push(sequence),
                    }
                }
                if found.len() > limit {
                    return None;
                }
            }
            if !single.is_empty() {
                found.push(vec![Step::Word(words.union(&single))]);
            }
            found
        }
        // Not plain; the builder takes these apart before.
        Expr::Near { .. } | Expr::Unless(..) | Expr::List { .. } => Vec::new(),
    };
    (found.len() <= limit).then_some(found)
}

fn joined(left: &[Step], right: &[Step]) -> Vec<Step> {
    left.iter().chain(right).copied().collect()
}
