//! The health of the lexicon: what each pattern does, and what people made of its weight.

use super::super::super::findings::Findings;
use super::super::super::lines::CardLine;
use super::super::super::tables::{judge_word, scope_word, unit_word};
use super::super::parts::{decimal, opens, percent, two, with_interval};
use crate::evaluate::{Flag, Gain, Learning, PatternCard, ValidityScope};
use maud::{Markup, html};

/// Patterns of a theme that are shown: those with a flag first.
const N_PATTERNS: usize = 40;

/// A pattern with its lines.
type Shown<'a> = (&'a PatternCard, &'a [CardLine]);

/// What flags mean, what learning did, and the patterns theme by theme.
pub fn section(findings: &Findings<'_>) -> Markup {
    let all: Vec<Shown<'_>> = findings.card.patterns.iter().zip(findings.lines.iter().map(Vec::as_slice)).collect();
    html! {
        section #patterns {
            h2 { "Health of the lexicon" }
            p { "What each pattern does for its theme, in the included documents; denied hits do not count. "
                em { "Overlap" } " is the share of its passages that another theme has too. "
                em { "Lost" } " are the documents (passages) that would lose the theme without it, worked out from the patterns that each passage has; " em { "F1" } " is what that would change the agreement of documents with the coders by. "
                "Everything is in " code { "tables/patterns.csv" } "." }
            (legend(&all))
            (learning(findings))
            @for theme in all.chunk_by(|a, b| a.0.theme == b.0.theme) { (theme_part(findings, theme)) }
        }
    }
}

fn legend(all: &[Shown<'_>]) -> Markup {
    html! {
        ul {
            @for flag in Flag::ALL {
                @let n = all.iter().filter(|(card, _)| card.flags.contains(&flag)).count();
                li { strong { (flag.word()) } " (" (n) "): " (flag.meaning()) }
            }
        }
    }
}

/// How weights learn, and what that does to F1.
fn learning(findings: &Findings<'_>) -> Markup {
    let learned = findings.learned;
    if learned.documents.is_empty() {
        return html! { p { "Nobody has judged a pattern: every weight is the one in its theme file." } };
    }
    let n_moved = learned.beliefs.iter().filter(|belief| belief.learned.value != belief.written).count();
    html! {
        h3 { "Weights and what people say" }
        p {
            "The weight in a theme file is worth " (learned.prior_strength) " judgements; judgements move it to the mean of a Beta posterior, "
            "(strength × written + right) ÷ (strength + right + wrong). A document that coders judged counts once, a verdict on a hit once. "
            "People judged patterns in " (learned.documents.len()) " documents, and their judgements move " (n_moved) " of " (learned.beliefs.len()) " weights. "
            @if learned.is_used() { strong { "The scores of this report believe the weights so moved." } " No figure that holds them against the coders is measured on what it was learnt from: there each document is scored by what the others teach." }
            @else { strong { "The scores of this report believe the weights of the theme files." } " What people's judgements would make of them is shown and not used." }
        }
        @if let Some(learning) = findings.agreement.and_then(|agreement| agreement.learning.as_ref()) { (gains(findings, learning)) }
    }
}

fn gains(findings: &Findings<'_>, learning: &Learning) -> Markup {
    let all = |gain: &&Gain| matches!(gain.scope, ValidityScope::All(_));
    let caption = format!(
        "F1 before and after learning, cross-validated by document ({} parts, {} judged documents); bootstrap intervals over \
         documents.",
        learning.n_folds, learning.n_documents
    );
    html! {
        (gain_table(findings, &caption, learning.gains.iter().filter(all)))
        details {
            summary { "By theme" }
            (gain_table(findings, "", learning.gains.iter().filter(|gain| !all(gain))))
        }
    }
}

fn gain_table<'g>(findings: &Findings<'_>, caption: &str, gains: impl Iterator<Item = &'g Gain>) -> Markup {
    let label = |gain: &Gain| match &gain.scope {
        ValidityScope::Theme(id) => findings
            .lexicon
            .themes
            .iter()
            .find(|theme| theme.id == *id)
            .map_or(id.0.clone(), |theme| theme.label.clone()),
        all => scope_word(all).to_owned(),
    };
    html! {
        div.scroll {
            table {
                @if !caption.is_empty() { caption { (caption) } }
                thead { tr { th scope="col" { "By" } th scope="col" { "Against" } th scope="col" { "Themes" } th.n scope="col" { "Written weights" } th.n scope="col" { "Learnt weights" } th.n scope="col" { "Change" } } }
                tbody {
                    @for gain in gains {
                        tr {
                            td { (unit_word(gain.unit)) } td { (judge_word(&gain.judge)) } td { (label(gain)) }
                            td.n { (with_interval(gain.written, two)) } td.n { (with_interval(gain.learned, two)) } td.n { (with_interval(gain.change, two)) }
                        }
                    }
                }
            }
        }
    }
}

fn theme_part(findings: &Findings<'_>, cards: &[Shown<'_>]) -> Markup {
    let theme = &findings.lexicon.themes[usize::from(cards[0].0.theme)];
    let (idle, met): (Vec<Shown<'_>>, Vec<Shown<'_>>) =
        cards.iter().partition(|(card, _)| card.n_hits + card.n_negated == 0);
    let (dead, covered): (Vec<Shown<'_>>, Vec<Shown<'_>>) =
        idle.iter().partition(|(card, _)| card.covered_by.is_none());
    let (flagged, plain): (Vec<Shown<'_>>, Vec<Shown<'_>>) = met.iter().partition(|(card, _)| !card.flags.is_empty());
    let n_flagged = flagged.len();
    let shown = flagged.into_iter().chain(plain).take(N_PATTERNS);
    html! {
        details {
            summary { (theme.label) ": " (cards.len()) " patterns, " (dead.len()) " dead, " (n_flagged + covered.len()) " with another flag" }
            div.scroll {
                table {
                    caption { "Patterns of " (theme.label) ", those with a flag first." }
                    thead {
                        tr {
                            th scope="col" { "Pattern" } th.n scope="col" { "Hits" } th.n scope="col" { "Documents" } th.n scope="col" { "Share" }
                            th.n scope="col" { "Overlap" } th.n scope="col" { "Precision" } th.n scope="col" { "Weight" } th.n scope="col" { "Lost" } th.n scope="col" { "F1" }
                        }
                    }
                    tbody { @for shown in shown { (rows(findings, shown)) } }
                }
            }
            @if met.len() > N_PATTERNS { p.muted { (met.len() - N_PATTERNS) " more are in " code { "tables/patterns.csv" } "." } }
            (named("Dead: ", findings, &dead))
            (named("Covered: ", findings, &covered))
        }
    }
}

/// Patterns that have no figures, by name.
fn named(what: &str, findings: &Findings<'_>, cards: &[Shown<'_>]) -> Markup {
    html! {
        @if !cards.is_empty() {
            p {
                (what)
                @for (at, (card, _)) in cards.iter().take(N_PATTERNS).enumerate() {
                    @if at > 0 { ", " } code { (pattern(findings, card)) }
                    @if let Some(longer) = card.covered_by { " (by " code { (findings.lexicon.patterns[longer as usize].text) } ")" }
                }
                @if cards.len() > N_PATTERNS { " and " (cards.len() - N_PATTERNS) " more" } "."
            }
        }
    }
}

fn pattern<'a>(findings: &Findings<'a>, card: &PatternCard) -> &'a str {
    &findings.lexicon.patterns[card.pattern as usize].text
}

/// A row of figures, and one below it with what they come from.
fn rows(findings: &Findings<'_>, (card, lines): Shown<'_>) -> Markup {
    let precision = card.belief.and_then(|belief| belief.precision);
    html! {
        tr {
            th scope="row" {
                code { (pattern(findings, card)) }
                @for flag in &card.flags { " " span.badge title=(flag.meaning()) { (flag.word()) } }
            }
            td.n { (opens(card.n_hits, &format!("#find?p={}", card.pattern))) } td.n { (opens(card.n_documents, &format!("#find?p={}", card.pattern))) } td.n { (percent(card.share_of_evidence)) }
            td.n { (percent(card.overlap)) } td.n { (with_interval(precision, percent)) } td.n { (two(Some(card.weight))) }
            td.n { (card.n_documents_lost) " (" (card.n_passages_lost) ")" } td.n { (decimal(card.f1_change, 3)) }
        }
        tr {
            td colspan="9" {
                details {
                    summary { (because(findings, card)) }
                    ul { @for line in lines { (line_item(line)) } }
                }
            }
        }
    }
}

/// Where the weight comes from, and which themes overlap.
fn because(findings: &Findings<'_>, card: &PatternCard) -> String {
    let mut parts = Vec::new();
    if let Some(belief) = card.belief.filter(|belief| belief.judgements.n() > 0.0) {
        let plain = |number: f64| decimal(Some(number), 1).trim_end_matches(".0").to_owned();
        let judged = belief.judgements;
        parts.push(format!(
            "{} right of {} judgements move {} to {}",
            plain(judged.n_right),
            plain(judged.n()),
            two(Some(belief.written)),
            with_interval(Some(belief.learned), two)
        ));
    }
    if !card.overlaps.is_empty() {
        let named = |&(theme, n): &(u16, u32)| format!("{} ({n})", findings.lexicon.themes[usize::from(theme)].label);
        parts.push(format!("overlaps {}", card.overlaps.iter().map(named).collect::<Vec<_>>().join(", ")));
    }
    parts.push("lines".to_owned());
    parts.join("; ")
}

fn line_item(line: &CardLine) -> Markup {
    html! {
        li {
            (line.left) mark { (line.hit) } (line.right) " "
            @if let Some(at) = line.passage { a href={ "#document-" (at.document) "-p" (at.passage) } { (line.document) } }
        }
    }
}
