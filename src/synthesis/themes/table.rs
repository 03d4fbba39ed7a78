//! The included documents and the themes they have, laid out for counting.

use super::super::claim::Selection;
use super::super::finding::StanceCounts;
use super::super::settings::SynthesisSettings;
use crate::index::IndexedDocument;
use crate::lexicon::Stance;
use crate::score::{DocumentScore, DocumentScores};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One included document.
pub(in crate::synthesis) struct Row<'a> {
    /// Its place in the index.
    pub(in crate::synthesis) document: u32,
    /// What is known of it.
    pub(in crate::synthesis) indexed: &'a IndexedDocument,
    /// What was found in it.
    pub(in crate::synthesis) scores: &'a DocumentScores,
    /// Index of its set of themes in `Table::profiles`.
    pub(super) profile: usize,
}

/// The included documents, with the distinct sets of themes that they have.
pub(in crate::synthesis) struct Table<'a> {
    pub(in crate::synthesis) rows: Vec<Row<'a>>,
    pub(in crate::synthesis) n_themes: usize,
    /// The distinct sets of themes, each ascending: there are far fewer of them than documents.
    pub(super) profiles: Vec<Vec<u16>>,
}

impl<'a> Table<'a> {
    pub(in crate::synthesis) fn of(
        scores: &'a [Cow<'a, DocumentScores>],
        documents: &'a [IndexedDocument],
        selection: &Selection,
        n_themes: usize,
    ) -> Self {
        let mut numbers: BTreeMap<Vec<u16>, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        for (document, ((indexed, scores), outcome)) in
            (0u32..).zip(documents.iter().zip(scores).zip(&selection.documents))
        {
            if outcome.excluded.is_none() {
                let next = numbers.len();
                let profile = *numbers.entry(themes_of(scores, n_themes)).or_insert(next);
                rows.push(Row { document, indexed, scores, profile });
            }
        }
        let mut profiles = vec![Vec::new(); numbers.len()];
        for (themes, number) in numbers {
            profiles[number] = themes;
        }
        Self { rows, n_themes, profiles }
    }

    pub(in crate::synthesis) fn n_documents(&self) -> u32 {
        self.rows.len() as u32
    }

    /// The themes that row `r` has, ascending.
    pub(in crate::synthesis) fn themes(&self, r: usize) -> &[u16] {
        &self.profiles[self.rows[r].profile]
    }

    /// How often each set of themes was drawn, told how often each document was.
    pub(super) fn profile_times(&self, times: &[u32]) -> Vec<u32> {
        let mut drawn = vec![0; self.profiles.len()];
        for (row, times) in self.rows.iter().zip(times) {
            drawn[row.profile] += times;
        }
        drawn
    }
}

impl Row<'_> {
    /// The document's score in a theme; `None` where it was not scored for it.
    pub(super) fn theme(&self, theme: u16) -> Option<&DocumentScore> {
        self.scores.themes.get(usize::from(theme))
    }
}

fn themes_of(scores: &DocumentScores, n_themes: usize) -> Vec<u16> {
    (0u16..).zip(scores.themes.iter().take(n_themes)).filter(|(_, t)| t.score.has_theme).map(|(t, _)| t).collect()
}

impl StanceCounts {
    /// Counts one more.
    pub(super) fn add(&mut self, stance: Stance) {
        match stance {
            Stance::Barrier => self.n_barrier += 1,
            Stance::Facilitator => self.n_facilitator += 1,
            Stance::Both => self.n_both += 1,
            Stance::Mention => self.n_mention += 1,
        }
    }
}

/// A document's value in a column: `year`, `period`, `kind`, `language`, `publication`, `format`, or one of its other fields.
pub(in crate::synthesis) fn value(
    document: &IndexedDocument,
    column: &str,
    settings: &SynthesisSettings,
) -> Option<String> {
    let metadata = &document.metadata;
    let value = match column {
        "year" => metadata.year.map(|year| year.to_string()),
        "period" => metadata.year.map(|year| period(year, settings.period_years)),
        "kind" => metadata.kind.clone(),
        "language" => metadata.language.clone(),
        "publication" => metadata.publication.clone(),
        "format" => Some(document.format.clone()),
        other => metadata.extra.get(other).cloned(),
    };
    value.filter(|value| !value.trim().is_empty())
}

/// The period that a year lies in, as `2000–2004`; periods start at multiples of their length (0 is read as 1).
fn period(year: i32, years: u32) -> String {
    let years = i32::try_from(years.max(1)).unwrap_or(i32::MAX);
    let first = year.div_euclid(years).saturating_mul(years);
    if years == 1 { first.to_string() } else { format!("{first}–{}", first.saturating_add(years - 1)) }
}

#[cfg(test)]
mod tests {
    use super::period;

    #[test]
    fn a_period_starts_at_a_multiple_of_its_length() {
        assert_eq!(period(2006, 5), "2005–2009");
        assert_eq!(period(2010, 10), "2010–2019");
        assert_eq!(period(1999, 1), "1999");
        assert_eq!(period(1999, 0), "1999");
        assert_eq!(period(2006, u32::MAX), "0–2147483646");
    }
}
