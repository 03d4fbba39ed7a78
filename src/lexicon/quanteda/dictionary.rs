//! The keys of a dictionary at the levels that were chosen, each with its values, ready to be looked up.

use super::super::foreign::{Category, Foreign};
use super::super::settings::LookupSettings;
use super::super::theme::LexiconError;
use super::words::Words;
use rustc_hash::FxHashMap;
use std::path::PathBuf;

/// A node of the trie of values.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Keys with a value that ends here, each with the number of the value, ascending.
    pub ends: Vec<(u32, u32)>,
    /// Whether a value goes on from here.
    pub goes_on: bool,
}

/// A dictionary ready to be looked up. Cheap to share between threads.
#[derive(Debug)]
pub struct Dictionary {
    /// The keys, levels joined by a dot, in the order in which they are first met: those below a key before its own words.
    pub keys: Vec<String>,
    pub(super) settings: LookupSettings,
    pub(super) words: Words,
    pub(super) nodes: Vec<Node>,
    /// The next node, by node and word.
    pub(super) next: FxHashMap<(u32, u32), u32>,
}

impl Dictionary {
    /// Compiles the entries of `foreign`, each verbatim as a value.
    ///
    /// # Errors
    /// A value that is no regular expression, where values are such.
    pub fn new(foreign: &Foreign, settings: LookupSettings) -> Result<Self, Vec<LexiconError>> {
        let mut flat = Vec::new();
        let levels = |depth: usize| settings.levels.is_empty() || settings.levels.contains(&depth);
        for category in &foreign.categories {
            flatten(category, 1, "", &levels, foreign.hides_empty, &mut flat);
        }
        let mut dictionary = Dictionary::empty(settings);
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut errors = Vec::new();
        let mut n_values = 0;
        for (name, category) in &flat {
            let key = *numbers.entry(name.clone()).or_insert_with(|| dictionary.add_key(name));
            for entry in &category.entries {
                if let Err(what) = dictionary.add(key, &entry.text, n_values) {
                    errors.push(no_value(PathBuf::new(), entry.line, what));
                }
                n_values += 1;
            }
        }
        dictionary.finish();
        if errors.is_empty() { Ok(dictionary) } else { Err(errors) }
    }

    pub(super) fn empty(settings: LookupSettings) -> Self {
        Dictionary {
            keys: Vec::new(),
            settings,
            words: Words::default(),
            nodes: vec![Node::default()],
            next: FxHashMap::default(),
        }
    }

    pub(super) fn add_key(&mut self, name: &str) -> u32 {
        self.keys.push(name.to_owned());
        self.keys.len() as u32 - 1
    }

    /// Adds a value to a key; `number` is what a claim by it names.
    pub(super) fn add(&mut self, key: u32, value: &str, number: u32) -> Result<(), String> {
        let value = value.trim();
        let parts: Vec<&str> = value.split(' ').collect();
        let joined = parts.join(&self.settings.concatenator);
        self.add_sequence(key, &parts, number)?;
        if parts.len() > 1 {
            self.add_sequence(key, &[&joined], number)?;
        }
        Ok(())
    }

    /// To be called when every value has been added.
    pub(super) fn finish(&mut self) {
        for node in &mut self.nodes {
            node.ends.sort_unstable();
            node.ends.dedup();
        }
    }

    fn add_sequence(&mut self, key: u32, parts: &[&str], number: u32) -> Result<(), String> {
        let mut node = 0;
        for part in parts {
            let word = self.words.add(part, &self.settings)?;
            self.nodes[node as usize].goes_on = true;
            let fresh = self.nodes.len() as u32;
            let next = *self.next.entry((node, word)).or_insert(fresh);
            if next == fresh {
                self.nodes.push(Node::default());
            }
            node = next;
        }
        self.nodes[node as usize].ends.push((key, number));
        Ok(())
    }
}

/// The error of a value that cannot be read.
pub(super) fn no_value(file: PathBuf, line: u32, what: String) -> LexiconError {
    let hint = "mend the expression, or read values as globs: valuetype \"glob\"".to_owned();
    LexiconError { file, line, what, hint }
}

/// The categories that make keys, each with its name at the chosen levels; words below the last chosen level go to it.
fn flatten<'a>(
    category: &'a Category,
    depth: usize,
    above: &str,
    levels: &dyn Fn(usize) -> bool,
    hides_empty: bool,
    out: &mut Vec<(String, &'a Category)>,
) {
    let name = match (levels(depth), above) {
        (false, _) => above.to_owned(),
        (true, "") => category.name.clone(),
        (true, above) => format!("{above}.{}", category.name),
    };
    for child in &category.children {
        flatten(child, depth + 1, &name, levels, hides_empty, out);
    }
    let shown = !category.entries.is_empty() || (category.children.is_empty() && !hides_empty);
    if shown && !name.is_empty() {
        out.push((name, category));
    }
}
