//! Looks a dictionary up in the tokens of one text after the other.

use super::dictionary::Dictionary;
use super::settings::NestedScope;
use rustc_hash::{FxHashMap, FxHashSet};

/// Most distinct types whose words are remembered.
const MAX_TYPES: usize = 1 << 20;

/// A key met at some tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    /// First token of it.
    pub first: u32,
    /// Which of the dictionary's keys.
    pub key: u32,
    /// How many tokens.
    pub n: u32,
}

/// A dictionary being looked up by one thread; remembers what words a type is.
pub struct Lookup<'d> {
    dictionary: &'d Dictionary,
    types: FxHashMap<String, u32>,
    /// The words that each type is.
    words: Vec<Vec<u32>>,
    tokens: Vec<u32>,
    met: Vec<Claim>,
}

impl<'d> Lookup<'d> {
    /// Nothing looked up yet.
    pub fn new(dictionary: &'d Dictionary) -> Self {
        Lookup { dictionary, types: FxHashMap::default(), words: Vec::new(), tokens: Vec::new(), met: Vec::new() }
    }

    /// What is claimed in the tokens of one text: ascending by first token, then by key.
    pub fn claims<'t>(&mut self, tokens: impl IntoIterator<Item = &'t str>) -> Vec<Claim> {
        self.read(tokens);
        self.meet();
        // The longest come first, then those on the left.
        self.met.sort_unstable_by_key(|met| (std::cmp::Reverse(met.n), met.first, met.key));
        self.met.dedup();
        let mut claims = match self.dictionary.settings.nested_scope {
            NestedScope::Key => self.settle_keys(),
            NestedScope::Dictionary => self.settle_dictionary(),
        };
        claims.sort_unstable();
        claims
    }

    fn read<'t>(&mut self, tokens: impl IntoIterator<Item = &'t str>) {
        self.tokens.clear();
        if self.words.len() > MAX_TYPES {
            self.types.clear();
            self.words.clear();
        }
        for token in tokens {
            let known = self.types.get(token).copied();
            self.tokens.push(known.unwrap_or_else(|| {
                self.types.insert(token.to_owned(), self.words.len() as u32);
                self.words.push(self.dictionary.words.of(token, &self.dictionary.settings));
                self.words.len() as u32 - 1
            }));
        }
    }

    /// Every place of every value.
    fn meet(&mut self) {
        self.met.clear();
        let mut open = Vec::new();
        for first in 0..self.tokens.len() {
            open.push((0_u32, first));
            while let Some((node, at)) = open.pop() {
                let Some(token) = self.tokens.get(at) else { continue };
                for word in &self.words[*token as usize] {
                    let Some(next) = self.dictionary.next.get(&(node, *word)) else { continue };
                    let reached = &self.dictionary.nodes[*next as usize];
                    let n = (at + 1 - first) as u32;
                    self.met.extend(reached.keys.iter().map(|key| Claim { first: first as u32, key: *key, n }));
                    if reached.goes_on {
                        open.push((*next, at + 1));
                    }
                }
            }
        }
    }

    /// A key is not met where any of the tokens is claimed by it.
    fn settle_keys(&self) -> Vec<Claim> {
        let mut claimed: FxHashSet<(u32, u32)> = FxHashSet::default();
        self.met.iter().filter(|met| claim(met, &mut claimed)).copied().collect()
    }

    /// Nor is it where all of them are claimed by some key of a value that came before.
    fn settle_dictionary(&self) -> Vec<Claim> {
        let mut claimed: FxHashSet<(u32, u32)> = FxHashSet::default();
        let mut by_any = vec![false; self.tokens.len()];
        let mut claims = Vec::new();
        // Keys with the very same tokens do not see each other.
        for same in self.met.chunk_by(|a, b| (a.first, a.n) == (b.first, b.n)) {
            let tokens = same[0].first as usize..(same[0].first + same[0].n) as usize;
            if by_any[tokens.clone()].iter().all(|claimed| *claimed) {
                continue;
            }
            let n_before = claims.len();
            claims.extend(same.iter().filter(|met| claim(met, &mut claimed)));
            if claims.len() > n_before {
                by_any[tokens].fill(true);
            }
        }
        claims
    }
}

/// Claims the tokens for the key, unless any of them is the key's already.
fn claim(met: &Claim, claimed: &mut FxHashSet<(u32, u32)>) -> bool {
    let tokens = met.first..met.first + met.n;
    let free = tokens.clone().all(|token| !claimed.contains(&(met.key, token)));
    if free {
        claimed.extend(tokens.map(|token| (met.key, token)));
    }
    free
}
