//! Themes by cited source.

use super::super::claim::{CitedSource, CitedTheme};
use super::super::evidence::{CitedWork, DocumentEvidence};
use super::super::finding::PassageRef;
use super::super::themes::Table;
use super::works::{Library, plain};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// First author, year, letter, second author: what tells two works apart.
type Key<'a> = (&'a str, Option<i32>, Option<char>, Option<&'a str>);

/// Who a source is: an author and year, or a number in one document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Name<'a> {
    Work(Key<'a>),
    Number { document: u32, number: u32 },
}

/// One way a work is cited, looked at once however often it is met.
struct Way<'a> {
    work: &'a CitedWork,
    /// Its first and second author as they are compared.
    author: String,
    second: Option<String>,
    /// The corpus document that it is.
    document: Option<u32>,
    label: String,
}

/// Everything said of one source.
struct Mentions<'a> {
    way: &'a Way<'a>,
    labels: BTreeMap<&'a str, u32>,
    passages: Vec<PassageRef>,
}

/// The sources that the included documents cite. What a document says of itself is left out.
pub(in crate::synthesis) fn cited_sources(
    table: &Table,
    taken: &[Cow<DocumentEvidence>],
    library: &Library,
) -> Vec<CitedSource> {
    let cited = || {
        table.rows.iter().flat_map(|row| {
            let taken = taken.get(row.document as usize);
            taken.into_iter().flat_map(|taken| &taken.citations).map(|citation| (row.document, citation))
        })
    };
    let mut numbers: FxHashMap<&CitedWork, usize> = FxHashMap::default();
    let mut ways: Vec<Way> = Vec::new();
    for (_, citation) in cited() {
        numbers.entry(&citation.work).or_insert_with(|| {
            ways.push(Way::of(&citation.work, library));
            ways.len() - 1
        });
    }
    let seconds = seconds(&ways);
    let mut sources: FxHashMap<Name, Mentions> = FxHashMap::default();
    for (document, citation) in cited() {
        let way = &ways[numbers[&citation.work]];
        if way.document == Some(document) {
            continue;
        }
        let new = || Mentions { way, labels: BTreeMap::new(), passages: Vec::new() };
        let mentions = sources.entry(way.name(document, &seconds)).or_insert_with(new);
        if mentions.way.second.is_none() && way.second.is_some() {
            mentions.way = way;
        }
        *mentions.labels.entry(&way.label).or_default() += 1;
        mentions.passages.push(PassageRef { document, passage: citation.passage });
    }
    let mut sources: Vec<(Name, Mentions)> = sources.into_iter().collect();
    sources.sort_unstable_by_key(|(name, _)| *name);
    let mut sources: Vec<CitedSource> =
        sources.into_iter().map(|(name, mentions)| source(&name, mentions, table)).collect();
    sources.sort_by(by_size);
    sources
}

/// The most cited first.
fn by_size(a: &CitedSource, b: &CitedSource) -> Ordering {
    let size = |source: &CitedSource| (source.n_documents, source.passages.len());
    size(b).cmp(&size(a)).then_with(|| a.label.cmp(&b.label)).then_with(|| a.numbered_in.cmp(&b.numbered_in))
}

fn source(name: &Name, mentions: Mentions, table: &Table) -> CitedSource {
    let Mentions { way, labels, mut passages } = mentions;
    passages.sort_unstable();
    passages.dedup();
    passages.shrink_to_fit();
    let mut by_theme: BTreeMap<u16, Vec<PassageRef>> = BTreeMap::new();
    for passage in &passages {
        for theme in themes_of(*passage, table) {
            by_theme.entry(theme).or_default().push(*passage);
        }
    }
    let theme =
        |(theme, passages): (u16, Vec<PassageRef>)| CitedTheme { theme, n_documents: n_documents(&passages), passages };
    let most = labels.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    CitedSource {
        label: most.map(|(label, _)| (*label).to_owned()).unwrap_or_default(),
        document: way.document,
        work: way.work.clone(),
        numbered_in: match name {
            Name::Number { document, .. } => Some(*document),
            Name::Work(_) => None,
        },
        n_documents: n_documents(&passages),
        passages,
        themes: by_theme.into_iter().map(theme).collect(),
    }
}

/// The second authors that each author and year is cited with.
fn seconds<'a>(ways: &'a [Way]) -> FxHashMap<Key<'a>, BTreeSet<&'a str>> {
    let mut seconds: FxHashMap<Key, BTreeSet<&str>> = FxHashMap::default();
    for way in ways {
        seconds.entry(way.key()).or_default().extend(way.second.as_deref());
    }
    seconds
}

impl<'a> Way<'a> {
    fn of(work: &'a CitedWork, library: &Library) -> Self {
        let (author, second) = (plain(&work.author), work.second_author.as_deref().map(plain));
        Self { work, author, second, document: library.find(work), label: label(work) }
    }

    /// Everything but the second author.
    fn key(&self) -> Key<'_> {
        (&self.author, self.work.year, self.work.letter, None)
    }

    /// A work cited with `et al.` or its first author alone is the one that is cited with a second author, where there is one
    /// such and not several.
    fn name<'s>(&'s self, document: u32, seconds: &FxHashMap<Key<'s>, BTreeSet<&'s str>>) -> Name<'s> {
        if let Some(number) = self.work.number {
            return Name::Number { document, number };
        }
        let key = self.key();
        let second = seconds.get(&key).filter(|several| several.len() > 1).and(self.second.as_deref());
        Name::Work((key.0, key.1, key.2, second))
    }
}

fn label(work: &CitedWork) -> String {
    if let Some(number) = work.number {
        return format!("[{number}]");
    }
    let second = work.second_author.as_ref().map(|second| format!(" and {second}")).unwrap_or_default();
    let more = if work.et_al { " et al." } else { "" };
    let year = work.year.map(|year| format!(" {year}")).unwrap_or_default();
    format!("{}{second}{more}{year}{}", work.author, work.letter.map(String::from).unwrap_or_default())
}

/// The themes that a passage has, ascending.
fn themes_of(at: PassageRef, table: &Table) -> impl Iterator<Item = u16> {
    let row = table.rows.binary_search_by_key(&at.document, |row| row.document).ok();
    let scored = row.map(|row| table.rows[row].scores.passages.as_slice()).unwrap_or_default();
    let own = &scored[scored.partition_point(|found| found.passage < at.passage)..];
    let own = own.iter().take_while(move |found| found.passage == at.passage);
    own.filter(|found| found.score.has_theme).map(|found| found.score.theme)
}

fn n_documents(passages: &[PassageRef]) -> u32 {
    passages.chunk_by(|a, b| a.document == b.document).count() as u32
}
