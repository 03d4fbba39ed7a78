//! Files that are told apart by their bytes while they are written, so that nobody reads them again for it.

use crate::corpus::{Digest, Source};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that is written from beginning to end.
pub struct HashedFile {
    file: File,
    path: PathBuf,
    hasher: blake3::Hasher,
    n_bytes: u64,
}

impl HashedFile {
    /// Begins a file.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: File::create(path)?, path: path.to_owned(), hasher: blake3::Hasher::new(), n_bytes: 0 })
    }

    /// What has been written, as one of the outputs of the run that is staged in `folder`.
    pub fn source(&self, folder: &Path) -> Source {
        let path = self.path.strip_prefix(folder).unwrap_or(&self.path);
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        let digest = Digest(self.hasher.finalize().to_hex().to_string());
        Source { path: parts.join("/"), file: self.path.clone(), digest, n_bytes: self.n_bytes }
    }
}

impl Write for HashedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        self.n_bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
