//! Words in the order in which they stand on the page, or were drawn, to the order in which they are read, where some of
//! them are of a script that is written from right to left.

use super::words::Word;
use unicode_normalization::UnicodeNormalization;

/// A gap wider than this share of the size parts two columns or cells.
const CELL_GAP: f32 = 2.5;

/// The words of a page as they are read. A page without scripts that run to the left is left alone; on others what stands
/// on one line, up to a wide gap, becomes one word with blanks in it.
pub(super) fn as_written(words: Vec<Word>) -> Vec<Word> {
    if !words.iter().any(|word| word.is_leftward) {
        return words;
    }
    let mut out = Vec::with_capacity(words.len());
    let mut line: Vec<Word> = Vec::new();
    for word in words {
        if line.last().is_some_and(|last| !is_beside(last, &word)) {
            settle(&mut line, &mut out);
        }
        line.push(word);
    }
    settle(&mut line, &mut out);
    out
}

/// Whether two words stand on one line.
fn is_beside(a: &Word, b: &Word) -> bool {
    a.turn == b.turn && (a.y - b.y).abs() < 0.3 * a.size.max(b.size)
}

/// Hands on the words of a line as they are read.
fn settle(line: &mut Vec<Word>, out: &mut Vec<Word>) {
    if !line.iter().any(|word| word.is_leftward) {
        return out.append(line);
    }
    line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let letters = |word: &Word| word.text.chars().filter(|c| c.is_alphabetic()).count();
    let n_leftward: usize = line.iter().filter(|word| word.is_leftward).map(letters).sum();
    let is_leftward = n_leftward * 2 >= line.iter().map(letters).sum();
    let mut cells: Vec<Vec<Word>> = Vec::new();
    for word in line.drain(..) {
        match cells.last_mut() {
            Some(cell) if cell.last().is_some_and(|last| word.x0 - last.x1 <= CELL_GAP * word.size.max(1.0)) => {
                cell.push(word)
            }
            _ => cells.push(vec![word]),
        }
    }
    if is_leftward {
        cells.reverse();
    }
    out.extend(cells.into_iter().filter_map(|cell| joined(cell, is_leftward)));
}

/// One cell as a word: words that run against the line keep their own order.
fn joined(mut cell: Vec<Word>, is_leftward: bool) -> Option<Word> {
    if is_leftward {
        cell.reverse();
    }
    // A number in the midst of words that run to the left stands as it is, and so does a single word of the other way.
    for run in cell.chunk_by_mut(|a, b| a.is_leftward == b.is_leftward) {
        if run[0].is_leftward != is_leftward {
            run.reverse();
        }
    }
    let (x0, x1) = cell.iter().fold((f32::MAX, f32::MIN), |(x0, x1), word| (x0.min(word.x0), x1.max(word.x1)));
    let text: Vec<String> = cell.iter().map(plain).collect();
    let first = cell.into_iter().next()?;
    Some(Word { x0, x1, text: text.join(" "), is_leftward, ..first })
}

/// The letters of a word, those that are drawn by their place in it as what they are.
fn plain(word: &Word) -> String {
    let is_shape = |c: char| matches!(c, '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if word.text.contains(is_shape) { word.text.nfkc().collect() } else { word.text.clone() }
}
