//! A sentence in, its words out: UAX #29 word boundaries, and the surface of a word.
//!
//! Words of ASCII letters, digits and the punctuation that may stand inside a word are cut by a byte loop; wherever a
//! byte outside ASCII could have a say, unicode-segmentation cuts the segment. Both give the same words, the segments
//! of UAX #29 that hold a letter or a digit.

pub(super) mod quanteda;

use super::passage::{Compound, Token, TypeId};
use super::vocabulary::{Key, Lookup, SHORT};
use crate::corpus::Span;
use memchr::memchr2;
use unicode_segmentation::UnicodeSegmentation;

const OTHER: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const JOINER: u8 = 3;
const WIDE: u8 = 4;

/// Most words looked up together: more than any honest sentence has, so that one without end does not take memory for each.
const LOOKED_UP: usize = 1 << 14;

/// What a byte is to a word: letter, digit, `_`, a byte outside ASCII, or none of them.
const CLASS: [u8; 256] = {
    let mut class = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => JOINER,
            0x80.. => WIDE,
            _ => OTHER,
        };
        byte += 1;
    }
    class
};

/// Cuts sentences into tokens; kept for a whole document, so that nothing is allocated per sentence.
#[derive(Default)]
pub(super) struct Tokenizer {
    /// A bit for every byte of the sentence: part of a word, as far as the byte alone can tell.
    word_bits: Vec<u64>,
    /// A bit for every byte of the sentence that is outside ASCII.
    wide_bits: Vec<u64>,
    /// Its words as keys.
    keys: Vec<Key>,
    /// Where the vocabulary most likely has them.
    places: Vec<u32>,
}

impl Tokenizer {
    /// Appends the tokens of the sentence `text[start..end]`.
    ///
    /// Words are found first and looked up after: the look-ups of a sentence do not wait for one another then.
    pub(super) fn tokenize(
        &mut self,
        text: &str,
        (start, end): (usize, usize),
        words: &mut Lookup<'_>,
        tokens: &mut Vec<Token>,
    ) {
        self.read_bits(&text.as_bytes()[start..end]);
        let sentence = Sentence { text: &text[start..end], word_bits: &self.word_bits, wide_bits: &self.wide_bits };
        let first = tokens.len();
        let (mut at, mut next_wide) = (0, 0);
        while let Some((from, to)) = sentence.next_word(at, &mut next_wide) {
            tokens.push(Token { span: Span::new(start + from, start + to), type_id: TypeId(0) });
            at = to;
        }
        for some in tokens[first..].chunks_mut(LOOKED_UP) {
            self.look_up(text, some, words);
        }
    }

    /// Three short loops, each with nothing to wait for but its own memory: keys, likely places, types.
    fn look_up(&mut self, text: &str, tokens: &mut [Token], words: &mut Lookup<'_>) {
        self.keys.clear();
        self.keys.extend(tokens.iter().map(|token| key(text.as_bytes(), token.span)));
        words.likely_places(&self.keys, &mut self.places);
        for ((token, key), place) in tokens.iter_mut().zip(&self.keys).zip(&self.places) {
            token.type_id = match words.at(*place, *key) {
                Some(type_id) => type_id,
                None => words.word(token.span.of(text)),
            };
        }
    }

    fn read_bits(&mut self, bytes: &[u8]) {
        self.word_bits.clear();
        self.wide_bits.clear();
        let (blocks, rest) = bytes.as_chunks::<64>();
        for block in blocks {
            self.read_block(block);
        }
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        self.read_block(&last);
    }

    #[inline]
    fn read_block(&mut self, block: &[u8; 64]) {
        let (mut word, mut wide) = (0, 0);
        for (index, bytes) in block.as_chunks::<8>().0.iter().enumerate() {
            let (eight, eight_wide) = eight_bits(u64::from_le_bytes(*bytes));
            word |= eight << (8 * index);
            wide |= eight_wide << (8 * index);
        }
        self.word_bits.push(word);
        self.wide_bits.push(wide);
    }
}

/// For eight bytes at once: which are letters, digits, `_` or outside ASCII; and which are outside ASCII.
#[inline]
fn eight_bits(bytes: u64) -> (u64, u64) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // Adding to seven bits leaves no carry: the high bit of a byte tells whether it is `low` or more.
    let in_range = |seven: u64, low: u64, high: u64| (seven + (0x80 - low) * EACH) & !(seven + (0x7f - high) * EACH);
    let gather = |high_bits: u64| ((high_bits & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let seven = bytes & !HIGH;
    let letters = in_range(seven | (0x20 * EACH), b'a'.into(), b'z'.into());
    let others = in_range(seven, b'0'.into(), b'9'.into()) | in_range(seven, b'_'.into(), b'_'.into());
    (gather(letters | others | bytes), gather(bytes))
}

/// One sentence and what its bytes are.
struct Sentence<'t> {
    text: &'t str,
    word_bits: &'t [u64],
    wide_bits: &'t [u64],
}

impl Sentence<'_> {
    /// The first word that starts at `from` or later; `from` is a word boundary, and `next_wide` at most the place of the
    /// first byte outside ASCII behind it.
    #[inline]
    fn next_word(&self, from: usize, next_wide: &mut usize) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let start = next_one(self.word_bits, from);
        if start >= bytes.len() {
            return None;
        }
        let end = next_zero(self.word_bits, start).min(bytes.len());
        if *next_wide < from {
            *next_wide = next_one(self.wide_bits, from);
        }
        // A byte outside ASCII has a say in this word if it lies in it, or right behind the sign that follows it.
        if *next_wide <= end + 1 || bytes[start] == b'_' {
            return next_word(self.text, from);
        }
        match bytes.get(end) {
            None | Some(b' ') => Some((start, end)),
            Some(_) => match ascii_end(bytes, start, end) {
                Some(end) => Some((start, end)),
                None => next_word(self.text, from),
            },
        }
    }
}

/// The place of the first 1 at `from` or later; past the end where there is none.
#[inline]
fn next_one(bits: &[u64], from: usize) -> usize {
    let mut index = from / 64;
    let Some(&first) = bits.get(index) else { return usize::MAX };
    let rest = first >> (from % 64);
    if rest != 0 {
        return from + rest.trailing_zeros() as usize;
    }
    loop {
        index += 1;
        match bits.get(index) {
            None => return usize::MAX - 1,
            Some(0) => {}
            Some(bits) => return index * 64 + bits.trailing_zeros() as usize,
        }
    }
}

/// The place of the first 0 at `from` or later.
#[inline]
fn next_zero(bits: &[u64], from: usize) -> usize {
    let mut index = from / 64;
    let Some(&first) = bits.get(index) else { return from };
    let rest = !first >> (from % 64);
    if rest != 0 {
        return from + rest.trailing_zeros() as usize;
    }
    loop {
        index += 1;
        match bits.get(index) {
            None => return index * 64,
            Some(&u64::MAX) => {}
            Some(bits) => return index * 64 + bits.trailing_ones() as usize,
        }
    }
}

/// The key of a word; the key of no word where it is long, or lies so near the end of the text that reading is not worth it.
#[inline]
fn key(text: &[u8], span: Span) -> Key {
    match text[span.start as usize..].first_chunk::<SHORT>() {
        Some(chunk) if span.len() <= SHORT => {
            let unused = 8 * (SHORT - span.len()) as u32;
            Key(u128::from_le_bytes(*chunk) << unused >> unused)
        }
        _ => Key::NONE,
    }
}

/// Appends the compounds among the tokens from `first` on, which are those of one sentence.
pub(super) fn join(text: &str, tokens: &[Token], first: usize, words: &mut Lookup<'_>, compounds: &mut Vec<Compound>) {
    let joined = |pair: &[Token]| is_hyphen(&text.as_bytes()[pair[0].span.end as usize..pair[1].span.start as usize]);
    let mut at = first;
    let (Some(start), Some(end)) = (tokens.get(first), tokens.last()) else { return };
    if memchr2(b'-', 0xe2, &text.as_bytes()[start.span.start as usize..end.span.end as usize]).is_none() {
        return;
    }
    while at + 1 < tokens.len() {
        let n_more = tokens[at..].windows(2).take_while(|pair| joined(pair)).count();
        if n_more > 0
            && let Ok(n_tokens) = u16::try_from(n_more + 1)
        {
            let (start, end) = (tokens[at].span.start, tokens[at + n_more].span.end);
            let type_id = words.word(&text[start as usize..end as usize]);
            compounds.push(Compound { first_token: at as u32, n_tokens, type_id });
        }
        at += n_more + 1;
    }
}

#[inline]
fn is_hyphen(between: &[u8]) -> bool {
    match between {
        [byte] => *byte == b'-',
        [0xe2, 0x80, last] => matches!(last, 0x90 | 0x91),
        _ => false,
    }
}

/// The first word that starts at `from` or later; `from` is a word boundary. Slower, for text outside ASCII.
#[inline(never)]
fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        match CLASS[*bytes.get(at)? as usize] {
            OTHER => at += 1,
            WIDE => {
                let mut start = segment_start(bytes, from, at);
                let mut end = segment_end(text, start);
                if end == at {
                    // What stands before it is a segment of its own: no mark follows it.
                    start = at;
                    end = segment_end(text, start);
                }
                if text[start..end].contains(char::is_alphanumeric) {
                    return Some((start, end));
                }
                at = end;
            }
            _ => {
                let end = ascii_end(bytes, at, at + 1).unwrap_or_else(|| segment_end(text, at));
                if bytes[at] != b'_' || text[at..end].contains(char::is_alphanumeric) {
                    return Some((at, end));
                }
                at = end;
            }
        }
    }
}

/// Where the segment starts that the byte outside ASCII at `at` may belong to: marks attach to what stands before them.
fn segment_start(bytes: &[u8], from: usize, at: usize) -> usize {
    if at == from || !bytes[at - 1].is_ascii() {
        return at;
    }
    match bytes[at - 1] {
        b'\n' | b'\r' | 0x0b | 0x0c => at,
        b' ' => bytes[from..at].iter().rposition(|byte| *byte != b' ').map_or(from, |last| from + last + 1),
        _ => at - 1,
    }
}

fn segment_end(text: &str, start: usize) -> usize {
    start + text[start..].split_word_bounds().next().map_or(0, str::len)
}

/// The end of the word that starts at `start` and goes on up to `at` at least; `None` where a byte outside ASCII may
/// decide it.
fn ascii_end(bytes: &[u8], start: usize, mut at: usize) -> Option<usize> {
    debug_assert!(start < at);
    let class_at = |at: usize| bytes.get(at).map_or(OTHER, |byte| CLASS[*byte as usize]);
    loop {
        match class_at(at) {
            OTHER => {}
            WIDE => return None,
            _ => {
                at += 1;
                continue;
            }
        }
        let Some(&byte) = bytes.get(at) else { return Some(at) };
        let side = class_at(at - 1);
        let joins = match byte {
            b'\'' | b'.' => side == LETTER || side == DIGIT,
            b':' => side == LETTER,
            b',' | b';' => side == DIGIT,
            _ => false,
        };
        if !joins {
            return Some(at);
        }
        match class_at(at + 1) {
            WIDE => return None,
            next if next == side => at += 2,
            _ => return Some(at),
        }
    }
}
