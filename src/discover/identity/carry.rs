//! Gives candidates the names that they had in earlier runs.

use super::super::candidate::CandidateTheme;
use super::decision::{Decisions, Verdict};
use super::known::{KnownCandidate, Standing, Trace};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// So many candidates that are no longer proposed are remembered, those last that were seen last.
const MAX_RESTING: usize = 30;

/// The candidates of this run and of earlier ones: a candidate of now is one of `earlier` where `Trace::sameness` says
/// so, the surest first; each is given at most once. The others are new, and bear their own ids as
/// names, with `-2`, `-3` … where these are taken.
///
/// `is_there` tells whether a document is still in the corpus; `started` is when the run began.
pub fn carry(
    earlier: &[KnownCandidate],
    now: &[CandidateTheme],
    decisions: &Decisions,
    is_there: &dyn Fn(&str) -> bool,
    started: &str,
) -> Vec<KnownCandidate> {
    let traces: Vec<Trace> = now.iter().map(Trace::of).collect();
    let same = pairs(earlier, now, &traces, is_there);
    let mut taken: BTreeSet<String> =
        earlier.iter().flat_map(|known| [known.name.clone(), known.first_name.clone()]).collect();
    let mut known = Vec::new();
    for ((candidate, trace), same) in now.iter().zip(traces).zip(&same) {
        let old = same.map(|place| earlier[place].clone());
        let is_named =
            decisions.all().any(|(verdict, decision)| verdict == Verdict::Renamed && decision.name == candidate.id.0);
        let mut one = old.unwrap_or_else(|| born(candidate, is_named, &mut taken, started));
        if is_named {
            one.name.clone_from(&candidate.id.0);
        }
        one.id = Some(candidate.id.clone());
        one.standing = Standing::Proposed;
        one.label.clone_from(&candidate.label);
        started.clone_into(&mut one.last_seen);
        (one.n_documents, one.n_passages) = (candidate.n_documents, candidate.n_passages);
        one.trace = trace;
        known.push(one);
    }
    let given: BTreeSet<usize> = same.into_iter().flatten().collect();
    let left = earlier.iter().enumerate().filter(|(place, _)| !given.contains(place)).map(|(_, known)| known.clone());
    known.extend(at_rest(left.collect(), decisions));
    known
}

/// For each candidate of now, the place of the earlier one that it is.
fn pairs(
    earlier: &[KnownCandidate],
    now: &[CandidateTheme],
    traces: &[Trace],
    is_there: &dyn Fn(&str) -> bool,
) -> Vec<Option<usize>> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, known) in earlier.iter().enumerate() {
        for (j, trace) in traces.iter().enumerate() {
            // A name that a person gave tells as much as any evidence.
            let is_named = known.name == now[j].id.0 && known.name != known.first_name;
            let likeness = if is_named { 1.0 } else { known.trace.sameness(trace, is_there) };
            if likeness > 0.0 {
                pairs.push((likeness, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut same = vec![None; now.len()];
    let mut given = BTreeSet::new();
    for (_, i, j) in pairs {
        if same[j].is_none() && given.insert(i) {
            same[j] = Some(i);
        }
    }
    same
}

/// A candidate that no earlier run knew.
fn born(candidate: &CandidateTheme, is_named: bool, taken: &mut BTreeSet<String>, started: &str) -> KnownCandidate {
    let mut name = candidate.id.0.clone();
    let mut number = 1;
    while !taken.insert(name.clone()) && !is_named {
        number += 1;
        name = format!("{}-{number}", candidate.id);
    }
    KnownCandidate {
        first_name: name.clone(),
        name,
        first_seen: started.to_owned(),
        first_n_documents: candidate.n_documents,
        first_n_passages: candidate.n_passages,
        ..KnownCandidate::default()
    }
}

/// Those that this run does not propose: decided about, or at rest, which are let go when they are too many.
fn at_rest(mut left: Vec<KnownCandidate>, decisions: &Decisions) -> Vec<KnownCandidate> {
    for known in &mut left {
        known.id = None;
        let decided = decisions.all().find(|(_, decision)| decision.is_of(known)).map(|(verdict, _)| verdict);
        known.standing = match decided {
            Some(Verdict::Accepted) => Standing::Accepted,
            Some(Verdict::Dismissed) => Standing::Dismissed,
            Some(Verdict::Renamed) | None => Standing::Resting,
        };
    }
    left.sort_by(|a, b| (Reverse(&a.last_seen), &a.first_name).cmp(&(Reverse(&b.last_seen), &b.first_name)));
    let mut n_resting = 0;
    left.retain(|known| {
        n_resting += usize::from(known.standing == Standing::Resting);
        known.standing != Standing::Resting || n_resting <= MAX_RESTING
    });
    left
}
