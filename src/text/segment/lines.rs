//! Blocks of a text: paragraphs, headings, list items, rows of tables.
//!
//! A blank line always ends a block. A single newline joins two lines of a hard-wrapped paragraph, except around a heading,
//! a list item, a row of a table or a rule. Lines longer than `WIDEST` bytes were never wrapped: a newline beside such a
//! line, and every newline of a text that mostly consists of such lines, ends a block.

use memchr::memchr2;

/// No text is hard-wrapped at more bytes than this.
const WIDEST: usize = 160;
/// A heading without mark-up is no longer than this, in bytes.
const HEADING: usize = 80;
/// Words that make a heading when they stand alone on a line, in lower case.
const HEADINGS: [&str; 24] = [
    "abstract",
    "summary",
    "executive summary",
    "introduction",
    "background",
    "aims",
    "methods",
    "method",
    "methodology",
    "results",
    "findings",
    "discussion",
    "conclusion",
    "conclusions",
    "recommendations",
    "implications",
    "limitations",
    "references",
    "bibliography",
    "acknowledgements",
    "acknowledgments",
    "appendix",
    "keywords",
    "contents",
];

/// What a line is, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    /// Marked as a heading, a row of a table, or a rule: always a block of its own.
    Alone,
    /// Starts with a bullet.
    Item,
    /// Starts as a numbered item does.
    Numbered,
    /// Looks like a heading that has no mark-up.
    Heading,
    /// In capitals throughout.
    Capitals,
    Plain,
}

/// One line without white space at either end, its newline and what it is.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    end: usize,
    kind: Kind,
    /// Whether it ends as a sentence or the lead of a list does.
    closed: bool,
}

/// The blocks of `text[at..end]`, ascending, without white space at either end.
pub(super) struct Blocks<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// Whether every newline ends a block.
    unwrapped: bool,
    /// The line that opens the next block.
    pending: Option<Line>,
}

impl<'t> Blocks<'t> {
    pub(super) fn new(text: &'t str, start: usize, end: usize) -> Self {
        Self { text, at: start, end, unwrapped: is_unwrapped(&text.as_bytes()[start..end]), pending: None }
    }

    fn next_line(&mut self) -> Option<Line> {
        if self.at >= self.end {
            return None;
        }
        let bytes = &self.text.as_bytes()[..self.end];
        let stop = memchr2(b'\n', b'\r', &bytes[self.at..]).map_or(self.end, |length| self.at + length);
        let line = read_line(self.text, self.at, stop);
        self.at = stop + if bytes[stop..].starts_with(b"\r\n") { 2 } else { 1 };
        Some(line)
    }

    /// Whether `next` opens a block after `last`.
    fn parts(&self, last: Line, next: Line) -> bool {
        let wide = |line: Line| line.end - line.start > WIDEST;
        match (last.kind, next.kind) {
            _ if self.unwrapped || wide(last) || wide(next) => true,
            (Kind::Alone, _) | (_, Kind::Alone | Kind::Item) => true,
            (Kind::Capitals, Kind::Capitals) => false,
            (Kind::Item | Kind::Numbered, Kind::Numbered) => true,
            (_, Kind::Numbered) if last.closed => true,
            (_, _) if starts_lower(&self.text[next.start..next.end]) => false,
            (Kind::Heading | Kind::Capitals, _) => true,
            (_, Kind::Heading | Kind::Capitals) => last.closed,
            _ => false,
        }
    }
}

impl Iterator for Blocks<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let first = match self.pending.take() {
            Some(line) => line,
            None => loop {
                let line = self.next_line()?;
                if line.kind != Kind::Blank {
                    break line;
                }
            },
        };
        let mut last = first;
        while let Some(line) = self.next_line() {
            if line.kind == Kind::Blank {
                break;
            }
            if self.parts(last, line) {
                self.pending = Some(line);
                break;
            }
            last = line;
        }
        Some((first.start, last.end))
    }
}

/// Whether most of the bytes lie in lines too long to have been wrapped.
fn is_unwrapped(bytes: &[u8]) -> bool {
    let (mut from, mut wide) = (0, 0);
    while from < bytes.len() {
        let length = memchr2(b'\n', b'\r', &bytes[from..]).unwrap_or(bytes.len() - from);
        if length > WIDEST {
            wide += length;
        }
        from += length + 1;
    }
    wide * 2 > bytes.len()
}

fn read_line(text: &str, start: usize, end: usize) -> Line {
    let whole = &text[start..end];
    let body = whole.trim();
    let start = start + super::leading_space(whole);
    let end = start + body.len();
    if body.is_empty() {
        return Line { start, end: start, kind: Kind::Blank, closed: true };
    }
    let closed = body
        .trim_end_matches(['"', '\'', ')', ']', '*', '_', '”', '’', '»'])
        .ends_with(['.', '!', '?', ':', ';', '…', '。']);
    let kind = if body.len() > WIDEST && !starts_marked(body) { Kind::Plain } else { kind(body, closed) };
    Line { start, end, kind, closed }
}

fn starts_marked(body: &str) -> bool {
    matches!(body.as_bytes()[0], b'#' | b'|' | b'-' | b'*' | b'+')
}

fn kind(body: &str, closed: bool) -> Kind {
    if is_marked_heading(body) || body.starts_with('|') || !body.contains(char::is_alphanumeric) {
        return Kind::Alone;
    }
    if is_bullet(body) {
        return Kind::Item;
    }
    if body.len() <= HEADING && !closed && (is_numbered_heading(body) || is_named_heading(body)) {
        return Kind::Heading;
    }
    if is_numbered(body) {
        return Kind::Numbered;
    }
    if body.len() <= HEADING && !closed && is_capitals(body) {
        return Kind::Capitals;
    }
    Kind::Plain
}

/// `## Heading`
fn is_marked_heading(body: &str) -> bool {
    let rest = body.trim_start_matches('#');
    (1..=6).contains(&(body.len() - rest.len())) && rest.starts_with([' ', '\t'])
}

fn is_bullet(body: &str) -> bool {
    let mut signs = body.chars();
    let (Some(first), Some(second)) = (signs.next(), signs.next()) else { return false };
    match first {
        '-' | '*' | '+' | '–' | '—' | 'o' => second.is_whitespace(),
        '•' | '·' | '‣' | '▪' | '■' | '●' | '○' | '◦' | '➢' | '➤' | '✓' | '✔' | '\u{f0b7}' | '\u{f0a7}' => {
            true
        }
        _ => false,
    }
}

/// `1. item`, `1) item`, `(1) item`, `(a) item`, `a) item`, `(iv) item`
fn is_numbered(body: &str) -> bool {
    let inside = body.strip_prefix('(').unwrap_or(body);
    let Some(length) = inside.bytes().take(5).position(|byte| !byte.is_ascii_alphanumeric()) else { return false };
    let (number, rest) = inside.split_at(length);
    let digits = (1..=3).contains(&length) && number.bytes().all(|byte| byte.is_ascii_digit());
    let roman = !number.is_empty() && number.bytes().all(|byte| b"ivx".contains(&byte));
    let letter = length == 1;
    let bracket = rest.starts_with(") ");
    bracket && (digits || roman || letter) || digits && inside.len() == body.len() && rest.starts_with(". ")
}

/// `2.1 Leadership`, `3 Methods`, `4. Results`
fn is_numbered_heading(body: &str) -> bool {
    if !body.as_bytes()[0].is_ascii_digit() {
        return false;
    }
    let end = body.find(|sign: char| !sign.is_ascii_digit() && sign != '.').unwrap_or(body.len());
    let (number, title) = body.split_at(end);
    let parts = number.trim_end_matches('.').split('.');
    let is_number = !number.is_empty() && parts.clone().all(|part| (1..=2).contains(&part.len()));
    let level = parts.count();
    // One number alone heads a line of few words only: `4 Results`, but not `4. Staff had to be trained first`.
    let words = title.split_whitespace().count();
    let title_starts = title.trim_start().chars().next().is_some_and(char::is_uppercase);
    is_number && title.starts_with([' ', '\t']) && title_starts && (level > 1 || words <= 4 && !number.ends_with('.'))
}

/// `Findings`
fn is_named_heading(body: &str) -> bool {
    let starts = body.as_bytes()[0].is_ascii_uppercase();
    starts && body.len() <= 20 && HEADINGS.iter().any(|heading| heading.eq_ignore_ascii_case(body))
}

fn is_capitals(body: &str) -> bool {
    let mut n_capitals = 0;
    for letter in body.chars() {
        if letter.is_lowercase() {
            return false;
        }
        n_capitals += usize::from(letter.is_uppercase());
    }
    n_capitals >= 4
}

fn starts_lower(text: &str) -> bool {
    text.chars().find(|sign| sign.is_alphanumeric()).is_some_and(char::is_lowercase)
}
