use super::*;
use crate::corpus::{Document, Section, SectionKind, Span};
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

/// Each row is a text whose sentences are parted by ` | `.
#[track_caller]
fn parted(rows: &[&str]) {
    for row in rows {
        sentences(&row.replace(" | ", " "), &row.split(" | ").collect::<Vec<_>>());
    }
}

#[test]
fn abbreviations_of_the_literature_end_no_sentence() {
    parted(&[
        "Sloper et al. (2004) agreed, cf. Atkinson. | They did not.",
        "As shown (see Fig. 2) it fell. | See Fig. S1 and vol. 12, pp. 4–9.",
        "It is rare (e.g. Sloper 2004). | Others, i.e. Smith, differ.",
        "Smith, J. P. and O’Brien, M. wrote it. | J.-P. Sartre did not.",
        "Dr. Smith met Prof. Jones at No. 5. | Is it? | No. | They left.",
        "The U.S. Government paid. | It was paid by the U.S. | The rest was not.",
        "It rose by 3.5 to 1.2. | In 2004 it fell to 2.0. | Approx. 5 were left.",
        "Smith et al. found it. | So did Sloper et al. | The others did not.",
        "Staff vs. Managers was the theme of St. Mary’s report.",
        "The text [...] is cut. | It was (!) long. | Words ... and more.",
        "It was found.[3] | The next was different.12 | The last was.",
        "It was paid under Grant No. HR0011-06. | It was enough.",
        "See www.example.org for v1.2. | Mail a.b@example.org today.",
    ]);
}

#[test]
fn quotes_and_brackets_after_a_stop_belong_to_its_sentence() {
    parted(&[
        "“It works.” | “It does not!” | (Both were said.) | She left.",
        "‘Really?’ he asked. | \"Yes.\" | 'No.' | Then … silence. | Well… | Good.",
        "Why? | Because! | What?! | Nothing.",
        "He said: “We paid for it.” | The panel disagreed.",
        "It was said (Sloper 2004.) | The next.",
    ]);
}

#[test]
fn stops_of_other_scripts_end_sentences() {
    sentences("他来了。我走了！「好。」再见", &["他来了。", "我走了！", "「好。」", "再见"]);
    sentences("هل هذا جيد؟ نعم. انتهى", &["هل هذا جيد؟", "نعم.", "انتهى"]);
    sentences("One; Two; three.", &["One; Two; three."]);
    in_language(Language::Greek, "Τι είναι; Είναι αυτό. Π.χ. Αυτό.", &["Τι είναι;", "Είναι αυτό.", "Π.χ. Αυτό."]);
    in_language(
        Language::German,
        "Am 5. Mai, d. h. bald, z. B. Montag. Der Rest.",
        &["Am 5. Mai, d. h. bald, z. B. Montag.", "Der Rest."],
    );
    in_language(Language::French, "M. Dupont, p. ex., est là. Il part.", &["M. Dupont, p. ex., est là.", "Il part."]);
}

#[track_caller]
fn in_language(language: Language, text: &str, expected: &[&str]) {
    let settings = TextSettings { language: LanguageSetting::Fixed(language), ..TextSettings::default() };
    let document = Document { text: text.to_owned(), ..Document::default() };
    let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
    Analyzer::new(&settings).analyze(&document, &mut vocabulary, &mut analysis);
    let found: Vec<_> = analysis.sentences.iter().map(|sentence| sentence.span.of(text)).collect();
    assert_eq!(found, expected);
}

#[test]
fn lines_make_blocks() {
    sentences(
        "A wrapped line of\nBritain goes on\nhere. Next\n\nA new one",
        &["A wrapped line of\nBritain goes on\nhere.", "Next", "A new one"],
    );
    sentences(
        "2.1 Leadership\nLeaders matter.\n3 Methods\nWe asked.",
        &["2.1 Leadership", "Leaders matter.", "3 Methods", "We asked."],
    );
    sentences(
        "FINDINGS AND METHODS\nStaff left.\n\nIntroduction\nIt began.",
        &["FINDINGS AND METHODS", "Staff left.", "Introduction", "It began."],
    );
    sentences(
        "There are:\n1. The first. It is so.\n2. The second\n(a) part\n• point\n- dash\n  that goes on",
        &["There are:", "1. The first.", "It is so.", "2. The second", "(a) part", "• point", "- dash\n  that goes on"],
    );
    sentences(
        "Title\r\n=====\r\nOne.\r\nTwo.\r\n\r\n| a | b |\r\n|---|---|\r\n| c | d |",
        &["Title", "One.", "Two.", "| a | b |", "| c | d |"],
    );
    let long = "word ".repeat(40);
    sentences(&format!("{long}\nshort\n{long}"), &[long.trim(), "short", long.trim()]);
}

#[test]
fn a_hyphenated_word_is_met_whole_and_in_parts() {
    let (_, analysis, vocabulary) = analyze("Short‑term, multi-agency-based work -- not pre- and post-natal.");
    let found: Vec<_> = analysis
        .compounds
        .iter()
        .map(|compound| (compound.first_token, compound.n_tokens, vocabulary.surface(compound.type_id)))
        .collect();
    assert_eq!(found, [(0, 2, "short-term"), (2, 3, "multi-agency-based"), (9, 2, "post-natal")]);
}

#[test]
fn sentences_stay_inside_sections_and_out_of_boilerplate() {
    let text = "We ask\nof all why staff Page 3 leave. References Smith 2004";
    let section = |kind, start, end| Section { kind, heading: None, span: Span::new(start, end) };
    let references = text.find("References").unwrap();
    let document = Document {
        text: text.to_owned(),
        sections: vec![
            section(SectionKind::Introduction, 0, references),
            section(SectionKind::References, references, 999),
        ],
        boilerplate: vec![Span::new(24, 31)],
        ..Document::default()
    };
    let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
    let analyzer = Analyzer::new(&TextSettings { passage: PassageUnit::Paragraph, ..TextSettings::default() });
    analyzer.analyze(&document, &mut vocabulary, &mut analysis);
    let found: Vec<_> =
        analysis.sentences.iter().map(|s| (s.span.of(text), s.section, analyzer.is_scored(s))).collect();
    assert_eq!(
        found,
        [
            ("We ask\nof all why staff", SectionKind::Introduction, true),
            ("Page 3", SectionKind::Boilerplate, false),
            ("leave.", SectionKind::Introduction, true),
            ("References Smith 2004", SectionKind::References, false),
        ]
    );
    let passages = analyzer.passages(&analysis.sentences);
    assert_eq!(passages.iter().map(|passage| passage.n_tokens).collect::<Vec<_>>(), [6, 2, 1, 3]);
}

#[test]
fn passages_are_sentences_paragraphs_or_the_document() {
    let (_, analysis, _) = analyze("One. Two.\n\nThree.");
    let count = |passage| {
        let analyzer = Analyzer::new(&TextSettings { passage, ..TextSettings::default() });
        analyzer.passages(&analysis.sentences).iter().map(|passage| passage.n_sentences).collect::<Vec<_>>()
    };
    assert_eq!(count(PassageUnit::Sentence), [1, 1, 1]);
    assert_eq!(count(PassageUnit::Paragraph), [2, 1]);
    assert_eq!(count(PassageUnit::Document), [3]);
}

#[test]
fn the_language_of_a_document_is_detected() {
    let french =
        "Les services de la ville, dit le rapport « The State and the City », ont été réunis par des partenaires ";
    let english = "The services were joined by the partners, and this was found to be harder than they thought. ";
    assert!(!super::analyze::is_english(&french.repeat(9)) && super::analyze::is_english(&english.repeat(3)));
    let analyzer =
        Analyzer::new(&TextSettings { language: LanguageSetting::Detect(Detect::Detect), ..TextSettings::default() });
    let language = |text: &str| {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
        analyzer.analyze(&document, &mut vocabulary, &mut analysis);
        analysis.language
    };
    assert_eq!(language("Die Zusammenarbeit zwischen den Behörden war nicht immer einfach gewesen."), Language::German);
    assert_eq!(
        language("La coopération entre les services n’a pas toujours été facile à organiser."),
        Language::French
    );
    assert_eq!(language("Joint working between the agencies was never easy to organise."), Language::English);
    assert_eq!(language(""), Language::English);
    assert_eq!(analyzer.languages().len(), 18);
}

#[test]
fn words_are_folded_to_one_surface() {
    let analyzer = Analyzer::new(&TextSettings::default());
    for (word, surface) in [
        ("CHILDREN’S", "children's"),
        ("Cafe\u{301}", "café"),
        ("ﬁnance", "finance"),
        ("_Funding_", "funding"),
        ("co\u{ad}operate", "cooperate"),
        ("Short‐Term", "short-term"),
        ("İstanbul", "istanbul"),
    ] {
        assert_eq!(analyzer.fold(word), surface);
    }
}

#[test]
fn words_past_all_measure_are_one_type() {
    let (_, analysis, vocabulary) = analyze(&format!("{} {} a", "x".repeat(256), "y".repeat(9_999)));
    assert_eq!(analysis.tokens[0].type_id, analysis.tokens[1].type_id);
    assert_eq!(vocabulary.surface(analysis.tokens[0].type_id), "…");
    assert_eq!(vocabulary.n_types(), 2);
}

#[test]
fn a_vocabulary_can_be_emptied() {
    let (_, _, mut vocabulary) = analyze("one two");
    vocabulary.clear();
    assert_eq!((vocabulary.n_types(), vocabulary.generation(), vocabulary.is_full()), (0, 1, false));
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
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn words_are_those_of_the_unicode_rules(text in messy()) {
        let (mut vocabulary, mut tokens) = (Vocabulary::default(), Vec::new());
        Analyzer::new(&TextSettings::default()).tokens(&text, Language::English, &mut vocabulary, &mut tokens);
        let found: Vec<_> = tokens.iter().map(|token| (token.span.start as usize, token.span.of(&text))).collect();
        prop_assert_eq!(found, words_by_the_book(&text));
    }

    #[test]
    fn segments_are_those_of_the_unicode_rules(text in messy()) {
        let found: Vec<_> = super::tokenize::quanteda::segments(&text).collect();
        let by_the_book: Vec<_> = unicode_segmentation::UnicodeSegmentation::split_word_bound_indices(&*text).collect();
        prop_assert_eq!(found, by_the_book);
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

#[test]
fn texts_are_cut_as_the_package_cuts_them() {
    #[track_caller]
    fn cut(text: &str, expected: &[&str]) {
        assert_eq!(quanteda_tokens(text), expected);
        let settings = TextSettings { tokenizer: TokenRules::Quanteda, case: Case::Kept, ..TextSettings::default() };
        let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
        let document = Document { text: text.to_owned(), ..Document::default() };
        Analyzer::new(&settings).analyze(&document, &mut vocabulary, &mut analysis);
        let surfaces: Vec<&str> = analysis.tokens.iter().map(|token| vocabulary.surface(token.type_id)).collect();
        assert_eq!(surfaces, expected);
    }
    cut("The minister's health-care plan; cuts.", &["The", "minister's", "health-care", "plan", ";", "cuts", "."]);
    cut("It cost £2,500.50 (net)!", &["It", "cost", "£", "2,500.50", "(", "net", ")", "!"]);
    cut("#tag @user http://a.b/c. end", &["#tag", "@user", "http://a.b/c", ".", "end"]);
}
