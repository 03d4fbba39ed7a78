//! Values in columns, as Parquet takes them.

use super::cell::{Head, Kind};
use super::rows::{Raw, RawRows};
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};
use std::io::{self, Write};
use std::sync::Arc;

/// The values of one column.
pub struct Column {
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

    /// Writes the values.
    pub fn write(self, column: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = Some(&self.levels[..]);
        match (column, self.values) {
            (ColumnWriter::ByteArrayColumnWriter(writer), Values::Text(words, ends)) => {
                let words = ByteArray::from(words);
                let mut start = 0;
                let word = |end| {
                    let word = words.slice(start, end - start);
                    start = end;
                    word
                };
                writer.write_batch(&ends.into_iter().map(word).collect::<Vec<_>>(), levels, None)?;
            }
            (ColumnWriter::Int64ColumnWriter(writer), Values::Counts(counts)) => {
                writer.write_batch(&counts, levels, None)?;
            }
            (ColumnWriter::DoubleColumnWriter(writer), Values::Numbers(numbers)) => {
                writer.write_batch(&numbers, levels, None)?;
            }
            (ColumnWriter::BoolColumnWriter(writer), Values::Flags(flags)) => {
                writer.write_batch(&flags, levels, None)?;
            }
            // The schema has the kinds of the columns.
            _ => return Err(ParquetError::General("a column of another kind than its values".into())),
        }
        Ok(())
    }
}

/// The values of some rows, column by column.
///
/// # Errors
/// A value is of another kind than its column.
pub fn columns(head: Head, kinds: &[Kind], rows: &RawRows) -> io::Result<Vec<Column>> {
    let mut columns: Vec<Column> = kinds.iter().map(|kind| Column::new(*kind)).collect();
    for (at, (cell, words)) in rows.cells().enumerate() {
        let column = at % kinds.len();
        let another = || io::Error::other(format!("{}: column {} holds another kind", head.name, head.columns[column]));
        columns[column].push(cell, words).ok_or_else(another)?;
    }
    Ok(columns)
}

/// What the system said, where it was the system that failed.
pub fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        },
        other => io::Error::other(other),
    }
}

/// Begins a Parquet file.
pub fn begun<W: Write + Send>(out: W, head: Head, kinds: &[Kind]) -> Result<SerializedFileWriter<W>, ParquetError> {
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
        .set_offset_index_disabled(true)
        .set_created_by(format!("throughline {}", env!("CARGO_PKG_VERSION")))
        .build();
    SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))
}
