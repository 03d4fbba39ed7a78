//! `throughline ingest`

use super::args::{Common, IngestArgs, RowFormat};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::output::RowWriter;
use super::progress::Progress;
use crate::filter::{self, Surveyed};
use crate::pipeline;
use crate::report::{Cell, Head, Rows};
use crate::text::{Analyzer, TextSettings};
use std::io::{self, BufWriter, Write};

const DOCUMENTS: Head = Head {
    name: "documents",
    columns: &[
        "document",
        "source",
        "format",
        "title",
        "year",
        "n_pages",
        "n_sections",
        "n_sentences",
        "n_tokens",
        "language",
        "status",
    ],
};

/// Brings the study's index up to date, or reads what it is given and prints a table of it.
pub fn run(args: &IngestArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    if !args.paths.is_empty() {
        return survey(args);
    }
    let study = context::study(common)?;
    let opened = pipeline::open(&study, context::now(common)?, progress)?;
    let documents = opened.index.documents();
    let n_tokens: u64 = documents.iter().map(|document| u64::from(document.n_tokens)).sum();
    writeln!(
        io::stdout(),
        "{}: {} files, {} documents ({} new), {n_tokens} tokens",
        study.name,
        opened.catalog.sources.len(),
        documents.len(),
        opened.index.n_new()
    )?;
    let mut faults = opened.catalog.faults.clone();
    faults.extend_from_slice(opened.index.faults());
    Ok(list_faults(&faults))
}

/// A row for every document, as it is read; the language of each is told from its text.
fn survey(args: &IngestArgs) -> Result<Exit, Failure> {
    let analyzer = Analyzer::new(&TextSettings {
        language: crate::text::LanguageSetting::Detect(crate::text::Detect::Detect),
        ..TextSettings::default()
    });
    let mut writer = RowWriter::new(BufWriter::new(io::stdout().lock()), DOCUMENTS, RowFormat::Csv)?;
    let faults = filter::survey_files(&args.paths, &analyzer, &row, &mut |rows| writer.write(&rows))?;
    writer.finish()?;
    Ok(list_faults(&faults))
}

fn row(surveyed: &Surveyed<'_>) -> Rows {
    let Surveyed { document, analysis } = surveyed;
    let count = |n: usize| Cell::Count(n as u64);
    let language = format!("{:?}", analysis.language).to_lowercase();
    let status = if analysis.tokens.is_empty() { "no words" } else { "read" };
    let mut rows = Rows::new(DOCUMENTS);
    rows.row(&[
        Cell::Text(&document.id.0),
        Cell::Text(&document.source),
        Cell::Text(document.format),
        Cell::maybe_text(document.metadata.title.as_deref()),
        document.metadata.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year))),
        if document.pages.is_empty() { Cell::Empty } else { count(document.pages.len()) },
        count(document.sections.len()),
        count(analysis.sentences.len()),
        count(analysis.tokens.len()),
        Cell::Text(&language),
        Cell::Text(status),
    ]);
    rows
}
