//! Which themes are parts of which.

use super::lists::nearest;
use super::theme::{LexiconError, Theme, ThemeId};
use std::collections::BTreeMap;

/// Refuses a theme whose id the one before it has; `themes` are in order of id, then of files.
pub(super) fn twins(themes: &mut Vec<Theme>, errors: &mut Vec<LexiconError>) {
    themes.dedup_by(|theme, first| {
        if theme.id != first.id {
            return false;
        }
        let what = format!("gives the theme \"{}\" that {} gives too", theme.id, first.file.display());
        let hint = "write another id, or take one of the files away".to_owned();
        errors.push(LexiconError { file: theme.file.clone(), line: 0, what, hint });
        true
    });
}

/// The ids of all themes but one.
fn others<'t>(themes: &'t [Theme], theme: &'t Theme) -> impl Iterator<Item = &'t str> {
    themes.iter().filter(|other| other.id != theme.id).map(|other| other.id.0.as_str())
}

/// For each theme, itself and those above it, from the lowest up: what is said of a theme is said of all of them.
pub fn lineages(themes: &[Theme]) -> Vec<Vec<u16>> {
    chains(themes, &mut Vec::new())
}

/// The same, with what is wrong in it.
pub(super) fn chains(themes: &[Theme], errors: &mut Vec<LexiconError>) -> Vec<Vec<u16>> {
    let numbers: BTreeMap<&ThemeId, usize> = themes.iter().enumerate().map(|(n, theme)| (&theme.id, n)).collect();
    let mut chains = Vec::new();
    for (number, theme) in themes.iter().enumerate() {
        let mut chain = vec![number as u16];
        let mut above = theme;
        while let Some(parent) = &above.parent {
            let error = |what: String, hint: String| LexiconError { file: theme.file.clone(), line: 0, what, hint };
            let Some(&next) = numbers.get(parent) else {
                if above.id == theme.id {
                    let what = format!("theme \"{}\" names the parent \"{parent}\", which is no theme", theme.id);
                    errors.push(error(what, nearest(&parent.0, others(themes, theme), "themes")));
                }
                break;
            };
            if chain.contains(&(next as u16)) {
                if next == number {
                    let what = format!("theme \"{}\" is above itself, by way of its parent \"{parent}\"", theme.id);
                    errors.push(error(what, "take one parent out of the circle".to_owned()));
                }
                break;
            }
            chain.push(next as u16);
            above = &themes[next];
        }
        chains.push(chain);
    }
    chains
}
