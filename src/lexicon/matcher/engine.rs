//! Both machines over one document: themes everywhere, cues where a theme was met.

use super::super::classes::{ClassId, TokenClasses};
use super::build::Unit;
use super::found::{Found, Scratch};
use super::settle::Machine;
use super::view::{Starts, Table, View, Which, is_any, role};
use super::words::{Symbol, Words};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::{PoisonError, RwLock};

/// The matcher of our own pattern language.
#[derive(Debug)]
pub(in super::super) struct Engine {
    words: Words,
    themes: Machine,
    cues: Machine,
    classes: RwLock<Classes>,
}

/// The sets of symbols met so far. Equal sets share an id.
#[derive(Debug, Default)]
struct Classes {
    ids: FxHashMap<Box<[Symbol]>, ClassId>,
    table: Table,
}

impl Engine {
    pub(in super::super) fn new(words: Words, themes: Machine, cues: Machine) -> Self {
        Self { words, themes, cues, classes: RwLock::default() }
    }

    pub(in super::super) fn classify(&self, surface: &str, stem: &str) -> ClassId {
        let mut symbols = Vec::new();
        self.words.symbols_of(surface, stem, &mut symbols);
        if symbols.is_empty() {
            return ClassId::NONE;
        }
        // A poisoned lock still holds a whole table: entries are only ever appended.
        let known = self.classes.read().unwrap_or_else(PoisonError::into_inner).ids.get(symbols.as_slice()).copied();
        known.unwrap_or_else(|| self.intern(symbols.into_boxed_slice()))
    }

    fn intern(&self, symbols: Box<[Symbol]>) -> ClassId {
        let mut classes = self.classes.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(&id) = classes.ids.get(&symbols) {
            return id;
        }
        let (themes, cues) = (self.themes.starts(&symbols), self.cues.starts(&symbols));
        let id = classes.table.push(symbols.clone(), themes, cues);
        classes.ids.insert(symbols, id);
        id
    }

    pub(in super::super) fn find(
        &self,
        document: &TokenClasses,
        scratch: &mut Scratch,
        hits: &mut Vec<Found>,
        cues: &mut Vec<Found>,
    ) {
        hits.clear();
        cues.clear();
        let classes = self.classes.read().unwrap_or_else(PoisonError::into_inner);
        let mut starters = Starters { document, token: 0, compound: 0 };
        let mut number = 0;
        while let Some(at) = starters.next() {
            // The sentence that `at` lies in: sentences ascend.
            let rest = &document.sentences[number..];
            let Some(found) = rest.iter().position(|s| at < s.first_token.saturating_add(s.n_tokens)) else { return };
            number += found;
            let sentence = document.sentences[number];
            if at < sentence.first_token {
                starters.skip_to(sentence.first_token);
                continue;
            }
            let end = sentence.first_token + sentence.n_tokens;
            if sentence.scored {
                let view = View::new(document, number, &classes.table, Which::Themes);
                let n_hits = hits.len();
                self.themes.sentence(&view, scratch, hits);
                if hits.len() > n_hits {
                    self.cues.sentence(&View { which: Which::Cues, ..view }, scratch, cues);
                }
            }
            starters.skip_to(end);
        }
    }
}

impl Engine {
    /// Appends the cues of one sentence of a document whose classes this engine gave.
    pub(in super::super) fn cues_of(
        &self,
        document: &TokenClasses,
        sentence: usize,
        scratch: &mut Scratch,
        cues: &mut Vec<Found>,
    ) {
        let classes = self.classes.read().unwrap_or_else(PoisonError::into_inner);
        let view = View::new(document, sentence, &classes.table, Which::Cues);
        self.cues.sentence(&view, scratch, cues);
    }

    /// The patterns of themes that are met inside every text of `sequence`, whichever words stand for its steps: some
    /// may be missed, none is wrong.
    pub(in super::super) fn patterns_inside(&self, sequence: &[Unit]) -> BTreeSet<u32> {
        let mut table = Table::default();
        let mut classes = Vec::new();
        for unit in sequence {
            let Unit::Words(atoms) = unit else {
                classes.push(ClassId::NONE);
                continue;
            };
            let covering = atoms.iter().map(|atom| self.words.symbols_covering(atom));
            let shared = covering.reduce(|all, more| all.into_iter().filter(|s| more.contains(s)).collect());
            let symbols = shared.unwrap_or_default().into_boxed_slice();
            let themes = self.themes.starts(&symbols);
            classes.push(table.push(symbols, themes, Starts::default()));
        }
        let end = classes.len() as u32;
        let which = Which::Themes;
        let view = View { sentence: 0, start: 0, end, compounds: &[], classes: &classes, table: &table, which };
        self.themes.patterns_met(&view)
    }
}

fn starts(class: ClassId) -> bool {
    is_any(class, Which::Themes, role::START)
}

/// The tokens that a pattern can start at, whole or as the first part of a hyphenated word.
struct Starters<'a> {
    document: &'a TokenClasses,
    /// Where to go on among the tokens and the compounds.
    token: usize,
    compound: usize,
}

impl Starters<'_> {
    /// The next one, which stays the next until it is skipped.
    fn next(&mut self) -> Option<u32> {
        let classes = &self.document.classes;
        // Most tokens have no class: look at many at once.
        while let Some(chunk) = classes.get(self.token..self.token + 16) {
            if starts(ClassId(chunk.iter().fold(0, |any, class| any | class.0))) {
                break;
            }
            self.token += 16;
        }
        while self.token < classes.len() && !starts(classes[self.token]) {
            self.token += 1;
        }
        let compounds = &self.document.compounds;
        while self.compound < compounds.len() && !starts(compounds[self.compound].class) {
            self.compound += 1;
        }
        let token = (self.token < classes.len()).then_some(self.token as u32);
        let compound = compounds.get(self.compound).map(|compound| compound.first_token);
        token.into_iter().chain(compound).min()
    }

    fn skip_to(&mut self, token: u32) {
        self.token = self.token.max(token as usize);
        let compounds = &self.document.compounds;
        while self.compound < compounds.len() && compounds[self.compound].first_token < token {
            self.compound += 1;
        }
    }
}
