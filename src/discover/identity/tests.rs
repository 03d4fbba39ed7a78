//! What holds of candidates from run to run.

use super::super::candidate::{CandidateId, CandidateTheme, Candidates, Evidence, Feature};
use super::*;
use crate::corpus::DocumentId;

/// A candidate with its passages, `"a:1 2; b:3"`.
fn candidate(id: &str, evidence: &str) -> CandidateTheme {
    let of_document = |part: &str| -> Vec<Evidence> {
        let (document, passages) = part.split_once(':').unwrap();
        let at = |passage: &str| Evidence {
            document_id: DocumentId(document.trim().into()),
            passage: passage.parse().unwrap(),
            ..Evidence::default()
        };
        passages.split_whitespace().map(at).collect()
    };
    let feature = |text: String| Feature { text, ..Feature::default() };
    let evidence: Vec<Evidence> = evidence.split(';').flat_map(of_document).collect();
    CandidateTheme {
        id: CandidateId(id.into()),
        label: id.into(),
        features: (0..5).map(|n| feature(format!("{id}{n}"))).collect(),
        n_passages: evidence.len() as u32,
        evidence,
        ..CandidateTheme::default()
    }
}

fn carried(earlier: &[KnownCandidate], now: &[CandidateTheme]) -> Vec<KnownCandidate> {
    carry(earlier, now, &Decisions::default(), &|_| true, "2026-01-01T00:00:00Z")
}

fn names(known: &[KnownCandidate]) -> Vec<(&str, Standing)> {
    known.iter().map(|known| (known.name.as_str(), known.standing)).collect()
}

fn decision(known: &KnownCandidate, name: &str) -> Decision {
    Decision {
        name: name.into(),
        first_name: known.first_name.clone(),
        trace: known.trace.clone(),
        ..Decision::default()
    }
}

/// The ids of what is still proposed.
fn decided(now: &[CandidateTheme], decisions: &Decisions, n: usize) -> Vec<String> {
    let mut candidates = Candidates { themes: now.to_vec(), ..Candidates::default() };
    decide(&mut candidates, decisions, n, &|theme| theme == "trust", &|_| true);
    candidates.themes.into_iter().map(|theme| theme.id.0).collect()
}

#[test]
fn a_candidate_keeps_its_name_where_it_keeps_its_evidence() {
    let first = carried(&[], &[candidate("trust", "a:1 2 3; b:1 2"), candidate("time", "c:1 2 3 4")]);
    // Grown fourfold in new documents, called by another word, and with one passage less where it was.
    let now = [candidate("time", "a:1 2; b:1 2; d:1 2 3 4 5 6 7 8 9; e:1 2 3 4 5 6 7"), candidate("rooms", "f:1 2")];
    let second = carried(&first, &now);
    assert_eq!(
        names(&second),
        [("trust", Standing::Proposed), ("rooms", Standing::Proposed), ("time", Standing::Resting)]
    );
    assert_eq!((second[0].first_n_passages, second[0].n_passages), (5, 20));
    assert_eq!(second[0].id, Some(CandidateId("time".into())));
    // One that was at rest gets its name back; the name of another is not given away.
    let third = carried(&second, &[candidate("hours", "c:1 2 3"), candidate("trust", "g:4 5")]);
    assert_eq!(names(&third)[..2], [("time", Standing::Proposed), ("trust-2", Standing::Proposed)]);
    assert_eq!(third[0].first_seen, "2026-01-01T00:00:00Z");
}

#[test]
fn evidence_in_documents_that_are_gone_does_not_count_against_it() {
    let first = carried(&[], &[candidate("trust", "a:1 2 3 4 5 6; b:1 2")]);
    let now = [candidate("other", "b:1 2")];
    assert_eq!(carried(&first, &now)[0].name, "other", "a quarter is left");
    let without_a = carry(&first, &now, &Decisions::default(), &|document| document != "a", "");
    assert_eq!(without_a[0].name, "trust");
}

#[test]
fn where_all_documents_have_other_names_it_is_known_by_its_features() {
    let first = carried(&[], &[candidate("trust", "a:1 2 3; b:1 2"), candidate("time", "a:4; c:1")]);
    let now = [candidate("time", "x:4; z:1"), candidate("trust", "x:1 2 3; y:1 2")];
    let second = carry(&first, &now, &Decisions::default(), &|document| document > "m", "");
    assert_eq!(names(&second), [("time", Standing::Proposed), ("trust", Standing::Proposed)]);
}

#[test]
fn what_was_dismissed_does_not_come_back_and_others_take_its_place() {
    let now = [candidate("trust", "a:1 2 3"), candidate("time", "b:1 2 3"), candidate("rooms", "c:1")];
    let known = carried(&[], &now);
    let decisions = Decisions { dismissed: vec![decision(&known[1], "time")], ..Decisions::default() };
    assert_eq!(decided(&now, &decisions, 2), ["trust", "rooms"]);
    let grown = [candidate("hours", "b:1 2 3; d:1 2 3 4; e:1 2 3"), candidate("rooms", "c:1")];
    assert_eq!(decided(&grown, &decisions, 2), ["rooms"], "by its evidence");
    let cut_otherwise = [candidate("time", "b:0; d:0")];
    assert_eq!(decided(&cut_otherwise, &decisions, 2), Vec::<String>::new(), "by its features");
    let later = carry(&known, &now[..1], &decisions, &|_| true, "");
    assert_eq!(
        names(&later),
        [("trust", Standing::Proposed), ("rooms", Standing::Resting), ("time", Standing::Dismissed)]
    );
}

#[test]
fn what_was_accepted_is_hidden_while_its_theme_is_there() {
    let now = [candidate("confidence", "a:1 2 3"), candidate("time", "b:1 2 3")];
    let known = carried(&[], &now);
    let accepted = |theme| Decisions { accepted: vec![decision(&known[0], theme)], ..Decisions::default() };
    assert_eq!(decided(&now, &accepted("trust"), 5), ["time"]);
    assert_eq!(decided(&now, &accepted("removed-since"), 5), ["confidence", "time"]);
}

#[test]
fn a_name_that_a_person_gave_goes_with_the_evidence() {
    let now = [candidate("time", "a:1 2 3"), candidate("rooms", "b:1 2 3")];
    let known = carried(&[], &now);
    let decisions = Decisions { renamed: vec![decision(&known[0], "workload")], ..Decisions::default() };
    let mut next = [candidate("workload", "c:1"), candidate("hours", "a:1 2 3 4")];
    assert_eq!(decided(&next, &decisions, 5), ["workload-2", "workload"]);
    next[0].id.0 = "workload-2".into();
    next[1].id.0 = "workload".into();
    let later = carry(&known, &next, &decisions, &|_| true, "");
    assert_eq!((later[1].name.as_str(), later[1].first_name.as_str()), ("workload", "time"));
}

#[test]
fn decisions_are_read_as_they_were_written() {
    let known = carried(&[], &[candidate("time \"or\" hours", "a b.c:1 20; d:0")]);
    let text = with_decision("", Verdict::Dismissed, &decision(&known[0], "time")).unwrap();
    let text = with_decision(
        &format!("{text}# mine\n"),
        Verdict::Renamed,
        &Decision { name: "x".into(), ..Decision::default() },
    )
    .unwrap();
    let read: Decisions = toml::from_str(&text).unwrap();
    assert_eq!(read.dismissed, [decision(&known[0], "time")], "{text}");
    assert!(read.renamed[0].name == "x" && text.contains("takes its decision back"), "{text}");
    // A second decision about the same candidate takes the place of the first.
    let text = with_decision(&text, Verdict::Renamed, &decision(&known[0], "hours")).unwrap();
    let read: Decisions = toml::from_str(&text).unwrap();
    assert_eq!((read.dismissed.len(), read.renamed.len()), (0, 2), "{text}");
    assert!(with_decision("[[", Verdict::Renamed, &Decision::default()).is_err());
}
