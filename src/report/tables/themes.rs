//! The tables of themes: how strongly, beside which others, when and where.

use super::super::findings::Findings;
use super::super::table::{Cell, Head, Rows};
use super::figures::{ends, value};
use crate::synthesis::{Estimate, RankFinding, ThemeFinding};

const THEMES: Head = Head {
    name: "themes",
    columns: &[
        "theme",
        "label",
        "rank",
        "rank_low",
        "rank_high",
        "rank_held",
        "n_documents",
        "prevalence",
        "prevalence_low",
        "prevalence_high",
        "weighted_prevalence",
        "weighted_low",
        "weighted_high",
        "n_passages",
        "share_of_passages",
        "n_hits",
        "rate_per_1000_tokens",
        "n_barrier",
        "n_facilitator",
        "n_both",
        "n_mention",
        "stance_balance",
        "change_per_decade",
    ],
};

const CO_OCCURRENCE: Head = Head {
    name: "co_occurrence",
    columns: &["theme_a", "theme_b", "n_documents", "n_passages", "lift", "lift_low", "lift_high"],
};
const BREAKDOWNS: Head = Head {
    name: "breakdowns",
    columns: &[
        "column",
        "value",
        "n_group",
        "theme",
        "n_documents",
        "n_passages",
        "prevalence",
        "prevalence_low",
        "prevalence_high",
    ],
};
const TRENDS: Head =
    Head { name: "trends", columns: &["theme", "n_documents", "change_per_decade", "change_low", "change_high"] };

/// A row for each theme.
pub fn themes(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(THEMES);
    for (finding, trend) in findings.synthesis.themes.iter().zip(&findings.synthesis.trends) {
        let cells = theme_cells(findings, finding, trend.change_per_decade);
        rows.row(&cells);
    }
    rows
}

fn theme_cells<'a>(findings: &Findings<'a>, finding: &ThemeFinding, change: Option<Estimate>) -> Vec<Cell<'a>> {
    let theme = &findings.lexicon.themes[finding.theme as usize];
    let rank =
        |of: fn(&RankFinding) -> u32| finding.rank.as_ref().map_or(Cell::Empty, |rank| Cell::Count(of(rank).into()));
    let stances = finding.document_stances;
    let [low, high] = ends(finding.prevalence);
    let [weighted_low, weighted_high] = ends(finding.weighted_prevalence);
    vec![
        Cell::Text(&theme.id.0),
        Cell::Text(&theme.label),
        rank(|rank| rank.rank),
        rank(|rank| rank.low),
        rank(|rank| rank.high),
        Cell::maybe(finding.rank.map(|rank| rank.share_held)),
        Cell::Count(finding.n_documents.into()),
        value(finding.prevalence),
        low,
        high,
        value(finding.weighted_prevalence),
        weighted_low,
        weighted_high,
        Cell::Count(finding.n_passages.into()),
        value(finding.share_of_passages),
        Cell::Count(finding.n_hits.into()),
        value(finding.rate_per_1000_tokens),
        Cell::Count(stances.n_barrier.into()),
        Cell::Count(stances.n_facilitator.into()),
        Cell::Count(stances.n_both.into()),
        Cell::Count(stances.n_mention.into()),
        value(finding.stance_balance),
        value(change),
    ]
}

/// A row for every pair of themes.
pub fn co_occurrence(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(CO_OCCURRENCE);
    for pair in &findings.synthesis.co_occurrences {
        let [low, high] = ends(pair.lift);
        rows.row(&[
            Cell::Text(id(findings, pair.theme_a)),
            Cell::Text(id(findings, pair.theme_b)),
            Cell::Count(pair.n_documents.into()),
            Cell::Count(pair.n_passages.into()),
            value(pair.lift),
            low,
            high,
        ]);
    }
    rows
}

/// A row for every column, value and theme.
pub fn breakdowns(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(BREAKDOWNS);
    for breakdown in &findings.synthesis.breakdowns {
        for group in &breakdown.groups {
            for (theme, found) in (0u16..).zip(&group.themes) {
                let [low, high] = ends(Some(found.prevalence));
                rows.row(&[
                    Cell::Text(&breakdown.column),
                    Cell::Text(&group.value),
                    Cell::Count(group.n_documents.into()),
                    Cell::Text(id(findings, theme)),
                    Cell::Count(found.n_documents.into()),
                    Cell::Count(found.n_passages.into()),
                    value(Some(found.prevalence)),
                    low,
                    high,
                ]);
            }
        }
    }
    rows
}

/// A row for each theme.
pub fn trends(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(TRENDS);
    for trend in &findings.synthesis.trends {
        let [low, high] = ends(trend.change_per_decade);
        let n = Cell::Count(trend.n_documents.into());
        rows.row(&[Cell::Text(id(findings, trend.theme)), n, value(trend.change_per_decade), low, high]);
    }
    rows
}

fn id<'a>(findings: &Findings<'a>, theme: u16) -> &'a str {
    &findings.lexicon.themes[theme as usize].id.0
}
