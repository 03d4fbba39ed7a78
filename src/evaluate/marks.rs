//! Codings found in the texts, as coders made them.

use super::cases::{Mark, mark};
use super::coding::{CoderId, Codings, EvaluateError};
use crate::corpus::{DocumentId, Span};
use crate::index::PassageIndex;
use crate::lexicon::{Stance, ThemeId};
use std::collections::BTreeMap;

/// One judgement of one coder that a theme is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// Who.
    pub coder: CoderId,
    /// Place of the document in the index.
    pub document: usize,
    /// What was found; the lexicon need not have it.
    pub theme: ThemeId,
    /// What is said of it, where the coder says.
    pub stance: Option<Stance>,
    /// Where it is written; `None` for the document as a whole, and where the text does not hold the place named.
    pub span: Option<Span>,
}

/// The codings of documents that are there, in order of document, then as read. Rows that say that a document has no
/// theme, and rows of documents that are not in the corpus, are left out: `agreement` names the latter.
///
/// # Errors
/// A text cannot be read from the store.
pub fn marks(index: &PassageIndex, codings: &Codings) -> Result<Vec<Marked>, EvaluateError> {
    let places: BTreeMap<&DocumentId, usize> =
        index.documents().iter().enumerate().map(|(place, document)| (&document.id, place)).collect();
    let mut rows: Vec<_> = codings.rows.iter().filter_map(|row| Some((*places.get(&row.document)?, row))).collect();
    rows.sort_by_key(|(place, _)| *place);
    let mut marks = Vec::new();
    for rows in rows.chunk_by(|one, other| one.0 == other.0) {
        let document = rows[0].0;
        let content = index.content(document)?;
        for (row, theme) in rows.iter().filter_map(|(_, row)| Some((row, row.theme.clone()?))) {
            let span = match mark(&row.place, &content) {
                Some(Mark::Here(span) | Mark::HereFirst(span)) => Some(span),
                Some(Mark::Somewhere) | None => None,
            };
            marks.push(Marked { coder: row.coder.clone(), document, theme, stance: row.stance, span });
        }
    }
    Ok(marks)
}
