//! What is to be done: which sources are as they were, which have moved, which must be read.

use super::super::store::{Known, Ledger, LedgerSource};
use super::names;
use crate::corpus::{Catalog, CorpusSettings, Digest, Source};
use rustc_hash::FxHashMap;
use std::fs::File;
use std::sync::{Mutex, PoisonError};

/// What is to be done, and the ledger as it will be.
pub struct Plan<'a> {
    /// The ledger, but for its sources.
    pub ledger: Ledger,
    /// One for each source of the catalog, in its order; `None` where it has yet to be read.
    sources: Vec<Option<LedgerSource>>,
    /// The sources that have to be read, by their place in the catalog.
    unread: Vec<usize>,
    /// Documents of sources that are gone or have changed.
    pub pool: Mutex<FxHashMap<Digest, Vec<Known>>>,
    /// Whether the ledger has to be written again.
    pub changes: bool,
    /// How many documents have been cut up.
    pub n_new: usize,
    /// What lies in the corpus.
    pub catalog: &'a Catalog,
}

impl<'a> Plan<'a> {
    /// Compares the catalog with the ledger.
    pub fn of(mut ledger: Ledger, catalog: &'a Catalog, corpus: &CorpusSettings) -> Self {
        let same_paths = ledger.paths == corpus.paths;
        let mut old: FxHashMap<String, LedgerSource> =
            std::mem::take(&mut ledger.sources).into_iter().map(|source| (source.path.clone(), source)).collect();
        let mut sources: Vec<Option<LedgerSource>> = catalog
            .sources
            .iter()
            .map(|source| {
                let same = old
                    .get(&source.path)
                    .is_some_and(|old| old.digest == source.digest && (same_paths || names::are_free_of_path(old)));
                if same { old.remove(&source.path) } else { None }
            })
            .collect();
        let mut changes = !same_paths || !old.is_empty();
        let mut moved: FxHashMap<Digest, Vec<LedgerSource>> = FxHashMap::default();
        let mut left: Vec<LedgerSource> = old.into_values().collect();
        left.sort_by(|a, b| b.path.cmp(&a.path));
        for source in left {
            moved.entry(source.digest.clone()).or_default().push(source);
        }
        let mut unread = Vec::new();
        for (place, source) in catalog.sources.iter().enumerate() {
            if sources[place].is_some() {
                continue;
            }
            changes = true;
            let candidates = moved.get_mut(&source.digest);
            let last = candidates.and_then(|all| {
                all.pop_if(|old| names::are_free_of_path(old) && names::have_same_ending(&old.path, &source.path))
            });
            match last {
                Some(old) => sources[place] = Some(rename(old, source)),
                None => unread.push(place),
            }
        }
        let mut pool: FxHashMap<Digest, Vec<Known>> = FxHashMap::default();
        for known in moved.into_values().flatten().flat_map(|source| source.documents) {
            pool.entry(known.document.digest.clone()).or_default().push(known);
        }
        ledger.paths.clone_from(&corpus.paths);
        Self { ledger, sources, unread, pool: Mutex::new(pool), changes, n_new: 0, catalog }
    }

    /// How many sources need not be read.
    pub fn n_kept(&self) -> usize {
        self.sources.len() - self.unread.len()
    }

    /// The next sources to be read, of so many bytes or a single one.
    pub fn next_batch(&mut self, n_bytes: u64) -> Vec<usize> {
        let mut sum = 0;
        let fits = |place: &&usize| {
            sum += self.catalog.sources[**place].n_bytes;
            sum <= n_bytes
        };
        let n = self.unread.iter().take_while(fits).count().max(1).min(self.unread.len());
        self.unread.drain(..n).collect()
    }

    /// Takes in a source that has been read. One that could not be for a reason that may pass, or that is no longer what
    /// the catalog says, is kept without its digest, so that the next run reads it again.
    pub fn put(&mut self, place: usize, mut source: LedgerSource) {
        let found = &self.catalog.sources[place];
        let is_another = || source.documents.is_empty() && digest(found).as_ref() != Some(&found.digest);
        if source.faults.iter().any(|fault| fault.passing) || is_another() {
            source.digest = Digest::default();
        }
        self.sources[place] = Some(source);
    }

    /// Whether every source has been read.
    pub fn is_read(&self) -> bool {
        self.unread.is_empty()
    }

    /// Shows the ledger with every source that has been read so far. Until all have been, documents that may yet be taken
    /// again are kept under a source without a name.
    pub fn so_far<T>(&mut self, show: impl FnOnce(&Ledger) -> T) -> T {
        let is_read: Vec<bool> = self.sources.iter().map(Option::is_some).collect();
        // Lent for as long as it takes, since they grow with the corpus.
        self.ledger.sources = self.sources.iter_mut().filter_map(Option::take).collect();
        if !self.is_read() {
            let pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
            let documents = pool.values().flatten().cloned().collect();
            self.ledger.sources.push(LedgerSource { documents, ..LedgerSource::default() });
        }
        let shown = show(&self.ledger);
        let mut lent = std::mem::take(&mut self.ledger.sources).into_iter();
        for (source, _) in self.sources.iter_mut().zip(is_read).filter(|(_, is_read)| *is_read) {
            *source = lent.next();
        }
        shown
    }

    /// The ledger, all sources read.
    pub fn finished(mut self) -> Ledger {
        self.ledger.sources = self.sources.into_iter().flatten().collect();
        self.ledger
    }

    /// The numbers of the documents that the store is to drop.
    pub fn gone(&self) -> Vec<u64> {
        let pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let mut gone: Vec<u64> = pool.values().flatten().map(|known| known.uid).collect();
        gone.sort_unstable();
        gone
    }
}

/// Digest of a source's bytes as they are now.
fn digest(source: &Source) -> Option<Digest> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(&source.file).ok()?).ok()?;
    Some(Digest::of_all(&hasher))
}

/// The same source under another path.
fn rename(mut old: LedgerSource, source: &Source) -> LedgerSource {
    old.path.clone_from(&source.path);
    old.faults.iter_mut().for_each(|fault| fault.path.clone_from(&source.path));
    old.documents.iter_mut().for_each(|known| known.document.source.clone_from(&source.path));
    old
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Fault, scan};

    #[test]
    fn what_could_not_be_read_for_a_reason_that_may_pass_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "Funding").unwrap();
        let paths = vec!["a.txt".to_owned()];
        let corpus = CorpusSettings { root: folder.path().into(), paths, ..CorpusSettings::default() };
        let catalog = scan(&corpus);
        let n_kept_after = |passing: bool| {
            let mut plan = Plan::of(Ledger::default(), &catalog, &corpus);
            let Source { path, digest, n_bytes, .. } = catalog.sources[plan.next_batch(9)[0]].clone();
            let faults = vec![Fault { path: path.clone(), passing, ..Fault::default() }];
            plan.put(0, LedgerSource { path, digest, n_bytes, faults, documents: Vec::new() });
            let paths = plan.ledger.paths.clone();
            Plan::of(Ledger { paths, ..plan.finished() }, &catalog, &corpus).n_kept()
        };
        assert_eq!((n_kept_after(false), n_kept_after(true)), (1, 0));
    }
}
