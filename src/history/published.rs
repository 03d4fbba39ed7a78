//! Which runs there are, and where `latest` leads.

use super::error::{PublishError, failed, sync_file};
use super::record::{RunId, RunRecord};
use super::settings::HistorySettings;
use crate::corpus::{Digest, Source, list};
use std::fs;
use std::path::Path;

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

/// The record of the run in a folder that bears its name, or that a link leads to; a copy under another name is no run.
fn read(folder: &Path) -> Option<RunRecord> {
    let folder = fs::canonicalize(folder).ok()?;
    let record: RunRecord = serde_json::from_slice(&fs::read(folder.join("run.json")).ok()?).ok()?;
    (folder.file_name()?.to_str()? == record.run.0).then_some(record)
}

/// Whether what the newest run gave is what a run of now would give: the same goes into both, nothing that may pass by itself kept
/// the run from reading any of it, and its files are there, as long as they were.
pub fn stands(settings: &HistorySettings, newest: &RunRecord, fingerprint: &Digest) -> bool {
    let folder = settings.folder.join(&newest.run.0);
    let is_there = |output: &Source| {
        let found = fs::metadata(folder.join(&output.path));
        found.is_ok_and(|found| found.len() == output.n_bytes)
    };
    newest.fingerprint == *fingerprint
        && !newest.faults.iter().any(|fault| fault.passing)
        && newest.outputs.iter().all(is_there)
}

/// Sees to it that `latest` leads to the newest run, for readers who find it gone or astray.
///
/// # Errors
/// The output folder cannot be written.
pub fn mend_latest(settings: &HistorySettings, newest: &RunId) -> Result<(), PublishError> {
    let leads = read(&settings.folder.join("latest")).is_some_and(|found| found.run == *newest);
    if leads || cfg!(not(unix)) {
        return Ok(());
    }
    point_latest(&settings.folder, newest)?;
    sync_file(&settings.folder)
}

/// `…Z-10` comes after `…Z-2`, and both after `…Z`.
pub(super) fn order(run: &RunId) -> (String, u32) {
    match run.0.split_once('-') {
        Some((start, nth)) => (start.to_owned(), nth.parse().unwrap_or(0)),
        None => (run.0.clone(), 1),
    }
}

/// A link that is replaced by a rename, so that a reader always finds one run or the other.
pub(super) fn point_latest(folder: &Path, run: &RunId) -> Result<(), PublishError> {
    let link = folder.join("latest");
    let next = folder.join(".staging-latest");
    let _ = fs::remove_file(&next);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&run.0, &next).map_err(failed(&next, "cannot link"))?;
    #[cfg(not(unix))]
    fs::write(&next, &run.0).map_err(failed(&next, "cannot write"))?;
    fs::rename(&next, &link).map_err(failed(&link, "cannot be moved to the new run"))
}

#[cfg(test)]
mod tests {
    use super::super::publish::{publish, stage};
    use super::super::record::Instant;
    use super::*;

    fn settings(folder: &Path) -> HistorySettings {
        HistorySettings { folder: folder.to_owned(), ..HistorySettings::default() }
    }

    fn publish_page(settings: &HistorySettings) -> RunRecord {
        let staging = stage(settings).unwrap();
        fs::write(staging.folder().join("page.html"), "page").unwrap();
        publish(settings, staging, RunRecord::default(), Instant(1_000_000_000)).unwrap()
    }

    #[test]
    fn a_run_stands_while_its_files_are_there_and_nothing_may_have_passed() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let newest = publish_page(&settings);
        let stands = |newest: &RunRecord| super::stands(&settings, newest, &newest.fingerprint);
        assert!(stands(&newest) && !super::stands(&settings, &newest, &Digest::of(b"more")));
        let fault = crate::corpus::Fault { passing: true, ..Default::default() };
        assert!(!stands(&RunRecord { faults: vec![fault], ..newest.clone() }));
        fs::remove_file(folder.path().join(&newest.run.0).join("page.html")).unwrap();
        assert!(!stands(&newest));
    }

    #[cfg(unix)]
    #[test]
    fn latest_is_mended_and_never_taken_from_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let newest = publish_page(&settings);
        let link = folder.path().join("latest");
        fs::remove_file(&link).unwrap();
        mend_latest(&settings, &newest.run).unwrap();
        assert_eq!(fs::read_link(&link).unwrap(), Path::new(&newest.run.0));
        let copy = folder.path().join("baseline");
        fs::create_dir(&copy).unwrap();
        fs::copy(link.join("run.json"), copy.join("run.json")).unwrap();
        assert_eq!(runs(&settings).len(), 1);
        fs::remove_file(&link).unwrap();
        fs::rename(&copy, &link).unwrap();
        assert_eq!(latest(&settings).unwrap().run, newest.run);
        let refused = stage(&settings).unwrap_err().to_string();
        assert!(
            refused.contains("latest: cannot be made a link to the newest run: is a directory\n  hint: it is a folder")
        );
    }
}
