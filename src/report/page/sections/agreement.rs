//! How far coders agree with each other, and the scores with them.

use super::super::super::findings::Findings;
use super::super::super::tables::{judge_word, scope_word, stance_word, unit_word};
use super::super::parts::{Chart, Marked, Quotes, between_coders, figure, of_theme, percent, two, with_interval};
use crate::evaluate::{Agreement, Call, Disagreement, StanceTable, UnitAgreement, Validity, ValidityScope};
use crate::synthesis::PassageRef;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::io;

/// Disagreements shown with their text.
const N_DISAGREEMENTS: usize = 150;

/// Reliability, validity, stances and every disagreement; nothing where nobody coded.
///
/// # Errors
/// A document cannot be read back from the index.
pub fn section(findings: &Findings<'_>, quotes: &mut Quotes<'_>) -> io::Result<Option<Markup>> {
    let Some(agreement) = findings.agreement else { return Ok(None) };
    let coders: Vec<&str> = agreement.coders.iter().map(|coder| coder.0.as_str()).collect();
    let disagreements = disagreements(findings, agreement, quotes)?;
    Ok(Some(html! {
        section #agreement {
            h2 { "Agreement with coders" }
            @if !findings.about_the_coders.is_empty() {
                div.notice role="note" { p { strong { "About the coders. " } (findings.about_the_coders) } }
            }
            p { "Coders: " (coders.join(", ")) ". Reliability is how far they agree with each other; validity how far the scores agree with them. Brackets hold bootstrap intervals over documents." }
            @if let Some(unit) = agreement.units.first() {
                (figure(Chart { kind: "agreement", name: "agreement", ..Chart::default() }, &format!("F1 by theme and {}: ours against the coders (filled, with interval), and the coders with each other (open)", unit_word(unit.unit)), &by_theme(findings, unit)))
            }
            @for unit in &agreement.units { (unit_part(findings, unit)) }
            @if !agreement.stances.is_empty() {
                h3 { "Stance" }
                div.side-by-side { @for table in &agreement.stances { (stances(table)) } }
            }
            (beyond(agreement))
            (disagreements)
        }
    }))
}

fn by_theme(findings: &Findings<'_>, unit: &UnitAgreement) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { "Theme" } th.n scope="col" { "Precision" } th.n scope="col" { "Recall" } th.n scope="col" { "F1" } th.n scope="col" { "Coders with each other, F1" } } }
            tbody {
                @for (at, theme) in findings.lexicon.themes.iter().enumerate() {
                    @let ours = of_theme(unit, &theme.id.0);
                    tr {
                        th scope="row" { a.to href={ "#disagreements-" (at) } { (theme.label) } }
                        td.n { (with_interval(ours.and_then(|ours| ours.precision), two)) } td.n { (with_interval(ours.and_then(|ours| ours.recall), two)) } td.n { (with_interval(ours.and_then(|ours| ours.f1), two)) }
                        td.n { (with_interval(between_coders(unit, &theme.id.0).and_then(|theirs| theirs.f1), two)) }
                    }
                }
            }
        }
    }
}

fn unit_part(findings: &Findings<'_>, unit: &UnitAgreement) -> Markup {
    html! {
        h3 { "By " (unit_word(unit.unit)) }
        div.scroll {
            table {
                caption { "Reliability: how far the coders agree with each other (" (unit.n_documents) " documents)." }
                thead { tr { th scope="col" { "Theme" } th scope="col" { "Coders" } th.n scope="col" { "Agreement" } th.n scope="col" { "Cohen’s kappa" } th.n scope="col" { "Krippendorff’s alpha" } th.n scope="col" { "Gwet’s AC1" } } }
                tbody {
                    @for row in &unit.reliability {
                        @let coders: Vec<&str> = row.coders.iter().map(|coder| coder.0.as_str()).collect();
                        tr {
                            th scope="row" { (row.theme.as_ref().map_or("all themes", |theme| theme_label(findings, &theme.0))) }
                            td { (coders.join(", ")) }
                            td.n { (with_interval(row.percent_agreement, percent)) } td.n { (with_interval(row.cohen_kappa, two)) }
                            td.n { (with_interval(row.unitizing_alpha.or(row.krippendorff_alpha), two)) } td.n { (with_interval(row.gwet_ac1, two)) }
                        }
                    }
                }
            }
        }
        (validity_table(findings, unit, "Validity over all themes: ours against each coder and their consensus, and one coder against another as the mark to be measured by.", |scope| matches!(scope, ValidityScope::All(_))))
        details {
            summary { "Validity by theme and coder" }
            (validity_table(findings, unit, "", |scope| matches!(scope, ValidityScope::Theme(_))))
        }
    }
}

fn validity_table(
    findings: &Findings<'_>,
    unit: &UnitAgreement,
    caption: &str,
    shown: fn(&ValidityScope) -> bool,
) -> Markup {
    html! {
        div.scroll {
            table {
                @if !caption.is_empty() { caption { (caption) } }
                thead { tr { th scope="col" { "Compared" } th scope="col" { "Themes" } th.n scope="col" { "Precision" } th.n scope="col" { "Recall" } th.n scope="col" { "F1" } th.n scope="col" { "Cohen’s kappa" } } }
                tbody {
                    @for validity in unit.validity.iter().filter(|validity| shown(&validity.scope)) { (validity_row(findings, "ours", validity)) }
                    @for (coder, validity) in unit.between_coders.iter().filter(|(_, validity)| shown(&validity.scope)) { (validity_row(findings, &coder.0, validity)) }
                }
            }
        }
    }
}

fn validity_row(findings: &Findings<'_>, who: &str, validity: &Validity) -> Markup {
    html! {
        tr {
            th scope="row" { (who) " against " (judge_word(&validity.judge)) } td { (theme_label(findings, scope_word(&validity.scope))) }
            td.n { (with_interval(validity.precision, two)) } td.n { (with_interval(validity.recall, two)) }
            td.n { (with_interval(validity.f1, two)) } td.n { (with_interval(validity.cohen_kappa, two)) }
        }
    }
}

/// What people call a theme; the id itself where the lexicon has none of that id.
fn theme_label<'a>(findings: &Findings<'a>, id: &'a str) -> &'a str {
    findings.lexicon.themes.iter().find(|theme| theme.id.0 == id).map_or(id, |theme| &theme.label)
}

fn stances(table: &StanceTable) -> Markup {
    const WORDS: [&str; 4] = ["barrier", "facilitator", "both", "mention"];
    let ours = table.rows.as_ref().map_or("ours", |coder| coder.0.as_str());
    html! {
        div.scroll {
            table {
                caption {
                    "Stance where both found the theme: " (ours) " (rows) against " (table.columns.0) " (columns), "
                    (table.n) " cases, agreement " (with_interval(table.percent_agreement, percent))
                    ", kappa " (with_interval(table.cohen_kappa, two)) "."
                }
                thead { tr { th {} @for word in WORDS { th.n scope="col" { (word) } } } }
                tbody { @for (word, counts) in WORDS.iter().zip(table.counts) { tr { th scope="row" { (word) } @for count in counts { td.n { (count) } } } } }
            }
        }
    }
}

fn beyond(agreement: &Agreement) -> Markup {
    html! {
        @if !agreement.themes_without_lexicon.is_empty() {
            p {
                "Themes that coders marked and the lexicon does not have: "
                @for (at, (theme, n)) in agreement.themes_without_lexicon.iter().enumerate() {
                    @if at > 0 { ", " } (theme.0) " (" (n) " codings)"
                }
                "."
            }
        }
    }
}

/// The disagreements, theme by theme, so that a figure of a theme can lead to its own.
fn disagreements(findings: &Findings<'_>, agreement: &Agreement, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let themes = &findings.lexicon.themes;
    let place = |case: &Disagreement| themes.iter().position(|theme| theme.id == case.theme);
    let mut by_theme: BTreeMap<usize, Vec<Markup>> = BTreeMap::new();
    for case in agreement.disagreements.iter().take(N_DISAGREEMENTS) {
        by_theme.entry(place(case).unwrap_or(themes.len())).or_default().push(disagreement(findings, case, quotes)?);
    }
    let n_more = agreement.disagreements.len().saturating_sub(N_DISAGREEMENTS);
    Ok(html! {
        @if !by_theme.is_empty() {
            h3 { "Disagreements" }
            p { (agreement.disagreements.len()) " documents and themes on which not everybody says the same." }
            @for (theme, rows) in by_theme {
                details #{ "disagreements-" (theme) } {
                    summary { (themes.get(theme).map_or("themes that the lexicon does not have", |theme| &theme.label)) " (" (rows.len()) ")" }
                    div.scroll {
                        table.disagreements {
                            thead {
                                tr {
                                    th scope="col" { "Document and theme" } th scope="col" { "Ours" }
                                    @for coder in &agreement.coders { th scope="col" { (coder.0) } }
                                    th scope="col" { "Where it is found" }
                                }
                            }
                            tbody { @for row in rows { (row) } }
                        }
                    }
                }
            }
            @if n_more > 0 { p.muted { (n_more) " more are in " code { "tables/disagreements.csv" } "." } }
        }
    })
}

fn disagreement(findings: &Findings<'_>, case: &Disagreement, quotes: &mut Quotes<'_>) -> io::Result<Markup> {
    let said = |call: &Call| match (call.found, call.stance) {
        (Some(true), Some(stance)) => stance_word(stance),
        (Some(true), None) => "yes",
        (Some(false), _) => "no",
        (None, _) => "not judged",
    };
    let theme = (0u16..).zip(&findings.lexicon.themes).find(|(_, theme)| theme.id == case.theme);
    let mut where_found: Vec<PassageRef> =
        case.calls.iter().flat_map(|call| call.passages.iter().take(2)).copied().collect();
    where_found.sort_unstable();
    where_found.dedup();
    where_found.truncate(2);
    let mut texts = Vec::new();
    for at in where_found {
        texts.push((at, quotes.text(at, theme.map_or(Marked::None, |(at, _)| Marked::Theme(at)))?));
    }
    let place = findings.index.documents().binary_search_by(|known| known.id.cmp(&case.document)).ok();
    Ok(html! {
        tr {
            th scope="row" {
                @match place { Some(place) => a href={ "#document-" (place) } { (case.document.0) }, None => (case.document.0) }
                span.sub { (theme.map_or(case.theme.0.as_str(), |(_, theme)| &theme.label)) }
            }
            @for call in &case.calls { td { (said(call)) } }
            td.small { @for (at, text) in texts { p { (text) " " a.to href={ "#document-" (at.document) "-p" (at.passage) } { "in its place" } } } }
        }
    })
}
