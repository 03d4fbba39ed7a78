//! `throughline verify`

use super::args::{Common, VerifyArgs};
use super::context;
use super::exit::{Exit, Failure};
use super::output::counted;
use super::progress::Progress;
use crate::audit::{self, Depth, Scratch, Verdict};
use std::io::{self, Write};

/// Names every damage; says in a line what was looked at.
pub fn run(args: &VerifyArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let depth = if args.against_scratch { Depth::AgainstScratch } else { Depth::Read };
    let verdict = audit::verify(&study, depth, context::now(common)?, progress)?;
    for damage in &verdict.damages {
        let _ = writeln!(anstream::stderr(), "damaged: {}: {}", damage.path.display(), damage.what);
    }
    let exit = if verdict.damages.is_empty() { Exit::Done } else { Exit::Damaged };
    exit.after(tell(&study.name, &verdict))
}

fn tell(study: &str, verdict: &Verdict) -> io::Result<()> {
    let quotes = &verdict.quotes;
    let mut out = io::stdout().lock();
    let (n_runs, n_damages) = (verdict.n_runs, verdict.damages.len());
    writeln!(out, "{study}: {n_runs} runs and the index read, {} quotes found at their place", quotes.n_good)?;
    if quotes.n_unread > 0 {
        let sources = quotes.unread.join(", ");
        writeln!(out, "{} quotes not looked at: changed or gone since the run: {sources}", quotes.n_unread)?;
    }
    match verdict.scratch {
        None => {}
        Some(Scratch::Compared) => writeln!(out, "the newest run was made again from nothing and compared")?,
        Some(Scratch::NoRun) => writeln!(out, "nothing has been published yet")?,
        Some(Scratch::InputsChanged) => {
            writeln!(out, "not made again from nothing: what goes into it has changed since; run first")?;
        }
    }
    match n_damages {
        0 => writeln!(out, "no damage"),
        n => writeln!(
            out,
            "{}; a damaged index is made anew by the next run, and so is the newest run where its folder is deleted",
            counted(n, "damage")
        ),
    }
}
