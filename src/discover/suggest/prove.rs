//! What suggestions are worth: half of a theme's patterns taken away, and how much of what is lost they bring back.

use super::super::model::Random;
use super::rank::Ranking;
use super::written::Suggester;
use crate::lexicon::{Found, Theme};

/// One draw for one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Hits of the whole theme that the half of its patterns does not meet.
    pub n_lost: u32,
    /// By ranking, in the order of those asked for: how many of these the suggestions meet.
    pub n_back: Vec<u32>,
    /// By ranking: hits of the suggestions outside of the half's hits.
    pub n_suggested: Vec<u32>,
    /// By ranking: how many of these lie on hits of the whole theme.
    pub n_right: Vec<u32>,
}

/// Takes half of the patterns of `theme` away, draw by draw, and asks for `n` suggestions by each ranking.
///
/// A hit is lost where no hit of the half shares a token with it; it is brought back where a hit of the suggestions does.
/// Every draw depends on `seed` and its number alone.
pub fn prove(
    suggester: &Suggester,
    theme: &Theme,
    rankings: &[Ranking],
    n: usize,
    (n_draws, seed): (u64, u64),
) -> Vec<Proof> {
    let Some(whole) = suggester.compile(theme.clone()) else { return Vec::new() };
    let whole = suggester.corpus.hits(&whole);
    (0..n_draws).filter_map(|draw| one(suggester, theme, rankings, n, &whole, &mut Random::new(seed, draw))).collect()
}

fn one(
    suggester: &Suggester,
    theme: &Theme,
    rankings: &[Ranking],
    n: usize,
    whole: &[Vec<Found>],
    random: &mut Random,
) -> Option<Proof> {
    let half = Theme { patterns: half(&theme.patterns, random), ..theme.clone() };
    let hits = suggester.corpus.hits(&suggester.compile(half.clone())?);
    let lost: Vec<Vec<Found>> = whole.iter().zip(&hits).map(|(whole, half)| apart(whole, half)).collect();
    let mut proof = Proof { n_lost: n_hits(&lost), n_back: Vec::new(), n_suggested: Vec::new(), n_right: Vec::new() };
    let beside = suggester.beside(&half, &hits);
    for ranking in rankings {
        let suggestions = suggester.best(&beside, *ranking, n);
        let suggested = suggester.theme(theme, suggestions.into_iter().map(|suggestion| suggestion.text));
        let found = suggester.corpus.hits(&suggester.compile(suggested)?);
        let not_back: Vec<Vec<Found>> = lost.iter().zip(&found).map(|(lost, found)| apart(lost, found)).collect();
        let new: Vec<Vec<Found>> = found.iter().zip(&hits).map(|(found, half)| apart(found, half)).collect();
        let wrong: Vec<Vec<Found>> = new.iter().zip(whole).map(|(new, whole)| apart(new, whole)).collect();
        proof.n_back.push(proof.n_lost - n_hits(&not_back));
        proof.n_suggested.push(n_hits(&new));
        proof.n_right.push(n_hits(&new) - n_hits(&wrong));
    }
    Some(proof)
}

/// Half of the items, drawn at random, in their order.
fn half<T: Clone>(items: &[T], random: &mut Random) -> Vec<T> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    order.truncate(items.len().div_ceil(2));
    order.sort_unstable();
    order.into_iter().map(|at| items[at].clone()).collect()
}

/// The hits of `these` that share no token with one of `those`; both ascend by first token, and none of one list overlap.
fn apart(these: &[Found], those: &[Found]) -> Vec<Found> {
    let end = |found: &Found| found.first_token + u32::from(found.n_tokens);
    let touches = |found: &&Found| {
        let from = those.partition_point(|other| end(other) <= found.first_token);
        those.get(from).is_some_and(|other| other.first_token < end(found))
    };
    these.iter().filter(|found| !touches(found)).copied().collect()
}

fn n_hits(hits: &[Vec<Found>]) -> u32 {
    hits.iter().map(Vec::len).sum::<usize>() as u32
}
