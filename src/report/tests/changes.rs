//! What changed since the run before, as it is written.

use super::super::{
    Before, ChangePart, ChangedCandidate, ChangedDocument, ChangedTheme, Changes, CountedShare, write_changes,
};

fn share(n_with: usize, n_of: usize) -> CountedShare {
    CountedShare { n_with, n_of }
}

/// A theme that went from 1 of 3 to 4 of 6 in two steps.
fn changes() -> Changes {
    let part = |cause, before, after| ChangePart { cause, before, after, ..ChangePart::default() };
    let parts = vec![part("new documents", share(1, 3), share(3, 6)), part("lexicon edits", share(3, 6), share(4, 6))];
    let theme = ChangedTheme {
        id: "money".into(),
        label: "Money".into(),
        before: Some(share(1, 3)),
        after: Some(share(4, 6)),
        left: Some((0.1, 0.5)),
        parts,
        ..ChangedTheme::default()
    };
    Changes {
        before: Before::Run("20010909T014640Z".into()),
        n_documents: (3, 6),
        themes: vec![theme],
        ..Changes::default()
    }
}

fn written(changes: &Changes, file: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    write_changes(changes, "A study", folder.path()).unwrap();
    std::fs::read_to_string(folder.path().join(file)).unwrap()
}

#[test]
fn parts_sum_to_the_whole_as_they_are_shown() {
    let page = written(&changes(), "changes.html");
    // 33.3 to 66.7: 16.7 and 16.7 make 33.4.
    for shown in ["33.3 %", "66.7 %", "+16.7", "+33.4", "1 of 3", "10.0 to 50.0 %"] {
        assert!(page.contains(shown), "{shown}");
    }
    let csv = written(&changes(), "changes/themes.csv");
    assert!(csv.contains("money,new documents,1,3,3,6,16.7,,\r\n"), "{csv}");
}

#[test]
fn candidates_that_are_new_and_that_grew_are_shown_with_what_is_behind_them() {
    let new = ChangedCandidate {
        what: "new",
        name: "time".into(),
        label: "time, pressure".into(),
        id: Some("time".into()),
        after: Some((4, 9)),
        ..ChangedCandidate::default()
    };
    let grown = ChangedCandidate {
        what: "grown",
        name: "trust".into(),
        label: "<trust>".into(),
        before: Some((2, 5)),
        after: Some((3, 5)),
        gained: vec![ChangedDocument { id: "new-note".into(), place: Some(7), ..ChangedDocument::default() }],
        first_seen: Some("2026-01-02T00:00:00Z".into()),
        ..ChangedCandidate::default()
    };
    let changes = Changes { candidates: vec![new, grown], ..changes() };
    let page = written(&changes, "changes.html");
    for shown in [
        "1 new, 1 grown",
        "report.html#candidate-time",
        "time, pressure",
        "in this run",
        "2 → <strong>3</strong>",
        "&lt;trust&gt;",
        "2026-01-02",
        "report.html#document-7",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let csv = written(&changes, "changes/candidates.csv");
    assert!(csv.contains("time,\"time, pressure\",new,,4,,9,,,\r\n"), "{csv}");
    assert!(csv.contains("trust,<trust>,grown,2,3,5,5,2026-01-02T00:00:00Z,new-note,\r\n"), "{csv}");
}

#[test]
fn a_first_run_says_that_there_is_nothing_to_compare() {
    let page = written(&Changes::default(), "changes.html");
    assert!(page.contains("first run") && !page.contains("<h2>"));
    let unread = Changes { before: Before::Unread("cannot be read back".into()), ..Changes::default() };
    assert!(written(&unread, "changes.html").contains("cannot be read back"));
    assert_eq!(
        written(&Changes::default(), "changes/documents.csv").lines().count(),
        1,
        "the same files, whatever changed"
    );
}

#[test]
fn tenths_are_rounded_to_the_nearest() {
    let tenths = |n_with, n_of| share(n_with, n_of).tenths();
    assert_eq!([tenths(1, 3), tenths(2, 3), tenths(1, 1), tenths(0, 0), tenths(1, 2000)], [333, 667, 1000, 0, 1]);
}
