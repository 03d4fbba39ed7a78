//! What a study says about its index.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// `[index]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IndexSettings {
    /// Memory for passages that are not yet written, in megabytes; at least 30.
    pub memory_mb: usize,
    /// The study's state folder; filled in when the study is loaded.
    #[serde(skip)]
    pub state: PathBuf,
}

impl Default for IndexSettings {
    fn default() -> Self {
        Self { memory_mb: 200, state: PathBuf::new() }
    }
}
