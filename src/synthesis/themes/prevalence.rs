//! How strongly each theme runs through the documents.

use super::super::finding::{Estimate, Interval, PatternFinding, RankFinding, StanceCounts, ThemeFinding};
use super::super::settings::SynthesisSettings;
use super::best::best;
use super::resampled::{Each, Resampled, Sums, Whole};
use super::table::Table;
use std::collections::BTreeMap;

/// One finding for each theme.
pub(in crate::synthesis) fn findings(
    table: &Table,
    resampled: &Resampled,
    settings: &SynthesisSettings,
) -> Vec<ThemeFinding> {
    let Resampled { bootstrap, observed, sums, .. } = resampled;
    let ranks: Vec<Vec<u32>> = sums.iter().map(|sums| ranks(sums, table.n_themes)).collect();
    let observed_ranks = self::ranks(observed, table.n_themes);
    let counts = Counts::of(table);
    (0..table.n_themes)
        .map(|t| {
            let estimate = |figure: &dyn Fn(&Sums) -> Option<f64>| {
                // Resamples that are all alike, of a theme that none or all have, do not say how sure that is.
                let interval = || bootstrap.interval(sums.iter().map(figure)).filter(|ends| ends.low < ends.high);
                figure(observed).map(|value| Estimate { value, interval: interval() })
            };
            let share = |part: Each, whole: Whole| estimate(&|s| ratio(s.each(t, part), s.whole(whole)));
            let n = |figure: Each| observed.each(t, figure) as u32;
            let plain = |share: Estimate| {
                let (has, all) = (observed.each(t, Each::Documents), observed.whole(Whole::Documents));
                let by_score = || Interval::wilson(has, all, settings.bootstrap.level);
                Estimate { interval: share.interval.or_else(by_score), ..share }
            };
            let for_less_against = |s: &Sums| s.each(t, Each::For) - s.each(t, Each::Against);
            ThemeFinding {
                theme: t as u16,
                n_documents: n(Each::Documents),
                n_passages: n(Each::Passages),
                n_hits: n(Each::Hits),
                prevalence: share(Each::Documents, Whole::Documents).map(plain),
                weighted_prevalence: share(Each::Weight, Whole::Weight),
                share_of_passages: share(Each::Passages, Whole::Passages),
                rate_per_1000_tokens: estimate(&|s| ratio(1000.0 * s.each(t, Each::Hits), s.whole(Whole::Tokens))),
                rank: rank(t, (observed, &observed_ranks), &ranks, settings.bootstrap.level),
                document_stances: counts.document_stances[t],
                passage_stances: counts.passage_stances[t],
                stance_balance: estimate(&|s| ratio(for_less_against(s), s.each(t, Each::Claims))),
                patterns: counts.patterns(t as u16),
                best: best(table, t as u16, settings.best_passages),
            }
        })
        .collect()
}

/// The rank of each theme by documents, those level with each other sharing the better one.
fn ranks(sums: &Sums, n_themes: usize) -> Vec<u32> {
    let mut ascending: Vec<f64> = (0..n_themes).map(|theme| sums.each(theme, Each::Documents)).collect();
    ascending.sort_unstable_by(f64::total_cmp);
    let better = |n: f64| n_themes - ascending.partition_point(|other| *other <= n);
    (0..n_themes).map(|theme| 1 + better(sums.each(theme, Each::Documents)) as u32).collect()
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

fn rank(theme: usize, (observed, ranks): (&Sums, &[u32]), resampled: &[Vec<u32>], level: f64) -> Option<RankFinding> {
    let rank = *ranks.get(theme)?;
    let mut ranks: Vec<u32> = resampled.iter().map(|ranks| ranks[theme]).collect();
    if observed.whole(Whole::Documents) == 0.0 || ranks.is_empty() {
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
