//! The children that are waiting for work, and what is said of a file that ended one.

use super::super::catalog::{Fault, Severity, Source};
use super::super::document::Document;
use super::super::settings::{CorpusSettings, LimitSettings};
use super::child::{Child, End};
use super::wire::Order;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Children of one program, as many as there are threads that read.
pub(in super::super) struct Pool {
    program: PathBuf,
    arguments: Vec<String>,
    idle: Mutex<Vec<Child>>,
}

impl Pool {
    pub(super) fn new(program: PathBuf, arguments: Vec<String>) -> Self {
        Self { program, arguments, idle: Mutex::default() }
    }

    /// Has a child read `source`. A file over which a child ends that has read others before is given to a fresh one,
    /// whose limits nothing has been taken of; what that one comes to is the verdict.
    pub(in super::super) fn read(
        &self,
        source: &Source,
        settings: &CorpusSettings,
        each: &mut dyn FnMut(Document),
    ) -> Vec<Fault> {
        let order = Order::new(source, settings);
        let mut n_known = 0;
        let mut idle = self.idle(&settings.limits);
        loop {
            let mut child = match idle.take() {
                Some(child) => child,
                None => match Child::start(&self.program, &self.arguments, settings.limits) {
                    Ok(child) => child,
                    Err(e) => {
                        let what = format!("no process could be started to read it: {e}");
                        let fault = fault(source, Severity::Skipped, what, "see that the program may start itself");
                        return vec![Fault { passing: true, ..fault }];
                    }
                },
            };
            match child.read(&order, source.n_bytes, &mut n_known, each) {
                Ok(faults) => {
                    self.lock().push(child);
                    return faults;
                }
                Err(_) if child.n_read > 0 => {}
                Err(end) => {
                    let severity = if n_known == 0 { Severity::Skipped } else { Severity::Cut };
                    let (what, hint) = said(&end, &settings.limits);
                    return vec![fault(source, severity, what, hint)];
                }
            }
        }
    }

    /// A child that waits and was started with these limits.
    fn idle(&self, limits: &LimitSettings) -> Option<Child> {
        let mut idle = self.lock();
        let at = idle.iter().rposition(|child| child.limits == *limits)?;
        Some(idle.swap_remove(at))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Child>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What to say of an end, and how to mend it.
fn said(end: &End, limits: &LimitSettings) -> (String, &'static str) {
    let raise = "leave the file out, or raise the limit under [corpus.limits] if you trust it";
    let what = match end {
        End::Cpu => format!("its parser took more than {} s of processor time (cpu_seconds)", limits.cpu_seconds),
        End::Memory => format!("its parser asked for more than {} bytes of memory (memory_bytes)", limits.memory_bytes),
        End::Silence => format!("its parser said nothing for {} s (silence_seconds)", limits.silence_seconds),
        End::Text => {
            format!("its parser gave a document beyond all measure of {} bytes (text_bytes)", limits.text_bytes)
        }
        End::Growth => format!("its parser gave more than {} times the size of the file (growth)", limits.growth),
        End::Stack => {
            return ("its parser ran out of stack, so deep does it nest".to_owned(), "save it again, or leave it out");
        }
        End::Garbled => return ("its parser gave no sensible answer".to_owned(), "save it again, or leave it out"),
        End::Other(why) => return (format!("its parser failed: {why}"), "save it again, or leave it out"),
    };
    (what, raise)
}

fn fault(source: &Source, severity: Severity, what: String, hint: &str) -> Fault {
    Fault { path: source.path.clone(), severity, what, hint: Some(hint.to_owned()), ..Fault::default() }
}
