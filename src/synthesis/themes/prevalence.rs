//! How strongly each theme runs through the documents.

use super::super::bootstrap::Bootstrap;
use super::super::finding::{Estimate, PatternFinding, RankFinding, StanceCounts, ThemeFinding};
use super::super::settings::SynthesisSettings;
use super::best::best;
use super::table::Table;
use crate::lexicon::Stance;
use std::collections::BTreeMap;

/// One finding for each theme.
pub(in crate::synthesis) fn findings(
    table: &Table,
    bootstrap: &Bootstrap,
    settings: &SynthesisSettings,
) -> Vec<ThemeFinding> {
    let weights = weights(table, &settings.weight_by);
    let sums = |times: &[u32]| Sums::of(table, &weights, times);
    let observed = sums(&vec![1; table.rows.len()]);
    let resampled = bootstrap.resample(sums);
    let ranks: Vec<Vec<u32>> = resampled.iter().map(Sums::ranks).collect();
    let counts = Counts::of(table);
    (0..table.n_themes)
        .map(|t| {
            let estimate = |figure: &dyn Fn(&Sums) -> Option<f64>| {
                let interval = || bootstrap.interval(resampled.iter().map(figure));
                figure(&observed).map(|value| Estimate { value, interval: interval() })
            };
            ThemeFinding {
                theme: t as u16,
                n_documents: observed.themes[t].n_documents as u32,
                n_passages: observed.themes[t].n_passages as u32,
                n_hits: observed.themes[t].n_hits as u32,
                prevalence: estimate(&|s| ratio(s.themes[t].n_documents, s.n_documents)),
                weighted_prevalence: estimate(&|s| ratio(s.themes[t].weight, s.weight)),
                share_of_passages: estimate(&|s| ratio(s.themes[t].n_passages, s.n_passages)),
                rate_per_1000_tokens: estimate(&|s| ratio(1000.0 * s.themes[t].n_hits, s.n_tokens)),
                rank: rank(t, &observed, &ranks, settings.bootstrap.level),
                document_stances: counts.document_stances[t],
                passage_stances: counts.passage_stances[t],
                stance_balance: estimate(&|s| ratio(s.themes[t].n_for - s.themes[t].n_against, s.themes[t].n_claims)),
                patterns: counts.patterns(t as u16),
                best: best(table, t as u16, settings.best_passages),
            }
        })
        .collect()
}

/// Sums over the documents of one resample. Whole numbers are exact in `f64` up to 2^53.
struct Sums {
    n_documents: f64,
    weight: f64,
    n_passages: f64,
    n_tokens: f64,
    themes: Vec<ThemeSums>,
}

/// Sums of one theme.
#[derive(Clone, Default)]
struct ThemeSums {
    n_documents: f64,
    weight: f64,
    n_passages: f64,
    n_hits: f64,
    n_for: f64,
    n_against: f64,
    n_claims: f64,
}

impl Sums {
    fn of(table: &Table, weights: &[f64], times: &[u32]) -> Self {
        let themes = vec![ThemeSums::default(); table.n_themes];
        let mut sums = Sums { n_documents: 0.0, weight: 0.0, n_passages: 0.0, n_tokens: 0.0, themes };
        for (row, (&weight, &times)) in table.rows.iter().zip(weights.iter().zip(times)) {
            if times == 0 {
                continue;
            }
            let times = f64::from(times);
            sums.n_documents += times;
            sums.weight += times * weight;
            sums.n_passages += times * f64::from(row.scores.n_scored_passages);
            sums.n_tokens += times * f64::from(row.scores.n_scored_tokens);
            for (theme, found) in sums.themes.iter_mut().zip(&row.scores.themes) {
                theme.n_hits += times * f64::from(found.score.n_hits);
                if found.score.has_theme {
                    theme.n_documents += times;
                    theme.weight += times * weight;
                    theme.n_passages += times * f64::from(found.n_passages);
                    theme.claim(found.score.stance, times);
                }
            }
        }
        sums
    }

    /// The rank of each theme by documents, those level with each other sharing the better one.
    fn ranks(&self) -> Vec<u32> {
        let better = |n: f64| self.themes.iter().filter(|other| other.n_documents > n).count() as u32;
        self.themes.iter().map(|theme| 1 + better(theme.n_documents)).collect()
    }
}

impl ThemeSums {
    fn claim(&mut self, stance: Stance, times: f64) {
        match stance {
            Stance::Facilitator => self.n_for += times,
            Stance::Barrier => self.n_against += times,
            Stance::Both => {}
            Stance::Mention => return,
        }
        self.n_claims += times;
    }
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

fn rank(theme: usize, observed: &Sums, resampled: &[Vec<u32>], level: f64) -> Option<RankFinding> {
    let rank = *observed.ranks().get(theme)?;
    let mut ranks: Vec<u32> = resampled.iter().map(|ranks| ranks[theme]).collect();
    if observed.n_documents == 0.0 || ranks.is_empty() {
        return None;
    }
    ranks.sort_unstable();
    let share_held = ranks.iter().filter(|&&r| r == rank).count() as f64 / ranks.len() as f64;
    let tail = (1.0 - level) / 2.0 * ranks.len() as f64;
    let (first, last) = (tail.floor() as usize, (ranks.len() as f64 - tail).ceil() as usize - 1);
    Some(RankFinding {
        rank,
        share_held,
        low: ranks[first.min(ranks.len() - 1)],
        high: ranks[last.min(ranks.len() - 1)],
    })
}

/// What the documents weigh: their tokens, or the number in a metadata column; 0 where there is none.
fn weights(table: &Table, weight_by: &str) -> Vec<f64> {
    let weight = |row: &super::table::Row| match weight_by {
        "n_tokens" => Some(f64::from(row.indexed.n_tokens)),
        column => row.indexed.metadata.extra.get(column).and_then(|value| value.trim().parse().ok()),
    };
    table.rows.iter().map(|row| weight(row).filter(|w| w.is_finite() && *w > 0.0).unwrap_or(0.0)).collect()
}

/// Counts that need no interval.
struct Counts {
    document_stances: Vec<StanceCounts>,
    passage_stances: Vec<StanceCounts>,
    /// By theme and pattern.
    patterns: BTreeMap<(u16, u32), PatternFinding>,
}

impl Counts {
    fn of(table: &Table) -> Self {
        let none = vec![StanceCounts::default(); table.n_themes];
        let mut counts = Counts { document_stances: none.clone(), passage_stances: none, patterns: BTreeMap::new() };
        for row in &table.rows {
            for (stances, found) in counts.document_stances.iter_mut().zip(&row.scores.themes) {
                if found.score.has_theme {
                    stances.add(found.score.stance);
                }
            }
            for passage in row.scores.passages.iter().filter(|passage| passage.score.has_theme) {
                if let Some(stances) = counts.passage_stances.get_mut(usize::from(passage.score.theme)) {
                    stances.add(passage.score.stance);
                }
            }
            counts.add_patterns(row);
        }
        counts
    }

    fn add_patterns(&mut self, row: &super::table::Row) {
        let mut here: BTreeMap<(u16, u32), (u32, u32)> = BTreeMap::new();
        for hit in &row.scores.hits {
            let (n_hits, n_negated) = here.entry((hit.theme, hit.pattern)).or_default();
            *(if hit.negated { n_negated } else { n_hits }) += 1;
        }
        for ((theme, pattern), (n_hits, n_negated)) in here {
            let empty = PatternFinding { pattern, n_hits: 0, n_negated: 0, n_documents: 0 };
            let finding = self.patterns.entry((theme, pattern)).or_insert(empty);
            finding.n_hits += n_hits;
            finding.n_negated += n_negated;
            finding.n_documents += u32::from(n_hits > 0);
        }
    }

    fn patterns(&self, theme: u16) -> Vec<PatternFinding> {
        let mut patterns: Vec<_> =
            self.patterns.range((theme, 0)..=(theme, u32::MAX)).map(|(_, finding)| *finding).collect();
        patterns.sort_by_key(|p| (std::cmp::Reverse((p.n_documents, p.n_hits)), p.pattern));
        patterns
    }
}
