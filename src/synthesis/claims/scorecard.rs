//! A published review's themes, as this run finds them.

use super::super::claim::{Recovery, Scorecard, UnnamedTheme};
use super::super::finding::ThemeFinding;
use super::super::settings::{ReferenceSettings, ReferenceTheme, SynthesisSettings};
use super::super::themes::Table;
use super::works::Library;
use crate::lexicon::Theme;

/// The comparison, where the settings name a review.
pub(in crate::synthesis) fn scorecard(
    table: &Table,
    lexicon: &[Theme],
    findings: &[ThemeFinding],
    library: &Library,
    settings: &SynthesisSettings,
) -> Option<Scorecard> {
    let reference = settings.reference.as_ref()?;
    let row = |theme: &ReferenceTheme| recovery(theme, reference, table, lexicon, findings, library);
    let themes: Vec<Recovery> = reference.themes.iter().map(row).collect();
    let unnamed = unnamed(&themes, findings);
    Some(Scorecard { citation: reference.citation.clone(), themes, unnamed })
}

fn recovery(
    theme: &ReferenceTheme,
    reference: &ReferenceSettings,
    table: &Table,
    lexicon: &[Theme],
    findings: &[ThemeFinding],
    library: &Library,
) -> Recovery {
    let place = lexicon.iter().position(|known| known.id.0 == theme.theme);
    let finding = place.and_then(|place| findings.get(place));
    let (recovered, rule) = rule(finding, reference);
    let (mut confirmed, mut missed, mut absent) = (Vec::new(), Vec::new(), Vec::new());
    for source in &theme.sources {
        let documents = library.find_label(source);
        let Some(&first) = documents.first() else {
            absent.push(source.clone());
            continue;
        };
        let has = |document: &u32| {
            let row = table.rows.iter().position(|row| row.document == *document);
            row.zip(place).is_some_and(|(row, place)| table.themes(row).contains(&(place as u16)))
        };
        match documents.iter().copied().find(has) {
            Some(document) => confirmed.push((source.clone(), document)),
            None => missed.push((source.clone(), first)),
        }
    }
    Recovery {
        label: theme.label.clone(),
        theme_id: theme.theme.clone(),
        theme: place.map(|place| place as u16),
        recovered,
        rule,
        prevalence: finding.and_then(|finding| finding.prevalence),
        rank: finding.and_then(|finding| finding.rank),
        confirmed,
        missed,
        absent,
    }
}

/// Whether a theme is recovered, and the rule in words with the figures that decided.
fn rule(finding: Option<&ThemeFinding>, reference: &ReferenceSettings) -> (bool, String) {
    let asked = format!(
        "at least {} documents, and a prevalence whose interval starts at {} or above",
        reference.min_documents,
        percent(reference.min_prevalence)
    );
    let Some(finding) = finding else { return (false, format!("{asked}; the lexicon has no such theme")) };
    let low = finding.prevalence.and_then(|prevalence| prevalence.interval).map(|interval| interval.low);
    let recovered = finding.n_documents >= reference.min_documents && low >= Some(reference.min_prevalence);
    let low = low.map_or("not defined".to_owned(), percent);
    (recovered, format!("{asked}; here {} documents, and the interval starts at {low}", finding.n_documents))
}

/// A share in per cent, with one decimal where it has one.
fn percent(share: f64) -> String {
    format!("{} %", (share * 1000.0).round() / 10.0)
}

/// The themes that the review does not name, in as many documents as the least of those that it does and that are
/// recovered, or more.
fn unnamed(named: &[Recovery], findings: &[ThemeFinding]) -> Vec<UnnamedTheme> {
    let of_review = |finding: &ThemeFinding| named.iter().any(|row| row.theme == Some(finding.theme));
    let recovered = findings.iter().filter(|f| named.iter().any(|row| row.recovered && row.theme == Some(f.theme)));
    let Some(least) = recovered.map(|finding| finding.n_documents).min() else { return Vec::new() };
    let mut others: Vec<&ThemeFinding> = findings.iter().filter(|f| !of_review(f) && f.n_documents >= least).collect();
    others.sort_by_key(|finding| (std::cmp::Reverse(finding.n_documents), finding.theme));
    others.iter().map(|f| UnnamedTheme { theme: f.theme, prevalence: f.prevalence }).collect()
}
