//! Patterns that say what another one says already.

use super::super::compile::Lexicon;
use super::super::hierarchy::lineages;
use super::super::matcher::spelled_out;
use super::super::pattern::Expr;
use super::{Remark, RemarkKind, remark};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Which patterns are met wherever a pattern is met.
pub(super) struct Overlap<'a> {
    lexicon: &'a Lexicon,
    /// For each pattern, those that every hit of it holds, itself among them where it is plain.
    inside: Vec<BTreeSet<u32>>,
}

impl<'a> Overlap<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        let inside = lexicon.exprs.iter().map(|expr| inside(lexicon, expr)).collect();
        Self { lexicon, inside }
    }

    pub(super) fn remarks(&self) -> Vec<Remark> {
        // The first pattern of each theme that says the same, by what it says.
        let mut known: HashMap<&Expr, BTreeMap<u16, u32>> = HashMap::new();
        let mut remarks = Vec::new();
        for (expr, pattern) in self.lexicon.exprs.iter().zip(0..) {
            let theme = self.lexicon.theme_of[pattern as usize];
            let same = known.entry(expr).or_default();
            if let Some(&first) = same.get(&theme) {
                let what = format!("says the same as {}", Self::place(self.lexicon, first));
                let hint = "take one of them out: only the first is ever met";
                remarks.push(remark(self.lexicon, pattern, RemarkKind::Duplicate, &what, hint));
                continue;
            }
            let shared =
                same.iter().find(|(other, _)| !self.is_above(theme, **other) && !self.is_above(**other, theme));
            if let Some((&other, &first)) = shared {
                let what = format!(
                    "is one of theme \"{}\" too: {}",
                    self.lexicon.themes[other as usize].id,
                    Self::place(self.lexicon, first)
                );
                let hint = "leave it to the theme that it tells of, unless it truly tells of both";
                remarks.push(remark(self.lexicon, pattern, RemarkKind::Shared, &what, hint));
            }
            same.insert(theme, pattern);
            remarks.extend(self.contained(pattern));
        }
        remarks
    }

    /// The patterns that are not met by themselves, though patterns of their theme are met whose hits hold them: of those
    /// the first.
    pub(super) fn covered(lexicon: &Lexicon, is_met: &dyn Fn(u32) -> bool) -> BTreeMap<u32, u32> {
        let lineages = lineages(&lexicon.themes);
        let mut covered = BTreeMap::new();
        if (0..lexicon.exprs.len() as u32).all(is_met) {
            return covered;
        }
        for (expr, longer) in lexicon.exprs.iter().zip(0..).filter(|(_, longer)| is_met(*longer)) {
            let claimed = &lineages[usize::from(lexicon.theme_of[longer as usize])];
            let held = inside(lexicon, expr)
                .into_iter()
                .filter(|&held| held != longer && !is_met(held) && claimed.contains(&lexicon.theme_of[held as usize]));
            held.for_each(|held| _ = covered.entry(held).or_insert(longer));
        }
        covered
    }

    fn contained(&self, pattern: u32) -> Option<Remark> {
        let patterns = &self.lexicon.patterns;
        let own = &patterns[pattern as usize];
        let theme_of = |pattern: u32| self.lexicon.theme_of[pattern as usize];
        let other = self.inside[pattern as usize].iter().copied().find(|&other| {
            let written = &patterns[other as usize];
            // Of two that hold each other, the later one goes.
            let holds_each_other = self.inside[other as usize].contains(&pattern);
            other != pattern
                && theme_of(other) == theme_of(pattern)
                && written.weight >= own.weight
                && (own.stance.is_none() || own.stance == written.stance)
                && (other < pattern || !holds_each_other)
        })?;
        let what = format!("is met only where {} is met", Self::place(self.lexicon, other));
        let hint = "take it out, or give it more weight than that one";
        Some(remark(self.lexicon, pattern, RemarkKind::Contained, &what, hint))
    }

    pub(super) fn place(lexicon: &Lexicon, pattern: u32) -> String {
        let written = &lexicon.patterns[pattern as usize];
        format!("\"{}\" of line {}", written.text, written.line)
    }

    fn is_above(&self, above: u16, below: u16) -> bool {
        let themes = &self.lexicon.themes;
        let mut at = &themes[below as usize];
        while let Some(parent) = at.parent.as_ref().and_then(|id| themes.iter().find(|theme| theme.id == *id)) {
            if parent.id == themes[above as usize].id {
                return true;
            }
            at = parent;
        }
        false
    }
}

/// The patterns that every hit of `expr` holds; some may be missed, none is wrong.
fn inside(lexicon: &Lexicon, expr: &Expr) -> BTreeSet<u32> {
    match expr {
        _ if expr.is_plain() => {
            let sequences = spelled_out(expr).unwrap_or_default();
            in_all(sequences.iter().map(|sequence| lexicon.engine.patterns_inside(sequence)))
        }
        Expr::Alt(branches) => in_all(branches.iter().map(|branch| inside(lexicon, branch))),
        Expr::Seq(parts) => {
            let runs = parts.chunk_by(|a, b| a.is_plain() && b.is_plain());
            runs.flat_map(|run| inside(lexicon, &Expr::seq(run.to_vec()))).collect()
        }
        Expr::Near { left, right, .. } => [left, right].into_iter().flat_map(|side| inside(lexicon, side)).collect(),
        Expr::Unless(left, _) => inside(lexicon, left),
        Expr::Optional(_) | Expr::Word(_) | Expr::Any | Expr::List { .. } => BTreeSet::new(),
    }
}

fn in_all(sets: impl Iterator<Item = BTreeSet<u32>>) -> BTreeSet<u32> {
    sets.reduce(|all, more| all.intersection(&more).copied().collect()).unwrap_or_default()
}
