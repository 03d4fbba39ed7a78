//! A part for each theme: what it means, how strongly it runs, when, by which words, and its best sentences.

use super::super::super::findings::Findings;
use super::super::super::settings::ReportSettings;
use super::super::met::Met;
use super::super::parts::{
    Chart, Marked, Quotes, badge, bar, clipped, decimal, diverging, figure, of_theme, opens, percent, told, two,
    with_interval, wordings,
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
pub fn section(
    findings: &Findings<'_>,
    settings: &ReportSettings,
    met: &Met,
    quotes: &mut Quotes<'_>,
) -> io::Result<Markup> {
    let mut parts = Vec::new();
    for finding in &findings.synthesis.themes {
        let sentences = sentences(finding, settings, quotes)?;
        parts.push(part(findings, finding, &sentences, met));
    }
    Ok(html! { @for part in parts { (part) } })
}

fn part(findings: &Findings<'_>, finding: &ThemeFinding, sentences: &Markup, met: &Met) -> Markup {
    let theme = &findings.lexicon.themes[finding.theme as usize];
    let address = format!("#find?t={}", finding.theme);
    let unit = findings.agreement.and_then(|agreement| agreement.units.first());
    let f1 = unit.and_then(|unit| of_theme(unit, &theme.id.0)?.f1);
    html! {
        section.theme #{ "theme-" (theme.id.0) } {
            p.kicker { "Theme" }
            h2 { (theme.label) }
            p.definition { (theme.definition.trim()) }
            (guidance(theme))
            dl.figures {
                div { dt { "Prevalence" } dd { (with_interval(finding.prevalence, percent)) (bar(finding.prevalence)) } }
                div { dt { "Weighted by length" } dd { (with_interval(finding.weighted_prevalence, percent)) } }
                div { dt { "Documents" } dd { (opens(finding.n_documents, &address)) } }
                div { dt { "Passages" } dd { (opens(finding.n_passages, &address)) " (" (percent(finding.share_of_passages.map(|share| share.value))) ")" } }
                div { dt { "Hits per 1,000 tokens" } dd { (with_interval(finding.rate_per_1000_tokens, |rate| decimal(rate, 1))) } }
                div { dt { "Stance, documents" } dd { (diverging(finding.document_stances, Some(&address))) } }
                div { dt { "Stance balance (−1 barrier, 1 facilitator)" } dd { (with_interval(finding.stance_balance, two)) } }
                @if let Some(f1) = f1 { div { dt { "F1 against coders" } dd { a.to href="#agreement" { (with_interval(Some(f1), two)) } } } }
                @if let Some(rank) = finding.rank { div { dt { "Rank among the themes" } dd { (rank.rank) " (" (rank.low) " to " (rank.high) ")" } } }
            }
            h3 { "Best sentences" }
            (sentences)
            (trend_part(findings, finding, &theme.label))
            (beside(findings, finding.theme))
            (patterns(findings, finding, met))
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
        let sum = quotes.sum(best.passage, finding.theme, best.score)?;
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
fn over_time<'a>(findings: &Findings<'a>) -> Option<(usize, &'a Breakdown)> {
    let of = |column: &str| {
        let mut breakdowns = findings.synthesis.breakdowns.iter().enumerate();
        breakdowns.find(|(_, breakdown)| breakdown.column == column && breakdown.groups.len() > 1)
    };
    of("period").or_else(|| of("year"))
}

fn trend_part(findings: &Findings<'_>, finding: &ThemeFinding, label: &str) -> Markup {
    let Some((column, breakdown)) = over_time(findings) else { return html! {} };
    let at = finding.theme as usize;
    let change = findings.synthesis.trends.get(at).and_then(|trend| trend.change_per_decade);
    let points = |share: Option<f64>| decimal(share.map(|share| share * 100.0), 0);
    let table = html! {
        table {
            thead { tr { th scope="col" { (breakdown.column) } th.n scope="col" { "Documents" } th.n scope="col" { "With the theme" } th.n scope="col" { "Prevalence" } } }
            tbody {
                @for (place, group) in breakdown.groups.iter().enumerate() {
                    @let found = group.themes[at];
                    tr { th scope="row" { (group.value) } td.n { (group.n_documents) } td.n { (opens(found.n_documents, &format!("#find?t={at}&g={column}.{place}"))) } td.n { (with_interval(Some(told(found.prevalence, group.n_documents)), percent)) } }
                }
            }
        }
    };
    html! {
        h3 { "Trend" }
        @if change.is_some() { p { "Change over ten years: " (with_interval(change, points)) " percentage points (least squares over documents)." } }
        (figure(Chart { kind: "trend", name: &format!("trend-{}", at + 1), theme: Some(at), column: Some(column), ..Chart::default() }, &format!("{label}: prevalence by {}. Open points: fewer than five documents", breakdown.column), &table))
    }
}

/// The themes that it shares documents with, most first.
fn beside(findings: &Findings<'_>, theme: u16) -> Markup {
    let pairs = findings.synthesis.co_occurrences.iter().filter(|pair| pair.n_documents > 0);
    let mut pairs: Vec<_> = pairs
        .filter_map(|pair| match theme {
            _ if pair.theme_a == theme => Some((pair.theme_b, pair)),
            _ if pair.theme_b == theme => Some((pair.theme_a, pair)),
            _ => None,
        })
        .collect();
    pairs.sort_by_key(|(other, pair)| (std::cmp::Reverse(pair.n_documents), *other));
    html! {
        @if !pairs.is_empty() {
            h3 { "In the same documents" }
            div.scroll { table {
                thead { tr { th scope="col" { "Theme" } th.n scope="col" { "Documents with both" } th.n scope="col" { "Passages with both" } th.n scope="col" { "Lift (1 is chance)" } } }
                tbody {
                    @for (other, pair) in pairs {
                        @let known = &findings.lexicon.themes[other as usize];
                        @let address = format!("#find?t={theme}&u={other}");
                        tr { th scope="row" { a href={ "#theme-" (known.id.0) } { (known.label) } } td.n { (opens(pair.n_documents, &address)) } td.n { (opens(pair.n_passages, &address)) } td.n { (with_interval(pair.lift, two)) } }
                    }
                }
            } }
        }
    }
}

fn patterns(findings: &Findings<'_>, finding: &ThemeFinding, words: &Met) -> Markup {
    let row = |met: &crate::synthesis::PatternFinding| {
        let pattern = &findings.lexicon.patterns[met.pattern as usize];
        html! { tr { td { (wordings(words, met.pattern, 4)) } td.small { code title=(pattern.text) { (clipped(&pattern.text)) } } td.n { (pattern.weight) } td.n { (opens(met.n_documents, &format!("#find?p={}", met.pattern))) } td.n { (opens(met.n_hits, &format!("#find?p={}", met.pattern))) } td.n { (met.n_negated) } } }
    };
    let head = html! { thead { tr { th scope="col" { "Words met" } th scope="col" { "By the pattern" } th.n scope="col" { "Believed" } th.n scope="col" { "Documents" } th.n scope="col" { "Hits" } th.n scope="col" { "Denied" } } } };
    let (first, rest) = finding.patterns.split_at(finding.patterns.len().min(N_PATTERNS));
    html! {
        @if !first.is_empty() {
            h3 { "Words that speak for it" }
            p { (finding.patterns.len()) " of its patterns met something. Believed is the share of a pattern’s hits that is held to be right. Long patterns are clipped here; " code { "tables/patterns.csv" } " has them whole." }
            div.scroll { table { (head) tbody { @for met in first { (row(met)) } } } }
            @if !rest.is_empty() { details { summary { "The other " (rest.len()) } div.scroll { table { (head) tbody { @for met in rest { (row(met)) } } } } } }
        }
    }
}
