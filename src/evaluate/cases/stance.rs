//! What two parties say of a theme that both found in a document.

use super::super::agreement::StanceTable;
use super::super::coding::CoderId;
use super::super::coefficients::{Units, cohen_kappa, percent_agreement};
use super::verdict::Coded;
use crate::lexicon::Stance;
use crate::score::Scores;
use crate::synthesis::Bootstrap;

/// One table of us with each coder, then one of every pair of coders.
pub(in crate::evaluate) fn stances(
    documents: &[Coded],
    coders: &[CoderId],
    themes: &[usize],
    scores: &Scores,
    bootstrap: &Bootstrap,
) -> Vec<StanceTable> {
    let with_us = (0..coders.len()).map(|coder| (None, coder));
    let pairs = (0..coders.len()).flat_map(|a| (a + 1..coders.len()).map(move |b| (Some(a), b)));
    let said = |coded: &Coded, party: Option<usize>, theme: usize| match party {
        Some(coder) => coded.verdicts.get(&(coder, theme)).and_then(|verdict| verdict.stance),
        None => {
            let found = scores.documents.get(coded.document)?.themes.get(themes[theme])?.score;
            found.has_theme.then_some(found.stance)
        }
    };
    with_us
        .chain(pairs)
        .map(|(rows, columns)| {
            let cases: Vec<Vec<(usize, usize)>> = documents
                .iter()
                .map(|coded| {
                    let both =
                        |theme| Some((place(said(coded, rows, theme)?), place(said(coded, Some(columns), theme)?)));
                    (0..themes.len()).filter_map(both).collect()
                })
                .collect();
            table(rows.map(|coder| coders[coder].clone()), coders[columns].clone(), &cases, bootstrap)
        })
        .collect()
}

fn table(rows: Option<CoderId>, columns: CoderId, cases: &[Vec<(usize, usize)>], bootstrap: &Bootstrap) -> StanceTable {
    let counts = |times: &[u32]| {
        let mut counts = [[0; 4]; 4];
        for (cases, times) in cases.iter().zip(times) {
            cases.iter().for_each(|&(row, column)| counts[row][column] += times);
        }
        counts
    };
    let observed = counts(&vec![1; cases.len()]);
    let estimate =
        |coefficient: fn(&[Units]) -> Option<f64>| bootstrap.estimate(|times| coefficient(&units(&counts(times))));
    StanceTable {
        rows,
        columns,
        counts: observed,
        n: observed.iter().flatten().sum(),
        percent_agreement: estimate(percent_agreement),
        cohen_kappa: estimate(cohen_kappa),
    }
}

fn units(counts: &[[u32; 4]; 4]) -> Vec<Units> {
    let cell = |row: usize, column: usize| Units {
        said: vec![Some(row as u8), Some(column as u8)],
        n: f64::from(counts[row][column]),
    };
    (0..4).flat_map(|row| (0..4).map(move |column| cell(row, column))).collect()
}

fn place(stance: Stance) -> usize {
    match stance {
        Stance::Barrier => 0,
        Stance::Facilitator => 1,
        Stance::Both => 2,
        Stance::Mention => 3,
    }
}
