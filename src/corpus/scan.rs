//! Lists what lies in the corpus, by digest.

use super::catalog::{Catalog, Fault, Source};
use super::settings::CorpusSettings;
use std::path::Path;

/// Lists the files that the settings name, sorted by path, each with its digest; reads no text.
pub fn scan(settings: &CorpusSettings) -> Catalog {
    let _ = settings;
    todo!()
}

/// One file as a source of its own, for commands that are given files and not a study.
pub fn source(file: &Path) -> Result<Source, Fault> {
    let _ = file;
    todo!()
}
