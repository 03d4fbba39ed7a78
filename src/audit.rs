//! The corridor walked backwards: what a run would do, what changed between two runs and why, and whether anything rotted.
//!
//! Nothing here changes what was published, nor the index.

use crate::corpus::{self, Digest, Fault};
use crate::history::{self, Cause, Diff, Instant, Lock, LockError, Quotes, RunId, RunRecord, Snapshot};
use crate::index::{self, Damage, PassageIndex, Preview};
use crate::pipeline::{self, Outcome, PipelineError, Watch};
use crate::study::Study;
use crate::{evaluate, lexicon, text};
use std::collections::{BTreeMap, BTreeSet};

/// What a run would do.
#[derive(Debug)]
pub struct Forecast {
    /// What would be read.
    pub index: Preview,
    /// What else would go in that did not go into the newest run, and moves what documents have.
    pub causes: Vec<Cause>,
    /// The settings that are other than the newest run had them, by their names in the study file.
    pub settings: Vec<String>,
    /// What of the corpus could not be opened or listed.
    pub faults: Vec<Fault>,
    /// Theme files and codings that are new, changed or gone since the newest run, by path.
    pub inputs: Vec<String>,
    /// The newest run, if there is one.
    pub last: Option<RunId>,
    /// Whether a run would find that nothing has changed, and publish nothing.
    pub is_nothing_new: bool,
}

/// Tells what a run would do, and does nothing.
///
/// # Errors
/// The lexicon is wrong, or codings or verdicts cannot be read.
pub fn forecast(study: &Study, now: Instant) -> Result<Forecast, PipelineError> {
    let catalog = corpus::scan(&study.corpus);
    let analyzer = text::Analyzer::new(&study.text);
    let lexicon = lexicon::load(&study.lexicon, &analyzer).map_err(PipelineError::Lexicon)?;
    let record = pipeline::begin(study, &catalog, now)?;
    let mut record = RunRecord { lexicon: lexicon.fingerprint, ..record };
    evaluate::read(&study.evaluate)?;
    let last = history::latest(&study.history);
    // Which documents move the weights is known only when they have been read.
    record.judged = last.as_ref().map(|last| last.judged.clone()).unwrap_or_default();
    let is_nothing_new = last.as_ref().is_some_and(|last| pipeline::stands(study, last, &record));
    let index = match is_nothing_new {
        // Then the index is not even opened.
        true => Preview { n_kept: catalog.sources.len(), ..Preview::default() },
        false => index::preview(&study.index, &catalog, &study.corpus, &analyzer),
    };
    Ok(Forecast {
        index,
        faults: catalog.faults,
        causes: last.as_ref().map_or_else(Vec::new, |last| history::causes(last, &record)),
        inputs: last.as_ref().map_or_else(Vec::new, |last| moved_inputs(last, &record)),
        settings: last.as_ref().map_or_else(Vec::new, |last| moved_settings(&last.settings, &record.settings)),
        last: last.map(|last| last.run),
        is_nothing_new,
    })
}

/// The names of the settings that differ, `table.key` by `table.key`, sorted. How long runs are kept is none of them.
fn moved_settings(old: &serde_json::Value, new: &serde_json::Value) -> Vec<String> {
    let keys = |value: &serde_json::Value| -> BTreeMap<String, serde_json::Value> {
        let rooms = value.as_object().into_iter().flatten().filter(|(room, _)| *room != "history");
        let of_room = |(room, value): (&String, &serde_json::Value)| match value.as_object() {
            Some(keys) => keys.iter().map(|(key, value)| (format!("{room}.{key}"), value.clone())).collect(),
            None => vec![(room.clone(), value.clone())],
        };
        rooms.flat_map(of_room).collect()
    };
    let (old, new) = (keys(old), keys(new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names.into_iter().filter(|name| old.get(*name) != new.get(*name)).cloned().collect()
}

fn moved_inputs(last: &RunRecord, next: &RunRecord) -> Vec<String> {
    let list = |record: &RunRecord| -> BTreeMap<String, Digest> {
        record.inputs.iter().map(|input| (input.path.clone(), input.digest.clone())).collect()
    };
    let (old, new) = (list(last), list(next));
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    paths.into_iter().filter(|path| old.get(*path) != new.get(*path)).cloned().collect()
}

/// What changed between two runs, and why.
///
/// Where more than one of program, settings, lexicon and codings changed at once, the documents are scored in between, by
/// the theme files that the older run kept: the index is asked for those that it still holds as the newer run read them.
///
/// # Errors
/// A run cannot be read back, or the index fails.
pub fn diff(study: &Study, before: &RunId, after: &RunId, watch: &dyn Watch) -> Result<Diff, PipelineError> {
    let a = history::snapshot(&study.history, before)?;
    let b = history::snapshot(&study.history, after)?;
    let between = match stored(study, &a, &b) {
        Some(index) => pipeline::between(study, &a, &b, &index, watch)?,
        None => Vec::new(),
    };
    let diff = history::diff(&a, &b, &between);
    let (of_a, of_b) = diff.wanted();
    let met_before = history::patterns(&study.history, before, &of_a)?;
    let met_after = history::patterns(&study.history, after, &of_b)?;
    Ok(diff.with_patterns(&met_before, &met_after))
}

/// The index as it lies there, where several causes have to be told apart by it.
fn stored(study: &Study, a: &Snapshot, b: &Snapshot) -> Option<PassageIndex> {
    if history::steps(&a.record, &b.record).len() < 2 {
        return None;
    }
    let new = study.as_recorded(&b.record.settings)?;
    let mut index = index::stored(&new.index, &new.corpus, &text::Analyzer::new(&new.text))?;
    // What has come since counts nowhere, so that an old change is told as it was when it was new.
    index.stand_apart(&|document| {
        b.documents.get(&document.id.0).is_none_or(|known| known.is_version || known.digest != document.digest)
    });
    Some(index)
}

/// What looking for rot came to.
#[derive(Debug, Default)]
pub struct Verdict {
    /// All that is not as it was written, sorted.
    pub damages: Vec<Damage>,
    /// The quotes of the newest run.
    pub quotes: Quotes,
    /// How many runs were looked at.
    pub n_runs: usize,
    /// What a run from nothing came to; `None` where it was not asked for.
    pub scratch: Option<Scratch>,
}

/// What a run from nothing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scratch {
    /// It was made, and compared with the newest run.
    Compared,
    /// What goes into a run has changed since the newest one, so that there is nothing to compare with.
    InputsChanged,
    /// Nothing has been published yet.
    NoRun,
}

/// Whether the newest run is to be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What was written is read again.
    Read,
    /// Besides, the newest run is made again from nothing in a temporary folder, and compared byte for byte.
    AgainstScratch,
}

/// Looks for rot: in the runs, in the index, and in the quotes of the newest run against their sources.
///
/// # Errors
/// Another run holds the lock, or the run from nothing fails.
pub fn verify(study: &Study, depth: Depth, now: Instant, watch: &dyn Watch) -> Result<Verdict, PipelineError> {
    let _lock = hold_still(study, now)?;
    let mut verdict = Verdict {
        damages: history::verify(&study.history),
        n_runs: history::runs(&study.history).len(),
        ..Verdict::default()
    };
    verdict.damages.extend(index::verify(&study.index));
    let last = history::latest(&study.history);
    if let Some(last) = &last {
        let catalog = corpus::scan(&study.corpus);
        let tick = watch.stage("quotes", last.sources.len());
        match history::verify_quotes(&study.history, last, &catalog, &study.corpus.root, &*tick) {
            Ok(quotes) => verdict.quotes = quotes,
            // A table that cannot be read is damage, and may have been found as such.
            Err(error) => verdict.damages.push(Damage { path: error.path, what: "the table cannot be read".into() }),
        }
        verdict.damages.append(&mut verdict.quotes.damages);
    }
    if depth == Depth::AgainstScratch {
        verdict.scratch = Some(match &last {
            Some(last) => from_scratch(study, last, now, watch, &mut verdict.damages)?,
            None => Scratch::NoRun,
        });
    }
    verdict.damages.sort();
    verdict.damages.dedup();
    Ok(verdict)
}

/// Keeps runs away for as long as the study is looked at, so that nothing half written is taken for damage. A folder that
/// cannot be written to cannot be run into either.
fn hold_still(study: &Study, now: Instant) -> Result<Option<Lock>, LockError> {
    if !study.history.folder.exists() {
        return Ok(None);
    }
    match Lock::take(&study.history.folder, now) {
        Err(LockError::Write { .. }) => Ok(None),
        held => held.map(Some),
    }
}

fn from_scratch(
    study: &Study,
    last: &RunRecord,
    now: Instant,
    watch: &dyn Watch,
    damages: &mut Vec<Damage>,
) -> Result<Scratch, PipelineError> {
    let catalog = corpus::scan(&study.corpus);
    if pipeline::begin(study, &catalog, now)?.fingerprint != last.fingerprint {
        return Ok(Scratch::InputsChanged);
    }
    let nowhere = |source| {
        let hint = "free space there, or set TMPDIR";
        history::PublishError { path: std::env::temp_dir(), what: "cannot make a temporary folder", source, hint }
    };
    let folder = tempfile::tempdir().map_err(nowhere)?;
    let again = study.kept_in(folder.path());
    if let Outcome::Published(made) = pipeline::run(&again, now, &|| now, watch)? {
        damages.extend(history::compare(&study.history.folder.join(&last.run.0), &folder.path().join(&made.run.0)));
    }
    Ok(Scratch::Compared)
}
