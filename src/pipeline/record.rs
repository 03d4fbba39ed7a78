//! The record of a run: what goes in, before anything is read; what came out, at the end.

use super::{Found, PipelineError};
use crate::corpus::{self, Catalog, Digest, Fault, Severity, Source};
use crate::history::{Counts, Headline, Instant, RunRecord};
use crate::study::Study;
use crate::{evaluate, index, lexicon, synthesis, text};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The record as far as it is known before anything is read, fingerprint included; that of the lexicon is left empty.
///
/// The theme files are in the fingerprint by their bytes, so that a run which finds nothing new need not compile them.
///
/// # Errors
/// A file that goes in is there and cannot be read.
pub(crate) fn begin(study: &Study, catalog: &Catalog, now: Instant) -> Result<RunRecord, PipelineError> {
    let mut record = RunRecord {
        study: study.name.clone(),
        started: now.to_rfc3339(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        build: env!("THROUGHLINE_SOURCES").to_owned(),
        analyzer: text::Analyzer::VERSION,
        settings: serde_json::to_value(study).unwrap_or_default(),
        sources: catalog.sources.clone(),
        inputs: other_inputs(study)?,
        ..RunRecord::default()
    };
    let mut settings = record.settings.clone();
    // How long old runs are kept changes nothing in a new one.
    settings.as_object_mut().map(|rooms| rooms.remove("history"));
    let parts = (
        (&record.program, &record.build, record.analyzer),
        (&settings, &record.sources, &record.inputs, &catalog.faults, &study.decisions),
    );
    record.fingerprint = Digest::of(&serde_json::to_vec(&parts).unwrap_or_default());
    Ok(record)
}

/// Theme files, codings and verdicts, by digest: they go into the page beside what they do to the scores.
///
/// One that is not there, or that nobody may read, is left to the room that wants it, which says what is to be done.
fn other_inputs(study: &Study) -> Result<Vec<Source>, PipelineError> {
    let themes = lexicon::theme_files(&study.lexicon).into_iter();
    let judgements = study.evaluate.codings.iter().chain(&study.evaluate.verdicts);
    let judgements = judgements.map(|path| study.evaluate.root.join(path));
    let mut files: Vec<_> = themes.chain(judgements).collect();
    files.sort();
    files.dedup();
    let source = |file: PathBuf| match std::fs::read(&file) {
        Ok(bytes) => {
            let path = input_path(study, &file);
            Some(Ok(Source { path, digest: Digest::of(&bytes), n_bytes: bytes.len() as u64, file }))
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => None,
        Err(source) => Some(Err(PipelineError::Input { path: file, source })),
    };
    files.into_iter().filter_map(source).collect()
}

/// What a record calls an input.
pub(crate) fn input_path(study: &Study, file: &Path) -> String {
    corpus::path_below(&study.corpus.root, file)
}

pub(super) fn end(
    mut record: RunRecord,
    index: &index::PassageIndex,
    found: &Found,
    headlines: Vec<Headline>,
    faults: Vec<Fault>,
    finished: Instant,
) -> RunRecord {
    let scores = &found.scores.documents;
    let worst = |path: &str| faults.iter().filter(|fault| fault.path == path).map(|fault| fault.severity).min();
    for source in &record.sources {
        match worst(&source.path) {
            Some(Severity::Skipped) if !index.documents().iter().any(|document| document.source == source.path) => {
                record.counts.n_skipped += 1;
            }
            Some(Severity::Skipped | Severity::Cut) => record.counts.n_cut += 1,
            _ => record.counts.n_ok += 1,
        }
    }
    // Other versions of a work are documents, and what they say is not counted again.
    let works = || index.documents().iter().zip(scores).filter(|(document, _)| document.version_of.is_none());
    record.counts = Counts {
        n_new_documents: index.n_new(),
        n_documents: index.documents().len(),
        n_passages: works().map(|(_, scores)| u64::from(scores.n_scored_passages)).sum(),
        n_tokens: works().map(|(document, _)| u64::from(document.n_tokens)).sum(),
        n_hits: works().map(|(_, scores)| scores.hits.len() as u64).sum(),
        ..record.counts
    };
    record.judged = found.learned.taught_by(index.documents());
    record.rebuilt = index.rebuilt().map(str::to_owned);
    record.headlines = headlines;
    record.faults = faults;
    record.finished = finished.to_rfc3339();
    record
}

pub(super) fn headlines(found: &Found, lexicon: &lexicon::Lexicon) -> Vec<Headline> {
    let interval = |finding: &synthesis::ThemeFinding| finding.prevalence.and_then(|estimate| estimate.interval);
    let headline = |finding: &synthesis::ThemeFinding| Headline {
        theme: lexicon.themes[finding.theme as usize].id.0.clone(),
        n_documents: finding.n_documents as usize,
        prevalence: finding.prevalence.map(|estimate| estimate.value),
        low: interval(finding).map(|interval| interval.low),
        high: interval(finding).map(|interval| interval.high),
    };
    found.synthesis.themes.iter().map(headline).collect()
}

/// Every fault of the corpus, those of files that could not be opened and those of files that could not be read, sorted.
pub(super) fn faults(
    catalog: &Catalog,
    index: &index::PassageIndex,
    codings: &evaluate::Codings,
    found: &Found,
) -> Vec<Fault> {
    let judgements = found.agreement.iter().flat_map(|agreement| &agreement.faults);
    let judgements = judgements.chain(&found.learned.faults).chain(&codings.faults);
    let mut faults: Vec<Fault> = catalog.faults.iter().chain(index.faults()).chain(judgements).cloned().collect();
    faults.sort();
    faults.dedup();
    faults
}
