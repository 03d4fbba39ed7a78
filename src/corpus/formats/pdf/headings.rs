//! Which paragraphs are headings, and how deep.

use super::super::super::document::SectionKind;
use super::super::sections;
use super::page::{Line, Sheet};
use super::paragraphs::{Block, Usual, ends_sentence};
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// What a paragraph is besides text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    /// Running text.
    Text,
    /// The title of the document.
    Title,
    /// The heading of a section of this depth, 1 being the highest, and its words where they are not as drawn.
    Heading(usize, Option<String>),
    /// Text that opens a section without a heading of its own, or with one that runs into it.
    Opens(SectionKind),
}

/// How a heading looks: the size in half points, whether all is in capitals, whether its face is not that of the text.
type Style = (u32, bool, bool);

/// The role of each paragraph.
pub(super) fn of(blocks: &[Block], sheets: &[Sheet], usual: &Usual) -> Vec<Role> {
    let title = title(blocks, sheets, usual);
    let mut found: Vec<Option<Found>> = Vec::with_capacity(blocks.len());
    for (n, block) in blocks.iter().enumerate() {
        let is_title = title.as_ref().is_some_and(|title| title.contains(&n));
        found.push(if is_title { None } else { heading(block, sheets, usual) });
    }
    let main = main_styles(&found);
    let has_body = |n: usize| found.get(n + 1).is_some_and(Option::is_none);
    // Above the first heading that is known stand the names and places of the authors.
    let first_known =
        found.iter().position(|found| found.as_ref().is_some_and(|found| found.kind.is_some() || found.is_sure));
    let opens = blocks.iter().position(|block| opening(block, sheets).is_some());
    let body_from = first_known.into_iter().chain(opens).min().filter(|n| blocks[*n].first_page() == 0).unwrap_or(0);
    let mut roles = Vec::with_capacity(blocks.len());
    for (n, (block, heading)) in blocks.iter().zip(&found).enumerate() {
        roles.push(match heading {
            _ if title.as_ref().is_some_and(|title| title.contains(&n)) => Role::Title,
            _ if n < body_from => Role::Text,
            Some(_) if opening(block, sheets) == Some(SectionKind::Body) => Role::Opens(SectionKind::Body),
            Some(heading) if heading.kind.is_some() || heading.is_sure || has_body(n) => {
                Role::Heading(level(heading, &main), heading.words.clone())
            }
            _ => opening(block, sheets).map_or(Role::Text, Role::Opens),
        });
    }
    roles
}

/// A paragraph that looks like a heading.
struct Found {
    style: Style,
    kind: Option<SectionKind>,
    depth: Option<usize>,
    words: Option<String>,
    /// Whether it is one whatever follows it.
    is_sure: bool,
}

fn line_of(sheets: &[Sheet], at: (usize, usize)) -> &Line {
    &sheets[at.0].lines[at.1]
}

fn heading(block: &Block, sheets: &[Sheet], usual: &Usual) -> Option<Found> {
    let lines = || block.lines.iter().map(|at| line_of(sheets, *at));
    let n_bytes: usize = lines().map(|line| line.text.len() + 1).sum();
    if block.lines.len() > 3 || n_bytes > 160 || block.is_rows {
        return None;
    }
    let drawn = lines().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    let words = close_up(&drawn);
    let letters: Vec<char> = words.chars().filter(|c| c.is_alphabetic()).collect();
    let n_signs = words.chars().filter(|c| !c.is_whitespace()).count();
    let is_code = words.contains(['<', '>', '=', '_', '{', '}', '\\', '|', '@', '\t']);
    let lower = words.to_lowercase();
    let is_caption = ["fig", "table ", "box "].iter().any(|word| lower.starts_with(word));
    if letters.len() < 3 || letters.len() * 10 < n_signs * 6 || is_code || is_caption {
        return None;
    }
    let kind = sections::kind_of(&words);
    let is_caps = letters.iter().all(|c| !c.is_lowercase());
    let is_distinct = usual.is_distinct(lines());
    let is_larger = block.size > usual.size * 1.08;
    let depth = depth(&words);
    let n_words = words.split(' ').count();
    let is_closed = ends_sentence(&words) || words.ends_with([',', ';', '-']) || words.starts_with(char::is_lowercase);
    let stands_out = is_larger || is_distinct || is_caps && letters.len() > 4;
    let numbered = depth.is_some() && n_words <= 16 && (stands_out || kind.is_some());
    let plain = stands_out && n_words <= if is_larger { 20 } else { 12 };
    let is_heading = kind.is_some() && block.lines.len() == 1 || !is_closed && (numbered || plain);
    let is_small = block.size < usual.size * 0.93;
    (is_heading && (kind.is_some() || !is_small)).then(|| Found {
        style: ((block.size * 2.0).round() as u32, is_caps, is_distinct),
        kind,
        depth: depth.filter(|_| numbered),
        is_sure: numbered,
        words: (words != drawn).then(|| words.into_owned()),
    })
}

/// Words set with a blank after each letter, closed up: `A B S T R A C T`.
fn close_up(words: &str) -> Cow<'_, str> {
    let n_single = words.split(' ').filter(|word| word.chars().count() == 1).count();
    let n = words.split(' ').count();
    if n >= 5 && n_single == n { Cow::Owned(words.replace(' ', "")) } else { Cow::Borrowed(words) }
}

/// How deep a number puts a heading: `2` and `IV.` 1, `2.1` 2.
fn depth(words: &str) -> Option<usize> {
    let (number, rest) = words.split_once(' ')?;
    if !rest.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    let bare = number.trim_end_matches(['.', ')']);
    let parts: Vec<&str> = bare.split('.').collect();
    let is_number = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() <= 5 && parts.iter().all(|part| is_number(&part)) {
        return Some(parts.len());
    }
    let is_roman = bare.len() < number.len() && !bare.is_empty() && bare.bytes().all(|b| b"IVX".contains(&b));
    is_roman.then_some(1)
}

/// The looks that headings of the usual parts have.
fn main_styles(found: &[Option<Found>]) -> FxHashSet<Style> {
    use SectionKind::*;
    let is_main = |found: &&Found| {
        matches!(found.kind, Some(Introduction | Methods | Results | Discussion | Conclusion | References))
            && found.depth.is_none_or(|depth| depth == 1)
    };
    found.iter().flatten().filter(is_main).map(|found| found.style).collect()
}

fn level(found: &Found, main: &FxHashSet<Style>) -> usize {
    let largest_main = main.iter().map(|style| style.0).max();
    match found.depth {
        Some(depth) => depth,
        None if main.contains(&found.style) || found.kind.is_some() => 1,
        None if largest_main.is_none_or(|size| found.style.0 > size) => 1,
        None => 2 + usize::from(!found.style.1),
    }
}

/// The paragraphs of the title: the largest print in the upper part of the first page.
fn title(blocks: &[Block], sheets: &[Sheet], usual: &Usual) -> Option<std::ops::Range<usize>> {
    let page = blocks.first()?.first_page();
    let on_page = blocks.iter().take_while(|block| block.first_page() == page).count();
    let text = |block: &Block| block.lines.iter().map(|at| line_of(sheets, *at).text.len()).sum::<usize>();
    let fits = |block: &Block| {
        let line = line_of(sheets, block.lines[0]);
        let letters = line.text.chars().filter(|c| c.is_alphabetic()).count();
        line.y < 0.62 * sheets[page].extent.1
            && block.lines.len() <= 6
            && letters >= 4
            && !block.is_rows
            && (8..=400).contains(&text(block))
            && block.size > usual.size * 1.1
    };
    let best = (0..on_page)
        .filter(|n| fits(&blocks[*n]))
        .max_by(|a, b| blocks[*a].size.total_cmp(&blocks[*b].size).then(b.cmp(a)))?;
    let alike = |n: usize| (blocks[n].size - blocks[best].size).abs() < 0.6;
    let end = (best + 1..on_page).take_while(|n| alike(*n) && *n < best + 4).last().map_or(best, |n| n);
    Some(best..end + 1)
}

/// What a paragraph opens with a first word that is a heading run into it.
fn opening(block: &Block, sheets: &[Sheet]) -> Option<SectionKind> {
    let line = line_of(sheets, *block.lines.first()?);
    let text = line.text.as_str();
    let lower: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
    let after = |word: &str| lower.strip_prefix(word).map(|rest| rest.trim_start().chars().next().unwrap_or(' '));
    let is_mark = |c: char| matches!(c, ':' | '.' | '—' | '–' | '-');
    for word in ["abstract", "summary"] {
        // Capitals, as in "ABSTRACT We show", count as a mark.
        let is_capital = text.starts_with(&word.to_uppercase());
        if after(word).is_some_and(|c| is_mark(c) || is_capital && c.is_alphabetic()) {
            return Some(SectionKind::Abstract);
        }
    }
    let ends_abstract = ["keywords", "key words", "keyword", "index terms", "categories and subject", "general terms"];
    if ends_abstract.iter().any(|word| after(word).is_some_and(|c| !c.is_alphanumeric() || word.len() > 8)) {
        return Some(SectionKind::Body);
    }
    for word in ["acknowledgments", "acknowledgements", "acknowledgment", "acknowledgement", "funding"] {
        if after(word).is_some_and(is_mark) {
            return Some(SectionKind::Acknowledgements);
        }
    }
    None
}
