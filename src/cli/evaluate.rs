//! `throughline evaluate`

use super::args::{Common, EvaluateArgs};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::output::print_table;
use super::progress::Progress;
use crate::pipeline;
use crate::report;
use std::io::{self, Write};

/// What a reader must know of the figures where weights have learnt from the coders.
const HELD_OUT: &str =
    "weights learn from these coders: each document is held against them as the other documents teach";

/// Nothing was coded.
const NO_CODING: &str = "nothing to compare: the files under [evaluate] codings hold no coding\n  hint: a row names a coder and a \
                         document; its theme is left empty where the coder found none";
/// Something was coded, and nothing of it is a theme of the lexicon.
const NO_THEME: &str = "nothing to compare: no coder names a theme of the lexicon\n  hint: the column of themes holds their \
                        ids, the names of the theme files";

/// Prints how far coders agree with each other, and we with them.
pub fn run(args: &EvaluateArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    if study.evaluate.codings.is_empty() {
        return Err(Failure::wrong("the study has no codings\n  hint: name a file under [evaluate] codings"));
    }
    match pipeline::evaluate(&study, context::now(common)?, progress)? {
        Some(agreement) => {
            print_table(&report::agreement_rows(&agreement), args.format)?;
            if agreement.learning.as_ref().is_some_and(|learning| learning.is_used) && !common.quiet {
                writeln!(io::stderr(), "{HELD_OUT}")?;
            }
            if agreement.themes.is_empty() {
                writeln!(io::stderr(), "{NO_THEME}")?;
            }
            Ok(list_faults(&agreement.faults))
        }
        None => {
            writeln!(io::stderr(), "{NO_CODING}")?;
            Ok(Exit::Done)
        }
    }
}
