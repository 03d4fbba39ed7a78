//! `throughline __read`: reads files for another process of this program, which starts it; nobody types it.

use super::args::ReadArgs;
use super::exit::{Exit, Failure};
use crate::corpus;
use std::io::{self, BufWriter};

/// What follows the program's own path to make it read for another.
pub const ARGUMENTS: [&str; 1] = ["__read"];

/// Has files that can hurt read by further processes of this program from now on.
pub fn apart() {
    if let Ok(program) = std::env::current_exe() {
        corpus::read_apart(program, ARGUMENTS.map(str::to_owned).to_vec());
    }
}

/// Reads what it is told to until nobody tells it any more.
pub fn run(args: &ReadArgs) -> Result<Exit, Failure> {
    let limits = (args.cpu_seconds, args.memory_bytes);
    let answers = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    corpus::serve(limits, io::stdin(), answers, || std::process::exit(0))?;
    Ok(Exit::Done)
}
