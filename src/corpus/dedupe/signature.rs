//! What is kept of a text, so that another can be told to be the same work.

use super::super::document::{Document, Signature};
use super::{VAGUE, comparable};

/// Words in a shingle.
const SHINGLE_WORDS: usize = 5;
/// Fewest shingles by which a text is told to be nearly another; a shorter text is the same only word by word.
const MIN_SHINGLES: usize = 40;
/// Fewest words of a text by which it is told at all.
const MIN_WORDS: usize = 12;
/// Characters at the start of a text among which its title is looked for.
const OPENING_CHARS: usize = 600;

/// The signature of a document: one-permutation min-hashing over its five-word shingles, 64 places of 16 bits; and the
/// first letters of the text, where the format tells no title that can be relied on.
///
/// Words are runs of letters and digits, ASCII case folded. A text of fewer than 40 shingles has the signature of all its
/// words together, and one of fewer than twelve words has none.
///
/// # Source
/// Li, P., Owen, A., Zhang, C.-H. (2012). One permutation hashing. *NIPS 25*; empty places are filled from the next
/// filled one after Shrivastava, A., Li, P. (2014). Densifying one permutation hashing via rotation. *ICML 31*.
pub fn signature(document: &Document) -> Signature {
    let opening = if VAGUE.contains(&document.format) {
        let end = document.text.char_indices().nth(OPENING_CHARS).map_or(document.text.len(), |(at, _)| at);
        comparable(Some(&document.text[..end]))
    } else {
        String::new()
    };
    Signature { shingles: shingles(&document.text), opening }
}

fn shingles(text: &str) -> Vec<u16> {
    let mut least = [u64::MAX; Signature::N_PLACES];
    let mut words = [0u64; SHINGLE_WORDS];
    let (mut n_words, mut word, mut whole) = (0usize, 0u64, 1u64);
    for byte in text.bytes().chain([b' ']) {
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            word = (word.rotate_left(5) ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x517c_c1b7_2722_0a95);
        } else if word != 0 {
            words[n_words % SHINGLE_WORDS] = word;
            whole = mixed(whole.rotate_left(7) ^ word);
            (n_words, word) = (n_words + 1, 0);
            if n_words >= SHINGLE_WORDS {
                let oldest_first = (n_words..n_words + SHINGLE_WORDS).map(|n| words[n % SHINGLE_WORDS]);
                let shingle = mixed(oldest_first.fold(0, |sum: u64, word| sum.rotate_left(7).wrapping_add(word)));
                let place = &mut least[(shingle >> 58) as usize];
                *place = (*place).min(shingle << 6);
            }
        }
    }
    if n_words < MIN_WORDS {
        return Vec::new();
    }
    if n_words < SHINGLE_WORDS - 1 + MIN_SHINGLES {
        return (1..=Signature::N_PLACES as u64).map(|place| mixed(whole.wrapping_mul(place)) as u16).collect();
    }
    let filled = |at: usize| (at..at + Signature::N_PLACES).find(|n| least[n % Signature::N_PLACES] != u64::MAX);
    let value = |at: usize| {
        let from = filled(at).unwrap_or(at);
        // A borrowed value is told apart from the same value at home by how far it was borrowed.
        mixed(least[from % Signature::N_PLACES].wrapping_add((from - at) as u64)) as u16
    };
    (0..Signature::N_PLACES).map(value).collect()
}

/// Spreads the bits of a number evenly (the finalizer of MurmurHash3).
fn mixed(mut n: u64) -> u64 {
    n = (n ^ (n >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    n = (n ^ (n >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    n ^ (n >> 33)
}
