//! The corridor: the only file that knows the order of the rooms.

mod found;
mod memory;
mod record;
mod watch;

use crate::corpus::{self, Catalog, Fault, Source};
use crate::history::{self, Instant, Lock, LockError, Memory, PublishError, RunRecord};
use crate::report::{self, Project, ReportError};
use crate::score::Scorer;
use crate::study::Study;
use crate::{discover, evaluate, index, lexicon, score, synthesis, text};
use found::Found;
pub(crate) use record::{begin, input_path};
use record::{end, faults, headlines};
use std::path::{Path, PathBuf};
pub use watch::Watch;

mod since;

pub(crate) use since::between;

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
    /// A theme file or codings could not be read once more, to be kept with the run.
    #[error("{}: cannot be read: {source}\n  hint: see that the file is there and that you may read it", path.display())]
    Input {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
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

/// What the themes find, and what bears upon it.
pub(crate) struct Scored {
    pub(crate) scores: score::Scores,
    learned: evaluate::Learned,
    /// Passages with a hit that another document has too.
    pub(crate) repeats: Vec<(u32, synthesis::Repeat)>,
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
) -> Result<Scored, PipelineError> {
    let mut scores = score::themes(index, lexicon, &study.score, tick)?;
    let repeats = synthesis::repeats(index, &scores, lexicon)?;
    let once = synthesis::count_once(&scores, &repeats, &study.synthesis);
    let judged = (&scores, once.as_ref().unwrap_or(&scores));
    let learned = evaluate::learn(index, judged, lexicon, codings, &study.evaluate)?;
    if learned.is_used() {
        lexicon.believe(learned.weights());
        score::reweigh(&mut scores, lexicon, &study.score);
    }
    Ok(Scored { scores, learned, repeats })
}

/// The scores of a study that has been opened, as a run would give them.
///
/// # Errors
/// As `run`.
pub fn scores(study: &Study, opened: &mut Opened, watch: &dyn Watch) -> Result<score::Scores, PipelineError> {
    let codings = evaluate::read(&study.evaluate)?;
    let tick = watch.stage("score", opened.index.documents().len());
    Ok(score(study, &opened.index, &mut opened.lexicon, &codings, &*tick)?.scores)
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
    let record = begin(study, &catalog, now)?;
    let last = history::latest(&study.history);
    if let Some(last) = last.as_ref().filter(|last| stands(study, last, &record)) {
        history::mend_latest(&study.history, &last.run)?;
        return Ok(Outcome::NothingNew(Box::new(last.clone())));
    }
    watch.expects(memory::expected_bytes(&catalog.sources));

    let analyzer = text::Analyzer::new(&study.text);
    let mut lexicon = lexicon::load(&study.lexicon, &analyzer).map_err(PipelineError::Lexicon)?;
    let codings = evaluate::read(&study.evaluate)?;
    let before = last.as_ref().map(|last| last.run.clone());
    let record = RunRecord { lexicon: lexicon.fingerprint.clone(), before, ..record };

    history::keep_inputs(&staging, &record.inputs)?;
    let tick = watch.stage("read", catalog.sources.len());
    let index = index::sync(&study.index, &catalog, &study.corpus, &analyzer, &*tick)?;
    drop(tick);
    let found = find(study, &index, &mut lexicon, &codings, watch)?;
    let faults = faults(&catalog, &index, &codings, &found);
    let before = last.as_ref().map_or_else(|| "latest".to_owned(), |last| last.run.to_string());
    let before = study.history.folder.join(before);
    let outputs = write(study, (&index, &lexicon), &found, &faults, (staging.folder(), Some(&before)), watch)?;

    let mut record = end(record, &index, &found, headlines(&found, &lexicon), faults, clock());
    record.outputs = outputs;
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

/// Whether the newest run is what a run of now would give. What is damaged is not left so: then a run makes it anew.
pub(crate) fn stands(study: &Study, newest: &RunRecord, now: &RunRecord) -> bool {
    history::stands(&study.history, newest, &now.fingerprint) && index::is_there(&study.index)
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
    write(study, (&opened.index, &opened.lexicon), &found, &faults, (folder, None), watch)?;
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
    let mut opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let scores = scores(study, &mut opened, watch)?;
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
    let mut opened = open(study, now, watch)?;
    let codings = evaluate::read(&study.evaluate)?;
    let tick = watch.stage("score", opened.index.documents().len());
    let Scored { scores, learned, .. } = score(study, &opened.index, &mut opened.lexicon, &codings, &*tick)?;
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
    let scored = score(study, index, &mut opened.lexicon, &codings, &*tick)?;
    let mut settings = study.synthesis.clone();
    settings.bootstrap.resamples = 0; // Only which documents count is asked.
    let analyzer = text::Analyzer::new(&study.text);
    let probes = synthesis::Probes::compile(&settings, &analyzer).map_err(PipelineError::Lexicon)?;
    let mut evidence = synthesis::gather(index, &probes, &*watch.stage("gather", index.documents().len()))?;
    synthesis::mark_repeats(&scored.repeats, &mut evidence);
    let synthesis = synthesis::of(&scored.scores, index.documents(), &opened.lexicon, &evidence, &settings);
    let card = card_of(study, index, &opened.lexicon, &scored, &synthesis, &codings);
    Ok((opened, card))
}

fn card_of(
    study: &Study,
    index: &index::PassageIndex,
    lexicon: &lexicon::Lexicon,
    scored: &Scored,
    synthesis: &synthesis::Synthesis,
    codings: &evaluate::Codings,
) -> evaluate::Card {
    let selected = &synthesis.selection.documents;
    let included: Vec<bool> = selected.iter().map(|document| document.excluded.is_none()).collect();
    let scorer = Scorer::new(lexicon, &study.score);
    let once = synthesis::count_once(&scored.scores, &scored.repeats, &study.synthesis);
    let scores = (&scored.scores, once.as_ref().unwrap_or(&scored.scores));
    let judged = (codings, &scored.learned);
    evaluate::card(index.documents(), scores, (lexicon, &scorer), &included, judged, &study.evaluate)
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
    let mut opened = open(study, now, watch)?;
    let scores = scores(study, &mut opened, watch)?;
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
    let scored = score(study, index, lexicon, codings, &*watch.stage("score", n_documents))?;
    let mut evidence = synthesis::gather(index, &probes, &*watch.stage("gather", n_documents))?;
    synthesis::mark_repeats(&scored.repeats, &mut evidence);
    let scores = &scored.scores;
    let tick = watch.stage("sum", 0);
    let synthesis = synthesis::of(scores, index.documents(), lexicon, &evidence, &study.synthesis);
    drop(tick);
    let candidates = candidates(study, index, scores, lexicon, watch)?;
    let tick = watch.stage("evaluate", 0);
    let scorer = Scorer::new(lexicon, &study.score);
    let agreement = evaluate::agreement(index, scores, lexicon, (codings, &scored.learned), &scorer, &study.evaluate)?;
    let card = card_of(study, index, lexicon, &scored, &synthesis, codings);
    drop(tick);
    let Scored { scores, learned, .. } = scored;
    Ok(Found { scores, evidence, synthesis, candidates, learned, agreement, card })
}

fn write(
    study: &Study,
    (index, lexicon): (&index::PassageIndex, &lexicon::Lexicon),
    found: &Found,
    faults: &[Fault],
    (folder, before): (&Path, Option<&Path>),
    watch: &dyn Watch,
) -> Result<Vec<Source>, PipelineError> {
    let settings = toml::to_string_pretty(study).unwrap_or_default();
    let tick = watch.stage("write", index.documents().len());
    let lines = report::card_lines(&found.card, index);
    let findings = found.as_report(study, (index, lexicon), faults, (&settings, &lines));
    Ok(report::write(&findings, &study.report, folder, before, &*tick)?)
}
