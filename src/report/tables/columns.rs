//! One table as Parquet: the raw values, in columns.

use super::table::{Cell, Head};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Rows that are held before they are written as one group.
const GROUP_ROWS: usize = 1 << 15;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, UTF-8.
    Text,
    /// Whole numbers, 64 bits.
    Count,
    /// Numbers, double precision.
    Number,
    /// True or false.
    Flag,
}

impl Kind {
    /// Whether values of `other` can be told as of this kind.
    fn holds(self, other: Kind) -> bool {
        self == Kind::Text || self == other || (self, other) == (Kind::Number, Kind::Count)
    }
}

/// Rows with their values as they are: nothing rounded, nothing defused.
#[derive(Clone, Debug, Default)]
pub struct RawRows {
    /// All words, one after the other.
    text: String,
    cells: Vec<Raw>,
}

#[derive(Clone, Copy, Debug)]
enum Raw {
    /// How many bytes of `text`.
    Text(usize),
    Count(u64),
    Number(f64),
    Flag(bool),
    Empty,
}

impl RawRows {
    /// Adds a cell.
    pub fn push(&mut self, cell: Cell<'_>) {
        self.cells.push(match cell {
            Cell::Text(text) => {
                self.text.push_str(text);
                Raw::Text(text.len())
            }
            Cell::Count(count) => Raw::Count(count),
            Cell::Number(number) => Raw::Number(number),
            Cell::Flag(flag) => Raw::Flag(flag),
            Cell::Empty => Raw::Empty,
        });
    }

    fn extend(&mut self, more: &RawRows) {
        self.text.push_str(&more.text);
        self.cells.extend_from_slice(&more.cells);
    }

    /// The kind that holds every value of each column; text where there is none.
    fn kinds(&self, n_columns: usize) -> Vec<Kind> {
        let mut kinds: Vec<Option<Kind>> = vec![None; n_columns];
        for (at, cell) in self.cells.iter().enumerate() {
            let kind = &mut kinds[at % n_columns];
            let Some(seen) = cell.kind() else { continue };
            *kind = Some(match (*kind, seen) {
                (None, seen) => seen,
                (Some(kind), seen) if kind == seen => kind,
                (Some(Kind::Count | Kind::Number), Kind::Count | Kind::Number) => Kind::Number,
                _ => Kind::Text,
            });
        }
        kinds.into_iter().map(|kind| kind.unwrap_or(Kind::Text)).collect()
    }
}

impl Raw {
    fn kind(self) -> Option<Kind> {
        match self {
            Raw::Text(_) => Some(Kind::Text),
            Raw::Count(_) => Some(Kind::Count),
            Raw::Number(_) => Some(Kind::Number),
            Raw::Flag(_) => Some(Kind::Flag),
            Raw::Empty => None,
        }
    }
}

/// A table on its way to the disk.
pub struct ParquetFile {
    head: Head,
    file: Option<File>,
    writer: Option<SerializedFileWriter<File>>,
    /// What the columns hold; `None` until all rows are there to tell.
    kinds: Option<Vec<Kind>>,
    waiting: RawRows,
}

impl ParquetFile {
    /// Begins `NAME.parquet` in `folder`. Where the kinds of the columns are not told, all rows are held until the end.
    pub fn create(folder: &Path, head: Head, kinds: Option<Vec<Kind>>) -> io::Result<Self> {
        let file = Some(File::create(folder.join(head.name).with_extension("parquet"))?);
        Ok(ParquetFile { head, file, writer: None, kinds, waiting: RawRows::default() })
    }

    /// Adds rows.
    pub fn append(&mut self, rows: &RawRows) -> io::Result<()> {
        self.waiting.extend(rows);
        match self.kinds.is_some() && self.waiting.cells.len() >= GROUP_ROWS * self.head.columns.len() {
            true => self.write_group(),
            false => Ok(()),
        }
    }

    /// Writes what is left, and the end of the file.
    pub fn finish(mut self) -> io::Result<()> {
        self.write_group()?;
        if let Some(writer) = self.writer {
            writer.close().map_err(failed)?;
        }
        Ok(())
    }

    fn write_group(&mut self) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let n_columns = self.head.columns.len();
        let kinds = self.kinds.get_or_insert_with(|| waiting.kinds(n_columns));
        if let Some(file) = self.file.take() {
            self.writer = Some(begun(file, self.head, kinds).map_err(failed)?);
        }
        match &mut self.writer {
            Some(writer) if !waiting.cells.is_empty() => write_group(writer, &waiting, kinds).map_err(failed),
            _ => Ok(()),
        }
    }
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        },
        other => io::Error::other(other),
    }
}

fn begun(file: File, head: Head, kinds: &[Kind]) -> Result<SerializedFileWriter<File>, ParquetError> {
    let column = |(name, kind): (&&str, &Kind)| {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Count => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Flag => (Physical::BOOLEAN, None),
        };
        let built = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        built.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    };
    let fields = head.columns.iter().zip(kinds).map(column).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder(head.name).with_fields(fields).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        // Least and greatest values of pages help queries over far larger files than these.
        .set_statistics_enabled(EnabledStatistics::None)
        .set_created_by(format!("throughline {}", env!("CARGO_PKG_VERSION")))
        .build();
    SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
}

fn write_group(writer: &mut SerializedFileWriter<File>, rows: &RawRows, kinds: &[Kind]) -> Result<(), ParquetError> {
    let n_columns = kinds.len();
    let mut texts = vec![0..0; rows.cells.len()];
    let mut end = 0;
    for (cell, text) in rows.cells.iter().zip(&mut texts) {
        if let Raw::Text(length) = cell {
            *text = end..end + length;
            end += length;
        }
    }
    let all_text = ByteArray::from(rows.text.as_bytes());
    let mut group = writer.next_row_group()?;
    let mut at = 0;
    while let Some(mut column) = group.next_column()? {
        let cells: Vec<_> = rows.cells.iter().zip(&texts).skip(at).step_by(n_columns).collect();
        if cells.iter().any(|(cell, _)| cell.kind().is_some_and(|kind| !kinds[at].holds(kind))) {
            // It would be lost without a word.
            return Err(ParquetError::General(format!("column {at} holds another kind than {:?}", kinds[at])));
        }
        write_column(column.untyped(), &cells, &all_text)?;
        column.close()?;
        at += 1;
    }
    group.close()?;
    Ok(())
}

/// Writes the cells of one column, each with the place of its words in `all_text`.
fn write_column(
    column: &mut ColumnWriter<'_>,
    cells: &[(&Raw, &Range<usize>)],
    all_text: &ByteArray,
) -> Result<(), ParquetError> {
    let levels: Vec<i16> = cells.iter().map(|(cell, _)| i16::from(!matches!(cell, Raw::Empty))).collect();
    let present = cells.iter().filter(|(cell, _)| !matches!(cell, Raw::Empty));
    match column {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let words = |(cell, text): &(&Raw, &Range<usize>)| match cell {
                Raw::Text(length) => all_text.slice(text.start, *length),
                Raw::Count(count) => ByteArray::from(count.to_string().as_str()),
                Raw::Number(number) => ByteArray::from(number.to_string().as_str()),
                Raw::Flag(flag) => ByteArray::from(flag.to_string().as_str()),
                Raw::Empty => ByteArray::from(""),
            };
            writer.write_batch(&present.map(words).collect::<Vec<_>>(), Some(&levels), None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let count = |(cell, _): &(&Raw, _)| if let Raw::Count(count) = cell { *count as i64 } else { 0 };
            writer.write_batch(&present.map(count).collect::<Vec<_>>(), Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let number = |(cell, _): &(&Raw, _)| match cell {
                Raw::Number(number) => *number,
                Raw::Count(count) => *count as f64,
                _ => 0.0,
            };
            writer.write_batch(&present.map(number).collect::<Vec<_>>(), Some(&levels), None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let flag = |(cell, _): &(&Raw, _)| matches!(cell, Raw::Flag(true));
            writer.write_batch(&present.map(flag).collect::<Vec<_>>(), Some(&levels), None)?;
        }
        // The schema has no column of another kind.
        _ => return Err(ParquetError::General("a column of no kind of ours".into())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    const HEAD: Head = Head { name: "t", columns: &["words", "n", "share", "is", "mixed", "none"] };

    fn rows() -> RawRows {
        let mut rows = RawRows::default();
        let cells = [
            [
                Cell::Text("=é,\"\n"),
                Cell::Count(7),
                Cell::Number(1.0 / 3.0),
                Cell::Flag(true),
                Cell::Count(1),
                Cell::Empty,
            ],
            [Cell::Empty, Cell::Count(8), Cell::Empty, Cell::Flag(false), Cell::Number(0.5), Cell::Empty],
        ];
        cells.iter().flatten().for_each(|cell| rows.push(*cell));
        rows
    }

    fn read(folder: &Path) -> Vec<Vec<Field>> {
        let reader = SerializedFileReader::new(File::open(folder.join("t.parquet")).unwrap()).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect()).collect()
    }

    #[test]
    fn values_come_back_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = ParquetFile::create(folder.path(), HEAD, None).unwrap();
        file.append(&rows()).unwrap();
        file.append(&RawRows::default()).unwrap();
        file.finish().unwrap();
        let third = Field::Double(1.0 / 3.0);
        let first =
            [Field::Str("=é,\"\n".into()), Field::Long(7), third, Field::Bool(true), Field::Double(1.0), Field::Null];
        let second = [Field::Null, Field::Long(8), Field::Null, Field::Bool(false), Field::Double(0.5), Field::Null];
        assert_eq!(read(folder.path()), [first, second]);
    }

    #[test]
    fn a_table_that_grows_is_written_in_groups_and_an_empty_one_has_its_columns() {
        let folder = tempfile::tempdir().unwrap();
        let kinds = vec![Kind::Text, Kind::Count, Kind::Number, Kind::Flag, Kind::Number, Kind::Text];
        let mut file = ParquetFile::create(folder.path(), HEAD, Some(kinds.clone())).unwrap();
        for _ in 0..GROUP_ROWS / 2 + 10 {
            file.append(&rows()).unwrap();
        }
        file.finish().unwrap();
        assert_eq!(read(folder.path()).len(), GROUP_ROWS + 20);
        ParquetFile::create(folder.path(), HEAD, Some(kinds)).unwrap().finish().unwrap();
        let reader = SerializedFileReader::new(File::open(folder.path().join("t.parquet")).unwrap()).unwrap();
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
        assert_eq!(reader.metadata().file_metadata().schema_descr().num_columns(), 6);
    }
}
