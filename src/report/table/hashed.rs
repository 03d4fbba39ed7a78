//! Files that are told apart by their bytes while they are written, so that nobody reads them again for it.

use crate::corpus::Source;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that is written from beginning to end.
pub struct HashedFile {
    file: File,
    path: PathBuf,
    hasher: blake3::Hasher,
}

impl HashedFile {
    /// Begins a file.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: File::create(path)?, path: path.to_owned(), hasher: blake3::Hasher::new() })
    }

    /// What has been written, as one of the outputs of the run that is staged in `folder`.
    pub fn source(&self, folder: &Path) -> Source {
        Source::below(folder, self.path.clone(), &self.hasher)
    }
}

impl Write for HashedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
