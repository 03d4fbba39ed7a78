//! A part for each theme: what it means, how strongly it runs, and its best sentences.

use super::super::findings::Findings;
use super::super::settings::ReportSettings;
use super::figures::{badge, decimal, percent, stance_bar, with_interval};
use super::quotes::{Marked, Quotes};
use crate::lexicon::Theme;
use crate::synthesis::ThemeFinding;
use maud::{Markup, html};
use std::io;

/// The parts, in the order of the lexicon.
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
            h2 { (theme.label) }
            p.definition { (theme.definition.trim()) }
            (guidance(theme))
            dl.figures {
                div { dt { "Prevalence" } dd { (with_interval(finding.prevalence, percent)) } }
                div { dt { "Weighted by length" } dd { (with_interval(finding.weighted_prevalence, percent)) } }
                div { dt { "Passages" } dd { (finding.n_passages) " (" (percent(finding.share_of_passages.map(|share| share.value))) ")" } }
                div { dt { "Hits per 1,000 tokens" } dd { (decimal(finding.rate_per_1000_tokens.map(|rate| rate.value), 2)) } }
                div { dt { "Stance (documents)" } dd { (stance_bar(finding.document_stances)) } }
            }
            h3 { "Best sentences" }
            (sentences)
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
    let mut shown = Vec::new();
    for best in finding.best.iter().take(settings.n_quotes) {
        let text = quotes.text(best.passage, Marked::Theme(finding.theme))?;
        let source = quotes.source(best.passage)?;
        let sum = quotes.sum(best.passage, finding.theme, best.score);
        shown.push(html! {
            figure.quote { blockquote { (text) } figcaption { (badge(best.stance)) " " (source) (sum) } }
        });
    }
    Ok(html! {
        @if shown.is_empty() { p.muted { "No passage has this theme." } }
        @for quote in shown { (quote) }
    })
}

fn patterns(findings: &Findings<'_>, finding: &ThemeFinding) -> Markup {
    html! {
        @if !finding.patterns.is_empty() {
            details {
                summary { (finding.patterns.len()) " patterns that met something" }
                div.scroll {
                    table {
                        thead { tr { th scope="col" { "Pattern" } th.n scope="col" { "Believed" } th.n scope="col" { "Documents" } th.n scope="col" { "Hits" } th.n scope="col" { "Denied" } } }
                        tbody {
                            @for met in &finding.patterns {
                                @let pattern = &findings.lexicon.patterns[met.pattern as usize];
                                tr { td { code { (pattern.text) } } td.n { (pattern.weight) } td.n { (met.n_documents) } td.n { (met.n_hits) } td.n { (met.n_negated) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
