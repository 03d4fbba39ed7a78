//! A study as programs for qualitative analysis exchange it: a REFI-QDA project (`.qdpx`).
//!
//! A zip archive with the texts under `sources/` and `project.qde`, which holds users, code book, variables and, for each
//! text, what is coded in it. Positions count Unicode code points from 0, ends excluded, in the text as it lies in
//! the archive: UTF-8, line ends as LF, no byte order mark. Identifiers are made of names, so that the same
//! study gives the same bytes.
//!
//! # Source
//! REFI-QDA Standard, version 1.5 (2019): project exchange, and its XML schema.

mod guid;
mod parts;
mod places;
mod write;

pub use parts::Project;
pub use write::{Exported, write_project};
