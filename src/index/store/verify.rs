//! Looks for damage, all of it.

use super::super::settings::IndexSettings;
use super::ledger::{Ledger, LedgerError, Manifest, StoreFolder, Thorough, fault_of_sealed, read_sealed};
use super::segments::{Store, open_index};
use crate::corpus::list;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// One thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong; lower case, no full stop.
    pub what: String,
}

/// Reads every byte of the index and lists all that is damaged, sorted; changes nothing. An index that was never made
/// has no damage. Mending is a run's business: it makes a damaged index anew from the sources.
pub fn verify(settings: &IndexSettings) -> Vec<Damage> {
    let folder = StoreFolder::new(&settings.state);
    // A run that was stopped while it made the index anew has left nothing that counts.
    if folder.is_empty() || folder.anew().exists() {
        return Vec::new();
    }
    let mut damages = Vec::new();
    // tantivy stops, or even panics, at some kinds of damage; then our own list says what else there is.
    let deep = catch_unwind(AssertUnwindSafe(|| {
        let found = recall(&folder);
        let files = match &found {
            Ok((_, manifest)) => manifest.clone().unwrap_or_default().files,
            Err(_) => read_sealed::<Manifest>(&folder.manifest()).unwrap_or_default().files,
        };
        let bad = files.iter().filter_map(|file| Some((file, folder.fault_of(file, Thorough::Always)?)));
        damages.extend(bad.map(|(file, what)| Damage { path: folder.segments().join(&file.name), what }));
        let (ledger, _) = found.map_err(|damage| damages.push(damage)).ok()?;
        if damages.is_empty() {
            damages.extend(checksums(&folder).unwrap_or_else(|what| vec![Damage { path: folder.segments(), what }]));
            let store = Store::open(&folder).map_err(|error| error.to_string());
            let counted = store.and_then(|store| count(&store, &ledger));
            damages.extend(counted.err().map(|what| Damage { path: folder.segments(), what }));
        }
        Some(())
    }));
    if deep.is_err() {
        damages.push(Damage { path: folder.segments(), what: "the segments cannot be opened".into() });
    }
    for answers in answers(&folder) {
        damages.extend(fault_of_sealed(&answers).map(|what| Damage { path: answers, what }));
    }
    damages.sort();
    damages.dedup();
    damages
}

/// Whether the files of the index are there as its list of them says, by their lengths and times, and its ledger and answers are
/// whole. One that was never made, was taken away whole, or that a run which was stopped left behind, lacks nothing.
pub fn is_there(settings: &IndexSettings) -> bool {
    let folder = StoreFolder::new(&settings.state);
    if folder.is_empty() || folder.anew().exists() {
        return true;
    }
    let Ok((_, Some(manifest))) = recall(&folder) else { return false };
    manifest.files.iter().all(|file| folder.fault_of(file, Thorough::WhereChanged).is_none())
        && answers(&folder).all(|answers| fault_of_sealed(&answers).is_none())
}

/// The answers that are kept. They save time alone: where there are none they are asked for again, so none is missing.
fn answers(folder: &StoreFolder) -> impl Iterator<Item = PathBuf> {
    list(&folder.answers()).unwrap_or_default().into_iter().filter(|file| file.extension().is_none())
}

/// The ledger that is in force, and the list of files where it speaks of the same commit.
///
/// That list is missing only after a run that was stopped between its commit and its end: then the store holds what the
/// ledger of that run says, and the files vouch for themselves by tantivy's checksums.
pub fn recall(folder: &StoreFolder) -> Result<(Ledger, Option<Manifest>), Damage> {
    let committed = committed(folder);
    let next = read_sealed::<Ledger>(&folder.next_ledger()).ok();
    if let Some(next) = next.filter(|next| Some(next.generation) == committed) {
        let manifest = read_sealed::<Manifest>(&folder.manifest()).ok();
        let manifest = manifest.filter(|manifest| manifest.generation == next.generation);
        return Ok((next, manifest));
    }
    let ledger: Ledger = read(folder.ledger())?;
    let manifest: Manifest = read(folder.manifest())?;
    if committed != Some(ledger.generation) || manifest.generation != ledger.generation {
        return Err(Damage { path: folder.segments(), what: "the segments are not those of the ledger".into() });
    }
    Ok((ledger, Some(manifest)))
}

fn read<T: serde::de::DeserializeOwned>(path: PathBuf) -> Result<T, Damage> {
    read_sealed(&path).map_err(|error| {
        let what = match error {
            LedgerError::Missing => "the file is missing".into(),
            LedgerError::Damaged => "the bytes of the file have changed".into(),
            LedgerError::Unreadable(error) => format!("the file cannot be read: {error}"),
        };
        Damage { path, what }
    })
}

/// The name of the last commit; `None` where it cannot be read.
fn committed(folder: &StoreFolder) -> Option<u64> {
    open_index(folder).ok()?.load_metas().ok()?.payload?.parse().ok()
}

/// Compares tantivy's own checksums, for files that no list of ours vouches for.
pub fn checksums(folder: &StoreFolder) -> Result<Vec<Damage>, String> {
    let bad = open_index(folder).and_then(|index| index.validate_checksum()).map_err(|error| error.to_string())?;
    let damage = |name: PathBuf| Damage { path: folder.segments().join(name), what: "its checksum is wrong".into() };
    Ok(bad.into_iter().map(damage).collect())
}

/// Whether the store holds each document of the ledger once, and no other.
pub fn count(store: &Store, ledger: &Ledger) -> Result<(), String> {
    let mut held: Vec<u64> = store.segments.iter().flat_map(|segment| segment.uids.iter().flatten().copied()).collect();
    let mut named: Vec<u64> = ledger.sources.iter().flat_map(|s| s.documents.iter().map(|d| d.uid)).collect();
    held.sort_unstable();
    named.sort_unstable();
    if held == named {
        return Ok(());
    }
    Err(format!("{} documents are held where the ledger names {}, or others", held.len(), named.len()))
}
