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
    let Some(number) = number else { return "–".to_owned() };
    let shown = format!("{number:.n_decimals$}");
    match shown.strip_prefix('-') {
        // What rounds to nothing has no sign.
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => shown,
    }
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

/// To four decimals, which is what the script is told: more than anybody reads.
pub fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

/// A number in hundredths, halves up. The script (`score`) does the same with the same four decimals, so that a score is one
/// number wherever it stands.
pub fn hundredths(number: f64) -> f64 {
    (rounded(number) * 100.0).round()
}

/// A number with two decimals.
pub fn two(number: Option<f64>) -> String {
    decimal(number.map(|number| hundredths(number) / 100.0), 2)
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
/// and sign tell them apart where colour does not. A count opens its documents where there is an address to do so.
pub fn diverging(counts: StanceCounts, address: Option<&str>) -> Markup {
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
                @if n > 0 {
                    @let shown = html! { span aria-hidden="true" class=(stance_word(stance)) { (sign(stance)) } (n) span.hidden { " " (stance_word(stance)) } };
                    @match address {
                        Some(address) => a.to title=(stance_word(stance)) href={ (address) "&s=" (stance_word(stance)) } { (shown) },
                        None => span title=(stance_word(stance)) { (shown) },
                    }
                    " "
                }
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

/// A chart that the script draws, and what it is drawn of.
#[derive(Clone, Copy, Default)]
pub struct Chart<'a> {
    /// Which of the script's drawings.
    pub kind: &'a str,
    /// What a saved one is called.
    pub name: &'a str,
    /// The theme it is of.
    pub theme: Option<usize>,
    /// The breakdown it is of.
    pub column: Option<usize>,
    /// The concept it is of.
    pub concept: Option<usize>,
    /// The evidence map it is of.
    pub map: Option<usize>,
}

/// A chart with its caption, and the table that holds its numbers: where there is no script, the table alone.
pub fn figure(chart: Chart<'_>, caption: &str, table: &Markup) -> Markup {
    html! {
        figure.chart data-chart=(chart.kind) data-name=(chart.name) data-theme=[chart.theme] data-column=[chart.column] data-concept=[chart.concept] data-map=[chart.map] {
            figcaption { (caption) }
            div.drawing {}
            div.chart-table { (table) }
        }
    }
}

/// A drawing of our own with its caption, and the table that holds its numbers.
pub fn drawing(name: &str, caption: &str, drawn: &Markup, table: &Markup) -> Markup {
    html! {
        figure.chart data-name=(name) {
            figcaption { (caption) }
            div.drawing tabindex="0" role="group" aria-label=(caption) { (drawn) }
            div.chart-table { (table) }
        }
    }
}

/// A count as it is read, with commas.
pub fn count(n: impl Into<u64>) -> String {
    let digits = n.into().to_string();
    let mut read = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            read.push(',');
        }
        read.push(digit);
    }
    read
}

/// A count that opens what it counts; a dot where there is nothing.
pub fn opens(n: impl Into<u64>, address: &str) -> Markup {
    let n = n.into();
    html! { @if n > 0 { a.to href=(address) { (count(n)) } } @else { span.muted { "·" } } }
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

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn thousands_are_set_apart() {
        let read = [0u32, 999, 1_000, 12_345, 1_234_567].map(count);
        assert_eq!(read, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }
}
