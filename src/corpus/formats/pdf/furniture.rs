//! Which lines are not the text's own: running heads and feet, page numbers, the numbers of lines, stamps in the margin.

use super::page::{Line, Sheet, Turn};
use rustc_hash::FxHashMap;

/// Share of the page's height at its top and at its foot in which heads, feet and page numbers are looked for.
const EDGE: f32 = 0.13;
/// How far, in points, the same line may wander between pages.
const WANDER: f32 = 12.0;
/// Fewest numbers down a margin that number the lines of a page.
const N_NUMBERS: usize = 8;
/// How many numbers of a page are tried as the head of such a column.
const N_STARTS: usize = 60;

/// Says of each line of each page whether it is furniture.
pub(super) fn of(sheets: &[Sheet]) -> Vec<Vec<bool>> {
    let repeated = repeated(sheets);
    let mut marks: Vec<Vec<bool>> = Vec::with_capacity(sheets.len());
    for (n, sheet) in sheets.iter().enumerate() {
        let is_repeated = |line: &Line| repeated.get(&key(line)).is_some_and(|places| is_known(places, line, sheet, n));
        marks.push(sheet.lines.iter().map(is_repeated).collect());
    }
    page_numbers(sheets, &mut marks);
    line_numbers(sheets, &mut marks);
    marks
}

/// Where a line of some wording stood: the page, and its place on it.
struct Place {
    sheet: usize,
    x0: f32,
    y: f32,
}

/// The wordings that stand on several pages, with their places.
fn repeated(sheets: &[Sheet]) -> FxHashMap<String, Vec<Place>> {
    let mut places: FxHashMap<String, Vec<Place>> = FxHashMap::default();
    for (n, sheet) in sheets.iter().enumerate() {
        for line in &sheet.lines {
            let is_short = line.text.len() <= 200;
            if is_short && (line.turn != Turn::Upright || is_at_edge(line, sheet)) {
                places.entry(key(line)).or_default().push(Place { sheet: n, x0: line.x0, y: line.y });
            }
        }
    }
    places.retain(|key, places| places.len() > 1 && key.chars().any(char::is_alphabetic));
    places
}

/// The wording of a line, whatever its numbers are.
fn key(line: &Line) -> String {
    let mut key = String::with_capacity(line.text.len());
    for c in line.text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            c if c.is_ascii_digit() => {
                if !key.ends_with('#') {
                    key.push('#');
                }
            }
            c => key.extend(c.to_lowercase()),
        }
    }
    key
}

/// Whether the line stands in the same place on other pages: on one more in a short document, on two in a long one.
fn is_known(places: &[Place], line: &Line, sheet: &Sheet, n: usize) -> bool {
    if line.turn == Turn::Upright && !is_at_edge(line, sheet) {
        return false;
    }
    let letters = line.text.chars().filter(|c| c.is_alphabetic()).count();
    let others = places.iter().filter(|place| place.sheet != n && (place.y - line.y).abs() < WANDER);
    // Left and right pages mirror each other, so the place across counts only where the line is long.
    let near = others.filter(|place| letters >= 8 || (place.x0 - line.x0).abs() < WANDER);
    let mut pages: Vec<usize> = near.map(|place| place.sheet).collect();
    pages.dedup();
    pages.len() >= if letters >= 12 { 1 } else { 2 }
}

fn is_at_edge(line: &Line, sheet: &Sheet) -> bool {
    let height = sheet.extent.1;
    line.y < height * EDGE || line.y > height * (1.0 - EDGE)
}

/// Marks what stands outermost on its page and is nothing but its number, in step with the numbers of other pages.
fn page_numbers(sheets: &[Sheet], marks: &mut [Vec<bool>]) {
    let mut found: Vec<(usize, usize, Numbered)> = Vec::new();
    for (n, sheet) in sheets.iter().enumerate() {
        for at in outermost(sheet, &marks[n]).into_iter().filter(|at| is_at_edge(&sheet.lines[*at], sheet)) {
            found.extend(numbered(&sheet.lines[at].text).map(|number| (n, at, number)));
        }
    }
    let step = |n: usize, number: &Numbered| match number {
        Numbered::Arabic(number) => Some(i64::from(*number) - n as i64),
        Numbered::InWords => None,
    };
    let mut steps: FxHashMap<i64, u32> = FxHashMap::default();
    for step in found.iter().filter_map(|(n, _, number)| step(*n, number)) {
        *steps.entry(step).or_default() += 1;
    }
    for (n, at, number) in found {
        let is_in_step = step(n, &number).is_none_or(|step| steps[&step] > 1 || sheets.len() < 3);
        marks[n][at] |= is_in_step;
    }
}

/// The first and the last line of a page that are not marked, with what stands on the same baselines.
fn outermost(sheet: &Sheet, marks: &[bool]) -> Vec<usize> {
    let open = || sheet.lines.iter().enumerate().filter(|(at, line)| !marks[*at] && line.turn == Turn::Upright);
    let top = open().map(|(_, line)| line.y).fold(f32::MAX, f32::min);
    let foot = open().map(|(_, line)| line.y).fold(f32::MIN, f32::max);
    open().filter(|(_, line)| line.y < top + 2.0 || line.y > foot - 2.0).map(|(at, _)| at).collect()
}

/// How a page says its number.
enum Numbered {
    /// `7` or `- 7 -`.
    Arabic(u32),
    /// `Page 7 of 12` or `vii`.
    InWords,
}

/// The number of a page, if the line is nothing else.
fn numbered(text: &str) -> Option<Numbered> {
    let bare = text.to_lowercase().replace(['–', '—', '-', '|', '[', ']', '/', '•', '·'], " ");
    let (mut numbers, mut in_words) = (Vec::new(), false);
    for word in bare.split_whitespace() {
        let word = word.trim_end_matches('.');
        let is_roman = word.len() <= 6 && word.bytes().all(|b| b"ivxlc".contains(&b));
        match word {
            "page" | "of" | "p" | "seite" | "von" | "página" | "de" => in_words = true,
            _ if word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) => numbers.push(word.parse().ok()?),
            _ if is_roman && numbers.is_empty() => in_words = true,
            _ => return None,
        }
    }
    match (in_words, numbers.as_slice()) {
        (false, [number]) => Some(Numbered::Arabic(*number)),
        (true, [_] | [_, _]) => Some(Numbered::InWords),
        (true, []) => Some(Numbered::InWords).filter(|_| bare.split_whitespace().count() == 1),
        _ => None,
    }
}

/// Marks numbers that run down a margin in step with the lines, where most pages have them.
fn line_numbers(sheets: &[Sheet], marks: &mut [Vec<bool>]) {
    let columns: Vec<Vec<usize>> = sheets.iter().map(number_column).collect();
    let n_pages = sheets.iter().filter(|sheet| !sheet.lines.is_empty()).count();
    if columns.iter().filter(|column| !column.is_empty()).count() * 2 > n_pages {
        for (mark, column) in marks.iter_mut().zip(columns) {
            column.into_iter().for_each(|at| mark[at] = true);
        }
    }
}

/// The numbers that run down a margin of a page in step.
fn number_column(sheet: &Sheet) -> Vec<usize> {
    let number = |line: &Line| match line.turn {
        Turn::Upright if line.text.len() <= 4 => line.text.parse::<u32>().ok(),
        _ => None,
    };
    let mut numbers: Vec<(usize, u32)> =
        sheet.lines.iter().enumerate().filter_map(|(at, line)| Some((at, number(line)?))).collect();
    numbers.sort_by(|a, b| sheet.lines[a.0].y.total_cmp(&sheet.lines[b.0].y));
    let down = |at: Option<&usize>| at.map_or(0.0, |at| sheet.lines[*at].y);
    let mut best: Vec<usize> = Vec::new();
    for side in [|line: &Line| line.x1, |line: &Line| line.x0] {
        for (first, _) in numbers.iter().take(N_STARTS) {
            let edge = side(&sheet.lines[*first]);
            let column = numbers.iter().filter(|(at, _)| (side(&sheet.lines[*at]) - edge).abs() < 2.0);
            let column = ascending(column.copied());
            let tall = (down(column.last()) - down(column.first())) > 0.35 * sheet.extent.1;
            if column.len() > best.len() && column.len() >= N_NUMBERS && tall && is_outside(sheet, &column) {
                best = column;
            }
        }
    }
    best
}

/// The numbers as long as each is the one before it and a step that does not change.
fn ascending(column: impl Iterator<Item = (usize, u32)>) -> Vec<usize> {
    let column: Vec<(usize, u32)> = column.collect();
    let Some(step) = column.get(1).and_then(|second| second.1.checked_sub(column[0].1)) else { return Vec::new() };
    let regular = column.windows(2).filter(|pair| pair[1].1.checked_sub(pair[0].1) == Some(step)).count();
    let steady = (1..=10).contains(&step) && (regular + 1) * 10 >= column.len() * 9;
    if steady { column.into_iter().map(|(at, _)| at).collect() } else { Vec::new() }
}

/// Whether nearly all other lines stand on one side of the column.
fn is_outside(sheet: &Sheet, column: &[usize]) -> bool {
    let (left, right) = column.iter().fold((f32::MAX, f32::MIN), |(left, right), at| {
        (left.min(sheet.lines[*at].x0), right.max(sheet.lines[*at].x1))
    });
    let others =
        || sheet.lines.iter().enumerate().filter(|(at, line)| line.turn == Turn::Upright && !column.contains(at));
    let n = others().count();
    let (before, after) =
        (others().filter(|(_, line)| line.x0 < right).count(), others().filter(|(_, line)| line.x1 > left).count());
    before * 20 < n || after * 20 < n
}
