//! `throughline ingest`

use super::args::{Common, IngestArgs, RowFormat};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::output::{RowWriter, counted};
use super::progress::Progress;
use crate::corpus::{Fault, NO_ABSTRACT, Severity};
use crate::filter;
use crate::index::IndexedDocument;
use crate::pipeline;
use crate::report::{Cell, Head, Rows, severity_word, write_table};
use crate::text::{Analyzer, TextSettings};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

const DOCUMENTS: Head = Head {
    name: "documents",
    columns: &[
        "document",
        "source",
        "format",
        "title",
        "authors",
        "year",
        "kind",
        "publication",
        "doi",
        "url",
        "n_pages",
        "n_sections",
        "n_sentences",
        "n_tokens",
        "language",
        "status",
        "reason",
        "version_of",
    ],
};

/// Rows that are held at a time where they are printed.
const PRINTED_ROWS: usize = 4_096;

/// Brings the study's index up to date, or reads what it is given and prints a table of it.
pub fn run(args: &IngestArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    if !args.paths.is_empty() {
        return survey(args, progress);
    }
    let study = context::study(common)?;
    let opened = pipeline::open(&study, context::now(common)?, progress)?;
    let documents = opened.index.documents();
    let n_tokens: u64 = documents.iter().map(|document| u64::from(document.n_tokens)).sum();
    let n_versions = documents.iter().filter(|document| document.version_of.is_some()).count();
    let versions = if n_versions > 0 { format!("; {n_versions} are other versions of a work") } else { String::new() };
    writeln!(
        io::stdout(),
        "{}: {}, {} ({} new), {n_tokens} tokens{versions}",
        study.name,
        counted(opened.catalog.sources.len(), "file"),
        counted(documents.len(), "document"),
        opened.index.n_new()
    )?;
    let mut faults = opened.catalog.faults.clone();
    faults.extend_from_slice(opened.index.faults());
    if let Some(folder) = &args.output {
        let all: Vec<&IndexedDocument> = documents.iter().chain(opened.index.records()).collect();
        write(folder, &all, &faults)?;
    }
    Ok(list_faults(&faults))
}

/// A row for every document; the language of each is told from its text.
fn survey(args: &IngestArgs, progress: &Progress) -> Result<Exit, Failure> {
    let analyzer = Analyzer::new(&TextSettings {
        language: crate::text::LanguageSetting::Detect(crate::text::Detect::Detect),
        ..TextSettings::default()
    });
    let survey = filter::survey(&args.paths, &analyzer, progress);
    let documents: Vec<&IndexedDocument> = survey.documents.iter().collect();
    match &args.output {
        Some(folder) => write(folder, &documents, &survey.faults)?,
        None => {
            let mut writer = RowWriter::new(io::BufWriter::new(io::stdout().lock()), DOCUMENTS, RowFormat::Csv)?;
            rows_of(&documents, &survey.faults, PRINTED_ROWS, &mut |rows| writer.write(&rows))?;
            writer.finish()?;
        }
    }
    Ok(list_faults(&survey.faults))
}

fn write(folder: &Path, documents: &[&IndexedDocument], faults: &[Fault]) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .and_then(|()| rows_of(documents, faults, usize::MAX, &mut |rows| write_table(folder, rows)))
        .map_err(|error| Failure::failed(format!("{}: cannot write the table: {error}", folder.display())))
}

/// A row for each document or record, and for each fault that is not said in one of these; handed to `take` so many at a
/// time, once at least.
fn rows_of(
    documents: &[&IndexedDocument],
    faults: &[Fault],
    n_at_once: usize,
    take: &mut dyn FnMut(Rows) -> io::Result<()>,
) -> io::Result<()> {
    let told = Told::of(documents, faults);
    let mut rows = Rows::new(DOCUMENTS);
    for (n, document) in documents.iter().enumerate() {
        if n > 0 && n % n_at_once == 0 {
            take(std::mem::replace(&mut rows, Rows::new(DOCUMENTS)))?;
        }
        let standing = document.version_of.and_then(|version| documents.get(version.of)).map(|one| one.id.0.as_str());
        let (status, reason) = match told.of_source.get(document.source.as_str()) {
            _ if document.n_bytes == 0 && standing.is_none() => ("skipped", Some(NO_ABSTRACT)),
            _ if document.n_bytes == 0 => ("ok", Some("no abstract; its fields go to the work")),
            Some(fault) => (severity_word(fault.severity), Some(fault.what.as_str())),
            None if document.n_tokens == 0 => ("degraded", Some("no words")),
            None => ("ok", None),
        };
        document_row(document, status, reason, standing, &mut rows);
    }
    for (_, fault) in faults.iter().enumerate().filter(|(number, _)| !told.numbers.contains(number)) {
        fault_row(fault, &mut rows);
    }
    take(rows)
}

/// The faults that rows of documents tell of.
struct Told<'a> {
    /// The worst fault of each source whose documents are cut or degraded by it.
    of_source: BTreeMap<&'a str, &'a Fault>,
    /// Numbers of all that need no row of their own.
    numbers: BTreeSet<usize>,
}

impl<'a> Told<'a> {
    fn of(documents: &[&IndexedDocument], faults: &'a [Fault]) -> Self {
        // How many documents a source has, and whether there are some without a text.
        let mut sources: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
        for document in documents {
            let (n, lacks_text) = sources.entry(&document.source).or_default();
            *n += 1;
            *lacks_text |= document.n_bytes == 0;
        }
        let mut told = Self { of_source: BTreeMap::new(), numbers: BTreeSet::new() };
        for (number, fault) in faults.iter().enumerate() {
            let (n_documents, lacks_text) = sources.get(fault.path.as_str()).copied().unwrap_or_default();
            // Each of these records has a row of its own, which says so.
            if lacks_text && fault.what.starts_with(NO_ABSTRACT) {
                told.numbers.insert(number);
                continue;
            }
            // What was skipped of a file of which a document was read is another record of it.
            let is_another = fault.severity == Severity::Skipped && fault.line.is_some();
            if n_documents == 1 && !is_another || n_documents > 1 && fault.line.is_none() {
                let worst = told.of_source.entry(&fault.path).or_insert(fault);
                if fault.severity < worst.severity {
                    *worst = fault;
                }
                told.numbers.insert(number);
            }
        }
        told
    }
}

fn document_row(
    document: &IndexedDocument,
    status: &str,
    reason: Option<&str>,
    standing: Option<&str>,
    rows: &mut Rows,
) {
    let metadata = &document.metadata;
    let has_text = document.n_bytes > 0;
    let count = |n: u32| if has_text { Cell::Count(n.into()) } else { Cell::Empty };
    let language = format!("{:?}", document.language).to_lowercase();
    rows.row(&[
        Cell::Text(&document.id.0),
        Cell::Text(&document.source),
        Cell::Text(&document.format),
        Cell::maybe_text(metadata.title.as_deref()),
        Cell::Text(&metadata.authors.join("; ")),
        metadata.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year))),
        Cell::maybe_text(metadata.kind.as_deref()),
        Cell::maybe_text(metadata.publication.as_deref()),
        Cell::maybe_text(metadata.doi.as_deref()),
        Cell::maybe_text(metadata.url.as_deref()),
        if document.n_pages == 0 { Cell::Empty } else { count(document.n_pages) },
        count(document.n_sections),
        count(document.n_sentences),
        count(document.n_tokens),
        if has_text { Cell::Text(&language) } else { Cell::Empty },
        Cell::Text(status),
        Cell::maybe_text(reason),
        Cell::maybe_text(standing),
    ]);
}

fn fault_row(fault: &Fault, rows: &mut Rows) {
    let at = fault.line.map_or(String::new(), |line| format!("line {line}: "));
    let reason = format!("{at}{}", fault.what);
    let mut cells = [Cell::Empty; DOCUMENTS.columns.len()];
    cells[1] = Cell::Text(&fault.path);
    cells[15] = Cell::Text(severity_word(fault.severity));
    cells[16] = Cell::Text(&reason);
    rows.row(&cells);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DocumentId;

    #[test]
    fn a_record_that_was_skipped_says_nothing_of_the_one_beside_it() {
        let document = |id: &str, source: &str| IndexedDocument {
            id: DocumentId(id.into()),
            source: source.into(),
            n_bytes: 9,
            n_tokens: 2,
            ..IndexedDocument::default()
        };
        let fault = |line, severity, what: &str| Fault {
            path: "a.jsonl".into(),
            line,
            severity,
            what: what.into(),
            ..Fault::default()
        };
        let status = |fault: Fault| {
            let (one, other) = (document("a#2", "a.jsonl"), document("b", "b.txt"));
            let mut csv = String::new();
            let mut n_takes = 0;
            let mut take = |rows: Rows| {
                n_takes += 1;
                csv.push_str(std::str::from_utf8(rows.csv()).unwrap());
                Ok(())
            };
            rows_of(&[&one, &other], &[fault], 1, &mut take).unwrap();
            assert_eq!(n_takes, 2);
            let rows: Vec<String> =
                csv.lines().map(|row| row.split(',').skip(15).take(2).collect::<Vec<_>>().join(" ")).collect();
            rows
        };
        assert_eq!(status(fault(Some(1), Severity::Skipped, "broken")), ["ok ", "ok ", "skipped line 1: broken"]);
        assert_eq!(status(fault(Some(1), Severity::Cut, "breaks off")), ["cut breaks off", "ok "]);
    }
}
