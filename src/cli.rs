//! The command line: arguments as typed, progress, and the only place that prints.

mod args;
mod candidate;
mod card;
mod context;
mod counts;
mod diff;
mod discover;
mod evaluate;
mod exchange;
mod exit;
mod foreign_args;
mod heap;
mod ingest;
mod init;
mod lexicon;
mod output;
mod progress;
mod project;
mod read;
mod report;
mod run;
mod runs;
mod schedule;
mod schema;
mod score;
mod search;
mod seeds;
mod signals;
mod table_format;
mod suggest;
mod verify;

use args::{Args, Command};
use clap::Parser;
use exit::Failure;
use progress::Progress;
use std::process::ExitCode;

/// Runs the command that was typed and returns its exit code: 0 done, 1 failed, 2 wrong use, 3 done with some input
/// skipped or cut, 4 damage found, 10 a theme moved where that was to be said, 11 another run holds the lock; 130 and 143 after a signal.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version go to stdout and are no errors; clap knows which is which.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let outcome = dispatch(&args);
    let _guard = signals::not_ending();
    match outcome {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(failure) => failure.print(args.common.log_format),
    }
}

fn dispatch(args: &Args) -> Result<exit::Exit, Failure> {
    read::apart();
    let progress = Progress::new(&args.common);
    signals::watch();
    if let Some(n_threads) = args.common.n_threads() {
        // The pool can be built once only, and this is the first place that asks for it.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build_global();
    }
    match &args.command {
        Command::Run(run) => run::run(run, &args.common, &progress),
        Command::Init(init) => init::run(init),
        Command::Ingest(ingest) => ingest::run(ingest, &args.common, &progress),
        Command::Score(score) => score::run(score, &args.common, &progress),
        Command::Search(search) => search::search(search, &args.common, &progress),
        Command::Kwic(kwic) => search::kwic(kwic, &args.common, &progress),
        Command::Lexicon(command) => lexicon::run(command, &args.common, &progress),
        Command::Discover(discover) => discover::run(discover, &args.common, &progress),
        Command::Candidate(command) => candidate::run(command, &args.common, &progress),
        Command::Classify(classify) => discover::classify(classify),
        Command::Evaluate(evaluate) => evaluate::run(evaluate, &args.common, &progress),
        Command::Report(report) => report::run(report, &args.common, &progress),
        Command::Export(export) => project::run(export, &args.common, &progress),
        Command::Runs(runs) => runs::run(runs, &args.common),
        Command::Diff(diff) => diff::run(diff, &args.common, &progress),
        Command::Verify(verify) => verify::run(verify, &args.common, &progress),
        Command::Schedule(schedule) => schedule::run(schedule, &args.common),
        Command::Schema(schema) => schema::run(schema),
        Command::Completions { shell } => output::completions(*shell),
        Command::Man => output::man_page(),
        Command::Read(args) => read::run(args),
    }
}
