//! The tables that grow with the corpus: documents, passages, scores and hits, written one batch of documents at a time.

use super::findings::Findings;
use super::table::{Cell, Head, Rows, TableFile};
use crate::index::{Content, IndexError};
use crate::lexicon::Stance;
use rayon::prelude::*;
use std::io;
use std::path::Path;

/// Documents whose rows are held at a time.
const BATCH: usize = 64;

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
    ],
};
const PASSAGES: Head = Head {
    name: "passages",
    columns: &["document", "passage", "start", "end", "sentence_first", "sentence_last", "n_tokens"],
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
    columns: &["document", "passage", "theme", "pattern", "start", "end", "quote", "weight", "stance", "negated"],
};

/// The word for a stance in tables.
pub fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Barrier => "barrier",
        Stance::Facilitator => "facilitator",
        Stance::Both => "both",
        Stance::Mention => "mention",
    }
}

/// Rows of one document for each table, in the order of `HEADS`.
type DocumentRows = [Rows; 5];
const HEADS: [Head; 5] = [DOCUMENTS, PASSAGES, PASSAGE_SCORES, DOCUMENT_SCORES, HITS];

/// Writes the five tables into `folder`, in order of document.
///
/// # Errors
/// A table cannot be written, or a document cannot be read back from the index.
pub fn write(findings: &Findings<'_>, folder: &Path, tick: &(dyn Fn() + Sync)) -> io::Result<()> {
    let mut files = Vec::with_capacity(HEADS.len());
    for head in HEADS {
        files.push(TableFile::create(folder, head)?);
    }
    let documents: Vec<usize> = (0..findings.index.documents().len()).collect();
    for batch in documents.chunks(BATCH) {
        let rows: Vec<DocumentRows> = batch
            .par_iter()
            .map(|&document| document_rows(findings, document))
            .collect::<Result<_, _>>()
            .map_err(io::Error::other)?;
        for document in &rows {
            tick();
            for (file, rows) in files.iter_mut().zip(document) {
                file.append(rows)?;
            }
        }
    }
    files.into_iter().try_for_each(TableFile::finish)
}

fn document_rows(findings: &Findings<'_>, document: usize) -> Result<DocumentRows, IndexError> {
    let content = findings.index.content(document)?;
    let mut rows = HEADS.map(Rows::new);
    document_row(findings, document, &mut rows[0]);
    passage_rows(findings, document, &content, &mut rows[1]);
    passage_score_rows(findings, document, &mut rows[2]);
    document_score_rows(findings, document, &mut rows[3]);
    hit_rows(findings, document, &content, &mut rows[4]);
    Ok(rows)
}

fn document_row(findings: &Findings<'_>, document: usize, rows: &mut Rows) {
    let known = &findings.index.documents()[document];
    let metadata = &known.metadata;
    let language = format!("{:?}", known.language).to_lowercase();
    let selected = &findings.synthesis.selection.documents[document];
    let exclusion = selected.excluded.as_ref().map(|reason| reason.text.as_str());
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
    ]);
}

fn passage_rows(findings: &Findings<'_>, document: usize, content: &Content, rows: &mut Rows) {
    let id = Cell::Text(&findings.index.documents()[document].id.0);
    for (number, passage) in content.passages.iter().enumerate() {
        rows.row(&[
            id,
            Cell::Count(number as u64),
            Cell::Count(passage.span.start.into()),
            Cell::Count(passage.span.end.into()),
            Cell::Count(passage.first_sentence.into()),
            Cell::Count(u64::from(passage.first_sentence + passage.n_sentences.max(1)) - 1),
            Cell::Count(passage.n_tokens.into()),
        ]);
    }
}

fn passage_score_rows(findings: &Findings<'_>, document: usize, rows: &mut Rows) {
    let id = Cell::Text(&findings.index.documents()[document].id.0);
    for scored in &findings.scores.documents[document].passages {
        let score = scored.score;
        rows.row(&[
            id,
            Cell::Count(scored.passage.into()),
            Cell::Text(&findings.lexicon.themes[score.theme as usize].id.0),
            Cell::Count(score.n_hits.into()),
            Cell::Number(score.score),
            Cell::Flag(score.has_theme),
            Cell::Text(stance_word(score.stance)),
        ]);
    }
}

fn document_score_rows(findings: &Findings<'_>, document: usize, rows: &mut Rows) {
    let id = Cell::Text(&findings.index.documents()[document].id.0);
    for scored in &findings.scores.documents[document].themes {
        let score = scored.score;
        rows.row(&[
            id,
            Cell::Text(&findings.lexicon.themes[score.theme as usize].id.0),
            Cell::Count(score.n_hits.into()),
            Cell::Number(score.score),
            Cell::Flag(score.has_theme),
            if score.n_hits == 0 { Cell::Empty } else { Cell::Text(stance_word(score.stance)) },
            Cell::Count(scored.n_passages.into()),
            Cell::maybe(scored.rate_per_1000_tokens),
        ]);
    }
}

fn hit_rows(findings: &Findings<'_>, document: usize, content: &Content, rows: &mut Rows) {
    let id = Cell::Text(&findings.index.documents()[document].id.0);
    let hits = &findings.scores.documents[document].hits;
    let tokens: Vec<(u32, u32)> = hits.iter().map(|hit| (hit.first_token, u32::from(hit.n_tokens))).collect();
    let spans = findings.index.spans(content, &tokens);
    for (hit, span) in hits.iter().zip(spans) {
        let pattern = &findings.lexicon.patterns[hit.pattern as usize];
        rows.row(&[
            id,
            Cell::Count(hit.passage.into()),
            Cell::Text(&findings.lexicon.themes[hit.theme as usize].id.0),
            Cell::Text(&pattern.text),
            Cell::Count(span.start.into()),
            Cell::Count(span.end.into()),
            Cell::Text(span.of(&content.text)),
            Cell::Number(pattern.weight),
            Cell::Text(stance_word(hit.stance)),
            Cell::Flag(hit.negated),
        ]);
    }
}
