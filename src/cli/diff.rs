//! `throughline diff`

use super::args::{Common, DiffArgs, DiffFormat};
use super::context;
use super::exit::{Exit, Failure};
use super::output;
use super::progress::Progress;
use crate::audit;
use crate::discover::Standing;
use crate::history::{
    self, Behind, CandidateChange, CandidateChanges, Diff, Part, RunId, RunRecord, Share, ThemeChange,
};
use crate::study::Study;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Names shown on a line before the rest is counted.
const SHOWN: usize = 6;
/// Characters of a pattern that are shown.
const PATTERN_CHARS: usize = 60;

/// Compares two runs.
pub fn run(args: &DiffArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let runs = history::runs(&study.history);
    let Some((before, after)) = wanted(args, &study, &runs)? else {
        writeln!(io::stdout(), "{}: {}, nothing to compare", study.name, output::counted(runs.len(), "run"))?;
        return Ok(Exit::Done);
    };
    let diff = audit::diff(&study, &before, &after, progress)?;
    let mut out = io::stdout().lock();
    match args.format {
        DiffFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&diff).map_err(io::Error::from)?)?,
        DiffFormat::Text => out.write_all(text(&study.name, &diff).as_bytes())?,
    }
    Ok(Exit::Done)
}

/// The runs to compare; `None` where none were named and there are fewer than two.
fn wanted(args: &DiffArgs, study: &Study, runs: &[RunRecord]) -> Result<Option<(RunId, RunId)>, Failure> {
    let find = |name: &String| {
        let found = runs.iter().find(|record| record.run.0 == *name).map(|record| record.run.clone());
        found.ok_or_else(|| {
            let folder = study.history.folder.display();
            Failure::wrong(format!("{name}: is no run of {folder}\n  hint: throughline runs lists them"))
        })
    };
    // By what the records say and not by their names: a clock may have been set back.
    let newest = history::latest(&study.history);
    let before = match (&args.before, &newest) {
        (Some(name), _) => Some(find(name)?),
        (None, Some(newest)) => before(newest, runs),
        (None, None) => None,
    };
    let after = match &args.after {
        Some(name) => Some(find(name)?),
        None => newest.map(|newest| newest.run),
    };
    Ok(before.zip(after))
}

/// The run that was the newest when `newest` began; where that is gone, or an early record does not say, the last that is left.
fn before(newest: &RunRecord, runs: &[RunRecord]) -> Option<RunId> {
    let said = newest.before.as_ref().filter(|said| runs.iter().any(|record| record.run == **said));
    let left = || runs.iter().map(|record| &record.run).rfind(|run| **run != newest.run);
    said.or_else(left).cloned()
}

/// Plain lines, fit for an e-mail.
fn text(study: &str, diff: &Diff) -> String {
    let mut text = format!("{study}: run {} against {}\n", diff.after, diff.before);
    let (before, after) = diff.n_documents;
    let _ = writeln!(text, "documents: {after}, before {before}");
    let renamed: Vec<String> = diff.renamed.iter().map(|(old, new)| format!("{old} is now {new}")).collect();
    for (what, names) in
        [("new", &diff.added), ("removed", &diff.removed), ("changed", &diff.changed), ("renamed", &renamed)]
    {
        if !names.is_empty() {
            let _ = writeln!(text, "  {} {what}: {}", names.len(), some(names));
        }
    }
    if !diff.causes.is_empty() {
        let causes: Vec<&str> = diff.causes.iter().map(|cause| cause.words()).collect();
        let _ = writeln!(text, "also changed: {}", causes.join(", "));
    }
    let (unmoved, moved): (Vec<_>, Vec<_>) = diff.themes.iter().partition(|theme| is_unmoved(theme));
    moved.into_iter().for_each(|theme| add_theme(theme, &mut text));
    if !unmoved.is_empty() {
        let shown = |theme: &&ThemeChange| format!("{} {}", theme.theme, theme.after.map(percent).unwrap_or_default());
        let _ = writeln!(text, "\nas before: {}", unmoved.iter().map(shown).collect::<Vec<_>>().join(", "));
    }
    add_candidates(&diff.candidates, &mut text);
    text
}

fn add_candidates(changes: &CandidateChanges, text: &mut String) {
    let CandidateChanges { new, back, grown, shrunk, gone } = changes;
    if [new, back, grown, shrunk, gone].iter().all(|list| list.is_empty()) {
        return;
    }
    text.push_str("\ncandidate themes:\n");
    for (what, changes) in [("new", new), ("back", back), ("grown", grown), ("shrunk", shrunk)] {
        for change in changes {
            let _ = writeln!(text, "  {what}: {}{}", titled(change), counted(change));
            for (sign, documents) in [('+', &change.gained), ('-', &change.lost)] {
                if change.before.is_some() && !documents.is_empty() {
                    let _ = writeln!(text, "          {sign} {}", some(documents));
                }
            }
        }
    }
    for change in gone {
        let what = match change.standing {
            Standing::Accepted => "accepted",
            Standing::Dismissed => "dismissed",
            Standing::Proposed | Standing::Resting => "no longer proposed",
        };
        let _ = writeln!(text, "  {what}: {}", titled(change));
    }
}

/// The name that a candidate keeps, and what it speaks of where that says more.
fn titled(change: &CandidateChange) -> String {
    match change.label == change.name {
        true => change.name.clone(),
        false => format!("{} ({})", change.name, change.label),
    }
}

fn counted(change: &CandidateChange) -> String {
    let count = |n: u32, what: &str| output::counted(n as usize, what);
    match (change.before, change.after) {
        (Some(before), Some(after)) => {
            format!(", {} -> {}, {} -> {}", before.0, count(after.0, "document"), before.1, count(after.1, "passage"))
        }
        (None, Some(after)) => format!(", {}, {}", count(after.0, "document"), count(after.1, "passage")),
        (_, None) => String::new(),
    }
}

/// Whether nothing is to be told of a theme: not even changes that make up for each other.
fn is_unmoved(theme: &ThemeChange) -> bool {
    let same_rank = theme.rank_before == theme.rank_after;
    theme.after.is_some() && theme.before == theme.after && same_rank && theme.parts.is_empty()
}

fn add_theme(theme: &ThemeChange, text: &mut String) {
    let _ = write!(text, "\n{}: ", theme.theme);
    let _ = match (theme.before, theme.after) {
        (Some(before), Some(after)) => {
            write!(text, "{} -> {} ({} points)", percent(before), percent(after), points(before, after))
        }
        (None, Some(after)) => write!(text, "a new theme, {}", percent(after)),
        (Some(before), None) => write!(text, "no longer a theme, was {}", percent(before)),
        (None, None) => Ok(()),
    };
    if let (Some(before), Some(after)) = (theme.rank_before, theme.rank_after) {
        let _ = match before == after {
            true => write!(text, ", rank {after} as before"),
            false => write!(text, ", rank {before} -> {after}"),
        };
    }
    if let Some((low, high)) = theme.interval_before.filter(|_| theme.is_outside) {
        let _ = write!(text, "; OUTSIDE its last interval, {:.1} to {:.1} %", low * 100.0, high * 100.0);
    }
    text.push('\n');
    for part in &theme.parts {
        add_part(part, text);
    }
}

fn add_part(part: &Part, text: &mut String) {
    let points = points(part.before, part.after);
    let _ = writeln!(text, "  {points:>6}  {} ({} -> {})", part.cause.words(), count(part.before), count(part.after));
    for (sign, documents) in [('+', &part.gained), ('-', &part.lost)] {
        for behind in documents.iter().take(SHOWN) {
            let _ = writeln!(text, "          {sign} {}{}", behind.document, patterns(behind));
        }
        if documents.len() > SHOWN {
            let _ = writeln!(text, "          {sign} and {} more", documents.len() - SHOWN);
        }
    }
}

fn patterns(behind: &Behind) -> String {
    let quoted: Vec<String> = behind.patterns.iter().map(|pattern| format!("\"{}\"", clipped(pattern))).collect();
    if quoted.is_empty() { String::new() } else { format!(": {}", some(&quoted)) }
}

/// A pattern as far as a line of an e-mail holds it; `changes.html` has it whole.
fn clipped(pattern: &str) -> String {
    match pattern.char_indices().nth(PATTERN_CHARS) {
        Some((end, _)) => format!("{}…", &pattern[..end]),
        None => pattern.to_owned(),
    }
}

fn some(names: &[String]) -> String {
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        n => format!("{shown} and {n} more"),
    }
}

fn count(share: Share) -> String {
    format!("{} of {}", share.n_with, share.n_of)
}

fn percent(share: Share) -> String {
    let tenths = share.in_units(1000);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// The difference of two shares in points of per cent: of the shares as they are shown, so that parts sum to the whole.
fn points(before: Share, after: Share) -> String {
    let tenths = after.in_units(1000) - before.in_units(1000);
    let sign = if tenths < 0 { '-' } else { '+' };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}
