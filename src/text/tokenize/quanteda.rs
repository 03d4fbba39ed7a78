//! The tokens that quanteda cuts a text into by default: Unicode words, with what the package joins again.

use super::{CLASS, OTHER, WIDE, ascii_end, segment_end};

/// The tokens of `text`, punctuation and signs among them, white space not.
///
/// Words are cut as UAX #29 says; then words joined by single hyphens are one token again, and so are user names,
/// hashtags and web addresses, as `tokens()` does with its defaults.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    each(text, |start, end| all.push(&text[start..end]));
    all
}

/// Calls `token(start, end)` for each of them.
pub(in super::super) fn each(text: &str, mut token: impl FnMut(usize, usize)) {
    let mut end_of_address = 0;
    let bounds: Vec<(usize, &str)> = segments(text).collect();
    let mut at = 0;
    while let Some((start, word)) = bounds.get(at).copied() {
        at += 1;
        if start < end_of_address || word.trim().is_empty() {
            continue;
        }
        if let Some(n) = address(&text[start..]) {
            token(start, start + n);
            end_of_address = start + n;
            continue;
        }
        let mut end = start + word.len();
        if matches!(word, "#" | "@") {
            if let Some((_, tagged)) = bounds.get(at).filter(|(_, next)| is_word(next)) {
                end += tagged.len();
                at += 1;
            }
        } else if is_word(word) {
            while let [(_, hyphen), (_, next), ..] = &bounds[at..] {
                if !is_hyphen(hyphen) || !is_word(next) {
                    break;
                }
                end += hyphen.len() + next.len();
                at += 2;
            }
        }
        token(start, end);
    }
}

/// The segments of UAX #29, each with its place: those of ASCII by a byte loop, the others by unicode-segmentation.
pub(in super::super) fn segments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at == text.len() {
            return None;
        }
        let end = ascii_segment(text.as_bytes(), at).unwrap_or_else(|| segment_end(text, at));
        let start = std::mem::replace(&mut at, end);
        Some((start, &text[start..end]))
    })
}

/// The end of the segment that starts at `start`; `None` where a byte outside ASCII may decide it.
fn ascii_segment(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = &bytes[start..];
    let n = match rest {
        [first, ..] if CLASS[*first as usize] == WIDE => return None,
        [first, ..] if CLASS[*first as usize] != OTHER => return ascii_end(bytes, start, start + 1),
        [b' ', ..] => rest.iter().take_while(|byte| **byte == b' ').count(),
        [b'\r', b'\n', ..] => 2,
        _ => 1,
    };
    // A mark belongs to what it stands behind.
    rest.get(n).is_none_or(u8::is_ascii).then_some(start + n)
}

fn is_word(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_alphanumeric)
}

fn is_hyphen(sign: &str) -> bool {
    matches!(sign, "-" | "\u{2010}" | "\u{2011}" | "\u{058a}")
}

/// Length of the web or mail address that `text` begins with.
fn address(text: &str) -> Option<usize> {
    if !text.starts_with(['h', 'f', 'w']) {
        return None;
    }
    let begins = ["http://", "https://", "ftp://", "www."].iter().any(|scheme| text.starts_with(scheme));
    if !begins {
        return None;
    }
    let word = text.split(char::is_whitespace).next().unwrap_or(text);
    Some(word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '”', '’']).len()).filter(|n| *n > 4)
}
