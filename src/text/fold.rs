//! The case-folded surface of a word.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// How the surface of a word is made of the word as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folding {
    /// See `fold`.
    Full,
    /// NFC and lower case, nothing else.
    Lower,
    /// NFC alone.
    Kept,
}

impl Folding {
    pub(super) fn surface(self, word: &str) -> String {
        match self {
            Folding::Full => fold(word),
            Folding::Lower => word.nfc().collect::<String>().to_lowercase(),
            Folding::Kept => word.nfc().collect(),
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
