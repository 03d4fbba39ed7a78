//! Results on standard output.

use super::args::{Args, RowFormat, TableFormat};
use super::exit::{Exit, Failure};
use crate::report::{Cell, Head, Rows};
use clap::CommandFactory;
use std::io::{self, Write};

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
    head: Head,
    format: RowFormat,
}

impl<W: Write> RowWriter<W> {
    /// Begins with the header, where the form has one.
    pub fn new(mut out: W, head: Head, format: RowFormat) -> io::Result<Self> {
        if format == RowFormat::Csv {
            out.write_all(head.columns.join(",").as_bytes())?;
            out.write_all(b"\r\n")?;
        }
        Ok(RowWriter { out, head, format })
    }

    /// Writes rows.
    pub fn write(&mut self, rows: &Rows) -> io::Result<()> {
        match self.format {
            RowFormat::Csv => self.out.write_all(rows.csv()),
            RowFormat::Json => rows.write_json_lines(&mut self.out),
        }
    }

    /// What the rows are made of.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Flushes.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Prints a small table in one of the forms for people and machines.
pub fn print_table(head: Head, rows: &[Vec<Cell<'_>>], format: TableFormat) -> io::Result<()> {
    let out = io::BufWriter::new(io::stdout().lock());
    let row_format = match format {
        TableFormat::Table => return print_aligned(out, head, rows),
        TableFormat::Csv => RowFormat::Csv,
        TableFormat::Json => RowFormat::Json,
    };
    let mut cells = Rows::new(head);
    rows.iter().for_each(|row| cells.row(row));
    let mut writer = RowWriter::new(out, head, row_format)?;
    writer.write(&cells)?;
    writer.finish()
}

fn print_aligned(mut out: impl Write, head: Head, rows: &[Vec<Cell<'_>>]) -> io::Result<()> {
    let texts: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| cell.to_string()).collect()).collect();
    let widths: Vec<usize> = (0..head.columns.len())
        .map(|at| texts.iter().map(|row| row[at].chars().count()).chain([head.columns[at].len()]).max().unwrap_or(0))
        .collect();
    let numeric: Vec<bool> = (0..head.columns.len())
        .map(|at| rows.iter().all(|row| matches!(row[at], Cell::Count(_) | Cell::Number(_) | Cell::Empty)))
        .collect();
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
    line(&mut head.columns.iter().copied())?;
    texts.iter().try_for_each(|row| line(&mut row.iter().map(String::as_str)))?;
    out.flush()
}
