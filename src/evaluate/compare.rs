//! Brings codings and scores to the same units, and compares them.

use super::agreement::{Agreement, Learning};
use super::cases::{self, Coded, Open, Resolved, Tally, Theirs};
use super::coding::{Codings, EvaluateError};
use super::gain::gains;
use super::learn::{Learned, Trial};
use super::measure::measure;
use super::settings::{EvaluateSettings, Unit};
use crate::corpus::Span;
use crate::index::{IndexedDocument, PassageIndex};
use crate::lexicon::{Lexicon, Theme, ThemeId};
use crate::score::{DocumentScores, Scorer, Scores};
use crate::synthesis::Bootstrap;

/// Compares coders with each other and with our scores; `None` where there are no codings.
///
/// Where the scores believe what was learnt from these very coders, it is not `scores` that are held against them, but what
/// the documents of the other parts teach (`Learned`); with too few documents to hold any back, what the theme files say.
///
/// # Errors
/// The text behind a coding cannot be read from the store.
pub fn agreement(
    index: &PassageIndex,
    scores: &Scores,
    lexicon: &Lexicon,
    (codings, learned): (&Codings, &Learned),
    scorer: &Scorer<'_>,
    settings: &EvaluateSettings,
) -> Result<Option<Agreement>, EvaluateError> {
    let trial = learned.trial(scorer, scores);
    let judged = trial.as_ref().filter(|_| learned.is_used()).map_or(scores, Trial::judged);
    let open = cases::open(index);
    let comparison = Comparison { documents: index.documents(), lexicon: &lexicon.themes, settings, open: &open };
    let Some(mut agreement) = comparison.of(judged, trial.as_ref(), codings)? else { return Ok(None) };
    if let Some(learning) = &mut agreement.learning {
        learning.is_used = learned.is_used();
        learning.n_folds = learned.n_folds() as u32;
        learning.n_documents = learned.documents.len() as u32;
    }
    Ok(Some(agreement))
}

/// For each coded document the spans of its passages.
type PassageSpans = Vec<Vec<Span>>;

/// Coders and scores, brought to the same units.
struct Comparison<'a> {
    documents: &'a [IndexedDocument],
    lexicon: &'a [Theme],
    settings: &'a EvaluateSettings,
    open: Open<'a>,
}

impl Comparison<'_> {
    fn of(
        &self,
        scores: &Scores,
        trial: Option<&Trial>,
        codings: &Codings,
    ) -> Result<Option<Agreement>, EvaluateError> {
        let Self { documents, lexicon, settings, .. } = *self;
        if codings.rows.is_empty() && (codings.faults.is_empty() || settings.codings.is_empty()) {
            return Ok(None);
        }
        let mut resolved = cases::resolve(codings, documents, lexicon, settings.coded);
        let trial = trial.and_then(|trial| Some((&trial.written, trial.held_out.as_ref()?)));
        let parties: Vec<&Scores> =
            std::iter::once(scores).chain(trial.iter().flat_map(|both| [both.0, both.1])).collect();
        let (tallies, passages) = self.tallies(&mut resolved, &parties)?;
        let bootstrap = Bootstrap::new(resolved.documents.len() as u32, &settings.bootstrap);
        let ids: Vec<ThemeId> = resolved.themes.iter().map(|&theme| lexicon[theme].id.clone()).collect();
        let not_coded = (0..lexicon.len()).filter(|theme| !resolved.themes.contains(theme));
        let learning = match &tallies[..] {
            [_, written, held_out] => {
                let pairs = written.iter().zip(held_out);
                let gains = pairs.flat_map(|(w, h)| gains((w, h), &resolved.coders, &ids, &bootstrap)).collect();
                Some(Learning { is_used: false, n_folds: 0, n_documents: 0, gains })
            }
            _ => None,
        };
        resolved.faults.sort();
        // A place that is not in the text is missed for its theme and for each above it, and told once.
        resolved.faults.dedup();
        Ok(Some(Agreement {
            about_the_coders: settings.about_the_coders.clone(),
            themes_without_codings: not_coded.map(|theme| lexicon[theme].id.clone()).collect(),
            units: tallies[0].iter().map(|tally| measure(tally, &resolved.coders, &ids, &bootstrap)).collect(),
            stances: cases::stances(&resolved.documents, &resolved.coders, &resolved.themes, scores, &bootstrap),
            disagreements: cases::disagreements(&resolved, &passages, documents, lexicon, scores),
            coders: resolved.coders,
            themes: ids,
            themes_without_lexicon: resolved.unknown_themes,
            learning,
            faults: resolved.faults,
        }))
    }

    /// Counts the units of the coded documents for each party's scores, opening one document at a time; with the spans of
    /// their passages.
    fn tallies(
        &self,
        resolved: &mut Resolved,
        parties: &[&Scores],
    ) -> Result<(Vec<Vec<Tally>>, PassageSpans), EvaluateError> {
        let Resolved { themes, documents: coded, faults, positioned, .. } = resolved;
        let units = self.settings.units.iter().filter(|unit| *positioned || **unit == Unit::Document);
        let empty = || units.clone().map(|&unit| Tally::new(unit, themes.len())).collect();
        let mut tallies: Vec<Vec<Tally>> = parties.iter().map(|_| empty()).collect();
        let mut passages = Vec::with_capacity(coded.len());
        let nothing = DocumentScores::default();
        for coded in coded.iter_mut() {
            let found = parties[0].documents.get(coded.document).unwrap_or(&nothing);
            let opened = if *positioned { Some((self.open)(coded.document, found)?) } else { None };
            let (content, hits) = opened.as_ref().map_or((None, &[][..]), |(content, hits)| (Some(content), hits));
            if let Some(content) = content {
                Coded::locate(coded, content, &self.documents[coded.document].id, faults);
            }
            for (party, tallies) in parties.iter().zip(&mut tallies) {
                let scores = party.documents.get(coded.document).unwrap_or(&nothing);
                let theirs = Theirs { coded, scores, content, hits, themes };
                tallies.iter_mut().for_each(|tally| tally.add(&theirs));
            }
            passages.push(content.map_or_else(Vec::new, |c| c.passages.iter().map(|passage| passage.span).collect()));
        }
        tallies.iter_mut().for_each(|tallies| tallies.retain(|tally| !tally.is_empty()));
        Ok((tallies, passages))
    }
}

#[cfg(test)]
mod tests;
