//! `sources.csv` beside the files: fields by file name, for formats that carry none.

use super::super::document::Metadata;
use super::decode;
use super::fields;
use csv::{ByteRecord, ReaderBuilder};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

/// The name of the file of fields, which is itself no source.
pub(in super::super) const NAME: &str = "sources.csv";

/// Columns that may hold the file name; the first of the header that does counts.
const KEYS: [&str; 5] = ["file", "filename", "file_name", "path", "source"];

/// Each file named in `folder`'s list, with all that its row says, for a digest.
pub(in super::super) fn rows(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut rows = BTreeMap::new();
    each_row(&folder.join(NAME), &mut |file, row| {
        let said: Vec<String> = row.iter().map(|(name, value)| format!("{name}\u{1f}{value}")).collect();
        rows.insert(file.to_owned(), said.join("\u{1e}"));
        true
    })?;
    Ok(rows)
}

/// What the list beside `file` says of it; nothing where there is no list, or none of it.
pub(in super::super) fn said_of(file: &Path) -> Metadata {
    let mut said = Metadata::default();
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|name| name.to_str())) else {
        return said;
    };
    let found = each_row(&folder.join(NAME), &mut |file, row| {
        if file == name {
            row.iter().for_each(|(name, value)| fields::put(&mut said, name, value));
        }
        file != name
    });
    if found.is_ok() { said } else { Metadata::default() }
}

/// Sees a file name and its fields; whether it wants more.
type See<'s> = dyn FnMut(&str, &[(String, String)]) -> bool + 's;

/// Hands each row to `see` as the file it names and its fields, until `see` says no.
fn each_row(list: &Path, see: &mut See) -> io::Result<()> {
    let mut reader = BufReader::new(File::open(list)?);
    let head = io::BufRead::fill_buf(&mut reader)?;
    let delimiter = super::table::delimiter(decode::without_mark(head));
    let n_mark = head.len() - decode::without_mark(head).len();
    io::BufRead::consume(&mut reader, n_mark);
    let mut rows = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(reader);
    let (mut names, mut row, mut pieces) = (Vec::new(), ByteRecord::new(), decode::Pieces::default());
    while rows.read_byte_record(&mut row)? {
        let cells: Vec<String> = row.iter().map(|cell| pieces.text(cell).trim().to_owned()).collect();
        if names.is_empty() {
            names = cells;
            continue;
        }
        let is_key = |name: &String| KEYS.iter().any(|key| key.eq_ignore_ascii_case(name));
        let Some(at) = names.iter().position(is_key) else { return Ok(()) };
        let file = cells.get(at).map_or("", |path| path.rsplit(['/', '\\']).next().unwrap_or(path)).to_owned();
        let others = |n: &usize| *n != at;
        let fields: Vec<(String, String)> =
            (0..names.len().min(cells.len())).filter(others).map(|n| (names[n].clone(), cells[n].clone())).collect();
        if !file.is_empty() && !see(&file, &fields) {
            return Ok(());
        }
    }
    Ok(())
}
