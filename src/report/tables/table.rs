//! One table, written as CSV, as JSON and as Parquet at once.

use super::columns::{Kind, ParquetFile, RawRows};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;

/// One cell. Undefined numbers are `None` and leave the cell empty (`null` in JSON).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Words.
    Text(&'a str),
    /// A count or a place.
    Count(u64),
    /// A number, rounded to six decimals.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// Nothing.
    Empty,
}

impl Cell<'_> {
    /// A number that may be undefined.
    pub fn maybe(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Cell::Empty, Cell::Number)
    }
}

impl<'a> Cell<'a> {
    /// Words that may be missing.
    pub fn maybe_text(text: Option<&'a str>) -> Self {
        text.map_or(Cell::Empty, Cell::Text)
    }
}

impl Cell<'_> {
    /// Appends the cell as it stands in CSV.
    pub fn write_csv(self, csv: &mut Vec<u8>) {
        match self {
            Cell::Text(text) => write_csv_text(text, csv),
            Cell::Count(count) => write_count(count, csv),
            Cell::Number(number) => write_number(number, csv),
            Cell::Flag(flag) => csv.extend_from_slice(if flag { b"true" } else { b"false" }),
            Cell::Empty => {}
        }
    }
}

/// Name and columns of a table.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// File name without ending.
    pub name: &'static str,
    /// Names of the columns.
    pub columns: &'static [&'static str],
}

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
}

impl Rows {
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

/// A whole number in decimal digits.
fn write_count(count: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = count;
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// A finite number rounded to six decimals, halves away from zero, without trailing zeros. There is a cell for every hit:
/// digits are written by whole numbers, which is several times as fast as the general way.
fn write_number(number: f64, out: &mut Vec<u8>) {
    const SCALE: u64 = 1_000_000;
    let scaled = (number.abs() * SCALE as f64).round();
    if scaled >= 9e15 {
        // Past the whole numbers that a float holds exactly there are no decimals to round. Writing to a `Vec` cannot fail.
        let _ = write!(out, "{number}");
        return;
    }
    let scaled = scaled as u64;
    if number < 0.0 && scaled > 0 {
        out.push(b'-');
    }
    write_count(scaled / SCALE, out);
    let mut fraction = scaled % SCALE;
    if fraction == 0 {
        return;
    }
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (fraction % 10) as u8;
        fraction /= 10;
    }
    let length = digits.iter().rposition(|&digit| digit != b'0').map_or(0, |last| last + 1);
    out.push(b'.');
    out.extend_from_slice(&digits[..length]);
}

/// Quoted as RFC 4180 asks. A cell that a spreadsheet would run as a formula begins with `'`, which a reader may strip;
/// the JSON form has the text as it is.
pub fn write_csv_text(text: &str, csv: &mut Vec<u8>) {
    let plain = text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric);
    let formula = !plain && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let quoted = text.bytes().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r'));
    if quoted {
        csv.push(b'"');
    }
    if formula {
        csv.push(b'\'');
    }
    if quoted && text.contains('"') {
        csv.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    } else {
        csv.extend_from_slice(text.as_bytes());
    }
    if quoted {
        csv.push(b'"');
    }
}

/// A table on its way to the disk, `NAME.csv`, `NAME.json` and `NAME.parquet`.
pub struct TableFile {
    csv: BufWriter<File>,
    json: BufWriter<File>,
    parquet: ParquetFile,
    n_rows: usize,
}

impl TableFile {
    /// Begins a table in `folder`. What its columns hold is told where the rows are too many to be held until it is seen.
    pub fn create(folder: &Path, head: Head, kinds: Option<Vec<Kind>>) -> io::Result<Self> {
        let mut csv = BufWriter::new(File::create(folder.join(head.name).with_extension("csv"))?);
        let mut json = BufWriter::new(File::create(folder.join(head.name).with_extension("json"))?);
        csv.write_all(head.columns.join(",").as_bytes())?;
        csv.write_all(b"\r\n")?;
        json.write_all(b"[\n")?;
        Ok(TableFile { csv, json, parquet: ParquetFile::create(folder, head, kinds)?, n_rows: 0 })
    }

    /// Writes rows after those written before.
    pub fn append(&mut self, rows: &Rows) -> io::Result<()> {
        if rows.n_rows == 0 {
            return Ok(());
        }
        if self.n_rows > 0 {
            self.json.write_all(b",\n")?;
        }
        self.n_rows += rows.n_rows;
        self.csv.write_all(&rows.csv)?;
        self.json.write_all(&rows.json)?;
        self.parquet.append(&rows.raw)
    }

    /// Ends the table.
    pub fn finish(mut self) -> io::Result<()> {
        self.json.write_all(b"\n]\n")?;
        self.csv.flush()?;
        self.json.flush()?;
        self.parquet.finish()
    }
}

/// Writes a table that is held whole.
pub fn write_table(folder: &Path, rows: &Rows) -> io::Result<()> {
    let mut file = TableFile::create(folder, rows.head, None)?;
    file.append(rows)?;
    file.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: Head = Head { name: "t", columns: &["a", "b"] };

    #[test]
    fn both_forms_hold_the_same_rows() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = TableFile::create(folder.path(), HEAD, None).unwrap();
        for text in ["plain", "a \"quoted\", cell"] {
            let mut rows = Rows::new(HEAD);
            rows.row(&[Cell::Text(text), Cell::maybe(None)]);
            rows.row(&[Cell::Number(1.0 / 3.0), Cell::Flag(true)]);
            file.append(&rows).unwrap();
        }
        file.append(&Rows::new(HEAD)).unwrap();
        file.finish().unwrap();
        let csv = std::fs::read_to_string(folder.path().join("t.csv")).unwrap();
        assert_eq!(csv, "a,b\r\nplain,\r\n0.333333,true\r\n\"a \"\"quoted\"\", cell\",\r\n0.333333,true\r\n");
        let json: serde_json::Value =
            serde_json::from_slice(&std::fs::read(folder.path().join("t.json")).unwrap()).unwrap();
        assert_eq!(json[2]["a"], "a \"quoted\", cell");
        assert_eq!(json[3], serde_json::json!({"a": 0.333333, "b": true}));
        assert!(json[0]["b"].is_null());
    }

    #[test]
    fn numbers_are_written_as_the_general_way_writes_them() {
        let numbers =
            [0.0, 1.0, -1.5, 0.1, 0.9375, 1.0 / 3.0, 2.0 / 3.0, 0.000_000_4, 12_345.678_901, 1e-6, 99.999_999_9, 1e20];
        for number in numbers {
            let mut out = Vec::new();
            write_number(number, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), format!("{}", (number * 1e6).round() / 1e6));
        }
        for count in [0, 7, 10, 1_234_567_890, u64::MAX] {
            let mut out = Vec::new();
            write_count(count, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), count.to_string());
        }
        let mut out = Vec::new();
        write_number(-0.000_000_1, &mut out);
        assert_eq!(out, b"0", "no minus before nothing");
    }

    #[test]
    fn a_cell_that_begins_like_a_formula_is_defused() {
        for (text, cell) in [("=1+1", "'=1+1"), ("@sum", "'@sum"), ("-3", "'-3"), ("a=b", "a=b"), ("\t=1", "'\t=1")] {
            let mut csv = Vec::new();
            write_csv_text(text, &mut csv);
            assert_eq!(String::from_utf8(csv).unwrap(), cell);
        }
    }
}
