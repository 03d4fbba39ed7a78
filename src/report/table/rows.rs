//! Rows of one table in every form, held until they are written.

use super::cell::{Cell, Head, Kind};
use super::written::{write_count, write_csv_text, write_number};
use std::io::{self, Write};
use std::ops::Range;

/// Rows of one table, in every form, not yet written.
#[derive(Debug)]
pub struct Rows {
    head: Head,
    raw: RawRows,
    csv: Vec<u8>,
    json: Vec<u8>,
    n_rows: usize,
    /// The words that were last written into each column.
    last: Vec<LastText>,
}

/// Where the words of a cell lie, as they are and as they are written: the same words in the next row are not looked
/// through again.
#[derive(Clone, Debug, Default)]
struct LastText {
    raw: Range<usize>,
    csv: Range<usize>,
    json: Range<usize>,
}

impl Rows {
    /// No rows yet.
    pub fn new(head: Head) -> Self {
        let last = vec![LastText::default(); head.columns.len()];
        Rows { head, raw: RawRows::default(), csv: Vec::new(), json: Vec::new(), n_rows: 0, last }
    }

    /// Adds a row; as many cells as the table has columns.
    pub fn row(&mut self, cells: &[Cell<'_>]) {
        debug_assert_eq!(cells.len(), self.head.columns.len(), "{}", self.head.name);
        self.json.extend_from_slice(if self.n_rows == 0 { b"{" } else { b",\n{" });
        for (at, (cell, column)) in cells.iter().zip(self.head.columns).enumerate() {
            if at > 0 {
                self.csv.push(b',');
                self.json.push(b',');
            }
            self.json.push(b'"');
            self.json.extend_from_slice(column.as_bytes());
            self.json.extend_from_slice(b"\":");
            self.write(at, *cell);
            self.raw.push(*cell);
        }
        self.csv.extend_from_slice(b"\r\n");
        self.json.push(b'}');
        self.n_rows += 1;
    }

    /// Writes a cell into both forms.
    fn write(&mut self, column: usize, cell: Cell<'_>) {
        let start = self.csv.len();
        match cell {
            Cell::Text(text) => return self.write_text(column, text),
            Cell::Count(count) => write_count(count, &mut self.csv),
            Cell::Number(number) => write_number(number, &mut self.csv),
            Cell::Flag(flag) => self.csv.extend_from_slice(if flag { b"true" } else { b"false" }),
            Cell::Empty => return self.json.extend_from_slice(b"null"),
        }
        self.json.extend_from_slice(&self.csv[start..]);
    }

    /// Writes words into a column; to be called before they are among the raw ones.
    fn write_text(&mut self, column: usize, text: &str) {
        let Rows { raw, csv, json, last, .. } = self;
        let last = &mut last[column];
        let (csv_start, json_start) = (csv.len(), json.len());
        if !text.is_empty() && raw.words(&last.raw) == text {
            csv.extend_from_within(last.csv.clone());
            json.extend_from_within(last.json.clone());
            return;
        }
        write_csv_text(text, csv);
        // Writing to a `Vec` cannot fail.
        let _ = serde_json::to_writer(&mut *json, text);
        let raw = raw.n_bytes()..raw.n_bytes() + text.len();
        *last = LastText { raw, csv: csv_start..csv.len(), json: json_start..json.len() };
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// The rows with their values as they are.
    pub fn raw(&self) -> &RawRows {
        &self.raw
    }

    /// The rows as CSV without the header, and as JSON objects with a comma between.
    pub fn into_text(self) -> (Vec<u8>, Vec<u8>) {
        (self.csv, self.json)
    }

    /// Name and columns.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The rows as CSV, without the header.
    pub fn csv(&self) -> &[u8] {
        &self.csv
    }

    /// Writes the rows as JSON, one object a line.
    pub fn write_json_lines(&self, out: &mut dyn Write) -> io::Result<()> {
        // A line break inside a text is escaped in JSON, so every line here is a row, and ends with `,` but for the last.
        for line in self.json.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
            out.write_all(line.strip_suffix(b",").unwrap_or(line))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Rows with their values as they are: nothing rounded, nothing defused.
#[derive(Clone, Debug, Default)]
pub struct RawRows {
    /// All words, one after the other.
    text: String,
    cells: Vec<Raw>,
}

/// One value.
#[derive(Clone, Copy, Debug)]
pub enum Raw {
    /// How many bytes of `text`.
    Text(usize),
    /// A count or a place.
    Count(u64),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// Nothing.
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

    /// The cells, row after row, each with its words.
    pub fn cells(&self) -> impl Iterator<Item = (Raw, &str)> {
        let mut rest = self.text.as_str();
        self.cells.iter().map(move |cell| {
            let (words, after) = rest.split_at(if let Raw::Text(length) = cell { *length } else { 0 });
            rest = after;
            (*cell, words)
        })
    }

    /// The kind that holds every value of each column; text where there is none.
    pub fn kinds(&self, n_columns: usize) -> Vec<Kind> {
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
    /// The kind of column that it stands in; `None` for nothing, which stands in every one.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Raw::Text(_) => Some(Kind::Text),
            Raw::Count(_) => Some(Kind::Count),
            Raw::Number(_) => Some(Kind::Number),
            Raw::Flag(_) => Some(Kind::Flag),
            Raw::Empty => None,
        }
    }
}
