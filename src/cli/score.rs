//! `throughline score`

use super::args::{Common, RowFormat, ScoreArgs, Unit};
use super::context;
use super::counts;
use super::exchange;
use super::exit::{Exit, Failure, list_faults};
use super::foreign_args::SemanticsName;
use super::output::RowWriter;
use super::progress::Progress;
use crate::evaluate::Weights;
use crate::filter::{self, Scored};
use crate::history;
use crate::lexicon::{self, Lexicon, Pattern, Semantics, ThemeId};
use crate::pipeline;
use crate::report::{Cell, Head, Rows, stance_word};
use crate::score::DocumentScores;
use crate::study::Study;
use crate::text::{Analyzer, Passage, PassageUnit};
use std::fs;
use std::io::{self, BufWriter};
use std::path::PathBuf;
use tempfile::TempDir;

const SCORES: Head = Head {
    name: "score",
    columns: &["document", "passage", "start", "end", "theme", "n_hits", "score", "has_theme", "stance"],
};

/// Scores files as a filter, or the passages of the study.
pub fn run(args: &ScoreArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let (files, _piped) = with_input(&args.files)?;
    let args = &ScoreArgs { files, ..args.clone() };
    let is_quanteda = args.semantics == SemanticsName::Quanteda;
    if args.counts || args.tokens || (is_quanteda && args.lexicon.is_some()) {
        return counts::run(args);
    }
    let mut study = settings(args, common)?;
    if is_quanteda {
        study.lexicon.semantics = Semantics::Quanteda;
        study.lexicon.quanteda = counts::lookup_settings(&args.quanteda)?;
        (study.text.tokenizer, study.text.case) = counts::tokenizer(&args.quanteda);
    }
    let analyzer = Analyzer::new(&study.text);
    if let Some(file) = args.lexicon.as_deref() {
        let lexicon = exchange::compiled(file, args.encoding.as_deref(), &study.lexicon, &analyzer)?;
        return score_files(args, &study, &analyzer, &lexicon);
    }
    if args.files.is_empty() {
        return score_study(args, &study, common, progress);
    }
    let mut lexicon = lexicon::load(&study.lexicon, &analyzer)?;
    if args.themes.is_empty() {
        believe(&study, &mut lexicon)?;
    }
    score_files(args, &study, &analyzer, &lexicon)
}

/// The files, with standard input in the place of `-`. It is put into a file of its own, which is there as long as its folder:
/// what tells formats apart looks into a file before it is read.
fn with_input(files: &[PathBuf]) -> Result<(Vec<PathBuf>, Option<TempDir>), Failure> {
    let is_input = |file: &PathBuf| file.as_os_str() == "-";
    if !files.iter().any(is_input) {
        return Ok((files.to_vec(), None));
    }
    let folder = tempfile::tempdir()?;
    let piped = folder.path().join("stdin");
    io::copy(&mut io::stdin().lock(), &mut fs::File::create(&piped)?)?;
    let files = files.iter().map(|file| if is_input(file) { piped.clone() } else { file.clone() }).collect();
    Ok((files, Some(folder)))
}

/// Believes the study's patterns as its newest run did, where weights learn from people.
fn believe(study: &Study, lexicon: &mut Lexicon) -> Result<(), Failure> {
    let evaluate = &study.evaluate;
    let is_judged = !(evaluate.codings.is_empty() && evaluate.verdicts.is_empty());
    let Some(last) =
        history::latest(&study.history).filter(|_| is_judged && evaluate.learn.weights == Weights::Learned)
    else {
        return Ok(());
    };
    let weights = history::weights(&study.history, &last.run)?;
    let own = lexicon.themes.iter().flat_map(|theme| theme.patterns.iter().map(|pattern| (&theme.id, pattern)));
    let believed = |(theme, pattern): (&ThemeId, &Pattern)| {
        weights.get(&(theme.0.clone(), pattern.text.clone())).copied().unwrap_or(pattern.weight)
    };
    let believed: Vec<f64> = own.map(believed).collect();
    lexicon.believe(believed);
    Ok(())
}

fn score_files(args: &ScoreArgs, study: &Study, analyzer: &Analyzer, lexicon: &Lexicon) -> Result<Exit, Failure> {
    let mut writer = RowWriter::new(BufWriter::with_capacity(1 << 16, io::stdout().lock()), SCORES, args.format)?;
    let view = |scored: &Scored<'_>| made_rows(scored, lexicon, args);
    let faults =
        filter::score_files(&args.files, analyzer, lexicon, &study.score, &view, &mut |rows| writer.write_made(&rows))?;
    writer.finish()?;
    Ok(list_faults(&faults))
}

/// The rows of one document in the form that is asked for, and in no other: here they are most of what is written.
fn made_rows(scored: &Scored<'_>, lexicon: &Lexicon, args: &ScoreArgs) -> Vec<u8> {
    let (id, mut made) = (&scored.document.id.0, Vec::new());
    match args.format {
        RowFormat::Csv => add_rows(id, scored.passages, scored.scores, lexicon, args.all, &mut |cells| {
            for (at, cell) in cells.iter().enumerate() {
                made.extend_from_slice(if at == 0 { b"" } else { b"," });
                cell.write_csv(&mut made);
            }
            made.extend_from_slice(b"\r\n");
        }),
        RowFormat::Json => {
            let mut rows = Rows::new(SCORES);
            add_rows(id, scored.passages, scored.scores, lexicon, args.all, &mut |cells| rows.row(cells));
            // A vector takes whatever is written.
            let _ = rows.write_json_lines(&mut made);
        }
    }
    made
}

/// The study's settings with what the arguments say over them; without a study, defaults.
fn settings(args: &ScoreArgs, common: &Common) -> Result<Study, Failure> {
    let filter = !args.files.is_empty() && (!args.themes.is_empty() || args.lexicon.is_some());
    let mut study = if filter && common.study.is_none() { Study::default() } else { context::study(common)? };
    if !args.themes.is_empty() {
        if let Some(missing) = args.themes.iter().find(|path| !path.exists()) {
            return Err(Failure::wrong(format!(
                "--themes {}: is not there\n  hint: name a folder of theme files",
                missing.display()
            )));
        }
        study.lexicon.themes =
            args.themes.iter().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())).collect();
    }
    if let Some(unit) = args.unit {
        study.text.passage = match unit {
            Unit::Sentence => PassageUnit::Sentence,
            Unit::Paragraph => PassageUnit::Paragraph,
            Unit::Document => PassageUnit::Document,
        };
    }
    if let Some(language) = &args.language {
        study.text.language = serde_json::from_value(language.to_lowercase().into()).map_err(|_| {
            Failure::wrong(format!(
                "--language {language:?} is not known\n  hint: english, german, french, ..., none, or detect"
            ))
        })?;
    }
    Ok(study)
}

fn score_study(args: &ScoreArgs, study: &Study, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let mut opened = pipeline::open(study, context::now(common)?, progress)?;
    let scores = pipeline::scores(study, &mut opened, progress)?;
    let mut writer = RowWriter::new(BufWriter::new(io::stdout().lock()), SCORES, args.format)?;
    for (place, scored) in scores.documents.iter().enumerate() {
        if scored.passages.is_empty() && !args.all {
            continue;
        }
        let content = opened.index.content(place)?;
        let mut rows = Rows::new(SCORES);
        add_rows(
            &opened.index.documents()[place].id.0,
            &content.passages,
            scored,
            &opened.lexicon,
            args.all,
            &mut |cells| rows.row(cells),
        );
        writer.write(&rows)?;
    }
    writer.finish()?;
    Ok(list_faults(opened.index.faults()))
}

fn add_rows(
    id: &str,
    passages: &[Passage],
    scores: &DocumentScores,
    lexicon: &Lexicon,
    all: bool,
    row: &mut dyn FnMut(&[Cell<'_>]),
) {
    let mut scored = scores.passages.iter().peekable();
    for (number, passage) in passages.iter().enumerate() {
        let number = number as u32;
        for (theme, named) in lexicon.themes.iter().enumerate() {
            let score = scored
                .next_if(|scored| scored.passage == number && usize::from(scored.score.theme) == theme)
                .map(|scored| scored.score);
            if score.is_none() && !all {
                continue;
            }
            row(&[
                Cell::Text(id),
                Cell::Count(number.into()),
                Cell::Count(passage.span.start.into()),
                Cell::Count(passage.span.end.into()),
                Cell::Text(&named.id.0),
                Cell::Count(score.map_or(0, |score| score.n_hits.into())),
                Cell::Number(score.map_or(0.0, |score| score.score)),
                Cell::Flag(score.is_some_and(|score| score.has_theme)),
                score.map_or(Cell::Empty, |score| Cell::Text(stance_word(score.stance))),
            ]);
        }
    }
}
