//! The bytes of one file, with the first of them in view.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

/// How many bytes are in view before anything is read.
const HEAD_BYTES: u64 = 1 << 16;

/// Bytes that can be read from any place.
pub(super) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// A stream of bytes whose head can be looked at before it is read.
pub(in super::super) struct Input<'a> {
    head: Vec<u8>,
    at: usize,
    rest: Box<dyn Read + 'a>,
    n_bytes: Option<u64>,
    file: Option<Watched>,
    failure: Option<io::Error>,
    failed: Rc<Cell<bool>>,
}

/// A file that remembers whether it ever failed to give its bytes.
struct Watched {
    file: File,
    failed: Rc<Cell<bool>>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file
            .read(buffer)
            .inspect_err(|e| self.failed.set(self.failed.get() || e.kind() != io::ErrorKind::Interrupted))
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl<'a> Input<'a> {
    /// The bytes of an open file; `n_bytes` is its size when it was listed.
    pub(in super::super) fn of_file(file: File, n_bytes: u64) -> io::Result<Input<'static>> {
        let failed: Rc<Cell<bool>> = Rc::default();
        let again = Watched { file: file.try_clone()?, failed: failed.clone() };
        let mut input = Input::new(Watched { file, failed: failed.clone() });
        (input.n_bytes, input.file, input.failed) = (Some(n_bytes), Some(again), failed);
        match input.failure.take() {
            Some(e) if input.head.is_empty() => Err(e),
            failure => {
                input.failure = failure;
                Ok(input)
            }
        }
    }

    /// The bytes of any stream.
    pub(super) fn new(mut rest: impl Read + 'a) -> Input<'a> {
        let mut head = Vec::new();
        let failure = (&mut rest).take(HEAD_BYTES).read_to_end(&mut head).err();
        Input { head, at: 0, rest: Box::new(rest), n_bytes: None, file: None, failure, failed: Rc::default() }
    }

    /// The first bytes, at most 64 KiB of them, whether they have been read or not.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// What went wrong when the first bytes were read.
    pub(super) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Tells, then and later, whether the file has failed to give its bytes: its disk's doing, and not its contents'.
    pub(in super::super) fn failed(&self) -> Rc<Cell<bool>> {
        self.failed.clone()
    }

    /// Passes over the next `n` bytes, which lie in the head.
    pub(super) fn skip(&mut self, n: usize) {
        self.at = (self.at + n).min(self.head.len());
    }

    /// How many bytes there are, where that is known.
    pub(super) fn n_bytes(&self) -> Option<u64> {
        self.n_bytes
    }

    /// Says how many bytes there are.
    pub(super) fn with_n_bytes(self, n_bytes: u64) -> Self {
        Input { n_bytes: Some(n_bytes), ..self }
    }

    /// The same bytes where any of them can be reached: the file itself, else up to `limit` bytes in memory.
    pub(super) fn seekable(mut self, limit: u64) -> io::Result<Box<dyn ReadSeek + 'a>> {
        if let Some(mut file) = self.file.take() {
            file.seek(SeekFrom::Start(0))?;
            return Ok(Box::new(BufReader::new(file)));
        }
        let (bytes, cut) = self.bytes(limit)?;
        if cut {
            return Err(io::Error::other(format!("it is larger than {limit} bytes (entry_bytes)")));
        }
        Ok(Box::new(Cursor::new(bytes)))
    }

    /// All the bytes that are left, at most `limit`; whether there were more.
    pub(super) fn bytes(mut self, limit: u64) -> io::Result<(Vec<u8>, bool)> {
        let mut bytes = Vec::with_capacity(self.n_bytes.unwrap_or(0).min(limit) as usize + 1);
        self.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        let cut = bytes.len() as u64 > limit;
        bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok((bytes, cut))
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.head.len() {
            if let Some(e) = self.failure.take() {
                return Err(e);
            }
            return self.rest.read(buffer);
        }
        let n = buffer.len().min(self.head.len() - self.at);
        buffer[..n].copy_from_slice(&self.head[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
