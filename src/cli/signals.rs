//! What happens when the program is told to stop.

use crate::history;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Held, and never given back, from when a signal has come.
static ENDING: Mutex<()> = Mutex::new(());

/// Rolls back and ends with 128 + the signal's number when the program is interrupted or told to end.
///
/// Ending at once is safe: the index commits whole or not at all, and a run is published by one rename.
///
/// A file that grows past a limit of the system is an error that names the file, and no reason to die.
pub fn watch() {
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            std::mem::forget(not_ending());
            history::abandon();
            std::process::exit(128 + signal);
        }
    });
}

/// Comes back at once, or never where a signal is ending the program: what fails in its last moments is not to be said, and
/// its exit code is the signal's.
pub fn not_ending() -> MutexGuard<'static, ()> {
    ENDING.lock().unwrap_or_else(PoisonError::into_inner)
}
