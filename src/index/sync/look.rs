//! Looks at the store without changing it: what a run would have to read, and what is kept as it stands.

use super::super::passage_index::PassageIndex;
use super::super::settings::IndexSettings;
use super::super::store::{Ledger, StoreFolder};
use super::plan::Plan;
use super::{assemble, find, fingerprint};
use crate::corpus::{Catalog, CorpusSettings};
use crate::text::Analyzer;
use rustc_hash::FxHashSet;

/// What `sync` would do, each list in order of path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Sources that would be read: those that are new, and those whose bytes have changed.
    pub read: Vec<String>,
    /// Sources that have only been renamed or moved, by their new path.
    pub moved: Vec<String>,
    /// Sources that are gone, or have another path now.
    pub gone: Vec<String>,
    /// How many sources need not be read.
    pub n_kept: usize,
    /// Why everything would be read anew although there is an index.
    pub rebuilt: Option<String>,
}

/// Tells what `sync` would do, and does nothing.
pub fn preview(settings: &IndexSettings, catalog: &Catalog, corpus: &CorpusSettings, analyzer: &Analyzer) -> Preview {
    let fingerprint = fingerprint(corpus, analyzer);
    let (found, rebuilt) = find(&StoreFolder::new(&settings.state), &fingerprint);
    let ledger = found.map_or_else(Ledger::default, |(ledger, _)| ledger);
    let known: FxHashSet<String> = ledger.sources.iter().map(|source| source.path.clone()).collect();
    let lying: FxHashSet<&str> = catalog.sources.iter().map(|source| source.path.as_str()).collect();
    let mut gone: Vec<String> =
        known.iter().filter(|path| !path.is_empty() && !lying.contains(path.as_str())).cloned().collect();
    gone.sort();
    let mut plan = Plan::of(ledger, catalog, corpus);
    let n_kept = plan.n_kept();
    let unread: FxHashSet<usize> = plan.next_batch(u64::MAX).into_iter().collect();
    let mut preview = Preview { gone, n_kept, rebuilt, ..Preview::default() };
    for (place, source) in catalog.sources.iter().enumerate() {
        if unread.contains(&place) {
            preview.read.push(source.path.clone());
        } else if !known.contains(&source.path) {
            preview.moved.push(source.path.clone());
        }
    }
    preview
}

/// The index as the last run left it; nothing is read from the sources and nothing is written. `None` where there is
/// none, or none that was made by this program with these settings.
pub fn stored(settings: &IndexSettings, corpus: &CorpusSettings, analyzer: &Analyzer) -> Option<PassageIndex> {
    let folder = StoreFolder::new(&settings.state);
    let (ledger, store) = find(&folder, &fingerprint(corpus, analyzer)).0?;
    Some(assemble(store, ledger, corpus, analyzer, folder))
}
