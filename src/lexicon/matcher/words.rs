//! The words of a lexicon, and which of them a type can be.

mod commonness;

use self::commonness::commonness;
use super::super::pattern::{Atom, Glob};
use rustc_hash::FxHashMap;

/// Number of a set of words: what one step of a sequence accepts.
pub(super) type Symbol = u32;

/// All words of a lexicon. A symbol is one word, or several that stand for each other in a pattern.
#[derive(Debug, Default)]
pub(in super::super) struct Words {
    /// Symbols by their atoms, sorted.
    symbols: FxHashMap<Vec<u32>, Symbol>,
    atoms: FxHashMap<Atom, u32>,
    /// Symbols of each atom.
    symbols_of: Vec<Vec<Symbol>>,
    /// See `commonness`, by symbol.
    commonness: Vec<u64>,
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
    /// The symbol of any of these words.
    pub(super) fn symbol(&mut self, atoms: &[&Atom]) -> Symbol {
        if let [atom] = atoms {
            let id = self.id(atom);
            return self.symbols.get([id].as_slice()).copied().unwrap_or_else(|| self.add(vec![id], &[*atom]));
        }
        let mut ids: Vec<u32> = atoms.iter().map(|atom| self.id(atom)).collect();
        ids.sort_unstable();
        ids.dedup();
        self.symbols.get(&ids).copied().unwrap_or_else(|| self.add(ids, atoms))
    }

    fn add(&mut self, ids: Vec<u32>, atoms: &[&Atom]) -> Symbol {
        let symbol = self.symbols.len() as Symbol;
        ids.iter().for_each(|&id| self.symbols_of[id as usize].push(symbol));
        self.symbols.insert(ids, symbol);
        self.commonness.push(atoms.iter().map(|atom| commonness(atom)).sum());
        symbol
    }

    /// How often the symbol is to be expected in a million words of running text; a guess that costs time where it is wrong.
    pub(super) fn commonness(&self, symbol: Symbol) -> u64 {
        self.commonness[symbol as usize]
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

    /// The symbols that every word of `atom` is, sorted; some may be missed, none is wrong.
    pub(super) fn symbols_covering(&self, atom: &Atom) -> Vec<Symbol> {
        let mut atoms: Vec<u32> = self.atoms.get(atom).copied().into_iter().collect();
        match atom {
            Atom::Stem(stems) => {
                // A stem is the beginning of its words but for a last i, which may stand for a y.
                let begins_with = |stem: &str| self.tokens.covering_prefixes(stem.trim_end_matches('i'));
                let mut shared = stems.iter().map(|stem| begins_with(stem)).reduce(|mut all, more| {
                    all.retain(|id| more.contains(id));
                    all
                });
                atoms.append(shared.get_or_insert_default());
            }
            Atom::Exact(surface) => self.surfaces(surface).visit(surface, &mut |id| atoms.push(id)),
            Atom::Glob(glob) => {
                // What fits both the shortest and a longer word of the glob's kind, of letters that nobody writes.
                let (short, long) = (glob.sample('\u{e000}', ""), glob.sample('\u{e000}', "\u{e001}\u{e002}"));
                let mut also = Vec::new();
                self.surfaces(&short).visit(&short, &mut |id| also.push(id));
                self.surfaces(&long).visit(&long, &mut |id| atoms.extend(also.contains(&id).then_some(id)));
            }
        }
        let mut symbols: Vec<Symbol> =
            atoms.iter().flat_map(|&atom| self.symbols_of[atom as usize].iter().copied()).collect();
        symbols.sort_unstable();
        symbols.dedup();
        symbols
    }

    fn surfaces(&self, surface: &str) -> &Surfaces {
        if surface.contains('-') { &self.compounds } else { &self.tokens }
    }

    fn id(&mut self, atom: &Atom) -> u32 {
        if let Some(&id) = self.atoms.get(atom) {
            return id;
        }
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

    /// Globs of the form `abc*` whose letters `beginning` begins with.
    fn covering_prefixes(&self, beginning: &str) -> Vec<u32> {
        let mut found = Vec::new();
        for &length in self.prefixes.lengths.iter().take_while(|&&length| length <= beginning.len()) {
            let globs = beginning.get(..length).and_then(|prefix| self.prefixes.globs.get(prefix));
            found.extend(globs.into_iter().flatten().filter(|(glob, _)| glob.is_none()).map(|&(_, id)| id));
        }
        found
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
