//! The one place that knows tantivy: terms, entries, segments, and the ledger that says what they must hold.
//!
//! A document of the corpus is one entry of the store, named by a number that is never given twice. Its types are the
//! terms of one field with their positions in the document; where its sentences lie is a column of numbers; its text
//! is kept compressed. The ledger names every source, document and file, with digests, and is written last: what it
//! does not name is not there, and what it names and the store lacks is read again.

mod entry;
mod ledger;
mod segments;
mod term;
mod transcript;
mod verify;
mod writer;

pub(super) use entry::{Entry, Kept, SentenceMark};
pub(super) use ledger::{
    Known, Ledger, LedgerSource, ListReader, ListWriter, StoreFolder, Thorough, read_sealed, write_sealed,
};
pub(super) use segments::{PostingReader, Segment, Store};
pub(super) use term::decode as decode_term;
pub(super) use transcript::Scribe;
pub use verify::{Damage, is_there, verify};
pub(super) use verify::{checksums, count, recall};
pub(super) use writer::StoreWriter;
