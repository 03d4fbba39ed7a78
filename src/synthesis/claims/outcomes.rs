//! Outcomes, and what is said of the evidence for them.

use super::super::claim::{CellStatus, Outcome};
use super::super::evidence::{DocumentEvidence, OutcomeMention, Status};
use super::super::finding::PassageRef;
use super::super::settings::SynthesisSettings;
use super::super::themes::Table;
use std::borrow::Cow;

/// One outcome for each of the settings'.
pub(in crate::synthesis) fn outcomes(
    table: &Table,
    taken: &[Cow<DocumentEvidence>],
    settings: &SynthesisSettings,
) -> Vec<Outcome> {
    let outcome = |number: u16| {
        let mut status = CellStatus::default();
        let mut passages: Vec<(PassageRef, Status)> = Vec::new();
        let mut n_documents = 0;
        for row in &table.rows {
            let Some(taken) = taken.get(row.document as usize) else { continue };
            let Some(said) = said(&taken.outcomes, number) else { continue };
            n_documents += 1;
            status.add(said);
            for mention in taken.outcomes.iter().filter(|mention| mention.outcome == number) {
                let passage = PassageRef { document: row.document, passage: mention.passage };
                match passages.last_mut() {
                    Some((last, status)) if *last == passage => *status = mention.status.min(*status),
                    _ => passages.push((passage, mention.status)),
                }
            }
        }
        (n_documents, status, passages)
    };
    let numbered = (0u16..).zip(&settings.outcomes);
    numbered
        .map(|(number, settings)| {
            let (n_documents, status, passages) = outcome(number);
            Outcome { id: settings.id.clone(), label: settings.label.clone(), n_documents, status, passages }
        })
        .collect()
}

/// What one document says of an outcome as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Positive,
    Negative,
    Mixed,
    Lacking,
    Anticipated,
    Unstated,
}

/// What a document's sentences come to: findings before lacking evidence, that before hopes; `None` where it does not
/// speak of the outcome.
pub(super) fn said(mentions: &[OutcomeMention], outcome: u16) -> Option<Said> {
    let own = || mentions.iter().filter(|mention| mention.outcome == outcome);
    let any = |status| own().any(|mention| mention.status == status);
    own().next()?;
    Some(match (any(Status::Positive), any(Status::Negative)) {
        (true, true) => Said::Mixed,
        (true, false) => Said::Positive,
        (false, true) => Said::Negative,
        (false, false) if any(Status::Lacking) => Said::Lacking,
        (false, false) if any(Status::Anticipated) => Said::Anticipated,
        (false, false) => Said::Unstated,
    })
}

impl CellStatus {
    /// Counts one document more.
    pub(super) fn add(&mut self, said: Said) {
        *match said {
            Said::Positive => &mut self.n_positive,
            Said::Negative => &mut self.n_negative,
            Said::Mixed => &mut self.n_mixed,
            Said::Lacking => &mut self.n_lacking,
            Said::Anticipated => &mut self.n_anticipated,
            Said::Unstated => &mut self.n_unstated,
        } += 1;
    }
}
