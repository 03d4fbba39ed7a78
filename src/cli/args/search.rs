//! The arguments of search and concordance.

use super::TableFormat;
use clap::{Args as ClapArgs, ValueEnum};

/// `throughline search`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline search 'leadership NEAR/5 vision'
  throughline search '(lack|shortage) of fund*' --format csv")]
pub struct SearchArgs {
    /// A pattern
    pub pattern: String,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: TableFormat,
}

/// `throughline kwic`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline kwic 'professional* NEAR/3 cultur*'
  throughline kwic trust --sort right --width 6 --format csv")]
pub struct KwicArgs {
    /// A pattern
    pub pattern: String,
    /// Tokens of context on each side
    #[arg(long, default_value_t = 8, value_name = "N")]
    pub width: usize,
    /// Order of the lines
    #[arg(long, value_enum, default_value = "place")]
    pub sort: KwicSort,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: TableFormat,
}

/// Order of KWIC lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KwicSort {
    /// As they stand in the corpus
    Place,
    /// By the words to the left, nearest first
    Left,
    /// By the words to the right
    Right,
}
