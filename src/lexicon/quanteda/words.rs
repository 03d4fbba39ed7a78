//! The words of values, and which of them a type is.

use super::super::settings::{LookupSettings, ValueType};
use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Every distinct word of a dictionary's values.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: FxHashMap<String, u32>,
    exact: FxHashMap<String, u32>,
    /// Words that are a beginning and then `*`, by that beginning.
    prefixes: FxHashMap<String, u32>,
    /// The longest beginning among them, in bytes.
    longest: usize,
    globs: Vec<(Vec<char>, u32)>,
    regexes: Vec<(Regex, u32)>,
}

impl Words {
    /// The number of a word, made where it is new.
    pub fn add(&mut self, word: &str, settings: &LookupSettings) -> Result<u32, String> {
        let folded = match settings.valuetype {
            ValueType::Regex => word.nfc().collect(),
            _ => fold(word, settings),
        };
        if let Some(number) = self.numbers.get(&folded) {
            return Ok(*number);
        }
        let number = self.numbers.len() as u32;
        let is_glob = settings.valuetype == ValueType::Glob && folded.contains(['*', '?']);
        if settings.valuetype == ValueType::Regex && !folded.is_empty() {
            let regex = RegexBuilder::new(&folded).case_insensitive(settings.case_insensitive).build();
            let regex = regex.map_err(|error| {
                let error = error.to_string();
                format!("\"{word}\" is no regular expression: {}", error.lines().last().unwrap_or_default().trim())
            })?;
            self.regexes.push((regex, number));
        } else if is_glob {
            match folded.strip_suffix('*').filter(|begin| !begin.contains(['*', '?'])) {
                Some(begin) => {
                    self.longest = self.longest.max(begin.len());
                    self.prefixes.insert(begin.to_owned(), number);
                }
                None => self.globs.push((folded.chars().collect(), number)),
            }
        } else {
            self.exact.insert(folded.clone(), number);
        }
        self.numbers.insert(folded, number);
        Ok(number)
    }

    /// The words that a type is, ascending.
    pub fn of(&self, token: &str, settings: &LookupSettings) -> Vec<u32> {
        let mut found = Vec::new();
        let folded = match settings.valuetype {
            ValueType::Regex => token.nfc().collect(),
            _ => fold(token, settings),
        };
        found.extend(self.exact.get(&folded));
        // Padding is met by the empty value alone.
        if !folded.is_empty() {
            let ends = folded.char_indices().map(|(at, _)| at).chain([folded.len()]);
            let ends = ends.take_while(|end| *end <= self.longest);
            found.extend(ends.filter_map(|end| self.prefixes.get(&folded[..end])));
            if !self.globs.is_empty() {
                let chars: Vec<char> = folded.chars().collect();
                found.extend(self.globs.iter().filter(|(glob, _)| fits(glob, &chars)).map(|(_, number)| number));
            }
            found.extend(self.regexes.iter().filter(|(regex, _)| regex.is_match(&folded)).map(|(_, number)| number));
        }
        found.sort_unstable();
        found
    }
}

fn fold(word: &str, settings: &LookupSettings) -> String {
    let normal = if is_nfc(word) { word.to_owned() } else { word.nfc().collect() };
    if settings.case_insensitive { normal.to_lowercase() } else { normal }
}

/// Whether the whole of `text` fits `glob`: `*` any run, `?` one character.
fn fits(glob: &[char], text: &[char]) -> bool {
    let (mut at, mut from, mut back) = (0, 0, None);
    while from < text.len() {
        match glob.get(at) {
            Some('*') => {
                back = Some((at + 1, from));
                at += 1;
            }
            Some(c) if *c == '?' || *c == text[from] => {
                at += 1;
                from += 1;
            }
            _ => match back {
                None => return false,
                // The last `*` takes one character more.
                Some((after, start)) => {
                    back = Some((after, start + 1));
                    (at, from) = (after, start + 1);
                }
            },
        }
    }
    glob[at..].iter().all(|c| *c == '*')
}
