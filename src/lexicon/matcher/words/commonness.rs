//! How often a word is to be expected, so that a sentence is looked at for what is rare and not for what is in all of them.

use super::super::super::pattern::Atom;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The words that fill running English, by how often they do, and behind it the stems that differ from their words.
const FILLERS: &str = "the of and to in a is that for it as was with be by on not he i this are or his from at which \
    but have an had they you were their one all we can her has there been if more when will would who so no out up into \
    do any your what them some him other could our these two may then first than its now time new over only also me my \
    such make most well where even those how through because each between before after just did many under must within \
    both during very own while without however should about she be same since does use upon against every being here \
    use work people year children way need study result state different can help part service good case high system \
    ani onli other becaus befor everi befor dure veri whi servic peopl differ countri nation unit state secur develop";

/// Occurrences in a million words, guessed: by its place for a filler (Zipf's law), else by how short it is.
pub(super) fn commonness(atom: &Atom) -> u64 {
    match atom {
        Atom::Stem(stems) => stems.iter().map(|stem| of_word(stem)).max().unwrap_or_default(),
        Atom::Exact(surface) => of_word(surface),
        Atom::Glob(glob) => of_length(glob.prefix().chars().count().max(glob.suffix().chars().count())) * 2,
    }
}

fn of_word(word: &str) -> u64 {
    static PLACES: LazyLock<FxHashMap<&str, u64>> = LazyLock::new(|| {
        // A word that is there twice keeps its first place.
        let fillers: Vec<&str> = FILLERS.split_ascii_whitespace().collect();
        fillers.iter().copied().zip(1_u64..).collect::<Vec<_>>().into_iter().rev().collect()
    });
    PLACES.get(word).map_or_else(|| of_length(word.chars().count()), |place| 60_000 / place)
}

fn of_length(n_letters: usize) -> u64 {
    1_000 >> n_letters.saturating_sub(2).min(8)
}
