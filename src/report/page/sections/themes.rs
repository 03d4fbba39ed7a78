//! A part for each theme: what it means, how strongly it runs, when, by which words, and its best sentences.

use super::super::super::findings::Findings;
use super::super::super::settings::ReportSettings;
use super::super::parts::{
    Marked, Quotes, badge, bar, decimal, diverging, figure, percent, told, trend, two, with_interval,
};
use crate::lexicon::Theme;
use crate::synthesis::{Breakdown, ThemeFinding};
use maud::{Markup, html};
use std::io;

/// Patterns shown before the rest is folded away.
const N_PATTERNS: usize = 12;

/// The parts, in the order of the lexicon.
///
/// # Errors
/// A document cannot be read back from the index.
pub fn section(findings: &Findings<'_>, settings: &ReportSettings, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let mut parts = Vec::new();
    for finding in &findings.synthesis.themes {
        let sentences = sentences(finding, settings, quotes)?;
        parts.push(part(findings, finding, &sentences));
    }
    Ok(html! { @for part in parts { (part) } })
}

fn part(findings: &Findings<'_>, finding: &ThemeFinding, sentences: &Markup) -> Markup {
    let theme = &findings.lexicon.themes[finding.theme as usize];
    html! {
        section.theme #{ "theme-" (theme.id.0) } {
            p.kicker { "Theme" }
            h2 { (theme.label) }
            p.definition { (theme.definition.trim()) }
            (guidance(theme))
            dl.figures {
                div { dt { "Prevalence" } dd { (with_interval(finding.prevalence, percent)) (bar(finding.prevalence)) } }
                div { dt { "Weighted by length" } dd { (with_interval(finding.weighted_prevalence, percent)) } }
                div { dt { "Documents" } dd { (finding.n_documents) } }
                div { dt { "Passages" } dd { (finding.n_passages) " (" (percent(finding.share_of_passages.map(|share| share.value))) ")" } }
                div { dt { "Hits per 1,000 tokens" } dd { (with_interval(finding.rate_per_1000_tokens, |rate| decimal(rate, 1))) } }
                div { dt { "Stance, documents" } dd { (diverging(finding.document_stances)) } }
                div { dt { "Stance balance (−1 barrier, 1 facilitator)" } dd { (with_interval(finding.stance_balance, two)) } }
            }
            h3 { "Best sentences" }
            (sentences)
            (trend_part(findings, finding, &theme.label))
            (patterns(findings, finding))
        }
    }
}

fn guidance(theme: &Theme) -> Markup {
    html! {
        @if !theme.include.is_empty() || !theme.exclude.is_empty() {
            details {
                summary { "Guidance for coders" }
                @for (heading, rules) in [("Belongs to it", &theme.include), ("Does not", &theme.exclude)] {
                    @if !rules.is_empty() { h4 { (heading) } ul { @for rule in rules { li { (rule) } } } }
                }
            }
        }
    }
}

fn sentences(finding: &ThemeFinding, settings: &ReportSettings, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    const N_OPEN: usize = 5;
    let mut shown = Vec::new();
    for best in finding.best.iter().take(settings.n_quotes) {
        let text = quotes.text(best.passage, Marked::Theme(finding.theme))?;
        let source = quotes.source(best.passage)?;
        let sum = quotes.sum(best.passage, finding.theme, best.score);
        shown.push(html! {
            figure.quote { blockquote { p { (text) } } figcaption { (source) (badge(best.stance)) (sum) } }
        });
    }
    let (first, rest) = shown.split_at(shown.len().min(N_OPEN));
    Ok(html! {
        @if first.is_empty() { p.muted { "No passage has this theme." } }
        @for quote in first { (quote) }
        @if !rest.is_empty() { details.more { summary { (rest.len()) " more sentences" } @for quote in rest { (quote) } } }
    })
}

/// The breakdown that a trend is drawn from: periods where there are any, else years, with at least two values.
fn over_time<'a>(findings: &Findings<'a>) -> Option<&'a Breakdown> {
    let of = |column: &str| {
        let breakdowns = &findings.synthesis.breakdowns;
        breakdowns.iter().find(|breakdown| breakdown.column == column && breakdown.groups.len() > 1)
    };
    of("period").or_else(|| of("year"))
}

fn trend_part(findings: &Findings<'_>, finding: &ThemeFinding, label: &str) -> Markup {
    let Some(breakdown) = over_time(findings) else { return html! {} };
    let at = finding.theme as usize;
    let change = findings.synthesis.trends.get(at).and_then(|trend| trend.change_per_decade);
    let points = |share: Option<f64>| decimal(share.map(|share| share * 100.0), 0);
    let table = html! {
        table {
            thead { tr { th scope="col" { (breakdown.column) } th.n scope="col" { "Documents" } th.n scope="col" { "With the theme" } th.n scope="col" { "Prevalence" } } }
            tbody {
                @for group in &breakdown.groups {
                    @let found = group.themes[at];
                    tr { th scope="row" { (group.value) } td.n { (group.n_documents) } td.n { (found.n_documents) } td.n { (with_interval(Some(told(found.prevalence, group.n_documents)), percent)) } }
                }
            }
        }
    };
    html! {
        h3 { "Trend" }
        @if change.is_some() { p { "Change over ten years: " (with_interval(change, points)) " percentage points (least squares over documents)." } }
        (figure(&format!("trend-{at}"), &format!("{label}: prevalence by {}. Open points: fewer than five documents.", breakdown.column), &trend(breakdown, at, label), &table))
    }
}

fn patterns(findings: &Findings<'_>, finding: &ThemeFinding) -> Markup {
    let row = |met: &crate::synthesis::PatternFinding| {
        let pattern = &findings.lexicon.patterns[met.pattern as usize];
        html! { tr { td { code { (pattern.text) } } td.n { (pattern.weight) } td.n { (met.n_documents) } td.n { (met.n_hits) } td.n { (met.n_negated) } } }
    };
    let head = html! { thead { tr { th scope="col" { "Pattern" } th.n scope="col" { "Believed" } th.n scope="col" { "Documents" } th.n scope="col" { "Hits" } th.n scope="col" { "Denied" } } } };
    let (first, rest) = finding.patterns.split_at(finding.patterns.len().min(N_PATTERNS));
    html! {
        @if !first.is_empty() {
            details {
                summary { "Top patterns (" (finding.patterns.len()) " met something)" }
                div.scroll { table { (head) tbody { @for met in first { (row(met)) } } } }
                @if !rest.is_empty() { details { summary { "The other " (rest.len()) } div.scroll { table { (head) tbody { @for met in rest { (row(met)) } } } } } }
            }
        }
    }
}
