//! What is packed: an archive of named parts, and streams that may not grow beyond measure.

use super::super::settings::LimitSettings;
use super::decode;
use super::input::{Input, ReadSeek};
use super::intake::Intake;
use std::io::{self, Read};
use zip::ZipArchive;

/// Bytes that may be unpacked before growth is looked at.
const FREE_BYTES: u64 = 1_000_000;

/// An archive of named parts.
pub(super) struct Package<'a> {
    archive: ZipArchive<Box<dyn ReadSeek + 'a>>,
    limits: LimitSettings,
}

impl<'a> Package<'a> {
    /// Opens an archive; else what is wrong with it and how to mend it.
    pub(super) fn open(input: Input<'a>, limits: LimitSettings) -> Result<Self, (String, &'static str)> {
        let opened =
            input.seekable(limits.entry_bytes).and_then(|bytes| ZipArchive::new(bytes).map_err(io::Error::other));
        let mut archive = opened.map_err(|e| (format!("is a damaged archive: {e}"), "fetch or save it again"))?;
        if archive.len() > limits.n_entries as usize {
            let what = format!("holds {} entries, more than {} (n_entries)", archive.len(), limits.n_entries);
            return Err((what, "unpack it, or raise n_entries under [corpus.limits]"));
        }
        if archive.has_overlapping_files().unwrap_or(true) {
            let what = "is an archive whose entries overlap, as no honest one's do";
            return Err((what.to_owned(), "fetch or make it again"));
        }
        Ok(Self { archive, limits })
    }

    /// The names of its parts as they are written, in the order of the archive; `None` where one is not readable.
    pub(super) fn names(&self) -> Vec<Option<String>> {
        let name_at = |at| Some(self.archive.name_for_index(at)?.ok()?.into_owned());
        (0..self.archive.len()).map(name_at).collect()
    }

    /// Whether it has a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of the part of this name; `None` where it is not there, with a fault where it cannot be read.
    pub(super) fn text(&mut self, name: &str, intake: &mut Intake) -> Option<String> {
        let at = self.archive.index_for_name(name)?;
        let limits = self.limits;
        let read = self.part(at).and_then(|part| Input::new(part).bytes(limits.entry_bytes));
        match read {
            Ok((_, true)) => {
                let what = format!("{name} in it is larger than {} bytes (entry_bytes)", limits.entry_bytes);
                intake.skip(&what, "raise entry_bytes under [corpus.limits] if you trust the file");
                None
            }
            Ok((bytes, false)) => {
                let decoded = decode::decode(bytes);
                decode::report(decoded.n_replaced, intake);
                Some(decoded.text)
            }
            Err(e) => {
                intake.skip(&format!("{name} in it cannot be read: {e}"), "see that the file is whole");
                None
            }
        }
    }

    /// The bytes of the part at this place.
    pub(super) fn part(&mut self, at: usize) -> io::Result<Growing<impl Read>> {
        let limits = self.limits;
        let part = self.archive.by_index(at).map_err(io::Error::other)?;
        let n_packed = part.compressed_size();
        Ok(Growing::new(part, n_packed, &limits))
    }
}

/// A stream that ends in an error when it grows too far beyond what it was unpacked from.
pub(super) struct Growing<R> {
    from: R,
    n_read: u64,
    limit: u64,
    growth: u32,
}

impl<R: Read> Growing<R> {
    /// A stream unpacked from `n_packed` bytes.
    pub(super) fn new(from: R, n_packed: u64, limits: &LimitSettings) -> Self {
        let limit = n_packed.saturating_mul(u64::from(limits.growth)).max(FREE_BYTES);
        Self { from, n_read: 0, limit, growth: limits.growth }
    }
}

impl<R> Growing<R> {
    /// Most bytes that it gives.
    pub(super) fn limit(&self) -> u64 {
        self.limit
    }
}

impl<R: Read> Read for Growing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(buffer)?;
        self.n_read += n as u64;
        if self.n_read > self.limit {
            return Err(io::Error::other(format!("it grows more than {}-fold when unpacked (growth)", self.growth)));
        }
        Ok(n)
    }
}
