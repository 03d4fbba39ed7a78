//! What is known of the abbreviations of a language. The lists are data: `abbreviations.txt`.

use super::super::settings::Language;
use rustc_hash::{FxHashMap, FxHashSet};

const LISTS: &str = include_str!("abbreviations.txt");

/// No abbreviation is longer than this, in bytes.
const LONGEST: usize = 16;

/// What a stop after an abbreviation says about the end of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Nothing: something always follows it (`Dr.`, `e.g.`).
    Open,
    /// Nothing where a number follows (`No. 5`).
    Numbered,
    /// The sentence ends if a word follows that often starts one (`et al. The`).
    Either,
}

/// The abbreviations of one language and of the scholarly literature, and the words that often start a sentence.
#[derive(Clone, Debug, Default)]
pub(in crate::text) struct Abbreviations {
    known: FxHashMap<Box<str>, Abbreviation>,
    starters: FxHashSet<Box<str>>,
    /// Whether a small number with a stop is an ordinal (`am 5. Mai`).
    pub(super) ordinals: bool,
    /// Whether `;` asks a question.
    pub(super) greek: bool,
}

impl Abbreviations {
    /// The lists for a language: its own, after those that hold for all.
    pub(in crate::text) fn new(language: Language) -> Self {
        let own = format!("{language:?}").to_lowercase();
        let mut lists = Self { greek: language == Language::Greek, ..Self::default() };
        for line in LISTS.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (Some(list_language), Some(list)) = (words.next(), words.next()) else { continue };
            if list_language == "all" || list_language == own {
                lists.take(list, words);
            }
        }
        lists
    }

    fn take<'w>(&mut self, list: &str, words: impl Iterator<Item = &'w str>) {
        let kind = match list {
            "open" => Abbreviation::Open,
            "numbered" => Abbreviation::Numbered,
            "either" => Abbreviation::Either,
            "ordinals" => return self.ordinals = true,
            _ => return self.starters.extend(words.map(Box::from)),
        };
        self.known.extend(words.map(|word| (Box::from(word), kind)));
    }

    /// What the word before a stop (without it) is known as.
    pub(super) fn find(&self, word: &str) -> Option<Abbreviation> {
        let mut lower = [0; LONGEST];
        match lower.get_mut(..word.len()) {
            None => None,
            Some(lower) if word.is_ascii() => {
                lower.copy_from_slice(word.as_bytes());
                lower.make_ascii_lowercase();
                self.known.get(std::str::from_utf8(lower).ok()?).copied()
            }
            Some(_) => self.known.get(&*word.to_lowercase()).copied(),
        }
    }

    /// Whether a word often starts a sentence.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        self.starters.contains(word)
    }
}
