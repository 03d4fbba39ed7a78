//! Reads sources ahead, several at a time, and hands on their documents in the order of the sources.

use crate::corpus::{CorpusSettings, Document, Fault, Severity, Source};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of text that a thread hands on together.
const PARCEL_BYTES: usize = 1 << 20;
/// Small files that one thread reads one after the other, at most,
const UNIT_FILES: usize = 16;
/// and the bytes that they may have together.
const UNIT_BYTES: u64 = 1 << 18;
/// A file of more bytes is begun only when all before it have been taken.
const LARGE_BYTES: u64 = 32 << 20;
/// For each thread, how many units may be begun that have not been taken.
const AHEAD: usize = 3;

/// Reads a source and hands over its documents.
type Read = fn(&Source, &CorpusSettings, &mut dyn FnMut(Document)) -> Vec<Fault>;

/// How sources are read.
pub(super) struct Reading<'a> {
    pub(super) corpus: &'a CorpusSettings,
    pub(super) read: Read,
    /// Called once for each source.
    pub(super) tick: &'a (dyn Fn() + Sync),
}

/// What a thread hands on.
enum Piece {
    Documents(Vec<Document>),
    Faults(Vec<Fault>),
}

impl Reading<'_> {
    /// Hands each document of `sources` to `take`, in their order, until it wants no more; returns the faults met.
    ///
    /// As many threads read as there are to compute; what they hold that has not been taken is bounded, whatever the files.
    pub(super) fn each(&self, sources: &[Source], take: &mut dyn FnMut(Document) -> bool) -> Vec<Fault> {
        let units = units(sources);
        let n_readers = rayon::current_num_threads().clamp(1, units.len().max(1));
        let (sides, takers): (Vec<_>, Vec<Receiver<Piece>>) = units.iter().map(|_| sync_channel(1)).unzip();
        let desk = Desk {
            sides: sides.into_iter().map(|side| Mutex::new(Some(side))).collect(),
            units,
            next: AtomicUsize::new(0),
            turn: Turn { n_ahead: n_readers * AHEAD, ..Turn::default() },
        };
        std::thread::scope(|scope| {
            // However the taking ends, by a panic too, nobody is left waiting for their turn.
            let _close = Closing(&desk.turn);
            for _ in 0..n_readers {
                scope.spawn(|| self.read_units(&desk));
            }
            let mut faults = Vec::new();
            let mut wanted = true;
            for (number, pieces) in takers.into_iter().enumerate().take_while(|_| desk.turn.is_open()) {
                desk.turn.set(number);
                for piece in pieces {
                    match piece {
                        Piece::Documents(documents) => {
                            documents.into_iter().for_each(|one| wanted = wanted && take(one))
                        }
                        Piece::Faults(met) => faults.extend(met),
                    }
                    if !wanted {
                        desk.turn.close();
                        break;
                    }
                }
            }
            faults
        })
    }

    /// Takes one unit after another and hands on what its files hold.
    fn read_units(&self, desk: &Desk<'_>) {
        loop {
            let number = desk.next.fetch_add(1, Ordering::Relaxed);
            let Some(unit) = desk.units.get(number) else { return };
            let is_large = unit.iter().any(|source| source.n_bytes > LARGE_BYTES);
            let Some(side) = lock(&desk.sides[number]).take().filter(|_| desk.turn.wait(number, is_large)) else {
                return;
            };
            for source in unit.iter().take_while(|_| desk.turn.is_open()) {
                self.read_source(source, &side);
            }
        }
    }

    fn read_source(&self, source: &Source, side: &SyncSender<Piece>) {
        let (mut n_taken, mut n_bytes, mut parcel) = (0, 0, Vec::new());
        // Where nobody takes any more, what is handed on is dropped.
        let hand_on = |piece| drop(side.send(piece));
        let mut each = |document: Document| {
            n_taken += 1;
            n_bytes += document.text.len() + 1_000;
            parcel.push(document);
            if n_bytes >= PARCEL_BYTES {
                n_bytes = 0;
                hand_on(Piece::Documents(std::mem::take(&mut parcel)));
            }
        };
        let read = catch_unwind(AssertUnwindSafe(|| (self.read)(source, self.corpus, &mut each)));
        (self.tick)();
        hand_on(Piece::Documents(parcel));
        hand_on(Piece::Faults(read.unwrap_or_else(|_| vec![gave_up(source, n_taken)])));
    }
}

/// The sources in their order, small ones several together.
fn units(mut left: &[Source]) -> Vec<&[Source]> {
    let mut units = Vec::new();
    while !left.is_empty() {
        let mut n_bytes = 0;
        let fits = |source: &&Source| {
            n_bytes += source.n_bytes;
            n_bytes <= UNIT_BYTES
        };
        let n = left.iter().take(UNIT_FILES).take_while(fits).count().max(1);
        let (unit, rest) = left.split_at(n);
        units.push(unit);
        left = rest;
    }
    units
}

fn gave_up(source: &Source, n_taken: usize) -> Fault {
    Fault {
        path: source.path.clone(),
        severity: if n_taken == 0 { Severity::Skipped } else { Severity::Cut },
        what: "the reader of this format gave up on the file".into(),
        hint: Some("report it, with the file; the others are not concerned".into()),
        ..Fault::default()
    }
}

/// What the threads share.
struct Desk<'s> {
    units: Vec<&'s [Source]>,
    /// Where each unit is handed on; taken by the thread that reads it.
    sides: Vec<Mutex<Option<SyncSender<Piece>>>>,
    next: AtomicUsize,
    turn: Turn,
}

/// Keeps the threads from reading too far ahead.
#[derive(Default)]
struct Turn {
    n_ahead: usize,
    at: Mutex<At>,
    moved: Condvar,
}

/// Where the taker is: at a unit, or wanting no more.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Unit(usize),
    Closed,
}

impl Default for At {
    fn default() -> Self {
        At::Unit(0)
    }
}

/// Closes the turn when it is let go.
struct Closing<'t>(&'t Turn);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Turn {
    fn set(&self, number: usize) {
        let mut at = lock(&self.at);
        if *at != At::Closed {
            *at = At::Unit(number);
        }
        self.moved.notify_all();
    }

    fn close(&self) {
        *lock(&self.at) = At::Closed;
        self.moved.notify_all();
    }

    fn is_open(&self) -> bool {
        *lock(&self.at) != At::Closed
    }

    /// Waits until the unit of this number may be begun; whether it is wanted.
    fn wait(&self, number: usize, is_large: bool) -> bool {
        let mut at = lock(&self.at);
        loop {
            match *at {
                At::Closed => return false,
                At::Unit(now) if number <= now || !is_large && number < now + self.n_ahead => return true,
                At::Unit(_) => at = self.moved.wait(at).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Digest, DocumentId};

    fn source(number: u64, n_bytes: u64) -> Source {
        Source { path: number.to_string(), file: "".into(), digest: Digest::default(), n_bytes }
    }

    /// Gives as many documents as the file has tens of bytes, and one fault; a file of seven bytes makes it panic.
    fn read(source: &Source, _: &CorpusSettings, each: &mut dyn FnMut(Document)) -> Vec<Fault> {
        assert!(source.n_bytes != 7, "as a broken parser does");
        if source.path.ends_with('3') {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        for n in 0..(source.n_bytes / 10).min(40) {
            let text = "x".repeat(if source.n_bytes > UNIT_BYTES { 200_000 } else { 1 });
            each(Document { id: DocumentId(format!("{}-{n}", source.path)), text, ..Document::default() });
        }
        vec![Fault { path: source.path.clone(), severity: Severity::Cut, what: String::new(), ..Fault::default() }]
    }

    fn reading(
        tick: &(dyn Fn() + Sync),
        corpus: &CorpusSettings,
        take: usize,
        sources: &[Source],
    ) -> (Vec<String>, usize) {
        let mut ids = Vec::new();
        let faults = Reading { corpus, read, tick }.each(sources, &mut |document| {
            ids.push(document.id.0);
            ids.len() < take
        });
        (ids, faults.len())
    }

    #[test]
    fn documents_come_in_the_order_of_their_files_whoever_reads_them() {
        let sizes = [30, 7, 300_000, 0, 20, 40 << 20, 10, 500_000, 60];
        let sources: Vec<Source> = (0..90u64).map(|n| source(n, sizes[n as usize % sizes.len()])).collect();
        let expected: Vec<String> = sources
            .iter()
            .filter(|source| source.n_bytes != 7)
            .flat_map(|source| (0..(source.n_bytes / 10).min(40)).map(move |n| format!("{}-{n}", source.path)))
            .collect();
        let n_done = AtomicUsize::new(0);
        let tick = || _ = n_done.fetch_add(1, Ordering::Relaxed);
        let (ids, n_faults) = reading(&tick, &CorpusSettings::default(), usize::MAX, &sources);
        assert_eq!((ids, n_faults), (expected, sources.len()));
        assert_eq!(n_done.into_inner(), sources.len());
        assert_eq!(
            reading(&|| (), &CorpusSettings::default(), 5, &sources).0.len(),
            5,
            "nothing after the last wanted"
        );
        assert_eq!(reading(&|| (), &CorpusSettings::default(), 5, &[]).0.len(), 0);
    }
}
