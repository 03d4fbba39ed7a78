//! `throughline export`

use super::args::{Common, ProjectArgs, ProjectFormat};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::progress::Progress;
use crate::pipeline;
use std::io::{self, Write};

/// Writes the study for other programs.
pub fn run(args: &ProjectArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let ProjectFormat::RefiQda = args.format;
    let default = || study.history.folder.join(&study.name).with_extension("qdpx");
    let file = args.output.clone().unwrap_or_else(default);
    let (exported, faults) = pipeline::project(&study, &file, context::now(common)?, progress)?;
    let exit = list_faults(&faults);
    let crate::report::Exported { n_documents, n_hits, n_marks, n_stances_lost } = exported;
    writeln!(io::stdout(), "{}: {n_documents} texts, {n_hits} hits, {n_marks} codings", file.display())?;
    if n_stances_lost > 0 {
        let lost = format!("the stance of {n_stances_lost} codings of whole documents is left out");
        writeln!(io::stderr(), "{lost}: a project has a place for it at selections only")?;
    }
    Ok(exit)
}
