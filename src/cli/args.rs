//! The arguments as typed.

mod candidate;
mod card;
mod history;
mod memory;
mod project;
mod search;

pub use candidate::CandidateCommand;
pub use card::CardArgs;
pub use history::{DiffArgs, DiffFormat, RunsArgs, ScheduleArgs, Scheduler, SchemaArgs, SchemaOf, VerifyArgs};
pub use memory::MemorySize;
pub use project::{ProjectArgs, ProjectFormat};
pub use search::{KwicArgs, KwicSort, SearchArgs};

pub use super::foreign_args::{AcceptArgs, SuggestArgs};
use super::foreign_args::{ExportArgs, ImportArgs, QuantedaArgs, SemanticsName};
pub use super::table_format::TableFormat;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Finds, scores and defends the themes that run through a body of literature.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    after_help = "\
Examples:
  throughline run                          run the study in config/, and leave a report in output/
  throughline init schools                 start a study of your own; put texts into corpus/schools/
  throughline kwic 'lack of fund*'         every place where the literature says so, in context
  throughline score --themes DIR FILE...   score texts without a study, as a filter
  throughline lexicon check                prove the themes' examples; find dead and doubled patterns
  throughline diff                         what changed since the run before, and why

Exit codes: 0 done; 1 failed, nothing published; 2 command line, study or lexicon wrong;
3 done, some input skipped or cut (each listed with its reason); 4 verify found damage;
10 with --fail-on-change, a theme moved out of its interval; 11 another run holds the lock."
)]
pub struct Args {
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where help lists the options of every command: after those of the one.
const EVERYWHERE: &str = "Options of every command";

/// Options of every command.
#[derive(Debug, ClapArgs)]
pub struct Common {
    /// The study: a name in config/, or the path of its file [default: the only one in config/]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "NAME")]
    pub study: Option<String>,
    /// Say nothing but results and errors
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    pub quiet: bool,
    /// Threads to use; the results do not depend on it [default: one a core]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "N")]
    pub threads: Option<usize>,
    /// Memory to stay within, as 512M or 2G; the results do not depend on it [default: [index] memory_mb for buffers, no bound]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "SIZE")]
    pub memory: Option<MemorySize>,
    /// Form of what is said on the way: bars on a terminal, or on standard error one JSON object a stage
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum, default_value = "text", value_name = "FORM")]
    pub log_format: LogFormat,
    /// Time to write into the run record, in seconds since 1970 or as 2026-01-31T00:00:00Z [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "TIME")]
    pub now: Option<String>,
}

/// Memory that a thread is given room for, in bytes: a batch of documents with their rows, and a segment.
const THREAD_BYTES: u64 = 64 << 20;

impl Common {
    /// Threads to use, where that is to be other than one a core: with little memory fewer are used.
    pub fn n_threads(&self) -> Option<usize> {
        let fitting = self.memory.map(|memory| (memory.n_bytes / THREAD_BYTES).max(1) as usize);
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        match (self.threads, fitting) {
            (Some(asked), _) => Some(asked),
            (None, Some(fitting)) => Some(fitting.min(cores())),
            (None, None) => None,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read what is new, score it, sum it up and publish a report
    Run(RunArgs),
    /// Start a study of your own: its file, a first theme, and a folder for its texts
    Init(InitArgs),
    /// Read the corpus, or any files, and say what was found in each
    Ingest(IngestArgs),
    /// Score texts against themes; without a study, as a filter
    Score(ScoreArgs),
    /// Find the passages where a pattern is met
    Search(SearchArgs),
    /// Show every hit of a pattern in its context, aligned
    Kwic(KwicArgs),
    /// Look after the themes and their patterns
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Propose themes that no lexicon names yet; of files, topics with no lexicon at all
    Discover(DiscoverArgs),
    /// Look after the proposals: list them, make a theme of one, give it a name, put it away for good
    #[command(subcommand)]
    Candidate(CandidateCommand),
    /// Give each document of some files the probability of each theme, from seed words or a lexicon
    Classify(ClassifyArgs),
    /// Compare the scores with the coders' judgements
    Evaluate(EvaluateArgs),
    /// Write the study for programs of qualitative analysis
    Export(ProjectArgs),
    /// Write the page and tables of the study into a folder, without publishing a run
    Report(ReportArgs),
    /// List the runs of the study, with their headline figures
    Runs(RunsArgs),
    /// Say what changed between two runs, and why, theme by theme
    Diff(DiffArgs),
    /// Look for rot: runs against their records, the index against its ledger, quotes against their sources
    Verify(VerifyArgs),
    /// Print what has a machine run the study by itself
    Schedule(ScheduleArgs),
    /// Print the JSON Schema of a study or theme file, for editors that check them
    Schema(SchemaArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Read files for another process of this program
    #[command(name = "__read", hide = true)]
    Read(ReadArgs),
}

/// `throughline __read`
#[derive(Debug, ClapArgs)]
pub struct ReadArgs {
    /// Seconds of processor time it may take
    pub cpu_seconds: u64,
    /// Bytes of memory it may take
    pub memory_bytes: u64,
}

/// `throughline run`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  throughline run --study schools && open output/schools/latest/report.html

Only new and changed texts are read; editing a theme and running again does not touch the literature.
With nothing new at all, nothing is published and the last run stands.")]
pub struct RunArgs {
    /// Print the outcome as one JSON object
    #[arg(long)]
    pub json: bool,
    /// Exit with 0 where input was skipped or cut
    #[arg(long)]
    pub quiet_skips: bool,
    /// Exit with 10 where a theme moved out of the interval it had in the run before
    #[arg(long)]
    pub fail_on_change: bool,
    /// Say what would be read and what else has changed; do nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `throughline init`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  throughline init schools
  cp ~/papers/*.txt corpus/schools/
  throughline run --study schools")]
pub struct InitArgs {
    /// Name of the study: letters, digits, - and _
    pub name: String,
}

/// `throughline ingest`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline ingest                   bring the study's index up to date
  throughline ingest ~/papers          read a folder, and print a table of what is in it")]
#[command(after_help = "\
Examples:
  throughline ingest                       read what is new in the study's corpus
  throughline ingest ~/papers > documents.csv
  throughline ingest ~/papers exports/*.ris --output survey/

The table has a row for every document, for every record without an abstract, and for every file or record that
could not be read, with the reason; those are also listed on standard error, and the exit code is then 3.")]
pub struct IngestArgs {
    /// Files or folders to read without a study [default: the study's corpus]
    pub paths: Vec<PathBuf>,
    /// Write the table, documents.csv and documents.json, into this folder [default: print it; of a study, none]
    #[arg(long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
}

/// `throughline score`
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline score --themes config/themes/schools --unit sentence notes.txt
  throughline score --themes config/themes/schools --format json abstracts.jsonl | jq .theme
  pdftotext paper.pdf - | throughline score --themes config/themes/schools -
  throughline score                       the passages of the study that have a hit
  throughline score --lexicon lsd.lc3 --semantics quanteda --unit document --counts speeches.jsonl
  throughline score --lexicon lsd.lc3 --semantics quanteda --tokens --exclusive false speeches.jsonl

A row for every passage and theme with a hit; with --all for every passage and theme.")]
pub struct ScoreArgs {
    /// Texts to score, files or folders, in any readable format, - for standard input; JSONL and CSV by their id column
    /// [default: the study]
    pub files: Vec<PathBuf>,
    /// Folder of theme files [default: the study's]
    #[arg(long, value_name = "DIR")]
    pub themes: Vec<PathBuf>,
    /// What a passage is
    #[arg(long, value_enum)]
    pub unit: Option<Unit>,
    /// A row for every passage and theme, hit or not
    #[arg(long)]
    pub all: bool,
    /// Form of the output; json is one object a line
    #[arg(long, value_enum, default_value = "csv")]
    pub format: RowFormat,
    /// Language of the texts: english, german, ..., none, or detect
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Lexicon of another program in place of theme files: .dic .dicx .lc3 .lcd .ykd .cat .yml .csv .tsv
    #[arg(long, value_name = "FILE", conflicts_with = "themes")]
    pub lexicon: Option<PathBuf>,
    /// Encoding of the lexicon, as windows-1252 [default: what it says of itself, else UTF-8, else Windows-1252]
    #[arg(long, value_name = "NAME", requires = "lexicon")]
    pub encoding: Option<String>,
    /// How patterns meet tokens: our language, or exactly as the R package quanteda
    #[arg(long, value_enum, default_value = "throughline")]
    pub semantics: SemanticsName,
    /// Print counts: one row a document, one column a category, levels joined by a dot
    #[arg(long)]
    pub counts: bool,
    /// Print the tokens of each document with categories in their place, as tokens_lookup gives them; JSON, one a line
    #[arg(long, conflicts_with = "counts")]
    pub tokens: bool,
    /// Options of quanteda's matching.
    #[command(flatten)]
    pub quanteda: QuantedaArgs,
}

/// `throughline lexicon`
#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Prove examples and counter-examples, and warn of dead, doubled, contained and over-broad patterns
    Check(CheckArgs),
    /// Say what each pattern does for its theme, what people think of it, and what would be lost without it
    Card(CardArgs),
    /// Bring in a lexicon of another program as theme files, with a list of what they cannot say
    Import(ImportArgs),
    /// Write a lexicon for another program, with a list of what it cannot hold
    Export(ExportArgs),
    /// Suggest words and phrases that keep the company of a theme's hits, as patterns to strike and accept
    Suggest(SuggestArgs),
    /// Add the suggestions that are left in a file to the file of their theme
    Accept(AcceptArgs),
}

/// `throughline lexicon check`
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// Folder of theme files [default: the study's]
    #[arg(long, value_name = "DIR")]
    pub themes: Vec<PathBuf>,
    /// Print the findings as JSON, one object a line
    #[arg(long)]
    pub json: bool,
}

/// `throughline discover`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline discover                    what else runs through the study's literature
  throughline discover --blind            ignore the lexicon, and say which of its themes were found again
  throughline discover --topics 20 abstracts.jsonl --output topics/
  throughline discover --topics 20 --seeds seeds.toml abstracts.jsonl --output topics/
                                          five themes with seed words, say, and fifteen free topics beside them")]
pub struct DiscoverArgs {
    /// Texts to find topics in [default: the study's candidates]
    pub files: Vec<PathBuf>,
    /// How many topics to find in the files, themes with seeds among them
    #[arg(long, default_value_t = 20, value_name = "K", requires = "files")]
    pub topics: usize,
    /// Folder of theme files: the topics begin with these themes, told by their patterns; the others are free
    #[arg(long, value_name = "DIR", conflicts_with = "seeds", requires = "files")]
    pub themes: Vec<PathBuf>,
    /// File of seed words, name = ["word", ...] lines: the topics begin with these themes; the others are free
    #[arg(long, value_name = "FILE", requires = "files")]
    pub seeds: Option<PathBuf>,
    /// Folder for topics.csv and assignments.csv
    #[arg(long, value_name = "DIR", requires = "files")]
    pub output: Option<PathBuf>,
    /// Where chance starts from, for topics: the same seed gives the same bytes
    #[arg(long, value_name = "N", requires = "files")]
    pub seed: Option<u64>,
    /// Ignore the study's lexicon, and say which of its themes were found again
    #[arg(long)]
    pub blind: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: TableFormat,
}

/// `throughline classify`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  throughline classify --seeds seeds.toml abstracts.jsonl    where seeds.toml has lines such as: money = [\"fund\", \"budget\"]

Themes exclude each other here: the probabilities of a document sum to 1 over the themes, so at least two are needed.
discover --topics K --seeds FILE has free topics beside the themes.")]
pub struct ClassifyArgs {
    /// Texts to classify
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Folder of theme files
    #[arg(long, value_name = "DIR", conflicts_with = "seeds")]
    pub themes: Vec<PathBuf>,
    /// File of seed words: name = ["word", ...] lines
    #[arg(long, value_name = "FILE")]
    pub seeds: Option<PathBuf>,
}

/// `throughline evaluate`
#[derive(Debug, ClapArgs)]
pub struct EvaluateArgs {
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: TableFormat,
}

/// `throughline report`
#[derive(Debug, ClapArgs)]
pub struct ReportArgs {
    /// Folder to write into; made where it is missing
    #[arg(long, value_name = "FOLDER")]
    pub output: PathBuf,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Unit {
    /// A sentence
    Sentence,
    /// A paragraph
    Paragraph,
    /// The whole document
    Document,
}

/// Form of what is said on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Progress bars on a terminal, nothing elsewhere
    Text,
    /// One JSON object a stage: its name, seconds, steps done
    Json,
}

/// Form of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// Comma-separated, with a header
    Csv,
    /// One JSON object a line
    Json,
}
