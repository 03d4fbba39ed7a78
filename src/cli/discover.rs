//! `throughline discover` and `throughline classify`

use super::args::{ClassifyArgs, Common, DiscoverArgs, RowFormat, TableFormat};
use super::context;
use super::exit::{Exit, Failure, list_faults};
use super::output::{RowWriter, print_table};
use super::progress::Progress;
use super::seeds::Seeded;
use crate::discover::{self, DiscoverSettings, LexiconUse};
use crate::evaluate::{self, Codings};
use crate::filter;
use crate::index::PassageIndex;
use crate::lexicon::{Lexicon, ThemeId};
use crate::pipeline;
use crate::report::{Cell, Head, Rows, candidate_rows, write_table};
use crate::study::Study;
use crate::text::{Analyzer, TextSettings};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufWriter, Write};

const TOPICS: Head = Head { name: "topics", columns: &["topic", "rank", "feature", "weight"] };
const ASSIGNMENTS: Head = Head { name: "assignments", columns: &["document", "topic", "probability"] };
const CLASSES: Head = Head { name: "classify", columns: &["document", "theme", "probability"] };

/// Topics of files, beside themes with seeds or with none, or the candidate themes of the study.
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
    let analyzer = Analyzer::new(&TextSettings::default());
    let seeded = Seeded::read(&args.files, (&args.themes, args.seeds.as_deref()), &analyzer)?;
    let (themes, gathered) = match seeded {
        Some(Seeded { lexicon, gathered }) => (lexicon.themes, gathered),
        None => (Vec::new(), filter::gather_files(&args.files, &analyzer, None)),
    };
    if args.topics < themes.len().max(1) {
        let (n_themes, n_topics) = (themes.len(), args.topics);
        let hint = "ask for more; themes are counted among the topics";
        return Err(Failure::wrong(format!("--topics {n_topics} is too few for {n_themes} themes\n  hint: {hint}")));
    }
    let defaults = DiscoverSettings::default();
    let settings = DiscoverSettings { seed: args.seed.unwrap_or(defaults.seed), ..defaults };
    let seeds = (&gathered.seeds[..], themes.len());
    let found = discover::topics_beside(&gathered.texts, seeds, args.topics, &settings, &|| ());
    let name = |topic: usize| themes.get(topic).map_or(Cell::Count(topic as u64), |theme| Cell::Text(&theme.id.0));
    let (mut topics, mut assignments) = (Rows::new(TOPICS), Rows::new(ASSIGNMENTS));
    for (number, topic) in found.topics.iter().enumerate() {
        for (rank, feature) in topic.features.iter().enumerate() {
            let rank = Cell::Count(rank as u64 + 1);
            topics.row(&[name(number), rank, Cell::Text(&feature.text), Cell::Number(feature.weight)]);
        }
    }
    for (document, id) in gathered.ids.iter().enumerate().filter(|_| found.assignments.n_themes > 0) {
        for (topic, probability) in found.assignments.row(document).iter().enumerate() {
            assignments.row(&[Cell::Text(&id.0), name(topic), Cell::Number(f64::from(*probability))]);
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
    let Some(Seeded { lexicon, gathered }) =
        Seeded::read(&args.files, (&args.themes, args.seeds.as_deref()), &analyzer)?
    else {
        return Err(Failure::wrong(
            "no themes\n  hint: name a folder of theme files with --themes, or a file of seed words with --seeds",
        ));
    };
    let n_themes = lexicon.themes.len();
    if n_themes < 2 {
        return Err(Failure::wrong(
            "fewer than two themes: they exclude each other here, so every document would have the only one\n  \
             hint: give at least two, or have free topics beside it: discover --topics K --seeds FILE --output DIR",
        ));
    }
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
