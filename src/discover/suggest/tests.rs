use super::*;
use crate::corpus::Document;
use crate::lexicon::{LexiconSettings, Pattern, SentenceTokens, Theme, ThemeId, TokenClasses};
use crate::text::{Analysis, Analyzer, TextSettings, Vocabulary};

/// Sentences about money and about plants; in the first, four words stand for one another.
fn corpus(analyzer: &Analyzer) -> Corpus {
    let money = ["grants", "budgets", "funding", "subsidies"];
    let plants = ["roses", "tulips", "daisies", "ferns"];
    let mut corpus = Corpus::default();
    for round in 0..12 {
        let (a, b) = (money[round % 4], money[(round / 4 + 1) % 4]);
        let (p, q) = (plants[round % 4], plants[(round / 4 + 1) % 4]);
        let text = format!(
            "Councils cut {a} for schools again. Ministers promised more {b} for councils. \
             Gardeners water {p} every morning. Children painted {q} near rivers. Dull office parties ended early."
        );
        let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
        analyzer.analyze(&Document { text, ..Document::default() }, &mut vocabulary, &mut analysis);
        let mut number = |type_id| corpus.type_of(vocabulary.surface(type_id), vocabulary.stem(type_id));
        let classes = analysis.tokens.iter().map(|token| number(token.type_id)).collect();
        let sentence = |(s, passage): (&crate::text::Sentence, u32)| SentenceTokens {
            first_token: s.first_token,
            n_tokens: s.n_tokens,
            passage,
            scored: true,
        };
        let sentences = analysis.sentences.iter().zip(0..).map(sentence).collect();
        corpus.push(TokenClasses { classes, sentences, compounds: Vec::new(), n_passages: 5 });
    }
    corpus
}

fn theme(patterns: &[&str], except: &[&str]) -> Theme {
    let all = |texts: &[&str]| {
        texts.iter().map(|text| Pattern { text: (*text).to_owned(), weight: 0.9, stance: None, line: 0 }).collect()
    };
    Theme { id: ThemeId("money".to_owned()), patterns: all(patterns), except: all(except), ..Theme::default() }
}

#[test]
fn what_stands_in_the_place_of_a_themes_words_is_suggested_first() {
    let (settings, analyzer) = (LexiconSettings::default(), Analyzer::new(&TextSettings::default()));
    let corpus = corpus(&analyzer);
    let suggester = Suggester::new(&corpus, &settings, &analyzer, 3, &[]);
    let texts = |theme: &Theme| -> Vec<String> {
        suggester.suggest(theme, Ranking::Company, 2).into_iter().map(|suggestion| suggestion.text).collect()
    };
    let mut first = texts(&theme(&["grant", "funding"], &[]));
    first.sort();
    assert_eq!(first, ["budgets", "subsidies"]);
    assert!(!texts(&theme(&["grant", "funding"], &["subsidies"])).contains(&"subsidies".to_owned()));
}

#[test]
fn an_association_is_worked_out_from_sentences_outside_of_the_hits() {
    let (settings, analyzer) = (LexiconSettings::default(), Analyzer::new(&TextSettings::default()));
    let corpus = corpus(&analyzer);
    let suggester = Suggester::new(&corpus, &settings, &analyzer, 3, &[]);
    let all = suggester.suggest(&theme(&["(grant|funding|budget|subsidies)"], &[]), Ranking::Keyness, 40);
    let ministers = all.iter().find(|suggestion| suggestion.text.contains("ministers")).unwrap();
    assert_eq!((ministers.n_sentences, ministers.n_with_theme, ministers.n_documents), (12, 12, 12));
    // Of 60 sentences 24 have the theme: ln(12.5 · 36.5 / 0.5 / 12.5), by hand.
    assert!((ministers.association - 4.2905).abs() < 1e-4, "{}", ministers.association);
    assert!(ministers.interval.0 < ministers.association && ministers.association < ministers.interval.1);
    assert!(!all.iter().any(|suggestion| suggestion.text.contains("grant")));
}

#[test]
fn what_is_brought_back_is_counted_against_what_was_lost() {
    let (settings, analyzer) = (LexiconSettings::default(), Analyzer::new(&TextSettings::default()));
    let corpus = corpus(&analyzer);
    let suggester = Suggester::new(&corpus, &settings, &analyzer, 3, &[]);
    let theme = theme(&["grant", "funding", "budget", "subsidies"], &[]);
    let proofs = prove(&suggester, &theme, &[Ranking::Company], 2, (4, 7));
    assert_eq!(proofs.len(), 4);
    for proof in &proofs {
        // Three grants, and seven of each of the others.
        assert!([10, 14].contains(&proof.n_lost), "{proof:?}");
        assert!(7 <= proof.n_back[0] && proof.n_back[0] <= proof.n_lost, "{proof:?}");
        assert!(proof.n_back[0] <= proof.n_right[0] && proof.n_right[0] <= proof.n_suggested[0], "{proof:?}");
    }
    assert_eq!(proofs, prove(&suggester, &theme, &[Ranking::Company], 2, (4, 7)));
}

#[test]
fn a_file_of_suggestions_is_toml_that_holds_the_patterns() {
    let suggestion = Suggestion {
        text: "say \"no\"".to_owned(),
        association: 1.0,
        interval: (0.5, 1.5),
        n_sentences: 3,
        n_with_theme: 2,
        n_documents: 1,
    };
    let text = suggestion_file("a theme", &[suggestion], &[vec!["d: left [hit] right".to_owned()]]);
    let read: toml::Table = text.parse().unwrap();
    assert_eq!(read["theme"].as_str(), Some("a theme"));
    assert_eq!(read["suggestion"][0]["pattern"].as_str(), Some("say \"no\""));
    assert!(text.contains("#   d: left [hit] right\n"), "{text}");
}
