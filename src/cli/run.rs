//! `throughline run`

use super::args::{Common, RunArgs};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::progress::Progress;
use crate::history::RunRecord;
use crate::pipeline::{self, Outcome};
use crate::study::Study;
use std::io::{self, Write};

/// Runs the study and says what came of it.
pub fn run(args: &RunArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let now = context::now(common)?;
    let outcome = pipeline::run(&study, now, &context::clock_of(common, now), progress)?;
    let mut out = io::stdout().lock();
    match outcome {
        Outcome::NothingNew(record) if args.json => json(&mut out, &study, &record, "nothing new")?,
        Outcome::NothingNew(record) => writeln!(
            out,
            "nothing new since run {}: {}",
            record.run,
            study.history.folder.join(&record.run.0).join("report.html").display()
        )?,
        Outcome::Published(record) => {
            let exit = list_faults(&record.faults);
            if args.json {
                json(&mut out, &study, &record, "published")?;
            } else {
                summary(&mut out, &study, &record)?;
            }
            return Ok(if args.quiet_skips { Exit::Done } else { exit });
        }
    }
    Ok(Exit::Done)
}

fn json(out: &mut impl Write, study: &Study, record: &RunRecord, outcome: &str) -> io::Result<()> {
    let folder = study.history.folder.join(&record.run.0);
    let object = serde_json::json!({
        "outcome": outcome, "study": record.study, "run": record.run, "folder": folder,
        "counts": record.counts, "themes": record.headlines, "faults": record.faults,
    });
    writeln!(out, "{object}")
}

fn summary(out: &mut impl Write, study: &Study, record: &RunRecord) -> io::Result<()> {
    let counts = &record.counts;
    writeln!(
        out,
        "{}: {} documents ({} new), {} passages, {} hits",
        record.study, counts.n_documents, counts.n_new_documents, counts.n_passages, counts.n_hits
    )?;
    let width = record.headlines.iter().map(|theme| theme.theme.chars().count()).max().unwrap_or(0);
    for theme in &record.headlines {
        let share = theme.prevalence.map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0));
        writeln!(out, "  {:width$}  {:>5}  in {} documents", theme.theme, share, theme.n_documents)?;
    }
    let folder = study.history.folder.join("latest");
    writeln!(out, "report: {}", folder.join("report.html").display())?;
    writeln!(out, "tables: {}", folder.join("tables").display())
}
