//! The arguments about other programs: their lexicons, and quanteda's matching.

use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// Options of `tokens_lookup`, for `--semantics quanteda`.
#[derive(Clone, Debug, ClapArgs)]
#[command(next_help_heading = "With --semantics quanteda")]
pub struct QuantedaArgs {
    /// Where a value inside another one counts once
    #[arg(long, value_enum, default_value = "key")]
    pub nested_scope: NestedScopeName,
    /// Levels of the hierarchy that make a category, as 1 or 1,3 or 1:2 [default: 1:5]
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
    /// A category for every token that no value meets, of this name
    #[arg(long, value_name = "NAME")]
    pub nomatch: Option<String>,
    /// With --tokens: whether tokens that no value meets are dropped
    #[arg(long, value_name = "BOOL", default_value_t = true, action = clap::ArgAction::Set)]
    pub exclusive: bool,
    /// With --tokens: categories in upper case [default: where --exclusive is false]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub capkeys: Option<bool>,
    /// With --tokens: the tokens that a value met before its category; a value then yields to none but itself
    #[arg(long)]
    pub append_key: bool,
    /// With --append-key: what stands between them
    #[arg(long, value_name = "SIGN", default_value = "/")]
    pub separator: String,
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

/// `throughline lexicon suggest`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline lexicon suggest funding                         a table of suggestions
  throughline lexicon suggest funding --output new.toml       a file to strike from, then: throughline lexicon accept new.toml
  throughline lexicon suggest --prove 20                      what suggestions are worth on the study's literature
  throughline lexicon suggest --prove 20 --files speeches.jsonl   and on other texts

The association is the log-odds ratio of a sentence having the pattern, where the theme is against where it is not, with
its 95 % interval; the theme's own hits and exceptions are left out. It is negative where a pattern stands in the place of the
theme's words rather than beside them, which is what suggestions are ranked by: no reason to strike it. With --prove, half of a theme's patterns are taken away
at random, and of the hits that are lost those are counted that the first suggestions bring back.")]
pub struct SuggestArgs {
    /// The theme [default with --prove: every theme]
    pub theme: Option<String>,
    /// How many patterns to suggest
    #[arg(long, short = 'n', default_value_t = 25, value_name = "N")]
    pub number: usize,
    /// File to write the suggestions to, with lines in context
    #[arg(long, value_name = "FILE", conflicts_with = "prove")]
    pub output: Option<PathBuf>,
    /// Take half of the patterns away so many times, and count what comes back
    #[arg(long, value_name = "DRAWS")]
    pub prove: Option<u64>,
    /// With --prove: texts to look in [default: the study's]
    #[arg(long, value_name = "FILE", requires = "prove", num_args = 1..)]
    pub files: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: super::table_format::TableFormat,
}

/// `throughline lexicon accept`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  throughline lexicon suggest funding --output new.toml
  throughline lexicon accept new.toml

Comments and layout of the theme file stay; a pattern that is there already is not added again.")]
pub struct AcceptArgs {
    /// A file that lexicon suggest --output wrote, with what does not belong struck out
    pub file: PathBuf,
}
