//! Which documents are included, and why the others are not.

use super::super::claim::{PrismaFlow, Reason, Selection, SelectionOutcome, Stage};
use super::super::evidence::Evidence;
use super::super::settings::{SelectionAction, SelectionRule, SynthesisSettings};
use crate::corpus::Sameness;
use crate::index::IndexedDocument;

/// Decides on every document: duplicates leave first, then the rules on fields are tried in their order, then those on text.
pub(in crate::synthesis) fn selection(
    documents: &[IndexedDocument],
    evidence: &Evidence,
    settings: &SynthesisSettings,
) -> Selection {
    let mut turned_away: Vec<u32> = vec![0; settings.selection.len()];
    let mut n_duplicates = evidence.n_known_records;
    let mut outcomes = Vec::with_capacity(documents.len());
    for (d, document) in documents.iter().enumerate() {
        let excluded = if let Some(version) = document.version_of {
            n_duplicates += 1;
            let kept = &documents[version.of];
            let text = format!("duplicate of {} ({})", kept.id, told_by(version.by, document, kept));
            Some(Reason { stage: Stage::Duplicate, text, kept: Some(version.of as u32) })
        } else {
            first_rule_against(document, d, evidence, &settings.selection).map(|(rule, stage)| {
                turned_away[rule] += 1;
                Reason { stage, text: settings.selection[rule].reason.clone(), kept: None }
            })
        };
        outcomes.push(SelectionOutcome { excluded });
    }
    let n_identified = documents.len() as u32 + evidence.n_known_records + evidence.n_unread;
    let flow = flow(n_identified, n_duplicates, evidence.n_unread, &turned_away, &settings.selection);
    Selection { documents: outcomes, flow }
}

fn flow(
    n_identified: u32,
    n_duplicates: u32,
    n_unread: u32,
    turned_away: &[u32],
    rules: &[SelectionRule],
) -> PrismaFlow {
    let at = |stage: Stage| -> Vec<(String, u32)> {
        let of_stage = rules.iter().zip(turned_away).filter(|(rule, _)| stage_of(rule) == stage);
        of_stage.map(|(rule, &n)| (rule.reason.clone(), n)).collect()
    };
    let sum = |reasons: &[(String, u32)]| reasons.iter().map(|(_, n)| n).sum::<u32>();
    let (screening, eligibility) = (at(Stage::Screening), at(Stage::Eligibility));
    let n_screened = n_identified - n_duplicates;
    let n_sought = n_screened - sum(&screening);
    let n_assessed = n_sought - n_unread;
    PrismaFlow {
        n_identified,
        n_duplicates,
        n_screened,
        n_sought,
        n_not_retrieved: n_unread,
        n_assessed,
        n_included: n_assessed - sum(&eligibility),
        excluded_screening: screening,
        excluded_eligibility: eligibility,
    }
}

fn told_by(by: Sameness, document: &IndexedDocument, kept: &IndexedDocument) -> &'static str {
    match by {
        Sameness::Doi => "same DOI",
        Sameness::Title => "same title",
        Sameness::Text if document.digest == kept.digest => "the same text",
        Sameness::Text => "nearly the same text",
    }
}

/// A rule that looks into the text is one of eligibility; one on fields alone is one of screening.
fn stage_of(rule: &SelectionRule) -> Stage {
    if rule.patterns.is_empty() && rule.min_tokens.is_none() { Stage::Screening } else { Stage::Eligibility }
}

fn first_rule_against(
    document: &IndexedDocument,
    place: usize,
    evidence: &Evidence,
    rules: &[SelectionRule],
) -> Option<(usize, Stage)> {
    [Stage::Screening, Stage::Eligibility].into_iter().find_map(|stage| {
        let mut of_stage = rules.iter().enumerate().filter(|(_, rule)| stage_of(rule) == stage);
        of_stage
            .find(|(number, rule)| turns_away(rule, *number, document, place, evidence))
            .map(|(rule, _)| (rule, stage))
    })
}

fn turns_away(
    rule: &SelectionRule,
    number: usize,
    document: &IndexedDocument,
    place: usize,
    evidence: &Evidence,
) -> bool {
    let met_by_text = match evidence.documents.get(place) {
        _ if rule.patterns.is_empty() => true,
        Some(taken) => taken.rules_met.iter().any(|&met| usize::from(met) == number),
        None => return false,
    };
    let met = met_by_text && meets_fields(rule, document);
    match rule.action {
        SelectionAction::Require => !met,
        SelectionAction::Exclude => met,
    }
}

fn meets_fields(rule: &SelectionRule, document: &IndexedDocument) -> bool {
    let metadata = &document.metadata;
    let year = |meets: &dyn Fn(i32) -> bool| metadata.year.is_some_and(meets);
    let one_of = |values: &[String], value: Option<&String>| {
        value.is_some_and(|value| values.iter().any(|wanted| wanted.trim().eq_ignore_ascii_case(value.trim())))
    };
    rule.year_from.is_none_or(|from| year(&|y| y >= from))
        && rule.year_to.is_none_or(|to| year(&|y| y <= to))
        && (rule.kinds.is_empty() || one_of(&rule.kinds, metadata.kind.as_ref()))
        && rule.columns.iter().all(|(column, values)| one_of(values, metadata.extra.get(column)))
        && rule.min_tokens.is_none_or(|least| document.n_tokens >= least)
}

#[cfg(test)]
mod tests;
