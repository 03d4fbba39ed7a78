//! Brings the store into line with what lies in the corpus.

mod ingest;
mod look;
mod names;
mod plan;
mod works;

use super::passage_index::{IndexError, Keeps, NumberedSegment, PassageIndex};
use super::settings::IndexSettings;
use super::store::{Known, Ledger, Store, StoreFolder, StoreWriter, Thorough, checksums, count, recall, write_sealed};
use crate::corpus::{Catalog, CorpusSettings, Signature};
use crate::text::Analyzer;
pub use ingest::document_digest;
pub use look::{Preview, preview, stored};
pub use works::join_works;

use ingest::Ingest;
use plan::Plan;
use rustc_hash::FxHashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::AtomicU64;

/// After so many bytes of sources what has been read is committed, so that a run that is stopped has not worked in vain. Few in tests.
const COMMIT_BYTES: u64 = if cfg!(test) { 150 } else { 512 << 20 };

/// Reads, cuts and keeps what is new, document by document; drops what is gone; leaves the rest alone.
///
/// A source is known by the digest of its bytes, a document by that of its text and fields: one that was only renamed or
/// moved, or lies in a table where other rows have changed, is not cut up again. An index that is damaged, or was made by
/// another version or with other settings, is made anew (`PassageIndex::rebuilt`).
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
    let folder = StoreFolder::new(&settings.state);
    let fingerprint = fingerprint(corpus, analyzer);
    let mut state = State::find(&folder, &fingerprint, catalog, corpus);
    let mut lock = None;
    if !state.is_in_line() {
        // Another run may have been at it until the lock was ours.
        lock = Some(folder.lock()?);
        drop(state);
        state = State::find(&folder, &fingerprint, catalog, corpus);
    }
    let State { store, mut plan, rebuilt } = state;
    (0..plan.n_kept()).for_each(|_| tick());
    let store = match store.filter(|_| lock.is_none()) {
        Some(store) => store,
        None => {
            let run = Run { memory: settings.buffer_bytes(), corpus, analyzer, folder: &folder, tick };
            run.carry_out(&mut plan)?;
            Store::open(&folder)?
        }
    };
    let n_new = plan.n_new;
    let index = assemble(store, plan.finished(), corpus, analyzer, folder);
    Ok(PassageIndex { n_new, rebuilt, keeps: Keeps::Answers, ..index })
}

/// How things stand before anything is done.
struct State<'a> {
    /// The store, where there is one to go by.
    store: Option<Store>,
    plan: Plan<'a>,
    /// Why there is none, where there was something.
    rebuilt: Option<String>,
}

impl<'a> State<'a> {
    fn find(folder: &StoreFolder, fingerprint: &str, catalog: &'a Catalog, corpus: &CorpusSettings) -> Self {
        let (found, rebuilt) = find(folder, fingerprint);
        let (ledger, store) = found.unzip();
        let ledger = ledger.unwrap_or_else(|| Ledger { fingerprint: fingerprint.to_owned(), ..Ledger::default() });
        Self { store, plan: Plan::of(ledger, catalog, corpus), rebuilt }
    }

    /// Whether there is nothing to do.
    fn is_in_line(&self) -> bool {
        !self.plan.changes && self.store.as_ref().is_some_and(|store| store.is_settled)
    }
}

/// What reading the sources takes.
struct Run<'a> {
    memory: usize,
    corpus: &'a CorpusSettings,
    analyzer: &'a Analyzer,
    folder: &'a StoreFolder,
    tick: &'a (dyn Fn() + Sync),
}

impl Run<'_> {
    /// Reads what the plan says, a number of sources at a time, and commits after each.
    fn carry_out(&self, plan: &mut Plan) -> Result<(), IndexError> {
        if plan.ledger.generation == 0 {
            self.folder.clear()?;
        }
        let mut writer = StoreWriter::open(self.folder)?;
        let next_uid = AtomicU64::new(plan.ledger.next_uid);
        loop {
            let batch = plan.next_batch(COMMIT_BYTES);
            let sources: Vec<_> = batch.iter().map(|place| &plan.catalog.sources[*place]).collect();
            let ingest = Ingest {
                corpus: self.corpus,
                analyzer: self.analyzer,
                writer: &writer,
                memory: self.memory,
                pool: &plan.pool,
                next_uid: &next_uid,
                tick: self.tick,
            };
            let ingested = ingest.run(&sources)?;
            plan.n_new += ingested.n_new;
            for (place, source) in batch.into_iter().zip(ingested.sources) {
                plan.put(place, source);
            }
            plan.ledger.next_uid = next_uid.load(std::sync::atomic::Ordering::Relaxed);
            plan.ledger.generation += 1;
            // First what the commit will hold, then the commit, then that it is settled: a run that is stopped between
            // any two of these leaves one of two whole states.
            let gone = if plan.is_read() { plan.gone() } else { Vec::new() };
            plan.so_far(|ledger| write_sealed(&self.folder.next_ledger(), ledger))?;
            writer.commit(ingested.segments, &gone, plan.ledger.generation)?;
            self.folder.settle_ledger()?;
            if plan.is_read() {
                return Ok(());
            }
        }
    }
}

/// What an index depends on besides the sources.
pub(super) fn fingerprint(corpus: &CorpusSettings, analyzer: &Analyzer) -> String {
    let mut corpus = serde_json::to_value(corpus).unwrap_or_default();
    if let Some(corpus) = corpus.as_object_mut() {
        corpus.remove("paths");
        corpus.remove("exclude");
        corpus.remove("duplicates");
    }
    let text = serde_json::to_value(analyzer.settings()).unwrap_or_default();
    let (version, readers) = (env!("CARGO_PKG_VERSION"), env!("THROUGHLINE_READERS"));
    format!("throughline {version} readers {readers} analyzer {} text {text} corpus {corpus}", Analyzer::VERSION)
}

/// The ledger and the store, where there are any to go by; else, where there was something, why not.
pub(super) fn find(folder: &StoreFolder, fingerprint: &str) -> (Option<(Ledger, Store)>, Option<String>) {
    if !folder.ledger().exists() && !folder.next_ledger().exists() && !folder.manifest().exists() {
        return (None, None);
    }
    if folder.anew().exists() {
        return (None, Some("the run that made it was stopped".to_owned()));
    }
    let find = || {
        let (ledger, manifest) =
            recall(folder).map_err(|damage| format!("{}: {}", damage.path.display(), damage.what))?;
        if ledger.fingerprint != fingerprint {
            return Err("it was made by another version of the program, or with other settings".to_owned());
        }
        let bad = match &manifest {
            Some(manifest) => {
                let bad = |file| folder.fault_of(file, Thorough::WhereChanged).map(|what| (file.name.clone(), what));
                manifest.files.iter().find_map(bad)
            }
            None => checksums(folder)?.pop().map(|damage| (damage.path.display().to_string(), damage.what)),
        };
        if let Some((name, what)) = bad {
            return Err(format!("{name}: {what}"));
        }
        let mut store = Store::open(folder).map_err(|error| error.to_string())?;
        store.is_settled = manifest.is_some() && !folder.next_ledger().exists();
        count(&store, &ledger)?;
        Ok((ledger, store))
    };
    match catch_unwind(AssertUnwindSafe(find)) {
        Ok(Ok(found)) => (Some(found), None),
        Ok(Err(why)) => (None, Some(why)),
        Err(_) => (None, Some("its segments cannot be opened".to_owned())),
    }
}

/// Puts the documents in order of id and finds each its place in the store.
fn assemble(
    store: Store,
    mut ledger: Ledger,
    corpus: &CorpusSettings,
    analyzer: &Analyzer,
    folder: StoreFolder,
) -> PassageIndex {
    let mut faults = names::make_unique(&mut ledger.sources);
    let mut known = Vec::new();
    for source in ledger.sources {
        faults.extend(source.faults);
        known.extend(source.documents);
    }
    let has_no_text = |known: &Known| known.document.n_bytes == 0;
    known.sort_unstable_by(|a, b| (has_no_text(a), &a.document.id).cmp(&(has_no_text(b), &b.document.id)));
    let n_documents = known.partition_point(|known| !has_no_text(known));
    let numbers: FxHashMap<u64, u32> =
        known[..n_documents].iter().zip(0..).map(|(known, number)| (known.uid, number)).collect();
    let uids = known[..n_documents].iter().map(|known| known.uid).collect();
    let mut documents: Vec<_> = known.into_iter().map(|known| known.document).collect();
    works::join(&mut documents, &corpus.duplicates);
    // It has told what it can, and is the largest part of what is known of a document.
    documents.iter_mut().for_each(|document| document.signature = Signature::default());
    let records = documents.split_off(n_documents);
    faults.extend(works::faults(&documents, &records));
    faults.sort();
    let (segments, places) = numbered(store, &numbers);
    PassageIndex {
        uids,
        documents,
        records,
        faults,
        n_new: 0,
        rebuilt: None,
        folder,
        keeps: Keeps::Nothing,
        segments,
        places,
        analyzer: analyzer.clone(),
        vocabularies: Mutex::default(),
    }
}

/// The segments, each with the numbers of its documents, and the place of every document by its number.
fn numbered(store: Store, numbers: &FxHashMap<u64, u32>) -> (Vec<NumberedSegment>, Vec<(u32, u32)>) {
    let mut places = vec![(0, 0); numbers.len()];
    let numbered = store.segments.into_iter().zip(0..).map(|(segment, s)| {
        let number = |uid: &Option<u64>| numbers.get(uid.as_ref()?).copied();
        let numbers: Vec<Option<u32>> = segment.uids.iter().map(number).collect();
        for (number, place) in numbers.iter().zip(0..) {
            if let Some(number) = number {
                places[*number as usize] = (s, place);
            }
        }
        NumberedSegment { segment, numbers }
    });
    (numbered.collect(), places)
}
