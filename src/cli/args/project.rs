//! The arguments of `export`.

use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// `throughline export`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  throughline export --format refi-qda --output study.qdpx

A REFI-QDA project opens in NVivo, ATLAS.ti, MAXQDA, QualCoder and others: the texts, the themes as code book, every hit
as a coded selection by a user named Throughline, and human codings under their coders' names.")]
pub struct ProjectArgs {
    /// The format
    #[arg(long, value_enum)]
    pub format: ProjectFormat,
    /// The file to write [default: output/STUDY/STUDY.qdpx]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A format that a whole study can be exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProjectFormat {
    /// A REFI-QDA project, .qdpx
    RefiQda,
}
