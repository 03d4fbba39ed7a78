//! The ledger: every source, document and file that the store must hold. Written last, and whole or not at all.

mod seal;

pub use seal::{LedgerError, ListReader, ListWriter, fault_of_sealed, read_sealed, sync_folder, write_sealed};

use super::super::passage_index::{IndexError, IndexedDocument};
use crate::corpus::{Digest, Fault, list};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// One document as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Its number in the store.
    pub uid: u64,
    /// What is known of it. Its id is the one it brought along; that ids are unique is seen to when the store is opened.
    pub document: IndexedDocument,
}

/// One source that has been read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LedgerSource {
    /// Path relative to the study.
    pub path: String,
    /// Digest of its bytes when it was read.
    pub digest: Digest,
    /// Its size in bytes.
    pub n_bytes: u64,
    /// What could not be taken of it.
    pub faults: Vec<Fault>,
    /// Its documents, in the order of the file.
    pub documents: Vec<Known>,
}

/// One file of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub n_bytes: u64,
    /// When it was last written, in nanoseconds since 1970; as long as it stays, the bytes are taken to be the same.
    pub modified: u128,
    /// Digest of its bytes.
    pub digest: Digest,
}

/// Everything that the store must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// The commit of the store that it speaks of.
    pub generation: u64,
    /// What the store was made with: program, analyzer, settings. Under another fingerprint everything is read again.
    pub fingerprint: String,
    /// Paths of the corpus settings; ids of documents are named below them.
    pub paths: Vec<String>,
    /// The number that the next document gets.
    pub next_uid: u64,
    /// The sources, in order of path.
    pub sources: Vec<LedgerSource>,
}

/// The files of the store after one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The commit.
    pub generation: u64,
    /// The files, sorted by name.
    pub files: Vec<LedgerFile>,
}

/// Where the store lies: our own files, and the folder `segments` that tantivy has to itself.
#[derive(Clone, Debug)]
pub struct StoreFolder {
    root: PathBuf,
}

impl StoreFolder {
    /// The store of a state folder.
    pub fn new(state: &Path) -> Self {
        Self { root: state.join("index") }
    }

    /// The folder of it all.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// tantivy's folder.
    pub fn segments(&self) -> PathBuf {
        self.root.join("segments")
    }

    /// The ledger of the last run that ended.
    pub fn ledger(&self) -> PathBuf {
        self.root.join("ledger")
    }

    /// The ledger of a commit that is about to be made; it is in force once tantivy has made it.
    pub fn next_ledger(&self) -> PathBuf {
        self.root.join("ledger.next")
    }

    /// The list of tantivy's files.
    pub fn manifest(&self) -> PathBuf {
        self.root.join("files")
    }

    /// The folder of the answers that are kept from run to run.
    pub fn answers(&self) -> PathBuf {
        self.root.join("answers")
    }

    /// Is there from before the store is made anew until it holds its first commit: as long as it is, nothing else counts.
    pub fn anew(&self) -> PathBuf {
        self.root.join("anew")
    }

    /// Whether nothing has been kept here: no more than empty folders and a lock, which a run leaves that is stopped at once.
    pub fn is_empty(&self) -> bool {
        let is_bare =
            |folder: &Path| list(folder).map_or_else(|e| e.kind() == io::ErrorKind::NotFound, |all| all.is_empty());
        let files = [self.ledger(), self.next_ledger(), self.manifest()];
        files.iter().all(|file| !file.exists()) && is_bare(&self.segments()) && is_bare(&self.answers())
    }

    /// Puts the next ledger in the place of the last one. From then on the store counts.
    pub fn settle_ledger(&self) -> Result<(), IndexError> {
        let settle = || {
            fs::rename(self.next_ledger(), self.ledger())?;
            sync_folder(&self.root)?;
            if self.anew().exists() {
                fs::remove_file(self.anew())?;
                sync_folder(&self.root)?;
            }
            Ok(())
        };
        settle().map_err(|error| IndexError::io(&self.ledger(), &error))
    }

    /// Makes the folders, and takes the lock that keeps a second writer out for as long as it is held.
    pub fn lock(&self) -> Result<File, IndexError> {
        fs::create_dir_all(self.segments()).map_err(|error| IndexError::io(&self.root, &error))?;
        let path = self.root.join("lock");
        let open = File::options().create(true).truncate(false).write(true).open(&path);
        let file = open.map_err(|error| IndexError::io(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => Err(IndexError::Store {
                path,
                what: "another run is writing this index".into(),
                hint: "wait until it has ended".into(),
            }),
            Err(fs::TryLockError::Error(error)) => Err(IndexError::io(&path, &error)),
        }
    }

    /// Removes whatever the store holds, so that it can be made anew. The lock must be held.
    pub fn clear(&self) -> Result<(), IndexError> {
        let clear = || {
            File::create(self.anew())?;
            sync_folder(&self.root)?;
            for file in [self.ledger(), self.next_ledger(), self.manifest()] {
                match fs::remove_file(file) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            // Documents are numbered anew: answers about the old ones must go first.
            for folder in [self.answers(), self.segments()] {
                match fs::remove_dir_all(&folder) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            fs::create_dir_all(self.segments())?;
            sync_folder(&self.root)
        };
        clear().map_err(|error| IndexError::io(&self.root, &error))
    }

    /// Removes what a run that died has left, so that no name that is needed again is taken: of tantivy's folder, every
    /// file but those in `kept` and its own book-keeping. The lock must be held.
    pub fn sweep(&self, kept: &[String]) -> io::Result<()> {
        let is_left = |name: &str| name.ends_with(".new");
        let is_stray = |name: &str| {
            let is_book = name == ".managed.json" || name.starts_with(".tantivy-");
            !is_book && !kept.iter().any(|known| known == name)
        };
        for (folder, is_gone) in [(&self.root, &is_left as &dyn Fn(&str) -> bool), (&self.segments(), &is_stray)] {
            for path in list(folder)? {
                let is_gone = path.file_name().and_then(|name| name.to_str()).is_some_and(is_gone);
                if is_gone && fs::symlink_metadata(&path)?.is_file() {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }

    /// Looks at the named files of the store; one that `old` knows and that was not written since is not read again.
    pub fn list_files(&self, names: &[String], old: &[LedgerFile]) -> io::Result<Vec<LedgerFile>> {
        let mut files = Vec::with_capacity(names.len());
        for name in names {
            let (n_bytes, modified) = self.stat(name)?;
            let known = old.iter().find(|f| f.name == *name && f.n_bytes == n_bytes && f.modified == modified);
            let digest = match known {
                Some(file) => file.digest.clone(),
                None => self.digest(name)?,
            };
            files.push(LedgerFile { name: name.clone(), n_bytes, modified, digest });
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// What is wrong with a file of the store, if anything.
    pub fn fault_of(&self, file: &LedgerFile, thorough: Thorough) -> Option<String> {
        let (n_bytes, modified) = match self.stat(&file.name) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Some("the file is missing".into()),
            Err(error) => return Some(format!("the file cannot be read: {error}")),
        };
        if n_bytes != file.n_bytes {
            return Some(format!("the file has {n_bytes} bytes and had {}", file.n_bytes));
        }
        if modified == file.modified && thorough == Thorough::WhereChanged {
            return None;
        }
        match self.digest(&file.name) {
            Ok(digest) if digest == file.digest => None,
            Ok(_) => Some("the bytes of the file have changed".into()),
            Err(error) => Some(format!("the file cannot be read: {error}")),
        }
    }

    fn stat(&self, name: &str) -> io::Result<(u64, u128)> {
        let found = fs::metadata(self.segments().join(name))?;
        let modified = found.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Ok((found.len(), modified))
    }

    fn digest(&self, name: &str) -> io::Result<Digest> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(self.segments().join(name))?)?;
        Ok(Digest::of_all(&hasher))
    }
}

/// When the bytes of a file are read to see whether they are still the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thorough {
    /// Where its time says that it was written since.
    WhereChanged,
    /// Always.
    Always,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_kept_out_until_the_first_is_done() {
        let state = tempfile::tempdir().unwrap();
        let folder = StoreFolder::new(state.path());
        let first = folder.lock().unwrap();
        let refused = folder.lock().unwrap_err().to_string();
        assert!(refused.contains("another run is writing this index"), "{refused}");
        drop(first);
        folder.lock().unwrap();
    }
}
