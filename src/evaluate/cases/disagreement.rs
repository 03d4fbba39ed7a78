//! Documents and themes on which not everybody says the same.

use super::super::agreement::{Call, Disagreement};
use super::super::coding::CoderId;
use super::verdict::{Coded, Mark, Resolved};
use crate::corpus::Span;
use crate::index::IndexedDocument;
use crate::lexicon::Theme;
use crate::score::Scores;
use crate::synthesis::PassageRef;

/// Every disagreement on presence. `passages` holds, for each coded document, the spans of its passages (none where no
/// text was opened).
pub(in crate::evaluate) fn disagreements(
    resolved: &Resolved,
    passages: &[Vec<Span>],
    documents: &[IndexedDocument],
    lexicon: &[Theme],
    scores: &Scores,
) -> Vec<Disagreement> {
    let mut disagreements = Vec::new();
    for (coded, passages) in resolved.documents.iter().zip(passages) {
        for (theme, &of_lexicon) in resolved.themes.iter().enumerate() {
            let ours = our_call(coded, of_lexicon, scores);
            let coders = resolved.coders.iter().enumerate();
            let calls: Vec<Call> = std::iter::once(ours)
                .chain(coders.map(|(c, coder)| call(coded, (c, theme), coder, passages)))
                .collect();
            let said = |found| calls.iter().any(|call| call.found == Some(found));
            if said(true) && said(false) {
                disagreements.push(Disagreement {
                    document: documents[coded.document].id.clone(),
                    theme: lexicon[of_lexicon].id.clone(),
                    calls,
                });
            }
        }
    }
    disagreements
}

fn our_call(coded: &Coded, theme: usize, scores: &Scores) -> Call {
    let found = scores.documents.get(coded.document);
    let score = found.and_then(|found| found.themes.get(theme)).map(|found| found.score);
    let has_theme = score.is_some_and(|score| score.has_theme);
    let passages = found.into_iter().flat_map(|found| &found.passages);
    let ours = passages.filter(|p| usize::from(p.score.theme) == theme && p.score.has_theme);
    Call {
        coder: None,
        found: Some(has_theme),
        stance: score.filter(|_| has_theme).map(|score| score.stance),
        passages: ours.map(|p| PassageRef { document: coded.document as u32, passage: p.passage }).collect(),
    }
}

fn call(coded: &Coded, (coder, theme): (usize, usize), name: &CoderId, passages: &[Span]) -> Call {
    let verdict = coded.verdicts.get(&(coder, theme));
    let marks = verdict.map(|verdict| verdict.marks.as_slice()).unwrap_or_default();
    let marked = |passage: &Span| {
        marks.iter().any(|mark| match mark {
            Mark::Here(span) | Mark::HereFirst(span) => span.start < passage.end && passage.start < span.end,
            Mark::Somewhere => false,
        })
    };
    let marked = (0u32..).zip(passages).filter(|(_, passage)| marked(passage));
    Call {
        coder: Some(name.clone()),
        found: coded.read_by[coder].then_some(verdict.is_some()),
        stance: verdict.and_then(|verdict| verdict.stance),
        passages: marked.map(|(passage, _)| PassageRef { document: coded.document as u32, passage }).collect(),
    }
}
