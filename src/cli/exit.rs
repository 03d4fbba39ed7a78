//! How a command went.

use super::args::LogFormat;
use crate::corpus::{Fault, Severity};
use crate::evaluate::EvaluateError;
use crate::history::{LockError, PublishError};
use crate::index::IndexError;
use crate::lexicon::LexiconError;
use crate::pipeline::PipelineError;
use crate::study::StudyError;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::io;
use std::io::Write;
use std::process::ExitCode;

/// Exit codes; callers treat unknown ones as failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All done, also when there was nothing new.
    Done = 0,
    /// Failed; what was published before is untouched.
    Failed = 1,
    /// The command line, the study or the lexicon is wrong.
    Wrong = 2,
    /// Done, and some input was skipped or cut.
    Partial = 3,
    /// `verify` found damage.
    Damaged = 4,
    /// Published, and a theme moved out of its interval, which was to be said.
    Moved = 10,
    /// Another run holds the lock.
    Locked = 11,
}

impl Exit {
    /// This code, once what was to be said has been written. A closed pipe is no error and hides none.
    ///
    /// # Errors
    /// What was to be said could not be written.
    pub fn after(self, written: io::Result<()>) -> Result<Self, Failure> {
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(self),
        }
    }
}

/// Why a command stopped, and the code it ends with.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    message: String,
}

impl Failure {
    /// The arguments, the study or the lexicon is wrong.
    pub fn wrong(message: impl Display) -> Self {
        Failure { exit: Exit::Wrong, message: message.to_string() }
    }

    /// Something failed on the way.
    pub fn failed(message: impl Display) -> Self {
        Failure { exit: Exit::Failed, message: message.to_string() }
    }

    /// Says why, as JSON in a log of JSON lines, and gives the code. Silent where the reader of our output has gone away: a
    /// closed pipe is no error.
    pub fn print(self, format: LogFormat) -> ExitCode {
        let line = match format {
            LogFormat::Text => format!("error: {}", self.message),
            LogFormat::Json => serde_json::json!({ "stage": "failed", "error": self.message }).to_string(),
        };
        if !self.message.is_empty() {
            let _ = writeln!(anstream::stderr(), "{line}");
        }
        ExitCode::from(self.exit as u8)
    }
}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Self {
        Failure::wrong(error)
    }
}

impl From<Vec<LexiconError>> for Failure {
    fn from(errors: Vec<LexiconError>) -> Self {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Failure::wrong(lines.join("\nerror: "))
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        Failure::failed(error)
    }
}

impl From<EvaluateError> for Failure {
    fn from(error: EvaluateError) -> Self {
        Failure::wrong(error)
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Self {
        let exit = if matches!(error, LockError::Held { .. }) { Exit::Locked } else { Exit::Failed };
        Failure { exit, message: error.to_string() }
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Failure::failed(error)
    }
}

impl From<PipelineError> for Failure {
    fn from(error: PipelineError) -> Self {
        match error {
            PipelineError::Lexicon(errors) => errors.into(),
            PipelineError::Index(error) => error.into(),
            PipelineError::Evaluate(error) => error.into(),
            PipelineError::Lock(error) => error.into(),
            PipelineError::Publish(error) => error.into(),
            PipelineError::Report(error) => Failure::failed(error),
            error @ PipelineError::Input { .. } => Failure::failed(error),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure { exit: Exit::Done, message: String::new() };
        }
        Failure::failed(format!("standard output: cannot write: {error}"))
    }
}

/// Faults of one file that are listed one by one; of the others their number is said.
const N_LISTED: usize = 5;

/// Lists what was not, or not wholly, taken, a line each, a hint where it was not given before; `Partial` where
/// something was.
pub fn list_faults(faults: &[Fault]) -> Exit {
    let mut hints = BTreeSet::new();
    for of_file in faults.chunk_by(|a, b| a.path == b.path) {
        list(&of_file[..of_file.len().min(N_LISTED)], &mut hints);
        if of_file.len() > N_LISTED {
            let n_more = of_file.len() - N_LISTED;
            let _ = writeln!(
                anstream::stderr(),
                "error: {}: {n_more} more of its records, as the table says",
                of_file[0].path.escape_debug()
            );
        }
    }
    exit_of(faults)
}

/// `Partial` where an input was not, or not wholly, taken.
pub fn exit_of(faults: &[Fault]) -> Exit {
    match faults.iter().any(|fault| fault.severity != Severity::Degraded) {
        true => Exit::Partial,
        false => Exit::Done,
    }
}

fn list<'f>(faults: &'f [Fault], hints: &mut BTreeSet<&'f str>) {
    use Severity::{Cut, Degraded, Skipped};
    for fault in faults {
        let (word, then) = match fault.severity {
            Skipped => ("error", "skipped"),
            Cut => ("error", "the rest is taken"),
            Degraded => ("warning", "taken as it is"),
        };
        let line = fault.line.map_or(String::new(), |line| format!(":{line}"));
        let _ = writeln!(anstream::stderr(), "{word}: {}{line}: {}; {then}", fault.path.escape_debug(), fault.what);
        if let Some(hint) = fault.hint.as_deref().filter(|hint| hints.insert(hint)) {
            let _ = writeln!(anstream::stderr(), "  hint: {hint}");
        }
    }
}
