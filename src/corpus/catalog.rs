//! What lies in the corpus before anything is read: files, their digests, and what could not be taken.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// BLAKE3 digest of some bytes, as 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(pub String);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Digest(blake3::hash(bytes).to_hex().to_string())
    }

    /// The digest of all that was put into `hasher`.
    pub fn of_all(hasher: &blake3::Hasher) -> Self {
        Digest(hasher.finalize().to_hex().to_string())
    }
}

/// One file of the corpus, known by its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path relative to the study, with `/` between the parts; names the file in tables and messages.
    pub path: String,
    /// Where to open it.
    #[serde(skip)]
    pub file: PathBuf,
    /// Digest of its bytes, and of what `sources.csv` beside it says of it, where it does.
    pub digest: Digest,
    /// Size in bytes.
    pub n_bytes: u64,
}

impl Source {
    /// A file below `folder`, by its path from there; `hasher` was given all its bytes.
    pub fn below(folder: &Path, file: PathBuf, hasher: &blake3::Hasher) -> Self {
        let path = path_below(folder, &file);
        Source { path, file, digest: Digest::of_all(hasher), n_bytes: hasher.count() }
    }
}

/// The path of a file from `folder` on, with `/` between the parts.
pub fn path_below(folder: &Path, file: &Path) -> String {
    let parts = file.strip_prefix(folder).unwrap_or(file).iter();
    parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// How far a fault went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing of the input was taken.
    #[default]
    Skipped,
    /// The input was taken in part.
    Cut,
    /// All of it was taken, and something about it should be known.
    Degraded,
}

/// One input that was not, or not wholly, taken, with the place, the cause and the mend.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fault {
    /// Path of the file as given.
    pub path: String,
    /// Line (1-based) or record in it, where there is one.
    pub line: Option<u64>,
    /// How far it went.
    pub severity: Severity,
    /// What is wrong; lower case, no full stop.
    pub what: String,
    /// How to mend it.
    pub hint: Option<String>,
    /// Whether it lay with the machine (a disk that fails, a process that does not start) and not with the input, so that the
    /// same bytes may be read at the next try: a run after this one tries again.
    #[serde(default)]
    pub passing: bool,
}

/// What lies in the corpus, in order of path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// The files, sorted by path.
    pub sources: Vec<Source>,
    /// What could not be opened or listed, sorted.
    pub faults: Vec<Fault>,
}
