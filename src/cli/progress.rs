//! What is said on the way: bars on a terminal, JSON lines where they are asked for, and else nothing, so that a schedule
//! hears nothing unless there is something to say.

use super::args::{Common, LogFormat};
use super::exit::{Exit, exit_of, list_faults};
use super::heap::Heap;
use crate::corpus::Fault;
use crate::pipeline::Watch;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Shows how far a command has come.
#[derive(Debug)]
pub struct Progress {
    form: Form,
    began: Instant,
    peak: Arc<AtomicU64>,
    /// What `--memory` says, in bytes.
    bound: Option<u64>,
    is_quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Bars,
    Json,
    Silent,
}

impl Progress {
    /// Bars on standard error, where that is a terminal and `--quiet` was not asked for; JSON lines where they were.
    pub fn new(common: &Common) -> Self {
        let form = match common.log_format {
            LogFormat::Json => Form::Json,
            LogFormat::Text if !common.quiet && std::io::stderr().is_terminal() => Form::Bars,
            LogFormat::Text => Form::Silent,
        };
        let bound = common.memory.map(|memory| memory.n_bytes);
        let progress = Progress { form, began: Instant::now(), peak: Arc::default(), bound, is_quiet: common.quiet };
        let peak = Arc::clone(&progress.peak);
        let mut heap = bound.map(Heap::new);
        std::thread::spawn(move || {
            while let Some(n_bytes) = held() {
                peak.fetch_max(n_bytes, Ordering::Relaxed);
                if let Some(heap) = &mut heap {
                    heap.is_held(held);
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        progress
    }

    /// Says where more memory was held than `--memory` allows.
    pub fn tell_overrun(&self) {
        if let (Some(bound), Some(peak)) = (self.bound, self.peak_bytes())
            && peak > bound
        {
            self.note("memory passed", &format!("--memory {} was passed: {} were held", mb(bound), mb(peak)), peak);
        }
    }

    /// Lists what was not, or not wholly, taken, as JSON where lines of JSON were asked for; what the exit code is by that.
    pub fn list_faults(&self, faults: &[Fault]) -> Exit {
        if self.form != Form::Json {
            return list_faults(faults);
        }
        for fault in faults {
            let line = serde_json::json!({ "stage": "fault", "fault": fault });
            let _ = writeln!(anstream::stderr(), "{line}");
        }
        exit_of(faults)
    }

    /// A line on standard error that is no error.
    fn note(&self, stage: &str, words: &str, n_bytes: u64) {
        let line = match self.form {
            Form::Json => {
                serde_json::json!({ "stage": stage, "bound_bytes": self.bound, "bytes": n_bytes }).to_string()
            }
            Form::Silent if self.is_quiet => return,
            Form::Bars | Form::Silent => format!("note: {words}"),
        };
        let _ = writeln!(anstream::stderr(), "{line}");
    }

    /// Says how a command ended, as the last JSON line; nothing in other forms.
    pub fn end(&self, mut said: serde_json::Value) {
        if let (Form::Json, Some(line)) = (self.form, said.as_object_mut()) {
            line.insert("stage".to_owned(), "end".into());
            line.insert("seconds".to_owned(), seconds(self.began).into());
            line.insert("peak_bytes".to_owned(), self.peak_bytes().into());
            let _ = writeln!(anstream::stderr(), "{said}");
        }
    }
}

/// Memory that is this process's own now; pages of mapped files, which the system may drop at any time, left out. `None`
/// where the system does not tell.
fn held() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
}

/// Processor time that the process has used so far, in all its threads, in seconds. `None` where the system does not tell.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may hold anything; what is counted here begins behind it.
    let mut fields = stat[stat.rfind(')')? + 1..].split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    // Linux tells programs of hundredths of a second on every machine.
    Some((ticks()? + ticks()?) as f64 / 100.0)
}

/// Bytes as they are typed for `--memory`.
fn mb(n_bytes: u64) -> String {
    format!("{}M", n_bytes >> 20)
}

fn seconds(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1000.0).round() / 1000.0
}

impl Watch for Progress {
    fn stage(&self, name: &'static str, n_steps: usize) -> Box<dyn Fn() + Sync> {
        match self.form {
            Form::Silent => Box::new(|| ()),
            Form::Json => {
                let stage = Logged {
                    name,
                    n_steps,
                    n_done: AtomicUsize::new(0),
                    began: Instant::now(),
                    cpu_seconds: cpu_seconds(),
                };
                Box::new(move || _ = stage.n_done.fetch_add(1, Ordering::Relaxed))
            }
            Form::Bars if n_steps == 0 => Box::new(|| ()),
            Form::Bars => {
                let bar = ProgressBar::with_draw_target(Some(n_steps as u64), ProgressDrawTarget::stderr());
                let template = "{prefix:>12} {bar:30} {human_pos}/{human_len} {per_sec}, {eta} left";
                bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
                bar.set_prefix(name);
                bar.enable_steady_tick(Duration::from_millis(200));
                let bar = FinishOnDrop(bar);
                Box::new(move || bar.0.inc(1))
            }
        }
    }

    fn expects(&self, n_bytes: u64) {
        if let Some(bound) = self.bound.filter(|bound| *bound < n_bytes) {
            let words = format!(
                "--memory {} is likely to be passed: a run over this corpus holds about {}, since what is known of each \
                 document, its hits and its scores are kept until the end\n  hint: give it as much, or make two studies of it",
                mb(bound),
                mb(n_bytes)
            );
            self.note("memory expected", &words, n_bytes);
        }
    }

    fn peak_bytes(&self) -> Option<u64> {
        let now = held()?;
        Some(self.peak.fetch_max(now, Ordering::Relaxed).max(now))
    }
}

/// A stage that is told of in one line when it ends.
struct Logged {
    name: &'static str,
    n_steps: usize,
    n_done: AtomicUsize,
    began: Instant,
    /// Processor time before it began.
    cpu_seconds: Option<f64>,
}

impl Drop for Logged {
    fn drop(&mut self) {
        let n_done = self.n_done.load(Ordering::Relaxed);
        let cpu = cpu_seconds().zip(self.cpu_seconds).map(|(now, before)| ((now - before) * 100.0).round() / 100.0);
        let line = serde_json::json!({
            "stage": self.name, "seconds": seconds(self.began), "cpu_seconds": cpu, "held_bytes": held(),
            "n_done": n_done, "n_steps": self.n_steps,
        });
        let _ = writeln!(anstream::stderr(), "{line}");
    }
}

struct FinishOnDrop(ProgressBar);

impl Drop for FinishOnDrop {
    fn drop(&mut self) {
        self.0.finish();
    }
}
