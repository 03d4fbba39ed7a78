//! What became of the candidate themes between two runs.

use super::super::record::RunRecord;
use crate::discover::{KnownCandidate, Standing};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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

/// What became of the candidates: one is the same in both records by the name it was born with. Documents that were `renamed`
/// go by their new names.
pub(super) fn candidates(before: &RunRecord, after: &RunRecord, renamed: &[(String, String)]) -> CandidateChanges {
    let names: BTreeMap<&str, &str> = renamed.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    let is_in = |known: &&KnownCandidate| known.standing == Standing::Proposed;
    let find = |record: &'_ RunRecord, name: &str| -> Option<KnownCandidate> {
        record.candidates.iter().find(|known| known.first_name == name).cloned()
    };
    let mut changes = CandidateChanges::default();
    for now in after.candidates.iter().filter(is_in) {
        let known = find(before, &now.first_name);
        let was = known.as_ref().filter(is_in);
        let change = change(was, Some(now), now, &names);
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
            changes.gone.push(change(Some(was), None, now.as_ref().unwrap_or(was), &names));
        }
    }
    changes
}

fn change(
    was: Option<&KnownCandidate>,
    now: Option<&KnownCandidate>,
    known: &KnownCandidate,
    names: &BTreeMap<&str, &str>,
) -> CandidateChange {
    let counts = |known: &KnownCandidate| (known.n_documents, known.n_passages);
    let documents = |known: Option<&KnownCandidate>| -> BTreeSet<String> {
        known.map(|known| known.trace.evidence.keys().cloned().collect()).unwrap_or_default()
    };
    let now_called = |id: String| names.get(id.as_str()).map_or(id, |name| (*name).to_owned());
    let (old, new) = (documents(was).into_iter().map(now_called).collect::<BTreeSet<_>>(), documents(now));
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
        let changes = candidates(&a, &b, &[]);
        let names = |of: &[CandidateChange]| of.iter().map(|change| change.name.clone()).collect::<Vec<_>>();
        assert_eq!((names(&changes.new), names(&changes.back)), (vec!["new".to_owned()], vec!["cars".to_owned()]));
        assert_eq!(
            (names(&changes.grown), &changes.grown[0].gained),
            (vec!["trust".to_owned()], &vec!["d2".into(), "d3".into()])
        );
        let gone: Vec<_> = changes.gone.iter().map(|change| (change.name.as_str(), change.standing)).collect();
        assert_eq!(gone, [("time", Dismissed), ("rooms", Resting)]);
    }

    #[test]
    fn a_renamed_document_has_neither_come_nor_gone() {
        let mut later = known("trust", 3, Standing::Proposed);
        let places = later.trace.evidence.remove("d0").unwrap();
        later.trace.evidence.insert("e0".into(), places);
        let of = |candidate| RunRecord { candidates: vec![candidate], ..RunRecord::default() };
        let (a, b) = (of(known("trust", 2, Standing::Proposed)), of(later));
        let grown = candidates(&a, &b, &[("d0".into(), "e0".into())]).grown.remove(0);
        assert_eq!((grown.gained, grown.lost), (vec!["d2".to_owned()], Vec::new()));
    }
}
