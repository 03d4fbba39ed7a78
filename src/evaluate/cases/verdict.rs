//! What every coder says of every theme in every coded document.

use super::super::coding::{CoderId, Coding, Codings, Place};
use super::super::settings::CodedDocuments;
use crate::corpus::{DocumentId, Fault, Severity, Span};
use crate::index::{Content, IndexedDocument};
use crate::lexicon::{Stance, Theme, ThemeId, lineages, near};
use std::collections::{BTreeMap, BTreeSet};

/// A name that is longer by so many letters may have one letter more that is not as in the other and still be a slip of it.
const SLIP_EVERY: usize = 6;

/// Where a coder finds a theme.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::evaluate) enum Mark {
    /// Somewhere in the document.
    Somewhere,
    /// Here.
    Here(Span),
    /// Here first: of what comes after, nothing is said.
    HereFirst(Span),
}

/// What a coder says of a theme that is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::evaluate) struct Verdict {
    /// What is said of it, where the coder says: several rows of one theme are taken together.
    pub(in crate::evaluate) stance: Option<Stance>,
    /// Where, in the order of the rows.
    pub(in crate::evaluate) marks: Vec<Mark>,
    /// The rows' places as read, until a text resolves them.
    rows: Vec<(Place, u64, String)>,
}

/// One document and its verdicts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::evaluate) struct Coded {
    /// Its place in the index.
    pub(in crate::evaluate) document: usize,
    /// For each coder, whether the document was read.
    pub(in crate::evaluate) read_by: Vec<bool>,
    /// By coder and theme (index into the compared themes): present where the coder finds it.
    pub(in crate::evaluate) verdicts: BTreeMap<(usize, usize), Verdict>,
}

/// Codings with every name looked up.
#[derive(Debug, Default)]
pub(in crate::evaluate) struct Resolved {
    /// The coders, sorted.
    pub(in crate::evaluate) coders: Vec<CoderId>,
    /// The themes compared, as indices into the lexicon.
    pub(in crate::evaluate) themes: Vec<usize>,
    /// Themes that coders have and the lexicon has not, with their number of codings.
    pub(in crate::evaluate) unknown_themes: Vec<(ThemeId, u32)>,
    /// The coded documents, ascending.
    pub(in crate::evaluate) documents: Vec<Coded>,
    /// Whether any row says where.
    pub(in crate::evaluate) positioned: bool,
    /// Rows that name a document that is not there, or a theme that is there under nearly the same name.
    pub(in crate::evaluate) faults: Vec<Fault>,
}

/// Looks up documents and themes. A coder who finds a theme finds those above it too, as a hit of a sub-theme is one of theirs.
pub(in crate::evaluate) fn resolve(
    codings: &Codings,
    documents: &[IndexedDocument],
    lexicon: &[Theme],
    coded: CodedDocuments,
) -> Resolved {
    let places: BTreeMap<&DocumentId, usize> = documents.iter().enumerate().map(|(d, doc)| (&doc.id, d)).collect();
    let coders: BTreeSet<&CoderId> = codings.rows.iter().map(|row| &row.coder).collect();
    let coders: Vec<CoderId> = coders.into_iter().cloned().collect();
    let mut named: BTreeMap<&ThemeId, u32> = BTreeMap::new();
    codings.rows.iter().filter_map(|row| row.theme.as_ref()).for_each(|theme| *named.entry(theme).or_default() += 1);
    let compared = compared(&named, lexicon);
    let unknown = named.iter().filter(|(theme, _)| !compared.found_with.contains_key(**theme));
    let mut resolved = Resolved {
        unknown_themes: unknown.map(|(theme, n)| ((*theme).clone(), *n)).collect(),
        positioned: codings.rows.iter().any(|row| row.place != Place::Document),
        faults: codings.faults.iter().cloned().chain(slips(codings, lexicon)).collect(),
        ..Resolved::default()
    };
    let mut found: BTreeMap<usize, Coded> = BTreeMap::new();
    let all_read = vec![coded != CodedDocuments::ByCoder; coders.len()];
    let empty = |document| Coded { document, read_by: all_read.clone(), verdicts: BTreeMap::new() };
    if coded == CodedDocuments::All {
        found.extend((0..documents.len()).map(|d| (d, empty(d))));
    }
    for row in &codings.rows {
        let (Some(&place), Ok(coder)) = (places.get(&row.document), coders.binary_search(&row.coder)) else {
            resolved.faults.push(fault(
                row,
                format!("document \"{}\" is not in the corpus", row.document),
                Severity::Skipped,
            ));
            continue;
        };
        let coded = found.entry(place).or_insert_with(|| empty(place));
        coded.read_by[coder] = true;
        for &theme in row.theme.iter().filter_map(|theme| compared.found_with.get(theme)).flatten() {
            coded.verdicts.entry((coder, theme)).or_default().add(row);
        }
    }
    Resolved { coders, themes: compared.themes, documents: found.into_values().collect(), ..resolved }
}

/// The themes that coders can be held against.
struct Compared<'a> {
    /// Those that coders name and those above them, as indices into the lexicon.
    themes: Vec<usize>,
    /// For each that coders name, the places among `themes` of itself and those above it.
    found_with: BTreeMap<&'a ThemeId, Vec<usize>>,
}

fn compared<'a>(named: &BTreeMap<&ThemeId, u32>, lexicon: &'a [Theme]) -> Compared<'a> {
    let lineages = lineages(lexicon);
    let known = || lexicon.iter().zip(&lineages).filter(|(theme, _)| named.contains_key(&theme.id));
    let themes: BTreeSet<usize> = known().flat_map(|(_, lineage)| lineage).map(|&theme| theme.into()).collect();
    let themes: Vec<usize> = themes.into_iter().collect();
    let places = |lineage: &[u16]| lineage.iter().filter_map(|&t| themes.binary_search(&t.into()).ok()).collect();
    let found_with = known().map(|(theme, lineage)| (&theme.id, places(lineage))).collect();
    Compared { found_with, themes }
}

impl Verdict {
    fn add(&mut self, row: &Coding) {
        self.stance = match (self.stance, row.stance) {
            (None | Some(Stance::Mention), other) => other.or(self.stance),
            (mine, None | Some(Stance::Mention)) => mine,
            (Some(mine), Some(other)) => Some(if mine == other { mine } else { Stance::Both }),
        };
        self.marks.push(Mark::Somewhere);
        self.rows.push((row.place.clone(), row.line, row.file.clone()));
    }
}

impl Coded {
    /// Finds the places of the rows in the text; one that is not there is named in `faults` and counts for the document.
    pub(in crate::evaluate) fn locate(&mut self, content: &Content, id: &DocumentId, faults: &mut Vec<Fault>) {
        for verdict in self.verdicts.values_mut() {
            for (mark, (place, line, file)) in verdict.marks.iter_mut().zip(&verdict.rows) {
                match self::mark(place, content) {
                    Some(found) => *mark = found,
                    None => faults.push(Fault {
                        path: file.clone(),
                        line: Some(*line),
                        severity: Severity::Degraded,
                        what: format!("its place is not in document \"{id}\"; it counts for the document alone"),
                        hint: Some("sentences count from 0, bytes from the start of the extracted text".into()),
                        ..Fault::default()
                    }),
                }
            }
        }
    }
}

/// Where a coding lies in its text; `None` where the text does not hold the place.
pub(in crate::evaluate) fn mark(place: &Place, content: &Content) -> Option<Mark> {
    match place {
        Place::Document => Some(Mark::Somewhere),
        Place::Sentence(sentence) => content.sentences.get(*sentence as usize).map(|s| Mark::Here(s.span)),
        Place::Bytes(span) => {
            let fits = content.text.get(span.start as usize..span.end as usize).is_some();
            fits.then_some(Mark::Here(*span))
        }
        Place::Quote(quote) => {
            let quote = plain(quote);
            let holds = |s: &&crate::text::Sentence| plain(s.span.of(&content.text)).contains(&quote);
            content.sentences.iter().find(holds).map(|s| Mark::HereFirst(s.span))
        }
    }
}

/// Words alone, in lower case, a blank around each, so that quotation marks and line ends make no difference and a word
/// is only met whole.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(String::from(" "), |plain, word| plain + &word.to_lowercase() + " ")
}

/// Themes that coders have and the lexicon has under a name that looks like theirs, a fault for each file. Any other theme that
/// only coders have is theirs to have.
fn slips(codings: &Codings, lexicon: &[Theme]) -> Vec<Fault> {
    let ids = || lexicon.iter().map(|theme| theme.id.0.as_str());
    let mut unknown: BTreeMap<(&str, &ThemeId), (&Coding, u32)> = BTreeMap::new();
    for row in &codings.rows {
        if let Some(theme) = row.theme.as_ref().filter(|theme| ids().all(|id| id != theme.0)) {
            unknown.entry((&row.file, theme)).or_insert((row, 0)).1 += 1;
        }
    }
    let slip = |((_, theme), (first, n)): ((&str, &ThemeId), (&Coding, u32))| {
        let near = near(&theme.0, ids(), 1 + theme.0.chars().count() / SLIP_EVERY)?;
        let what = format!("theme \"{theme}\" is not in the lexicon (rows from here on: {n})");
        Some(Fault { hint: Some(format!("did you mean \"{near}\"?")), ..fault(first, what, Severity::Skipped) })
    };
    unknown.into_iter().filter_map(slip).collect()
}

fn fault(row: &Coding, what: String, severity: Severity) -> Fault {
    Fault { path: row.file.clone(), line: Some(row.line), severity, what, ..Fault::default() }
}
