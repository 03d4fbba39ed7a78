//! What glyphs stand for: ligatures as their letters, accents on theirs, the codes of fonts that say nothing.

/// What one glyph stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sign {
    /// One character.
    One(char),
    /// A white space of any kind.
    Blank,
    /// Letters drawn as one, and other short runs that are the same in every document.
    Run(&'static str),
    /// A longer run, at this place of the page's list.
    Many(u32),
    /// Nothing that is read, such as a control character.
    Nothing,
}

/// What one character stands for.
pub(super) fn plain(c: char) -> Sign {
    match c {
        '\u{20}'..='\u{7e}' if c != ' ' => Sign::One(c),
        '\u{fb00}' => Sign::Run("ff"),
        '\u{fb01}' => Sign::Run("fi"),
        '\u{fb02}' => Sign::Run("fl"),
        '\u{fb03}' => Sign::Run("ffi"),
        '\u{fb04}' => Sign::Run("ffl"),
        '\u{fb05}' | '\u{fb06}' => Sign::Run("st"),
        '\u{f0b7}' => Sign::One('•'),
        '\u{ad}' | '\u{2010}' | '\u{2011}' => Sign::One('-'),
        '\u{200b}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => Sign::Nothing,
        c if c.is_whitespace() => Sign::Blank,
        c if c.is_control() => Sign::Nothing,
        c => Sign::One(c),
    }
}

/// What a code stands for in the first seven-bit encoding of TeX's fonts, which were long put into PDFs as pictures
/// without a word on their meaning.
///
/// # Source
/// Knuth, D. E. (1986). *The TeXbook*, appendix F, figure 1.
pub(super) fn old_tex(code: u32) -> Option<Sign> {
    Some(match code {
        0x0b => Sign::Run("ff"),
        0x0c => Sign::Run("fi"),
        0x0d => Sign::Run("fl"),
        0x0e => Sign::Run("ffi"),
        0x0f => Sign::Run("ffl"),
        0x10 => Sign::One('ı'),
        0x19 => Sign::One('ß'),
        0x1a => Sign::One('æ'),
        0x1b => Sign::One('œ'),
        0x1c => Sign::One('ø'),
        0x22 => Sign::One('”'),
        0x27 => Sign::One('’'),
        0x5c => Sign::One('“'),
        0x60 => Sign::One('‘'),
        0x7b => Sign::One('–'),
        0x7c => Sign::One('—'),
        0x20 => Sign::Blank,
        0x21..=0x7e => Sign::One(char::from_u32(code)?),
        _ => return None,
    })
}

/// What the number of a glyph stands for in the fonts that came with Windows, where a font of such numbers says nothing:
/// their signs stand in the order of ASCII, the blank being the third.
pub(super) fn old_office(glyph: u32) -> Option<Sign> {
    match glyph {
        3 => Some(Sign::Blank),
        4..=97 => char::from_u32(glyph + 29).map(Sign::One),
        _ => None,
    }
}

/// Whether a character belongs to a script that is written from right to left.
pub(super) fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{65f}' | '\u{66a}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}')
}

/// The combining form of an accent that is drawn as a glyph of its own over a letter.
pub(super) fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' | '\u{2cb}' => '\u{300}',
        '´' | '\u{2ca}' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '¯' | '\u{2c9}' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        '\u{300}'..='\u{36f}' => accent,
        _ => return None,
    })
}
