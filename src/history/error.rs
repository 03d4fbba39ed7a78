//! What can go wrong when a run is written or read back.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A run could not be published, or an earlier one not be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {what}: {source}\n  hint: {hint}", path.display())]
pub struct PublishError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was tried.
    pub what: &'static str,
    /// What the system said.
    pub source: io::Error,
    /// How to mend it.
    pub hint: &'static str,
}

pub(super) fn failed(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> PublishError {
    let path = path.to_owned();
    let hint = "free space or make the folder writable, then run again: what was published before is untouched";
    move |source| PublishError { path, what, source, hint }
}

/// Makes what was written of a file or folder durable.
pub(super) fn sync_file(path: &Path) -> Result<(), PublishError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(failed(path, "cannot be made durable"))
}
