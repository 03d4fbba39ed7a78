//! The arguments of the commands that look after candidate themes.

use super::TableFormat;
use clap::Subcommand;

/// `throughline candidate`
#[derive(Debug, Subcommand)]
#[command(after_help = "\
A candidate keeps its name from run to run by its evidence, whatever it is called in a report. What is decided about it is
kept in config/candidates/STUDY.toml, with what it is recognized by; delete an entry there to take the decision back.")]
pub enum CandidateCommand {
    /// List the candidates of the newest run and of earlier ones: since when they are known, how they grew, what became of them
    List {
        /// Form of the output
        #[arg(long, value_enum, default_value = "table")]
        format: TableFormat,
    },
    /// Write a theme file from a candidate of the study
    Accept {
        /// The candidate's name, as throughline candidate list gives it
        name: String,
    },
    /// Give a candidate a name that it keeps
    Rename {
        /// The candidate's name, as throughline candidate list gives it
        name: String,
        /// Its name from now on: letters, digits, - and _
        new_name: String,
    },
    /// Put a candidate away: it does not come back, and the next one takes its place
    Dismiss {
        /// The candidate's name, as throughline candidate list gives it
        name: String,
    },
}
