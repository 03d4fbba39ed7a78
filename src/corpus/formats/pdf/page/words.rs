//! Glyphs in the order of the stream, words out: a gap, a blank or a new baseline ends a word.

use super::super::signs::{self, Sign};
use super::glyphs::{Eye, Glyph, Turn};
use unicode_normalization::char::compose;

/// One word, as it stands on its line.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) turn: Turn,
    pub(super) text: String,
    /// The faces of its letters.
    pub(super) faces: Vec<(char, u32)>,
    /// Whether it is of a script that is written from right to left.
    pub(super) is_leftward: bool,
}

/// Shares of the size of the font: a gap wider than this ends a word,
const GAP: f32 = 0.13;
/// a step back longer than this starts elsewhere,
const BACK: f32 = 0.6;
/// a baseline that differs by more is another,
const RISE: f32 = 0.3;
/// except for raised and lowered marks, which are smaller.
const MARK_RISE: f32 = 0.6;
/// Ratio of sizes below which a glyph is a mark.
const MARK_SIZE: f32 = 0.85;

/// The words of a page.
pub(super) fn of(eye: &mut Eye) -> Vec<Word> {
    size_by_width(&mut eye.glyphs);
    let mut words: Vec<Word> = Vec::with_capacity(eye.glyphs.len() / 5);
    let mut open = false;
    for glyph in &eye.glyphs {
        if matches!(glyph.sign, Sign::Blank | Sign::Nothing) {
            open = open && glyph.sign == Sign::Nothing;
            continue;
        }
        match words.last_mut().map(|word| (step(word, glyph), word)) {
            Some((Step::Again, _)) if open => {}
            Some((Step::On, word)) if open && word.is_leftward => word.put_before(glyph, &eye.many),
            Some((Step::On, word)) if open => word.push(glyph, &eye.many),
            Some((Step::Left, word)) if open => word.put_after(glyph, &eye.many),
            Some((Step::Mark, _)) if open => words.push(Word::new(glyph, &eye.many)),
            _ => {
                words.push(Word::new(glyph, &eye.many));
                open = true;
            }
        }
    }
    words.retain(|word| !word.text.is_empty());
    words
}

/// How a glyph stands to the word before it.
#[derive(PartialEq)]
enum Step {
    /// It goes on with it.
    On,
    /// It goes on with it, to the left.
    Left,
    /// It is the last one again, drawn twice to look bold.
    Again,
    /// It is a raised or lowered mark at its end.
    Mark,
    /// It stands elsewhere.
    Off,
}

fn step(word: &Word, glyph: &Glyph) -> Step {
    let size = word.size.max(glyph.size);
    let gap = glyph.x0 - word.x1;
    let rise = (glyph.y - word.y).abs();
    let is_mark = glyph.size.min(word.size) < MARK_SIZE * size;
    if turns(word, glyph) {
        return Step::Off;
    }
    let to_left = word.x0 - glyph.x1;
    if word.is_leftward && word.turn == glyph.turn && rise <= RISE * size && gap < -GAP * size {
        let is_mark = glyph.x0 >= word.x0 && glyph.x1 <= word.x1;
        return if is_mark || to_left < GAP * size && to_left > -BACK * size { Step::Left } else { Step::Off };
    }
    if word.turn != glyph.turn || gap < -BACK * size || gap > GAP * word.size.min(glyph.size).max(1.0) {
        return Step::Off;
    }
    if rise > if is_mark { MARK_RISE } else { RISE } * size {
        return Step::Off;
    }
    if gap < -0.4 * size.min(glyph.x1 - glyph.x0 + size) && is_last(word, glyph) {
        return Step::Again;
    }
    if is_mark && rise > 0.15 * size && starts_mark(word, glyph) {
        return Step::Mark;
    }
    Step::On
}

/// Whether the glyph runs against the word: letters and digits of the one way and of the other are no word.
fn turns(word: &Word, glyph: &Glyph) -> bool {
    match glyph.sign {
        Sign::One(c) if signs::is_leftward(c) => !word.is_leftward && word.text.contains(char::is_alphanumeric),
        Sign::One(c) => word.is_leftward && c.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// Whether the glyph is the last character of the word once more.
fn is_last(word: &Word, glyph: &Glyph) -> bool {
    matches!(glyph.sign, Sign::One(c) if word.text.ends_with(c)) && (glyph.x1 - word.x1).abs() < 0.15 * glyph.size
}

/// Whether a small raised digit follows a word: the number of a note or reference, which is no part of the word.
fn starts_mark(word: &Word, glyph: &Glyph) -> bool {
    let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
    matches!(glyph.sign, Sign::One(c) if c.is_ascii_digit())
        && glyph.y < word.y
        && glyph.size < word.size
        && letters > 2
}

impl Word {
    fn new(glyph: &Glyph, many: &[String]) -> Self {
        let mut word = Self {
            x0: glyph.x0,
            x1: glyph.x1,
            y: glyph.y,
            size: glyph.size,
            turn: glyph.turn,
            text: String::with_capacity(12),
            faces: Vec::with_capacity(8),
            is_leftward: false,
        };
        word.write(glyph, many);
        word.is_leftward = word.text.chars().any(signs::is_leftward);
        word
    }

    /// Puts a glyph that stands to the right of those drawn before it in front of them, as it is read.
    fn put_before(&mut self, glyph: &Glyph, many: &[String]) {
        let rest = std::mem::take(&mut self.text);
        self.write(glyph, many);
        self.text.push_str(&rest);
        self.x1 = self.x1.max(glyph.x1);
    }

    /// Puts a glyph that stands to the left of those drawn before it behind them.
    fn put_after(&mut self, glyph: &Glyph, many: &[String]) {
        self.write(glyph, many);
        (self.x0, self.x1) = (self.x0.min(glyph.x0), self.x1.max(glyph.x1));
    }

    fn push(&mut self, glyph: &Glyph, many: &[String]) {
        if matches!(glyph.sign, Sign::One(c) if signs::is_leftward(c)) {
            self.is_leftward = true;
            return self.put_before(glyph, many);
        }
        let accent = self.text.chars().next_back().and_then(signs::combining);
        let over = |x0: f32, x1: f32| {
            let middle = (x0 + x1) / 2.0;
            middle > glyph.x0 && middle < glyph.x1
        };
        let last_width = self.x1 - self.x0;
        match (accent, glyph.sign) {
            // An accent drawn before its letter, which starts under it.
            (Some(accent), Sign::One(c)) if glyph.x0 < self.x1 - 0.1 * glyph.size && c.is_alphabetic() => {
                if let Some(whole) = compose(bare_i(c), accent) {
                    self.text.pop();
                    self.text.push(whole);
                } else {
                    self.write(glyph, many);
                }
            }
            // An accent drawn after its letter, back over it.
            (_, Sign::One(c)) if glyph.x0 < self.x1 - 0.25 * glyph.size && last_width > 0.0 => {
                let before = self.text.chars().next_back().filter(|before| before.is_alphabetic());
                let whole = signs::combining(c).zip(before).and_then(|(accent, b)| compose(bare_i(b), accent));
                match whole.filter(|_| over(glyph.x0, glyph.x1)) {
                    Some(whole) => {
                        self.text.pop();
                        self.text.push(whole);
                        return;
                    }
                    None => self.write(glyph, many),
                }
            }
            _ => self.write(glyph, many),
        }
        self.x1 = self.x1.max(glyph.x1);
        if glyph.size > self.size {
            (self.size, self.y) = (glyph.size, glyph.y);
        }
    }

    fn write(&mut self, glyph: &Glyph, many: &[String]) {
        match glyph.sign {
            Sign::One(c) => {
                // Capitals and digits stand in headings as often as in text, and so tell no usual face.
                if c.is_lowercase() {
                    self.faces.push((c, glyph.face));
                }
                self.text.push(c);
            }
            Sign::Run(run) => self.text.push_str(run),
            Sign::Many(at) => {
                let run = many.get(at as usize).map_or("", String::as_str);
                for c in run.chars() {
                    match signs::plain(c) {
                        Sign::One(c) => self.text.push(c),
                        Sign::Run(run) => self.text.push_str(run),
                        Sign::Blank if !self.text.is_empty() => self.text.push(' '),
                        _ => {}
                    }
                }
            }
            Sign::Blank | Sign::Nothing => {}
        }
    }
}

/// The dotless i that TeX puts under accents, as the letter it is.
fn bare_i(c: char) -> char {
    match c {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    }
}

/// Gives glyphs of fonts whose units are their own a size by the width that a letter usually has.
fn size_by_width(glyphs: &mut [Glyph]) {
    let mut widths: Vec<f32> = glyphs.iter().filter(|g| g.sized_by_width && g.x1 > g.x0).map(|g| g.x1 - g.x0).collect();
    if widths.is_empty() {
        return;
    }
    let middle = widths.len() / 2;
    let (_, median, _) = widths.select_nth_unstable_by(middle, f32::total_cmp);
    // A letter of running text is a little under half as wide as its font is high.
    let size = (*median * 2.1).clamp(2.0, 60.0);
    glyphs.iter_mut().filter(|glyph| glyph.sized_by_width).for_each(|glyph| glyph.size = size);
}
