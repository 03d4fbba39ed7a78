//! `throughline search` and `throughline kwic`

use super::args::{Common, KwicArgs, KwicSort, SearchArgs, TableFormat};
use super::context;
use super::exit::{Exit, Failure};
use super::output::print_table;
use super::progress::Progress;
use crate::corpus::Span;
use crate::index::{KwicLine, PassageIndex, concordance};
use crate::lexicon::Lexicon;
use crate::pipeline;
use crate::report::{Cell, Head, Rows};
use crate::text::Analyzer;
use std::io::{self, Write};

const PASSAGES: Head = Head { name: "search", columns: &["document", "passage", "start", "end", "n_hits", "text"] };
const LINES: Head = Head { name: "kwic", columns: &["document", "passage", "start", "end", "left", "hit", "right"] };

/// Prints the passages where a pattern is met.
pub fn search(args: &SearchArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let (index, lines) = find(&args.pattern, common, 0, progress)?;
    let mut texts: Vec<(KwicLine, u64, Span, String)> = Vec::new();
    for group in lines.chunk_by(|a, b| a.document == b.document) {
        let place = index.documents().iter().position(|document| document.id == group[0].document).unwrap_or(0);
        let content = index.content(place)?;
        for hits in group.chunk_by(|a, b| a.passage == b.passage) {
            let span = content.passages[hits[0].passage as usize].span;
            texts.push((hits[0].clone(), hits.len() as u64, span, one_line(span.of(&content.text))));
        }
    }
    if args.format == TableFormat::Table {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for (line, _, _, text) in &texts {
            writeln!(out, "{} #{}\n    {text}", line.document, line.passage)?;
        }
        out.flush()?;
        return Ok(Exit::Done);
    }
    let mut rows = Rows::new(PASSAGES);
    for (line, n_hits, span, text) in &texts {
        let [start, end] = [span.start, span.end].map(|at| Cell::Count(at.into()));
        let [document, passage] = [Cell::Text(&line.document.0), Cell::Count(line.passage.into())];
        rows.row(&[document, passage, start, end, Cell::Count(*n_hits), Cell::Text(text)]);
    }
    print_table(&rows, args.format)?;
    Ok(Exit::Done)
}

/// Prints every hit of a pattern in its context.
pub fn kwic(args: &KwicArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let (_, mut lines) = find(&args.pattern, common, args.width, progress)?;
    match args.sort {
        KwicSort::Place => {}
        KwicSort::Left => lines.sort_by_cached_key(|line| {
            line.left.to_lowercase().split_whitespace().rev().map(str::to_owned).collect::<Vec<_>>()
        }),
        KwicSort::Right => lines.sort_by_cached_key(|line| line.right.to_lowercase()),
    }
    if args.format == TableFormat::Table {
        print_aligned(&lines)?;
        return Ok(Exit::Done);
    }
    let mut rows = Rows::new(LINES);
    for line in &lines {
        let [start, end] = [line.span.start, line.span.end].map(|at| Cell::Count(at.into()));
        let [left, hit, right] = [&line.left, &line.hit, &line.right].map(|text| Cell::Text(text));
        rows.row(&[Cell::Text(&line.document.0), Cell::Count(line.passage.into()), start, end, left, hit, right]);
    }
    print_table(&rows, args.format)?;
    Ok(Exit::Done)
}

fn find(
    pattern: &str,
    common: &Common,
    width: usize,
    progress: &Progress,
) -> Result<(PassageIndex, Vec<KwicLine>), Failure> {
    let study = context::study(common)?;
    let analyzer = Analyzer::new(&study.text);
    let query = Lexicon::query(pattern, &[], &study.lexicon, &analyzer)?;
    let opened = pipeline::open(&study, context::now(common)?, progress)?;
    let lines = concordance(&opened.index, &query, width)?;
    if lines.is_empty() {
        let _ = writeln!(anstream::stderr(), "met in none of {} documents: {pattern}", opened.index.documents().len());
    }
    Ok((opened.index, lines))
}

fn print_aligned(lines: &[KwicLine]) -> io::Result<()> {
    let shown: Vec<[String; 4]> = lines
        .iter()
        .map(|line| [one_line(&line.left), one_line(&line.hit), one_line(&line.right), line.document.0.clone()])
        .collect();
    let width = |at: usize| shown.iter().map(|line| line[at].chars().count()).max().unwrap_or(0);
    let (left_width, id_width) = (width(0), width(3));
    let bold = anstyle::Style::new().bold();
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    for [left, hit, right, id] in &shown {
        writeln!(out, "{id:id_width$}  {left:>left_width$}  {bold}{hit}{bold:#}  {right}")?;
    }
    out.flush()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
