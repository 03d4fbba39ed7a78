//! The tokens that quanteda cuts a text into by default: Unicode words, with what the package joins again.

use unicode_segmentation::UnicodeSegmentation;

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
    let bounds: Vec<(usize, &str)> = text.split_word_bound_indices().collect();
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

fn is_word(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_alphanumeric)
}

fn is_hyphen(sign: &str) -> bool {
    matches!(sign, "-" | "\u{2010}" | "\u{2011}" | "\u{058a}")
}

/// Length of the web or mail address that `text` begins with.
fn address(text: &str) -> Option<usize> {
    let begins = ["http://", "https://", "ftp://", "www."].iter().any(|scheme| text.starts_with(scheme));
    if !begins {
        return None;
    }
    let word = text.split(char::is_whitespace).next().unwrap_or(text);
    Some(word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '”', '’']).len()).filter(|n| *n > 4)
}
