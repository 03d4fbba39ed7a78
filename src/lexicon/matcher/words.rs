//! The words of a lexicon, and which of them a type can be.

use super::super::pattern::{Atom, Glob};
use rustc_hash::FxHashMap;

/// Number of a set of words: what one step of a sequence accepts.
pub(super) type Symbol = u32;

/// All words of a lexicon. A symbol is one word, or several that stand for each other in a pattern.
#[derive(Debug, Default)]
pub(in super::super) struct Words {
    symbols: FxHashMap<Vec<u32>, Symbol>,
    atoms: FxHashMap<Atom, u32>,
    /// Atoms of each symbol, sorted.
    members: Vec<Vec<u32>>,
    /// Symbols of each atom.
    symbols_of: Vec<Vec<Symbol>>,
    stems: FxHashMap<Box<str>, Vec<u32>>,
    tokens: Surfaces,
    compounds: Surfaces,
}

/// Look-ups by surface, for tokens or for hyphenated words seen whole.
#[derive(Debug, Default)]
struct Surfaces {
    exact: FxHashMap<Box<str>, u32>,
    prefixes: Affixes,
    suffixes: Affixes,
    /// Globs that neither begin nor end with a literal.
    loose: Vec<(Glob, u32)>,
}

/// Globs by the literal that they begin or end with.
#[derive(Debug, Default)]
struct Affixes {
    /// The lengths in bytes that the keys have, ascending.
    lengths: Vec<usize>,
    /// Atoms of each affix; with a glob where the affix does not say all.
    globs: FxHashMap<Box<str>, Vec<(Option<Glob>, u32)>>,
}

impl Words {
    /// The symbol of one word.
    pub(super) fn symbol(&mut self, atom: &Atom) -> Symbol {
        let id = match self.atoms.get(atom) {
            Some(&id) => id,
            None => self.add(atom),
        };
        self.intern(vec![id])
    }

    /// The symbol of any of the words of `symbols`.
    pub(super) fn union(&mut self, symbols: &[Symbol]) -> Symbol {
        let mut atoms: Vec<u32> = symbols.iter().flat_map(|&s| self.members[s as usize].iter().copied()).collect();
        atoms.sort_unstable();
        atoms.dedup();
        self.intern(atoms)
    }

    /// The symbols that a type can be, sorted; `symbols` is emptied first.
    pub(super) fn symbols_of(&self, surface: &str, stem: &str, symbols: &mut Vec<Symbol>) {
        symbols.clear();
        let mut add = |atom: u32| symbols.extend_from_slice(&self.symbols_of[atom as usize]);
        if surface.contains('-') {
            self.compounds.visit(surface, &mut add);
        } else {
            self.stems.get(stem).into_iter().flatten().for_each(|&atom| add(atom));
            self.tokens.visit(surface, &mut add);
        }
        symbols.sort_unstable();
        symbols.dedup();
    }

    fn intern(&mut self, atoms: Vec<u32>) -> Symbol {
        if let Some(&symbol) = self.symbols.get(&atoms) {
            return symbol;
        }
        let symbol = self.members.len() as Symbol;
        atoms.iter().for_each(|&atom| self.symbols_of[atom as usize].push(symbol));
        self.members.push(atoms.clone());
        self.symbols.insert(atoms, symbol);
        symbol
    }

    fn add(&mut self, atom: &Atom) -> u32 {
        let id = self.symbols_of.len() as u32;
        self.symbols_of.push(Vec::new());
        self.atoms.insert(atom.clone(), id);
        match atom {
            Atom::Stem(stems) => stems.iter().for_each(|s| self.stems.entry(s.clone()).or_default().push(id)),
            Atom::Exact(surface) => {
                let surfaces = if surface.contains('-') { &mut self.compounds } else { &mut self.tokens };
                surfaces.exact.insert(surface.clone(), id);
            }
            Atom::Glob(glob) => {
                let surfaces = if glob.has_hyphen() { &mut self.compounds } else { &mut self.tokens };
                surfaces.add(glob, id);
            }
        }
        id
    }
}

impl Surfaces {
    fn add(&mut self, glob: &Glob, atom: u32) {
        let (prefix, suffix) = (glob.prefix(), glob.suffix());
        if !prefix.is_empty() {
            self.prefixes.add(prefix, (!glob.is_prefix()).then(|| glob.clone()), atom);
        } else if !suffix.is_empty() {
            self.suffixes.add(suffix, (!glob.is_suffix()).then(|| glob.clone()), atom);
        } else {
            self.loose.push((glob.clone(), atom));
        }
    }

    fn visit(&self, surface: &str, add: &mut dyn FnMut(u32)) {
        if let Some(&atom) = self.exact.get(surface) {
            add(atom);
        }
        for &length in self.prefixes.lengths.iter().take_while(|&&length| length <= surface.len()) {
            if let Some(prefix) = surface.get(..length) {
                self.prefixes.visit(prefix, surface, add);
            }
        }
        for &length in self.suffixes.lengths.iter().take_while(|&&length| length <= surface.len()) {
            if let Some(suffix) = surface.get(surface.len() - length..) {
                self.suffixes.visit(suffix, surface, add);
            }
        }
        for (glob, atom) in &self.loose {
            if glob.matches(surface) {
                add(*atom);
            }
        }
    }
}

impl Affixes {
    fn add(&mut self, affix: String, glob: Option<Glob>, atom: u32) {
        if let Err(at) = self.lengths.binary_search(&affix.len()) {
            self.lengths.insert(at, affix.len());
        }
        self.globs.entry(affix.into_boxed_str()).or_default().push((glob, atom));
    }

    fn visit(&self, affix: &str, surface: &str, add: &mut dyn FnMut(u32)) {
        for (glob, atom) in self.globs.get(affix).into_iter().flatten() {
            if glob.as_ref().is_none_or(|glob| glob.matches(surface)) {
                add(*atom);
            }
        }
    }
}
