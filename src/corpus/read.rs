//! Reads one source into its documents.

use super::catalog::{Fault, Source};
use super::document::Document;
use super::settings::CorpusSettings;

/// Reads `source` and hands each of its documents to `each`, in the order of the file, one at a time.
///
/// Returns the faults met, in order; a fault costs only the record it names. Documents are named by their own id or by
/// the path; that ids are unique over the whole corpus is seen to where the documents are kept.
pub fn read(source: &Source, settings: &CorpusSettings, each: &mut dyn FnMut(Document)) -> Vec<Fault> {
    let _ = (source, settings, each);
    todo!()
}
