//! Lets what people have decided act on what is proposed.

use super::super::candidate::{CandidateId, Candidates};
use super::decision::{Decision, Decisions, Verdict};
use super::known::{SAME, SAME_FEATURES, Trace};
use std::collections::BTreeSet;

/// Takes out the candidates that were dismissed, or accepted as a theme that the lexicon has; gives those that were renamed
/// their names; keeps the first `n_candidates`. A candidate is recognized by more than a third of its evidence, or by more
/// than half of its features, so that it is known again where passages are cut otherwise.
///
/// `is_theme` tells whether the lexicon has a theme, `is_there` whether a document is still in the corpus.
pub fn decide(
    candidates: &mut Candidates,
    decisions: &Decisions,
    n_candidates: usize,
    is_theme: &dyn Fn(&str) -> bool,
    is_there: &dyn Fn(&str) -> bool,
) {
    let likeness = |decision: &Decision, trace: &Trace| {
        let by_features = decision.trace.shared_features(trace);
        let by_evidence = decision.trace.likeness(trace, is_there);
        if by_evidence > SAME || by_features > SAME_FEATURES { by_evidence.max(by_features) } else { 0.0 }
    };
    let in_force = |verdict: Verdict, decision: &Decision| match verdict {
        Verdict::Accepted => is_theme(&decision.name),
        Verdict::Dismissed => true,
        Verdict::Renamed => false,
    };
    let traces: Vec<Trace> = candidates.themes.iter().map(Trace::of).collect();
    let is_hidden = |trace: &Trace| decisions.all().any(|(v, d)| in_force(v, d) && likeness(d, trace) > 0.0);
    let names = names(decisions, &traces, &likeness);
    let mut given: BTreeSet<String> = names.iter().flatten().cloned().collect();
    let mut kept = Vec::new();
    let found = std::mem::take(&mut candidates.themes).into_iter().zip(names).zip(&traces);
    for ((mut theme, name), _) in found.filter(|(_, trace)| !is_hidden(trace)).take(n_candidates) {
        match name {
            Some(name) => theme.id = CandidateId(name),
            // One that is called by itself as a person has called another makes room.
            None => {
                while !given.insert(theme.id.0.clone()) {
                    theme.id.0.push_str("-2");
                }
            }
        }
        kept.push(theme);
    }
    candidates.themes = kept;
}

/// The name that a person gave each candidate: that of the decision it is likest to, each to one candidate.
fn names(decisions: &Decisions, traces: &[Trace], likeness: &dyn Fn(&Decision, &Trace) -> f64) -> Vec<Option<String>> {
    let mut names = vec![None; traces.len()];
    for decision in &decisions.renamed {
        let free = (0..traces.len()).filter(|&place| names[place].is_none());
        let likest =
            free.map(|place| (likeness(decision, &traces[place]), place)).filter(|(likeness, _)| *likeness > 0.0);
        if let Some((_, place)) = likest.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) {
            names[place] = Some(decision.name.clone());
        }
    }
    names
}
