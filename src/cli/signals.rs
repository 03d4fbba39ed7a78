//! What happens when the program is told to stop.

use crate::history;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// Rolls back and ends with 128 + the signal's number when the program is interrupted or told to end.
///
/// Ending at once is safe: the index commits whole or not at all, and a run is published by one rename.
pub fn watch() {
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            history::abandon();
            std::process::exit(128 + signal);
        }
    });
}
