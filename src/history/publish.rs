//! Publishes a run whole, or not at all.

use super::record::{Instant, RunId, RunRecord};
use super::retain::retain;
use super::settings::HistorySettings;
use crate::corpus::{Digest, Source, list, path_below};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The staged folder of this process, so that a signal can take it away. Held while a run is being published: a signal
/// that comes then finds the run published.
static STAGED: Mutex<Option<PathBuf>> = Mutex::new(None);

fn staged() -> MutexGuard<'static, Option<PathBuf>> {
    STAGED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes away what this process has staged and not published; for a program that is about to be ended by a signal.
pub fn abandon() {
    let staged = staged();
    if let Some(folder) = staged.as_ref() {
        // Other threads are still writing into it: under another name they no longer find it, and it can be emptied.
        let aside = folder.with_extension("gone");
        let _ = fs::rename(folder, &aside);
        let _ = fs::remove_dir_all(aside);
        let _ = fs::remove_dir_all(folder);
    }
    // Never given back: nothing may be published from here on.
    std::mem::forget(staged);
}

/// A run could not be published, or an earlier one not be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {what}: {source}\n  hint: {hint}", path.display())]
pub struct PublishError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was tried.
    pub what: &'static str,
    /// What the system said.
    pub source: io::Error,
    /// How to mend it.
    pub hint: &'static str,
}

pub(super) fn failed(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> PublishError {
    let path = path.to_owned();
    let hint = "free space or make the folder writable, then run again: what was published before is untouched";
    move |source| PublishError { path, what, source, hint }
}

/// A folder that becomes a run when it is published, and goes away when it is not.
#[derive(Debug)]
pub struct Staging {
    folder: Option<tempfile::TempDir>,
}

impl Staging {
    /// Where to write.
    pub fn folder(&self) -> &Path {
        self.folder.as_ref().map_or(Path::new(""), tempfile::TempDir::path)
    }
}

/// Makes an empty folder beside the runs, and clears away what runs that died have left.
///
/// To be called with the lock held, before anything is read, so that an output folder that cannot be written is found at once.
///
/// # Errors
/// The output folder cannot be written.
pub fn stage(settings: &HistorySettings) -> Result<Staging, PublishError> {
    let folder = &settings.folder;
    fs::create_dir_all(folder).map_err(failed(folder, "cannot make the output folder"))?;
    for path in list(folder).map_err(failed(folder, "cannot list the output folder"))? {
        if name_of(&path).starts_with(".staging-") {
            let _ = fs::remove_dir_all(path);
        }
    }
    let staging = tempfile::Builder::new().prefix(".staging-").tempdir_in(folder);
    let staging = staging.map_err(failed(folder, "cannot write to the output folder"))?;
    *staged() = Some(staging.path().to_owned());
    Ok(Staging { folder: Some(staging) })
}

/// Keeps the text of theme files, codings and verdicts with the run, under `inputs/`, so that a later run can be scored by
/// them.
///
/// # Errors
/// A file cannot be copied.
pub fn keep_inputs(staging: &Staging, inputs: &[Source]) -> Result<(), PublishError> {
    for input in inputs {
        let copy = staging.folder().join(kept_input(input));
        let folder = copy.parent().unwrap_or(staging.folder());
        fs::create_dir_all(folder).map_err(failed(folder, "cannot make the folder"))?;
        fs::copy(&input.file, &copy).map_err(failed(&copy, "cannot keep the input"))?;
    }
    Ok(())
}

/// Whether an input of a run is a theme file; the others are codings and verdicts.
pub(super) fn is_theme_file(input: &Source) -> bool {
    input.path.ends_with(".toml")
}

/// Where the text of an input is kept below the folder of a run.
pub(super) fn kept_input(input: &Source) -> PathBuf {
    let parts = Path::new(&input.path).components().filter(|part| matches!(part, std::path::Component::Normal(_)));
    Path::new("inputs").join(parts.collect::<PathBuf>())
}

/// Makes the staged folder the newest run: sync every file, write the record, rename, sync, then move `latest`.
///
/// Fills in the record's `run`, `outputs` and `seal`, and the first run of candidates that are new. Outputs that the record
/// has already are taken to be as it says where they are as long; all others are read for their digests. Afterwards runs
/// beyond `keep` and `keep_days` are removed.
///
/// # Errors
/// Something could not be written; the runs published before are untouched and `latest` points where it did.
pub fn publish(
    settings: &HistorySettings,
    mut staging: Staging,
    mut record: RunRecord,
    started: Instant,
) -> Result<RunRecord, PublishError> {
    let staged = staging.folder().to_owned();
    record.outputs = sync_files(&staged, &staged, &record.outputs)?;
    record.run = free_id(&settings.folder, started);
    for candidate in record.candidates.iter_mut().filter(|candidate| candidate.first_run.is_empty()) {
        candidate.first_run.clone_from(&record.run.0);
    }
    let path = staged.join("run.json");
    record.seal = Digest::default();
    let json = serde_json::to_string_pretty(&record).map_err(io::Error::from).map_err(failed(&path, "cannot write"))?;
    let (json, seal) = seal(&json);
    record.seal = seal;
    fs::write(&path, json).map_err(failed(&path, "cannot write"))?;
    sync_file(&path)?;
    sync_file(&staged)?;
    let target = settings.folder.join(&record.run.0);
    let mut registered = self::staged();
    fs::rename(&staged, &target).map_err(failed(&target, "cannot rename the finished run"))?;
    staging.folder.take().map(tempfile::TempDir::keep);
    open_to_readers(&target);
    sync_file(&settings.folder)?;
    point_latest(&settings.folder, &record.run)?;
    sync_file(&settings.folder)?;
    *registered = None;
    drop(registered);
    retain(settings, &runs(settings), &record.run);
    Ok(record)
}

/// The published runs, oldest first. A folder without a readable record is no run.
pub fn runs(settings: &HistorySettings) -> Vec<RunRecord> {
    // `latest` is a link, and a run besides.
    let folders = list(&settings.folder).unwrap_or_default().into_iter().filter(|path| !path.is_symlink());
    let mut runs: Vec<RunRecord> = folders.filter_map(|folder| read(&folder)).collect();
    runs.sort_by_cached_key(|run| order(&run.run));
    runs
}

/// The newest run, if there is one and its record can be read.
pub fn latest(settings: &HistorySettings) -> Option<RunRecord> {
    read(&settings.folder.join("latest")).or_else(|| runs(settings).pop())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(folder: &Path) -> Option<RunRecord> {
    if folder.file_name()?.to_str()?.starts_with('.') {
        return None;
    }
    let record: RunRecord = serde_json::from_slice(&fs::read(folder.join("run.json")).ok()?).ok()?;
    (!record.run.0.is_empty()).then_some(record)
}

/// `…Z-10` comes after `…Z-2`, and both after `…Z`.
fn order(run: &RunId) -> (String, u32) {
    match run.0.split_once('-') {
        Some((start, nth)) => (start.to_owned(), nth.parse().unwrap_or(0)),
        None => (run.0.clone(), 1),
    }
}

/// The name of a run begun at `started`: after all others that were begun then, also where early ones have been removed.
fn free_id(folder: &Path, started: Instant) -> RunId {
    let first = RunId::of(started);
    let names = list(folder).unwrap_or_default().into_iter().map(|path| RunId(name_of(&path)));
    let last = names.map(|name| order(&name)).filter(|(start, _)| *start == first.0).map(|(_, nth)| nth).max();
    match last {
        None => first,
        Some(nth) => RunId(format!("{first}-{}", nth.saturating_add(1))),
    }
}

fn sync_file(path: &Path) -> Result<(), PublishError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(failed(path, "cannot be made durable"))
}

/// Syncs every file below `folder`, then the folder, and lists them with their digests, sorted by path.
fn sync_files(root: &Path, folder: &Path, known: &[Source]) -> Result<Vec<Source>, PublishError> {
    let mut sources = Vec::new();
    for path in list(folder).map_err(failed(folder, "cannot list"))? {
        if path.is_dir() {
            sources.extend(sync_files(root, &path, known)?);
            continue;
        }
        sync_file(&path)?;
        let n_bytes = fs::metadata(&path).map_err(failed(&path, "cannot be read back"))?.len();
        let name = path_below(root, &path);
        let source = match known.iter().find(|known| known.path == name && known.n_bytes == n_bytes) {
            Some(known) => known.clone(),
            None => read_through(root, path)?,
        };
        sources.push(source);
    }
    sync_file(folder)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

/// A file below `root`, with its digest and length.
fn read_through(root: &Path, path: PathBuf) -> Result<Source, PublishError> {
    let mut hasher = blake3::Hasher::new();
    let read = File::open(&path).and_then(|file| hasher.update_reader(file).map(|_| ()));
    read.map_err(failed(&path, "cannot be read back"))?;
    Ok(Source::below(root, path, &hasher))
}

/// A temporary folder is private to its maker; a published run is as readable as any other folder.
fn open_to_readers(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// A link that is replaced by a rename, so that a reader always finds one run or the other.
fn point_latest(folder: &Path, run: &RunId) -> Result<(), PublishError> {
    let link = folder.join("latest");
    let next = folder.join(".staging-latest");
    let _ = fs::remove_file(&next);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&run.0, &next).map_err(failed(&next, "cannot link"))?;
    #[cfg(not(unix))]
    fs::write(&next, &run.0).map_err(failed(&next, "cannot write"))?;
    fs::rename(&next, &link).map_err(failed(&link, "cannot be moved to the new run"))
}

/// Puts the digest of a record's text, its seal left empty, into it.
fn seal(json: &str) -> (String, Digest) {
    let digest = Digest::of(json.as_bytes());
    // The seal is the last field, so the last match is the field and no text of a study.
    let sealed = match json.rfind(UNSEALED) {
        Some(at) => format!("{}\"seal\": \"{}\"{}", &json[..at], digest.0, &json[at + UNSEALED.len()..]),
        None => json.to_owned(),
    };
    (sealed, digest)
}

const UNSEALED: &str = "\"seal\": \"\"";

/// Whether the text of a `run.json` is the one that was written. A record without a seal is an early one, and is believed.
pub(super) fn is_sealed(json: &str) -> bool {
    let Some((before, after)) = json.rsplit_once("\"seal\": \"") else { return true };
    let Some((digest, after)) = after.split_once('"') else { return false };
    Digest::of(format!("{before}{UNSEALED}{after}").as_bytes()).0 == digest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(folder: &Path) -> HistorySettings {
        HistorySettings { folder: folder.to_owned(), keep: Some(2), ..HistorySettings::default() }
    }

    fn publish_page(settings: &HistorySettings, page: &str) -> RunRecord {
        let staging = stage(settings).unwrap();
        fs::create_dir(staging.folder().join("tables")).unwrap();
        fs::write(staging.folder().join("tables/themes.csv"), page).unwrap();
        publish(settings, staging, RunRecord::default(), Instant(1_000_000_000)).unwrap()
    }

    #[test]
    fn a_published_run_is_whole_and_latest() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let record = publish_page(&settings, "theme\n");
        assert_eq!(record.run.0, "20010909T014640Z");
        assert_eq!(record.outputs[0].path, "tables/themes.csv");
        assert_eq!(record.outputs[0].digest, Digest::of(b"theme\n"));
        assert_eq!(fs::read_to_string(folder.path().join("latest/tables/themes.csv")).unwrap(), "theme\n");
        assert_eq!(latest(&settings).unwrap(), record_without_files(&record));
    }

    #[test]
    fn a_known_output_is_not_read_again_unless_it_is_of_another_length() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let digest_where = |n_bytes| {
            let staging = stage(&settings).unwrap();
            fs::write(staging.folder().join("page.html"), "page").unwrap();
            let told =
                Source { path: "page.html".into(), file: PathBuf::new(), digest: Digest("told".into()), n_bytes };
            let record = RunRecord { outputs: vec![told], ..RunRecord::default() };
            publish(&settings, staging, record, Instant(1_000_000_000)).unwrap().outputs[0].digest.clone()
        };
        assert_eq!(digest_where(4), Digest("told".into()));
        assert_eq!(digest_where(5), Digest::of(b"page"));
    }

    /// Where a file lies on this machine is not part of the record.
    fn record_without_files(record: &RunRecord) -> RunRecord {
        let mut record = record.clone();
        record.outputs.iter_mut().for_each(|output| output.file = PathBuf::new());
        record
    }

    #[test]
    fn an_id_that_is_taken_gets_a_number_and_old_runs_go() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        for _ in 0..11 {
            publish_page(&settings, "theme\n");
        }
        let ids: Vec<String> = runs(&settings).into_iter().map(|run| run.run.0).collect();
        assert_eq!(ids, ["20010909T014640Z-10", "20010909T014640Z-11"]);
        assert_eq!(latest(&settings).unwrap().run.0, "20010909T014640Z-11");
    }

    #[test]
    fn what_is_not_published_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        drop(stage(&settings).unwrap());
        fs::create_dir(folder.path().join(".staging-left-by-a-kill")).unwrap();
        let staging = stage(&settings).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        drop(staging);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
