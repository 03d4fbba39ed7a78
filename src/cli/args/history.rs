//! The arguments of the commands that look at runs, or have them made.

use super::TableFormat;
use clap::{Args as ClapArgs, ValueEnum};

/// `throughline runs`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Runs beyond [history] keep and keep_days are removed when a new one is published, never the newest. An empty file named
pinned in the folder of a run keeps that run for good.")]
pub struct RunsArgs {
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: TableFormat,
}

/// `throughline diff`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline diff                                        the newest run against the one before it
  throughline diff 20260101T060000Z                       the newest run against that one
  throughline diff 20260101T060000Z 20260201T060000Z --format json

The change of each theme comes in parts that sum to the whole: documents removed, new and changed; then, over the
documents that stayed, program, settings, lexicon and codings, in this order.")]
pub struct DiffArgs {
    /// The older run [default: the one before the newest]
    pub before: Option<String>,
    /// The newer run [default: the newest]
    pub after: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "text")]
    pub format: DiffFormat,
}

/// Form of a comparison of two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Plain lines, fit for an e-mail
    Text,
    /// One JSON object
    Json,
}

/// `throughline verify`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Exits with 4 where anything is damaged, each damage named. Nothing is mended here: the next run makes a damaged index
anew from the sources, and the newest run where its folder, or a file of it, is gone. An older run cannot be made again.")]
pub struct VerifyArgs {
    /// Make the newest run again from nothing, in a temporary folder, and compare byte for byte
    #[arg(long)]
    pub against_scratch: bool,
}

/// `throughline schedule`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline schedule --print cron            # a line to add with crontab -e
  throughline schedule --print systemd > throughline.txt
  throughline schedule --print github-actions > .github/workflows/throughline.yml")]
pub struct ScheduleArgs {
    /// For what
    #[arg(long, value_enum)]
    pub print: Scheduler,
}

/// What runs a study by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scheduler {
    /// A line of a crontab
    Cron,
    /// A service and a timer
    Systemd,
    /// A workflow
    GithubActions,
}

/// `throughline schema`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  throughline schema study > study.schema.json

Editors that know TOML check a file that begins with
  #:schema study.schema.json")]
pub struct SchemaArgs {
    /// Which file
    #[arg(value_enum)]
    pub of: SchemaOf,
}

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// config/NAME.toml
    Study,
    /// config/themes/NAME/*.toml
    Theme,
}
