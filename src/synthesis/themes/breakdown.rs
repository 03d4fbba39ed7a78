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
    let mut n_documents = vec![0u32; table.n_themes];
    rows.iter().flat_map(|&r| table.themes(r)).for_each(|&theme| n_documents[usize::from(theme)] += 1);
    let theme = |t: usize| GroupTheme {
        n_documents: n_documents[t],
        n_passages: rows.iter().filter_map(|&r| table.rows[r].theme(t as u16)).map(|found| found.n_passages).sum(),
        prevalence: Estimate {
            value: f64::from(n_documents[t]) / rows.len() as f64,
            interval: bootstrap.share(n_documents[t]),
        },
    };
    let documents = rows.iter().map(|&r| table.rows[r].document).collect();
    Group { value, n_documents: rows.len() as u32, documents, themes: (0..table.n_themes).map(theme).collect() }
}
