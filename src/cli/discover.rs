//! `throughline discover` and `throughline classify`

use super::args::{ClassifyArgs, Common, DiscoverArgs, RowFormat, TableFormat};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::output::{RowWriter, print_table};
use super::progress::Progress;
use crate::discover::{self, DiscoverSettings, LexiconUse};
use crate::evaluate::{self, Codings};
use crate::filter;
use crate::index::PassageIndex;
use crate::lexicon::{self, Lexicon, LexiconSettings, Pattern, Theme, ThemeId};
use crate::pipeline;
use crate::report::{Cell, Head, Rows, candidate_rows, write_table};
use crate::study::Study;
use crate::text::{Analyzer, TextSettings};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

const TOPICS: Head = Head { name: "topics", columns: &["topic", "rank", "feature", "weight"] };
const ASSIGNMENTS: Head = Head { name: "assignments", columns: &["document", "topic", "probability"] };
const CLASSES: Head = Head { name: "classify", columns: &["document", "theme", "probability"] };

/// A word of a phrase stands for it from so many letters on; shorter ones hold phrases together.
const LONG_ENOUGH: usize = 4;

/// Topics of files with no lexicon, or the candidate themes of the study.
pub fn run(args: &DiscoverArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    if !args.files.is_empty() {
        return topics(args);
    }
    let mut study = context::study(common)?;
    if args.blind {
        study.discover.lexicon = LexiconUse::Blind;
    }
    let (opened, candidates, _) = pipeline::discover(&study, context::now(common)?, progress)?;
    print_table(&candidate_rows(&candidates, &opened.lexicon), args.format)?;
    let mut out = io::stdout().lock();
    for again in candidates.rediscovered.iter().filter(|_| args.format == TableFormat::Table) {
        let theme = &opened.lexicon.themes[again.theme as usize].label;
        let by = again.candidate.map_or("no candidate", |candidate| candidates.themes[candidate].label.as_str());
        let found = if again.found { "found again" } else { "not found again" };
        writeln!(out, "{theme}: {found}, nearest {by:?}, overlap {:.2}, lift {:.1}", again.overlap, again.lift)?;
    }
    if args.format == TableFormat::Table {
        print_recovered(&study, &opened.index, &opened.lexicon, &candidates, &mut out)?;
    }
    Ok(list_faults(opened.index.faults()))
}

/// Says which candidate comes nearest to what all coders marked: of every theme where the search was blind, else of the
/// themes that the lexicon does not have.
fn print_recovered(
    study: &Study,
    index: &PassageIndex,
    lexicon: &Lexicon,
    candidates: &discover::Candidates,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let codings = evaluate::read(&study.evaluate)?;
    let is_known = |theme: &ThemeId| lexicon.themes.iter().any(|known| known.id == *theme);
    let is_blind = study.discover.lexicon == LexiconUse::Blind;
    let read: BTreeSet<_> = codings.rows.iter().map(|row| row.document.clone()).collect();
    let n_passages =
        index.documents().iter().filter(|document| read.contains(&document.id)).map(|d| d.n_passages).sum();
    let mut marked = marked(index, &codings)?;
    marked.retain(|theme| is_blind || !is_known(&ThemeId(theme.theme.clone())));
    for again in discover::recovered(&candidates.themes, &marked, &read, n_passages) {
        let by = again.candidate.map_or("no candidate", |candidate| candidates.themes[candidate].label.as_str());
        let found = if again.found { "found again" } else { "not found again" };
        let (n, shared, theirs) = (again.n_candidate, again.n_shared, again.n_marked);
        write!(out, "as coded, {}: {found}, nearest {by:?}, overlap {:.2}", again.theme, again.overlap)?;
        write!(out, " ({shared} documents of its {n} and the coders' {theirs}")?;
        if again.n_passages > 0 {
            write!(out, "; {} of the {} passages they point at", again.n_shared_passages, again.n_passages)?;
        }
        writeln!(out, ")")?;
    }
    Ok(())
}

/// For each theme, the documents that all coders marked with it, and the passages that any of them pointed at there.
fn marked(index: &PassageIndex, codings: &Codings) -> Result<Vec<discover::Marked>, Failure> {
    let coders: BTreeSet<_> = codings.rows.iter().map(|row| &row.coder).collect();
    let mut by: BTreeMap<ThemeId, BTreeMap<usize, Vec<evaluate::Marked>>> = BTreeMap::new();
    for mark in evaluate::marks(index, codings)? {
        by.entry(mark.theme.clone()).or_default().entry(mark.document).or_default().push(mark);
    }
    let mut all = Vec::new();
    for (theme, documents) in by {
        let mut one = discover::Marked { theme: theme.0, ..discover::Marked::default() };
        for (place, marks) in documents {
            if marks.iter().map(|mark| &mark.coder).collect::<BTreeSet<_>>().len() < coders.len() {
                continue;
            }
            let (id, content) = (&index.documents()[place].id, index.content(place)?);
            one.documents.insert(id.clone());
            let starts = marks.iter().filter_map(|mark| mark.span).map(|span| span.start);
            let passage = |at: u32| content.passages.iter().position(|p| (p.span.start..p.span.end).contains(&at));
            one.passages.extend(starts.filter_map(passage).map(|passage| (id.clone(), passage as u32)));
        }
        all.push(one);
    }
    Ok(all)
}

fn topics(args: &DiscoverArgs) -> Result<Exit, Failure> {
    let Some(folder) = &args.output else {
        return Err(Failure::wrong(
            "--output is missing\n  hint: name the folder that topics.csv and assignments.csv go to",
        ));
    };
    let gathered = filter::gather_files(&args.files, &Analyzer::new(&TextSettings::default()), None);
    let defaults = DiscoverSettings::default();
    let settings = DiscoverSettings { seed: args.seed.unwrap_or(defaults.seed), ..defaults };
    let found = discover::topics(&gathered.texts, args.topics, &settings, &|| ());
    let (mut topics, mut assignments) = (Rows::new(TOPICS), Rows::new(ASSIGNMENTS));
    for (number, topic) in found.topics.iter().enumerate() {
        for (rank, feature) in topic.features.iter().enumerate() {
            let [number, rank] = [number as u64, rank as u64 + 1].map(Cell::Count);
            topics.row(&[number, rank, Cell::Text(&feature.text), Cell::Number(feature.weight)]);
        }
    }
    for (document, id) in gathered.ids.iter().enumerate().filter(|_| found.assignments.n_themes > 0) {
        for (topic, probability) in found.assignments.row(document).iter().enumerate() {
            assignments.row(&[Cell::Text(&id.0), Cell::Count(topic as u64), Cell::Number(f64::from(*probability))]);
        }
    }
    let failed = |error: io::Error| Failure::failed(format!("{}: cannot write: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    write_table(folder, topics).map_err(failed)?;
    write_table(folder, assignments).map_err(failed)?;
    Ok(list_faults(&gathered.faults))
}

/// The probability of each theme in each document, told by a lexicon or by seed words.
pub fn classify(args: &ClassifyArgs) -> Result<Exit, Failure> {
    let analyzer = Analyzer::new(&TextSettings::default());
    let settings = LexiconSettings { themes: args.themes.clone(), ..LexiconSettings::default() };
    let mut themes = args.seeds.as_deref().map(seed_themes).transpose()?;
    let mut lexicon = match &themes {
        Some(themes) => Lexicon::compile(themes.clone(), &settings, &analyzer)?,
        None if args.themes.is_empty() => {
            return Err(Failure::wrong(
                "no themes\n  hint: name a folder of theme files with --themes, or a file of seed words with --seeds",
            ));
        }
        None => lexicon::load(&settings, &analyzer)?,
    };
    let mut gathered = filter::gather_files(&args.files, &analyzer, Some(&lexicon));
    if let Some(themes) = &mut themes
        && take_words_of_phrases(themes, &lexicon, &unmet(&lexicon, &gathered))
    {
        lexicon = Lexicon::compile(themes.clone(), &settings, &analyzer)?;
        gathered = filter::gather_files(&args.files, &analyzer, Some(&lexicon));
    }
    for theme in unmet(&lexicon, &gathered) {
        let label = &lexicon.themes[theme].label;
        writeln!(io::stderr(), "warning: theme {label:?}: no document has any of its words, so it gets no document")?;
        writeln!(io::stderr(), "  hint: give it words that the documents use")?;
    }
    let n_themes = lexicon.themes.len();
    let found = discover::classify(&gathered.texts, &gathered.seeds, n_themes, &DiscoverSettings::default(), &|| ());
    let mut writer = RowWriter::new(BufWriter::new(io::stdout().lock()), CLASSES, RowFormat::Csv)?;
    for (document, id) in gathered.ids.iter().enumerate() {
        let mut rows = Rows::new(CLASSES);
        for (theme, probability) in lexicon.themes.iter().zip(found.row(document)) {
            rows.row(&[Cell::Text(&id.0), Cell::Text(&theme.id.0), Cell::Number(f64::from(*probability))]);
        }
        writer.write(&rows)?;
    }
    writer.finish()?;
    Ok(list_faults(&gathered.faults))
}

/// The themes of which nothing is met in any document, by their places.
fn unmet(lexicon: &Lexicon, gathered: &filter::Gathered) -> Vec<usize> {
    let met: BTreeSet<usize> = gathered.seeds.iter().map(|hit| hit.theme as usize).collect();
    (0..lexicon.themes.len()).filter(|theme| !met.contains(theme)).collect()
}

/// Gives the themes that are met nowhere the words of their phrases instead; says whether there was any phrase.
fn take_words_of_phrases(themes: &mut [Theme], lexicon: &Lexicon, unmet: &[usize]) -> bool {
    let is_unmet = |theme: &Theme| unmet.iter().any(|&place| lexicon.themes[place].id == theme.id);
    let mut is_changed = false;
    for theme in themes.iter_mut().filter(|theme| is_unmet(theme)) {
        let is_word = |word: &&str| word.len() >= LONG_ENOUGH && word.chars().all(char::is_alphanumeric);
        let split = |pattern: &Pattern| -> Vec<Pattern> {
            let words = pattern.text.split(|c: char| !c.is_alphanumeric()).filter(is_word);
            words.map(|word| Pattern { text: word.to_owned(), ..pattern.clone() }).collect()
        };
        let words: Vec<Pattern> = theme.patterns.iter().flat_map(split).collect();
        if words.len() > theme.patterns.len() {
            (theme.patterns, is_changed) = (words, true);
        }
    }
    is_changed
}

/// A file of seed words: `theme = ["word", ...]` lines, or `[[theme]]` tables with `name` and `seeds`.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum SeedFile {
    Tables { theme: Vec<SeedTable> },
    Lines(BTreeMap<String, Vec<String>>),
}

#[derive(serde::Deserialize)]
struct SeedTable {
    name: String,
    seeds: Vec<String>,
}

fn seed_themes(file: &Path) -> Result<Vec<Theme>, Failure> {
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::wrong(format!("{}: cannot be read: {error}", file.display())))?;
    let hint = "write a line for each theme: name = [\"word\", \"word\"]";
    let seeds: SeedFile = toml::from_str(&text)
        .map_err(|error| Failure::wrong(format!("{}: {}\n  hint: {hint}", file.display(), error.message())))?;
    let lists: BTreeMap<String, Vec<String>> = match seeds {
        SeedFile::Lines(lists) => lists,
        SeedFile::Tables { theme } => theme.into_iter().map(|table| (table.name, table.seeds)).collect(),
    };
    let pattern = |text: String| Pattern { text, weight: 1.0, stance: None, line: 0 };
    let theme = |(name, seeds): (String, Vec<String>)| Theme {
        label: name.clone(),
        id: ThemeId(name),
        patterns: seeds.into_iter().map(pattern).collect(),
        file: file.to_owned(),
        ..Theme::default()
    };
    Ok(lists.into_iter().map(theme).collect())
}
