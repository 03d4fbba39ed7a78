//! Looks a dictionary up in the tokens of one text after the other.

use super::super::settings::NestedScope;
use super::dictionary::Dictionary;
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
    /// Number of the value by which it was met, in the order of the keys; the first, where several say the same.
    pub value: u32,
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
}

impl<'d> Lookup<'d> {
    /// Nothing looked up yet.
    pub fn new(dictionary: &'d Dictionary) -> Self {
        Lookup { dictionary, types: FxHashMap::default(), words: Vec::new(), tokens: Vec::new() }
    }

    /// What is claimed in the tokens of one text: ascending by first token, then by key.
    pub fn claims<'t>(&mut self, tokens: impl IntoIterator<Item = &'t str>) -> Vec<Claim> {
        self.read(tokens);
        claims(self.dictionary, &self.tokens, &self.words)
    }

    /// The same where each value is told apart by the types that it is met in, so that only a value met twice in the
    /// same types yields to itself: what `append_key` does to matching. Ascending by first token, then by value.
    pub fn claims_apart<'t>(&mut self, tokens: impl IntoIterator<Item = &'t str>) -> Vec<Claim> {
        self.read(tokens);
        let met = met(self.dictionary, &self.tokens, &self.words);
        // A value belongs to one key, so the key can be found again.
        let key_of: FxHashMap<u32, u32> = met.iter().map(|claim| (claim.value, claim.key)).collect();
        let mut numbers: FxHashMap<(u32, &[u32]), u32> = FxHashMap::default();
        let apart = met.iter().map(|claim| {
            let n_known = numbers.len() as u32;
            let types = &self.tokens[claim.first as usize..(claim.first + claim.n) as usize];
            Claim { key: *numbers.entry((claim.value, types)).or_insert(n_known), ..*claim }
        });
        let mut claims = settle(apart.collect(), self.dictionary.settings.nested_scope, self.tokens.len());
        claims.iter_mut().for_each(|claim| claim.key = key_of[&claim.value]);
        claims.sort_unstable_by_key(|claim| (claim.first, claim.value, std::cmp::Reverse(claim.n)));
        claims
    }

    pub(super) fn dictionary(&self) -> &'d Dictionary {
        self.dictionary
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
}

/// What is claimed in `tokens`, each the number of a type whose words `words` holds: ascending by first token, then key.
pub(super) fn claims(dictionary: &Dictionary, tokens: &[u32], words: &[Vec<u32>]) -> Vec<Claim> {
    let met = met(dictionary, tokens, words);
    let mut claims = settle(met, dictionary.settings.nested_scope, tokens.len());
    claims.sort_unstable();
    claims
}

/// Every place of every value.
fn met(dictionary: &Dictionary, tokens: &[u32], words: &[Vec<u32>]) -> Vec<Claim> {
    let (mut met, mut open) = (Vec::new(), Vec::new());
    for first in (0..tokens.len()).filter(|first| !words[tokens[*first] as usize].is_empty()) {
        open.push((0_u32, first));
        while let Some((node, at)) = open.pop() {
            let Some(token) = tokens.get(at) else { continue };
            for word in &words[*token as usize] {
                let Some(next) = dictionary.next.get(&(node, *word)) else { continue };
                let reached = &dictionary.nodes[*next as usize];
                let n = (at + 1 - first) as u32;
                let claim = |&(key, value): &(u32, u32)| Claim { first: first as u32, key, value, n };
                met.extend(reached.ends.iter().map(claim));
                if reached.goes_on {
                    open.push((*next, at + 1));
                }
            }
        }
    }
    met
}

/// What of all that is met is claimed.
fn settle(mut met: Vec<Claim>, scope: NestedScope, n_tokens: usize) -> Vec<Claim> {
    // The longest come first, then those on the left.
    met.sort_unstable_by_key(|met| (std::cmp::Reverse(met.n), met.first, met.key, met.value));
    met.dedup_by_key(|met| (met.n, met.first, met.key));
    match scope {
        NestedScope::Key => settle_keys(&met),
        NestedScope::Dictionary => settle_dictionary(&met, n_tokens),
    }
}

/// A key is not met where any of the tokens is claimed by it.
fn settle_keys(met: &[Claim]) -> Vec<Claim> {
    let mut claimed: FxHashSet<(u32, u32)> = FxHashSet::default();
    met.iter().filter(|met| claim(met, &mut claimed)).copied().collect()
}

/// Nor is it where all of them are claimed by some key of a value that came before.
fn settle_dictionary(met: &[Claim], n_tokens: usize) -> Vec<Claim> {
    let mut claimed: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut by_any = vec![false; n_tokens];
    let mut claims = Vec::new();
    // Keys with the very same tokens do not see each other.
    for same in met.chunk_by(|a, b| (a.first, a.n) == (b.first, b.n)) {
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

/// Claims the tokens for the key, unless any of them is the key's already.
fn claim(met: &Claim, claimed: &mut FxHashSet<(u32, u32)>) -> bool {
    let tokens = met.first..met.first + met.n;
    let free = tokens.clone().all(|token| !claimed.contains(&(met.key, token)));
    if free {
        claimed.extend(tokens.map(|token| (met.key, token)));
    }
    free
}
