//! Progress bars on a terminal; silence elsewhere, so that a schedule hears nothing unless there is something to say.

use crate::pipeline::Watch;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// Shows how far a command has come.
#[derive(Debug)]
pub struct Progress {
    visible: bool,
}

impl Progress {
    /// Bars on standard error, where that is a terminal and `quiet` was not asked for.
    pub fn new(quiet: bool) -> Self {
        Progress { visible: !quiet && std::io::stderr().is_terminal() }
    }
}

impl Watch for Progress {
    fn stage(&self, name: &'static str, n_steps: usize) -> Box<dyn Fn() + Sync> {
        if !self.visible {
            return Box::new(|| ());
        }
        let bar = ProgressBar::with_draw_target(Some(n_steps as u64), ProgressDrawTarget::stderr());
        let template = "{prefix:>12} {bar:30} {human_pos}/{human_len} {per_sec}, {eta} left";
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix(name);
        if n_steps > 0 {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        let bar = FinishOnDrop(bar);
        Box::new(move || bar.0.inc(1))
    }
}

struct FinishOnDrop(ProgressBar);

impl Drop for FinishOnDrop {
    fn drop(&mut self) {
        self.0.finish();
    }
}
