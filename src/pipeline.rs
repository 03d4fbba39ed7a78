//! The corridor: the only file that knows the order of the rooms.

use crate::corpus::{self, Catalog, Digest, Fault, Severity, Source};
use crate::history::{self, Counts, Headline, Instant, Lock, LockError, PublishError, RunRecord};
use crate::report::{self, Findings, ReportError};
use crate::score::Scorer;
use crate::study::Study;
use crate::{discover, evaluate, index, lexicon, score, synthesis, text};
use std::path::{Path, PathBuf};

/// Is told which stage begins and of how many steps, and gives back what is to be called at each.
pub trait Watch {
    /// A stage begins.
    fn stage(&self, name: &'static str, n_steps: usize) -> Box<dyn Fn() + Sync>;
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

/// Scores every document: hits, then weights as the study believes them, moved by what codings and verdicts say.
///
/// # Errors
/// The index or a judged text cannot be read.
pub(crate) fn score(
    study: &Study,
    index: &index::PassageIndex,
    lexicon: &mut lexicon::Lexicon,
    codings: &evaluate::Codings,
    tick: &(dyn Fn() + Sync),
) -> Result<(score::Scores, evaluate::Learned), PipelineError> {
    let mut scores = score::themes(index, lexicon, &study.score, tick)?;
    let learned = evaluate::learn(index, &scores, lexicon, codings, &study.evaluate)?;
    if learned.is_used() {
        lexicon.believe(learned.weights());
        score::reweigh(&mut scores, lexicon, &study.score);
    }
    Ok((scores, learned))
}

/// The scores of a study that has been opened, as a run would give them.
///
/// # Errors
/// As `run`.
pub fn scores(study: &Study, opened: &mut Opened, watch: &dyn Watch) -> Result<score::Scores, PipelineError> {
    let codings = evaluate::read(&study.evaluate)?;
    let tick = watch.stage("score", opened.index.documents().len());
    Ok(score(study, &opened.index, &mut opened.lexicon, &codings, &*tick)?.0)
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
    let catalog = corpus::scan(&study.corpus);
    let analyzer = text::Analyzer::new(&study.text);
    let mut lexicon = lexicon::load(&study.lexicon, &analyzer).map_err(PipelineError::Lexicon)?;
    let codings = evaluate::read(&study.evaluate)?;
    let record = begin(study, &catalog, &lexicon, now);
    if let Some(last) = history::latest(&study.history).filter(|last| last.fingerprint == record.fingerprint) {
        return Ok(Outcome::NothingNew(Box::new(last)));
    }

    history::keep_inputs(&staging, &record.inputs)?;
    let tick = watch.stage("read", catalog.sources.len());
    let index = index::sync(&study.index, &catalog, &study.corpus, &analyzer, &*tick)?;
    drop(tick);
    let found = find(study, &index, &mut lexicon, &codings, watch)?;
    let faults = faults(&catalog, &index, &codings, &found);
    write(study, &index, &lexicon, &found, &faults, staging.folder(), watch)?;

    let record = end(record, &index, &found, headlines(&found, &lexicon), faults, clock());
    let record = history::publish(&study.history, staging, record, now)?;
    drop(lock);
    Ok(Outcome::Published(Box::new(record)))
}

/// Writes the page and the tables of the study into `folder`, without publishing a run.
///
/// # Errors
/// As `run`; what was written before the error stays.
pub fn report_into(study: &Study, folder: &Path, now: Instant, watch: &dyn Watch) -> Result<Vec<Fault>, PipelineError> {
    let mut opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let found = find(study, &opened.index, &mut opened.lexicon, &codings, watch)?;
    let faults = faults(&opened.catalog, &opened.index, &codings, &found);
    write(study, &opened.index, &opened.lexicon, &found, &faults, folder, watch)?;
    Ok(faults)
}

/// Compares the study's coders with each other and with its scores; `None` where there are no codings.
///
/// # Errors
/// As `run`.
pub fn evaluate(study: &Study, now: Instant, watch: &dyn Watch) -> Result<Option<evaluate::Agreement>, PipelineError> {
    let mut opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let tick = watch.stage("score", opened.index.documents().len());
    let (scores, learned) = score(study, &opened.index, &mut opened.lexicon, &codings, &*tick)?;
    let Opened { index, lexicon, .. } = &opened;
    let scorer = Scorer::new(lexicon, &study.score);
    Ok(evaluate::agreement(index, &scores, lexicon, (&codings, &learned), &scorer, &study.evaluate)?)
}

/// The health card of the study's lexicon.
///
/// # Errors
/// As `run`.
pub fn card(study: &Study, now: Instant, watch: &dyn Watch) -> Result<(Opened, evaluate::Card), PipelineError> {
    let mut opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let index = &opened.index;
    let tick = watch.stage("score", index.documents().len());
    let (scores, learned) = score(study, index, &mut opened.lexicon, &codings, &*tick)?;
    let mut settings = study.synthesis.clone();
    settings.bootstrap.resamples = 0; // Only which documents count is asked.
    let analyzer = text::Analyzer::new(&study.text);
    let probes = synthesis::Probes::compile(&settings, &analyzer).map_err(PipelineError::Lexicon)?;
    let evidence = synthesis::gather(index, &probes, &*watch.stage("gather", index.documents().len()))?;
    let synthesis = synthesis::of(&scores, index.documents(), &opened.lexicon, &evidence, &settings);
    let card = card_of(study, index, &opened.lexicon, &scores, &synthesis, (&codings, &learned));
    Ok((opened, card))
}

fn card_of(
    study: &Study,
    index: &index::PassageIndex,
    lexicon: &lexicon::Lexicon,
    scores: &score::Scores,
    synthesis: &synthesis::Synthesis,
    judged: (&evaluate::Codings, &evaluate::Learned),
) -> evaluate::Card {
    let selected = &synthesis.selection.documents;
    let included: Vec<bool> = selected.iter().map(|document| document.excluded.is_none()).collect();
    let scorer = Scorer::new(lexicon, &study.score);
    evaluate::card(index.documents(), scores, (lexicon, &scorer), &included, judged, &study.evaluate)
}

/// Looks for themes that the study's lexicon does not name.
///
/// # Errors
/// As `run`.
pub fn discover(
    study: &Study,
    now: Instant,
    watch: &dyn Watch,
) -> Result<(Opened, discover::Candidates), PipelineError> {
    let mut opened = open(study, now, watch)?;
    let scores = scores(study, &mut opened, watch)?;
    let tick = watch.stage("discover", study.discover.n_runs);
    let candidates = discover::candidates(&opened.index, &scores, &opened.lexicon, &study.discover, &*tick)?;
    Ok((opened, candidates))
}

/// Everything that was worked out, room by room.
struct Found {
    scores: score::Scores,
    evidence: synthesis::Evidence,
    synthesis: synthesis::Synthesis,
    candidates: discover::Candidates,
    learned: evaluate::Learned,
    agreement: Option<evaluate::Agreement>,
    card: evaluate::Card,
}

fn find(
    study: &Study,
    index: &index::PassageIndex,
    lexicon: &mut lexicon::Lexicon,
    codings: &evaluate::Codings,
    watch: &dyn Watch,
) -> Result<Found, PipelineError> {
    let n_documents = index.documents().len();
    let analyzer = text::Analyzer::new(&study.text);
    let probes = synthesis::Probes::compile(&study.synthesis, &analyzer).map_err(PipelineError::Lexicon)?;
    let (scores, learned) = score(study, index, lexicon, codings, &*watch.stage("score", n_documents))?;
    let evidence = synthesis::gather(index, &probes, &*watch.stage("gather", n_documents))?;
    let synthesis = synthesis::of(&scores, index.documents(), lexicon, &evidence, &study.synthesis);
    let tick = watch.stage("discover", study.discover.n_runs);
    let candidates = discover::candidates(index, &scores, lexicon, &study.discover, &*tick)?;
    let scorer = Scorer::new(lexicon, &study.score);
    let agreement = evaluate::agreement(index, &scores, lexicon, (codings, &learned), &scorer, &study.evaluate)?;
    let card = card_of(study, index, lexicon, &scores, &synthesis, (codings, &learned));
    Ok(Found { scores, evidence, synthesis, candidates, learned, agreement, card })
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
            title: if study.title.is_empty() { &study.name } else { &study.title },
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
            learned: &self.learned,
            agreement: self.agreement.as_ref(),
            card: &self.card,
            faults,
        }
    }
}

/// The record as far as it is known before anything is read, fingerprint included.
pub(crate) fn begin(study: &Study, catalog: &Catalog, lexicon: &lexicon::Lexicon, now: Instant) -> RunRecord {
    let mut record = RunRecord {
        study: study.name.clone(),
        started: now.to_rfc3339(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        analyzer: text::Analyzer::VERSION,
        lexicon: lexicon.fingerprint.clone(),
        settings: serde_json::to_value(study).unwrap_or_default(),
        sources: catalog.sources.clone(),
        inputs: other_inputs(study, lexicon),
        ..RunRecord::default()
    };
    let parts = (
        (&record.program, record.analyzer, &record.lexicon),
        (&record.settings, &record.sources, &record.inputs, &catalog.faults),
    );
    record.fingerprint = Digest::of(&serde_json::to_vec(&parts).unwrap_or_default());
    record
}

/// Theme files, codings and verdicts, by digest: they go into the page beside what they do to the scores.
fn other_inputs(study: &Study, lexicon: &lexicon::Lexicon) -> Vec<Source> {
    let themes = lexicon.themes.iter().map(|theme| study.lexicon.root.join(&theme.file));
    let judgements = study.evaluate.codings.iter().chain(&study.evaluate.verdicts);
    let judgements = judgements.map(|path| study.evaluate.root.join(path));
    let mut files: Vec<_> = themes.chain(judgements).collect();
    files.sort();
    files.dedup();
    let source = |file: PathBuf| {
        let bytes = std::fs::read(&file).ok()?;
        let path = input_path(study, &file);
        Some(Source { path, digest: Digest::of(&bytes), n_bytes: bytes.len() as u64, file })
    };
    files.into_iter().filter_map(source).collect()
}

/// What a record calls an input.
pub(crate) fn input_path(study: &Study, file: &Path) -> String {
    let path = file.strip_prefix(&study.corpus.root).unwrap_or(file);
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
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
    record.counts = Counts {
        n_new_documents: index.n_new(),
        n_documents: index.documents().len(),
        n_passages: scores.iter().map(|document| u64::from(document.n_scored_passages)).sum(),
        n_tokens: index.documents().iter().map(|document| u64::from(document.n_tokens)).sum(),
        n_hits: scores.iter().map(|document| document.hits.len() as u64).sum(),
        ..record.counts
    };
    record.judged = found.learned.taught_by(index.documents());
    record.headlines = headlines;
    record.faults = faults;
    record.finished = finished.to_rfc3339();
    record
}

/// Every fault of the corpus, those of files that could not be opened and those of files that could not be read, sorted.
fn faults(catalog: &Catalog, index: &index::PassageIndex, codings: &evaluate::Codings, found: &Found) -> Vec<Fault> {
    let judgements = found.agreement.iter().flat_map(|agreement| &agreement.faults);
    let judgements = judgements.chain(&found.learned.faults).chain(&codings.faults);
    let mut faults: Vec<Fault> = catalog.faults.iter().chain(index.faults()).chain(judgements).cloned().collect();
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
