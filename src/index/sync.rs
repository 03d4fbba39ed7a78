//! Brings the store into line with what lies in the corpus.

use super::passage_index::{IndexError, PassageIndex};
use super::settings::IndexSettings;
use crate::corpus::{Catalog, CorpusSettings};
use crate::text::Analyzer;

/// Reads, cuts and keeps what is new, document by document; drops what is gone; leaves the rest alone.
///
/// `tick` is called once for each source of the catalog, when it is done with.
///
/// # Errors
/// The store cannot be read or written; what was there before is as it was.
pub fn sync(
    settings: &IndexSettings,
    catalog: &Catalog,
    corpus: &CorpusSettings,
    analyzer: &Analyzer,
    tick: &(dyn Fn() + Sync),
) -> Result<PassageIndex, IndexError> {
    let _ = (settings, catalog, corpus, analyzer, tick);
    todo!()
}
