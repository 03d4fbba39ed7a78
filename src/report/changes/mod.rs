//! What changed since the run before: a page and three tables beside the report.
//!
//! They stand apart from it since they tell of two runs, and the report of one: the same documents, themes and settings give
//! the same report, whatever was published before.

mod candidates;
mod change;
mod names;
mod page;
mod tables;

pub use change::{Before, ChangePart, ChangedCandidate, ChangedDocument, ChangedTheme, Changes, CountedShare};

use super::write::ReportError;
use std::path::Path;

/// Writes `changes.html`, and the tables under `changes/`, into `folder`. `title` is that of the study.
///
/// # Errors
/// A file cannot be written.
pub fn write_changes(changes: &Changes, title: &str, folder: &Path) -> Result<(), ReportError> {
    let failed = |source| ReportError { path: folder.to_owned(), source };
    let below = folder.join("changes");
    std::fs::create_dir_all(&below).map_err(failed)?;
    tables::write(changes, &below).map_err(failed)?;
    std::fs::write(folder.join("changes.html"), page::page(changes, title)).map_err(failed)
}
