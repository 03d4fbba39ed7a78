//! The card of a lexicon of three patterns, and of hits made for the purpose.

use super::super::learn::tests::{codings, documents, lexicon, run, scores};
use super::without::Loss;
use super::*;
use crate::evaluate::EvaluateSettings;
use crate::lexicon::{LexiconSettings, Pattern, Theme, ThemeId};
use crate::score::{DocumentScores, Hit, ScoreSettings, Scores};
use crate::text::{Analyzer, TextSettings};

fn hit(theme: u16, passage: u32, pattern: u32, first_token: u32, n_tokens: u16) -> Hit {
    Hit { passage, pattern, first_token, n_tokens, theme, stance: Default::default(), negated: false }
}

fn card_of(lines: &[&str], included: &[bool]) -> Card {
    let (codings, lexicon, settings) = (codings(lines), lexicon(), ScoreSettings::default());
    let learned = run(&codings, |s| s.learn.weights = crate::evaluate::Weights::Written);
    let scorer = Scorer::new(&lexicon, &settings);
    let judged = (&codings, &learned);
    let scores = scores(&lexicon);
    card(&documents(), (&scores, &scores), (&lexicon, &scorer), included, judged, &EvaluateSettings::default())
}

#[test]
fn what_is_lost_without_a_pattern_is_worked_by_hand() {
    let weights = [0.9, 0.6, 0.3, 0.3];
    let lost = |hits: &[Hit]| losses(hits, &|pattern| weights[pattern as usize], 0.5);
    let loss = |pattern, n_passages, is_whole| Loss { theme: 0, pattern, n_passages, is_whole };
    // Alone in its passage.
    assert_eq!(lost(&[hit(0, 0, 0, 0, 1)]), [loss(0, 1, true)]);
    // Either would do.
    assert_eq!(lost(&[hit(0, 0, 0, 0, 1), hit(0, 0, 1, 1, 1)]), []);
    // 1 − 0.7 · 0.7 = 0.51: both are needed.
    assert_eq!(lost(&[hit(0, 0, 2, 0, 1), hit(0, 0, 3, 1, 1)]), [loss(2, 1, true), loss(3, 1, true)]);
    // One that never suffices is no loss; nor does it count that it is met twice.
    assert_eq!(lost(&[hit(0, 0, 2, 0, 1), hit(0, 0, 2, 1, 1)]), []);
    // The first passage goes, the second keeps the theme, and with it the document.
    assert_eq!(lost(&[hit(0, 0, 0, 0, 1), hit(0, 1, 1, 9, 1)]), [loss(0, 1, false), loss(1, 1, false)]);
    // A denied hit is nothing.
    assert_eq!(lost(&[Hit { negated: true, ..hit(0, 0, 0, 0, 1) }]), []);
}

#[test]
fn a_card_counts_what_each_pattern_does() {
    let card = card_of(&[], &[true; 4]);
    let [money, budget, leader] = &card.patterns[..] else { panic!("{card:?}") };
    assert_eq!((money.n_documents, money.n_hits, money.n_passages), (3, 4, 4));
    assert_eq!((money.share_of_evidence, budget.share_of_evidence), (Some(0.8), Some(0.2)));
    // a and c have funding by money alone; b would keep it by its budget.
    assert_eq!((money.n_passages_lost, money.n_documents_lost, money.prevalence_change), (4, 2, Some(-0.5)));
    assert_eq!((budget.n_passages_lost, budget.n_documents_lost, budget.prevalence_change), (1, 0, Some(0.0)));
    assert_eq!((leader.overlap, leader.shared_words, leader.f1_change), (Some(0.0), Some(0.0), None));
    assert_eq!(money.lines.iter().map(|line| line.passage.document).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(card.patterns.iter().all(|pattern| pattern.flags.is_empty()), "{card:?}");
}

#[test]
fn what_is_not_included_is_not_counted() {
    let card = card_of(&[], &[true, false, true, true]);
    let budget = card.patterns.iter().find(|card| card.pattern == 1).unwrap();
    assert_eq!((budget.n_hits, budget.flags.as_slice()), (0, &[Flag::Dead][..]));
    assert_eq!((budget.share_of_evidence, budget.overlap, budget.shared_words), (Some(0.0), None, None));
    let none = card_of(&[], &[false; 4]);
    assert!(none.patterns.iter().all(|card| card.share_of_evidence.is_none() && card.prevalence_change.is_none()));
}

#[test]
fn f1_without_a_pattern_is_worked_by_hand() {
    // Ours: a, b, c. Theirs: a, b, d. TP 2, FP 1, FN 1: F1 = 4/6. Without money a and c go: TP 1, FP 0, FN 2: 2/4.
    let lines = ["x a funding", "x b funding", "x c -", "x d funding"];
    let card = card_of(&lines, &[true; 4]);
    let change = |pattern: u32| card.patterns.iter().find(|card| card.pattern == pattern).unwrap().f1_change;
    assert!((change(0).unwrap() - (0.5 - 4.0 / 6.0)).abs() < 1e-12);
    assert_eq!((change(1), change(2)), (Some(0.0), None));
    // With two coders their consensus is the judge; where they are split, a document is left out.
    let two: Vec<&str> = lines.into_iter().chain(["y a funding", "y b funding", "y c funding", "y d -"]).collect();
    let card = card_of(&two, &[true; 4]);
    let money = card.patterns.iter().find(|card| card.pattern == 0).unwrap();
    // a and b are left: TP 2; without money TP 1, FN 1: 2/3.
    assert!((money.f1_change.unwrap() - (2.0 / 3.0 - 1.0)).abs() < 1e-12);
}

/// One document against themes of so many patterns each; a theme named `a/b` lies below `a`.
fn card_of_hits(themes: &[(&str, usize)], hits: Vec<Hit>) -> Card {
    let theme = |&(id, n): &(&str, usize)| Theme {
        id: ThemeId(id.replace('/', "-")),
        parent: id.split_once('/').map(|(parent, _)| ThemeId(parent.into())),
        patterns: (0..n)
            .map(|p| Pattern { text: format!("={}{p}", id.replace('/', "")), weight: 0.9, stance: None, line: 1 })
            .collect(),
        ..Theme::default()
    };
    let themes = themes.iter().map(theme).collect();
    let analyzer = Analyzer::new(&TextSettings::default());
    card_with(&Lexicon::compile(themes, &LexiconSettings::default(), &analyzer).unwrap(), hits)
}

fn card_with(lexicon: &Lexicon, hits: Vec<Hit>) -> Card {
    let settings = ScoreSettings::default();
    let scorer = Scorer::new(lexicon, &settings);
    let found = DocumentScores { hits, ..DocumentScores::default() };
    let documents = vec![scorer.again(&found, &mut Default::default())];
    let scores = Scores { documents, ..Scores::default() };
    let (codings, learned) = (Codings::default(), Learned::default());
    card(&[], (&scores, &scores), (lexicon, &scorer), &[true], (&codings, &learned), &EvaluateSettings::default())
}

fn flags(card: &Card, pattern: u32) -> &[Flag] {
    &card.patterns.iter().find(|card| card.pattern == pattern).unwrap().flags
}

#[test]
fn words_of_two_themes_are_ambiguous_and_kin_are_not() {
    // a0 spans tokens 0 to 2, b0 token 1; a1 stands alone.
    let hits = vec![hit(0, 0, 0, 0, 3), hit(1, 0, 2, 1, 1), hit(0, 1, 1, 9, 1)];
    let card = card_of_hits(&[("a", 2), ("b", 1)], hits.clone());
    assert_eq!((flags(&card, 0), flags(&card, 2)), (&[Flag::Ambiguous][..], &[Flag::Ambiguous][..]));
    assert_eq!(flags(&card, 1), []);
    let first = card.patterns.iter().find(|card| card.pattern == 0).unwrap();
    assert_eq!((first.overlaps.as_slice(), first.shares_words_with.as_slice()), (&[(1, 1)][..], &[(1, 1)][..]));
    assert_eq!((first.overlap, first.shared_words), (Some(1.0), Some(1.0)));
    let kin = card_of_hits(&[("a", 2), ("a/b", 1)], hits);
    assert!(kin.patterns.iter().all(|card| card.overlaps.is_empty() && card.shares_words_with.is_empty()));
}

#[test]
fn a_pattern_that_others_make_needless_is_redundant() {
    let hits = vec![hit(0, 0, 0, 0, 1), hit(0, 0, 1, 1, 1), hit(0, 1, 1, 9, 1)];
    let card = card_of_hits(&[("a", 2)], hits);
    assert_eq!((flags(&card, 0), flags(&card, 1)), (&[Flag::Redundant][..], &[][..]));
}

#[test]
fn a_pattern_that_speaks_for_its_theme_is_greedy_only_among_many() {
    let hits = |n: u32| (0..n).map(|p| hit(0, p, p, p, 1)).chain((0..3).map(|p| hit(0, 50 + p, 0, 50 + p, 1)));
    // 4 of 11 hits; then 4 of 10, where only seven patterns are met.
    assert_eq!(flags(&card_of_hits(&[("a", 8)], hits(8).collect()), 0), [Flag::Greedy]);
    assert_eq!(flags(&card_of_hits(&[("a", 8)], hits(7).collect()), 0), []);
}

#[test]
fn a_theme_without_hits_has_a_card_of_dead_patterns() {
    let denied = Hit { negated: true, ..hit(0, 0, 0, 0, 1) };
    let card = card_of_hits(&[("a", 2), ("b", 1)], vec![denied]);
    assert_eq!((flags(&card, 0), flags(&card, 1), flags(&card, 2)), (&[][..], &[Flag::Dead][..], &[Flag::Dead][..]));
    assert!(card.patterns.iter().all(|card| card.share_of_evidence.is_none() && card.lines.is_empty()));
}

#[test]
fn what_works_repeat_counts_once() {
    let (codings, lexicon, settings) = (codings(&[]), lexicon(), ScoreSettings::default());
    let learned = run(&codings, |s| s.learn.weights = crate::evaluate::Weights::Written);
    let (scorer, scores) = (Scorer::new(&lexicon, &settings), scores(&lexicon));
    let mut counted = scores.clone();
    let repeated: Vec<u32> = scores.documents[0].passages.iter().map(|scored| scored.passage).collect();
    counted.documents[0] = crate::score::without(&scores.documents[0], &repeated, 0);
    let judged = (&codings, &learned);
    let once = (&scores, &counted);
    let card = card(&documents(), once, (&lexicon, &scorer), &[true; 4], judged, &EvaluateSettings::default());
    let [money, ..] = &card.patterns[..] else { panic!("{card:?}") };
    assert_eq!(money.n_documents, 2, "of the three that have it, one repeats another");
}

#[test]
fn a_pattern_met_only_inside_longer_hits_is_covered_and_not_dead() {
    let pattern = |text: &&str| Pattern { text: (*text).into(), weight: 0.9, stance: None, line: 1 };
    let patterns = ["hot", "hot days", "cold"].iter().map(pattern).collect();
    let themes = vec![Theme { id: ThemeId("a".into()), patterns, ..Theme::default() }];
    let analyzer = Analyzer::new(&TextSettings::default());
    let lexicon = Lexicon::compile(themes, &LexiconSettings::default(), &analyzer).unwrap();
    let card = card_with(&lexicon, vec![hit(0, 0, 1, 0, 2)]);
    assert_eq!((flags(&card, 0), flags(&card, 1), flags(&card, 2)), (&[Flag::Covered][..], &[][..], &[Flag::Dead][..]));
    assert_eq!(card.patterns.iter().find(|card| card.pattern == 0).unwrap().covered_by, Some(1));
}
