//! Files in, documents out: scan what lies there, read it as it is written.
//!
//! Comes in: the study's corpus settings. Goes out: a `Catalog` by digest, and `Document`s one at a time.
//! Invariants: text is exactly what the format holds; a bad file or record is a `Fault` and costs only itself;
//! the order is that of paths, then of records. This room does not cut, count or judge text.

mod apart;
mod catalog;
mod cells;
mod dedupe;
mod document;
mod formats;
mod read;
mod scan;
mod settings;

pub use apart::read_apart;
pub use catalog::{Catalog, Digest, Fault, Severity, Source, path_below};
pub use cells::{n_lines_behind, needs_guard, without_guard};
pub use dedupe::{merged, signature, versions};
pub use document::{
    Document, DocumentId, Edition, Metadata, Page, Sameness, Section, SectionKind, Signature, Span, Version,
};
pub use read::{NO_ABSTRACT, read, read_texts, serve, without_text};
pub use scan::{list, scan, source};
pub use settings::{ColumnSettings, CorpusSettings, DuplicateSettings, LimitSettings};

#[cfg(test)]
mod tests;
