//! The arguments about other programs: their lexicons, and quanteda's matching.

use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// Options of `tokens_lookup`, for `--semantics quanteda`.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "With --semantics quanteda")]
pub struct QuantedaArgs {
    /// Where a value inside another one counts once
    #[arg(long, value_enum, default_value = "key")]
    pub nested_scope: NestedScopeName,
    /// Levels of the hierarchy that make a category, as 1 or 1,3 or 1:2 [default: all]
    #[arg(long, value_name = "LEVELS")]
    pub levels: Option<String>,
    /// How values are to be read
    #[arg(long, value_enum, default_value = "glob")]
    pub valuetype: ValueTypeName,
    /// Tell upper from lower case
    #[arg(long)]
    pub case_sensitive: bool,
    /// What joins the words of a value into one token
    #[arg(long, value_name = "SIGN", default_value = "_")]
    pub concatenator: String,
    /// How texts are cut; a JSONL line that carries tokens is not cut at all
    #[arg(long, value_enum, default_value = "quanteda")]
    pub tokenizer: SemanticsName,
}

/// Whose rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SemanticsName {
    /// Our own
    Throughline,
    /// Those of the R package quanteda
    Quanteda,
}

/// Where a value inside another one counts once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NestedScopeName {
    /// Within its category
    Key,
    /// Within the whole lexicon
    Dictionary,
}

/// How values are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ValueTypeName {
    /// * is any run of characters, ? one
    Glob,
    /// A value is itself
    Fixed,
    /// A regular expression, found anywhere in a token
    Regex,
}

/// `throughline lexicon import`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline lexicon import lsd.lc3                       into config/themes/lsd/
  throughline lexicon import old.cat --encoding windows-1252 --output config/themes/old

Reads LIWC .dic and .dicx, Lexicoder .lc3 and .lcd, Yoshikoder .ykd, WordStat .cat, quanteda .yml, a table .csv or
.tsv with the columns theme, pattern, weight, and REFI-QDA code books .qdc. What cannot be carried is listed by entry
and reason in losses.csv beside the theme files.")]
pub struct ImportArgs {
    /// The lexicon
    pub file: PathBuf,
    /// Folder for the theme files [default: config/themes/ and the file's name]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Its format [default: by what the file holds, and its name]
    #[arg(long, value_enum)]
    pub format: Option<LexiconFormat>,
    /// Its encoding, as windows-1252 [default: what it says of itself, else UTF-8, else Windows-1252]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
}

/// `throughline lexicon export`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline lexicon export --format yaml > themes.yml
  throughline lexicon export --format wordstat lsd.lc3 --output lsd.cat --losses lsd.losses.csv")]
pub struct ExportArgs {
    /// A lexicon of another program, or a folder of theme files [default: the study's themes]
    pub file: Option<PathBuf>,
    /// Format to write
    #[arg(long, value_enum)]
    pub format: LexiconFormat,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// File for the list of what cannot be carried [default: told on standard error]
    #[arg(long, value_name = "FILE")]
    pub losses: Option<PathBuf>,
    /// Encoding of FILE, as windows-1252 [default: what it says of itself, else UTF-8, else Windows-1252]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
}

/// A format of lexicons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LexiconFormat {
    /// LIWC to 2015, .dic
    Liwc,
    /// LIWC-22, .dicx
    Dicx,
    /// Lexicoder 3, .lc3
    Lexicoder,
    /// Yoshikoder .ykd, and Lexicoder 2 .lcd
    Yoshikoder,
    /// WordStat, .cat
    Wordstat,
    /// quanteda's YAML, .yml
    Yaml,
    /// A table: theme, pattern, weight
    Csv,
    /// The same with tabs
    Tsv,
    /// A REFI-QDA code book, .qdc
    RefiQda,
}
