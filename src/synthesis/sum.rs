//! Sums up: the one place that knows the order of the parts.

use super::bootstrap::Bootstrap;
use super::claims;
use super::evidence::Evidence;
use super::repeats;
use super::settings::SynthesisSettings;
use super::themes;
use super::whole::Synthesis;
use crate::index::IndexedDocument;
use crate::lexicon::{Lexicon, Theme};
use crate::score::Scores;

/// Sums up the scores of `documents` (both in the order of the index) and the evidence gathered from them.
///
/// `Evidence::default()` is as good as none: the parts that rest on it are empty, and rules of selection that need the
/// text turn nothing away.
pub fn of(
    scores: &Scores,
    documents: &[IndexedDocument],
    lexicon: &Lexicon,
    evidence: &Evidence,
    settings: &SynthesisSettings,
) -> Synthesis {
    sum(scores, documents, &lexicon.themes, evidence, settings)
}

fn sum(
    scores: &Scores,
    documents: &[IndexedDocument],
    lexicon: &[Theme],
    evidence: &Evidence,
    settings: &SynthesisSettings,
) -> Synthesis {
    let scores = repeats::scores_once(scores, evidence, settings);
    let taken = repeats::evidence_once(evidence, settings);
    let selection = claims::selection(documents, evidence, settings);
    let table = themes::Table::of(&scores, documents, &selection, lexicon.len());
    let bootstrap = Bootstrap::new(table.n_documents(), &settings.bootstrap);
    let n_resamples = bootstrap.n_resamples();
    let resampled = themes::Resampled::of(&table, bootstrap, settings);
    let themes = themes::findings(&table, &resampled, settings);
    let library = claims::Library::of(&table);
    Synthesis {
        n_resamples,
        co_occurrences: themes::co_occurrences(&table, &resampled),
        breakdowns: themes::breakdowns(&table, settings),
        trends: themes::trends(table.n_themes, &resampled),
        cited_sources: claims::cited_sources(&table, &taken, &library),
        concepts: claims::concepts(&table, &taken, settings),
        outcomes: claims::outcomes(&table, &taken, settings),
        maps: claims::maps(&table, lexicon, &taken, settings),
        scorecard: claims::scorecard(&table, lexicon, &themes, &library, settings),
        selection,
        themes,
    }
}

#[cfg(test)]
mod tests;
