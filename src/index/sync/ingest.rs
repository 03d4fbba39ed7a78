//! Reads sources and turns their documents into segments, in threads of our own.
//!
//! Readers hand documents to workers through a queue that holds a bounded number of bytes; a worker cuts a document up
//! and adds it to a segment of its own. So memory follows the settings and not the corpus.

use super::super::passage_index::{IndexError, IndexedDocument};
use super::super::store::{Entry, Kept, Known, LedgerSource, Scribe, SentenceMark, StoreWriter};
use crate::corpus::{self, CorpusSettings, Digest, Document, Fault, Severity, Source};
use crate::text::{Analysis, Analyzer, Sentence, Vocabulary};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tantivy::SegmentMeta;

/// Bytes of documents that wait for a worker, at most; one document may have more.
const QUEUE_BYTES: usize = 16 << 20;
/// Bytes of documents that a reader hands over at once, at least. A worker first cuts all of them up and then adds all of
/// them to its segment, since the words of the one step and the terms of the other do not fit the cache together.
const PARCEL_BYTES: usize = 1 << 20;
/// The least memory that a worker's segment is given.
const LEAST_BYTES: usize = 15_000_000;

/// What every thread needs to know.
pub struct Ingest<'a> {
    pub corpus: &'a CorpusSettings,
    pub analyzer: &'a Analyzer,
    pub writer: &'a StoreWriter,
    /// Memory for all segments that are being written, in bytes.
    pub memory: usize,
    /// Documents of sources that are gone or have changed, by digest; what is taken from here is not cut up again.
    pub pool: &'a Mutex<FxHashMap<Digest, Vec<Known>>>,
    pub next_uid: &'a AtomicU64,
    pub tick: &'a (dyn Fn() + Sync),
}

/// What came of some sources.
#[derive(Default)]
pub struct Ingested {
    /// The sources, in the order given.
    pub sources: Vec<LedgerSource>,
    /// Segments with the new documents, not yet committed.
    pub segments: Vec<SegmentMeta>,
    /// How many documents with a text were cut up.
    pub n_new: usize,
}

impl Ingested {
    /// Brings together what the workers made and what was met while reading, by source.
    fn of(sources: &[&Source], results: Vec<Worked>, faults: Vec<Mutex<Vec<Fault>>>) -> Self {
        let blank = |source: &&Source| LedgerSource {
            path: source.path.clone(),
            digest: source.digest.clone(),
            n_bytes: source.n_bytes,
            ..LedgerSource::default()
        };
        let mut done = Self { sources: sources.iter().map(blank).collect(), ..Self::default() };
        let mut documents = Vec::new();
        for worked in results {
            documents.extend(worked.documents);
            done.segments.extend(worked.segments);
            done.n_new += worked.n_new;
        }
        documents.sort_unstable_by_key(|(source, place, _)| (*source, *place));
        for (source, _, known) in documents {
            done.sources[source].documents.push(known);
        }
        for (source, faults) in done.sources.iter_mut().zip(faults) {
            source.faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
            source.faults.sort();
        }
        done
    }
}

/// One document on its way: the number of its source, its place there, and itself.
type Parcel = Vec<(usize, usize, Document)>;

impl Ingest<'_> {
    /// Reads `sources`, in parallel.
    pub fn run(&self, sources: &[&Source]) -> Result<Ingested, IndexError> {
        let n_threads = rayon::current_num_threads().max(1);
        let n_workers = n_threads.min((self.memory / LEAST_BYTES).max(1));
        let budget = (self.memory / n_workers).max(LEAST_BYTES);
        let queue = Queue::new(n_threads.min(sources.len()), QUEUE_BYTES.min(self.memory / 4));
        let next_source = AtomicUsize::new(0);
        let faults: Vec<Mutex<Vec<Fault>>> = sources.iter().map(|_| Mutex::default()).collect();
        let results: Vec<Result<Worked, IndexError>> = std::thread::scope(|scope| {
            for _ in 0..queue.n_readers {
                scope.spawn(|| self.read(sources, &next_source, &queue, &faults));
            }
            let worker = || scope.spawn(|| self.work(sources, &queue, budget, &faults));
            let workers: Vec<_> = (0..n_workers).map(|_| worker()).collect();
            workers
                .into_iter()
                .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        Ok(Ingested::of(sources, results.into_iter().collect::<Result<_, _>>()?, faults))
    }

    /// Takes one source after another and puts its documents into the queue.
    fn read(&self, sources: &[&Source], next: &AtomicUsize, queue: &Queue, faults: &[Mutex<Vec<Fault>>]) {
        let (mut parcel, mut n_bytes) = (Vec::new(), 0);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(source) = sources.get(number).filter(|_| !queue.is_broken()) else { break };
            let mut place = 0;
            let read = catch_unwind(AssertUnwindSafe(|| {
                corpus::read(source, self.corpus, &mut |document| {
                    n_bytes += document.text.len() + 1_000;
                    parcel.push((number, place, document));
                    place += 1;
                    if n_bytes >= PARCEL_BYTES {
                        queue.put(std::mem::take(&mut parcel), std::mem::take(&mut n_bytes));
                    }
                })
            }));
            let met = read.unwrap_or_else(|_| {
                let severity = if place == 0 { Severity::Skipped } else { Severity::Cut };
                vec![fault(source, severity, "the reader of this format gave up on the file")]
            });
            lock(&faults[number]).extend(met);
            (self.tick)();
        }
        queue.put(parcel, n_bytes);
        queue.reader_ends();
    }

    /// Takes documents out of the queue until there are no more, and adds them to segments of its own.
    fn work(
        &self,
        sources: &[&Source],
        queue: &Queue,
        budget: usize,
        faults: &[Mutex<Vec<Fault>>],
    ) -> Result<Worked, IndexError> {
        // A reader must not wait for a worker that has failed.
        let guard = BreakUnlessDone { queue, done: false };
        let mut desk = Desk::new(self.analyzer);
        let mut builder = self.writer.builder(budget);
        let mut entries: Vec<Arc<Entry>> = Vec::new();
        let mut worked = Worked::default();
        while let Some(parcel) = queue.take() {
            let mut n_cut = 0;
            for (source, place, document) in parcel {
                if n_cut == entries.len() {
                    entries.push(Arc::default());
                }
                match self.take(&mut desk, &mut entries[n_cut], document) {
                    Ok((known, is_cut)) => {
                        // A record without a text is no document of the index.
                        worked.n_new += usize::from(is_cut && known.document.n_bytes > 0);
                        worked.documents.push((source, place, known));
                        n_cut += usize::from(is_cut);
                    }
                    Err(id) => {
                        let what = format!("document \"{id}\" could not be cut into sentences");
                        lock(&faults[source]).push(fault(sources[source], Severity::Cut, &what));
                    }
                }
            }
            for entry in &entries[..n_cut] {
                builder.add(entry).map_err(|error| self.writer.error(&error))?;
            }
        }
        worked.segments = builder.finish().map_err(|error| self.writer.error(&error))?;
        guard.done();
        Ok(worked)
    }

    /// What is known of a document: as the store has it, or else cut up into `entry`, and whether it was; its id if it cannot be.
    fn take(&self, desk: &mut Desk, entry: &mut Arc<Entry>, document: Document) -> Result<(Known, bool), String> {
        let digest = document_digest(&document);
        if let Some(old) = self.reuse(&digest) {
            let document = IndexedDocument { id: document.id, source: document.source, ..old.document };
            return Ok((Known { uid: old.uid, document }, false));
        }
        let entry = fresh(entry);
        entry.uid = self.next_uid.fetch_add(1, Ordering::Relaxed);
        let document = desk.cut(entry, document, digest)?;
        Ok((Known { uid: entry.uid, document }, true))
    }

    /// A document that the store holds already, if there is one with this digest that nobody has taken.
    fn reuse(&self, digest: &Digest) -> Option<Known> {
        let mut pool = lock(self.pool);
        pool.get_mut(digest)?.pop()
    }
}

/// What one worker has done.
#[derive(Default)]
struct Worked {
    documents: Vec<(usize, usize, Known)>,
    segments: Vec<SegmentMeta>,
    n_new: usize,
}

/// Where a worker cuts documents up; everything on it is used again for the next one.
struct Desk<'a> {
    analyzer: &'a Analyzer,
    vocabulary: Vocabulary,
    scribe: Scribe,
    analysis: Analysis,
    kept: Kept,
}

impl<'a> Desk<'a> {
    fn new(analyzer: &'a Analyzer) -> Self {
        Self {
            analyzer,
            vocabulary: Vocabulary::default(),
            scribe: Scribe::default(),
            analysis: Analysis::default(),
            kept: Kept::default(),
        }
    }

    /// Cuts a document up and fills `entry` with it; gives back its id where the analyzer gives up on it.
    fn cut(&mut self, entry: &mut Entry, document: Document, digest: Digest) -> Result<IndexedDocument, String> {
        if self.vocabulary.is_full() {
            self.vocabulary.clear();
        }
        let analyze = || self.analyzer.analyze(&document, &mut self.vocabulary, &mut self.analysis);
        if catch_unwind(AssertUnwindSafe(analyze)).is_err() {
            *self = Desk::new(self.analyzer);
            return Err(document.id.0);
        }
        let passages = self.analyzer.passages(&self.analysis.sentences);
        let known = IndexedDocument {
            signature: corpus::signature(&document),
            version_of: None,
            n_bytes: document.text.len() as u32,
            n_sections: document.sections.len() as u32,
            digest,
            language: self.analysis.language,
            n_tokens: self.analysis.tokens.len() as u32,
            n_sentences: self.analysis.sentences.len() as u32,
            n_passages: passages.len() as u32,
            n_pages: document.pages.len() as u32,
            id: document.id,
            source: document.source,
            format: document.format.to_owned(),
            metadata: document.metadata,
        };
        self.scribe.write(&self.analysis, &self.vocabulary, &mut entry.transcript);
        let mut openings = passages.iter().map(|passage| passage.first_sentence).peekable();
        entry.layout.clear();
        entry.layout.extend(self.analysis.sentences.iter().zip(0..).map(|(sentence, number)| {
            let opens_passage = openings.next_if_eq(&number).is_some();
            let scored = self.analyzer.is_scored(sentence);
            SentenceMark { n_tokens: sentence.n_tokens, opens_passage, scored }.pack()
        }));
        let kept = &mut self.kept;
        kept.language = self.analysis.language;
        Vec::<Sentence>::clone_from(&mut kept.sentences, &self.analysis.sentences);
        (kept.sections, kept.pages) = (document.sections, document.pages);
        kept.write(&document.text, &mut entry.content);
        Ok(known)
    }
}

/// An entry to be filled: the old one, whose room is used again, since the store is done with it.
fn fresh(entry: &mut Arc<Entry>) -> &mut Entry {
    if Arc::get_mut(entry).is_none() {
        *entry = Arc::default();
    }
    Arc::get_mut(entry).expect("it was made anew where it was shared")
}

/// Digest of everything about a document that the store keeps, but its name and where it came from.
pub fn document_digest(document: &Document) -> Digest {
    let places = (&document.metadata, &document.sections, &document.boilerplate, &document.pages, document.format);
    let mut hasher = blake3::Hasher::new();
    hasher.update(&postcard::to_allocvec(&places).expect("a vector takes whatever is written"));
    hasher.update(document.text.as_bytes());
    Digest::of_all(&hasher)
}

fn fault(source: &Source, severity: Severity, what: &str) -> Fault {
    let hint = Some("report it, with the file; the rest of the corpus is not concerned".into());
    Fault { path: source.path.clone(), severity, what: what.to_owned(), hint, ..Fault::default() }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Documents that wait for a worker.
struct Queue {
    n_readers: usize,
    /// Bytes that may wait, at most.
    room: usize,
    waiting: Mutex<Waiting>,
    changed: Condvar,
    broken: AtomicBool,
}

#[derive(Default)]
struct Waiting {
    parcels: VecDeque<(Parcel, usize)>,
    n_bytes: usize,
    n_ended: usize,
}

impl Queue {
    fn new(n_readers: usize, room: usize) -> Self {
        Self { n_readers, room, waiting: Mutex::default(), changed: Condvar::new(), broken: AtomicBool::new(false) }
    }

    /// Puts documents in line, once there is room; drops them where nobody will take them.
    fn put(&self, parcel: Parcel, n_bytes: usize) {
        let mut waiting = lock(&self.waiting);
        while waiting.n_bytes > 0 && waiting.n_bytes + n_bytes > self.room && !self.is_broken() {
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        waiting.n_bytes += n_bytes;
        waiting.parcels.push_back((parcel, n_bytes));
        self.changed.notify_all();
    }

    /// The documents next in line, waiting for them; `None` when all readers have ended and nothing is left.
    fn take(&self) -> Option<Parcel> {
        let mut waiting = lock(&self.waiting);
        loop {
            if let Some((parcel, n_bytes)) = waiting.parcels.pop_front() {
                waiting.n_bytes -= n_bytes;
                self.changed.notify_all();
                return Some(parcel);
            }
            if waiting.n_ended == self.n_readers || self.is_broken() {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn reader_ends(&self) {
        lock(&self.waiting).n_ended += 1;
        self.changed.notify_all();
    }

    fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }
}

/// Breaks the queue when a worker leaves before its work is done.
struct BreakUnlessDone<'a> {
    queue: &'a Queue,
    done: bool,
}

impl BreakUnlessDone<'_> {
    fn done(mut self) {
        self.done = true;
    }
}

impl Drop for BreakUnlessDone<'_> {
    fn drop(&mut self) {
        if !self.done {
            let _waiting = lock(&self.queue.waiting);
            self.queue.broken.store(true, Ordering::Relaxed);
            self.queue.changed.notify_all();
        }
    }
}
