//! How a type is written as a term of the store.
//!
//! `surface 0x1F shared suffix`: the stem is the first `shared` bytes of the surface and then `suffix`. A hyphenated
//! word seen whole is `surface 0x1E parts 0x1F shared suffix`. So one pass over the terms gives every surface with its
//! stem, in order of surface, and nothing is stemmed again.

use crate::text::{TypeId, Vocabulary};

/// Ends the surface.
const STEM: u8 = 0x1F;
/// Ends the surface of a hyphenated word; its number of parts follows.
const PARTS: u8 = 0x1E;
/// Written for a shared prefix of no bytes; one more for each byte, so that it is always one printable byte.
const NONE_SHARED: u8 = b' ';
/// The longest prefix that can be written.
const MOST_SHARED: usize = (b'~' - NONE_SHARED) as usize;
/// Longer words are cut to this many bytes; no pattern means them.
const LONGEST: usize = 255;

/// Appends the term of a type to `out`; `n_parts` is 1 for a plain word.
pub fn encode(surface: &str, stem: &str, n_parts: u16, out: &mut String) {
    let (surface, stem) = (cut(surface), cut(stem));
    out.extend(surface.chars().filter(|c| *c >= ' '));
    if n_parts > 1 {
        out.push(PARTS as char);
        out.push_str(&n_parts.to_string());
    }
    out.push(STEM as char);
    let mut shared = surface.bytes().zip(stem.bytes()).take(MOST_SHARED).take_while(|(a, b)| a == b).count();
    while !stem.is_char_boundary(shared) {
        shared -= 1;
    }
    out.push((NONE_SHARED + shared as u8) as char);
    out.extend(stem[shared..].chars().filter(|c| *c >= ' '));
}

/// Surface and number of parts of a term; its stem is put into `stem`. `None` where the term was not written by `encode`.
pub fn decode<'a>(term: &'a [u8], stem: &mut String) -> Option<(&'a str, u16)> {
    let term = std::str::from_utf8(term).ok()?;
    let end = memchr::memchr2(STEM, PARTS, term.as_bytes())?;
    let surface = &term[..end];
    let (n_parts, tail) = if term.as_bytes()[end] == STEM {
        (1, &term[end + 1..])
    } else {
        let (parts, tail) = term[end + 1..].split_once(STEM as char)?;
        (parts.parse().ok()?, tail)
    };
    let shared = (*tail.as_bytes().first()?).checked_sub(NONE_SHARED)? as usize;
    stem.clear();
    stem.push_str(surface.get(..shared)?);
    stem.push_str(tail.get(1..)?);
    Some((surface, n_parts))
}

fn cut(word: &str) -> &str {
    &word[..word.floor_char_boundary(LONGEST)]
}

/// The terms of one worker's types, each written once.
#[derive(Debug, Default)]
pub struct TermCache {
    generation: u32,
    terms: String,
    /// Where the term of each type lies in `terms`; empty where it was not asked for yet.
    places: Vec<(u32, u32)>,
}

impl TermCache {
    /// Follows the vocabulary: forgets everything once it has been cleared.
    pub fn follow(&mut self, vocabulary: &Vocabulary) {
        if self.generation != vocabulary.generation() {
            self.generation = vocabulary.generation();
            self.terms.clear();
            self.places.clear();
        }
        if self.places.len() < vocabulary.n_types() {
            self.places.resize(vocabulary.n_types(), (0, 0));
        }
    }

    /// The term of a type of `vocabulary`, which `follow` has seen since the type was made.
    #[inline]
    pub fn term(&mut self, vocabulary: &Vocabulary, type_id: TypeId, n_parts: u16) -> &str {
        let (start, end) = self.places[type_id.0 as usize];
        if start < end {
            return &self.terms[start as usize..end as usize];
        }
        let start = self.terms.len();
        encode(vocabulary.surface(type_id), vocabulary.stem(type_id), n_parts, &mut self.terms);
        self.places[type_id.0 as usize] = (start as u32, self.terms.len() as u32);
        &self.terms[start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(surface: &str, stem: &str, n_parts: u16) {
        let (mut term, mut back) = (String::new(), String::from("left over"));
        encode(surface, stem, n_parts, &mut term);
        assert_eq!(decode(term.as_bytes(), &mut back), Some((surface, n_parts)));
        assert_eq!(back, stem);
    }

    #[test]
    fn a_term_gives_back_surface_and_stem() {
        check("funding", "fund", 1);
        check("dying", "die", 1);
        check("1990s", "1990s", 1);
        check("été", "eté", 1);
        check("ö", "ó", 1); // the first bytes are the same, the letters are not
        check("multi-agency", "multi-ag", 2);
        check(&"a".repeat(200), &"a".repeat(199), 1);
        check("a", "", 1);
    }

    #[test]
    fn terms_are_in_the_order_of_surfaces() {
        let mut terms: Vec<String> = Vec::new();
        for (surface, n_parts) in [("fund", 1), ("fund-raising", 2), ("funded", 1), ("funds", 1), ("été", 1)] {
            let mut term = String::new();
            encode(surface, "x", n_parts, &mut term);
            terms.push(term);
        }
        assert!(terms.is_sorted());
    }

    #[test]
    fn a_very_long_word_is_cut_at_a_character() {
        let (word, mut term, mut stem) = ("é".repeat(300), String::new(), String::new());
        encode(&word, &word, 1, &mut term);
        assert_eq!(decode(term.as_bytes(), &mut stem).unwrap().0.len(), 254);
    }

    #[test]
    fn what_is_no_term_is_refused() {
        let mut stem = String::new();
        for term in ["", "fund", "fund\u{1f}", "fund\u{1f}z", "fund\u{1e}x\u{1f} ", "é\u{1f}!"] {
            assert_eq!(decode(term.as_bytes(), &mut stem), None, "{term:?}");
        }
    }
}
