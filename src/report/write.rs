//! Writes a report into a folder.

use super::findings::Findings;
use super::opened::Opened;
use super::page::{self, Held, Met};
use super::settings::ReportSettings;
use super::tables::{self, DocumentRows, TableFile};
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};

/// Documents whose rows are held at a time.
const BATCH: usize = 64;

/// A file of the report could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot write the report: {source}\n  hint: free space or make the folder writable, then run again", path.display())]
pub struct ReportError {
    /// The folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// Writes the tables into `folder/tables` and the page into `folder/report.html`; `tick` is called once for each document.
///
/// # Errors
/// A file cannot be written, or a document cannot be read back from the index.
pub fn write(
    findings: &Findings<'_>,
    settings: &ReportSettings,
    folder: &Path,
    tick: &(dyn Fn() + Sync),
) -> Result<(), ReportError> {
    let failed = |source| ReportError { path: folder.to_owned(), source };
    let tables = folder.join("tables");
    std::fs::create_dir_all(&tables).map_err(failed)?;
    let held = Held::of(findings, settings);
    let (evidence, met) = write_documents(findings, &held, &tables, tick).map_err(failed)?;
    tables::write_summaries(findings, &tables).map_err(failed)?;
    let page = page::page(findings, settings, &held, &evidence, &met).map_err(failed)?;
    std::fs::write(folder.join("report.html"), page).map_err(failed)
}

/// What comes of one document: rows of the tables, what the page holds of it, what each pattern met in it.
type Written = (DocumentRows, String, Vec<(u32, String)>);

/// Writes the tables that grow with the corpus, in order of document, and gives back what the page holds of each and what
/// the patterns met.
fn write_documents(
    findings: &Findings<'_>,
    held: &Held,
    folder: &Path,
    tick: &(dyn Fn() + Sync),
) -> io::Result<(Vec<String>, Met)> {
    let mut files = Vec::with_capacity(tables::HEADS.len());
    for head in tables::HEADS {
        files.push(TableFile::create(folder, head, Some(tables::kinds(head)))?);
    }
    let documents: Vec<usize> = (0..findings.index.documents().len()).collect();
    let mut evidence = Vec::with_capacity(documents.len());
    let mut met = Met::new(findings.lexicon.patterns.len());
    for batch in documents.chunks(BATCH) {
        let written: Vec<Written> = batch
            .par_iter()
            .map(|&document| {
                let opened = Opened::new(findings, document)?;
                Ok((tables::rows(&opened), page::passages(&opened, held), page::words_met(&opened)))
            })
            .collect::<Result<_, crate::index::IndexError>>()
            .map_err(io::Error::other)?;
        for (rows, passages, words) in written {
            tick();
            files.iter_mut().zip(&rows).try_for_each(|(file, rows)| file.append(rows))?;
            evidence.push(passages);
            met.take(words);
        }
    }
    files.into_iter().try_for_each(TableFile::finish)?;
    Ok((evidence, met))
}
