//! Lists what lies in the corpus, by digest.

use super::catalog::{Catalog, Digest, Fault, Severity, Source};
use super::formats;
use super::settings::CorpusSettings;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// Lists the files that the settings name, sorted by path, each with its digest; reads no text.
///
/// A name in `paths` that is not there, or a glob that meets nothing, is a fault whose `path` is that name as given.
/// Hidden files and folders are passed over, and so is `sources.csv`, which says things of the files beside it. What is not a regular file (a pipe, a socket, a device) is a fault and is
/// never opened; so is a link that leads nowhere or back to a folder above it.
pub fn scan(settings: &CorpusSettings) -> Catalog {
    let mut listing = Listing::new(settings);
    for given in &settings.paths {
        listing.add(given, settings);
    }
    let Listing { found, mut faults, .. } = listing;
    let found: Vec<(String, PathBuf)> = found.into_iter().collect();
    let lists = lists_beside(&found, &mut faults);
    let of_file = |(path, file): (String, PathBuf)| {
        let said = file.parent().and_then(|folder| lists.get(folder)?.get(file.file_name()?.to_str()?));
        let source = digested(path, file.clone())?;
        Ok(match said {
            Some(said) => Source { digest: Digest::of(format!("{}{said}", source.digest.0).as_bytes()), ..source },
            None => source,
        })
    };
    let read: Vec<Result<Source, Fault>> = found.into_par_iter().map(of_file).collect();
    let mut sources = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(source) => sources.push(source),
            Err(fault) => faults.push(fault),
        }
    }
    faults.sort();
    faults.dedup();
    Catalog { sources, faults }
}

/// What the list of fields in each folder says of the files there. A file whose fields change is read again, so what is
/// said of it is part of its digest.
fn lists_beside(found: &[(String, PathBuf)], faults: &mut Vec<Fault>) -> BTreeMap<PathBuf, BTreeMap<String, String>> {
    let folders: BTreeSet<&Path> = found.iter().filter_map(|(_, file)| file.parent()).collect();
    let mut lists = BTreeMap::new();
    for folder in folders.into_iter().filter(|folder| folder.join(formats::LIST_BESIDE).is_file()) {
        match formats::rows_beside(folder) {
            Ok(rows) => _ = lists.insert(folder.to_path_buf(), rows),
            Err(e) => faults.push(unreadable(&shown(&folder.join(formats::LIST_BESIDE)), &e)),
        }
    }
    lists
}

/// One file as a source of its own, for commands that are given files and not a study.
///
/// # Errors
/// The path is not there, is not a regular file, or cannot be read.
pub fn source(file: &Path) -> Result<Source, Fault> {
    let path = shown(file);
    let about = std::fs::metadata(file).map_err(|e| unreadable(&path, &e))?;
    if about.is_dir() {
        return Err(fault(&path, "is a folder, not a file", "name the files in it, or make a study of the folder"));
    }
    if !about.is_file() {
        return Err(irregular(&path));
    }
    digested(path, file.to_path_buf())
}

/// The path with `/` between its parts; bytes that are not UTF-8, and control characters, are shown as `\xNN`.
pub(super) fn shown(path: &Path) -> String {
    let mut out = String::new();
    for part in path.components() {
        if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        match part {
            Component::RootDir => out.push('/'),
            part => push_escaped(&mut out, part.as_os_str().as_encoded_bytes()),
        }
    }
    out
}

/// The folder part of a name in `paths`: all of it, or what stands before its first part with a wildcard.
pub(super) fn literal_part(given: &str) -> &str {
    match given.find(['*', '?', '[', '{']) {
        None => given,
        Some(at) => given[..at].rfind('/').map_or("", |slash| &given[..slash.max(1)]),
    }
}

struct Listing {
    exclude: GlobSet,
    found: BTreeMap<String, PathBuf>,
    faults: Vec<Fault>,
}

impl Listing {
    fn new(settings: &CorpusSettings) -> Self {
        let mut faults = Vec::new();
        let mut exclude = GlobSetBuilder::new();
        for given in &settings.exclude {
            match GlobBuilder::new(given.trim_start_matches("./")).literal_separator(true).build() {
                Ok(glob) => _ = exclude.add(glob),
                Err(e) => {
                    faults.push(fault(given, &format!("is no glob: {}", e.kind()), "mend it under [corpus] exclude"))
                }
            }
        }
        let exclude = exclude.build().unwrap_or_default();
        Self { exclude, found: BTreeMap::new(), faults }
    }

    /// Adds what one name in `paths` stands for: a file, a folder, or a glob.
    fn add(&mut self, given: &str, settings: &CorpusSettings) {
        let file = settings.root.join(given);
        match std::fs::metadata(&file) {
            Ok(about) if about.is_dir() => self.walk(&file, &settings.root, None),
            Ok(about) if about.is_file() => self.take(relative(&file, &settings.root), file),
            Ok(_) => self.faults.push(irregular(given)),
            Err(_) if given.contains(['*', '?', '[', '{']) => self.glob(given, settings),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let hint = "make the folder, or mend the name under [corpus] paths";
                self.faults.push(fault(given, "no such file or folder", hint));
            }
            Err(e) => self.faults.push(unreadable(given, &e)),
        }
    }

    fn glob(&mut self, given: &str, settings: &CorpusSettings) {
        let pattern = relative(&settings.root.join(given), &settings.root);
        let glob = match GlobBuilder::new(&pattern).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(e) => {
                let what = format!("is no glob: {}", e.kind());
                return self.faults.push(fault(given, &what, "mend it under [corpus] paths"));
            }
        };
        let n_before = self.found.len() + self.faults.len();
        self.walk(&settings.root.join(literal_part(given)), &settings.root, Some(&glob));
        if self.found.len() + self.faults.len() == n_before {
            self.faults.push(fault(given, "no file matches", "mend the glob under [corpus] paths"));
        }
    }

    fn walk(&mut self, folder: &Path, root: &Path, glob: Option<&globset::GlobMatcher>) {
        let exclude = self.exclude.clone();
        let wanted = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || (!hidden(entry.path()) && !excluded(&exclude, entry.path(), folder, root))
        };
        let matches = |path: &str| glob.is_none_or(|glob| glob.is_match(path));
        let n_faults = self.faults.len();
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(wanted) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(e) if e.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::Interrupted) => {
                    self.faults.truncate(n_faults);
                    return self.walk(folder, root, glob);
                }
                Err(e) => {
                    let at = e.path().unwrap_or(folder);
                    let path = relative(at, root);
                    let is_wanted = !hidden(at) && !excluded(&exclude, at, folder, root);
                    if is_wanted && (e.loop_ancestor().is_some() || matches(&path)) {
                        self.faults.push(unlisted(&path, &e));
                    }
                    continue;
                }
            };
            let path = relative(entry.path(), root);
            let kind = entry.file_type();
            if kind.is_dir() {
                if entry.depth() > 0 && glob.is_none() && named_like_a_file(entry.path()) {
                    self.faults.push(folder_like_a_file(&path));
                }
            } else if matches(&path) {
                match kind.is_file() {
                    true => self.take(path, entry.into_path()),
                    false => self.faults.push(irregular(&path)),
                }
            }
        }
    }

    fn take(&mut self, path: String, file: PathBuf) {
        if file.file_name().is_none_or(|name| name != formats::LIST_BESIDE) {
            self.found.insert(path, file);
        }
    }
}

/// What lies in a folder, in order of name. A listing that a signal interrupts is begun again.
///
/// # Errors
/// The folder cannot be listed.
pub fn list(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    loop {
        let listed: std::io::Result<Vec<PathBuf>> =
            std::fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
        match listed {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            listed => {
                return listed.map(|mut paths| {
                    paths.sort();
                    paths
                });
            }
        }
    }
}

/// The path below `root` if it lies there, else as it stands.
fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let plain: PathBuf = below.components().filter(|part| !matches!(part, Component::CurDir)).collect();
    shown(&plain)
}

fn hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.as_encoded_bytes()).unwrap_or_default();
    name.starts_with(b".") || name.starts_with(b"~$")
}

fn excluded(exclude: &GlobSet, path: &Path, folder: &Path, root: &Path) -> bool {
    let below = path.strip_prefix(folder).unwrap_or(path);
    !exclude.is_empty()
        && (exclude.is_match(relative(path, root))
            || exclude.is_match(shown(below))
            || path.file_name().is_some_and(|name| exclude.is_match(Path::new(name))))
}

/// Whether a folder's name ends as only files' names do.
fn named_like_a_file(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
    matches!(
        ending.as_str(),
        "pdf" | "docx" | "odt" | "epub" | "txt" | "md" | "html" | "htm" | "xml" | "csv" | "jsonl" | "ris" | "bib"
    )
}

fn digested(path: String, file: PathBuf) -> Result<Source, Fault> {
    let read = || -> std::io::Result<(Digest, u64)> {
        let mut open = File::open(&file)?;
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 1 << 17];
        let mut n_bytes = 0;
        loop {
            let n = match open.read(&mut buffer) {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if n == 0 {
                return Ok((Digest::of_all(&hasher), n_bytes));
            }
            hasher.update(&buffer[..n]);
            n_bytes += n as u64;
        }
    };
    match read() {
        Ok((digest, n_bytes)) => Ok(Source { path, file, digest, n_bytes }),
        Err(e) => Err(unreadable(&path, &e)),
    }
}

fn push_escaped(out: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                c if c.is_control() => out.push_str(&format!("\\x{:02x}", c as u32)),
                '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                    out.push_str(&format!("\\u{{{:x}}}", c as u32));
                }
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
}

fn fault(path: &str, what: &str, hint: &str) -> Fault {
    Fault {
        path: path.into(),
        severity: Severity::Skipped,
        what: what.into(),
        hint: Some(hint.into()),
        ..Fault::default()
    }
}

fn irregular(path: &str) -> Fault {
    fault(path, "is not a regular file (a pipe, socket or device)", "copy what it holds into a file")
}

fn folder_like_a_file(path: &str) -> Fault {
    let hint = "rename the folder, or put the file in its place";
    Fault {
        severity: Severity::Degraded,
        ..fault(path, "is a folder with the name of a file; what lies in it is read", hint)
    }
}

pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Fault {
    fault(path, &format!("cannot be read: {}", cause(error)), "see that the file is there and that you may read it")
}

fn unlisted(path: &str, error: &walkdir::Error) -> Fault {
    if error.loop_ancestor().is_some() {
        return fault(path, "is a link to a folder above it", "remove the link");
    }
    match error.io_error() {
        Some(e) if e.kind() == std::io::ErrorKind::NotFound => fault(
            path,
            "is a link that leads nowhere, or was removed",
            "remove the link, or put back what it points at",
        ),
        Some(e) => unreadable(path, e),
        None => fault(path, "cannot be listed", "see that you may read the folder"),
    }
}

/// What the system says of an error, lower case and without its number.
fn cause(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or("").to_lowercase();
    if text.is_empty() { "the system gives no reason".into() } else { text }
}
