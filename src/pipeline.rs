//! The corridor: the only file that knows the order of the rooms.

use crate::corpus::{self, Catalog, Digest, Fault, Severity, Source};
use crate::history::{self, Counts, Headline, Instant, Lock, LockError, Memory, PublishError, RunRecord};
use crate::report::{self, Findings, Project, ReportError};
use crate::study::Study;
use crate::{discover, evaluate, index, lexicon, score, synthesis, text};
use std::path::Path;

mod since;

pub(crate) use since::between;

/// Is told which stage begins and of how many steps, and gives back what is to be called at each.
pub trait Watch {
    /// A stage begins.
    fn stage(&self, name: &'static str, n_steps: usize) -> Box<dyn Fn() + Sync>;

    /// The most memory that the process has held so far, in bytes; `None` where nobody looks.
    fn peak_bytes(&self) -> Option<u64> {
        None
    }
}

/// Which room could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// Theme files or cue lists are wrong.
    #[error("the lexicon has {} errors", .0.len())]
    Lexicon(Vec<lexicon::LexiconError>),
    /// The store failed.
    #[error(transparent)]
    Index(#[from] index::IndexError),
    /// The codings cannot be read.
    #[error(transparent)]
    Evaluate(#[from] evaluate::EvaluateError),
    /// The lock was not had.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The run could not be published.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The page or a table could not be written.
    #[error(transparent)]
    Report(#[from] ReportError),
}

/// What a run came to.
#[derive(Debug)]
pub enum Outcome {
    /// A new run was published.
    Published(Box<RunRecord>),
    /// Nothing that goes into a run has changed since this one.
    NothingNew(Box<RunRecord>),
}

/// A study with its literature read: what every command that looks at the corpus begins with.
pub struct Opened {
    /// What lies in the corpus.
    pub catalog: Catalog,
    /// The study's themes.
    pub lexicon: lexicon::Lexicon,
    /// The study's passages.
    pub index: index::PassageIndex,
    _lock: Lock,
}

/// Reads what is new and keeps it.
///
/// # Errors
/// The lock is held, the lexicon is wrong, or the store fails.
pub fn open(study: &Study, now: Instant, watch: &dyn Watch) -> Result<Opened, PipelineError> {
    let lock = Lock::take(&study.history.folder, now)?;
    let catalog = corpus::scan(&study.corpus);
    let analyzer = text::Analyzer::new(&study.text);
    let lexicon = lexicon::load(&study.lexicon, &analyzer).map_err(PipelineError::Lexicon)?;
    let tick = watch.stage("read", catalog.sources.len());
    let index = index::sync(&study.index, &catalog, &study.corpus, &analyzer, &*tick)?;
    Ok(Opened { catalog, lexicon, index, _lock: lock })
}

/// Does all of it: reads what is new, scores, sums up, looks for more, compares with the coders, publishes.
///
/// # Errors
/// A room could not do its work; nothing is published, and what was there is untouched.
pub fn run(
    study: &Study,
    now: Instant,
    clock: &dyn Fn() -> Instant,
    watch: &dyn Watch,
) -> Result<Outcome, PipelineError> {
    let lock = Lock::take(&study.history.folder, now)?;
    let staging = history::stage(&study.history)?;
    let tick = watch.stage("scan", 0);
    let catalog = corpus::scan(&study.corpus);
    drop(tick);
    let record = begin(study, &catalog, now);
    let last = history::latest(&study.history);
    if let Some(last) = last.as_ref().filter(|last| last.fingerprint == record.fingerprint) {
        return Ok(Outcome::NothingNew(Box::new(last.clone())));
    }

    let analyzer = text::Analyzer::new(&study.text);
    let lexicon = lexicon::load(&study.lexicon, &analyzer).map_err(PipelineError::Lexicon)?;
    let codings = evaluate::read(&study.evaluate)?;
    let record = RunRecord { lexicon: lexicon.fingerprint.clone(), ..record };

    history::keep_inputs(&staging, &record.inputs)?;
    let tick = watch.stage("read", catalog.sources.len());
    let index = index::sync(&study.index, &catalog, &study.corpus, &analyzer, &*tick)?;
    drop(tick);
    let found = find(study, &index, &lexicon, &codings, watch)?;
    let faults = faults(&catalog, &index, &found);
    write(study, &index, &lexicon, &found, &faults, staging.folder(), watch)?;

    let mut record = end(record, &index, &found, headlines(&found, &lexicon), faults, clock());
    record.candidates = known(study, &index, &found.candidates, &record.started);
    record.memory = Memory { bound_bytes: study.index.bound_bytes, peak_bytes: watch.peak_bytes() };
    let tick = watch.stage("publish", 0);
    let index = index.only_looked_at();
    let changes = since::changes(study, &index, &lexicon, &found, (last.as_ref(), &record), watch);
    report::write_changes(&changes, study.shown_title(), staging.folder())?;
    let record = history::publish(&study.history, staging, record, now)?;
    drop((tick, lock));
    Ok(Outcome::Published(Box::new(record)))
}

/// Writes the page and the tables of the study into `folder`, without publishing a run.
///
/// # Errors
/// As `run`; what was written before the error stays.
pub fn report_into(study: &Study, folder: &Path, now: Instant, watch: &dyn Watch) -> Result<Vec<Fault>, PipelineError> {
    let opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let found = find(study, &opened.index, &opened.lexicon, &codings, watch)?;
    let faults = faults(&opened.catalog, &opened.index, &found);
    write(study, &opened.index, &opened.lexicon, &found, &faults, folder, watch)?;
    Ok(faults)
}

/// Writes texts, themes, hits and codings as a project that programs for qualitative analysis read.
///
/// # Errors
/// As `run`.
pub fn project(
    study: &Study,
    file: &Path,
    now: Instant,
    watch: &dyn Watch,
) -> Result<(report::Exported, Vec<Fault>), PipelineError> {
    let opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let tick = watch.stage("score", opened.index.documents().len());
    let scores = score::themes(&opened.index, &opened.lexicon, &study.score, &*tick)?;
    let project = Project {
        name: &study.name,
        program: env!("CARGO_PKG_VERSION"),
        created: &now.to_rfc3339(),
        index: &opened.index,
        lexicon: &opened.lexicon,
        scores: &scores,
        marks: &evaluate::marks(&opened.index, &codings)?,
    };
    let tick = watch.stage("write", opened.index.documents().len());
    let exported = report::write_project(&project, file, &*tick)?;
    let faults = opened.catalog.faults.iter().chain(opened.index.faults()).chain(&codings.faults).cloned().collect();
    Ok((exported, faults))
}

/// Compares the study's coders with each other and with its scores; `None` where there are no codings.
///
/// # Errors
/// As `run`.
pub fn evaluate(study: &Study, now: Instant, watch: &dyn Watch) -> Result<Option<evaluate::Agreement>, PipelineError> {
    let opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let tick = watch.stage("score", opened.index.documents().len());
    let scores = score::themes(&opened.index, &opened.lexicon, &study.score, &*tick)?;
    Ok(evaluate::agreement(&opened.index, &scores, &opened.lexicon, &codings, &study.evaluate)?)
}

/// Looks for themes that the study's lexicon does not name, and tells what they go by over the runs.
///
/// # Errors
/// As `run`.
pub fn discover(
    study: &Study,
    now: Instant,
    watch: &dyn Watch,
) -> Result<(Opened, discover::Candidates, Vec<discover::KnownCandidate>), PipelineError> {
    let opened = open(study, now, watch)?;
    let tick = watch.stage("score", opened.index.documents().len());
    let scores = score::themes(&opened.index, &opened.lexicon, &study.score, &*tick)?;
    drop(tick);
    let candidates = candidates(study, &opened.index, &scores, &opened.lexicon, watch)?;
    let known = known(study, &opened.index, &candidates, &now.to_rfc3339());
    Ok((opened, candidates, known))
}

/// The candidates that people have not decided against. A blind search is told nothing.
fn candidates(
    study: &Study,
    index: &index::PassageIndex,
    scores: &score::Scores,
    lexicon: &lexicon::Lexicon,
    watch: &dyn Watch,
) -> Result<discover::Candidates, PipelineError> {
    let tick = watch.stage("discover", study.discover.n_runs);
    if study.discover.lexicon == discover::LexiconUse::Blind {
        return Ok(discover::candidates(index, scores, lexicon, &study.discover, &*tick)?);
    }
    let n_candidates = study.discover.n_candidates;
    let mut settings = study.discover.clone();
    settings.n_candidates += study.decisions.n_hidden();
    let mut candidates = discover::candidates(index, scores, lexicon, &settings, &*tick)?;
    let is_theme = |id: &str| lexicon.themes.iter().any(|theme| theme.id.0 == id);
    discover::decide(&mut candidates, &study.decisions, n_candidates, &is_theme, &|document| holds(index, document));
    Ok(candidates)
}

/// What the candidates of now go by, given the newest run.
fn known(
    study: &Study,
    index: &index::PassageIndex,
    candidates: &discover::Candidates,
    started: &str,
) -> Vec<discover::KnownCandidate> {
    let earlier = history::latest(&study.history).map_or_else(Vec::new, |last| last.candidates);
    discover::carry(&earlier, &candidates.themes, &study.decisions, &|document| holds(index, document), started)
}

fn holds(index: &index::PassageIndex, document: &str) -> bool {
    index.documents().binary_search_by(|known| known.id.0.as_str().cmp(document)).is_ok()
}

/// Everything that was worked out, room by room.
struct Found {
    scores: score::Scores,
    evidence: synthesis::Evidence,
    synthesis: synthesis::Synthesis,
    candidates: discover::Candidates,
    agreement: Option<evaluate::Agreement>,
}

fn find(
    study: &Study,
    index: &index::PassageIndex,
    lexicon: &lexicon::Lexicon,
    codings: &evaluate::Codings,
    watch: &dyn Watch,
) -> Result<Found, PipelineError> {
    let n_documents = index.documents().len();
    let analyzer = text::Analyzer::new(&study.text);
    let probes = synthesis::Probes::compile(&study.synthesis, &analyzer).map_err(PipelineError::Lexicon)?;
    let scores = score::themes(index, lexicon, &study.score, &*watch.stage("score", n_documents))?;
    let mut evidence = synthesis::gather(index, &probes, &*watch.stage("gather", n_documents))?;
    synthesis::find_repeats(index, &scores, lexicon, &mut evidence)?;
    let tick = watch.stage("sum", 0);
    let synthesis = synthesis::of(&scores, index.documents(), lexicon, &evidence, &study.synthesis);
    drop(tick);
    let candidates = candidates(study, index, &scores, lexicon, watch)?;
    let tick = watch.stage("evaluate", 0);
    let agreement = evaluate::agreement(index, &scores, lexicon, codings, &study.evaluate)?;
    drop(tick);
    Ok(Found { scores, evidence, synthesis, candidates, agreement })
}

fn write(
    study: &Study,
    index: &index::PassageIndex,
    lexicon: &lexicon::Lexicon,
    found: &Found,
    faults: &[Fault],
    folder: &Path,
    watch: &dyn Watch,
) -> Result<(), PipelineError> {
    let settings = toml::to_string_pretty(study).unwrap_or_default();
    let findings = found.as_report(study, index, lexicon, faults, &settings);
    let tick = watch.stage("write", index.documents().len());
    Ok(report::write(&findings, &study.report, folder, &*tick)?)
}

impl Found {
    fn as_report<'a>(
        &'a self,
        study: &'a Study,
        index: &'a index::PassageIndex,
        lexicon: &'a lexicon::Lexicon,
        faults: &'a [Fault],
        settings: &'a str,
    ) -> Findings<'a> {
        Findings {
            name: &study.name,
            title: study.shown_title(),
            question: study.question.trim(),
            about_the_coders: study.evaluate.about_the_coders.trim(),
            program: env!("CARGO_PKG_VERSION"),
            settings,
            threshold: study.score.threshold,
            index,
            lexicon,
            scores: &self.scores,
            evidence: &self.evidence,
            synthesis: &self.synthesis,
            candidates: &self.candidates,
            agreement: self.agreement.as_ref(),
            faults,
        }
    }
}

/// The record as far as it is known before anything is read, fingerprint included; that of the lexicon is left empty.
///
/// The theme files are in the fingerprint by their bytes, so that a run which finds nothing new need not compile them.
pub(crate) fn begin(study: &Study, catalog: &Catalog, now: Instant) -> RunRecord {
    let mut record = RunRecord {
        study: study.name.clone(),
        started: now.to_rfc3339(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        build: env!("THROUGHLINE_SOURCES").to_owned(),
        analyzer: text::Analyzer::VERSION,
        settings: serde_json::to_value(study).unwrap_or_default(),
        sources: catalog.sources.clone(),
        inputs: other_inputs(study),
        ..RunRecord::default()
    };
    let parts = (
        (&record.program, &record.build, record.analyzer),
        (&record.settings, &record.sources, &record.inputs, &catalog.faults, &study.decisions),
    );
    record.fingerprint = Digest::of(&serde_json::to_vec(&parts).unwrap_or_default());
    record
}

/// Theme files and codings, by digest: they go into the page beside what they do to the scores.
fn other_inputs(study: &Study) -> Vec<Source> {
    let themes = lexicon::theme_files(&study.lexicon).into_iter();
    let codings = study.evaluate.codings.iter().map(|path| study.evaluate.root.join(path));
    let mut files: Vec<_> = themes.chain(codings).collect();
    files.sort();
    files.dedup();
    let source = |file: std::path::PathBuf| {
        let bytes = std::fs::read(&file).ok()?;
        let path = file.strip_prefix(&study.corpus.root).unwrap_or(&file);
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        Some(Source { path: parts.join("/"), digest: Digest::of(&bytes), n_bytes: bytes.len() as u64, file })
    };
    files.into_iter().filter_map(source).collect()
}

fn end(
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
    record.rebuilt = index.rebuilt().map(str::to_owned);
    record.headlines = headlines;
    record.faults = faults;
    record.finished = finished.to_rfc3339();
    record
}

/// Every fault of the corpus, those of files that could not be opened and those of files that could not be read, sorted.
fn faults(catalog: &Catalog, index: &index::PassageIndex, found: &Found) -> Vec<Fault> {
    let codings = found.agreement.iter().flat_map(|agreement| &agreement.faults);
    let mut faults: Vec<Fault> = catalog.faults.iter().chain(index.faults()).chain(codings).cloned().collect();
    faults.sort();
    faults.dedup();
    faults
}

fn headlines(found: &Found, lexicon: &lexicon::Lexicon) -> Vec<Headline> {
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
