//! Children that behave badly, played by the shell.

use super::pool::Pool;
use crate::corpus::{CorpusSettings, Document, Fault, LimitSettings, Severity, source};

/// What comes of a file when its child is this script, and how many documents were had.
fn read_by(script: &str, limits: LimitSettings) -> (Vec<Fault>, Vec<Document>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, "%PDF-1.4").unwrap();
    let pool = Pool::new("/bin/sh".into(), vec!["-c".to_owned(), script.to_owned()]);
    let settings = CorpusSettings { limits, ..CorpusSettings::default() };
    let mut documents = Vec::new();
    let faults = pool.read(&source(&file).unwrap(), &settings, &mut |document| documents.push(document));
    (faults, documents)
}

fn quick() -> LimitSettings {
    LimitSettings { silence_seconds: 20, text_bytes: 1_000, growth: 10, ..LimitSettings::default() }
}

const DOCUMENT: &str = r#"{"document":{"id":"a","source":"a.pdf","format":"pdf","metadata":{},"text":"Words.","sections":[],"boilerplate":[],"pages":[]}}"#;

#[test]
fn a_child_that_misbehaves_costs_its_file_and_is_named() {
    let rows = [
        ("read order; kill -ABRT $$", "its parser failed: it ended by signal 6"),
        ("read order; kill -XCPU $$", "its parser took more than 60 s of processor time (cpu_seconds)"),
        ("read order; exit 0", "its parser failed: it ended without an answer"),
        ("read order; exit 7", "its parser failed: it ended with code 7"),
        ("read order; yes | tr -d '\\n'", "its parser gave a document beyond all measure of 1000 bytes (text_bytes)"),
        ("read order; yes", "its parser gave no sensible answer"),
        (
            "read order; echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$",
            "its parser asked for more than 1073741824 bytes of memory (memory_bytes)",
        ),
        (
            "read order; echo 'thread main has overflowed its stack' >&2; kill -ABRT $$",
            "its parser ran out of stack, so deep does it nest",
        ),
    ];
    for (script, what) in rows {
        let (faults, documents) = read_by(script, quick());
        assert_eq!(faults.len(), 1, "{script}");
        assert_eq!((faults[0].severity, faults[0].what.as_str()), (Severity::Skipped, what), "{script}");
        assert!(faults[0].path.ends_with("a.pdf") && faults[0].hint.is_some() && documents.is_empty(), "{script}");
    }
}

#[test]
fn a_child_that_says_nothing_is_stopped() {
    let (faults, _) = read_by("read order; sleep 100", LimitSettings { silence_seconds: 1, ..quick() });
    assert_eq!(faults[0].what, "its parser said nothing for 1 s (silence_seconds)");
}

#[test]
fn a_flood_of_sensible_answers_ends_at_the_growth_that_is_allowed() {
    let script = format!("read order; while :; do echo '{DOCUMENT}'; done");
    let (faults, documents) = read_by(&script, quick());
    assert_eq!(faults[0].severity, Severity::Cut);
    assert!(faults[0].what.starts_with("its parser gave more than 10 times the size of the file (growth)"));
    assert!(documents.len() > 1);
}

#[test]
fn what_a_child_gave_before_it_died_is_kept_and_the_rest_is_named() {
    let script = format!("read order; echo '{DOCUMENT}'; kill -SEGV $$");
    let (faults, documents) = read_by(&script, quick());
    assert_eq!((faults[0].severity, documents.len()), (Severity::Cut, 1));
    assert!(faults[0].what.ends_with("it ended by signal 11"), "{}", faults[0].what);
}

#[test]
fn a_file_that_ends_a_used_child_is_given_to_a_fresh_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, "%PDF-1.4").unwrap();
    // Each child reads one file well and dies over the second, after half of it.
    let script = format!(
        "read order; echo '{DOCUMENT}'; echo '{DOCUMENT}'; echo '{{\"done\":[]}}'; read order; echo '{DOCUMENT}'; kill -9 $$"
    );
    let pool = Pool::new("/bin/sh".into(), vec!["-c".to_owned(), script]);
    for _ in 0..3 {
        let mut n = 0;
        let faults = pool.read(&source(&file).unwrap(), &CorpusSettings::default(), &mut |_| n += 1);
        assert_eq!((faults, n), (Vec::new(), 2));
    }
}

#[test]
fn a_program_that_is_not_there_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, "%PDF-1.4").unwrap();
    let pool = Pool::new(folder.path().join("none"), Vec::new());
    let faults = pool.read(&source(&file).unwrap(), &CorpusSettings::default(), &mut |_| ());
    assert!(faults[0].what.starts_with("no process could be started to read it"), "{}", faults[0].what);
}
