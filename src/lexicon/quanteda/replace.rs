//! The tokens that `tokens_lookup` gives back: keys in the place of what they were met in.

use super::lookup::{Claim, Lookup};

/// What becomes of the tokens that no value meets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// They are dropped: `exclusive = TRUE`.
    #[default]
    Dropped,
    /// They are kept: `exclusive = FALSE`.
    Kept,
    /// Each becomes this one: `nomatch`.
    Named(String),
}

/// How keys are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyCase {
    /// As in the dictionary.
    #[default]
    Given,
    /// In upper case: `capkeys = TRUE`.
    Upper,
}

/// The options of `tokens_lookup` that say what is given back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replacing {
    /// What becomes of the tokens that no value meets.
    pub rest: Rest,
    /// How keys are written.
    pub keys: KeyCase,
    /// `append_key = TRUE`: what stands between the tokens that a value met and its key. `None`: the key alone.
    pub append: Option<String>,
}

impl Lookup<'_> {
    /// The tokens that `tokens_lookup` gives for the tokens of one text.
    pub fn replaced(&mut self, tokens: &[&str], options: &Replacing) -> Vec<String> {
        let apart = options.append.is_some();
        let words = tokens.iter().copied();
        let claims = if apart { self.claims_apart(words) } else { self.claims(words) };
        let mut claimed = vec![false; tokens.len()];
        claims.iter().for_each(|claim| claimed[range(claim)].fill(true));
        let mut claims = claims.iter().peekable();
        let mut out = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            while let Some(claim) = claims.next_if(|claim| claim.first as usize == at) {
                out.push(self.written(claim, tokens, options));
            }
            match &options.rest {
                Rest::Kept if !claimed[at] => out.push((*token).to_owned()),
                Rest::Named(name) if !claimed[at] => out.push(name.clone()),
                _ => {}
            }
        }
        out
    }

    fn written(&self, claim: &Claim, tokens: &[&str], options: &Replacing) -> String {
        let key = &self.dictionary().keys[claim.key as usize];
        let key = if options.keys == KeyCase::Upper { key.to_uppercase() } else { key.clone() };
        match &options.append {
            Some(separator) => {
                let words = tokens[range(claim)].join(&self.dictionary().settings.concatenator);
                format!("{words}{separator}{key}")
            }
            None => key,
        }
    }
}

fn range(claim: &Claim) -> std::ops::Range<usize> {
    claim.first as usize..(claim.first + claim.n) as usize
}
