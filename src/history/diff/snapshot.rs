//! One published run as it is compared with another: its record, and what each document has.

use super::super::error::{PublishError, failed};
use super::super::publish::{is_theme_file, kept_input};
use super::super::record::{RunId, RunRecord};
use super::super::settings::HistorySettings;
use crate::corpus::{Digest, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The themes of a document, by id.
pub type Themes = BTreeSet<String>;

/// What one run knew of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownDocument {
    /// Digest of its text and fields.
    pub digest: Digest,
    /// The file it came from.
    pub source: String,
    /// Whether it counted.
    pub included: bool,
    /// Whether another document stood for its work.
    pub is_version: bool,
    /// The themes it has, whether it counted or not; where repeated passages count once, by the others alone.
    pub themes: Themes,
}

/// A run, read back from its folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// What made it.
    pub record: RunRecord,
    /// Its documents, by id.
    pub documents: BTreeMap<String, KnownDocument>,
    /// Its theme files as they were then, below the folder `inputs` of the run.
    pub theme_files: Vec<PathBuf>,
    /// Its codings and verdicts as they were then, by their names in the record.
    pub judgement_files: BTreeMap<String, PathBuf>,
}

/// A document and a theme.
pub type Pair = (String, String);

#[derive(Deserialize)]
struct DocumentRow {
    document: String,
    source: String,
    included: bool,
    #[serde(default)]
    digest: Digest,
    #[serde(default)]
    version_of: Option<String>,
}

#[derive(Deserialize)]
struct PassageRow {
    document: String,
    passage: u32,
    #[serde(default)]
    repeats: Option<String>,
}

#[derive(Deserialize)]
struct PassageScoreRow {
    document: String,
    passage: u32,
    theme: String,
    has_theme: bool,
}

#[derive(Deserialize)]
struct ScoreRow {
    document: String,
    theme: String,
    has_theme: bool,
}

#[derive(Deserialize)]
struct PatternRow {
    theme: String,
    pattern: String,
    weight: f64,
}

#[derive(Deserialize)]
struct HitRow {
    document: String,
    theme: String,
    pattern: String,
    negated: bool,
}

/// Reads a run back, out of its record and tables.
///
/// # Errors
/// There is no such run, or its record or a table cannot be read.
pub fn snapshot(settings: &HistorySettings, run: &RunId) -> Result<Snapshot, PublishError> {
    let folder = settings.folder.join(&run.0);
    let path = folder.join("run.json");
    let record = std::fs::read(&path).and_then(|bytes| serde_json::from_slice(&bytes).map_err(io::Error::from));
    let record: RunRecord = record.map_err(unreadable(&path))?;
    let mut documents = BTreeMap::new();
    read_rows(&folder, "documents", |row: DocumentRow| {
        let DocumentRow { document, source, included, digest, version_of } = row;
        let (is_version, themes) = (version_of.is_some(), Themes::new());
        documents.insert(document, KnownDocument { digest, source, included, is_version, themes });
    })?;
    let mut has = |document: &str, theme: String| {
        if let Some(document) = documents.get_mut(document) {
            document.themes.insert(theme);
        }
    };
    if counts_once(&record) {
        let mut repeated = BTreeSet::new();
        read_rows(&folder, "passages", |row: PassageRow| {
            repeated.extend(row.repeats.map(|_| (row.document, row.passage)));
        })?;
        read_rows(&folder, "passage_scores", |row: PassageScoreRow| {
            let at = (row.document, row.passage);
            if row.has_theme && !repeated.contains(&at) {
                has(&at.0, row.theme);
            }
        })?;
    } else {
        read_rows(&folder, "document_scores", |row: ScoreRow| {
            if row.has_theme {
                has(&row.document, row.theme);
            }
        })?;
    }
    let (themes, judgements): (Vec<_>, Vec<_>) = record.inputs.iter().partition(|input| is_theme_file(input));
    let kept = |input: &Source| folder.join(kept_input(input));
    let theme_files = themes.into_iter().map(kept).collect();
    let judgement_files = judgements.into_iter().map(|input| (input.path.clone(), kept(input))).collect();
    Ok(Snapshot { theme_files, judgement_files, record, documents })
}

/// Whether a run counted passages that repeat others but once, so that what a document has depends on the others.
pub(super) fn counts_once(record: &RunRecord) -> bool {
    record.settings.pointer("/synthesis/repeated_passages").is_some_and(|counted| counted == "once")
}

/// The weights that a run believed, to the millionth, by theme and pattern.
///
/// # Errors
/// Its table of patterns cannot be read.
pub fn weights(settings: &HistorySettings, run: &RunId) -> Result<BTreeMap<Pair, f64>, PublishError> {
    let mut weights = BTreeMap::new();
    read_rows(&settings.folder.join(&run.0), "patterns", |row: PatternRow| {
        weights.insert((row.theme, row.pattern), row.weight);
    })?;
    Ok(weights)
}

/// The patterns that gave each of the wanted documents each theme; denied hits left out. Hits pass through one by one.
///
/// # Errors
/// The table of hits cannot be read.
pub fn patterns(
    settings: &HistorySettings,
    run: &RunId,
    wanted: &BTreeSet<Pair>,
) -> Result<BTreeMap<Pair, BTreeSet<String>>, PublishError> {
    let mut found: BTreeMap<Pair, BTreeSet<String>> = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(found);
    }
    let documents: BTreeSet<&str> = wanted.iter().map(|(document, _)| document.as_str()).collect();
    // How the rows of a document begin that nothing is wanted of: of most rows no more is read.
    let mut unwanted: Option<Vec<u8>> = None;
    lines(&settings.folder.join(&run.0), "hits", &mut |line| {
        if unwanted.as_ref().is_some_and(|start| line.starts_with(start)) {
            return Ok(());
        }
        let row: HitRow = serde_json::from_slice(line)?;
        if !documents.contains(row.document.as_str()) {
            unwanted = Some(format!("{{\"document\":{},", serde_json::to_string(&row.document)?).into_bytes());
            return Ok(());
        }
        let pair = (row.document, row.theme);
        if !row.negated && wanted.contains(&pair) {
            found.entry(pair).or_default().insert(row.pattern);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Hands on the rows of a table of a run, one at a time. Its JSON form is read: there nothing is defused, and a row is a line.
pub(in crate::history) fn read_rows<T: DeserializeOwned>(
    run: &Path,
    table: &str,
    mut each: impl FnMut(T),
) -> Result<(), PublishError> {
    lines(run, table, &mut |line| {
        each(serde_json::from_slice(line)?);
        Ok(())
    })
}

/// Hands on the rows of a table of a run as they are written, one at a time.
fn lines(run: &Path, table: &str, each: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> Result<(), PublishError> {
    let path = run.join("tables").join(table).with_extension("json");
    let mut read = || -> io::Result<()> {
        let mut file = BufReader::with_capacity(1 << 16, File::open(&path)?);
        let mut line = Vec::new();
        while file.read_until(b'\n', &mut line)? > 0 {
            let row = line.strip_suffix(b"\n").unwrap_or(&line);
            let row = row.strip_suffix(b",").unwrap_or(row);
            if !matches!(row, b"[" | b"]" | b"") {
                each(row)?;
            }
            line.clear();
        }
        Ok(())
    };
    read().map_err(unreadable(&path))
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> PublishError {
    let hint = "throughline verify says what is damaged, throughline runs which runs there are";
    let failed = failed(path, "cannot be read back");
    move |source| PublishError { hint, ..failed(source) }
}
