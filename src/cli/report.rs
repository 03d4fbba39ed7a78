//! `throughline report`

use super::args::{Common, ReportArgs};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::progress::Progress;
use crate::pipeline;
use std::io::{self, Write};

/// Writes page and tables into a folder.
pub fn run(args: &ReportArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let faults = pipeline::report_into(&study, &args.output, context::now(common)?, progress)?;
    let exit = list_faults(&faults);
    writeln!(io::stdout(), "report: {}", args.output.join("report.html").display())?;
    Ok(exit)
}
