//! Cue lists, and what `@name` stands for.

use super::pattern::{Expr, PatternError};
use super::settings::LexiconSettings;
use std::collections::BTreeMap;
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
}

/// The shipped cue lists, each in its own name, with the study's in place of those that it names too.
pub(super) fn cue_lists(settings: &LexiconSettings) -> BTreeMap<String, CueList> {
    // The shipped file is part of the program; a test reads it.
    let shipped: BTreeMap<String, Vec<String>> = toml::from_str(SHIPPED).unwrap_or_default();
    let list = |file: String, patterns: &[String]| CueList { file: PathBuf::from(file), patterns: patterns.to_vec() };
    let shipped =
        shipped.iter().map(|(name, patterns)| (name.clone(), list(format!("shipped cues, {name}"), patterns)));
    let own = settings.cues.iter();
    let own = own.map(|(name, patterns)| (name.clone(), list(format!("[lexicon.cues] {name}"), patterns)));
    shipped.chain(own).collect()
}

/// What each name stands for: any of these.
#[derive(Debug, Default)]
pub(super) struct Lists(pub BTreeMap<String, Vec<Expr>>);

impl Lists {
    /// `expr` with every `@name` replaced by the alternatives that it stands for.
    pub(super) fn put_in(&self, expr: &Expr) -> Result<Expr, PatternError> {
        self.fill(expr, &mut Vec::new())
    }

    fn fill<'a>(&'a self, expr: &'a Expr, open: &mut Vec<&'a str>) -> Result<Expr, PatternError> {
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
                let Some((name, patterns)) = self.0.get_key_value(name) else {
                    return Err(self.unknown(name, *column));
                };
                if open.contains(&name.as_str()) || open.len() == MAX_DEPTH {
                    let way = open.join("\" > \"");
                    let what = format!("names the list \"{name}\", which leads back to itself: \"{way}\" > \"{name}\"");
                    return Err(PatternError::new(*column, what, "take one of these names out of the other's list"));
                }
                open.push(name);
                let filled = self.fill_all(patterns, open)?;
                open.pop();
                Expr::alt(filled)
            }
        })
    }

    fn fill_all<'a>(&'a self, exprs: &'a [Expr], open: &mut Vec<&'a str>) -> Result<Vec<Expr>, PatternError> {
        exprs.iter().map(|expr| self.fill(expr, open)).collect()
    }

    fn unknown(&self, name: &str, column: u32) -> PatternError {
        let what = format!("names the list \"{name}\" at column {column}, which is no cue list and no theme");
        PatternError::new(column, what, nearest(name, self.0.keys().map(String::as_str), "lists"))
    }
}

/// A hint: the known name that `name` is nearest to, or else all of them.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>, kind: &str) -> String {
    let known: Vec<&str> = known.collect();
    let near = known.iter().map(|k| (strsim::damerau_levenshtein(name, k), k)).min();
    match near {
        Some((distance, near)) if distance <= 1 + name.chars().count() / 3 => format!("did you mean \"{near}\"?"),
        _ if known.is_empty() => format!("there are no {kind}"),
        _ => format!("the {kind} are {}", known.join(", ")),
    }
}
