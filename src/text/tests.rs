use super::*;
use crate::corpus::{Document, Span};
use proptest::prelude::*;

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

fn words_by_the_book(text: &str) -> Vec<(usize, &str)> {
    unicode_segmentation::UnicodeSegmentation::unicode_word_indices(text).collect()
}

/// Strings in which everything that words care about stands next to everything else.
fn messy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,9}",
        2 => "[0-9]{1,3}",
        4 => "[ \t\n\r\x0b\x0c\0.,;:'\"!?()_/*-]{1,3}",
        1 => "[’‘“”–—‐‑…·‧․：。、！？]",
        1 => "[éüñßøčİıçŞğΣσςάώЖжйאבשإية]{1,4}",
        1 => "[\u{300}\u{301}\u{345}\u{903}\u{200d}\u{200c}\u{ad}\u{feff}\u{2060}\u{a0}\u{2009}\u{3000}\u{2028}]",
        1 => "[👍👨👩🇬🇧🏽☺️]{1,3}",
        1 => "[漢字かなカタカナ한국ไทย٣٤]{1,3}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn words_are_those_of_the_unicode_rules(text in messy()) {
        let (mut vocabulary, mut tokens) = (Vocabulary::default(), Vec::new());
        Analyzer::new(&TextSettings::default()).tokens(&text, Language::English, &mut vocabulary, &mut tokens);
        let found: Vec<_> = tokens.iter().map(|token| (token.span.start as usize, token.span.of(&text))).collect();
        prop_assert_eq!(found, words_by_the_book(&text));
    }

    #[test]
    fn a_sentence_alone_gives_the_tokens_it_had(text in messy()) {
        let (document, analysis, mut vocabulary) = analyze(&text);
        let analyzer = Analyzer::new(&TextSettings::default());
        let (mut tokens, mut n_tokens, mut last_end) = (Vec::new(), 0, 0);
        for sentence in &analysis.sentences {
            let words = sentence.span.of(&document.text);
            prop_assert!(!words.is_empty() && words.trim() == words && sentence.span.start >= last_end);
            prop_assert_eq!(sentence.first_token as usize, n_tokens);
            analyzer.tokens(words, analysis.language, &mut vocabulary, &mut tokens);
            for token in &mut tokens {
                token.span = Span { start: token.span.start + sentence.span.start, end: token.span.end + sentence.span.start };
            }
            n_tokens += tokens.len();
            last_end = sentence.span.end;
            prop_assert_eq!(&tokens[..], &analysis.tokens[sentence.first_token as usize..n_tokens]);
        }
        prop_assert_eq!(analysis.tokens.len(), n_tokens);
    }

    #[test]
    fn a_folded_word_folds_to_itself(word in messy()) {
        let analyzer = Analyzer::new(&TextSettings::default());
        let folded = analyzer.fold(&word);
        prop_assert_eq!(analyzer.fold(&folded), folded);
    }

    #[test]
    fn every_stemmer_stems_any_word(word in messy()) {
        let analyzer = Analyzer::new(&TextSettings::default());
        for (_, language) in super::analyze::DETECTED {
            prop_assert!(word.is_empty() || !analyzer.stem(&analyzer.fold(&word), language).is_empty());
        }
    }
}
