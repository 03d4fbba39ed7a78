//! One table as a Parquet file, written or read by row groups.

use super::cell::{Head, Kind};
use super::columns::{begun, failed};
use super::hashed::HashedFile;
use super::row_group::{RowGroup, Window, range};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::writer::SerializedFileWriter;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Bytes at the end of a file that say how long what tells of its row groups is, and that it is a Parquet file.
const TAIL: u64 = 8;

/// A Parquet file on its way to the disk.
pub struct ParquetFile {
    path: PathBuf,
    writer: SerializedFileWriter<HashedFile>,
}

impl ParquetFile {
    /// Begins `NAME.parquet` in `folder`.
    pub fn create(folder: &Path, head: Head, kinds: &[Kind]) -> io::Result<Self> {
        let path = folder.join(head.name).with_extension("parquet");
        let writer = begun(HashedFile::create(&path)?, head, kinds).map_err(failed)?;
        Ok(Self { path, writer })
    }

    /// Adds rows.
    pub fn append(&mut self, rows: &RowGroup) -> io::Result<()> {
        let mut append = || -> Result<(), ParquetError> {
            let mut group = self.writer.next_row_group()?;
            for column in &rows.columns {
                let close = ColumnCloseResult {
                    bytes_written: column.compressed_size() as u64,
                    rows_written: rows.n_rows,
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                group.append_column(&rows.window, close)?;
            }
            group.close().map(|_| ())
        };
        append().map_err(failed)
    }

    /// Writes the end of the file. Gives back the file, and the digest of what it says of its row groups.
    pub fn finish(self) -> io::Result<(HashedFile, [u8; 32])> {
        let file = self.writer.into_inner().map_err(failed)?;
        Ok((file, footer(&mut File::open(self.path)?)?))
    }
}

/// Digest of the end of a Parquet file, which tells of its row groups.
fn footer(file: &mut File) -> io::Result<[u8; 32]> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut tail = [0; TAIL as usize];
    file.seek(SeekFrom::Start(end.saturating_sub(TAIL)))?;
    file.read_exact(&mut tail)?;
    let length = u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]);
    file.seek(SeekFrom::Start(end.saturating_sub(TAIL + u64::from(length))))?;
    let mut footer = Vec::new();
    file.read_to_end(&mut footer)?;
    Ok(*blake3::hash(&footer).as_bytes())
}

/// A Parquet file that was written before.
pub struct KeptParquet {
    file: File,
    known: ParquetMetaData,
}

impl KeptParquet {
    /// Opens `NAME.parquet` in `folder`, where its end is the one that was written: `known_footer` is its digest.
    pub fn open(folder: &Path, head: Head, known_footer: &[u8; 32]) -> io::Result<Self> {
        let mut file = File::open(folder.join(head.name).with_extension("parquet"))?;
        if footer(&mut file)? != *known_footer {
            return Err(io::Error::other("the end of the file has changed"));
        }
        let known = ParquetMetaDataReader::new().parse_and_finish(&file).map_err(failed)?;
        Ok(Self { file, known })
    }

    /// One of its row groups. Whoever asks sees to it that nobody else reads the file meanwhile.
    pub fn group(&mut self, number: u32) -> io::Result<RowGroup> {
        let known = self.known.row_groups().get(number as usize).ok_or(io::ErrorKind::NotFound)?;
        let (start, end) = range(known.columns());
        let mut bytes = vec![0; end.saturating_sub(start) as usize];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut bytes)?;
        Ok(RowGroup::within(known, Window { start, bytes: bytes.into() }))
    }
}
