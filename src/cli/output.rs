//! Results on standard output.

use super::args::{Args, RowFormat, TableFormat};
use super::exit::{Exit, Failure};
use crate::report::{Head, Rows};
use clap::CommandFactory;
use std::io::{self, Write};

/// How many of something, in words: `1 document`, `2 documents`. For what takes an s.
pub fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Prints a completion script.
pub fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "throughline", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}

/// Prints the manual page.
pub fn man_page() -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Args::command()).render(&mut page)?;
    io::stdout().write_all(&page)?;
    Ok(Exit::Done)
}

/// Rows on their way to standard output, in one of the forms that commands offer.
pub struct RowWriter<W: Write> {
    out: W,
    format: RowFormat,
}

impl<W: Write> RowWriter<W> {
    /// Begins with the header, where the form has one.
    pub fn new(mut out: W, head: Head, format: RowFormat) -> io::Result<Self> {
        if format == RowFormat::Csv {
            out.write_all(head.columns.join(",").as_bytes())?;
            out.write_all(b"\r\n")?;
        }
        Ok(RowWriter { out, format })
    }

    /// Writes rows that were made in this form already.
    pub fn write_made(&mut self, rows: &[u8]) -> io::Result<()> {
        self.out.write_all(rows)
    }

    /// Writes rows.
    pub fn write(&mut self, rows: &Rows) -> io::Result<()> {
        match self.format {
            RowFormat::Csv => self.out.write_all(rows.csv()),
            RowFormat::Json => rows.write_json_lines(&mut self.out),
        }
    }

    /// Flushes.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Prints a small table in one of the forms for people and machines.
pub fn print_table(rows: &Rows, format: TableFormat) -> io::Result<()> {
    let out = io::BufWriter::new(io::stdout().lock());
    let row_format = match format {
        TableFormat::Table => return print_aligned(out, rows),
        TableFormat::Csv => RowFormat::Csv,
        TableFormat::Json => RowFormat::Json,
    };
    let mut writer = RowWriter::new(out, rows.head(), row_format)?;
    writer.write(rows)?;
    writer.finish()
}

fn print_aligned(mut out: impl Write, rows: &Rows) -> io::Result<()> {
    let columns = rows.head().columns;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.csv());
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().map_err(io::Error::other)?;
    let texts: Vec<Vec<&str>> = records.iter().map(|record| record.iter().map(without_mark).collect()).collect();
    let width =
        |at: usize| texts.iter().map(|row| row[at].chars().count()).chain([columns[at].len()]).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let number = |cell: &str| cell.is_empty() || cell.parse::<f64>().is_ok();
    let numeric: Vec<bool> = (0..columns.len()).map(|at| texts.iter().all(|row| number(row[at]))).collect();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| -> io::Result<()> {
        let mut text = String::new();
        for (at, cell) in cells.enumerate() {
            let gap = " ".repeat(widths[at].saturating_sub(cell.chars().count()));
            let padded = if numeric[at] { format!("{gap}{cell}") } else { format!("{cell}{gap}") };
            text.push_str(&padded);
            text.push_str("  ");
        }
        writeln!(out, "{}", text.trim_end())
    };
    line(&mut columns.iter().copied())?;
    texts.iter().try_for_each(|row| line(&mut row.iter().copied()))?;
    out.flush()
}

/// A cell without the `'` that keeps a spreadsheet from running it as a formula: here it is read by people.
fn without_mark(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}
