//! What a study says about its corpus.

use super::document::Sameness;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// `[corpus]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CorpusSettings {
    /// Files, folders and globs to read, relative to the folder that holds `config/`.
    #[schemars(length(min = 1))]
    pub paths: Vec<String>,
    /// Globs of paths to leave out; each is tried on the whole path, on the path below its folder, and on the bare name.
    pub exclude: Vec<String>,
    /// Which columns of `.csv` and `.jsonl` hold what.
    pub columns: ColumnSettings,
    /// What counts as the same work twice.
    pub duplicates: DuplicateSettings,
    /// How much one file may ask for before it is cut or left out.
    pub limits: LimitSettings,
    /// Folder that relative paths start from; filled in when the study is loaded.
    #[serde(skip)]
    pub root: PathBuf,
}

impl Default for CorpusSettings {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            exclude: Vec::new(),
            columns: ColumnSettings::default(),
            duplicates: DuplicateSettings::default(),
            limits: LimitSettings::default(),
            root: PathBuf::from("."),
        }
    }
}

/// Names of the columns of a table or JSONL file. Columns that are not named here go to `Metadata` by their own names
/// (`authors`, `doi`, `kind`, `language`, `publication`, `url`), all others to `Metadata::extra`.
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

/// `[corpus.duplicates]`: when two documents are versions of one work, which then counts once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicateSettings {
    /// What tells that two documents are one work: `doi`, `title`, `text`. With none, every document counts.
    pub by: Vec<Sameness>,
    /// Least share of five-word shingles that two texts must have in common, from 0 to 1, to be nearly the same.
    pub likeness: f64,
}

impl Default for DuplicateSettings {
    fn default() -> Self {
        Self { by: vec![Sameness::Doi, Sameness::Title, Sameness::Text], likeness: 0.8 }
    }
}

/// `[corpus.limits]`: bounds on what one file may cost. Each is named in the fault when it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Longest text of one document, in bytes; the rest is cut.
    pub text_bytes: u64,
    /// Largest file, archive member or record that is read, in bytes as read.
    pub entry_bytes: u64,
    /// Most members of one archive.
    pub n_entries: u32,
    /// Deepest nesting of archives in archives.
    pub n_packages: u32,
    /// Times that unpacked bytes may outgrow packed ones, once the first million bytes are past.
    pub growth: u32,
    /// Longest field of metadata, in bytes; the rest is cut.
    pub field_bytes: u64,
    /// Deepest nesting of elements in XML.
    pub xml_depth: u32,
    /// Deepest nesting of elements in HTML.
    pub html_depth: u32,
    /// Processor time that the parser of one file may take, in seconds.
    pub cpu_seconds: u64,
    /// Longest time that a parser may say nothing, in seconds.
    pub silence_seconds: u64,
    /// Memory that the parser of one file may take, in bytes.
    pub memory_bytes: u64,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            text_bytes: 200_000_000,
            entry_bytes: 500_000_000,
            n_entries: 10_000,
            n_packages: 3,
            growth: 1_000,
            field_bytes: 100_000,
            xml_depth: 256,
            html_depth: 512,
            cpu_seconds: 60,
            silence_seconds: 120,
            memory_bytes: 1 << 30,
        }
    }
}
