//! `throughline runs`

use super::args::{Common, RunsArgs, TableFormat};
use super::context;
use super::exit::{Exit, Failure};
use super::output::print_table;
use crate::history::{self, Headline};
use crate::report::{Cell, Head, Rows};

const RUNS: Head = Head {
    name: "runs",
    columns: &[
        "run",
        "started",
        "program",
        "n_documents",
        "n_new_documents",
        "n_hits",
        "n_faults",
        "pinned",
        "theme",
        "n_theme_documents",
        "prevalence",
        "low",
        "high",
    ],
};

/// Lists the runs, oldest first, a row for each theme.
pub fn run(args: &RunsArgs, common: &Common) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let share = |share: Option<f64>| match args.format {
        // For reading; as machines take it, with all that is known.
        TableFormat::Table => Cell::maybe(share.map(|share| (share * 1000.0).round() / 1000.0)),
        TableFormat::Csv | TableFormat::Json => Cell::maybe(share),
    };
    let mut rows = Rows::new(RUNS);
    for record in history::runs(&study.history) {
        let pinned = study.history.folder.join(&record.run.0).join("pinned").exists();
        // A study without themes has runs all the same.
        let none = [Headline::default()];
        for theme in if record.headlines.is_empty() { &none[..] } else { &record.headlines } {
            rows.row(&[
                Cell::Text(&record.run.0),
                Cell::Text(&record.started),
                Cell::Text(&record.program),
                Cell::Count(record.counts.n_documents as u64),
                Cell::Count(record.counts.n_new_documents as u64),
                Cell::Count(record.counts.n_hits),
                Cell::Count(record.faults.len() as u64),
                Cell::Flag(pinned),
                Cell::maybe_text(Some(theme.theme.as_str()).filter(|theme| !theme.is_empty())),
                if theme.theme.is_empty() { Cell::Empty } else { Cell::Count(theme.n_documents as u64) },
                share(theme.prevalence),
                share(theme.low),
                share(theme.high),
            ]);
        }
    }
    print_table(&rows, args.format)?;
    Ok(Exit::Done)
}
