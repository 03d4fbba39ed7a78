//! What is summed up over documents, as observed and over each resample: all of it in one pass, each resample drawn once.

use super::super::bootstrap::Bootstrap;
use super::super::settings::SynthesisSettings;
use super::co_occurrence::Meetings;
use super::table::{Row, Table};
use crate::lexicon::Stance;

/// A figure that is summed over all documents.
#[derive(Clone, Copy)]
pub(super) enum Whole {
    Documents,
    Weight,
    Passages,
    Tokens,
    /// Documents that have a year.
    Dated,
    /// Their years, counted from the middle one.
    Years,
    /// And the squares of these.
    Squares,
}

/// A figure that is summed over the documents theme by theme.
#[derive(Clone, Copy)]
pub(super) enum Each {
    /// Documents that have the theme.
    Documents,
    Weight,
    Passages,
    Hits,
    /// Documents that speak for it,
    For,
    /// against it,
    Against,
    /// or make any claim of it.
    Claims,
    /// Documents with the theme that have a year.
    Dated,
    /// Their years, counted from the middle one.
    Years,
}

const N_WHOLE: usize = Whole::Squares as usize + 1;
const N_EACH: usize = Each::Years as usize + 1;

/// Sums over the documents of one resample. Whole numbers are exact in `f64` up to 2^53.
pub(super) struct Sums(Vec<f64>);

impl Sums {
    pub(super) fn whole(&self, figure: Whole) -> f64 {
        self.0[figure as usize]
    }

    pub(super) fn each(&self, theme: usize, figure: Each) -> f64 {
        self.0[N_WHOLE + theme * N_EACH + figure as usize]
    }
}

/// The sums as observed and over each resample, in order of resample.
pub(in crate::synthesis) struct Resampled {
    pub(super) bootstrap: Bootstrap,
    pub(super) observed: Sums,
    pub(super) sums: Vec<Sums>,
    /// Which themes meet, as observed and over as many resamples as can be afforded of it.
    pub(super) meetings: (Meetings, Vec<Meetings>),
}

impl Resampled {
    pub(in crate::synthesis) fn of(table: &Table, bootstrap: Bootstrap, settings: &SynthesisSettings) -> Self {
        let figures = Figures::of(table, settings);
        let cost: usize = table.profiles.iter().map(|themes| themes.len() * themes.len() / 2).sum();
        let n_meetings = bootstrap.affording(cost as u64).n_resamples();
        let resampled = bootstrap.resample_numbered(|number, times| {
            let meetings = (number < n_meetings).then(|| Meetings::of(table, times));
            (figures.sums(times), meetings)
        });
        let (sums, meetings): (Vec<Sums>, Vec<Option<Meetings>>) = resampled.into_iter().unzip();
        let once = vec![1; table.rows.len()];
        let meetings = (Meetings::of(table, &once), meetings.into_iter().flatten().collect());
        Self { observed: figures.sums(&once), sums, meetings, bootstrap }
    }
}

/// What each document adds to the sums, where that is not 0: document after document.
struct Figures {
    n_sums: usize,
    /// Where the figures of each document end.
    ends: Vec<u32>,
    /// Index into `Sums`, and how much.
    figures: Vec<(u32, f64)>,
}

impl Figures {
    fn of(table: &Table, settings: &SynthesisSettings) -> Self {
        let middle = middle_year(table);
        let mut all = Self { n_sums: N_WHOLE + table.n_themes * N_EACH, ends: Vec::new(), figures: Vec::new() };
        for row in &table.rows {
            let year = row.indexed.metadata.year.map(|year| f64::from(year) - middle);
            all.add_row(row, weight(row, &settings.weight_by), year, table.n_themes);
            all.ends.push(all.figures.len() as u32);
        }
        all
    }

    fn add_row(&mut self, row: &Row, weight: f64, year: Option<f64>, n_themes: usize) {
        let mut add = |at: usize, figure: f64| {
            if figure != 0.0 {
                self.figures.push((at as u32, figure));
            }
        };
        let mut whole = |figure: Whole, by: f64| add(figure as usize, by);
        whole(Whole::Documents, 1.0);
        whole(Whole::Weight, weight);
        whole(Whole::Passages, f64::from(row.scores.n_scored_passages));
        whole(Whole::Tokens, f64::from(row.scores.n_scored_tokens));
        if let Some(year) = year {
            whole(Whole::Dated, 1.0);
            whole(Whole::Years, year);
            whole(Whole::Squares, year * year);
        }
        for (theme, found) in row.scores.themes.iter().take(n_themes).enumerate() {
            let mut each = |figure: Each, by: f64| add(N_WHOLE + theme * N_EACH + figure as usize, by);
            each(Each::Hits, f64::from(found.score.n_hits));
            if found.score.has_theme {
                each(Each::Documents, 1.0);
                each(Each::Weight, weight);
                each(Each::Passages, f64::from(found.n_passages));
                let stance = found.score.stance;
                each(Each::For, f64::from(u8::from(stance == Stance::Facilitator)));
                each(Each::Against, f64::from(u8::from(stance == Stance::Barrier)));
                each(Each::Claims, f64::from(u8::from(stance != Stance::Mention)));
                each(Each::Dated, f64::from(u8::from(year.is_some())));
                each(Each::Years, year.unwrap_or_default());
            }
        }
    }

    /// The sums where each document counts as often as told; added up in the order of documents.
    fn sums(&self, times: &[u32]) -> Sums {
        let (mut sums, mut start) = (vec![0.0; self.n_sums], 0);
        for (&end, &times) in self.ends.iter().zip(times) {
            let end = end as usize;
            if times > 0 {
                let times = f64::from(times);
                self.figures[start..end].iter().for_each(|&(at, figure)| sums[at as usize] += times * figure);
            }
            start = end;
        }
        Sums(sums)
    }
}

/// The year in the middle of the documents' list: counted from there, squares of years stay small and exact.
fn middle_year(table: &Table) -> f64 {
    let years: Vec<i32> = table.rows.iter().filter_map(|row| row.indexed.metadata.year).collect();
    years.get(years.len() / 2).map_or(0.0, |year| f64::from(*year))
}

/// What a document weighs: its tokens, or the number in a metadata column; 0 where there is none.
fn weight(row: &Row, weight_by: &str) -> f64 {
    let weight = match weight_by {
        "n_tokens" => Some(f64::from(row.indexed.n_tokens)),
        column => row.indexed.metadata.extra.get(column).and_then(|value| value.trim().parse().ok()),
    };
    weight.filter(|weight: &f64| weight.is_finite() && *weight > 0.0).unwrap_or(0.0)
}
