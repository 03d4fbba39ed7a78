//! The tables that grow with the corpus: documents, passages, scores, hits, citations, sentences about outcomes.

use super::super::opened::Opened;
use super::super::table::{Cell, Head, Kind, Rows};
use super::words::{stance_word, status_word};

const DOCUMENTS: Head = Head {
    name: "documents",
    columns: &[
        "document",
        "title",
        "year",
        "kind",
        "source",
        "included",
        "n_passages",
        "n_tokens",
        "authors",
        "doi",
        "url",
        "publication",
        "format",
        "language",
        "n_pages",
        "reason",
        "digest",
        "n_sections",
        "version_of",
    ],
};
const PASSAGES: Head = Head {
    name: "passages",
    columns: &["document", "passage", "start", "end", "sentence_first", "sentence_last", "n_tokens", "repeats"],
};
const PASSAGE_SCORES: Head = Head {
    name: "passage_scores",
    columns: &["document", "passage", "theme", "n_hits", "score", "has_theme", "stance"],
};
const DOCUMENT_SCORES: Head = Head {
    name: "document_scores",
    columns: &["document", "theme", "n_hits", "score", "has_theme", "stance", "n_passages", "rate_per_1000_tokens"],
};
const HITS: Head = Head {
    name: "hits",
    columns: &[
        "document",
        "passage",
        "theme",
        "pattern",
        "start",
        "end",
        "quote",
        "weight",
        "stance",
        "negated",
        "repeats",
        "weight_written",
        "n_right",
        "n_wrong",
    ],
};

const CITATIONS: Head = Head {
    name: "citations",
    columns: &[
        "document",
        "passage",
        "start",
        "end",
        "quote",
        "author",
        "second_author",
        "et_al",
        "year",
        "letter",
        "number",
        "sentence",
    ],
};
const OUTCOME_SENTENCES: Head =
    Head { name: "outcome_sentences", columns: &["document", "passage", "sentence", "outcome", "status", "quote"] };

/// What a table tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// What was read: the same whatever the themes are.
    Read,
    /// What the themes found in it.
    Found,
}

/// A table that grows with the corpus.
pub struct Growing {
    /// Its name and columns.
    pub head: Head,
    /// What it tells of.
    pub tells: Tells,
    /// Adds what one document has for it.
    pub add: fn(&Opened<'_>, &mut Rows),
}

/// Every table that grows with the corpus.
pub const GROWING: [Growing; 7] = [
    Growing { head: DOCUMENTS, tells: Tells::Read, add: document_row },
    Growing { head: PASSAGES, tells: Tells::Read, add: passage_rows },
    Growing { head: PASSAGE_SCORES, tells: Tells::Found, add: passage_score_rows },
    Growing { head: DOCUMENT_SCORES, tells: Tells::Found, add: document_score_rows },
    Growing { head: HITS, tells: Tells::Found, add: hit_rows },
    Growing { head: CITATIONS, tells: Tells::Read, add: citation_rows },
    Growing { head: OUTCOME_SENTENCES, tells: Tells::Read, add: outcome_rows },
];

impl Growing {
    /// What its columns hold.
    pub fn kinds(&self) -> Vec<Kind> {
        let kind = |column: &&str| match *column {
            // The words of it, where elsewhere it is a number.
            "sentence" if self.head.name == CITATIONS.name => Kind::Text,
            "passage" | "start" | "end" | "sentence" | "sentence_first" | "sentence_last" | "number" => Kind::Count,
            "score" | "weight" | "weight_written" | "n_right" | "n_wrong" | "rate_per_1000_tokens" | "year" => {
                Kind::Number
            }
            "included" | "has_theme" | "negated" | "et_al" => Kind::Flag,
            counted if counted.starts_with("n_") => Kind::Count,
            _ => Kind::Text,
        };
        self.head.columns.iter().map(kind).collect()
    }
}

fn document_row(opened: &Opened<'_>, rows: &mut Rows) {
    let known = opened.known();
    let metadata = &known.metadata;
    let language = format!("{:?}", known.language).to_lowercase();
    let exclusion = opened.exclusion();
    rows.row(&[
        Cell::Text(&known.id.0),
        Cell::maybe_text(metadata.title.as_deref()),
        metadata.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year))),
        Cell::maybe_text(metadata.kind.as_deref()),
        Cell::Text(&known.source),
        Cell::Flag(exclusion.is_none()),
        Cell::Count(known.n_passages.into()),
        Cell::Count(known.n_tokens.into()),
        Cell::Text(&metadata.authors.join("; ")),
        Cell::maybe_text(metadata.doi.as_deref()),
        Cell::maybe_text(metadata.url.as_deref()),
        Cell::maybe_text(metadata.publication.as_deref()),
        Cell::Text(&known.format),
        Cell::Text(&language),
        if known.n_pages == 0 { Cell::Empty } else { Cell::Count(known.n_pages.into()) },
        Cell::maybe_text(exclusion),
        Cell::Text(&known.digest.0),
        Cell::Count(known.n_sections.into()),
        Cell::maybe_text(opened.standing()),
    ]);
}

fn passage_rows(opened: &Opened<'_>, rows: &mut Rows) {
    let id = Cell::Text(opened.id());
    for (number, passage) in opened.content.passages.iter().enumerate() {
        rows.row(&[
            id,
            Cell::Count(number as u64),
            Cell::Count(passage.span.start.into()),
            Cell::Count(passage.span.end.into()),
            Cell::Count(passage.first_sentence.into()),
            Cell::Count(u64::from(passage.first_sentence + passage.n_sentences.max(1)) - 1),
            Cell::Count(passage.n_tokens.into()),
            Cell::maybe_text(opened.repeats(number as u32).as_deref()),
        ]);
    }
}

fn passage_score_rows(opened: &Opened<'_>, rows: &mut Rows) {
    let id = Cell::Text(opened.id());
    for scored in &opened.scores().passages {
        let score = scored.score;
        rows.row(&[
            id,
            Cell::Count(scored.passage.into()),
            Cell::Text(&opened.findings.lexicon.themes[score.theme as usize].id.0),
            Cell::Count(score.n_hits.into()),
            Cell::Number(score.score),
            Cell::Flag(score.has_theme),
            Cell::Text(stance_word(score.stance)),
        ]);
    }
}

fn document_score_rows(opened: &Opened<'_>, rows: &mut Rows) {
    let id = Cell::Text(opened.id());
    for scored in &opened.scores().themes {
        let score = scored.score;
        rows.row(&[
            id,
            Cell::Text(&opened.findings.lexicon.themes[score.theme as usize].id.0),
            Cell::Count(score.n_hits.into()),
            Cell::Number(score.score),
            Cell::Flag(score.has_theme),
            if score.n_hits == 0 { Cell::Empty } else { Cell::Text(stance_word(score.stance)) },
            Cell::Count(scored.n_passages.into()),
            Cell::maybe(scored.rate_per_1000_tokens),
        ]);
    }
}

fn hit_rows(opened: &Opened<'_>, rows: &mut Rows) {
    let id = Cell::Text(opened.id());
    for (hit, span) in opened.scores().hits.iter().zip(opened.spans) {
        let pattern = &opened.findings.lexicon.patterns[hit.pattern as usize];
        let belief = &opened.findings.learned.beliefs[hit.pattern as usize];
        rows.row(&[
            id,
            Cell::Count(hit.passage.into()),
            Cell::Text(&opened.findings.lexicon.themes[hit.theme as usize].id.0),
            Cell::Text(&pattern.text),
            Cell::Count(span.start.into()),
            Cell::Count(span.end.into()),
            Cell::Text(span.of(&opened.content.text)),
            Cell::Number(pattern.weight),
            Cell::Text(stance_word(hit.stance)),
            Cell::Flag(hit.negated),
            Cell::maybe_text(opened.repeats(hit.passage).as_deref()),
            Cell::Number(belief.written),
            Cell::Number(belief.judgements.n_right),
            Cell::Number(belief.judgements.n_wrong),
        ]);
    }
}

fn citation_rows(opened: &Opened<'_>, rows: &mut Rows) {
    let text = &opened.content.text;
    for citation in opened.evidence().into_iter().flat_map(|evidence| &evidence.citations) {
        let work = &citation.work;
        let letter = work.letter.map(String::from);
        let sentences = &opened.content.sentences;
        let at = sentences.partition_point(|sentence| sentence.span.end <= citation.span.start);
        rows.row(&[
            Cell::Text(opened.id()),
            Cell::Count(citation.passage.into()),
            Cell::Count(citation.span.start.into()),
            Cell::Count(citation.span.end.into()),
            Cell::Text(citation.span.of(text)),
            Cell::Text(&work.author),
            Cell::maybe_text(work.second_author.as_deref()),
            Cell::Flag(work.et_al),
            work.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year))),
            Cell::maybe_text(letter.as_deref()),
            work.number.map_or(Cell::Empty, |number| Cell::Count(number.into())),
            Cell::maybe_text(sentences.get(at).map(|sentence| sentence.span.of(text))),
        ]);
    }
}

fn outcome_rows(opened: &Opened<'_>, rows: &mut Rows) {
    let outcomes = &opened.findings.synthesis.outcomes;
    for mention in opened.evidence().into_iter().flat_map(|evidence| &evidence.outcomes) {
        let sentence = opened.content.sentences.get(mention.sentence as usize);
        rows.row(&[
            Cell::Text(opened.id()),
            Cell::Count(mention.passage.into()),
            Cell::Count(mention.sentence.into()),
            Cell::maybe_text(outcomes.get(mention.outcome as usize).map(|outcome| outcome.id.as_str())),
            Cell::Text(status_word(mention.status)),
            Cell::maybe_text(sentence.map(|sentence| sentence.span.of(&opened.content.text))),
        ]);
    }
}
