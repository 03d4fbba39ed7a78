//! What a study says about its corpus.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// `[corpus]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CorpusSettings {
    /// Files, folders and globs to read, relative to the folder that holds `config/`.
    pub paths: Vec<String>,
    /// Globs of paths to leave out.
    pub exclude: Vec<String>,
    /// Which columns of `.csv` and `.jsonl` hold what.
    pub columns: ColumnSettings,
    /// Folder that relative paths start from; filled in when the study is loaded.
    #[serde(skip)]
    pub root: PathBuf,
}

impl Default for CorpusSettings {
    fn default() -> Self {
        Self { paths: Vec::new(), exclude: Vec::new(), columns: ColumnSettings::default(), root: PathBuf::from(".") }
    }
}

/// Names of the columns of a table or JSONL file. Columns that are not named here go to `Metadata::extra`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnSettings {
    /// Holds the document's id.
    pub id: String,
    /// Holds the title.
    pub title: String,
    /// Holds the text.
    pub text: String,
    /// Holds the year.
    pub year: String,
}

impl Default for ColumnSettings {
    fn default() -> Self {
        Self { id: "id".into(), title: "title".into(), text: "text".into(), year: "year".into() }
    }
}
