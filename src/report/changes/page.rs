//! What changed, as a page beside the report, in its dress and without script.

use super::super::page::{STYLE, policy};
use super::candidates;
use super::change::{Before, ChangePart, ChangedDocument, ChangedTheme, Changes, CountedShare};
use super::names::link;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Documents named before the rest is folded away.
const N_SHOWN: usize = 12;

/// The page.
pub fn page(changes: &Changes, title: &str) -> String {
    let body = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta http-equiv="Content-Security-Policy" content=(policy(STYLE, &[]));
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Since the last run – " (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header.banner.small {
                    p.kicker { a href="report.html" { "← " (title) } }
                    h1 { "Since the last run" }
                    (lead(changes))
                }
                div.columns.single {
                    main {
                        @if matches!(changes.before, Before::Run(_)) {
                            (documents(changes))
                            section #themes { h2 { "Themes" } @for theme in &changes.themes { (theme_part(theme, largest(changes))) } }
                            (candidates::section(changes))
                        }
                        footer { p { "The same as tables: " code { "changes/themes.csv" } ", " code { "changes/documents.csv" } ", " code { "changes/candidates.csv" } ". Any two runs: " code { "throughline diff A B" } "." } }
                    }
                }
            }
        }
    };
    body.into_string()
}

fn lead(changes: &Changes) -> Markup {
    let (before, after) = changes.n_documents;
    let moved: Vec<&str> =
        changes.themes.iter().filter(|theme| theme.left.is_some()).map(|theme| theme.label.as_str()).collect();
    html! {
        @match &changes.before {
            Before::Nothing => p.headline { "This is the first run: there is nothing to compare it with." },
            Before::Unread(why) => p.headline { "There is a run before this one, and it cannot be read back: " (why) },
            Before::Run(run) => {
                p.headline {
                    (after) (if after == 1 { " document" } else { " documents" }) ", before " (before) ". "
                    @if moved.is_empty() { "No theme has left the interval that it had." }
                    @else { "Outside the interval that it had: " strong { (moved.join(", ")) } "." }
                }
                p.counts {
                    "Compared with run " code { (run) }
                    @if !changes.causes.is_empty() { " · besides the documents, these are not as they were: " (changes.causes.join(", ")) }
                }
            }
        }
    }
}

fn documents(changes: &Changes) -> Markup {
    let lists = [("New", &changes.added), ("Gone", &changes.removed), ("Changed", &changes.changed)];
    let is_same = lists.iter().all(|(_, list)| list.is_empty()) && changes.renamed.is_empty();
    html! {
        section #documents {
            h2 { "Documents" }
            @if is_same { p.muted { "The documents are the same." } }
            @for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
                h3 { (name) ": " (list.len()) }
                (named(list))
            }
            @if !changes.renamed.is_empty() {
                h3 { "Renamed: " (changes.renamed.len()) }
                ul { @for (old, document) in &changes.renamed { li { (old) " is now " (link(document)) } } }
            }
        }
    }
}

fn named(list: &[ChangedDocument]) -> Markup {
    let (first, rest) = list.split_at(list.len().min(N_SHOWN));
    html! {
        ul { @for document in first { li { (link(document)) } } }
        @if !rest.is_empty() { details { summary { (rest.len()) " more" } ul { @for document in rest { li { (link(document)) } } } } }
    }
}

/// The greatest part of any change, in tenths of a per cent; at least ten per cent. Bars are drawn by it.
fn largest(changes: &Changes) -> u64 {
    let parts = changes.themes.iter().flat_map(|theme| &theme.parts);
    parts.map(|part| (part.after.tenths() - part.before.tenths()).unsigned_abs()).max().unwrap_or(0).max(100)
}

fn theme_part(theme: &ChangedTheme, largest: u64) -> Markup {
    let whole = share(theme.after) - share(theme.before);
    html! {
        article.change {
            h3 { @match theme.after { Some(_) => a href={ "report.html#theme-" (theme.id) } { (theme.label) }, None => (theme.label) } }
            p {
                @match (theme.before, theme.after) {
                    (Some(_), Some(_)) => { (percent(theme.before)) " → " strong { (percent(theme.after)) } " (" (points(whole)) " points)" },
                    (None, _) => { "A new theme, " strong { (percent(theme.after)) } },
                    (_, None) => { "No longer a theme; it was " (percent(theme.before)) },
                }
                @if let (Some(before), Some(after)) = (theme.rank_before, theme.rank_after) {
                    @if before == after { ", rank " (after) " as before" } @else { ", rank " (before) " → " (after) }
                }
                "."
                @if let Some((low, high)) = theme.left { " " strong.no { (format!("Outside the interval that it had, {:.1} to {:.1} %.", low * 100.0, high * 100.0)) } }
            }
            @if theme.parts.is_empty() { p.muted { "No document gained or lost it." } } @else {
                div.scroll { table {
                    thead { tr { th scope="col" { "Because of" } th.n scope="col" { "Points" } th scope="col" { "" } th.n scope="col" { "From" } th.n scope="col" { "To" } th scope="col" { "Documents behind it" } } }
                    tbody {
                        @for part in &theme.parts { (part_row(part, largest)) }
                        tr.total { th scope="row" { "Together" } td.n { strong { (points(whole)) } } td { (bar(whole, largest)) } td.n { (percent(theme.before)) } td.n { (percent(theme.after)) } td {} }
                    }
                } }
            }
        }
    }
}

fn part_row(part: &ChangePart, largest: u64) -> Markup {
    let change = part.after.tenths() - part.before.tenths();
    html! {
        tr {
            th scope="row" { (part.cause) }
            td.n { (points(change)) } td { (bar(change, largest)) }
            td.n { (part.before.n_with) " of " (part.before.n_of) } td.n { (part.after.n_with) " of " (part.after.n_of) }
            td.small { (behind("gained", "+", &part.gained)) (behind("lost", "−", &part.lost)) }
        }
    }
}

fn behind(word: &str, sign: &str, documents: &[ChangedDocument]) -> Markup {
    let line = |document: &ChangedDocument| {
        html! { li { (link(document)) @if !document.patterns.is_empty() { ": " @for pattern in document.patterns.iter().take(4) { code.clip title=(pattern) { (pattern) } } } } }
    };
    html! {
        @if !documents.is_empty() {
            details open[documents.len() <= 3] {
                summary { (sign) (documents.len()) " " (word) }
                ul { @for document in documents { (line(document)) } }
            }
        }
    }
}

fn share(share: Option<CountedShare>) -> i64 {
    share.unwrap_or_default().tenths()
}

fn percent(of: Option<CountedShare>) -> String {
    let tenths = share(of);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// Tenths of a per cent as points with a sign.
fn points(tenths: i64) -> String {
    let sign = match tenths {
        0 => "",
        ..0 => "−",
        _ => "+",
    };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// A bar about a middle line; its figure stands beside it.
fn bar(tenths: i64, largest: u64) -> Markup {
    let width = (tenths.unsigned_abs() as f64 / largest as f64 * 60.0).clamp(0.0, 60.0);
    let start = if tenths < 0 { 61.0 - width } else { 61.0 };
    html! {
        svg.bar width="122" height="14" viewBox="0 0 122 14" aria-hidden="true" {
            rect.track x="1" y="3" width="120" height="8" rx="2" {}
            rect.fill x=(format!("{start:.1}")) y="3" width=(format!("{width:.1}")) height="8" {}
            line.whisker x1="61" x2="61" y1="0" y2="14" {}
        }
    }
}
