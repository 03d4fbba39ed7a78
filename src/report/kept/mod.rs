//! What a run wrote of its documents, kept for the next one.
//!
//! Comes in: everything that was found, and the folder of the run before. Goes out: groups of documents, each with keys that
//! name all that is written of it; of those that the run before wrote under the same key, the bytes it wrote.
//! Invariants: bytes are taken only where their digest is the one they were written with; nothing but time depends on what was
//! kept.

mod before;
mod groups;
mod keys;
mod record;
#[cfg(test)]
mod tests;

pub use before::Before;
pub use groups::groups;
pub use keys::{DocumentKeys, Key, joined, keys};
pub use record::{WrittenGroup, keep};
