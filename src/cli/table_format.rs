//! The forms in which a table is printed.

use clap::ValueEnum;

/// Form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Aligned for reading
    Table,
    /// Comma-separated, with a header
    Csv,
    /// One JSON object a line
    Json,
}
