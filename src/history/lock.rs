//! Keeps two runs of one study apart.

use super::record::Instant;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why the lock was not had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another run holds it.
    #[error("{}: another run holds the lock ({holder})\n  hint: wait for it to end; a lock left by a run that died is freed by the system", path.display())]
    Held {
        /// The lock file.
        path: PathBuf,
        /// Process, host and start of the holder, as it wrote them.
        holder: String,
    },
    /// The folder or file cannot be written.
    #[error("{}: cannot write the lock file: {source}\n  hint: make the output folder writable, or name another one under [history] output", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Held for as long as a run lasts; freed by the system when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the study whose output folder this is, making the folder where it is missing.
    ///
    /// # Errors
    /// `Held` at once when another process has it; `Write` when the folder cannot be written.
    pub fn take(folder: &Path, now: Instant) -> Result<Lock, LockError> {
        let path = folder.join(".lock");
        let write = |source| LockError::Write { path: path.clone(), source };
        std::fs::create_dir_all(folder).map_err(write)?;
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(write)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held { holder: holder(&mut file), path }),
            Err(TryLockError::Error(source)) => return Err(write(source)),
        }
        file.set_len(0).map_err(write)?;
        file.rewind().map_err(write)?;
        let holder = format!("process {} on {}, since {}", std::process::id(), host(), now.to_rfc3339());
        file.write_all(holder.as_bytes()).map_err(write)?;
        Ok(Lock { _file: file })
    }
}

/// Who holds the lock. Between taking it and writing who it is the holder needs a moment.
fn holder(file: &mut File) -> String {
    for _ in 0..50 {
        let mut holder = String::new();
        let read = file.rewind().and_then(|()| file.read_to_string(&mut holder));
        if read.is_ok() && holder.contains("since") {
            return holder.trim().to_owned();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    "it does not say who".to_owned()
}

fn host() -> String {
    ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .iter()
        .find_map(|path| std::fs::read_to_string(path).ok())
        .map_or_else(|| "this host".to_owned(), |name| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_lock_is_refused_and_names_the_holder() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), Instant(0)).unwrap();
        let refused = Lock::take(folder.path(), Instant(0)).unwrap_err();
        assert!(refused.to_string().contains(&format!("process {}", std::process::id())), "{refused}");
        assert!(refused.to_string().contains("1970-01-01T00:00:00Z"), "{refused}");
        drop(first);
        Lock::take(folder.path(), Instant(0)).unwrap();
    }
}
