//! What the script of the page reads: documents, passages and cells as JSON, never as markup.

use super::super::findings::Findings;
use super::super::opened::Opened;
use super::super::tables::{dimension_word, stance_word};
use super::held::{Held, N_OPENED, shown_sources};
use super::parts::marks;
use crate::corpus::Span;
use crate::synthesis::{CellStatus, PassageRef};
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

#[derive(Serialize)]
struct DocumentData<'a> {
    id: &'a str,
    title: Option<&'a str>,
    year: Option<i32>,
    kind: Option<&'a str>,
    authors: String,
    publication: Option<&'a str>,
    doi: Option<&'a str>,
    url: Option<&'a str>,
    source: &'a str,
    passages: u32,
    /// Passages with a hit.
    hit: usize,
    /// Why it is not included.
    excluded: Option<&'a str>,
    /// For each theme its score in hundredths and, where it has the theme, its stance.
    scores: Vec<(u32, Option<&'static str>)>,
}

#[derive(Serialize)]
struct MapData<'a> {
    rows: Vec<&'a str>,
    columns: Vec<&'a str>,
    cells: Vec<CellData>,
}

/// Row, column, documents, passages to open.
type CellData = (u32, u32, u32, Vec<(u32, u32)>);

#[derive(Serialize)]
struct PageData<'a> {
    threshold: f64,
    themes: Vec<&'a str>,
    patterns: Vec<(&'a str, f64)>,
    documents: Vec<DocumentData<'a>>,
    maps: Vec<MapData<'a>>,
    /// Label, passages to open.
    sources: Vec<(&'a str, Vec<(u32, u32)>)>,
}

/// Everything that is not a passage.
pub fn overview(findings: &Findings<'_>) -> String {
    let pairs = |passages: &[PassageRef]| {
        passages.iter().take(N_OPENED).map(|at| (at.document, at.passage)).collect::<Vec<_>>()
    };
    let maps = findings.synthesis.maps.iter().map(|map| MapData {
        rows: map.rows.iter().map(|row| side_label(findings, dimension_word(map.row_dimension), row)).collect(),
        columns: map
            .columns
            .iter()
            .map(|column| side_label(findings, dimension_word(map.column_dimension), column))
            .collect(),
        cells: map.cells.iter().map(|cell| (cell.row, cell.column, cell.n_documents, pairs(&cell.passages))).collect(),
    });
    let patterns = findings.lexicon.patterns.iter();
    script_safe(&PageData {
        threshold: findings.threshold,
        themes: findings.lexicon.themes.iter().map(|theme| theme.label.as_str()).collect(),
        patterns: patterns.map(|pattern| (pattern.text.as_str(), rounded(pattern.weight))).collect(),
        documents: (0..findings.index.documents().len()).map(|document| document_data(findings, document)).collect(),
        maps: maps.collect(),
        sources: shown_sources(findings).map(|(_, source)| (source.label.as_str(), pairs(&source.passages))).collect(),
    })
}

fn document_data<'a>(findings: &Findings<'a>, document: usize) -> DocumentData<'a> {
    let known = &findings.index.documents()[document];
    let metadata = &known.metadata;
    let found = &findings.scores.documents[document];
    let excluded = findings.synthesis.selection.documents[document].excluded.as_ref();
    let score = |score: &crate::score::ThemeScore| {
        ((score.score * 100.0).floor() as u32, score.has_theme.then(|| stance_word(score.stance)))
    };
    DocumentData {
        id: &known.id.0,
        title: metadata.title.as_deref(),
        year: metadata.year,
        kind: metadata.kind.as_deref(),
        authors: metadata.authors.join(", "),
        publication: metadata.publication.as_deref(),
        doi: metadata.doi.as_deref(),
        url: metadata.url.as_deref(),
        source: &known.source,
        passages: known.n_passages,
        hit: found.passages.chunk_by(|a, b| a.passage == b.passage).count(),
        excluded: excluded.map(|reason| reason.text.as_str()),
        scores: found.themes.iter().map(|theme| score(&theme.score)).collect(),
    }
}

/// What people call a row or column of a map.
pub fn side_label<'a>(findings: &Findings<'a>, dimension: &str, name: &'a str) -> &'a str {
    let theme = || findings.lexicon.themes.iter().find(|theme| theme.id.0 == name).map(|theme| theme.label.as_str());
    let outcome =
        || findings.synthesis.outcomes.iter().find(|outcome| outcome.id == name).map(|outcome| outcome.label.as_str());
    match dimension {
        "theme" => theme(),
        "outcome" => outcome(),
        _ => None,
    }
    .unwrap_or(name)
}

/// The parts of a status with their words, in the order in which they are drawn.
pub fn status_parts(status: CellStatus) -> [(&'static str, &'static str, u32); 6] {
    [
        ("positive", "found, positive", status.n_positive),
        ("mixed", "found, mixed", status.n_mixed),
        ("negative", "found none or negative", status.n_negative),
        ("lacking", "said to be lacking", status.n_lacking),
        ("anticipated", "anticipated", status.n_anticipated),
        ("unstated", "spoken of", status.n_unstated),
    ]
}

fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}

/// JSON that can stand inside a `script` element: nothing in it can end the element or open a comment.
fn script_safe<T: Serialize>(data: &T) -> String {
    // Maps with keys that are not text are the only thing here that could not be written, and there are none.
    serde_json::to_string(data).unwrap_or_else(|_| "null".to_owned()).replace('<', "\\u003c")
}
