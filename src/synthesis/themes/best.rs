//! Passages worth quoting.

use super::super::finding::{BestPassage, PassageRef};
use super::table::Table;
use crate::lexicon::Stance;
use crate::score::PassageScore;
use std::cmp::Ordering;

/// At most `n` passages for a theme: the highest score first, then those that make a claim, then more hits; every document
/// gives its best one before any gives a second.
pub(super) fn best(table: &Table, theme: u16, n: usize) -> Vec<BestPassage> {
    let mut chosen: Vec<(usize, BestPassage)> = Vec::new();
    for row in table.rows.iter().filter(|row| row.theme(theme).is_some_and(|found| found.score.has_theme)) {
        let of_theme = |passage: &&PassageScore| passage.score.theme == theme && passage.score.has_theme;
        let mut own: Vec<BestPassage> =
            row.scores.passages.iter().filter(of_theme).map(|passage| quote(row.document, passage)).collect();
        own.sort_by(before);
        own.truncate(n);
        chosen.extend(own.into_iter().enumerate());
        if chosen.len() > 64 * (n + 1) {
            choose(&mut chosen, n);
        }
    }
    choose(&mut chosen, n);
    chosen.into_iter().map(|(_, passage)| passage).collect()
}

fn quote(document: u32, passage: &PassageScore) -> BestPassage {
    let PassageScore { passage, score } = *passage;
    BestPassage {
        passage: PassageRef { document, passage },
        score: score.score,
        stance: score.stance,
        n_hits: score.n_hits,
    }
}

fn choose(chosen: &mut Vec<(usize, BestPassage)>, n: usize) {
    chosen.sort_by(|(round_a, a), (round_b, b)| round_a.cmp(round_b).then_with(|| before(a, b)));
    chosen.truncate(n);
}

fn before(a: &BestPassage, b: &BestPassage) -> Ordering {
    let claims = |passage: &BestPassage| passage.stance != Stance::Mention;
    (b.score.total_cmp(&a.score))
        .then_with(|| claims(b).cmp(&claims(a)))
        .then_with(|| b.n_hits.cmp(&a.n_hits))
        .then_with(|| a.passage.cmp(&b.passage))
}
