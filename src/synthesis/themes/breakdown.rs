//! Prevalence within groups of documents.

use super::super::bootstrap::Bootstrap;
use super::super::finding::{Breakdown, Estimate, Group, GroupTheme};
use super::super::settings::SynthesisSettings;
use super::table::{Table, value};
use std::collections::BTreeMap;

/// One breakdown for each column of the settings.
pub(in crate::synthesis) fn breakdowns(table: &Table, settings: &SynthesisSettings) -> Vec<Breakdown> {
    settings.breakdowns.iter().map(|column| breakdown(table, column, settings)).collect()
}

fn breakdown(table: &Table, column: &str, settings: &SynthesisSettings) -> Breakdown {
    let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut n_without = 0;
    for (r, row) in table.rows.iter().enumerate() {
        match value(row.indexed, column, settings) {
            Some(value) => members.entry(value).or_default().push(r),
            None => n_without += 1,
        }
    }
    let groups = members.into_iter().map(|(value, rows)| group(table, value, &rows, settings)).collect();
    Breakdown { column: column.to_owned(), groups, n_without }
}

fn group(table: &Table, value: String, rows: &[usize], settings: &SynthesisSettings) -> Group {
    let bootstrap = Bootstrap::new(rows.len() as u32, &settings.bootstrap);
    let counts = |times: &[u32]| {
        let mut n = vec![0u32; table.n_themes];
        for (&r, times) in rows.iter().zip(times) {
            table.themes(r).iter().for_each(|&theme| n[usize::from(theme)] += times);
        }
        n
    };
    let observed = counts(&vec![1; rows.len()]);
    let resampled = bootstrap.resample(counts);
    let share = |n: u32| f64::from(n) / rows.len() as f64;
    let theme = |t: usize| GroupTheme {
        n_documents: observed[t],
        n_passages: rows.iter().filter_map(|&r| table.rows[r].theme(t as u16)).map(|found| found.n_passages).sum(),
        prevalence: Estimate {
            value: share(observed[t]),
            interval: bootstrap.interval(resampled.iter().map(|n| Some(share(n[t])))),
        },
    };
    Group { value, n_documents: rows.len() as u32, themes: (0..table.n_themes).map(theme).collect() }
}
