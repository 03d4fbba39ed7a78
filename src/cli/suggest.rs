//! `throughline lexicon suggest` and `accept`.

use super::args::{AcceptArgs, Common, SuggestArgs};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::output::print_table;
use super::progress::Progress;
use crate::discover::{Corpus, Proof, Ranking, Suggester, Suggestion, prove, suggestion_file};
use crate::filter;
use crate::index::concordance;
use crate::lexicon::{self, Lexicon, LexiconSettings, Pattern, Stance, Theme};
use crate::pipeline::{self, Opened};
use crate::report::{Cell, Head, Rows};
use crate::study::Study;
use crate::text::Analyzer;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Occurrences from which on a word or phrase can be suggested.
const MIN_N: u32 = 3;
/// The same where words are counted by the million.
const MIN_N_LARGE: u32 = 10;
/// Documents from which on they are.
const LARGE: usize = 1_000;
/// Lines of context for a suggestion, each of another document, and words on either side.
const N_LINES: usize = 3;
const WIDTH: usize = 8;
/// Where the draws of a proof start from.
const SEED: u64 = 20060120;

const SUGGESTIONS: Head = Head {
    name: "suggestions",
    columns: &["pattern", "association", "low", "high", "sentences", "with_theme", "documents", "line"],
};
const PROOFS: Head = Head {
    name: "proofs",
    columns: &[
        "theme",
        "ranking",
        "draws",
        "lost",
        "back",
        "recall",
        "recall_low",
        "recall_high",
        "suggested",
        "precision",
    ],
};

/// Suggests patterns for a theme, or proves what suggestions are worth.
pub fn suggest(args: &SuggestArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    if args.prove.is_some() {
        return proofs(args, common, progress);
    }
    let study = context::study(common)?;
    let opened = pipeline::open(&study, context::now(common)?, progress)?;
    let Some(wanted) = &args.theme else {
        let hint = format!("name one of {}", names(&opened.lexicon));
        return Err(Failure::wrong(format!("no theme is named\n  hint: {hint}")));
    };
    let theme = find(&opened.lexicon, wanted)?;
    let corpus = Corpus::of_index(&opened.index)?;
    let analyzer = Analyzer::new(&study.text);
    let min_n = if opened.index.documents().len() >= LARGE { MIN_N_LARGE } else { MIN_N };
    let suggester = Suggester::new(&corpus, &study.lexicon, &analyzer, min_n, &study.discover.stop_words);
    let suggestions = suggester.suggest(theme, Ranking::CompanyLog, args.number);
    let context = context_lines(&suggestions, &opened, &study, &analyzer)?;
    match &args.output {
        Some(file) => {
            save(file, &suggestion_file(&theme.id.0, &suggestions, &context))?;
            let shown = file.display();
            writeln!(
                io::stdout(),
                "{shown}: {} suggestions; strike what does not belong, then throughline lexicon accept {shown}",
                suggestions.len()
            )?;
        }
        None => print_table(&rows(&suggestions, &context), args.format)?,
    }
    Ok(list_faults(opened.index.faults()))
}

fn rows(suggestions: &[Suggestion], context: &[Vec<String>]) -> Rows {
    let mut rows = Rows::new(SUGGESTIONS);
    for (suggestion, lines) in suggestions.iter().zip(context) {
        rows.row(&[
            Cell::Text(&suggestion.text),
            Cell::Number(suggestion.association),
            Cell::Number(suggestion.interval.0),
            Cell::Number(suggestion.interval.1),
            Cell::Count(suggestion.n_sentences.into()),
            Cell::Count(suggestion.n_with_theme.into()),
            Cell::Count(suggestion.n_documents.into()),
            Cell::Text(lines.first().map_or("", String::as_str)),
        ]);
    }
    rows
}

/// For each suggestion, lines that have it, each of another document.
fn context_lines(
    suggestions: &[Suggestion],
    opened: &Opened,
    study: &Study,
    analyzer: &Analyzer,
) -> Result<Vec<Vec<String>>, Failure> {
    let lines = |suggestion: &Suggestion| -> Result<Vec<String>, Failure> {
        let query = Lexicon::query(&suggestion.text, &[], &study.lexicon, analyzer)?;
        let mut found = concordance(&opened.index, &query, WIDTH)?;
        found.dedup_by(|a, b| a.document == b.document);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = |l: &crate::index::KwicLine| {
            format!("{}: {} [{}] {}", l.document, words(&l.left), words(&l.hit), words(&l.right))
        };
        // From the beginning, the middle and the end of the corpus.
        let step = found.len().div_ceil(N_LINES).max(1);
        Ok(found.iter().step_by(step).map(line).collect())
    };
    suggestions.iter().map(lines).collect()
}

fn find<'a>(lexicon: &'a Lexicon, wanted: &str) -> Result<&'a Theme, Failure> {
    lexicon
        .themes
        .iter()
        .find(|theme| theme.id.0 == wanted)
        .ok_or_else(|| Failure::wrong(format!("there is no theme {wanted:?}\n  hint: name one of {}", names(lexicon))))
}

fn names(lexicon: &Lexicon) -> String {
    lexicon.themes.iter().map(|theme| theme.id.0.as_str()).collect::<Vec<_>>().join(", ")
}

/// Half of each theme's patterns taken away at random, many times, and what comes back.
fn proofs(args: &SuggestArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let analyzer = Analyzer::new(&study.text);
    let lexicon = lexicon::load(&study.lexicon, &analyzer)?;
    let (corpus, faults) = if args.files.is_empty() {
        let opened = pipeline::open(&study, context::now(common)?, progress)?;
        (Corpus::of_index(&opened.index)?, opened.index.faults().to_vec())
    } else {
        filter::lay_out_files(&args.files, &analyzer)
    };
    let themes: Vec<&Theme> = match &args.theme {
        Some(wanted) => vec![find(&lexicon, wanted)?],
        None => lexicon.themes.iter().collect(),
    };
    let min_n = if corpus.n_documents() >= LARGE { MIN_N_LARGE } else { MIN_N };
    let suggester = Suggester::new(&corpus, &study.lexicon, &analyzer, min_n, &study.discover.stop_words);
    let draws = args.prove.unwrap_or_default();
    let mut rows = Rows::new(PROOFS);
    for theme in themes {
        let proofs = prove(&suggester, theme, &Ranking::ALL, args.number, (draws, SEED));
        for (place, ranking) in Ranking::ALL.iter().enumerate() {
            row(&theme.id.0, *ranking, place, &proofs, &mut rows);
        }
    }
    print_table(&rows, args.format)?;
    Ok(list_faults(&faults))
}

fn row(theme: &str, ranking: Ranking, place: usize, proofs: &[Proof], rows: &mut Rows) {
    let sum = |each: &dyn Fn(&Proof) -> u32| proofs.iter().map(|proof| u64::from(each(proof))).sum::<u64>();
    let share = |n: u64, of: u64| if of > 0 { Cell::Number(n as f64 / of as f64) } else { Cell::Empty };
    let mut recalls: Vec<f64> = proofs
        .iter()
        .filter(|proof| proof.n_lost > 0)
        .map(|proof| f64::from(proof.n_back[place]) / f64::from(proof.n_lost))
        .collect();
    recalls.sort_by(f64::total_cmp);
    let end = |recall: Option<&f64>| recall.map_or(Cell::Empty, |recall| Cell::Number(*recall));
    let (lost, back) = (sum(&|proof| proof.n_lost), sum(&|proof| proof.n_back[place]));
    let (suggested, right) = (sum(&|proof| proof.n_suggested[place]), sum(&|proof| proof.n_right[place]));
    rows.row(&[
        Cell::Text(theme),
        Cell::Text(&format!("{ranking:?}").to_lowercase()),
        Cell::Count(proofs.len() as u64),
        Cell::Count(lost),
        Cell::Count(back),
        share(back, lost),
        end(recalls.first()),
        end(recalls.last()),
        Cell::Count(suggested),
        share(right, suggested),
    ]);
}

/// A file of suggestions as a person left it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    theme: String,
    #[serde(default)]
    suggestion: Vec<AcceptedPattern>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptedPattern {
    pattern: String,
    weight: Option<f64>,
    stance: Option<Stance>,
}

/// Adds the suggestions that a person left in a file to the file of their theme.
pub fn accept(args: &AcceptArgs, common: &Common) -> Result<Exit, Failure> {
    let shown = args.file.display();
    let text = fs::read_to_string(&args.file).map_err(|error| {
        Failure::wrong(format!(
            "{shown}: cannot be read: {error}\n  hint: name a file that lexicon suggest --output wrote"
        ))
    })?;
    let accepted: Accepted = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let what = error.message().trim().replace('\n', ": ");
        Failure::wrong(format!(
            "{shown}:{line}: {what}\n  hint: keep theme = \"…\" and [[suggestion]] with pattern, weight, stance"
        ))
    })?;
    let study = context::study(common)?;
    let analyzer = Analyzer::new(&study.text);
    let lexicon = lexicon::load(&study.lexicon, &analyzer)?;
    let theme = find(&lexicon, &accepted.theme)?;
    let patterns = new_patterns(accepted.suggestion, theme, &study.lexicon, &args.file)?;
    let n_known = patterns.1;
    let file = study.lexicon.root.join(&theme.file);
    let before = fs::read_to_string(&file)
        .map_err(|error| Failure::failed(format!("{}: cannot be read: {error}", file.display())))?;
    let after = lexicon::merged(&before, &theme.file, &patterns.0).map_err(|error| Failure::from(vec![error]))?;
    let more = Theme {
        patterns: patterns.0.clone(),
        except: Vec::new(),
        parent: None,
        file: args.file.clone(),
        ..theme.clone()
    };
    Lexicon::compile(vec![more], &study.lexicon, &analyzer)?;
    save(&file, &after)?;
    let known = if n_known > 0 { format!("; {n_known} were there already") } else { String::new() };
    writeln!(io::stdout(), "{}: {} patterns added{known}", file.display(), patterns.0.len())?;
    Ok(Exit::Done)
}

/// The patterns that the theme does not have, and how many it has already.
fn new_patterns(
    accepted: Vec<AcceptedPattern>,
    theme: &Theme,
    settings: &LexiconSettings,
    file: &Path,
) -> Result<(Vec<Pattern>, usize), Failure> {
    let n_all = accepted.len();
    let mut patterns: Vec<Pattern> = Vec::new();
    for AcceptedPattern { pattern: text, weight, stance } in accepted {
        let weight = weight.unwrap_or(settings.default_weight);
        if !(0.0..=1.0).contains(&weight) {
            let shown = file.display();
            let what = format!("{shown}: pattern {text:?} gives the weight {weight}");
            return Err(Failure::wrong(format!("{what}\n  hint: write how far it is to be believed, from 0 to 1")));
        }
        if !theme.patterns.iter().chain(&patterns).any(|known| known.text == text) {
            patterns.push(Pattern { text, weight, stance, line: 0 });
        }
    }
    let n_known = n_all - patterns.len();
    Ok((patterns, n_known))
}

/// Writes a file whole or not at all.
fn save(file: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::failed(format!("{}: cannot be written: {error}", file.display()));
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    new.write_all(text.as_bytes()).map_err(failed)?;
    if let Ok(old) = fs::metadata(file) {
        new.as_file().set_permissions(old.permissions()).map_err(failed)?;
    }
    new.persist(file).map_err(|error| failed(error.error))?;
    Ok(())
}
