//! A foreign lexicon as themes of our own, and back; and a theme as the text of its file.

use super::super::compile::Lexicon;
use super::super::foreign::{Category, Entry, Foreign, Loss, Losses, Reading};
use super::super::settings::LexiconSettings;
use super::super::theme::{LexiconError, Pattern, Theme, ThemeId};
use super::ours::{self, Refusal};
use crate::text::Analyzer;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The themes that say what `foreign` says, in its order, and what they cannot say.
///
/// A theme's id is made of the names of its category and those above it. Weights outside of 0 to 1 are no precision and
/// are lost; so is every entry that our language cannot say, or that no token can ever meet.
pub fn into_themes(foreign: &Foreign, settings: &LexiconSettings, analyzer: &Analyzer) -> (Vec<Theme>, Vec<Loss>) {
    let mut losses = Losses::default();
    let categories = foreign.walk();
    let ids = ids(&categories);
    let named = |name: &str| {
        let wanted = slug(name);
        let found = categories.iter().position(|(_, category)| slug(&category.name) == wanted);
        found.map(|at| ids[at].clone())
    };
    let mut themes: Vec<Theme> = Vec::with_capacity(categories.len());
    // Place of each pattern's entry, by file and line as errors will name them.
    let mut entries: BTreeMap<(PathBuf, u32), &Entry> = BTreeMap::new();
    for ((path, category), id) in categories.iter().zip(&ids) {
        let parent = (path.len() > 1).then(|| ids[above(&categories, path)].clone());
        let file = PathBuf::from(id);
        let mut patterns = Vec::new();
        for entry in &category.entries {
            match ours::pattern(entry, &named) {
                Ok(text) => {
                    let line = patterns.len() as u32 + 1;
                    entries.insert((file.clone(), line), entry);
                    patterns.push(Pattern {
                        text,
                        weight: weight(entry, category, settings, &mut losses),
                        stance: None,
                        line,
                    });
                }
                Err(Refusal(reason)) => losses.add(entry.line, id, &entry.text, format!("left out: {reason}")),
            }
        }
        if category.color.is_some() || category.guid.is_some() {
            losses.add(0, id, "", "its colour and identifier have no place in a theme file");
        }
        themes.push(Theme {
            id: ThemeId(id.clone()),
            label: category.name.clone(),
            definition: category.description.clone(),
            parent: parent.map(ThemeId),
            patterns,
            file,
            ..Theme::default()
        });
    }
    sift(&mut themes, &entries, settings, analyzer, &mut losses);
    (themes, losses.0)
}

/// Takes out the patterns that do not compile, until all do.
fn sift(
    themes: &mut [Theme],
    entries: &BTreeMap<(PathBuf, u32), &Entry>,
    settings: &LexiconSettings,
    analyzer: &Analyzer,
    losses: &mut Losses,
) {
    while let Err(errors) = Lexicon::compile(themes.to_vec(), settings, analyzer) {
        let n_before: usize = themes.iter().map(|theme| theme.patterns.len()).sum();
        let bad: BTreeMap<(PathBuf, u32), LexiconError> =
            errors.into_iter().map(|error| ((error.file.clone(), error.line), error)).collect();
        for theme in themes.iter_mut() {
            theme.patterns.retain(|pattern| match bad.get(&(theme.file.clone(), pattern.line)) {
                None => true,
                Some(error) => {
                    let entry = entries.get(&(theme.file.clone(), pattern.line));
                    let (line, text) = entry.map_or((0, ""), |entry| (entry.line, entry.text.as_str()));
                    losses.add(line, &theme.id.0, text, format!("left out: {}", error.what));
                    false
                }
            });
        }
        if themes.iter().map(|theme| theme.patterns.len()).sum::<usize>() == n_before {
            return;
        }
    }
}

fn weight(entry: &Entry, category: &Category, settings: &LexiconSettings, losses: &mut Losses) -> f64 {
    match entry.weight {
        None => settings.default_weight,
        Some(weight) if (0.0..=1.0).contains(&weight) => weight,
        Some(weight) => {
            let reason = format!("its weight {weight} is lost: ours is a precision, from 0 to 1");
            losses.add(entry.line, &category.name, &entry.text, reason);
            settings.default_weight
        }
    }
}

fn above(categories: &[(Vec<&str>, &Category)], path: &[&str]) -> usize {
    categories.iter().position(|(other, _)| other[..] == path[..path.len() - 1]).unwrap_or(0)
}

/// An id for each category, its parents' in front of it, none given twice.
fn ids(categories: &[(Vec<&str>, &Category)]) -> Vec<String> {
    let (mut ids, mut taken) = (Vec::<String>::with_capacity(categories.len()), BTreeSet::new());
    for (path, category) in categories {
        let own = slug(&category.name);
        let id = match path.len() {
            1 => own,
            _ => format!("{}.{own}", ids[above(&categories[..ids.len()], path)]),
        };
        let numbered = (2..).map(|n| format!("{id}-{n}"));
        let free = std::iter::once(id.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(id);
        taken.insert(free.clone());
        ids.push(free);
    }
    ids
}

/// Letters and digits in lower case, with single hyphens for all between them.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "theme".to_owned() } else { parts.join("-") }
}

/// What other programs can be told of `themes`, and what of them has no place there.
pub fn from_themes(themes: &[Theme], default_weight: f64) -> (Foreign, Vec<Loss>) {
    let mut losses = Losses::default();
    let mut foreign = Foreign::default();
    let by_id: BTreeMap<&ThemeId, &Theme> = themes.iter().map(|theme| (&theme.id, theme)).collect();
    let mut names: BTreeMap<&ThemeId, Vec<String>> = BTreeMap::new();
    for theme in themes {
        let mut chain = vec![theme];
        // A chain of parents that leads back ends where it does.
        while let Some(parent) = chain.last().and_then(|theme| by_id.get(theme.parent.as_ref()?)).copied() {
            if chain.len() > themes.len() {
                break;
            }
            chain.push(parent);
        }
        let mut path: Vec<String> = Vec::new();
        for theme in chain.iter().rev() {
            path = names.entry(&theme.id).or_insert_with(|| free(&mut foreign, &path, theme)).clone();
        }
    }
    for theme in themes {
        told(theme, default_weight, names.get(&theme.id).and_then(|path| foreign.at(path)), &mut losses);
    }
    (foreign, losses.0)
}

/// Makes the category of a theme below `above`; its name carries the id where a sister has its label.
fn free(foreign: &mut Foreign, above: &[String], theme: &Theme) -> Vec<String> {
    let label = if theme.label.trim().is_empty() { &theme.id.0 } else { &theme.label };
    let taken = foreign.below(above).iter().any(|sister| sister.name == *label);
    let name = if taken { format!("{label} ({})", theme.id) } else { label.clone() };
    let path: Vec<String> = above.iter().cloned().chain([name]).collect();
    foreign.at(&path);
    path
}

fn told(theme: &Theme, default_weight: f64, category: Option<&mut Category>, losses: &mut Losses) {
    let id = &theme.id.0;
    let Some(category) = category else { return };
    theme.definition.trim().clone_into(&mut category.description);
    for pattern in &theme.patterns {
        let weight = Some(pattern.weight).filter(|weight| *weight != default_weight);
        if pattern.stance.is_some() {
            losses.add(pattern.line, id, &pattern.text, "its stance is lost");
        }
        category.entries.push(Entry { text: pattern.text.clone(), reading: Reading::Ours, weight, line: pattern.line });
    }
    for pattern in &theme.except {
        losses.add(pattern.line, id, &pattern.text, "left out: the formats have no exceptions");
    }
    let guidance = theme.include.len() + theme.exclude.len();
    if guidance + theme.examples.len() + theme.counter_examples.len() > 0 {
        losses.add(0, id, "", "its guidance for coders and its examples are lost");
    }
}

/// The text of the theme's file.
pub fn theme_file(theme: &Theme, default_weight: f64) -> String {
    // A string of JSON is one of TOML, but for this one character.
    let quoted = |text: &str| serde_json::Value::from(text.replace('\u{7f}', "")).to_string();
    let mut out = format!("id = {}\nlabel = {}\n", quoted(&theme.id.0), quoted(&theme.label));
    if !theme.definition.is_empty() {
        out += &format!("definition = {}\n", quoted(&theme.definition));
    }
    if let Some(parent) = &theme.parent {
        out += &format!("parent = {}\n", quoted(&parent.0));
    }
    out += "patterns = [\n";
    for pattern in &theme.patterns {
        let text = quoted(&pattern.text);
        out += &match pattern.weight == default_weight {
            true => format!("  {text},\n"),
            false => format!("  {{ pattern = {text}, weight = {:?} }},\n", pattern.weight),
        };
    }
    out + "]\n"
}

/// Themes as a dictionary, each pattern verbatim as an entry, each theme below its parent: what quanteda's matching reads
/// of theme files.
pub fn verbatim(themes: &[Theme]) -> Foreign {
    let mut foreign = Foreign { hides_empty: true, ..Foreign::default() };
    for theme in themes {
        let parent = |theme: &&Theme| themes.iter().find(|above| Some(&above.id) == theme.parent.as_ref());
        let chain = std::iter::successors(Some(theme), parent).take(themes.len());
        let mut path: Vec<String> = chain.map(|above| above.id.0.clone()).collect();
        path.reverse();
        if let Some(category) = foreign.at(&path) {
            let entry =
                |pattern: &Pattern| Entry { text: pattern.text.clone(), line: pattern.line, ..Entry::default() };
            category.entries.extend(theme.patterns.iter().map(entry));
        }
    }
    foreign
}
