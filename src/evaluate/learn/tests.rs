//! Four short documents, two themes, three patterns: every count worked by hand.

use super::*;
use crate::corpus::{DocumentId, Metadata, Span};
use crate::evaluate::coding::{CoderId, Coding, HitVerdict, Place};
use crate::evaluate::settings::{CodedDocuments, Weights};
use crate::index::Content;
use crate::lexicon::{LexiconSettings, Pattern, Theme, ThemeId};
use crate::score::{DocumentScores, Hit, ScoreSettings, Scorer};
use crate::text::{Analyzer, Passage, Sentence, TextSettings};

/// Money is in the first sentence of all but the last, and in the third of the first; a budget in the second of the second.
pub(in crate::evaluate) const TEXTS: [(&str, &str); 4] = [
    ("a", "Money came. Nothing else. Money went."),
    ("b", "Money talks. Budget cuts came."),
    ("c", "Money again. Leader left."),
    ("d", "Nothing at all."),
];

/// Document, sentence, pattern; every hit is the first word of its sentence.
pub(in crate::evaluate) const HITS: [(usize, u32, u32); 6] =
    [(0, 0, 0), (0, 2, 0), (1, 0, 0), (1, 1, 1), (2, 0, 0), (2, 1, 2)];

pub(in crate::evaluate) fn documents() -> Vec<IndexedDocument> {
    let document = |(id, text): &(&str, &str)| IndexedDocument {
        id: DocumentId((*id).into()),
        source: format!("{id}.txt"),
        format: "plain".into(),
        digest: Digest::of(text.as_bytes()),
        metadata: Metadata::default(),
        language: Default::default(),
        n_tokens: 10,
        n_sentences: 3,
        n_passages: 3,
        ..IndexedDocument::default()
    };
    TEXTS.iter().map(document).collect()
}

/// Funding: money at 0.9, budget at 0.6. Leadership: leader at 0.8.
pub(in crate::evaluate) fn lexicon() -> Lexicon {
    let pattern =
        |(text, weight): &(&str, f64)| Pattern { text: (*text).into(), weight: *weight, stance: None, line: 1 };
    let theme = |id: &str, patterns: &[(&str, f64)]| Theme {
        id: ThemeId(id.into()),
        patterns: patterns.iter().map(pattern).collect(),
        ..Theme::default()
    };
    let themes = vec![theme("funding", &[("money", 0.9), ("budget", 0.6)]), theme("leadership", &[("leader", 0.8)])];
    Lexicon::compile(themes, &LexiconSettings::default(), &Analyzer::new(&TextSettings::default())).unwrap()
}

fn content(document: usize) -> Content {
    let text = TEXTS[document].1;
    let mut content = Content { text: text.into(), ..Content::default() };
    let (mut start, mut first_token) = (0, 0);
    for end in text.match_indices('.').map(|(at, _)| at + 1) {
        let span = Span::new(start, end);
        let n_tokens = span.of(text).split_whitespace().count() as u32;
        let n = content.sentences.len() as u32;
        content.sentences.push(Sentence { span, first_token, n_tokens, paragraph: 0, section: Default::default() });
        content.passages.push(Passage { span, first_sentence: n, n_sentences: 1, first_token, n_tokens });
        (start, first_token) = (end + 1, first_token + n_tokens);
    }
    content
}

fn span_of(document: usize, sentence: u32) -> Span {
    let content = content(document);
    let sentence = content.sentences[sentence as usize].span;
    let length = sentence.of(&content.text).find([' ', '.']).unwrap();
    Span::new(sentence.start as usize, sentence.start as usize + length)
}

pub(in crate::evaluate) fn scores(lexicon: &Lexicon) -> Scores {
    let document = |document: usize| {
        let hit = |&(_, passage, pattern): &(usize, u32, u32)| Hit {
            passage,
            pattern,
            first_token: content(document).sentences[passage as usize].first_token,
            n_tokens: 1,
            theme: lexicon.theme_of[pattern as usize],
            stance: Default::default(),
            negated: false,
        };
        let hits = HITS.iter().filter(|found| found.0 == document).map(hit).collect();
        let found = DocumentScores { hits, n_scored_passages: 3, n_scored_tokens: 10, ..DocumentScores::default() };
        Scorer::new(lexicon, &ScoreSettings::default()).again(&found, &mut Default::default())
    };
    Scores { documents: (0..TEXTS.len()).map(document).collect(), ..Scores::default() }
}

/// Codings as lines of `coder document theme place`, the place a sentence's number, words or nothing; theme `-` for none.
pub(in crate::evaluate) fn codings(lines: &[&str]) -> Codings {
    let row = |(n, line): (usize, &&str)| {
        let fields: Vec<&str> = line.splitn(4, ' ').chain(std::iter::repeat("")).take(4).collect();
        Coding {
            coder: CoderId(fields[0].into()),
            document: DocumentId(fields[1].into()),
            theme: (fields[2] != "-").then(|| ThemeId(fields[2].into())),
            stance: None,
            place: match fields[3].parse() {
                Ok(sentence) => Place::Sentence(sentence),
                Err(_) if fields[3].is_empty() => Place::Document,
                Err(_) => Place::Quote(fields[3].into()),
            },
            file: "codings.csv".into(),
            line: n as u64 + 2,
        }
    };
    Codings { rows: lines.iter().enumerate().map(row).collect(), ..Codings::default() }
}

fn verdict(document: &str, pattern: &str, span: Span, is_right: bool) -> HitVerdict {
    let (theme, pattern) = (ThemeId("funding".into()), pattern.to_owned());
    HitVerdict { document: DocumentId(document.into()), theme, pattern, span, is_right, file: "v.csv".into(), line: 2 }
}

pub(in crate::evaluate) fn run(codings: &Codings, change: impl Fn(&mut EvaluateSettings)) -> Learned {
    let mut settings = EvaluateSettings::default();
    change(&mut settings);
    let open = |document: usize, found: &DocumentScores| {
        let spans = found.hits.iter().map(|hit| span_of(document, hit.passage)).collect();
        Ok((content(document), spans))
    };
    let lexicon = lexicon();
    let scores = scores(&lexicon);
    hear(&documents(), (&scores, &scores), &lexicon, codings, &settings, &open).unwrap()
}

/// What is said of each pattern.
fn said(learned: &Learned) -> Vec<(f64, f64)> {
    learned.beliefs.iter().map(|belief| (belief.judgements.n_right, belief.judgements.n_wrong)).collect()
}

const PLACED: [&str; 3] = ["x a funding 0", "x b funding 1", "x c -"];

#[test]
fn a_document_has_one_judgement_of_a_pattern() {
    // a: right in the first sentence, wrong in the third; b: money wrong, budget right; c: money wrong. Nobody codes leadership.
    let learned = run(&codings(&PLACED), |_| ());
    assert_eq!(said(&learned), [(0.5, 2.5), (1.0, 0.0), (0.0, 0.0)]);
    let weights: Vec<f64> = learned.weights().iter().map(|weight| (weight * 1e6).round() / 1e6).collect();
    // (10 · 0.9 + 0.5) / 13, (10 · 0.6 + 1) / 11, as written.
    assert_eq!(weights, [0.730769, 0.636364, 0.8]);
    assert_eq!(learned.beliefs.iter().map(|belief| belief.n_documents).collect::<Vec<_>>(), [3, 1, 0]);
    assert_eq!((learned.documents.as_slice(), learned.is_used()), (&[0, 1, 2][..], true));
}

#[test]
fn coders_share_the_judgement_and_say_nothing_past_a_first_place() {
    // y finds nothing in a: of four judgements one is right.
    let two = run(&codings(&["x a funding 0", "y a -"]), |_| ());
    assert_eq!(said(&two)[0], (0.25, 0.75));
    // The second sentence is the first place: what stands before is wrong, of what follows nothing is said.
    let first = run(&codings(&["x a funding Nothing else"]), |_| ());
    assert_eq!(said(&first)[0], (0.0, 1.0));
    // y read only b.
    let apart = run(&codings(&["x a funding 0", "y b funding 0"]), |s| s.coded = CodedDocuments::ByCoder);
    assert_eq!(said(&apart), [(1.5, 0.5), (0.0, 1.0), (0.0, 0.0)]);
}

#[test]
fn without_places_the_document_stands_for_its_passages() {
    let learned = run(&codings(&["x a funding", "x b -", "x c leadership"]), |_| ());
    assert_eq!(said(&learned), [(1.0, 2.0), (0.0, 1.0), (1.0, 0.0)]);
}

#[test]
fn a_verdict_is_a_judgement_of_its_own() {
    let verdicts = vec![
        verdict("a", "money", span_of(0, 0), true),
        verdict("a", "money", span_of(0, 0), false),
        verdict("a", "money", span_of(0, 2), false),
        verdict("b", "budget", span_of(1, 1), true),
        verdict("b", "budget", span_of(1, 0), true),
        verdict("z", "money", span_of(0, 0), true),
    ];
    let learned = run(&Codings { verdicts, ..Codings::default() }, |_| ());
    assert_eq!(said(&learned), [(0.5, 1.5), (1.0, 0.0), (0.0, 0.0)]);
    assert_eq!((learned.beliefs[0].n_accepted, learned.beliefs[0].n_rejected), (1, 2));
    let faults: Vec<&str> = learned.faults.iter().map(|fault| fault.what.as_str()).collect();
    assert_eq!(
        faults,
        ["document \"z\" is not in the corpus", "theme \"funding\" has no hit of \"budget\" at bytes 0 to 5 of \"b\""]
    );
}

#[test]
fn nobody_moves_no_weight() {
    for codings in [Codings::default(), codings(&["x d funding"]), codings(&["x a training 0"])] {
        let learned = run(&codings, |_| ());
        assert_eq!((learned.weights(), learned.is_used()), (vec![0.9, 0.6, 0.8], false));
        let lexicon = lexicon();
        let settings = ScoreSettings::default();
        assert!(learned.trial(&Scorer::new(&lexicon, &settings), &scores(&lexicon)).is_none());
    }
}

#[test]
fn weights_stay_as_written_where_the_study_says_so() {
    let learned = run(&codings(&PLACED), |s| s.learn.weights = Weights::Written);
    assert_eq!(learned.weights(), [0.9, 0.6, 0.8]);
    assert!((learned.beliefs[0].learned.value - 9.5 / 13.0).abs() < 1e-12, "shown all the same");
    assert_eq!(learned.judging(0), [0.9, 0.6, 0.8]);
    assert_eq!(learned.taught_by(&documents()), Digest::default());
}

#[test]
fn a_document_is_never_judged_by_what_it_taught() {
    let judging = |lines: &[&str]| (0..3).map(|d| run(&codings(lines), |_| ()).judging(d)).collect::<Vec<_>>();
    let (before, after) = (judging(&PLACED), judging(&["x a -", "x b funding 1", "x c -"]));
    assert_eq!(before[0], after[0], "a changed its mind, and is judged as before");
    assert!(before[1] != after[1] && before[2] != after[2]);
    // b and c teach that money is wrong twice: 9 / 12; of budget only b speaks.
    assert!((before[0][0] - 0.75).abs() < 1e-12);
    assert_eq!(before[1][1], 0.6, "nobody but b speaks of its budget");
}

#[test]
fn the_seed_deals_and_the_parts_are_even() {
    let sizes = |folds: u32, seed: u64| {
        let learned = run(&codings(&PLACED), |s| (s.learn.folds, s.learn.seed) = (folds, seed));
        let mut sizes = vec![0; learned.n_folds()];
        learned.folds.values().for_each(|&fold| sizes[fold] += 1);
        (sizes, learned.folds)
    };
    assert_eq!(sizes(2, 1).0, [2, 1]);
    assert_eq!(sizes(10, 1).0, [1, 1, 1], "no more parts than documents");
    assert_eq!(sizes(2, 7).1, sizes(2, 7).1);
    assert!((1..20).any(|seed| sizes(2, seed).1 != sizes(2, 0).1));
}

#[test]
fn one_document_can_teach_and_is_judged_as_written() {
    let learned = run(&codings(&["x a funding 0"]), |_| ());
    assert_eq!((learned.n_folds(), learned.is_used()), (0, true));
    let (lexicon, settings) = (lexicon(), ScoreSettings::default());
    let trial = learned.trial(&Scorer::new(&lexicon, &settings), &scores(&lexicon)).unwrap();
    assert!(trial.held_out.is_none());
    assert_eq!(trial.judged().documents[0].themes[0].score.score, 0.9);
}

#[test]
fn the_strength_decides_how_fast_weights_move() {
    let money = |strength| run(&codings(&PLACED), |s| s.learn.prior_strength = strength).beliefs[0].learned.value;
    assert!((money(0.0) - 0.5 / 3.0).abs() < 1e-12, "people alone");
    assert!((money(10.0) - 9.5 / 13.0).abs() < 1e-12);
    assert!((money(1e9) - 0.9).abs() < 1e-6);
}

#[test]
fn the_held_out_scores_are_those_of_the_other_documents() {
    let learned = run(&codings(&PLACED), |s| s.learn.prior_strength = 1.0);
    let (lexicon, settings) = (lexicon(), ScoreSettings::default());
    let trial = learned.trial(&Scorer::new(&lexicon, &settings), &scores(&lexicon)).unwrap();
    // To a, b and c say money is wrong twice: (0.9 + 0) / 3 = 0.3, and the theme is gone.
    let score = |scores: &Scores| scores.documents[0].themes[0].score;
    assert!((score(trial.held_out.as_ref().unwrap()).score - 0.3).abs() < 1e-12);
    assert!(!score(trial.judged()).has_theme && score(&trial.written).has_theme);
    assert!(trial.written.documents[3].hits.is_empty(), "what nobody judged is left empty");
}
