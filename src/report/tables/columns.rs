//! One table as Parquet: the raw values, in columns.

use super::table::{Cell, Head};
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};
use std::fs::File;
use std::io::{self, Write};
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

    /// How many bytes of words there are.
    pub fn n_bytes(&self) -> usize {
        self.text.len()
    }

    /// Some of the words.
    pub fn words(&self, place: &Range<usize>) -> &str {
        &self.text[place.clone()]
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

/// The values of one column that wait to be written.
struct Column {
    /// For each row, whether it has a value: 1 or 0.
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    /// The words, and where each value ends among them.
    Text(Vec<u8>, Vec<usize>),
    Counts(Vec<i64>),
    Numbers(Vec<f64>),
    Flags(Vec<bool>),
}

impl Column {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new(), Vec::new()),
            Kind::Count => Values::Counts(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Flag => Values::Flags(Vec::new()),
        };
        Column { levels: Vec::new(), values }
    }

    /// Adds a value; `text` holds its words. `None` where the column is of another kind: it would be lost without a word.
    fn push(&mut self, cell: Raw, text: &str) -> Option<()> {
        self.levels.push(i16::from(cell.kind().is_some()));
        match (&mut self.values, cell) {
            (_, Raw::Empty) => {}
            (Values::Text(words, ends), cell) => {
                // Writing to a `Vec` cannot fail.
                let _ = match cell {
                    Raw::Count(count) => write!(words, "{count}"),
                    Raw::Number(number) => write!(words, "{number}"),
                    Raw::Flag(flag) => write!(words, "{flag}"),
                    Raw::Text(_) | Raw::Empty => words.write_all(text.as_bytes()),
                };
                ends.push(words.len());
            }
            (Values::Counts(counts), Raw::Count(count)) => counts.push(count as i64),
            (Values::Numbers(numbers), Raw::Number(number)) => numbers.push(number),
            (Values::Numbers(numbers), Raw::Count(count)) => numbers.push(count as f64),
            (Values::Flags(flags), Raw::Flag(flag)) => flags.push(flag),
            _ => return None,
        }
        Some(())
    }

    /// Writes the values, and forgets them.
    fn write(&mut self, column: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = Some(&self.levels[..]);
        match (column, &mut self.values) {
            (ColumnWriter::ByteArrayColumnWriter(writer), Values::Text(words, ends)) => {
                let words = ByteArray::from(std::mem::take(words));
                let mut start = 0;
                let word = |end| {
                    let word = words.slice(start, end - start);
                    start = end;
                    word
                };
                writer.write_batch(&ends.drain(..).map(word).collect::<Vec<_>>(), levels, None)?;
            }
            (ColumnWriter::Int64ColumnWriter(writer), Values::Counts(counts)) => {
                writer.write_batch(counts, levels, None)?;
                counts.clear();
            }
            (ColumnWriter::DoubleColumnWriter(writer), Values::Numbers(numbers)) => {
                writer.write_batch(numbers, levels, None)?;
                numbers.clear();
            }
            (ColumnWriter::BoolColumnWriter(writer), Values::Flags(flags)) => {
                writer.write_batch(flags, levels, None)?;
                flags.clear();
            }
            // The schema has the kinds of the columns.
            _ => return Err(ParquetError::General("a column of another kind than its values".into())),
        }
        self.levels.clear();
        Ok(())
    }
}

/// A table on its way to the disk.
pub struct ParquetFile {
    head: Head,
    file: Option<File>,
    writer: Option<SerializedFileWriter<File>>,
    /// What waits, column by column; none until it is known what the columns hold.
    columns: Vec<Column>,
    /// What waits until all rows are there to tell what the columns hold.
    untold: RawRows,
}

impl ParquetFile {
    /// Begins `NAME.parquet` in `folder`. Where the kinds of the columns are not told, all rows are held until the end.
    pub fn create(folder: &Path, head: Head, kinds: Option<Vec<Kind>>) -> io::Result<Self> {
        let file = Some(File::create(folder.join(head.name).with_extension("parquet"))?);
        let mut table = ParquetFile { head, file, writer: None, columns: Vec::new(), untold: RawRows::default() };
        kinds.map_or(Ok(()), |kinds| table.begin(&kinds))?;
        Ok(table)
    }

    /// Adds rows.
    pub fn append(&mut self, rows: &RawRows) -> io::Result<()> {
        if self.columns.is_empty() {
            self.untold.text.push_str(&rows.text);
            self.untold.cells.extend_from_slice(&rows.cells);
            return Ok(());
        }
        let mut rest = rows.text.as_str();
        for row in rows.cells.chunks(self.columns.len()) {
            for (column, (cell, name)) in self.columns.iter_mut().zip(row.iter().zip(self.head.columns)) {
                let n_bytes = if let Raw::Text(length) = cell { *length } else { 0 };
                let (text, after) = rest.split_at(n_bytes);
                rest = after;
                let another = || io::Error::other(format!("{}: column {name} holds another kind", self.head.name));
                column.push(*cell, text).ok_or_else(another)?;
            }
        }
        match self.columns[0].levels.len() >= GROUP_ROWS {
            true => self.write_group().map_err(failed),
            false => Ok(()),
        }
    }

    /// Writes what is left, and the end of the file.
    pub fn finish(mut self) -> io::Result<()> {
        if self.columns.is_empty() {
            let rows = std::mem::take(&mut self.untold);
            self.begin(&rows.kinds(self.head.columns.len()))?;
            self.append(&rows)?;
        }
        self.write_group().map_err(failed)?;
        self.writer.map_or(Ok(()), |writer| writer.close().map(|_| ()).map_err(failed))
    }

    fn begin(&mut self, kinds: &[Kind]) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        self.writer = Some(begun(file, self.head, kinds).map_err(failed)?);
        self.columns = kinds.iter().map(|kind| Column::new(*kind)).collect();
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let Some(writer) = self.writer.as_mut().filter(|_| !self.columns[0].levels.is_empty()) else { return Ok(()) };
        let mut group = writer.next_row_group()?;
        for waiting in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            waiting.write(column.untyped())?;
            column.close()?;
        }
        group.close().map(|_| ())
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
    // Counts are places and lengths, few of them the same: a dictionary of them would be dropped half way.
    let counts = kinds.iter().zip(head.columns).filter(|(kind, _)| **kind == Kind::Count);
    let counts = counts.map(|(_, name)| ColumnPath::from(*name));
    let properties = counts.fold(WriterProperties::builder(), |properties, name| {
        let properties = properties.set_column_encoding(name.clone(), Encoding::DELTA_BINARY_PACKED);
        properties.set_column_dictionary_enabled(name, false)
    });
    let properties = properties
        .set_compression(Compression::SNAPPY)
        // Least and greatest values of pages help queries over far larger files than these.
        .set_statistics_enabled(EnabledStatistics::None)
        .set_created_by(format!("throughline {}", env!("CARGO_PKG_VERSION")))
        .build();
    SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
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
