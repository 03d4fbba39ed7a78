//! Rows as Parquet holds them, encoded, and part of no file or of any.

use super::cell::{Head, Kind};
use super::columns::{Column, begun, columns, failed};
use super::rows::RawRows;
use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length};
use std::io::{self, Cursor};

/// A row group: its bytes are the same in whatever file it stands.
pub struct RowGroup {
    /// Its columns, by their places in the file that `window` is a part of.
    pub columns: Vec<ColumnChunkMetaData>,
    /// The part of a file that holds it.
    pub window: Window,
    /// How many rows it has.
    pub n_rows: u64,
}

impl RowGroup {
    /// Encodes rows.
    ///
    /// # Errors
    /// A value is of another kind than its column.
    pub fn of(head: Head, kinds: &[Kind], rows: &RawRows) -> io::Result<Self> {
        let columns = columns(head, kinds, rows)?;
        let mut file = Vec::new();
        write(&mut file, head, kinds, columns).map_err(failed)?;
        let bytes = Bytes::from(file);
        // Read back, as it will be from a file: what only a writer knows of it is left out in both cases.
        let known = ParquetMetaDataReader::new().parse_and_finish(&bytes).map_err(failed)?;
        let known = known.row_groups().first().ok_or_else(|| io::Error::other("no rows to encode"))?;
        Ok(Self::within(known, Window { start: 0, bytes }))
    }

    /// The row group that a file tells of, `window` being a part of that file that holds it.
    pub fn within(known: &RowGroupMetaData, window: Window) -> Self {
        Self { columns: known.columns().to_vec(), window, n_rows: known.num_rows() as u64 }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        let (start, end) = range(&self.columns);
        let within = |place: u64| usize::try_from(place.checked_sub(self.window.start)?).ok();
        let places = within(start).zip(within(end));
        places.and_then(|(start, end)| self.window.bytes.get(start..end)).unwrap_or_default()
    }
}

/// Writes a file of one row group.
fn write(file: &mut Vec<u8>, head: Head, kinds: &[Kind], columns: Vec<Column>) -> Result<(), ParquetError> {
    let mut writer = begun(file, head, kinds)?;
    let mut group = writer.next_row_group()?;
    for values in columns {
        let Some(mut column) = group.next_column()? else { break };
        values.write(column.untyped())?;
        column.close()?;
    }
    group.close()?;
    writer.close().map(|_| ())
}

/// Where columns begin and end in their file.
pub fn range(columns: &[ColumnChunkMetaData]) -> (u64, u64) {
    let places = columns.iter().map(ColumnChunkMetaData::byte_range);
    places.fold((u64::MAX, 0), |(first, last), (start, length)| (first.min(start), last.max(start + length)))
}

/// Part of a file, read by its places in that file.
pub struct Window {
    /// Where it begins.
    pub start: u64,
    /// What it holds.
    pub bytes: Bytes,
}

impl Length for Window {
    fn len(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl ChunkReader for Window {
    type T = Cursor<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let length = self.len().saturating_sub(start) as usize;
        self.get_bytes(start, length).map(Cursor::new)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let start = start.checked_sub(self.start).and_then(|start| usize::try_from(start).ok());
        let range = start.and_then(|start| Some(start..start.checked_add(length)?));
        let range = range.filter(|range| range.end <= self.bytes.len());
        let range = range.ok_or_else(|| ParquetError::EOF("a column lies outside what was read".into()))?;
        Ok(self.bytes.slice(range))
    }
}
