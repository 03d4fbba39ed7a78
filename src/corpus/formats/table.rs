//! Tables as text (RFC 4180): a header, then a record a row; the delimiter is told from the header.

use super::super::catalog::Severity;
use super::super::cells::n_lines_behind;
use super::super::document::{Document, DocumentId};
use super::super::settings::ColumnSettings;
use super::decode::{self, Pieces};
use super::references::{Part, Parts, Reference};
use super::{Format, Input, Intake, Take, fields};
use csv::{ByteRecord, ReaderBuilder};
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

pub(super) const FORMAT: Format =
    Format { name: "csv", endings: &["csv", "tsv", "tab"], shows, take: Take::Stream(take) };

/// What the columns of exports from Scopus, Web of Science, Embase and ASReview mean.
const PARTS: Parts = &[
    (Part::Title, &["title", "article title", "ti"]),
    (Part::Abstract, &["abstract", "ab"]),
    (Part::Author, &["author full names", "authors", "author", "author names", "af", "au"]),
    (Part::Year, &["year", "publication year", "publication_year", "py"]),
    (Part::Doi, &["doi", "di"]),
    (Part::Url, &["link", "url"]),
    (Part::Publication, &["source title", "journal", "publication title", "source", "so"]),
    (Part::Language, &["language of original document", "language", "la"]),
    (Part::Kind, &["document type", "dt"]),
];

/// Whether this is the table that Web of Science exports under a name for plain text.
fn shows(head: &[u8]) -> bool {
    let first = head.split(|b| *b == b'\n').next().unwrap_or(head);
    first.starts_with(b"PT\t") && memchr::memmem::find(first, b"\tTI\t").is_some()
}

fn take(mut input: Input, intake: &mut Intake) {
    if decode::wide(input.head()).is_some() {
        if let Some(text) = decode::whole(input, intake) {
            read(text.as_bytes(), delimiter(text.as_bytes()), n_lines_behind(text.as_bytes()), intake);
        }
        return;
    }
    let head = decode::without_mark(input.head());
    let (n_mark, delimiter, n_behind) = (input.head().len() - head.len(), delimiter(head), n_lines_behind(head));
    input.skip(n_mark);
    read(input, delimiter, n_behind, intake);
}

/// The one of comma, semicolon and tab that stands most often in the first line outside quotes.
pub(super) fn delimiter(head: &[u8]) -> u8 {
    let mut n = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for &b in head {
        match b {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            b if !quoted => n.iter_mut().filter(|(d, _)| *d == b).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    n.iter().rev().max_by_key(|(_, n)| n).map_or(b',', |(d, _)| *d)
}

/// Where the columns of a table lie.
struct Columns {
    names: Vec<String>,
    id: Option<usize>,
    title: Option<usize>,
    text: Option<usize>,
    year: Option<usize>,
}

impl Columns {
    /// The columns under these names; `None` where none holds the text. A table without the column that is set for
    /// the text may be an export of references, with a column of abstracts.
    fn new(names: Vec<String>, set: &ColumnSettings) -> Option<Self> {
        let at = |name: &str| {
            let same = |n: &String| n.eq_ignore_ascii_case(name);
            names.iter().position(|n| n == name).or_else(|| names.iter().position(same))
        };
        let text = at(&set.text);
        text.or_else(|| at("abstract")).or_else(|| at("ab"))?;
        let (id, title, year) = (at(&set.id), at(&set.title), at(&set.year));
        Some(Self { id, title, text, year, names })
    }

    /// Hands in one row.
    fn take_row(&self, line: u64, cells: Vec<String>, intake: &mut Intake) {
        if self.text.is_some() {
            return intake.record(line, self.document(cells));
        }
        let mut own = None;
        let mut fields = Vec::with_capacity(cells.len());
        for (at, (name, cell)) in self.names.iter().zip(cells).enumerate() {
            match () {
                () if self.id == Some(at) => own = Some(cell),
                () if PARTS[2].1.iter().any(|known| known.eq_ignore_ascii_case(name)) => {
                    fields.extend(fields::authors(&cell).into_iter().map(|author| (name.clone(), author)));
                }
                () => fields.push((name.clone(), cell)),
            }
        }
        let document = Reference { line, fields }.document(PARTS);
        match own.filter(|id| !id.trim().is_empty()) {
            Some(id) if !document.text.is_empty() => intake.record(line, Document { id: DocumentId(id), ..document }),
            _ => intake.reference(line, document),
        }
    }

    fn document(&self, cells: Vec<String>) -> Document {
        let mut document = Document::default();
        for (at, (name, cell)) in self.names.iter().zip(cells).enumerate() {
            let known = |column: Option<usize>| column == Some(at);
            match () {
                () if known(self.text) => document.text = cell,
                () if known(self.id) => document.id = DocumentId(cell),
                () if known(self.title) => fields::put(&mut document.metadata, "title", &cell),
                () if known(self.year) => fields::put(&mut document.metadata, "year", &cell),
                () => fields::put(&mut document.metadata, name, &cell),
            }
        }
        document
    }
}

/// A stream that ends in an error when a record takes too much of it.
struct Metered<R> {
    from: R,
    n_read: Rc<Cell<u64>>,
    limit: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(buffer)?;
        self.n_read.set(self.n_read.get() + n as u64);
        if self.n_read.get() > self.limit {
            return Err(io::Error::other(format!("a record is longer than {} bytes (entry_bytes)", self.limit)));
        }
        Ok(n)
    }
}

/// `n_behind`: see `n_lines_behind`.
fn read(from: impl Read, delimiter: u8, n_behind: u64, intake: &mut Intake) {
    let n_read = Rc::new(Cell::new(0));
    let from = Metered { from, n_read: n_read.clone(), limit: intake.settings.limits.entry_bytes };
    let mut rows = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(from);
    let mut pieces = Pieces::default();
    let mut columns: Option<Columns> = None;
    let mut row = ByteRecord::new();
    loop {
        n_read.set(0);
        match rows.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(e) => {
                intake.skip(&format!("cannot be read to its end: {e}"), "look for a quote that does not close");
                break;
            }
        }
        let n_behind = if columns.is_some() { n_behind } else { 0 };
        let line = row.position().map_or(1, csv::Position::line) + n_behind;
        let cells: Vec<String> = row.iter().map(|cell| pieces.text(cell).into_owned()).collect();
        match &columns {
            None => {
                match Columns::new(cells.iter().map(|name| name.trim().to_owned()).collect(), &intake.settings.columns)
                {
                    Some(found) => columns = Some(found),
                    None => return no_text(intake),
                }
            }
            Some(columns) if cells.len() == columns.names.len() => columns.take_row(line, cells, intake),
            Some(columns) => {
                let n_lines = (rows.position().line() + n_behind).saturating_sub(line);
                ragged(line, n_lines, cells.len(), columns.names.len(), intake);
            }
        }
    }
    decode::report(pieces.n_replaced, intake);
}

fn ragged(line: u64, n_lines: u64, n_cells: usize, n_columns: usize, intake: &mut Intake) {
    let what = format!("the row has {n_cells} fields where the header has {n_columns}");
    let hint = match n_lines {
        0..=20 => "a field with a comma, quote or line end needs quotes",
        _ => "it runs over many lines: look for a quote that does not close",
    };
    intake.fault(Severity::Skipped, Some(line), what, hint);
}

fn no_text(intake: &mut Intake) {
    let what = format!("has no column \"{}\"", intake.settings.columns.text);
    intake.skip(&what, "name the column of the text under [corpus.columns], or leave the file out with exclude");
}
