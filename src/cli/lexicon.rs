//! `throughline lexicon`

use super::args::{CheckArgs, Common, LexiconCommand};
use super::context;
use super::exchange;
use super::exit::{Exit, Failure};
use super::progress::Progress;
use crate::lexicon;
use crate::study::Study;
use crate::text::Analyzer;
use std::io::{self, Write};

/// Runs one of the lexicon's commands.
pub fn run(command: &LexiconCommand, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    match command {
        LexiconCommand::Check(args) => check(args, common, progress),
        LexiconCommand::Import(args) => exchange::import(args, common),
        LexiconCommand::Export(args) => exchange::export(args, common),
    }
}

fn check(args: &CheckArgs, common: &Common, _progress: &Progress) -> Result<Exit, Failure> {
    let mut study = if args.themes.is_empty() { context::study(common)? } else { Study::default() };
    if !args.themes.is_empty() {
        study.lexicon.themes.clone_from(&args.themes);
    }
    let analyzer = Analyzer::new(&study.text);
    let lexicon = lexicon::load(&study.lexicon, &analyzer)?;
    let _ = (lexicon, args.json);
    writeln!(io::stdout(), "")?;
    Ok(Exit::Done)
}
