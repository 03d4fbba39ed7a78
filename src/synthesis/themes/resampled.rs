//! What is summed up over documents, as observed and over each resample: all of it in one pass, each resample drawn once.

use super::super::bootstrap::Bootstrap;
use super::super::settings::SynthesisSettings;
use super::meetings::Meetings;
use super::table::{Row, Table};
use crate::lexicon::Stance;
use crate::score::DocumentScore;

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
pub(super) struct Sums {
    whole: [f64; N_WHOLE],
    /// Of each theme.
    each: Vec<[f64; N_EACH]>,
}

impl Sums {
    pub(super) fn whole(&self, figure: Whole) -> f64 {
        self.whole[figure as usize]
    }

    pub(super) fn each(&self, theme: usize, figure: Each) -> f64 {
        self.each[theme][figure as usize]
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

/// What each document adds to the sums: document after document, and of each the themes that it has hits of.
struct Figures {
    n_themes: usize,
    documents: Vec<OfDocument>,
    themes: Vec<OfTheme>,
}

/// What one document adds to the figures of the whole.
struct OfDocument {
    whole: [f64; N_WHOLE],
    /// Where its themes end.
    themes_end: u32,
}

/// What one document adds to the figures of a theme. Held side by side, so that they are added several at a time.
struct OfTheme {
    theme: u32,
    each: [f64; N_EACH],
}

impl Figures {
    fn of(table: &Table, settings: &SynthesisSettings) -> Self {
        let middle = middle_year(table);
        let mut all = Self { n_themes: table.n_themes, documents: Vec::new(), themes: Vec::new() };
        for row in &table.rows {
            let year = row.indexed.metadata.year.map(|year| f64::from(year) - middle);
            let weight = weight(row, &settings.weight_by);
            let themes = row.scores.themes.iter().take(table.n_themes).zip(0..);
            let themes = themes.filter(|(found, _)| found.score.has_theme || found.score.n_hits > 0);
            all.themes.extend(themes.map(|(found, theme)| OfTheme { theme, each: each(found, weight, year) }));
            all.documents.push(OfDocument { whole: whole(row, weight, year), themes_end: all.themes.len() as u32 });
        }
        all
    }

    /// The sums where each document counts as often as told; added up in the order of documents.
    fn sums(&self, times: &[u32]) -> Sums {
        let (mut whole, mut sums, mut start) = ([0.0; N_WHOLE], vec![[0.0; N_EACH]; self.n_themes], 0);
        for (document, &times) in self.documents.iter().zip(times) {
            let end = document.themes_end as usize;
            if times > 0 {
                let times = f64::from(times);
                add(&mut whole, times, &document.whole);
                self.themes[start..end].iter().for_each(|of| add(&mut sums[of.theme as usize], times, &of.each));
            }
            start = end;
        }
        Sums { whole, each: sums }
    }
}

fn add<const N: usize>(sums: &mut [f64; N], times: f64, figures: &[f64; N]) {
    sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += times * figure);
}

fn whole(row: &Row, weight: f64, year: Option<f64>) -> [f64; N_WHOLE] {
    let mut whole = [0.0; N_WHOLE];
    let mut set = |figure: Whole, by: f64| whole[figure as usize] = by;
    set(Whole::Documents, 1.0);
    set(Whole::Weight, weight);
    set(Whole::Passages, f64::from(row.scores.n_scored_passages));
    set(Whole::Tokens, f64::from(row.scores.n_scored_tokens));
    if let Some(year) = year {
        set(Whole::Dated, 1.0);
        set(Whole::Years, year);
        set(Whole::Squares, year * year);
    }
    whole
}

fn each(found: &DocumentScore, weight: f64, year: Option<f64>) -> [f64; N_EACH] {
    let mut each = [0.0; N_EACH];
    let mut set = |figure: Each, by: f64| each[figure as usize] = by;
    set(Each::Hits, f64::from(found.score.n_hits));
    if found.score.has_theme {
        set(Each::Documents, 1.0);
        set(Each::Weight, weight);
        set(Each::Passages, f64::from(found.n_passages));
        let stance = found.score.stance;
        set(Each::For, f64::from(u8::from(stance == Stance::Facilitator)));
        set(Each::Against, f64::from(u8::from(stance == Stance::Barrier)));
        set(Each::Claims, f64::from(u8::from(stance != Stance::Mention)));
        set(Each::Dated, f64::from(u8::from(year.is_some())));
        set(Each::Years, year.unwrap_or_default());
    }
    each
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
