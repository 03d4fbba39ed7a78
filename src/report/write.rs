//! Writes a report into a folder.

use super::findings::Findings;
use super::kept::{Before, DocumentKeys, Key, WrittenGroup, groups, joined, keep, keys};
use super::opened::Opened;
use super::page::{self, Held, Met, Wordings};
use super::settings::ReportSettings;
use super::table::{Chunk, HashedFile, Rows, TableFile};
use super::tables::{self, GROWING};
use crate::corpus::Source;
use rayon::prelude::*;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Groups of documents whose rows are held at a time, for each thread.
const GROUPS_AHEAD: usize = 4;

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
/// `before` is where the run before was published, if this is one of a row of runs: what is still the same is taken from
/// there and not made anew, and what is written now is kept for the next. With `None` all is made anew, and nothing kept. The
/// bytes are the same.
///
/// Gives back the large ones among the files, so that nobody need read them again to know their digests.
///
/// # Errors
/// A file cannot be written, or a document cannot be read back from the index.
pub fn write(
    findings: &Findings<'_>,
    settings: &ReportSettings,
    folder: &Path,
    before: Option<&Path>,
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Source>, ReportError> {
    let failed = |source| ReportError { path: folder.to_owned(), source };
    let tables = folder.join("tables");
    std::fs::create_dir_all(&tables).map_err(failed)?;
    let held = Held::of(findings, settings);
    let Documents { shown, met, files } = write_documents(findings, &held, &tables, before, tick).map_err(failed)?;
    tables::write_summaries(findings, &tables).map_err(failed)?;
    let page = HashedFile::create(&folder.join("report.html")).map_err(failed)?;
    let mut page = BufWriter::new(page);
    page::write(findings, settings, (&held, &shown), &met, &mut page).map_err(failed)?;
    page.flush().map_err(failed)?;
    Ok(files.iter().chain([page.get_ref()]).map(|file| file.source(folder)).collect())
}

/// What is written of the documents, one after the other.
struct Documents {
    /// What the page holds of each.
    shown: Vec<String>,
    /// What the patterns met.
    met: Met,
    /// The tables that grow with the corpus.
    files: Vec<HashedFile>,
}

/// Writes the tables that grow with the corpus, in order of document.
fn write_documents(
    findings: &Findings<'_>,
    held: &Held,
    folder: &Path,
    before: Option<&Path>,
    tick: &(dyn Fn() + Sync),
) -> io::Result<Documents> {
    let mut files = Vec::with_capacity(GROWING.len());
    for table in &GROWING {
        files.push(TableFile::create(folder, table.head, &table.kinds())?);
    }
    let maker = Maker {
        findings,
        held,
        keys: keys(findings, held),
        before: before.map(|folder| Before::open(findings.index, folder)),
    };
    let mut shown = Vec::with_capacity(maker.keys.len());
    let mut written = Vec::new();
    let mut met = Met::new(findings.lexicon.patterns.len());
    let groups = groups(findings.index.documents());
    for batch in groups.chunks(rayon::current_num_threads() * GROUPS_AHEAD) {
        let made: Vec<Made> = batch.par_iter().map(|group| maker.make(group.clone())).collect::<Result<_, _>>()?;
        for made in made {
            let places = files.par_iter_mut().zip(&made.chunks).map(|(file, rows)| file.append(rows));
            let places = places.collect::<io::Result<_>>()?;
            made.shown.iter().for_each(|_| tick());
            shown.extend(made.shown);
            met.take(&made.words);
            written.push(WrittenGroup { read: made.read, found: made.found, places, words: made.words });
        }
    }
    let finished: Vec<_> = files.into_iter().map(TableFile::finish).collect::<io::Result<_>>()?;
    let (files, footers): (Vec<_>, Vec<_>) = finished.into_iter().map(|table| (table.files, table.footer)).unzip();
    if before.is_some() {
        let shown = maker.keys.iter().zip(&shown).map(|(keys, shown)| (keys.shown, shown.as_str()));
        keep(findings.index, &(footers, written, shown.collect())).map_err(io::Error::other)?;
    }
    Ok(Documents { shown, met, files: files.into_iter().flatten().collect() })
}

/// Makes what is written of documents.
struct Maker<'a> {
    findings: &'a Findings<'a>,
    held: &'a Held,
    keys: Vec<DocumentKeys>,
    before: Option<Before>,
}

/// What comes of a group of documents.
struct Made {
    read: Key,
    found: Key,
    /// Rows of each table.
    chunks: Vec<Chunk>,
    /// What the page holds of each document.
    shown: Vec<String>,
    /// What the patterns met.
    words: Wordings,
}

impl Maker<'_> {
    fn make(&self, group: Range<usize>) -> io::Result<Made> {
        let keys = &self.keys[group.clone()];
        let (read, found) = (joined(keys.iter().map(|keys| &keys.read)), joined(keys.iter().map(|keys| &keys.found)));
        let before = self.before.as_ref();
        let mut rows: Vec<Result<Chunk, Rows>> = Vec::with_capacity(GROWING.len());
        for (at, table) in GROWING.iter().enumerate() {
            let taken = before.and_then(|before| before.rows(at, table.tells.key(&read, &found)));
            rows.push(taken.ok_or_else(|| Rows::new(table.head)));
        }
        let taken = before.and_then(|before| before.words(&found));
        let mut words = taken.ok_or_else(Vec::new);
        let all_taken = words.is_ok() && rows.iter().all(Result::is_ok);
        let mut shown = Vec::with_capacity(group.len());
        for (document, keys) in group.zip(keys) {
            let taken = match before.and_then(|before| before.shown(&keys.shown)) {
                Some(taken) if all_taken => {
                    shown.push(taken);
                    continue;
                }
                taken => taken,
            };
            let opened = Opened::new(self.findings, document).map_err(io::Error::other)?;
            let wanted = GROWING.iter().zip(&mut rows).filter_map(|(table, rows)| Some((table, rows.as_mut().err()?)));
            wanted.for_each(|(table, rows)| (table.add)(&opened, rows));
            if let Err(words) = &mut words {
                words.extend(page::words_met(&opened));
            }
            shown.push(taken.unwrap_or_else(|| page::passages(&opened, self.held)));
        }
        let tables = GROWING.iter().zip(rows);
        let chunks = tables.map(|(table, rows)| rows.or_else(|rows| Chunk::of(rows, &table.kinds())));
        let chunks = chunks.collect::<io::Result<_>>()?;
        Ok(Made { read, found, chunks, shown, words: words.unwrap_or_else(|words| Wordings::of(&words)) })
    }
}
