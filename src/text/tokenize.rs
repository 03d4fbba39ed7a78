//! A sentence in, its words out: UAX #29 word boundaries, and the surface of a word.
//!
//! Words of ASCII letters, digits and the punctuation that may stand inside a word are cut by a byte loop; wherever a
//! byte outside ASCII could have a say, unicode-segmentation cuts the segment. Both give the same words, the segments
//! of UAX #29 that hold a letter or a digit.

use super::passage::{Compound, Token, TypeId};
use super::vocabulary::{Lookup, SHORT};
use crate::corpus::Span;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

const OTHER: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const JOINER: u8 = 3;
const WIDE: u8 = 4;

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

/// Appends the tokens of `sentence` and the compounds among them; spans are moved by `offset` bytes.
pub(super) fn tokenize(
    sentence: &str,
    offset: usize,
    words: &mut Lookup<'_>,
    tokens: &mut Vec<Token>,
    mut compounds: Option<&mut Vec<Compound>>,
) {
    let bytes = sentence.as_bytes();
    let (mut at, mut last_end) = (0, 0);
    let mut chain = Chain::default();
    while let Some((start, end)) = next_word(sentence, at) {
        let type_id = look_up(sentence, start, end, words);
        if let Some(compounds) = compounds.as_deref_mut() {
            if last_end > 0 && is_hyphen(&bytes[last_end..start]) {
                chain.join(tokens);
            } else if chain.n_tokens > 0 {
                chain.close(sentence, offset, tokens, words, compounds);
            }
        }
        tokens.push(Token { span: Span::new(offset + start, offset + end), type_id });
        at = end;
        last_end = end;
    }
    if let Some(compounds) = compounds {
        chain.close(sentence, offset, tokens, words, compounds);
    }
}

#[inline]
fn look_up(sentence: &str, start: usize, end: usize, words: &mut Lookup<'_>) -> TypeId {
    let n_bytes = end - start;
    if n_bytes > SHORT {
        return words.word(&sentence[start..end]);
    }
    match sentence.as_bytes()[start..].first_chunk::<SHORT>() {
        Some(chunk) => {
            let unused = 8 * (SHORT - n_bytes) as u32;
            let key = u128::from_le_bytes(*chunk) << unused >> unused;
            words.short(key, &sentence[start..end])
        }
        None => words.word(&sentence[start..end]),
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

/// Words joined by hyphens so far; `n_tokens` is 0 where there are none.
#[derive(Default)]
struct Chain {
    first_token: usize,
    n_tokens: usize,
}

impl Chain {
    /// The word to come is joined to the last of `tokens`.
    fn join(&mut self, tokens: &[Token]) {
        if self.n_tokens == 0 {
            self.first_token = tokens.len() - 1;
            self.n_tokens = 1;
        }
        self.n_tokens += 1;
    }

    fn close(
        &mut self,
        sentence: &str,
        offset: usize,
        tokens: &[Token],
        words: &mut Lookup<'_>,
        compounds: &mut Vec<Compound>,
    ) {
        let n_tokens = std::mem::take(&mut self.n_tokens);
        let Ok(n_parts) = u16::try_from(n_tokens) else { return };
        if n_parts == 0 {
            return;
        }
        let start = tokens[self.first_token].span.start as usize - offset;
        let end = tokens[self.first_token + n_tokens - 1].span.end as usize - offset;
        let type_id = words.word(&sentence[start..end]);
        compounds.push(Compound { first_token: self.first_token as u32, n_tokens: n_parts, type_id });
    }
}

/// The first word that starts at `from` or later; `from` is a word boundary.
#[inline]
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
                let end = ascii_end(bytes, at).unwrap_or_else(|| segment_end(text, at));
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

/// The end of the word that starts at `start`; `None` where a byte outside ASCII may decide it.
#[inline]
fn ascii_end(bytes: &[u8], start: usize) -> Option<usize> {
    let class_at = |at: usize| bytes.get(at).map_or(OTHER, |byte| CLASS[*byte as usize]);
    let mut at = start + 1;
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

/// The case-folded surface of a word: NFC, lower case, `’` as `'`, any hyphen as `-`, ligatures taken apart.
///
/// Soft hyphens are left out, and so are the underscores of Markdown's emphasis around a word.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return bare(&word.to_ascii_lowercase()).to_owned();
    }
    let mut folded = fold_once(word);
    // Lower case and composition may each open the way for the other; three rounds are more than any word needs.
    for _ in 0..3 {
        let again = fold_once(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

fn fold_once(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in word.nfc().collect::<String>().replace('İ', "i").to_lowercase().chars() {
        match letter {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{ff07}' => out.push('\''),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            '\u{ad}' | '\u{feff}' => {}
            _ => out.push(letter),
        }
    }
    if !is_nfc(&out) {
        out = out.nfc().collect();
    }
    let kept = bare(&out);
    if kept.is_empty() { word.to_owned() } else { kept.to_owned() }
}

/// Without underscores at either end, unless nothing else is there.
fn bare(word: &str) -> &str {
    let kept = word.trim_matches('_');
    if kept.is_empty() { word } else { kept }
}
