//! The example lines of the health card: a hit with the words about it.

use crate::corpus::Span;
use crate::evaluate::{Card, Line};
use crate::index::PassageIndex;
use crate::synthesis::PassageRef;
use std::collections::BTreeMap;

/// Characters of context on each side.
const WIDTH: usize = 60;

/// A hit in its context, within its passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardLine {
    /// The document.
    pub document: String,
    /// The passage.
    pub passage: Option<PassageRef>,
    /// What stands before it.
    pub left: String,
    /// The hit.
    pub hit: String,
    /// What stands after it.
    pub right: String,
}

impl CardLine {
    /// The line as plain text, the hit in brackets.
    pub fn plain(&self) -> String {
        format!("{}[{}]{}", self.left, self.hit, self.right)
    }
}

/// The lines of each pattern of a card, in its order. A document is opened once for all of its lines; one that cannot be read
/// back gives none (what is written before the card has stopped at it).
pub fn card_lines(card: &Card, index: &PassageIndex) -> Vec<Vec<CardLine>> {
    let mut lines: Vec<Vec<CardLine>> = vec![Vec::new(); card.patterns.len()];
    let mut by_document: BTreeMap<u32, Vec<(usize, Line)>> = BTreeMap::new();
    for (at, pattern) in card.patterns.iter().enumerate() {
        for line in &pattern.lines {
            by_document.entry(line.passage.document).or_default().push((at, *line));
        }
    }
    for (document, wanted) in by_document {
        let Ok(content) = index.content(document as usize) else { continue };
        let tokens: Vec<(u32, u32)> = wanted.iter().map(|(_, l)| (l.first_token, u32::from(l.n_tokens))).collect();
        let spans = index.spans(&content, &tokens);
        for ((at, line), span) in wanted.into_iter().zip(spans) {
            let Some(passage) = content.passages.get(line.passage.passage as usize) else { continue };
            let left = Span { start: passage.span.start, end: span.start }.of(&content.text);
            let right = Span { start: span.end, end: passage.span.end }.of(&content.text);
            lines[at].push(CardLine {
                document: index.documents()[document as usize].id.0.clone(),
                passage: Some(line.passage),
                left: last(left),
                hit: one_line(span.of(&content.text)),
                right: first(right),
            });
        }
    }
    lines
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first characters, blanks made one, whole words where that is possible.
fn first(text: &str) -> String {
    let line = blanks_made_one(text);
    match line.char_indices().nth(WIDTH) {
        None => line.trim_end().to_owned(),
        Some((end, _)) => {
            let cut = line[..end].rfind(' ').filter(|&at| at > 0).unwrap_or(end);
            format!("{} …", &line[..cut])
        }
    }
}

/// The last characters, blanks made one, whole words where that is possible.
fn last(text: &str) -> String {
    let line = blanks_made_one(text);
    let n = line.chars().count();
    if n <= WIDTH {
        return line.trim_start().to_owned();
    }
    let start = line.char_indices().nth(n - WIDTH).map_or(0, |(at, _)| at);
    let cut = line[start..].find(' ').map_or(start, |at| start + at + 1);
    format!("… {}", &line[cut..])
}

fn blanks_made_one(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(4 * WIDTH));
    for c in text.chars() {
        match c.is_whitespace() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(c),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_between_words() {
        assert_eq!(first(" was\n short."), " was short.");
        assert_eq!(last("The  money "), "The money ");
        let long = "word ".repeat(30);
        assert_eq!(first(&long), "word ".repeat(11) + "word …");
        assert!(last(&long).starts_with("… word") && last(&long).chars().count() <= WIDTH + 2);
        assert_eq!(first(&"x".repeat(70)), format!("{} …", "x".repeat(60)));
    }
}
