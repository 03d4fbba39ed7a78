//! Publishes a run whole, or not at all.

use super::error::{PublishError, failed, sync_file};
use super::published::{order, point_latest, runs};
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
/// The output folder cannot be written, or `latest` is a folder of its own.
pub fn stage(settings: &HistorySettings) -> Result<Staging, PublishError> {
    let folder = &settings.folder;
    fs::create_dir_all(folder).map_err(failed(folder, "cannot make the output folder"))?;
    for path in list(folder).map_err(failed(folder, "cannot list the output folder"))? {
        if name_of(&path).starts_with(".staging-") {
            let _ = fs::remove_dir_all(path);
        }
    }
    let latest = folder.join("latest");
    if latest.is_dir() && !latest.is_symlink() {
        return Err(PublishError {
            what: "cannot be made a link to the newest run",
            source: io::ErrorKind::IsADirectory.into(),
            hint: "it is a folder, as a copy or an archive makes of a link: move it away, the runs lie beside it",
            path: latest,
        });
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

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
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
    use super::super::published::latest;
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
