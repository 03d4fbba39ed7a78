use super::*;
use crate::corpus::Document;

fn analyze(text: &str) -> (Document, Analysis, Vocabulary) {
    let document = Document { text: text.to_owned(), ..Document::default() };
    let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
    Analyzer::new(&TextSettings::default()).analyze(&document, &mut vocabulary, &mut analysis);
    (document, analysis, vocabulary)
}

#[track_caller]
fn sentences(text: &str, expected: &[&str]) {
    let (document, analysis, _) = analyze(text);
    let found: Vec<_> = analysis.sentences.iter().map(|sentence| sentence.span.of(&document.text)).collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn tokens(text: &str, expected: &[&str]) {
    let (document, analysis, _) = analyze(text);
    let found: Vec<_> = analysis.tokens.iter().map(|token| token.span.of(&document.text)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_token_points_at_the_words_the_reviewer_wrote() {
    tokens("The doctor’s café was GREAT!", &["The", "doctor’s", "café", "was", "GREAT"]);
    tokens("10/10 👍", &["10", "10"]);
    tokens("short-term -- and 3.5 or 1,000", &["short", "term", "and", "3.5", "or", "1,000"]);
}

#[test]
fn a_type_is_folded_and_stemmed() {
    let (_, analysis, vocabulary) = analyze("Funding funding FUNDED");
    let ids: Vec<_> = analysis.tokens.iter().map(|token| token.type_id).collect();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[1], ids[2]);
    assert_eq!((vocabulary.surface(ids[0]), vocabulary.stem(ids[0])), ("funding", "fund"));
    assert_eq!((vocabulary.surface(ids[2]), vocabulary.stem(ids[2])), ("funded", "fund"));
}

#[test]
fn a_stop_inside_a_sentence_does_not_end_it() {
    sentences("Sloper et al. found it. It works.", &["Sloper et al. found it.", "It works."]);
    sentences("It rose (Sloper 2004). Then it fell.", &["It rose (Sloper 2004).", "Then it fell."]);
    sentences(
        "J. Smith of the U.S. Senate, Dr. No and No. 5, e.g. Chanel, i.e. vol. 3, pp. 4-5.",
        &["J. Smith of the U.S. Senate, Dr. No and No. 5, e.g. Chanel, i.e. vol. 3, pp. 4-5."],
    );
}

#[test]
fn headings_and_items_are_paragraphs_of_their_own() {
    sentences(
        "## Findings\nStaff left\nthe service.\n\n- one\n- two",
        &["## Findings", "Staff left\nthe service.", "- one", "- two"],
    );
}
