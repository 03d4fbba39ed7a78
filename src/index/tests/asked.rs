//! A document is asked a question once.

use super::*;

const QUESTION: &[u8] = b"how many";

/// The documents that are asked, by id.
fn asked(index: &PassageIndex, question: &[u8]) -> Vec<String> {
    let mut ids = Vec::new();
    let answers = index.answers("tokens", &Digest::of(question), |wanted| {
        ids = index.documents().iter().zip(wanted).filter(|(_, w)| **w).map(|(d, _)| d.id.0.clone()).collect();
        n_tokens(index, wanted)
    });
    let n_tokens = index.documents().iter().map(|document| document.n_tokens as usize);
    assert_eq!(answers.unwrap(), n_tokens.collect::<Vec<_>>());
    ids
}

#[test]
fn a_document_is_asked_a_question_once() {
    let study = three();
    assert_eq!(asked(&study.sync(), QUESTION), ["a", "b", "r1", "r2"]);
    assert_eq!(asked(&study.sync(), QUESTION), [""; 0]);
    study.write("aa.txt", "One more.");
    study.write("b.txt", "Another text now.");
    fs::rename(study.path("corpus/a.md"), study.path("corpus/z.md")).unwrap();
    assert_eq!(asked(&study.sync(), QUESTION), ["aa", "b"]);
    assert_eq!(asked(&study.sync(), b"another question").len(), 5);
    assert_eq!(asked(&study.sync(), QUESTION).len(), 5);
}

#[test]
fn answers_that_are_damaged_are_named_and_asked_for_again() {
    let study = three();
    asked(&study.sync(), QUESTION);
    let file = study.path("state/index/answers/tokens");
    let mut bytes = fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&file, bytes).unwrap();
    assert_eq!(study.damages().iter().map(|damage| &damage.path).collect::<Vec<_>>(), [&file]);
    assert_eq!(asked(&study.sync(), QUESTION).len(), 4);
    assert_eq!(study.damages(), []);
    fs::remove_file(file).unwrap();
    assert_eq!(asked(&study.sync(), QUESTION).len(), 4);
}

#[test]
fn an_index_made_anew_goes_by_no_old_answer() {
    let mut study = three();
    asked(&study.sync(), QUESTION);
    study.text.passage = crate::text::PassageUnit::Paragraph;
    let index = study.sync();
    assert!(index.rebuilt().is_some());
    assert_eq!(asked(&index, QUESTION).len(), 4);
}
