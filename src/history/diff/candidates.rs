//! What became of the candidate themes between two runs.

use super::super::record::RunRecord;
use crate::discover::{KnownCandidate, Standing};
use serde::Serialize;
use std::collections::BTreeSet;

/// A candidate in both runs, or in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CandidateChange {
    /// The name that it keeps, in the newer run where it is there.
    pub name: String,
    /// Its readable name, in the newer run where it is there.
    pub label: String,
    /// Documents and passages that had it in the older run; `None` where that does not propose it.
    pub before: Option<(u32, u32)>,
    /// The same in the newer run.
    pub after: Option<(u32, u32)>,
    /// Documents that have it now and did not before, sorted.
    pub gained: Vec<String>,
    /// Documents that had it before and do not now, sorted.
    pub lost: Vec<String>,
    /// When it was first seen.
    pub first_seen: String,
    /// What has become of it by the newer run.
    pub standing: Standing,
}

/// The candidates that changed, each list in the order of its run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CandidateChanges {
    /// Proposed for the first time since the older run.
    pub new: Vec<CandidateChange>,
    /// Known before the older run and proposed again, which that did not.
    pub back: Vec<CandidateChange>,
    /// Proposed by both, and in more documents or passages now.
    pub grown: Vec<CandidateChange>,
    /// Proposed by both, and in fewer.
    pub shrunk: Vec<CandidateChange>,
    /// No longer proposed: accepted, dismissed, or outdone by others.
    pub gone: Vec<CandidateChange>,
}

/// What became of the candidates: one is the same in both records by the name it was born with.
pub(super) fn candidates(before: &RunRecord, after: &RunRecord) -> CandidateChanges {
    let is_in = |known: &&KnownCandidate| known.standing == Standing::Proposed;
    let find = |record: &'_ RunRecord, name: &str| -> Option<KnownCandidate> {
        record.candidates.iter().find(|known| known.first_name == name).cloned()
    };
    let mut changes = CandidateChanges::default();
    for now in after.candidates.iter().filter(is_in) {
        let known = find(before, &now.first_name);
        let was = known.as_ref().filter(is_in);
        let change = change(was, Some(now), now);
        match was {
            // Every record names the candidates that were known by then, so that what it does not name is new.
            None if known.is_none() => changes.new.push(change),
            None => changes.back.push(change),
            Some(_) if change.after > change.before => changes.grown.push(change),
            Some(_) if change.after < change.before => changes.shrunk.push(change),
            Some(_) => {}
        }
    }
    for was in before.candidates.iter().filter(is_in) {
        let now = find(after, &was.first_name);
        if !now.as_ref().is_some_and(|now| is_in(&now)) {
            changes.gone.push(change(Some(was), None, now.as_ref().unwrap_or(was)));
        }
    }
    changes
}

fn change(was: Option<&KnownCandidate>, now: Option<&KnownCandidate>, known: &KnownCandidate) -> CandidateChange {
    let counts = |known: &KnownCandidate| (known.n_documents, known.n_passages);
    let documents = |known: Option<&KnownCandidate>| -> BTreeSet<String> {
        known.map(|known| known.trace.evidence.keys().cloned().collect()).unwrap_or_default()
    };
    let (old, new) = (documents(was), documents(now));
    let is_gone_for_now = now.is_none() && known.standing == Standing::Proposed;
    CandidateChange {
        name: known.name.clone(),
        label: known.label.clone(),
        before: was.map(counts),
        after: now.map(counts),
        gained: new.difference(&old).cloned().collect(),
        lost: old.difference(&new).cloned().collect(),
        first_seen: known.first_seen.clone(),
        standing: if is_gone_for_now { Standing::Resting } else { known.standing },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::Trace;

    fn known(name: &str, n: u32, standing: Standing) -> KnownCandidate {
        let evidence = (0..n).map(|document| (format!("d{document}"), BTreeSet::from([0]))).collect();
        KnownCandidate {
            name: name.into(),
            first_name: name.into(),
            standing,
            n_documents: n,
            n_passages: n,
            trace: Trace { evidence, ..Trace::default() },
            ..KnownCandidate::default()
        }
    }

    #[test]
    fn candidates_come_grow_go_and_come_back() {
        use Standing::{Dismissed, Proposed, Resting};
        let record = |candidates: &[(&str, u32, Standing)]| RunRecord {
            candidates: candidates.iter().map(|&(name, n, standing)| known(name, n, standing)).collect(),
            ..RunRecord::default()
        };
        let a = record(&[
            ("trust", 2, Proposed),
            ("time", 3, Proposed),
            ("rooms", 3, Proposed),
            ("cars", 1, Resting),
            ("same", 1, Proposed),
        ]);
        let b = record(&[
            ("trust", 4, Proposed),
            ("cars", 2, Proposed),
            ("new", 1, Proposed),
            ("time", 3, Dismissed),
            ("same", 1, Proposed),
        ]);
        let changes = candidates(&a, &b);
        let names = |of: &[CandidateChange]| of.iter().map(|change| change.name.clone()).collect::<Vec<_>>();
        assert_eq!((names(&changes.new), names(&changes.back)), (vec!["new".to_owned()], vec!["cars".to_owned()]));
        assert_eq!(
            (names(&changes.grown), &changes.grown[0].gained),
            (vec!["trust".to_owned()], &vec!["d2".into(), "d3".into()])
        );
        let gone: Vec<_> = changes.gone.iter().map(|change| (change.name.as_str(), change.standing)).collect();
        assert_eq!(gone, [("time", Dismissed), ("rooms", Resting)]);
    }
}
