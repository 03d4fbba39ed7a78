//! Numbers as they are read, and the small figures that go with them.

use super::super::super::findings::Findings;
use super::super::super::tables::stance_word;
use crate::lexicon::Stance;
use crate::synthesis::{Estimate, StanceCounts};
use maud::{Markup, html};

/// A share as a whole per cent; a dash where it is not defined.
pub fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

/// A number with so many decimals and a true minus sign; a dash where it is not defined.
pub fn decimal(number: Option<f64>, n_decimals: usize) -> String {
    number.map_or_else(|| "–".to_owned(), |number| format!("{number:.n_decimals$}").replace('-', "−"))
}

/// A figure with its interval in brackets.
pub fn with_interval(estimate: Option<Estimate>, show: fn(Option<f64>) -> String) -> String {
    let value = show(estimate.map(|estimate| estimate.value));
    match estimate.and_then(|estimate| estimate.interval) {
        Some(interval) => {
            let low = show(Some(interval.low));
            // The sign of the unit stands once.
            let low = low.strip_suffix(" %").unwrap_or(&low);
            format!("{value} ({low} to {})", show(Some(interval.high)))
        }
        None => value,
    }
}

/// A figure of a group as the page tells it: resampling fewer than five documents says nothing of its precision, so such a
/// group goes without an interval.
pub fn told(estimate: Estimate, n_documents: u32) -> Estimate {
    Estimate { interval: estimate.interval.filter(|_| n_documents >= 5), ..estimate }
}

/// A number with two decimals.
pub fn two(number: Option<f64>) -> String {
    decimal(number, 2)
}

/// A bar for a share, with a whisker for its interval. The figure stands beside it in words.
pub fn bar(estimate: Option<Estimate>) -> Markup {
    let Some(estimate) = estimate else { return html! {} };
    let x = |share: f64| format!("{:.1}", 2.0 + share.clamp(0.0, 1.0) * 140.0);
    html! {
        svg.bar width="144" height="14" viewBox="0 0 144 14" aria-hidden="true" {
            rect.track x="2" y="3" width="140" height="8" rx="2" {}
            rect.fill x="2" y="3" width=(format!("{:.1}", estimate.value.clamp(0.0, 1.0) * 140.0)) height="8" rx="2" {}
            @if let Some(interval) = estimate.interval {
                line.whisker x1=(x(interval.low)) x2=(x(interval.high)) y1="7" y2="7" {}
                line.whisker x1=(x(interval.low)) x2=(x(interval.low)) y1="3.5" y2="10.5" {}
                line.whisker x1=(x(interval.high)) x2=(x(interval.high)) y1="3.5" y2="10.5" {}
            }
        }
    }
}

/// Stances as a bar about a middle line: what hinders to the left, what helps to the right, what does both astride. Side
/// and sign tell them apart where colour does not.
pub fn diverging(counts: StanceCounts) -> Markup {
    let StanceCounts { n_barrier, n_facilitator, n_both, n_mention } = counts;
    let total = n_barrier + n_facilitator + n_both + n_mention;
    if total == 0 {
        return html! { span.muted { "–" } };
    }
    let width = |n: u32| f64::from(n) / f64::from(total) * 72.0;
    let (barrier, both, facilitator) = (width(n_barrier), width(n_both) / 2.0, width(n_facilitator));
    let n = |number: f64| format!("{number:.1}");
    html! {
        svg.diverging width="148" height="14" viewBox="0 0 148 14" aria-hidden="true" {
            rect.track x="2" y="3" width="144" height="8" rx="2" {}
            rect.both x=(n(74.0 - both)) y="3" width=(n(both * 2.0)) height="8" {}
            rect.barrier x=(n(74.0 - both - barrier)) y="3" width=(n(barrier)) height="8" {}
            rect.facilitator x=(n(74.0 + both)) y="3" width=(n(facilitator)) height="8" {}
            line.whisker x1="74" x2="74" y1="0" y2="14" {}
        }
        span.counts-line {
            @for (stance, n) in [(Stance::Barrier, n_barrier), (Stance::Both, n_both), (Stance::Facilitator, n_facilitator), (Stance::Mention, n_mention)] {
                @if n > 0 { span title=(stance_word(stance)) { span aria-hidden="true" class=(stance_word(stance)) { (sign(stance)) } (n) span.hidden { " " (stance_word(stance)) } } " " }
            }
        }
    }
}

fn sign(stance: Stance) -> &'static str {
    match stance {
        Stance::Barrier => "▼",
        Stance::Facilitator => "▲",
        Stance::Both => "◆",
        Stance::Mention => "●",
    }
}

/// A badge that names a stance.
pub fn badge(stance: Stance) -> Markup {
    let word = stance_word(stance);
    html! { span class={ "badge " (word) } { span aria-hidden="true" { (sign(stance)) " " } (word) } }
}

/// A chart with its caption, and the table that holds its numbers.
pub fn figure(name: &str, caption: &str, chart: &Markup, table: &Markup) -> Markup {
    html! {
        figure.chart data-name=(name) {
            figcaption { (caption) }
            div.scroll tabindex="0" role="group" aria-label=(caption) { (chart) }
            details { summary { "Table of this figure" } (table) }
        }
    }
}

/// How the study is to be cited.
pub fn recommended(findings: &Findings<'_>) -> String {
    format!(
        "{} [evidence synthesis by computation]. Made with Throughline {}, lexicon {}.",
        findings.title,
        findings.program,
        findings.lexicon.fingerprint.0.get(..12).unwrap_or_default()
    )
}
