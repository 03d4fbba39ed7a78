//! Files of ours that carry a checksum, written whole or not at all.

use super::super::super::passage_index::IndexError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// First bytes of a ledger. The number is raised whenever the store is laid out in another way.
const MAGIC: &[u8] = b"throughline ledger 2\n";
/// First bytes of a list.
const LIST: &[u8] = b"throughline list 1\n";
/// Bytes of the checksum: behind the first bytes of a ledger, at the end of a list.
const SUM: usize = blake3::OUT_LEN;

/// Why a file of ours cannot be gone by.
#[derive(Debug)]
pub enum LedgerError {
    /// There is none.
    Missing,
    /// Its bytes are not those that were written.
    Damaged,
    /// It could not be read.
    Unreadable(io::Error),
}

/// Reads what `write_sealed` wrote.
pub fn read_sealed<T: DeserializeOwned>(path: &Path) -> Result<T, LedgerError> {
    match fs::read(path) {
        Ok(bytes) => open(&bytes).ok_or(LedgerError::Damaged),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(LedgerError::Missing),
        Err(error) => Err(LedgerError::Unreadable(error)),
    }
}

/// What is wrong with a file that `write_sealed` or a `ListWriter` wrote, whatever it holds; `None` where its bytes are
/// those written.
pub fn fault_of_sealed(path: &Path) -> Option<String> {
    if ListReader::open(path).is_ok() {
        return None;
    }
    match fs::read(path) {
        Ok(bytes) if body(&bytes).is_some() => None,
        Ok(_) => Some("the bytes of the file have changed".into()),
        Err(error) => Some(format!("the file cannot be read: {error}")),
    }
}

/// Writes `value` with a checksum: to a file beside it, onto the disk, over the old one, and the folder onto the disk.
pub fn write_sealed<T: Serialize>(path: &Path, value: &T) -> Result<(), IndexError> {
    let write = || {
        let beside = path.with_extension("new");
        let mut sum = BufWriter::new(blake3::Hasher::new());
        pour(value, &mut sum)?;
        let sum = sum.into_inner().map_err(io::IntoInnerError::into_error)?.finalize();
        let mut file = BufWriter::with_capacity(1 << 16, File::create(&beside)?);
        file.write_all(MAGIC)?;
        file.write_all(sum.as_bytes())?;
        pour(value, &mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&beside, path)?;
        path.parent().map_or(Ok(()), sync_folder)
    };
    write().map_err(|error| IndexError::io(path, &error))
}

/// Writes `value` as it is laid out, without holding it laid out.
fn pour<T: Serialize>(value: &T, sink: &mut impl Write) -> io::Result<()> {
    let mut failed = None;
    let poured = postcard::serialize_with_flavor(value, Pour { sink, failed: &mut failed });
    failed.map_or_else(|| poured.map_err(io::Error::other), Err)
}

/// Where a value is poured into, and what went wrong there.
struct Pour<'a, W> {
    sink: &'a mut W,
    failed: &'a mut Option<io::Error>,
}

impl<W: Write> postcard::ser_flavors::Flavor for Pour<'_, W> {
    type Output = ();

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.sink.write_all(bytes).map_err(|error| {
            *self.failed = Some(error);
            postcard::Error::SerializeBufferFull
        })
    }

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

fn open<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(body(bytes)?).ok()
}

/// What was sealed, where the seal is whole.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let (sum, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(SUM)?;
    (blake3::hash(body).as_bytes() == sum).then_some(body)
}

/// Writes a list of byte strings as they come, so that none but the last is held; onto the disk and over the old one when
/// it is finished.
pub struct ListWriter {
    path: PathBuf,
    file: BufWriter<File>,
    sum: blake3::Hasher,
}

impl ListWriter {
    /// Begins beside `path`.
    pub fn create(path: &Path) -> Result<Self, IndexError> {
        let create = || {
            let mut file = BufWriter::with_capacity(1 << 16, File::create(path.with_extension("new"))?);
            file.write_all(LIST)?;
            Ok(file)
        };
        let file = create().map_err(|error| IndexError::io(path, &error))?;
        Ok(Self { path: path.to_owned(), file, sum: blake3::Hasher::new() })
    }

    /// One more, of these parts; less than 4 GB.
    pub fn push(&mut self, parts: &[&[u8]]) -> Result<(), IndexError> {
        let mut write = || {
            let n_bytes = parts.iter().map(|part| part.len()).sum::<usize>();
            let length = u32::try_from(n_bytes).map_err(io::Error::other)?.to_le_bytes();
            for part in [length.as_slice()].iter().chain(parts) {
                self.sum.update(part);
                self.file.write_all(part)?;
            }
            Ok(())
        };
        write().map_err(|error| IndexError::io(&self.path, &error))
    }

    /// Puts it in its place.
    pub fn finish(self) -> Result<(), IndexError> {
        let Self { path, mut file, sum } = self;
        let finish = || {
            file.write_all(sum.finalize().as_bytes())?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            fs::rename(path.with_extension("new"), &path)?;
            path.parent().map_or(Ok(()), sync_folder)
        };
        finish().map_err(|error| IndexError::io(&path, &error))
    }
}

/// Reads a list, one byte string at a time.
pub struct ListReader {
    file: BufReader<File>,
    /// Bytes of byte strings that are still to be read.
    left: u64,
}

impl ListReader {
    /// Opens a list whose bytes are those that were written.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let found = match File::open(path) {
            Ok(file) => Self::checked(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(LedgerError::Missing),
            Err(error) => Err(error),
        };
        found.map_err(LedgerError::Unreadable)?.ok_or(LedgerError::Damaged)
    }

    fn checked(file: File) -> io::Result<Option<Self>> {
        let n_bytes = file.metadata()?.len();
        let Some(left) = n_bytes.checked_sub((LIST.len() + SUM) as u64) else { return Ok(None) };
        let mut file = BufReader::with_capacity(1 << 16, file);
        let (mut first, mut last, mut sum) = ([0; LIST.len()], [0; SUM], blake3::Hasher::new());
        file.read_exact(&mut first)?;
        if first != LIST {
            return Ok(None);
        }
        sum.update_reader(file.by_ref().take(left))?;
        file.read_exact(&mut last)?;
        file.seek(SeekFrom::Start(LIST.len() as u64))?;
        Ok((*sum.finalize().as_bytes() == last).then_some(Self { file, left }))
    }

    /// The next one, into `bytes`, which are emptied first; `None` at the end, and where a length leads past it.
    pub fn next<'b>(&mut self, bytes: &'b mut Vec<u8>) -> Option<&'b [u8]> {
        let mut length = [0; 4];
        self.left = self.left.checked_sub(length.len() as u64)?;
        self.file.read_exact(&mut length).ok()?;
        let length = u64::from(u32::from_le_bytes(length));
        self.left = self.left.checked_sub(length)?;
        bytes.clear();
        bytes.resize(length as usize, 0);
        self.file.read_exact(bytes).ok()?;
        Some(bytes)
    }
}

/// Makes the names in a folder outlive a power cut.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some systems cannot do it; there is nothing more to be done there.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Known, Ledger, LedgerSource};
    use super::*;
    use crate::corpus::Digest;
    use crate::index::IndexedDocument;

    fn ledger() -> Ledger {
        let known = |uid| Known { uid, document: IndexedDocument { n_tokens: 7, ..IndexedDocument::default() } };
        let source = LedgerSource {
            path: "corpus/a.md".into(),
            digest: Digest::of(b"a"),
            documents: vec![known(4), known(2)],
            ..LedgerSource::default()
        };
        Ledger { fingerprint: "1".into(), next_uid: 5, sources: vec![source], ..Ledger::default() }
    }

    #[test]
    fn a_ledger_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        assert!(matches!(read_sealed::<Ledger>(&path), Err(LedgerError::Missing)));
        write_sealed(&path, &ledger()).unwrap();
        assert_eq!(read_sealed::<Ledger>(&path).unwrap(), ledger());
    }

    #[test]
    fn any_changed_byte_of_a_ledger_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        write_sealed(&path, &ledger()).unwrap();
        let bytes = fs::read(path).unwrap();
        assert_eq!(open(&bytes), Some(ledger()));
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x10;
            assert_eq!(open::<Ledger>(&changed), None, "byte {place}");
            assert_eq!(open::<Ledger>(&bytes[..place]), None, "cut at {place}");
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_written_and_any_changed_byte_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        let read = || {
            let (mut list, mut bytes, mut found) = (ListReader::open(&path).ok()?, Vec::new(), Vec::new());
            while let Some(one) = list.next(&mut bytes) {
                found.push(one.to_vec());
            }
            Some(found)
        };
        assert_eq!(read(), None);
        let written = [b"one".to_vec(), Vec::new(), b"three".to_vec()];
        let mut list = ListWriter::create(&path).unwrap();
        written.iter().for_each(|one| list.push(&[one]).unwrap());
        list.finish().unwrap();
        assert_eq!(read(), Some(written.to_vec()));
        assert_eq!(fault_of_sealed(&path), None);
        let bytes = fs::read(&path).unwrap();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x10;
            fs::write(&path, &changed).unwrap();
            assert_eq!(read(), None, "byte {place}");
            fs::write(&path, &bytes[..place]).unwrap();
            assert_eq!(read(), None, "cut at {place}");
            assert!(fault_of_sealed(&path).is_some());
        }
    }
}
