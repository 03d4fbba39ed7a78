//! The arguments of the health card.

use super::TableFormat;
use clap::Args as ClapArgs;

/// `throughline lexicon card`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  throughline lexicon card --theme funding
  throughline lexicon card --format csv > card.csv    every figure of every pattern; the table shows the chief ones

What the figures are (included documents; denied hits do not count):
  share      its hits among all hits of the theme
  overlap    of its passages, the share that another theme has too (neither above nor below its own)
  precision  how often people find it right, with a Wilson interval: a coded document counts once, in parts where its
             passages or coders differ; a verdict on a hit counts once
  weight     as written in the theme file -> as people's judgements move it; * where the scores believe it
  lost       documents (passages) that would lose the theme without it, from the patterns that each passage has
  f1         what F1 of the theme against the coders' consensus would change by without it

Flags:
  dead       never met, not even denied
  covered    met only inside longer hits of its theme, which take its place
  greedy     a quarter or more of its theme's hits are its own, though eight or more patterns of the theme are met
  ambiguous  half or more of its hits share a word with a hit of another theme
  redundant  met, yet no passage would lose the theme without it
  doubted    the whole interval of its precision lies below the weight in its theme file")]
pub struct CardArgs {
    /// Only this theme
    #[arg(long, value_name = "ID")]
    pub theme: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: TableFormat,
}
