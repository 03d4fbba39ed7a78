//! Writes a report into a folder.

use super::findings::Findings;
use super::settings::ReportSettings;
use super::{evidence_tables, page, summary_tables};
use std::io;
use std::path::{Path, PathBuf};

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
    evidence_tables::write(findings, &tables, tick).map_err(failed)?;
    summary_tables::write(findings, &tables).map_err(failed)?;
    let page = page::page(findings, settings).map_err(failed)?;
    std::fs::write(folder.join("report.html"), page).map_err(failed)
}
