//! Brings codings and scores to the same units, and compares them.

use super::agreement::Agreement;
use super::cases::{self, Coded, Resolved, Tally, Theirs};
use super::coding::{Codings, EvaluateError};
use super::measure::measure;
use super::settings::{EvaluateSettings, Unit};
use crate::corpus::Span;
use crate::index::{Content, IndexError, IndexedDocument, PassageIndex};
use crate::lexicon::{Lexicon, Theme, ThemeId};
use crate::score::{DocumentScores, Scores};
use crate::synthesis::Bootstrap;

/// Compares coders with each other and with our scores; `None` where there are no codings.
///
/// # Errors
/// The text behind a coding cannot be read from the store.
pub fn agreement(
    index: &PassageIndex,
    scores: &Scores,
    lexicon: &Lexicon,
    codings: &Codings,
    settings: &EvaluateSettings,
) -> Result<Option<Agreement>, EvaluateError> {
    let open = |document: usize, found: &DocumentScores| {
        let content = index.content(document)?;
        let tokens: Vec<(u32, u32)> = found.hits.iter().map(|hit| (hit.first_token, u32::from(hit.n_tokens))).collect();
        let hits = index.spans(&content, &tokens);
        Ok((content, hits))
    };
    compare(index.documents(), scores, &lexicon.themes, codings, settings, &open)
}

/// Opens a document: its text, and the spans of our hits in it.
type Open<'a> = &'a dyn Fn(usize, &DocumentScores) -> Result<(Content, Vec<Span>), IndexError>;

fn compare(
    documents: &[IndexedDocument],
    scores: &Scores,
    lexicon: &[Theme],
    codings: &Codings,
    settings: &EvaluateSettings,
    open: Open,
) -> Result<Option<Agreement>, EvaluateError> {
    if codings.rows.is_empty() && codings.faults.is_empty() {
        return Ok(None);
    }
    let mut resolved = cases::resolve(codings, documents, lexicon, settings.coded);
    let (tallies, passages) = tallies(&mut resolved, documents, scores, settings, open)?;
    let bootstrap = Bootstrap::new(resolved.documents.len() as u32, &settings.bootstrap);
    let ids: Vec<ThemeId> = resolved.themes.iter().map(|&theme| lexicon[theme].id.clone()).collect();
    let not_coded = (0..lexicon.len()).filter(|theme| !resolved.themes.contains(theme));
    resolved.faults.sort();
    Ok(Some(Agreement {
        about_the_coders: settings.about_the_coders.clone(),
        themes_without_codings: not_coded.map(|theme| lexicon[theme].id.clone()).collect(),
        units: tallies.iter().map(|tally| measure(tally, &resolved.coders, &ids, &bootstrap)).collect(),
        stances: cases::stances(&resolved.documents, &resolved.coders, &resolved.themes, scores, &bootstrap),
        disagreements: cases::disagreements(&resolved, &passages, documents, lexicon, scores),
        coders: resolved.coders,
        themes: ids,
        themes_without_lexicon: resolved.unknown_themes,
        faults: resolved.faults,
    }))
}

/// Counts the units of the coded documents, opening one at a time; with the spans of their passages.
fn tallies(
    resolved: &mut Resolved,
    documents: &[IndexedDocument],
    scores: &Scores,
    settings: &EvaluateSettings,
    open: Open,
) -> Result<(Vec<Tally>, Vec<Vec<Span>>), EvaluateError> {
    let Resolved { themes, documents: coded, faults, positioned, .. } = resolved;
    let mut tallies: Vec<Tally> = settings.units.iter().map(|&unit| Tally::new(unit, themes.len())).collect();
    tallies.retain(|tally| *positioned || tally.unit == Unit::Document);
    let mut passages = Vec::with_capacity(coded.len());
    let nothing = DocumentScores::default();
    for coded in coded.iter_mut() {
        let scores = scores.documents.get(coded.document).unwrap_or(&nothing);
        let opened = if *positioned { Some(open(coded.document, scores)?) } else { None };
        let (content, hits) = opened.as_ref().map_or((None, &[][..]), |(content, hits)| (Some(content), hits));
        if let Some(content) = content {
            Coded::locate(coded, content, &documents[coded.document].id, faults);
        }
        let theirs = Theirs { coded, scores, content, hits, themes };
        tallies.iter_mut().for_each(|tally| tally.add(&theirs));
        passages.push(content.map_or_else(Vec::new, |c| c.passages.iter().map(|passage| passage.span).collect()));
    }
    tallies.retain(|tally| !tally.is_empty());
    Ok((tallies, passages))
}

#[cfg(test)]
mod tests;
