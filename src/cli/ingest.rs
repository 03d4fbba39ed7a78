//! `throughline ingest`

use super::args::{Common, IngestArgs};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::progress::Progress;
use crate::pipeline;
use std::io::{self, Write};

/// Brings the study's index up to date, or reads what it is given and prints a table of it.
pub fn run(args: &IngestArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let _ = args;
    let opened = pipeline::open(&study, context::now(common)?, progress)?;
    let documents = opened.index.documents();
    let n_tokens: u64 = documents.iter().map(|document| u64::from(document.n_tokens)).sum();
    writeln!(
        io::stdout(),
        "{}: {} files, {} documents ({} new), {n_tokens} tokens",
        study.name,
        opened.catalog.sources.len(),
        documents.len(),
        opened.index.n_new()
    )?;
    let mut faults = opened.catalog.faults.clone();
    faults.extend_from_slice(opened.index.faults());
    Ok(list_faults(&faults))
}
