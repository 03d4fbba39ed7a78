//! Lines in the order in which they were drawn, paragraphs out; one that goes on in the next column or page is one.

use super::page::{Line, Sheet, Turn};
use rustc_hash::{FxHashMap, FxHashSet};

/// A line by the page it stands on and its place there.
pub(super) type At = (usize, usize);

/// Lines that are read as one.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) lines: Vec<At>,
    /// Size of its first line.
    pub(super) size: f32,
    left: f32,
    right: f32,
    /// Whether it holds cells beside each other, so that its lines are rows.
    pub(super) is_rows: bool,
    /// Whether a list of references is seen in how its lines hang.
    hangs: bool,
    /// Whether it is set in another face than the text.
    is_distinct: bool,
}

impl Block {
    /// The page it begins on.
    pub(super) fn first_page(&self) -> usize {
        self.lines.first().map_or(0, |at| at.0)
    }

    /// The page it ends on.
    pub(super) fn last_page(&self) -> usize {
        self.lines.last().map_or(0, |at| at.0)
    }

    fn new(at: At, line: &Line, usual: &Usual) -> Self {
        let is_distinct = usual.is_distinct([line].into_iter());
        Block { lines: vec![at], size: line.size, left: line.x0, right: line.x1, is_distinct, ..Block::default() }
    }

    fn push(&mut self, at: At, line: &Line) {
        if self.lines.len() == 1 && line.x0 > self.left + 0.8 * line.size {
            self.hangs = true;
        }
        if self.last_page() == at.0 && !line.goes_on {
            self.left = self.left.min(line.x0);
            self.right = self.right.max(line.x1);
        } else if !line.goes_on {
            (self.left, self.right) = (line.x0, line.x1);
        }
        self.is_rows |= line.goes_on;
        self.lines.push(at);
    }
}

/// Sizes and distances that are usual in a document.
pub(super) struct Usual {
    /// Size of most of its text.
    pub(super) size: f32,
    /// Distance of baselines by size in half points, as a share of the size.
    leading: FxHashMap<u32, f32>,
    all: f32,
    /// The face that each letter has most often at the usual size.
    faces: FxHashSet<(char, u32)>,
}

impl Usual {
    /// What is usual in these pages, furniture left out.
    pub(super) fn of(sheets: &[Sheet], furniture: &[Vec<bool>]) -> Self {
        let mut sizes: FxHashMap<u32, usize> = FxHashMap::default();
        let mut steps: FxHashMap<u32, Vec<f32>> = FxHashMap::default();
        for (sheet, marks) in sheets.iter().zip(furniture) {
            let lines = || sheet.lines.iter().zip(marks).filter(|(_, mark)| !**mark).map(|(line, _)| line);
            for (line, next) in lines().zip(lines().skip(1)) {
                *sizes.entry(half_points(line.size)).or_default() += line.text.len();
                let step = (next.y - line.y) / line.size;
                let alike = line.turn == next.turn && half_points(line.size) == half_points(next.size);
                if alike && !next.goes_on && (0.8..2.6).contains(&step) && overlap(line, next) {
                    steps.entry(half_points(line.size)).or_default().push(step);
                }
            }
        }
        let body = sizes.iter().max_by_key(|(size, n)| (**n, **size)).map_or(20, |(size, _)| *size);
        let all = steps.get_mut(&body).and_then(usual_step).unwrap_or(1.2);
        let enough = steps.iter_mut().filter(|(_, steps)| steps.len() >= 5);
        let leading = enough.filter_map(|(size, steps)| Some((*size, usual_step(steps)?))).collect();
        let size = body as f32 / 2.0;
        Self { size, leading, all, faces: usual_faces(sheets, size) }
    }

    /// Whether hardly a letter of these lines has the usual face; `false` where there are too few to tell.
    pub(super) fn is_distinct<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> bool {
        let (mut n, mut n_usual) = (0, 0);
        for face in lines.flat_map(|line| &line.faces) {
            n += 1;
            n_usual += usize::from(self.faces.contains(face));
        }
        n > 2 && n_usual * 4 < n
    }

    /// The usual distance of baselines at this size, in points.
    fn leading(&self, size: f32) -> f32 {
        size * self.leading.get(&half_points(size)).copied().unwrap_or(self.all)
    }
}

fn usual_faces(sheets: &[Sheet], size: f32) -> FxHashSet<(char, u32)> {
    let mut n: FxHashMap<(char, u32), u32> = FxHashMap::default();
    let lines = sheets.iter().flat_map(|sheet| &sheet.lines);
    for line in lines.filter(|line| (line.size - size).abs() < 0.3) {
        line.faces.iter().for_each(|face| *n.entry(*face).or_default() += 1);
    }
    let mut best: FxHashMap<char, (u32, u32)> = FxHashMap::default();
    for ((letter, face), n) in n {
        let most = best.entry(letter).or_default();
        *most = (*most).max((n, face));
    }
    best.into_iter().map(|(letter, (_, face))| (letter, face)).collect()
}

fn half_points(size: f32) -> u32 {
    (size * 2.0).round().clamp(1.0, 2000.0) as u32
}

/// The distance that three in ten lines do not reach: in running text the usual one, and so in a short text of many
/// headings.
fn usual_step(steps: &mut Vec<f32>) -> Option<f32> {
    if steps.is_empty() {
        return None;
    }
    let at = steps.len() * 3 / 10;
    Some(*steps.select_nth_unstable_by(at, f32::total_cmp).1)
}

fn overlap(a: &Line, b: &Line) -> bool {
    a.x0.max(b.x0) < a.x1.min(b.x1)
}

/// The paragraphs of a document, in the order in which they are read.
pub(super) fn of(sheets: &[Sheet], furniture: &[Vec<bool>], usual: &Usual) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (page, (sheet, marks)) in sheets.iter().zip(furniture).enumerate() {
        let mut before: Option<&Line> = None;
        for (n, line) in sheet.lines.iter().enumerate().filter(|(n, _)| !marks[*n]) {
            let at = (page, n);
            let goes_on = match (before, blocks.last()) {
                (Some(before), Some(block)) => goes_on(block, before, line, usual),
                _ => false,
            };
            match blocks.last_mut() {
                Some(block) if goes_on => block.push(at, line),
                _ => match resumed(&blocks, sheets, at, usual) {
                    Some(open) => {
                        let mut block = blocks.remove(open);
                        block.push(at, line);
                        blocks.push(block);
                    }
                    None => blocks.push(Block::new(at, line, usual)),
                },
            }
            before = Some(line);
        }
    }
    blocks
}

/// Whether `line`, drawn after `before`, the last of `block`, belongs to the same paragraph.
fn goes_on(block: &Block, before: &Line, line: &Line, usual: &Usual) -> bool {
    if line.goes_on {
        return true;
    }
    let size = before.size.max(line.size);
    let alike = (before.size - line.size).abs() < 0.08 * size || line.text.len() < 4 || before.text.len() < 4;
    let step = line.y - before.y;
    if before.turn != line.turn || !alike || !overlap(before, line) || step < 0.3 * size {
        return false;
    }
    if step > 1.3 * usual.leading(line.size) {
        return false;
    }
    if block.is_rows {
        return true;
    }
    if starts_subsection(&line.text)
        || block.is_distinct != usual.is_distinct([line].into_iter()) && is_border(block, before)
    {
        return false;
    }
    let ends = ends_sentence(&before.text);
    let short = before.x1 < block.right - 0.12 * (block.right - block.left).max(1.0);
    let indent = (line.x0 - before.x0) / size;
    let is_first = block.lines.len() == 1;
    if starts_item(&line.text) && (ends || short) {
        return false;
    }
    // An indented line opens a paragraph, unless the paragraph hangs from its first line.
    if indent > 0.6 && indent < 6.0 && (!is_first && !block.hangs || ends && short) {
        return false;
    }
    // Out of a hanging paragraph, back at the left.
    if indent < -0.6 && (block.hangs || !is_first && ends) {
        return false;
    }
    !(ends && short && line.text.chars().next().is_some_and(|c| !c.is_lowercase()))
}

/// Whether a change of face between `before` and the next line parts a heading from text: what came before is a line or
/// two in a face of their own, or a sentence that has ended.
fn is_border(block: &Block, before: &Line) -> bool {
    if block.is_distinct { block.lines.len() <= 3 && before.text.len() < 100 } else { ends_sentence(&before.text) }
}

/// The paragraph that stopped at the end of a column or page and goes on with the line at `at`, if there is one.
fn resumed(blocks: &[Block], sheets: &[Sheet], at: At, usual: &Usual) -> Option<usize> {
    let line = &sheets[at.0].lines[at.1];
    if line.turn != Turn::Upright || (line.size - usual.size).abs() > 0.08 * usual.size {
        return None;
    }
    let from = blocks.len().saturating_sub(12);
    let is_text = |block: &Block, last: &Line| {
        let is_usual = (block.size - usual.size).abs() < 0.08 * usual.size && last.turn == Turn::Upright;
        !block.is_rows && is_usual && (block.lines.len() > 1 || last.text.len() > 30)
    };
    let last_of = |block: &Block| block.lines.last().map(|(page, n)| &sheets[*page].lines[*n]);
    let open =
        (from..blocks.len()).rev().find(|n| last_of(&blocks[*n]).is_some_and(|last| is_text(&blocks[*n], last)))?;
    let (block, last) = (&blocks[open], last_of(&blocks[open])?);
    let page = block.last_page();
    // What stands between is read before it, and so has to stand on the one page on which the paragraph began.
    let between = &blocks[open + 1..];
    let can_wait = between.is_empty() || block.first_page() == page && between.iter().all(|b| b.last_page() == page);
    let elsewhere = page + 1 == at.0 || page == at.0 && (line.y < last.y - usual.size || !overlap(last, line));
    // Near its edges a page has lines of other kinds, which only look as if they went on.
    let height = sheets[at.0].extent.1;
    let inside = line.text.starts_with(char::is_lowercase) || (0.08 * height..0.92 * height).contains(&line.y);
    (can_wait && elsewhere && inside && fits(last, line, block)).then_some(open)
}

/// Whether the words of `line` can go on where those of `last` stopped.
fn fits(last: &Line, line: &Line, block: &Block) -> bool {
    let first = line.text.chars().next().unwrap_or(' ');
    if last.text.ends_with('-') {
        return first.is_alphanumeric();
    }
    if ends_sentence(&last.text) || last.text.ends_with(':') {
        return false;
    }
    let full = last.x1 > block.right - 0.1 * (block.right - block.left);
    first.is_lowercase() || full && block.lines.len() > 2 && (first.is_alphanumeric() || "(“\"‘[".contains(first))
}

/// Whether a line ends as a sentence does, notes and closing marks after the stop included.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || ")]”’\"'»,–*†‡ ".contains(c));
    let bare = if bare.is_empty() { text } else { bare };
    bare.ends_with(['.', '!', '?', '。'])
}

/// Whether a line starts as a numbered heading below the first level does: `2.1 Sample`.
fn starts_subsection(text: &str) -> bool {
    let Some((number, rest)) = text.split_once(' ') else { return false };
    let parts = || number.trim_end_matches('.').split('.');
    (2..=4).contains(&parts().count())
        && parts().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        && rest.starts_with(char::is_uppercase)
}

/// Whether a line starts as an item of a list or of references does.
fn starts_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('•' | '●' | '▪' | '■' | '◦' | '‣' | '○' | '–' | '—' | '\u{f0a7}') => true,
        Some('[') => {
            let label: String = chars.by_ref().take_while(|c| *c != ']').take(12).collect();
            !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '+')
        }
        Some('(') => {
            let label: String = chars.by_ref().take_while(|c| *c != ')').take(5).collect();
            (1..=4).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit() || b"ivxabc".contains(&b))
        }
        Some(c) if c.is_ascii_digit() => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            text.len() - rest.len() <= 3 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}
