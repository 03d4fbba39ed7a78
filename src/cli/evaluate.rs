//! `throughline evaluate`

use super::args::{Common, EvaluateArgs};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::output::print_table;
use super::progress::Progress;
use crate::pipeline;
use crate::report;

/// Prints how far coders agree with each other, and we with them.
pub fn run(args: &EvaluateArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    if study.evaluate.codings.is_empty() {
        return Err(Failure::wrong("the study has no codings\n  hint: name a file under [evaluate] codings"));
    }
    match pipeline::evaluate(&study, context::now(common)?, progress)? {
        Some(agreement) => {
            print_table(&report::agreement_rows(&agreement), args.format)?;
            Ok(list_faults(&agreement.faults))
        }
        None => Ok(Exit::Done),
    }
}
