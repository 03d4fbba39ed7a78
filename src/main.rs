//! The program: asks the command line what to do, does it, and says by its exit code how it went.

use std::process::ExitCode;

fn main() -> ExitCode {
    throughline::cli::main()
}
