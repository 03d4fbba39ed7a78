//! What a study says about its index.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// `[index]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IndexSettings {
    /// Memory for passages that are not yet written, in megabytes; at least 30.
    pub memory_mb: usize,
    /// Memory that the whole program is to stay within, in bytes; no bound where it is `None`. It changes no result, and is
    /// no part of a study.
    #[serde(skip)]
    pub bound_bytes: Option<u64>,
    /// The study's state folder; filled in when the study is loaded.
    #[serde(skip)]
    pub state: PathBuf,
}

impl Default for IndexSettings {
    fn default() -> Self {
        Self { memory_mb: 200, bound_bytes: None, state: PathBuf::new() }
    }
}

impl IndexSettings {
    /// Memory for passages that are not yet written, in bytes: what the study says, and a quarter of the bound at most.
    pub fn buffer_bytes(&self) -> usize {
        let asked = self.memory_mb << 20;
        self.bound_bytes.map_or(asked, |bound| asked.min((bound / 4) as usize))
    }
}
