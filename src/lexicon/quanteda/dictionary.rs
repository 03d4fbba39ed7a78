//! The keys of a dictionary at the levels that were chosen, each with its values, ready to be looked up.

use super::super::exchange::{Category, Foreign};
use super::super::theme::LexiconError;
use super::settings::LookupSettings;
use super::words::Words;
use rustc_hash::FxHashMap;
use std::path::PathBuf;

/// A node of the trie of values.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Keys with a value that ends here, ascending.
    pub keys: Vec<u32>,
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
        let mut dictionary = Dictionary {
            keys: Vec::new(),
            settings,
            words: Words::default(),
            nodes: vec![Node::default()],
            next: FxHashMap::default(),
        };
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut errors = Vec::new();
        for (name, category) in flat {
            let key = *numbers.entry(name.clone()).or_insert_with(|| {
                dictionary.keys.push(name);
                dictionary.keys.len() as u32 - 1
            });
            for entry in &category.entries {
                if let Err(what) = dictionary.add(key, &entry.text) {
                    let hint = "mend the expression, or read values as --valuetype glob".to_owned();
                    errors.push(LexiconError { file: PathBuf::new(), line: entry.line, what, hint });
                }
            }
        }
        for node in &mut dictionary.nodes {
            node.keys.sort_unstable();
            node.keys.dedup();
        }
        if errors.is_empty() { Ok(dictionary) } else { Err(errors) }
    }

    fn add(&mut self, key: u32, value: &str) -> Result<(), String> {
        let value = value.trim();
        let parts: Vec<&str> = value.split(' ').collect();
        let joined = parts.join(&self.settings.concatenator);
        self.add_sequence(key, &parts)?;
        if parts.len() > 1 {
            self.add_sequence(key, &[&joined])?;
        }
        Ok(())
    }

    fn add_sequence(&mut self, key: u32, parts: &[&str]) -> Result<(), String> {
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
        self.nodes[node as usize].keys.push(key);
        Ok(())
    }
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
