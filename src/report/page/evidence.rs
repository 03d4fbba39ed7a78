//! What the script of the page reads of a document: its passages as JSON, never as markup.

use super::super::opened::Opened;
use super::super::tables::stance_word;
use super::held::Held;
use super::parts::{marks, rounded};
use crate::corpus::Span;
use serde::Serialize;

/// One hit: theme, pattern, stance, whether denied.
type HitData = (u16, u32, &'static str, bool);

/// One theme of a passage: theme, score, whether it has it, stance, the distinct patterns that count.
type ThemeData = (u16, f64, bool, &'static str, Vec<u32>);

#[derive(Serialize)]
struct PassageData<'a> {
    /// Its number.
    n: u32,
    /// Its page, for a paged format.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    /// The heading it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    /// Its text in turns: what is not marked, a hit, what is not marked, …
    text: Vec<&'a str>,
    /// The hits, in turn.
    hits: Vec<HitData>,
    themes: Vec<ThemeData>,
}

/// The passages that the page holds of a document.
pub fn passages(opened: &Opened<'_>, held: &Held) -> String {
    let passages: Vec<PassageData<'_>> =
        held.of_document(opened.document).iter().filter_map(|&passage| passage_data(opened, passage)).collect();
    script_safe(&passages)
}

fn passage_data<'a>(opened: &'a Opened<'_>, passage: u32) -> Option<PassageData<'a>> {
    let content = &opened.content;
    let span = content.passages.get(passage as usize)?.span;
    let scores = opened.scores();
    // Hits ascend by token, and so by passage.
    let first = scores.hits.partition_point(|hit| hit.passage < passage);
    let last = scores.hits.partition_point(|hit| hit.passage <= passage);
    let (hits, spans) = (&scores.hits[first..last], &opened.spans[first..last]);
    let mut text = Vec::new();
    let mut marked = Vec::new();
    let mut end = span.start;
    for (at, mark) in marks(span, spans) {
        text.push(Span { start: end, end: mark.start }.of(&content.text));
        text.push(mark.of(&content.text));
        marked.push((hits[at].theme, hits[at].pattern, stance_word(hits[at].stance), hits[at].negated));
        end = mark.end;
    }
    text.push(Span { start: end, end: span.end }.of(&content.text));
    let themes = scores.passages[scores.passages.partition_point(|scored| scored.passage < passage)..]
        .iter()
        .take_while(|scored| scored.passage == passage)
        .map(|scored| {
            let score = scored.score;
            let of_theme = hits.iter().filter(|hit| hit.theme == score.theme && !hit.negated);
            let mut patterns: Vec<u32> = of_theme.map(|hit| hit.pattern).collect();
            patterns.sort_unstable();
            patterns.dedup();
            (score.theme, rounded(score.score), score.has_theme, stance_word(score.stance), patterns)
        })
        .collect();
    let (page, section) = super::parts::place(content, span.start);
    Some(PassageData { n: passage, page, section, text, hits: marked, themes })
}

/// JSON that can stand inside a `script` element: nothing in it can end the element or open a comment.
pub fn script_safe<T: Serialize>(data: &T) -> String {
    // Maps with keys that are not text are the only thing here that could not be written, and there are none.
    serde_json::to_string(data).unwrap_or_else(|_| "null".to_owned()).replace('<', "\\u003c")
}
