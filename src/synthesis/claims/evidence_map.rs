//! Where the evidence lies, and where it is missing.

use super::super::claim::{CellStatus, EvidenceMap, MapCell};
use super::super::evidence::DocumentEvidence;
use super::super::finding::PassageRef;
use super::super::settings::{Dimension, SynthesisSettings};
use super::super::themes::{Row, Table, value};
use super::outcomes::{Said, said};
use crate::lexicon::Theme;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One map for each of the settings'.
pub(in crate::synthesis) fn maps(
    table: &Table,
    lexicon: &[Theme],
    taken: &[Cow<DocumentEvidence>],
    settings: &SynthesisSettings,
) -> Vec<EvidenceMap> {
    let sides = Sides { table, lexicon, taken, settings };
    settings.maps.iter().map(|&[rows, columns]| sides.map(rows, columns)).collect()
}

struct Sides<'a> {
    table: &'a Table<'a>,
    lexicon: &'a [Theme],
    taken: &'a [Cow<'a, DocumentEvidence>],
    settings: &'a SynthesisSettings,
}

impl Sides<'_> {
    fn map(&self, row_dimension: Dimension, column_dimension: Dimension) -> EvidenceMap {
        let (rows, columns) = (self.names(row_dimension), self.names(column_dimension));
        let mut cells: BTreeMap<(u32, u32), MapCell> = BTreeMap::new();
        for document in &self.table.rows {
            let down = self.places(document, row_dimension, &rows);
            let across = self.places(document, column_dimension, &columns);
            for (&row, here) in &down {
                for (&column, there) in &across {
                    let empty = || MapCell {
                        row,
                        column,
                        n_documents: 0,
                        n_passages_both: 0,
                        status: CellStatus::default(),
                        passages: Vec::new(),
                    };
                    let cell = cells.entry((row, column)).or_insert_with(empty);
                    cell.n_documents += 1;
                    cell.status.add(here.said.or(there.said).unwrap_or(Said::Unstated));
                    cell.add_passages(document.document, here.passages.as_ref(), there.passages.as_ref());
                }
            }
        }
        let mut cells: Vec<MapCell> = cells.into_values().collect();
        cells.iter_mut().for_each(|cell| cell.passages.shrink_to_fit());
        EvidenceMap { row_dimension, column_dimension, rows, columns, cells }
    }

    /// The names along one side: every theme and outcome, and those values that a document has.
    fn names(&self, dimension: Dimension) -> Vec<String> {
        match dimension {
            Dimension::Theme => self.lexicon.iter().map(|theme| theme.id.0.clone()).collect(),
            Dimension::Outcome => self.settings.outcomes.iter().map(|outcome| outcome.id.clone()).collect(),
            _ => {
                let values = self.table.rows.iter().filter_map(|row| self.value(row, dimension));
                values.collect::<BTreeSet<String>>().into_iter().collect()
            }
        }
    }

    fn value(&self, row: &Row, dimension: Dimension) -> Option<String> {
        let column = match dimension {
            Dimension::Kind => "kind",
            Dimension::Year => "year",
            Dimension::Period => "period",
            Dimension::Theme | Dimension::Outcome => return None,
        };
        value(row.indexed, column, self.settings)
    }

    /// Where along one side a document stands, and the passages that put it there.
    fn places(&self, row: &Row, dimension: Dimension, names: &[String]) -> BTreeMap<u32, Stand> {
        match dimension {
            Dimension::Theme => {
                let mut places: BTreeMap<u32, Stand> = BTreeMap::new();
                for passage in row.scores.passages.iter().filter(|passage| passage.score.has_theme) {
                    let stand = places.entry(u32::from(passage.score.theme)).or_default();
                    stand.add(passage.passage);
                }
                places.retain(|&theme, _| (theme as usize) < names.len());
                places
            }
            Dimension::Outcome => {
                let taken = self.taken.get(row.document as usize);
                let mentions = taken.map(|taken| taken.outcomes.as_slice()).unwrap_or_default();
                let mut places: BTreeMap<u32, Stand> = BTreeMap::new();
                for mention in mentions {
                    let stand = places.entry(u32::from(mention.outcome)).or_default();
                    stand.said = said(mentions, mention.outcome);
                    stand.add(mention.passage);
                }
                places
            }
            _ => {
                let value = self.value(row, dimension);
                let place = value.and_then(|value| names.binary_search(&value).ok());
                place.map(|place| (place as u32, Stand::default())).into_iter().collect()
            }
        }
    }
}

/// How a document stands to one name of a side.
#[derive(Default)]
struct Stand {
    /// For an outcome: what is said of it.
    said: Option<Said>,
    /// The passages that put it there, ascending; `None` where it is the document as a whole.
    passages: Option<Vec<u32>>,
}

impl Stand {
    /// One more passage; none that is before the last one.
    fn add(&mut self, passage: u32) {
        let passages = self.passages.get_or_insert_default();
        if passages.last() != Some(&passage) {
            passages.push(passage);
        }
    }
}

impl MapCell {
    /// Where both sides have passages: those that have both, then those of the columns; else those of the side that has.
    fn add_passages(&mut self, document: u32, here: Option<&Vec<u32>>, there: Option<&Vec<u32>>) {
        let reference = |&passage: &u32| PassageRef { document, passage };
        match (here, there) {
            (Some(here), Some(there)) => {
                let before = self.passages.len();
                let is_here = |passage: &&u32| here.binary_search(passage).is_ok();
                self.passages.extend(there.iter().filter(is_here).map(reference));
                self.n_passages_both += (self.passages.len() - before) as u32;
                self.passages.extend(there.iter().filter(|passage| !is_here(passage)).map(reference));
            }
            (Some(one), None) | (None, Some(one)) => self.passages.extend(one.iter().map(reference)),
            (None, None) => {}
        }
    }
}
