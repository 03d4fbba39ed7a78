//! What a damaged, copied or half-written store comes to.

use super::*;

#[test]
fn every_kind_of_damage_is_found_and_mended() {
    type Change = fn(Vec<u8>) -> Option<Vec<u8>>;
    const FLIPPED: Change = |mut bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        Some(bytes)
    };
    const HALVED: Change = |bytes| Some(bytes[..bytes.len() / 2].to_vec());
    const ZEROED: Change = |bytes| Some(vec![0; bytes.len()]);
    const DELETED: Change = |_| None;
    let study = Study::new(&[("a.txt", TEXTS[3])]);
    let good = answers(&study.sync());
    let mut files = store_files(&study);
    files.extend(["ledger", "files"].map(|name| study.path("state/index").join(name)));
    assert!(files.len() >= 8, "{files:?}");
    for (file, other) in files.iter().zip([HALVED, ZEROED, DELETED].into_iter().cycle()) {
        for change in [FLIPPED, other] {
            let bytes = fs::read(file).unwrap();
            match change(bytes.clone()) {
                Some(bytes) => fs::write(file, bytes).unwrap(),
                None => fs::remove_file(file).unwrap(),
            }
            let damages = study.damages();
            assert!(damages.iter().any(|damage| damage.path.starts_with(study.path("state/index"))), "{file:?}");
            assert!(!study.is_gone_by(), "{file:?}");
            fs::write(file, bytes).unwrap();
        }
    }
    assert!(study.is_gone_by() && study.damages().is_empty());
    fs::write(&files[0], "not what was here").unwrap();
    let index = study.sync();
    assert!(index.rebuilt().is_some());
    assert_eq!((answers(&index), study.damages()), (good, vec![]));
}

#[test]
fn all_damages_are_listed_and_a_copy_is_no_damage() {
    let study = three();
    study.sync();
    let copy = Study { folder: tempfile::tempdir().unwrap(), text: study.text.clone() };
    copy_folder(study.folder.path(), copy.folder.path());
    assert_eq!(copy.damages(), []);
    assert_eq!((copy.sync().n_new(), copy.sync().rebuilt()), (0, None));
    let files = store_files(&copy);
    files.iter().for_each(|file| fs::write(file, b"not what was here").unwrap());
    let listed = copy.damages();
    assert!(files.iter().all(|file| listed.iter().any(|damage| damage.path == *file)), "{listed:?}");
}

#[test]
fn a_segment_that_tantivy_forgot_is_missed() {
    let study = three();
    study.sync();
    study.write("d.txt", "One more.");
    study.sync();
    let path = study.path("state/index/segments/meta.json");
    let mut meta: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    meta["segments"].as_array_mut().unwrap().pop().unwrap();
    fs::write(&path, meta.to_string()).unwrap();
    assert_ne!(study.damages(), []);
    let index = study.sync();
    assert!(index.rebuilt().is_some());
    assert_eq!(index.documents().len(), 5);
}

#[test]
fn a_run_that_was_stopped_leaves_the_old_state_or_the_new_one() {
    let study = three();
    study.sync();
    let state = |name: &str| study.path("state/index").join(name);
    let before: Vec<Vec<u8>> = ["ledger", "files"].map(|name| fs::read(state(name)).unwrap()).into();
    let old = tempfile::tempdir().unwrap();
    copy_folder(&study.path("state"), old.path());
    study.write("d.txt", "One more.");
    fs::remove_file(study.path("corpus/b.txt")).unwrap();
    let new = answers(&study.sync());
    // Stopped after the commit, before it was settled.
    fs::rename(state("ledger"), state("ledger.next")).unwrap();
    fs::write(state("ledger"), &before[0]).unwrap();
    fs::write(state("files"), &before[1]).unwrap();
    assert_eq!(study.damages(), []);
    let index = study.sync();
    assert_eq!((index.n_new(), index.rebuilt()), (0, None));
    assert_eq!(answers(&index), new);
    assert!(!state("ledger.next").exists());
    // Stopped before the commit, with the next ledger written.
    let next = fs::read(state("ledger")).unwrap();
    fs::remove_dir_all(study.path("state")).unwrap();
    copy_folder(old.path(), &study.path("state"));
    fs::write(state("ledger.next"), &next).unwrap();
    assert_eq!(study.damages(), []);
    let index = study.sync();
    assert_eq!((index.n_new(), index.rebuilt()), (1, None));
    assert_eq!(answers(&index), new);
    // Stopped while it wrote the next ledger.
    fs::write(state("ledger.next"), &next[..next.len() / 2]).unwrap();
    assert_eq!(study.damages(), []);
    assert_eq!(study.sync().rebuilt(), None);
    assert!(!state("ledger.next").exists());
    // Stopped after the list of files, before the next ledger took the place of the last one.
    fs::rename(state("ledger"), state("ledger.next")).unwrap();
    fs::write(state("ledger"), &before[0]).unwrap();
    assert_eq!(study.sync().rebuilt(), None);
    assert!(!state("ledger.next").exists());
}

#[test]
fn a_store_that_was_not_begun_is_not_damaged() {
    let study = Study::new(&[("a.txt", "Funding was short.")]);
    fs::create_dir_all(study.path("state/index/segments")).unwrap();
    fs::write(study.path("state/index/lock"), "").unwrap();
    assert_eq!(study.damages(), []);
    study.sync();
    fs::remove_file(study.path("state/index/ledger")).unwrap();
    assert_eq!(study.damages().len(), 1);
}

/// The files of the store that an answer can come from.
fn store_files(study: &Study) -> Vec<PathBuf> {
    let files = fs::read_dir(study.path("state/index/segments")).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.')).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
