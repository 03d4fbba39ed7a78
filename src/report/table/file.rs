//! One table as CSV, as JSON and as Parquet at once, written and read back by groups of rows.

use super::cell::{Head, Kind};
use super::hashed::HashedFile;
use super::parquet_file::{KeptParquet, ParquetFile};
use super::row_group::RowGroup;
use super::rows::Rows;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::hash::Hasher;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use twox_hash::XxHash3_64;

/// A group of rows in every form, encoded.
pub struct Chunk {
    csv: Vec<u8>,
    json: Vec<u8>,
    /// None where there are no rows.
    parquet: Option<RowGroup>,
    /// Of all bytes: whether they are still as they were written.
    checksum: u64,
}

impl Chunk {
    /// Encodes rows; `kinds` is what the columns hold.
    ///
    /// # Errors
    /// A value is of another kind than its column.
    pub fn of(rows: Rows, kinds: &[Kind]) -> io::Result<Self> {
        let is_empty = rows.n_rows() == 0;
        let parquet = if is_empty { None } else { Some(RowGroup::of(rows.head(), kinds, rows.raw())?) };
        let (csv, json) = rows.into_text();
        Ok(Self::new(csv, json, parquet))
    }

    fn new(csv: Vec<u8>, json: Vec<u8>, parquet: Option<RowGroup>) -> Self {
        let mut hasher = XxHash3_64::new();
        for form in [&*csv, &*json, parquet.as_ref().map_or(&[], RowGroup::bytes)] {
            hasher.write(form);
        }
        Self { csv, json, parquet, checksum: hasher.finish() }
    }
}

/// Where a group of rows stands in the files of its table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where it begins in the CSV form, and how many bytes it has there.
    csv: (u64, u64),
    /// The same in the JSON form.
    json: (u64, u64),
    /// Number of the row group; `None` where there are no rows.
    parquet: Option<u32>,
    checksum: u64,
}

/// A table on its way to the disk, `NAME.csv`, `NAME.json` and `NAME.parquet`.
pub struct TableFile {
    csv: Counted,
    json: Counted,
    parquet: ParquetFile,
    n_groups: u32,
}

/// A file, and how much has been written into it.
struct Counted {
    file: BufWriter<HashedFile>,
    n_bytes: u64,
}

impl Counted {
    fn create(folder: &Path, head: Head, ending: &str) -> io::Result<Self> {
        let file = HashedFile::create(&folder.join(head.name).with_extension(ending))?;
        Ok(Self { file: BufWriter::new(file), n_bytes: 0 })
    }

    /// Writes; gives back where it begins, and its length.
    fn write(&mut self, bytes: &[u8]) -> io::Result<(u64, u64)> {
        self.file.write_all(bytes)?;
        let (start, length) = (self.n_bytes, bytes.len() as u64);
        self.n_bytes += length;
        Ok((start, length))
    }
}

impl TableFile {
    /// Begins a table in `folder`; `kinds` is what its columns hold.
    pub fn create(folder: &Path, head: Head, kinds: &[Kind]) -> io::Result<Self> {
        let (mut csv, mut json) = (Counted::create(folder, head, "csv")?, Counted::create(folder, head, "json")?);
        csv.write(head.columns.join(",").as_bytes())?;
        csv.write(b"\r\n")?;
        json.write(b"[\n")?;
        Ok(TableFile { csv, json, parquet: ParquetFile::create(folder, head, kinds)?, n_groups: 0 })
    }

    /// Writes rows after those written before, and tells where they stand.
    pub fn append(&mut self, rows: &Chunk) -> io::Result<Place> {
        if rows.parquet.is_some() && self.n_groups > 0 {
            self.json.write(b",\n")?;
        }
        let (csv, json) = (self.csv.write(&rows.csv)?, self.json.write(&rows.json)?);
        let mut parquet = None;
        if let Some(rows) = &rows.parquet {
            self.parquet.append(rows)?;
            parquet = Some(self.n_groups);
            self.n_groups += 1;
        }
        Ok(Place { csv, json, parquet, checksum: rows.checksum })
    }

    /// Ends the table.
    pub fn finish(mut self) -> io::Result<Finished> {
        self.json.write(b"\n]\n")?;
        self.csv.file.flush()?;
        self.json.file.flush()?;
        let (parquet, footer) = self.parquet.finish()?;
        Ok(Finished { files: [self.csv.file.into_inner()?, self.json.file.into_inner()?, parquet], footer })
    }
}

/// A table that has been written.
pub struct Finished {
    /// Its forms.
    pub files: [HashedFile; 3],
    /// Tells whether the Parquet form is still the same when it is read again.
    pub footer: [u8; 32],
}

/// A table that was written before.
pub struct KeptTable(Mutex<KeptFiles>);

struct KeptFiles {
    csv: File,
    json: File,
    parquet: KeptParquet,
}

impl KeptTable {
    /// Opens a table of `folder`; `footer` is what `TableFile::finish` gave with it.
    ///
    /// # Errors
    /// A file is not there, or not as it was written.
    pub fn open(folder: &Path, head: Head, footer: &[u8; 32]) -> io::Result<Self> {
        let open = |ending| File::open(folder.join(head.name).with_extension(ending));
        let (csv, json) = (open("csv")?, open("json")?);
        Ok(Self(Mutex::new(KeptFiles { csv, json, parquet: KeptParquet::open(folder, head, footer)? })))
    }

    /// The rows at a place.
    ///
    /// # Errors
    /// They cannot be read, or are not as they were written.
    pub fn chunk(&self, place: &Place) -> io::Result<Chunk> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (csv, json) = (part(&mut files.csv, place.csv)?, part(&mut files.json, place.json)?);
        let parquet = place.parquet.map(|number| files.parquet.group(number)).transpose()?;
        drop(files);
        let chunk = Chunk::new(csv, json, parquet);
        if chunk.checksum == place.checksum { Ok(chunk) } else { Err(io::Error::other("the rows have changed")) }
    }
}

/// Part of a file: where it begins, and how many bytes it has.
fn part(file: &mut File, (start, length): (u64, u64)) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    let left = file.metadata()?.len().saturating_sub(start);
    let mut bytes = Vec::with_capacity(length.min(left) as usize);
    if file.take(length).read_to_end(&mut bytes)? as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Writes a table that is held whole.
pub fn write_table(folder: &Path, rows: Rows) -> io::Result<()> {
    let head = rows.head();
    let kinds = rows.raw().kinds(head.columns.len());
    let mut file = TableFile::create(folder, head, &kinds)?;
    file.append(&Chunk::of(rows, &kinds)?)?;
    file.finish().map(|_| ())
}
