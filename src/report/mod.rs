//! Findings out: tables, and one page that a reviewer can check.
//!
//! Comes in: everything that was found, room by room. Goes out: a folder of files.
//! Invariants: every figure of the page is in a table; text from documents never becomes markup; the same findings give
//! the same bytes. Only this room rounds. It works nothing out.

mod evidence_tables;
mod findings;
mod page;
mod settings;
mod summary_tables;
mod table;
mod write;

pub use evidence_tables::stance_word;
pub use findings::Findings;
pub use settings::ReportSettings;
pub use summary_tables::agreement_rows;
pub use table::{Cell, Head, Rows};
pub use write::{ReportError, write};
