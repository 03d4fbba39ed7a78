//! Findings out: tables, and one page that a reviewer can check.
//!
//! Comes in: everything that was found, room by room. Goes out: a folder of files.
//! Invariants: every figure of the page is in a table; text from documents never becomes markup; the same findings give
//! the same bytes; a document is opened once for all that grows with the corpus. Only this room rounds. It works nothing out.

mod lines;
mod findings;
mod settings;
mod opened;
mod table;
mod tables;
mod page;
mod project;
mod changes;
mod kept;
mod write;

pub use changes::{
    Before, ChangePart, ChangedCandidate, ChangedDocument, ChangedTheme, Changes, CountedShare, write_changes,
};
pub use findings::Findings;
pub use lines::{CardLine, card_lines};
pub use project::{Exported, Project, write_project};
pub use settings::ReportSettings;
pub use table::{Cell, Head, Rows, write_table};
pub use tables::{agreement_rows, candidate_rows, pattern_rows, severity_word, stance_word};
pub use write::{ReportError, write};

#[cfg(test)]
mod tests;
