//! The record of what was written.

use super::super::page::Wordings;
use super::super::table::Place;
use super::keys::Key;
use crate::index::{IndexError, PassageIndex};
use serde::{Deserialize, Serialize};

/// What the record goes by beside the index.
pub(super) const KIND: &str = "written";

/// What was written of a group of documents.
#[derive(Debug, Serialize, Deserialize)]
pub struct WrittenGroup {
    /// What was read of it.
    pub read: Key,
    /// What the themes found in it.
    pub found: Key,
    /// Where its rows stand, table by table.
    pub places: Vec<Place>,
    /// What the patterns met in it, as it is written.
    pub words: Wordings,
}

/// What a run wrote: for each table what tells whether its Parquet form is still the same, the groups, and what the page
/// holds of each document.
pub type Written<Text> = (Vec<Key>, Vec<WrittenGroup>, Vec<(Key, Text)>);

/// Keeps what was written for the next run.
///
/// # Errors
/// It cannot be written.
pub fn keep(index: &PassageIndex, written: &Written<&str>) -> Result<(), IndexError> {
    index.keep_for_next(KIND, written)
}
