//! Themes by cited source.

use super::super::claim::{CitedSource, CitedTheme};
use super::super::evidence::{CitedWork, Evidence};
use super::super::finding::PassageRef;
use super::super::themes::Table;
use super::works::{Library, plain};
use std::collections::{BTreeMap, BTreeSet};

/// First author, year, letter, second author: what tells two works apart.
type Key = (String, Option<i32>, Option<char>, Option<String>);

/// Who a source is: an author and year, or a number in one document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Work(Key),
    Number { document: u32, number: u32 },
}

/// Everything said of one source.
#[derive(Default)]
struct Mentions {
    work: CitedWork,
    labels: BTreeMap<String, u32>,
    passages: BTreeSet<PassageRef>,
}

/// The sources that the included documents cite. What a document says of itself is left out.
pub(in crate::synthesis) fn cited_sources(table: &Table, evidence: &Evidence, library: &Library) -> Vec<CitedSource> {
    let cited = || {
        table.rows.iter().flat_map(|row| {
            let taken = evidence.documents.get(row.document as usize);
            taken.into_iter().flat_map(|taken| &taken.citations).map(|citation| (row.document, citation))
        })
    };
    let seconds = seconds(cited().map(|(_, citation)| &citation.work));
    let mut sources: BTreeMap<Name, Mentions> = BTreeMap::new();
    for (document, citation) in cited() {
        if library.find(&citation.work) == Some(document) {
            continue;
        }
        let mentions = sources.entry(name(document, &citation.work, &seconds)).or_default();
        if mentions.labels.is_empty() || mentions.work.second_author.is_none() && citation.work.second_author.is_some()
        {
            mentions.work = citation.work.clone();
        }
        *mentions.labels.entry(label(&citation.work)).or_default() += 1;
        mentions.passages.insert(PassageRef { document, passage: citation.passage });
    }
    let themes = themes_of_passages(table);
    let mut sources: Vec<CitedSource> =
        sources.into_iter().map(|(name, mentions)| source(&name, mentions, &themes, library)).collect();
    sources.sort_by(|a, b| {
        let size = |source: &CitedSource| (source.n_documents, source.passages.len());
        size(b).cmp(&size(a)).then_with(|| a.label.cmp(&b.label)).then_with(|| a.numbered_in.cmp(&b.numbered_in))
    });
    sources
}

fn source(name: &Name, mentions: Mentions, themes: &BTreeMap<PassageRef, Vec<u16>>, library: &Library) -> CitedSource {
    let mut by_theme: BTreeMap<u16, Vec<PassageRef>> = BTreeMap::new();
    for passage in &mentions.passages {
        for &theme in themes.get(passage).into_iter().flatten() {
            by_theme.entry(theme).or_default().push(*passage);
        }
    }
    let theme =
        |(theme, passages): (u16, Vec<PassageRef>)| CitedTheme { theme, n_documents: n_documents(&passages), passages };
    let most = mentions.labels.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    let passages: Vec<PassageRef> = mentions.passages.into_iter().collect();
    CitedSource {
        label: most.map(|(label, _)| label.clone()).unwrap_or_default(),
        document: library.find(&mentions.work),
        work: mentions.work,
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
fn seconds<'a>(works: impl Iterator<Item = &'a CitedWork>) -> BTreeMap<Key, BTreeSet<String>> {
    let mut seconds: BTreeMap<Key, BTreeSet<String>> = BTreeMap::new();
    for work in works {
        let known = seconds.entry((plain(&work.author), work.year, work.letter, None)).or_default();
        known.extend(work.second_author.as_deref().map(plain));
    }
    seconds
}

/// A work cited with `et al.` or its first author alone is the one that is cited with a second author, where there is one
/// such and not several.
fn name(document: u32, work: &CitedWork, seconds: &BTreeMap<Key, BTreeSet<String>>) -> Name {
    if let Some(number) = work.number {
        return Name::Number { document, number };
    }
    let key = (plain(&work.author), work.year, work.letter, None);
    let second = match seconds.get(&key) {
        Some(several) if several.len() > 1 => work.second_author.as_deref().map(plain),
        _ => None,
    };
    Name::Work((key.0, key.1, key.2, second))
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

fn themes_of_passages(table: &Table) -> BTreeMap<PassageRef, Vec<u16>> {
    let mut themes: BTreeMap<PassageRef, Vec<u16>> = BTreeMap::new();
    for row in &table.rows {
        for found in row.scores.passages.iter().filter(|found| found.score.has_theme) {
            let passage = PassageRef { document: row.document, passage: found.passage };
            themes.entry(passage).or_default().push(found.score.theme);
        }
    }
    themes
}

fn n_documents(passages: &[PassageRef]) -> u32 {
    passages.chunk_by(|a, b| a.document == b.document).count() as u32
}
