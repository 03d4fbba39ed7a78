//! Words in the order of the stream, lines out.

use super::glyphs::Turn;
use super::words::Word;
use rustc_hash::FxHashMap;

/// One line, or the part of one that stands in its own column.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Line {
    /// Which way it runs; the places below are turned so that it runs from left to right.
    pub(in super::super) turn: Turn,
    /// Where it starts, in points.
    pub(in super::super) x0: f32,
    /// Where it ends.
    pub(in super::super) x1: f32,
    /// Its baseline, which grows down the page.
    pub(in super::super) y: f32,
    /// Size of most of its text.
    pub(in super::super) size: f32,
    /// Its words, blanks between.
    pub(in super::super) text: String,
    /// Faces of its first letters.
    pub(in super::super) faces: Vec<(char, u32)>,
    /// Whether it goes on where the line before it ended, across a gap.
    pub(in super::super) goes_on: bool,
}

/// A gap wider than this share of the size parts two columns or cells.
const CELL_GAP: f32 = 2.5;
/// How many letters tell the face of a line.
const N_FACES: usize = 24;

/// The lines of a page, in the order in which they were drawn.
pub(super) fn of(words: Vec<Word>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for word in words {
        let stand = lines.last().map_or(Stand::Apart, |line| stand(line, &word));
        if stand != Stand::Within {
            settle(lines.last_mut(), &mut sizes);
            lines.push(Line {
                turn: word.turn,
                x0: word.x0,
                x1: word.x1,
                y: word.y,
                size: word.size,
                goes_on: stand == Stand::Beside,
                ..Line::default()
            });
        }
        let Some(line) = lines.last_mut() else { continue };
        if !line.text.is_empty() {
            line.text.push(' ');
        }
        line.text.push_str(&word.text);
        line.x0 = line.x0.min(word.x0);
        line.x1 = line.x1.max(word.x1);
        if word.size > line.size * 1.1 {
            (line.size, line.y) = (word.size, word.y);
        }
        let room = N_FACES.saturating_sub(line.faces.len());
        line.faces.extend(word.faces.into_iter().take(room));
        sizes.push((word.size, word.text.len()));
    }
    settle(lines.last_mut(), &mut sizes);
    drop_overprints(&mut lines);
    lines
}

/// Drops lines that are drawn again where they stand, to look bold or by mistake.
fn drop_overprints(lines: &mut Vec<Line>) {
    let mut places: FxHashMap<String, Vec<(f32, f32)>> = FxHashMap::default();
    lines.retain(|line| {
        let places = places.entry(line.text.clone()).or_default();
        let again = places.iter().any(|(x, y)| (x - line.x0).abs() < 2.0 && (y - line.y).abs() < 2.0);
        places.push((line.x0, line.y));
        !again
    });
}

/// Gives a line that has ended the size of most of its text.
fn settle(line: Option<&mut Line>, sizes: &mut Vec<(f32, usize)>) {
    if let Some(line) = line {
        sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = sizes.iter().map(|size| size.1).sum::<usize>() / 2;
        let mut n = 0;
        if let Some(size) = sizes.iter().find(|size| {
            n += size.1;
            n > half
        }) {
            line.size = size.0;
        }
    }
    sizes.clear();
}

/// How a word stands to the line before it.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    /// It is its next word.
    Within,
    /// It stands on the same baseline, across a gap.
    Beside,
    /// It stands elsewhere.
    Apart,
}

fn stand(line: &Line, word: &Word) -> Stand {
    let size = line.size.max(word.size);
    let rise = (word.y - line.y).abs();
    let is_mark = line.size.min(word.size) < 0.85 * size;
    let gap = word.x0 - line.x1;
    if line.turn != word.turn || rise > if is_mark { 0.6 } else { 0.3 } * size || gap < -0.5 * size {
        return Stand::Apart;
    }
    if gap > CELL_GAP * line.size.min(word.size).max(1.0) { Stand::Beside } else { Stand::Within }
}
