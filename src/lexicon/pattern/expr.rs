//! What a pattern says, once read. Nouns only.

use super::glob::Glob;
use std::collections::BTreeSet;

/// One word of a pattern: what a single token, or a hyphenated word seen whole, has to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) enum Atom {
    /// A word whose stem is one of these (one for each language that documents may be in), sorted.
    Stem(Vec<Box<str>>),
    /// A word with this case-folded surface.
    Exact(Box<str>),
    /// A word whose case-folded surface fits.
    Glob(Glob),
}

/// A pattern, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in super::super) enum Expr {
    /// One word.
    Word(Atom),
    /// Any one token: a lone `*`.
    Any,
    /// One after the other, with nothing between.
    Seq(Vec<Expr>),
    /// Any of them.
    Alt(Vec<Expr>),
    /// It, or nothing.
    Optional(Box<Expr>),
    /// Both, with at most `gap` tokens between them; `ordered`: the left one first.
    Near { left: Box<Expr>, right: Box<Expr>, gap: u32, ordered: bool },
    /// The left one where no hit of the right one covers it.
    Unless(Box<Expr>, Box<Expr>),
    /// A cue list or the patterns of a theme, by name; gone once lists are put in.
    List { name: String, column: u32 },
}

impl Expr {
    /// Whether it is made of words alone, in sequences, alternatives and options.
    pub(in super::super) fn is_plain(&self) -> bool {
        match self {
            Expr::Word(_) | Expr::Any => true,
            Expr::Seq(parts) | Expr::Alt(parts) => parts.iter().all(Expr::is_plain),
            Expr::Optional(inner) => inner.is_plain(),
            Expr::Near { .. } | Expr::Unless(..) | Expr::List { .. } => false,
        }
    }

    /// Adds the names of the lists that it speaks of.
    pub(in super::super) fn lists<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Expr::Word(_) | Expr::Any => {}
            Expr::Seq(parts) | Expr::Alt(parts) => parts.iter().for_each(|part| part.lists(names)),
            Expr::Optional(inner) => inner.lists(names),
            Expr::Near { left, right, .. } | Expr::Unless(left, right) => {
                left.lists(names);
                right.lists(names);
            }
            Expr::List { name, .. } => {
                names.insert(name);
            }
        }
    }

    /// A sequence; of one part, that part.
    pub(in super::super) fn seq(mut parts: Vec<Expr>) -> Expr {
        if parts.len() == 1 { parts.remove(0) } else { Expr::Seq(parts) }
    }

    /// Alternatives; of one, that one.
    pub(in super::super) fn alt(mut branches: Vec<Expr>) -> Expr {
        if branches.len() == 1 { branches.remove(0) } else { Expr::Alt(branches) }
    }
}

/// What is wrong in a pattern, where in it, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct PatternError {
    /// The character at fault, the first being 1; 0 where it is the pattern as a whole.
    pub column: u32,
    /// What the pattern does that it must not, as in "gives no distance".
    pub what: String,
    /// How to mend it.
    pub hint: String,
}

impl PatternError {
    pub(in super::super) fn new(column: u32, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { column, what: what.into(), hint: hint.into() }
    }
}
