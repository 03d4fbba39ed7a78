//! Passages that are nearly the same, told by sketches of their words.

use super::super::finding::PassageRef;
use rayon::prelude::*;

/// Words in a shingle.
const SHINGLE_WORDS: usize = 3;
/// Fewest words of a passage that is looked at; shorter ones are alike by chance.
const MIN_WORDS: usize = 8;
/// Places of a sketch: in each of so many orderings the least shingle of a passage.
const N_PLACES: usize = 24;
/// Places in which the sketches of two passages agree at least, where they are nearly the same. Two passages that share
/// nine tenths of their shingles agree in so many 99 times in a hundred, two that share half of them once.
const MIN_ALIKE: usize = 18;
/// Places that are looked up together.
const BAND: usize = 2;
/// How many passages under one key a passage is compared with.
const N_NEIGHBORS: usize = 8;

/// The sketch of a passage.
pub type Places = [u16; N_PLACES];

/// What is kept of a document from run to run: passage, its tokens, its sketch.
pub type Sketched = Vec<(u32, u32, Places)>;

/// The sketched passages of all documents that count, one after the other.
pub struct Sketches {
    documents: Vec<Sketched>,
    /// Document of each passage, and its place among those of the document.
    places: Vec<(u32, u32)>,
}

impl Sketches {
    /// The sketches of documents; of those that do not count, none.
    pub fn of(documents: Vec<Sketched>, counts: impl Fn(usize) -> bool) -> Self {
        let each = |(document, sketched): (usize, &Sketched)| {
            let n = if counts(document) { sketched.len() } else { 0 };
            (0..n).map(move |place| (document as u32, place as u32))
        };
        let places = documents.iter().enumerate().flat_map(each).collect();
        Self { documents, places }
    }

    /// A sketched passage by its number.
    pub fn at(&self, number: u32) -> (PassageRef, &(u32, u32, Places)) {
        let (document, place) = self.places[number as usize];
        let sketched = &self.documents[document as usize][place as usize];
        (PassageRef { document, passage: sketched.0 }, sketched)
    }

    /// Each that is like an earlier one of another document, with the first of these; by number, ascending.
    pub fn repeats(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..).zip(firsts(self)).filter(|(_, first)| *first != NONE)
    }
}

/// No passage.
const NONE: u32 = u32::MAX;

/// For each sketch, in order, the number of the first one of another document that is like it, if that is earlier; else
/// `NONE`.
fn firsts(sketches: &Sketches) -> Vec<u32> {
    let n_sketches = sketches.places.len();
    let mut first = vec![NONE; n_sketches];
    // Band after band, so that the keys of one are held at a time; of most no other passage has the same.
    let mut keys: Vec<(u32, u32)> = Vec::new();
    let mut seen = Seen::new(n_sketches);
    for band in 0..N_PLACES / BAND {
        let key = |number: u32| {
            let places = &sketches.at(number).1.2[band * BAND..(band + 1) * BAND];
            places.iter().fold(0, |key, place| key << 16 | u32::from(*place))
        };
        let numbers = 0..n_sketches as u32;
        seen.clear();
        numbers.clone().for_each(|number| seen.meet(key(number)));
        keys.clear();
        keys.extend(numbers.map(|number| (key(number), number)).filter(|(key, _)| seen.may_repeat(*key)));
        keys.par_sort_unstable();
        for group in keys.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            for (place, &(_, number)) in group.iter().enumerate() {
                let (at, (_, _, here)) = sketches.at(number);
                let earlier = group[..place].iter().take(N_NEIGHBORS).map(|other| other.1);
                let found = earlier.filter(|&other| {
                    let (other_at, (_, _, other)) = sketches.at(other);
                    other_at.document != at.document && alike(other, here) >= MIN_ALIKE
                });
                let first = &mut first[number as usize];
                *first = found.min().map_or(*first, |found| found.min(*first));
            }
        }
    }
    for number in 0..n_sketches {
        // What is first itself repeats nothing; a chain leads to its start, unless that lies in the same document.
        let root = first.get(first[number] as usize).copied().unwrap_or(NONE);
        if root != NONE && sketches.places[root as usize].0 != sketches.places[number].0 {
            first[number] = root;
        }
    }
    first
}

/// Which of many keys may have been met more than once: none that was is missed, and few others are named.
struct Seen {
    /// How often the keys that fall into each were met, up to twice.
    times: Vec<u8>,
    /// Bits of a spread key that are no part of its place.
    shift: u32,
}

impl Seen {
    /// Room for so many keys.
    fn new(n_keys: usize) -> Self {
        let n_places = (n_keys * 4).next_power_of_two();
        Self { times: vec![0; n_places], shift: u64::BITS - n_places.trailing_zeros() }
    }

    fn clear(&mut self) {
        self.times.fill(0);
    }

    /// By multiplicative hashing (Knuth 1973, section 6.4).
    fn place(&self, key: u32) -> usize {
        u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15).checked_shr(self.shift).unwrap_or(0) as usize
    }

    fn meet(&mut self, key: u32) {
        let place = self.place(key);
        self.times[place] = (self.times[place] + 1).min(2);
    }

    fn may_repeat(&self, key: u32) -> bool {
        self.times[self.place(key)] > 1
    }
}

fn alike(a: &Places, b: &Places) -> usize {
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}

/// The sketch of a passage by min-hashing over its shingles; `None` where it has too few words. A word is a run of letters
/// and digits, ASCII case folded; one that a line end parts is two.
pub fn places(text: &str) -> Option<Places> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.bytes().fold(0, |hash, byte| mixed(hash ^ u64::from(byte.to_ascii_lowercase()))))
        .collect();
    if words.len() < MIN_WORDS {
        return None;
    }
    let mut least = [u64::MAX; N_PLACES];
    for shingle in words.windows(SHINGLE_WORDS) {
        let shingle = shingle.iter().fold(1, |hash: u64, word| mixed(hash.rotate_left(9) ^ word));
        for (order, least) in (1u64..).zip(&mut least) {
            *least = (*least).min(mixed(shingle ^ order.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        }
    }
    Some(least.map(|least| least as u16))
}

/// Spreads the bits of a number evenly (the finalizer of MurmurHash3).
fn mixed(mut n: u64) -> u64 {
    n = (n ^ (n >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    n = (n ^ (n >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    n ^ (n >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_repeats_the_first_document_that_has_nearly_its_words() {
        let quoted = "Staff in schools and in clinics said that short-term money made it hard to plan any work together, \
                      and that nobody had asked them about the aims of the service they were meant to build.";
        let nearly = quoted.replace("short-term", "short term").replace("asked them", "asked anyone").to_uppercase();
        let other = "Staff in schools and in clinics said that they were glad to share a building, and that leaders who \
                     came by each week gave them the sense that the aims of the service were their own.";
        let sketch = |passage, text: &str| (passage, 0, places(text).unwrap());
        let none = Vec::new;
        let documents = vec![
            vec![sketch(4, other)],
            vec![sketch(0, quoted), sketch(7, quoted)],
            vec![sketch(3, &nearly)],
            none(),
            vec![sketch(0, quoted)],
            vec![sketch(0, quoted)],
        ];
        let sketches = Sketches::of(documents, |document| document != 4);
        assert_eq!(firsts(&sketches), [NONE, NONE, NONE, 1, 1]);
        assert!(places("Too few words to tell anything").is_none());
    }

    #[test]
    fn no_key_that_is_met_twice_is_missed() {
        for n_keys in [0_u32, 1, 2, 1000] {
            let mut seen = Seen::new(n_keys as usize);
            let key = |n: u32| n.wrapping_mul(0x0101_0003);
            (0..n_keys).chain(0..n_keys / 10).for_each(|n| seen.meet(key(n)));
            assert!((0..n_keys / 10).all(|n| seen.may_repeat(key(n))));
            let others = (n_keys / 10..n_keys).filter(|n| seen.may_repeat(key(*n))).count();
            assert!(others < 500, "{others} of {n_keys} named for nothing");
        }
    }
}
