//! What a study says about its runs.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// `[history]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HistorySettings {
    /// Folder that holds a folder a study, relative to the folder that holds `config/`.
    pub output: PathBuf,
    /// How many runs to keep, the newest included; older ones are removed after a run is published.
    pub keep: Option<usize>,
    /// For how many days to keep a run, counted from the start of the newest. Neither setting removes the newest run, or
    /// one that is pinned by a file named `pinned` in its folder.
    pub keep_days: Option<u32>,
    /// The study's own folder below `output`; filled in when the study is loaded.
    #[serde(skip)]
    pub folder: PathBuf,
}

impl Default for HistorySettings {
    fn default() -> Self {
        Self { output: PathBuf::from("output"), keep: None, keep_days: None, folder: PathBuf::new() }
    }
}
