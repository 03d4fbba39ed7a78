//! Numbers as they are read, and the small figures that go with them.

use super::super::evidence_tables::stance_word;
use crate::lexicon::Stance;
use crate::synthesis::{Estimate, StanceCounts};
use maud::{Markup, html};

/// A share as a whole per cent; a dash where it is not defined.
pub fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

/// A number with so many decimals; a dash where it is not defined.
pub fn decimal(number: Option<f64>, n_decimals: usize) -> String {
    number.map_or_else(|| "–".to_owned(), |number| format!("{number:.n_decimals$}"))
}

/// A figure with its interval in brackets.
pub fn with_interval(estimate: Option<Estimate>, show: fn(Option<f64>) -> String) -> String {
    let value = show(estimate.map(|estimate| estimate.value));
    match estimate.and_then(|estimate| estimate.interval) {
        Some(interval) => format!("{value} ({} to {})", show(Some(interval.low)), show(Some(interval.high))),
        None => value,
    }
}

/// A share with two decimals.
pub fn two(number: Option<f64>) -> String {
    decimal(number, 2)
}

/// A bar for a share, with a whisker for its interval. The figure stands beside it in words.
pub fn bar(estimate: Option<Estimate>) -> Markup {
    let Some(estimate) = estimate else { return html! {} };
    let x = |share: f64| format!("{:.1}", share.clamp(0.0, 1.0) * 120.0);
    html! {
        svg.bar width="124" height="14" viewBox="0 0 124 14" aria-hidden="true" {
            rect.track x="0" y="4" width="120" height="6" rx="3" {}
            rect.fill x="0" y="4" width=(x(estimate.value)) height="6" rx="3" {}
            @if let Some(interval) = estimate.interval {
                line.whisker x1=(x(interval.low)) x2=(x(interval.high)) y1="7" y2="7" {}
                line.whisker x1=(x(interval.low)) x2=(x(interval.low)) y1="3" y2="11" {}
                line.whisker x1=(x(interval.high)) x2=(x(interval.high)) y1="3" y2="11" {}
            }
        }
    }
}

/// Stances as a bar of four parts, told apart by pattern of fill and by the words below it.
pub fn stance_bar(counts: StanceCounts) -> Markup {
    let parts = [
        ("barrier", counts.n_barrier),
        ("both", counts.n_both),
        ("facilitator", counts.n_facilitator),
        ("mention", counts.n_mention),
    ];
    let total: u32 = parts.iter().map(|(_, n)| n).sum();
    if total == 0 {
        return html! { span.muted { "–" } };
    }
    let width = |n: u32| f64::from(n) / f64::from(total) * 120.0;
    let start = |at: usize| parts[..at].iter().map(|(_, n)| width(*n)).sum::<f64>();
    let words: Vec<String> = parts.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{n} {word}")).collect();
    html! {
        svg.stances width="124" height="12" viewBox="0 0 120 12" aria-hidden="true" {
            @for (at, (word, n)) in parts.iter().enumerate() {
                rect class=(word) x=(format!("{:.1}", start(at))) y="1" width=(format!("{:.1}", width(*n))) height="10" {}
            }
        }
        br;
        small.muted { (words.join(", ")) }
    }
}

/// A badge that names a stance.
pub fn badge(stance: Stance) -> Markup {
    let word = stance_word(stance);
    let sign = match stance {
        Stance::Barrier => "▼",
        Stance::Facilitator => "▲",
        Stance::Both => "◆",
        Stance::Mention => "●",
    };
    html! { span class={ "badge " (word) } { span aria-hidden="true" { (sign) " " } (word) } }
}
