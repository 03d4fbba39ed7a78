//! Looks for rot in what was published: files against their record, quotes against their sources.

use super::diff::read_rows;
use super::error::PublishError;
use super::publish::is_sealed;
use super::record::RunRecord;
use super::settings::HistorySettings;
use crate::corpus::{self, Catalog, CorpusSettings, Digest, Source};
use crate::index::{Damage, document_digest};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The files of a run that its record does not name.
const UNNAMED: [&str; 2] = ["run.json", "pinned"];

/// Compares every published run with its record, byte for byte, and lists all damage, sorted; changes nothing.
pub fn verify(settings: &HistorySettings) -> Vec<Damage> {
    let mut damages = Vec::new();
    let mut folders = list(&settings.folder, &mut damages);
    folders.retain(|folder| is_run(folder));
    for folder in &folders {
        match read_record(folder) {
            Ok(record) => verify_run(folder, &record, &mut damages),
            Err(damage) => damages.push(damage),
        }
    }
    let latest = settings.folder.join("latest");
    if latest.is_dir() && !latest.is_symlink() {
        damages.push(Damage { path: latest, what: "it is a folder of its own and no link to a run".to_owned() });
    } else if !folders.is_empty() && !latest.join("run.json").exists() && cfg!(unix) {
        damages.push(Damage { path: latest, what: "it does not lead to a run".to_owned() });
    }
    damages.sort();
    damages.dedup();
    damages
}

/// Whether a folder goes by the name of a run, `20261122T073105Z` or `20261122T073105Z-2`.
fn is_run(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let start = name.split('-').next().unwrap_or_default().as_bytes();
    let shape = |(place, byte): (usize, &u8)| match place {
        8 => *byte == b'T',
        15 => *byte == b'Z',
        _ => byte.is_ascii_digit(),
    };
    start.len() == 16 && start.iter().enumerate().all(shape) && folder.is_dir() && !folder.is_symlink()
}

fn read_record(folder: &Path) -> Result<RunRecord, Damage> {
    let path = folder.join("run.json");
    let damage = |what: String| Damage { path: path.clone(), what };
    let json = fs::read_to_string(&path).map_err(|error| damage(format!("the record cannot be read: {error}")))?;
    if !is_sealed(&json) {
        return Err(damage("the bytes of the record have changed".to_owned()));
    }
    let record: RunRecord =
        serde_json::from_str(&json).map_err(|error| damage(format!("the record is no record: {error}")))?;
    match folder.ends_with(&record.run.0) {
        true => Ok(record),
        false => Err(damage(format!("the record is that of the run {}", record.run))),
    }
}

fn verify_run(folder: &Path, record: &RunRecord, damages: &mut Vec<Damage>) {
    let mut named: BTreeSet<PathBuf> = UNNAMED.iter().map(|name| folder.join(name)).collect();
    for output in &record.outputs {
        let path = folder.join(&output.path);
        if let Some(what) = fault_of(&path, output) {
            damages.push(Damage { path: path.clone(), what });
        }
        named.insert(path);
    }
    let mut there = Vec::new();
    files(folder, &mut there, damages);
    let strays = there.into_iter().filter(|path| !named.contains(path));
    damages.extend(strays.map(|path| Damage { path, what: "the record of the run does not name this file".into() }));
}

fn fault_of(path: &Path, output: &Source) -> Option<String> {
    let n_bytes = match fs::metadata(path) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Some("the file is missing".into()),
        Err(error) => return Some(format!("the file cannot be read: {error}")),
    };
    if n_bytes != output.n_bytes {
        return Some(format!("the file has {n_bytes} bytes and had {}", output.n_bytes));
    }
    let mut hasher = blake3::Hasher::new();
    match File::open(path).and_then(|file| hasher.update_reader(file).map(|_| ())) {
        Ok(()) if hasher.finalize().to_hex().as_str() == output.digest.0 => None,
        Ok(()) => Some("the bytes of the file have changed".into()),
        Err(error) => Some(format!("the file cannot be read: {error}")),
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>, damages: &mut Vec<Damage>) {
    for path in list(folder, damages) {
        if path.is_dir() { files(&path, found, damages) } else { found.push(path) }
    }
}

/// What lies in a folder; one that cannot be listed is damage, and a folder that was never made is empty.
fn list(folder: &Path, damages: &mut Vec<Damage>) -> Vec<PathBuf> {
    corpus::list(folder).unwrap_or_else(|error| {
        if error.kind() != std::io::ErrorKind::NotFound {
            damages.push(Damage { path: folder.to_owned(), what: format!("the folder cannot be listed: {error}") });
        }
        Vec::new()
    })
}

/// Whether a file of a run, by its path in it, tells of the run before as well, and so is not given by what went in alone.
fn tells_of_the_run_before(name: &Path) -> bool {
    name == Path::new("changes.html") || name.starts_with("changes")
}

/// Compares two folders file by file, but for the records of runs and what changed since the run before, and says where `made`
/// is not as `kept`.
pub fn compare(kept: &Path, made: &Path) -> Vec<Damage> {
    let mut damages = Vec::new();
    let mut below = |folder: &Path| -> BTreeMap<PathBuf, PathBuf> {
        let mut found = Vec::new();
        files(folder, &mut found, &mut damages);
        let below = |path: PathBuf| (path.strip_prefix(folder).unwrap_or(&path).to_owned(), path.clone());
        found
            .into_iter()
            .map(below)
            .filter(|(name, _)| {
                !UNNAMED.iter().any(|unnamed| name == Path::new(unnamed)) && !tells_of_the_run_before(name)
            })
            .collect()
    };
    let (kept_files, made_files) = (below(kept), below(made));
    for (name, path) in &kept_files {
        let what = match made_files.get(name) {
            None => "a run from nothing does not make this file",
            Some(again) if fs::read(path).ok() != fs::read(again).ok() => "a run from nothing gives other bytes",
            Some(_) => continue,
        };
        damages.push(Damage { path: path.clone(), what: what.to_owned() });
    }
    let more = made_files.keys().filter(|name| !kept_files.contains_key(*name));
    damages
        .extend(more.map(|name| Damage { path: kept.join(name), what: "a run from nothing makes this file".into() }));
    damages
}

/// What came of reading quotes again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotes {
    /// Quotes that stand in their source at their span.
    pub n_good: usize,
    /// Quotes whose source is no longer what the run read, and cannot be looked at.
    pub n_unread: usize,
    /// Those sources, sorted: changed, gone or moved since the run.
    pub unread: Vec<String>,
    /// Quotes that do not stand where they should, and documents that cannot be read as they were.
    pub damages: Vec<Damage>,
}

#[derive(Deserialize)]
struct DocumentRow {
    document: String,
    source: String,
    digest: Digest,
}

#[derive(Deserialize)]
struct HitRow {
    document: String,
    start: usize,
    end: usize,
    quote: String,
}

/// A quote that is looked for.
struct Quote {
    start: usize,
    end: usize,
    digest: blake3::Hash,
}

/// The quotes of a document, and what tells it.
struct Quoted {
    id: String,
    digest: Digest,
    quotes: Vec<Quote>,
}

/// Reads every quote of a run again in its source, at its span. The sources are read as the run read them, by the settings
/// in its record. What is held is a digest for each quote, and one source at a time.
///
/// # Errors
/// A table of the run cannot be read.
pub fn verify_quotes(
    settings: &HistorySettings,
    record: &RunRecord,
    catalog: &Catalog,
    root: &Path,
    tick: &(dyn Fn() + Sync),
) -> Result<Quotes, PublishError> {
    let run = settings.folder.join(&record.run.0);
    let corpus = record.settings.get("corpus").cloned().unwrap_or_default();
    let corpus: CorpusSettings = serde_json::from_value(corpus).unwrap_or_default();
    let corpus = CorpusSettings { root: root.to_owned(), ..corpus };
    let mut quotes = Quotes::default();
    for (path, mut quoted) in by_source(&run)? {
        let was = record.sources.iter().find(|source| source.path == path);
        let is = catalog.sources.iter().find(|source| source.path == path);
        tick();
        let Some(source) = is.filter(|is| was.is_some_and(|was| was.digest == is.digest)) else {
            quotes.n_unread += quoted.iter().map(|document| document.quotes.len()).sum::<usize>();
            quotes.unread.push(path);
            continue;
        };
        corpus::read(source, &corpus, &mut |document| {
            let digest = document_digest(&document);
            for quoted in quoted.extract_if(.., |quoted| quoted.digest == digest) {
                quoted.check(&document.text, source, &mut quotes);
            }
        });
        let lost = quoted.iter().map(|quoted| Damage {
            path: source.file.clone(),
            what: format!("document \"{}\" is not in it as the run read it", quoted.id),
        });
        quotes.damages.extend(lost);
    }
    quotes.damages.sort();
    Ok(quotes)
}

/// The documents of a run with their quotes, by source.
fn by_source(run: &Path) -> Result<BTreeMap<String, Vec<Quoted>>, PublishError> {
    let mut quotes: BTreeMap<String, Vec<Quote>> = BTreeMap::new();
    read_rows(run, "hits", |HitRow { document, start, end, quote }| {
        let digest = blake3::hash(quote.as_bytes());
        quotes.entry(document).or_default().push(Quote { start, end, digest });
    })?;
    let mut sources: BTreeMap<String, Vec<Quoted>> = BTreeMap::new();
    read_rows(run, "documents", |DocumentRow { document, source, digest }| {
        let quotes = quotes.remove(&document).unwrap_or_default();
        sources.entry(source).or_default().push(Quoted { id: document, digest, quotes });
    })?;
    Ok(sources)
}

impl Quoted {
    fn check(&self, text: &str, source: &Source, quotes: &mut Quotes) {
        for quote in &self.quotes {
            let words = text.get(quote.start..quote.end);
            if words.is_some_and(|words| blake3::hash(words.as_bytes()) == quote.digest) {
                quotes.n_good += 1;
                continue;
            }
            let what =
                format!("document \"{}\": the quote at bytes {} to {} is not there", self.id, quote.start, quote.end);
            quotes.damages.push(Damage { path: source.file.clone(), what });
        }
    }
}
