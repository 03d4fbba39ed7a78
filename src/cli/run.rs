//! `throughline run`

use super::args::{Common, RunArgs};
use super::context;
use super::exit::{Exit, Failure};
use super::output::counted;
use super::progress::Progress;
use crate::audit::{self, Forecast};
use crate::corpus::Fault;
use crate::history::{self, Headline, RunRecord};
use crate::pipeline::{self, Outcome};
use crate::study::Study;
use std::io::{self, Write};

/// Runs the study and says what came of it.
pub fn run(args: &RunArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let now = context::now(common)?;
    if args.dry_run {
        let forecast = audit::forecast(&study, now)?;
        let exit = progress.list_faults(&forecast.faults);
        let exit = if args.quiet_skips { Exit::Done } else { exit };
        return exit.after(dry_run(args, &forecast));
    }
    let last = history::latest(&study.history);
    let (what, record) = match pipeline::run(&study, now, &context::clock_of(common, now), progress)? {
        Outcome::Published(record) => ("published", record),
        Outcome::NothingNew(mut record) => {
            record.counts.n_new_documents = 0; // Those were new to that run.
            ("nothing new", record)
        }
    };
    let is_published = what == "published";
    let faults: &[Fault] = if is_published { &record.faults } else { &[] };
    if is_published {
        progress.tell_overrun();
    }
    let skips = progress.list_faults(faults);
    progress.end(serde_json::json!({ "outcome": what, "run": record.run, "counts": record.counts }));
    let last = last.filter(|_| is_published && args.fail_on_change);
    let moved = last.map_or_else(Vec::new, |last| moved(&last, &record));
    let exit = match moved.is_empty() {
        false => Exit::Moved,
        true if args.quiet_skips => Exit::Done,
        true => skips,
    };
    let mut out = io::stdout().lock();
    exit.after(match args.json {
        // JSON is one object; there the figures speak for themselves.
        true => json(&mut out, &study, &record, what),
        false if is_published => summary(&mut out, &study, &record, &moved),
        false => {
            let page = study.history.folder.join(&record.run.0).join("report.html");
            writeln!(out, "nothing new since run {}: {}", record.run, page.display())
        }
    })
}

/// A line for each theme that lies outside the interval it had in the run before.
fn moved(last: &RunRecord, record: &RunRecord) -> Vec<String> {
    let percent = |share: Option<f64>| share.map_or_else(|| "-".to_owned(), |share| format!("{:.1} %", share * 100.0));
    let line = |theme: &Headline| {
        let before = last.headlines.iter().find(|before| before.theme == theme.theme)?;
        before.is_left_by(theme.prevalence).then(|| {
            let (low, high) = (percent(before.low), percent(before.high));
            let (from, to) = (percent(before.prevalence), percent(theme.prevalence));
            format!("moved: {}: {from} -> {to}, outside its last interval, {low} to {high}", theme.theme)
        })
    };
    record.headlines.iter().filter_map(line).collect()
}

/// Says what a run would do.
fn dry_run(args: &RunArgs, forecast: &Forecast) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let index = &forecast.index;
    if args.json {
        let object = serde_json::json!({
            "outcome": "dry run", "nothing_new": forecast.is_nothing_new, "last": forecast.last,
            "read": index.read, "moved": index.moved, "gone": index.gone, "n_kept": index.n_kept,
            "rebuilt": index.rebuilt, "causes": forecast.causes, "inputs": forecast.inputs, "settings": forecast.settings,
        });
        return writeln!(out, "{object}");
    }
    if let Some(why) = &index.rebuilt {
        writeln!(out, "the index would be made anew: {why}")?;
    }
    for (what, paths) in [
        ("read", &index.read),
        ("moved", &index.moved),
        ("gone", &index.gone),
        ("other input", &forecast.inputs),
        ("setting", &forecast.settings),
    ] {
        paths.iter().try_for_each(|path| writeln!(out, "{what}: {path}"))?;
    }
    if !forecast.causes.is_empty() {
        let causes: Vec<&str> = forecast.causes.iter().map(|cause| cause.words()).collect();
        writeln!(out, "changed since the last run: {}", causes.join(", "))?;
    }
    let (n_read, n_kept) = (index.read.len(), index.n_kept);
    match (&forecast.last, forecast.is_nothing_new) {
        (Some(last), true) => writeln!(out, "nothing new since run {last}"),
        _ => writeln!(out, "a run would read {}, keep {n_kept}, and publish", counted(n_read, "file")),
    }
}

fn json(out: &mut impl Write, study: &Study, record: &RunRecord, outcome: &str) -> io::Result<()> {
    let folder = study.history.folder.join(&record.run.0);
    let object = serde_json::json!({
        "outcome": outcome, "study": record.study, "run": record.run, "folder": folder,
        "counts": record.counts, "rebuilt": record.rebuilt, "themes": record.headlines, "faults": record.faults,
    });
    writeln!(out, "{object}")
}

fn summary(out: &mut impl Write, study: &Study, record: &RunRecord, moved: &[String]) -> io::Result<()> {
    let counts = &record.counts;
    if let Some(why) = &record.rebuilt {
        writeln!(out, "the index was made anew from the sources: {why}")?;
    }
    writeln!(
        out,
        "{}: {} ({} new), {}, {}",
        record.study,
        counted(counts.n_documents, "document"),
        counts.n_new_documents,
        counted(counts.n_passages as usize, "passage"),
        counted(counts.n_hits as usize, "hit")
    )?;
    let width = record.headlines.iter().map(|theme| theme.theme.chars().count()).max().unwrap_or(0);
    for theme in &record.headlines {
        let share = theme.prevalence.map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0));
        writeln!(out, "  {:width$}  {:>5}  in {}", theme.theme, share, counted(theme.n_documents, "document"))?;
    }
    let folder = study.history.folder.join("latest");
    writeln!(out, "report: {}", folder.join("report.html").display())?;
    writeln!(out, "tables: {}", folder.join("tables").display())?;
    moved.iter().try_for_each(|line| writeln!(out, "{line}"))
}
