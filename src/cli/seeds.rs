//! Themes that are told by seeds: a lexicon, or a file of words.

use super::exit::Failure;
use crate::filter::{self, Gathered};
use crate::lexicon::{self, Lexicon, LexiconSettings, Pattern, Theme, ThemeId};
use crate::text::Analyzer;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A word of a phrase stands for it from so many letters on; shorter ones hold phrases together.
const LONG_ENOUGH: usize = 4;

/// Texts, and the themes whose seeds were looked for in them.
pub struct Seeded {
    /// The themes.
    pub lexicon: Lexicon,
    /// The texts, with the seeds that were met.
    pub gathered: Gathered,
}

impl Seeded {
    /// Reads files for the themes of some folders or of a file of seed words; `None` where neither is named. Says which
    /// themes are met nowhere.
    pub fn read(
        files: &[PathBuf],
        (folders, seeds): (&[PathBuf], Option<&Path>),
        analyzer: &Analyzer,
    ) -> Result<Option<Self>, Failure> {
        let settings = LexiconSettings { themes: folders.to_vec(), ..LexiconSettings::default() };
        let mut themes = seeds.map(seed_themes).transpose()?;
        let mut lexicon = match &themes {
            Some(themes) => Lexicon::compile(themes.clone(), &settings, analyzer)?,
            None if folders.is_empty() => return Ok(None),
            None => lexicon::load(&settings, analyzer)?,
        };
        let mut gathered = filter::gather_files(files, analyzer, Some(&lexicon));
        if let Some(themes) = &mut themes
            && take_words_of_phrases(themes, &lexicon, &unmet(&lexicon, &gathered))
        {
            lexicon = Lexicon::compile(themes.clone(), &settings, analyzer)?;
            gathered = filter::gather_files(files, analyzer, Some(&lexicon));
        }
        for theme in unmet(&lexicon, &gathered) {
            let label = &lexicon.themes[theme].label;
            writeln!(io::stderr(), "warning: theme {label:?}: no document has any of its words")?;
            writeln!(io::stderr(), "  hint: give it words that the documents use")?;
        }
        Ok(Some(Self { lexicon, gathered }))
    }
}

/// The themes of which nothing is met in any document, by their places.
fn unmet(lexicon: &Lexicon, gathered: &Gathered) -> Vec<usize> {
    let met: BTreeSet<usize> = gathered.seeds.iter().map(|hit| hit.theme as usize).collect();
    (0..lexicon.themes.len()).filter(|theme| !met.contains(theme)).collect()
}

/// Gives the themes that are met nowhere the words of their phrases instead; says whether there was any phrase.
fn take_words_of_phrases(themes: &mut [Theme], lexicon: &Lexicon, unmet: &[usize]) -> bool {
    let is_unmet = |theme: &Theme| unmet.iter().any(|&place| lexicon.themes[place].id == theme.id);
    let mut is_changed = false;
    for theme in themes.iter_mut().filter(|theme| is_unmet(theme)) {
        let is_word = |word: &&str| word.len() >= LONG_ENOUGH && word.chars().all(char::is_alphanumeric);
        let split = |pattern: &Pattern| -> Vec<Pattern> {
            let words = pattern.text.split(|c: char| !c.is_alphanumeric()).filter(is_word);
            words.map(|word| Pattern { text: word.to_owned(), ..pattern.clone() }).collect()
        };
        let words: Vec<Pattern> = theme.patterns.iter().flat_map(split).collect();
        if words.len() > theme.patterns.len() {
            (theme.patterns, is_changed) = (words, true);
        }
    }
    is_changed
}

/// A file of seed words: `theme = ["word", ...]` lines, or `[[theme]]` tables with `name` and `seeds`.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum SeedFile {
    Tables { theme: Vec<SeedTable> },
    Lines(BTreeMap<String, Vec<String>>),
}

#[derive(serde::Deserialize)]
struct SeedTable {
    name: String,
    seeds: Vec<String>,
}

fn seed_themes(file: &Path) -> Result<Vec<Theme>, Failure> {
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::wrong(format!("{}: cannot be read: {error}", file.display())))?;
    let wrong = |what: &str| {
        let hint = "write a line for each theme: name = [\"word\", \"word\"]";
        Failure::wrong(format!("{}: {what}\n  hint: {hint}", file.display()))
    };
    let table: toml::Table = toml::from_str(&text).map_err(|error| wrong(error.message()))?;
    let is_words = |value: &toml::Value| value.as_array().is_some_and(|words| words.iter().all(toml::Value::is_str));
    let odd = table.iter().find(|(_, value)| !is_words(value)).map_or_else(String::new, |(name, _)| name.clone());
    let seeds: SeedFile =
        table.try_into().map_err(|_: toml::de::Error| wrong(&format!("\"{odd}\" is no list of words")))?;
    let lists: BTreeMap<String, Vec<String>> = match seeds {
        SeedFile::Lines(lists) => lists,
        SeedFile::Tables { theme } => theme.into_iter().map(|table| (table.name, table.seeds)).collect(),
    };
    let pattern = |text: String| Pattern { text, weight: 1.0, stance: None, line: 0 };
    let theme = |(name, seeds): (String, Vec<String>)| Theme {
        label: name.clone(),
        id: ThemeId(name),
        patterns: seeds.into_iter().map(pattern).collect(),
        file: file.to_owned(),
        ..Theme::default()
    };
    Ok(lists.into_iter().map(theme).collect())
}
