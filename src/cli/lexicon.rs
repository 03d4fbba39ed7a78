//! `throughline lexicon`

use super::args::{CheckArgs, Common, LexiconCommand};
use super::context;
use super::exchange;
use super::exit::{Exit, Failure};
use super::progress::Progress;
use super::suggest;
use crate::lexicon::{self, Lexicon, Remark, TokenClasses};
use crate::pipeline;
use crate::score::{self, Scorer};
use crate::study::Study;
use crate::text::Analyzer;
use std::io::{self, Write};

/// Runs one of the lexicon's commands.
pub fn run(command: &LexiconCommand, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    match command {
        LexiconCommand::Check(args) => check(args, common, progress),
        LexiconCommand::Import(args) => exchange::import(args, common),
        LexiconCommand::Export(args) => exchange::export(args, common),
        LexiconCommand::Suggest(args) => suggest::suggest(args, common, progress),
        LexiconCommand::Accept(args) => suggest::accept(args, common),
    }
}

/// Says what is the matter with the themes; of a study's, also which patterns its literature never meets.
fn check(args: &CheckArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let remarks = if args.themes.is_empty() {
        let study = context::study(common)?;
        let opened = pipeline::open(&study, context::now(common)?, progress)?;
        let mut remarks = remarks(&opened.lexicon, &study);
        let scores = score::themes(&opened.index, &opened.lexicon, &study.score, &|| ())?;
        let mut n_hits = vec![0; opened.lexicon.patterns.len()];
        for hit in scores.documents.iter().flat_map(|document| &document.hits) {
            n_hits[hit.pattern as usize] += 1;
        }
        remarks.extend(lexicon::dead(&opened.lexicon, &n_hits));
        remarks.sort();
        remarks
    } else {
        let mut study = Study::default();
        study.lexicon.themes.clone_from(&args.themes);
        let lexicon = lexicon::load(&study.lexicon, &Analyzer::new(&study.text))?;
        remarks(&lexicon, &study)
    };
    print(&remarks, args)?;
    let n_errors = remarks.iter().filter(|remark| remark.kind.is_error()).count();
    if !args.json {
        writeln!(io::stdout(), "{n_errors} errors, {} warnings", remarks.len() - n_errors)?;
    }
    Ok(if n_errors > 0 { Exit::Wrong } else { Exit::Done })
}

fn remarks(lexicon: &Lexicon, study: &Study) -> Vec<Remark> {
    let scorer = Scorer::new(lexicon, &study.score);
    let mut scratch = score::Scratch::default();
    let mut themes_of = |classes: &TokenClasses| {
        let scored = scorer.document(classes, &mut scratch).themes;
        scored.iter().map(|theme| theme.score).filter(|score| score.has_theme).map(|score| score.theme).collect()
    };
    lexicon::check(lexicon, &Analyzer::new(&study.text), &mut themes_of)
}

fn print(remarks: &[Remark], args: &CheckArgs) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for remark in remarks {
        if args.json {
            serde_json::to_writer(&mut out, remark)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{remark}")?;
        }
    }
    out.flush()
}
