//! The corridor: the only file that knows the order of the rooms.

use crate::corpus::{self, Catalog, Digest, Fault, Severity, Source};
use crate::history::{self, Counts, Headline, Instant, Lock, LockError, PublishError, RunRecord};
use crate::report::{self, Findings, ReportError};
use crate::study::Study;
use crate::{discover, evaluate, index, lexicon, score, synthesis, text};
use std::path::Path;

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

/// Does all of it: reads what is new, scores, sums up, looks for more, compares with the coders, publishes.
///
/// # Errors
/// A room could not do its work; nothing is published, and what was there is untouched.
pub fn run(study: &Study, now: Instant, clock: &dyn Fn() -> Instant, watch: &dyn Watch) -> Result<Outcome, PipelineError> {
    let lock = Lock::take(&study.history.folder, now)?;
    let staging = history::stage(&study.history)?;
    let catalog = corpus::scan(&study.corpus);
    let analyzer = text::Analyzer::new(&study.text);
    let lexicon = lexicon::load(&study.lexicon, &analyzer).map_err(PipelineError::Lexicon)?;
    let codings = evaluate::read(&study.evaluate)?;
    let record = begin(study, &catalog, &lexicon, now);
    if let Some(last) = history::latest(&study.history).filter(|last| last.fingerprint == record.fingerprint) {
        return Ok(Outcome::NothingNew(Box::new(last)));
    }

    let tick = watch.stage("read", catalog.sources.len());
    let index = index::sync(&study.index, &catalog, &study.corpus, &analyzer, &*tick)?;
    drop(tick);
    let findings = find(study, &index, &lexicon, &codings, watch)?;
    let tick = watch.stage("write", index.documents().len());
    report::write(&findings.as_report(study, &index, &lexicon), &study.report, staging.folder(), &*tick)?;
    drop(tick);

    let record = end(record, &catalog, &index, &lexicon, &findings, clock());
    let record = history::publish(&study.history, staging, record, now)?;
    drop(lock);
    Ok(Outcome::Published(Box::new(record)))
}

/// Writes the page and the tables of the study into `folder`, without publishing a run.
///
/// # Errors
/// As `run`; what was written before the error stays.
pub fn report_into(study: &Study, folder: &Path, now: Instant, watch: &dyn Watch) -> Result<Vec<Fault>, PipelineError> {
    let opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let findings = find(study, &opened.index, &opened.lexicon, &codings, watch)?;
    let tick = watch.stage("write", opened.index.documents().len());
    report::write(&findings.as_report(study, &opened.index, &opened.lexicon), &study.report, folder, &*tick)?;
    Ok(faults(&opened.catalog, &opened.index))
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
    let scores = score::themes(index, lexicon, &study.score, &*watch.stage("score", n_documents))?;
    let evidence = synthesis::gather(index, &study.synthesis, &*watch.stage("gather", n_documents))?;
    let synthesis = synthesis::of(&scores, index.documents(), lexicon, &evidence, &study.synthesis);
    let candidates = discover::candidates(index, &scores, lexicon, &study.discover, &*watch.stage("discover", 0))?;
    let agreement = evaluate::agreement(&scores, index, lexicon, codings, &study.evaluate)?;
    Ok(Found { scores, evidence, synthesis, candidates, agreement })
}
