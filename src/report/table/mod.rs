//! One table, in every form: CSV, JSON and Parquet.
//!
//! Comes in: rows of cells. Goes out: three files, or, of those of an earlier run, groups of rows as they were written.
//! Invariants: the forms hold the same rows; a group of rows has the same bytes whether it was encoded now or taken from a
//! file that was written before.

mod cell;
mod columns;
mod file;
mod hashed;
mod parquet_file;
mod row_group;
mod rows;
#[cfg(test)]
mod tests;
mod written;

pub use cell::{Cell, Head, Kind};
pub use file::{Chunk, KeptTable, Place, TableFile, write_table};
pub use hashed::HashedFile;
pub use rows::Rows;
