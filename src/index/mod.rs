//! Passages made searchable, and kept.
//!
//! Comes in: a catalog. Goes out: a `PassageIndex` that answers in the order of the documents. tantivy is the only store;
//! it is fed the analyzer's tokens and streams them back, but never scores and never tokenizes.
//! Invariants: the same corpus gives the same answers whatever its history and the number of threads.

mod answers;
mod concordance;
mod passage_index;
mod reread;
mod settings;
mod store;
mod stream;
mod sync;

pub use concordance::{KwicLine, concordance};
pub use passage_index::{Content, IndexError, IndexedDocument, PassageIndex};
pub use settings::IndexSettings;
pub use store::{Damage, is_there, verify};
pub use sync::{Preview, document_digest, join_works, preview, stored, sync};

#[cfg(test)]
mod tests;
