//! What the run before wrote, as far as it is still there.

use super::super::page::Wordings;
use super::super::table::{Chunk, KeptTable};
use super::super::tables::{GROWING, Tells};
use super::keys::Key;
use super::record::{KIND, Written, WrittenGroup};
use crate::index::PassageIndex;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What the run before wrote.
pub struct Before {
    groups: Vec<WrittenGroup>,
    /// The group that a key names; those of what was read and of what was found are never the same.
    of_key: FxHashMap<Key, usize>,
    shown: Mutex<FxHashMap<Key, String>>,
    tables: Vec<Option<KeptTable>>,
}

impl Before {
    /// What was kept of the run that lies in `folder`; nothing where there is none, or what was kept is of another.
    pub fn open(index: &PassageIndex, folder: &Path) -> Self {
        let written: Option<Written<String>> = index.recalled(KIND);
        let (footers, groups, shown) = written.unwrap_or_default();
        let of_key = groups.iter().zip(0..).flat_map(|(group, at)| [(group.read, at), (group.found, at)]).collect();
        let folder = folder.join("tables");
        let tables =
            GROWING.iter().zip(footers).map(|(table, footer)| KeptTable::open(&folder, table.head, &footer).ok());
        Self { of_key, shown: Mutex::new(shown.into_iter().collect()), tables: tables.collect(), groups }
    }

    /// The rows that were written for a table, by its place in `GROWING`, of the documents that `key` names. `None` where
    /// there are none, or they are no longer as they were written.
    pub fn rows(&self, table: usize, key: &Key) -> Option<Chunk> {
        let place = self.groups[*self.of_key.get(key)?].places.get(table)?;
        self.tables.get(table)?.as_ref()?.chunk(place).ok()
    }

    /// What the patterns met in the documents that `key` names.
    pub fn words(&self, key: &Key) -> Option<Wordings> {
        Some(self.groups[*self.of_key.get(key)?].words.clone())
    }

    /// What the page held of the document that `key` names; it is given away, once.
    pub fn shown(&self, key: &Key) -> Option<String> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).remove(key)
    }
}

impl Tells {
    /// The key of the two that names what such a table tells of.
    pub fn key<'k>(self, read: &'k Key, found: &'k Key) -> &'k Key {
        match self {
            Tells::Read => read,
            Tells::Found => found,
        }
    }
}
