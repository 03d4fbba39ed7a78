//! Cue lists, and what `@name` stands for.

use super::pattern::{Expr, PatternError};
use super::settings::LexiconSettings;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The lists that every study has.
const SHIPPED: &str = include_str!("cues.toml");

/// Lists may name lists; deeper than this they are taken for a mistake.
const MAX_DEPTH: usize = 32;

/// One cue list, and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CueList {
    /// What an error names as its file.
    pub file: PathBuf,
    pub patterns: Vec<String>,
    /// Whether the study wrote it: then it is read even where nothing names it, so that what is wrong in it is told.
    pub is_own: bool,
}

/// The shipped cue lists, each in its own name, with the study's in place of those that it names too.
pub(super) fn cue_lists(settings: &LexiconSettings) -> BTreeMap<String, CueList> {
    // The shipped file is part of the program; a test reads it.
    let shipped: BTreeMap<String, Vec<String>> = toml::from_str(SHIPPED).unwrap_or_default();
    let shipped = shipped.into_iter().map(|(name, patterns)| {
        let file = PathBuf::from(format!("shipped cues, {name}"));
        (name, CueList { file, patterns, is_own: false })
    });
    let own = settings.cues.iter().map(|(name, patterns)| {
        let file = PathBuf::from(format!("[lexicon.cues] {name}"));
        (name.clone(), CueList { file, patterns: patterns.clone(), is_own: true })
    });
    shipped.chain(own).collect()
}

/// What each name stands for: any of these.
#[derive(Debug, Default)]
pub(super) struct Lists<'a>(pub BTreeMap<&'a str, Vec<&'a Expr>>);

impl<'a> Lists<'a> {
    /// `expr` with every `@name` replaced by the alternatives that it stands for.
    pub(super) fn put_in<'e>(&self, expr: &'e Expr) -> Result<Cow<'e, Expr>, PatternError>
    where
        'a: 'e,
    {
        let mut names = BTreeSet::new();
        expr.lists(&mut names);
        Ok(if names.is_empty() { Cow::Borrowed(expr) } else { Cow::Owned(self.fill(expr, &mut Vec::new())?) })
    }

    fn fill<'o>(&'o self, expr: &'o Expr, open: &mut Vec<&'o str>) -> Result<Expr, PatternError> {
        Ok(match expr {
            Expr::Word(_) | Expr::Any => expr.clone(),
            Expr::Seq(parts) => Expr::Seq(self.fill_all(parts, open)?),
            Expr::Alt(branches) => Expr::Alt(self.fill_all(branches, open)?),
            Expr::Optional(inner) => Expr::Optional(Box::new(self.fill(inner, open)?)),
            Expr::Near { left, right, gap, ordered } => Expr::Near {
                left: Box::new(self.fill(left, open)?),
                right: Box::new(self.fill(right, open)?),
                gap: *gap,
                ordered: *ordered,
            },
            Expr::Unless(left, right) => {
                Expr::Unless(Box::new(self.fill(left, open)?), Box::new(self.fill(right, open)?))
            }
            Expr::List { name, column } => {
                let Some((name, patterns)) = self.0.get_key_value(name.as_str()) else {
                    return Err(self.unknown(name, *column));
                };
                if open.contains(name) || open.len() == MAX_DEPTH {
                    let way = open.join("\" > \"");
                    let what = format!("names the list \"{name}\", which leads back to itself: \"{way}\" > \"{name}\"");
                    return Err(PatternError::new(*column, what, "take one of these names out of the other's list"));
                }
                open.push(name);
                let filled: Result<_, _> = patterns.iter().map(|expr| self.fill(expr, open)).collect();
                open.pop();
                Expr::alt(filled?)
            }
        })
    }

    fn fill_all<'o>(&'o self, exprs: &'o [Expr], open: &mut Vec<&'o str>) -> Result<Vec<Expr>, PatternError> {
        exprs.iter().map(|expr| self.fill(expr, open)).collect()
    }

    fn unknown(&self, name: &str, column: u32) -> PatternError {
        let what = format!("names the list \"{name}\" at column {column}, which is no cue list and no theme");
        PatternError::new(column, what, nearest(name, self.0.keys().copied(), "lists"))
    }
}

/// A hint: the known name that `name` is nearest to, or else all of them.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>, kind: &str) -> String {
    let known: Vec<&str> = known.collect();
    match near(name, known.iter().copied(), 1 + name.chars().count() / 3) {
        Some(near) => format!("did you mean \"{near}\"?"),
        _ if known.is_empty() => format!("there are no {kind}"),
        _ => format!("the {kind} are {}", known.join(", ")),
    }
}

/// The known name that `name` is nearest to, if it is at most `n_slips` letters off.
pub fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>, n_slips: usize) -> Option<&'a str> {
    let near = known.map(|known| (strsim::damerau_levenshtein(name, known), known)).min()?;
    (near.0 <= n_slips).then_some(near.1)
}
