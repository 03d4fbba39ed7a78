//! The rules of scores and stances, held against sentences and hand-worked figures.

use super::hit::DocumentScores;
use super::settings::ScoreSettings;
use super::weigh::{Scorer, Scratch, noisy_or, reaches};
use crate::corpus::Document;
use crate::lexicon::{
    Classifier, Lexicon, LexiconSettings, Pattern, SentenceTokens, Stance, Theme, ThemeId, TokenClasses,
};
use crate::text::{Analysis, Analyzer, TextSettings, Vocabulary};
use std::sync::LazyLock;

const B: Stance = Stance::Barrier;
const F: Stance = Stance::Facilitator;
const X: Stance = Stance::Both;
const M: Stance = Stance::Mention;

/// One theme per row: its id, and its patterns with their weights.
type Rows<'a> = &'a [Row<'a>];
type Row<'a> = (&'a str, &'a [(&'a str, f64, Option<Stance>)]);

fn lexicon(rows: Rows) -> Lexicon {
    let pattern = |&(text, weight, stance): &(&str, f64, Option<Stance>)| Pattern {
        text: text.to_owned(),
        weight,
        stance,
        line: 0,
    };
    let theme = |(id, patterns): &Row| Theme {
        id: ThemeId((*id).to_owned()),
        patterns: patterns.iter().map(pattern).collect(),
        ..Theme::default()
    };
    let themes = rows.iter().map(theme).collect();
    Lexicon::compile(themes, &LexiconSettings::default(), &analyzer()).expect("the lexicon compiles")
}

fn analyzer() -> Analyzer {
    Analyzer::new(&TextSettings::default())
}

/// Scores a text as one document of which every sentence is a passage.
fn score(lexicon: &Lexicon, text: &str) -> DocumentScores {
    let document = Document { text: text.to_owned(), ..Document::default() };
    let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
    analyzer().analyze(&document, &mut vocabulary, &mut analysis);
    let passages = analyzer().passages(&analysis.sentences);
    let mut classes = TokenClasses::default();
    Classifier::default().lay_out(lexicon, &analyzer(), &vocabulary, (&analysis, &passages), &mut classes);
    Scorer::new(lexicon, &ScoreSettings::default()).document(&classes, &mut Scratch::default())
}

static STANCES: LazyLock<Lexicon> = LazyLock::new(|| {
    let plain = |text| (text, 0.9, None);
    let patterns = [
        "funding",
        "money",
        "budget",
        "leadership",
        "=leader",
        "manager",
        "director",
        "role",
        "aim",
        "responsibility",
        "purpose",
        "morale",
        "ethos",
        "professional culture",
        "profession",
        "objective",
    ];
    let patterns: Vec<_> = patterns.into_iter().map(plain).collect();
    lexicon(&[("any", &patterns)])
});

/// The stance of the one sentence; of its first hit that counts.
fn stance(sentence: &str) -> Stance {
    let scores = score(&STANCES, sentence);
    scores.hits.iter().find(|hit| !hit.negated).unwrap_or_else(|| panic!("no hit: {sentence}")).stance
}

#[track_caller]
fn check(rows: &[(Stance, &str)]) {
    let wrong: Vec<_> =
        rows.iter().filter(|row| stance(row.1) != row.0).map(|row| (row.0, stance(row.1), row.1)).collect();
    assert!(wrong.is_empty(), "wanted, got: {wrong:#?}");
}

#[test]
fn words_of_trouble_make_a_barrier() {
    check(&[
        (B, "Funding was a barrier in every area."),
        (B, "Several agencies lacked funding."),
        (B, "There was a lack of leadership."),
        (B, "Insufficient money hindered the work."),
        (B, "Staff were unclear about their roles."),
        (B, "Confusion over responsibility was common."),
        (B, "Poor leadership undermined the partnership."),
        (B, "The budget was inadequate."),
        (B, "Disputes about money soured relations."),
        (B, "Roles were blurred and overlapping."),
        (B, "Conflicting aims impeded progress."),
        (B, "Morale was low after the cuts."),
        (B, "Partners quarrelled over whose budget should pay."),
        (B, "The director failed to win over the schools."),
        (B, "The funding ran out after three years."),
        (B, "There were no agreed aims."),
        (B, "The team worked without a leader."),
        (B, "Professional cultures clashed from the start."),
        (B, "Managers resisted the change."),
        (B, "The purpose of the group remained vague."),
        (B, "Reluctance to share budgets was an obstacle."),
        (B, "Mistrust between the professions persisted."),
    ]);
}

#[test]
fn words_of_help_make_a_facilitator() {
    check(&[
        (F, "Strong leadership was essential."),
        (F, "Shared aims helped the partners."),
        (F, "Clear roles enabled staff to work together."),
        (F, "Adequate funding is a key factor."),
        (F, "The manager was enthusiastic and supportive."),
        (F, "Success depended on the director."),
        (F, "A pooled budget facilitated joint work."),
        (F, "The ethos of the centre was warm and welcoming."),
        (F, "Clarity of purpose strengthened the partnership."),
        (F, "Leadership was the most important success factor."),
        (F, "Respect between the professions improved."),
        (F, "Effective leadership drove the change."),
        (F, "Staff valued the commitment of the director."),
        (F, "Morale was high and staff felt valued."),
        (F, "Agreed objectives promoted trust."),
        (F, "Partnerships thrive where the roles are well understood."),
    ]);
}

#[test]
fn what_is_turned_round_says_the_opposite() {
    check(&[
        (F, "There was no shortage of funding."),
        (F, "There was no lack of leadership."),
        (B, "There was a lack of clear leadership."),
        (B, "Leadership was not effective."),
        (B, "The aims were never clear."),
        (F, "Roles were never in doubt."),
        (F, "Funding was not a problem."),
        (F, "The partners worked without conflict over roles."),
        (F, "Initial confusion about roles was resolved."),
        (F, "Clear aims overcame the difficulties."),
        (B, "The director did not support the scheme."),
        (B, "Strong leadership was lacking."),
        (B, "Staff did not understand the aims."),
        (F, "Conflict between the professions was avoided."),
        (F, "Fears about the budget proved groundless."),
        (B, "Managers were unable to agree on the purpose."),
        (B, "The director failed to provide effective leadership."),
        (B, "No clear or effective leadership was in sight."),
        (F, "No partnership succeeded without leadership."),
        (F, "Leadership was no longer seen as a barrier."),
        (F, "Few respondents regarded funding as a problem."),
        (F, "Shared aims cut down on misunderstandings."),
        (F, "Conflict between the professions was less common."),
    ]);
}

#[test]
fn a_claim_stays_in_its_clause() {
    check(&[
        (F, "Leadership was strong, but money was short."),
        (B, "Funding was insufficient, although partners were committed."),
        (F, "The director was effective, whereas the schools were confused."),
        (B, "The budget was a source of conflict, but staff were enthusiastic."),
        (M, "However, the budget covers three years."),
        (X, "A large budget helped at first but bred envy later."),
        (F, "A large budget helped, whereas the delays caused envy."),
    ]);
}

#[test]
fn what_heads_a_list_speaks_for_all_of_it() {
    check(&[
        (B, "The main barriers were shared budgets, staffing and space."),
        (B, "Key barriers included trust, good leadership and time."),
        (B, "Leadership and funding were both cited as difficulties."),
        (F, "Critical success factors included conflict over aims that was aired."),
        (F, "Progress was attributed to the director and to a struggle over roles."),
        (F, "The main barriers were space and time, but success was put down to leadership."),
    ]);
}

#[test]
fn what_a_study_does_is_no_claim() {
    check(&[
        (M, "This paper examines effective leadership."),
        (M, "The purpose of the present study was to explore good leadership."),
        (M, "Little is known about strong leadership."),
        (M, "The budget was provided by the health board to support families."),
        (F, "The study found that leadership was crucial."),
        (B, "The review concluded that funding was a barrier."),
    ]);
}

#[test]
fn no_claim_is_a_mention_and_two_are_both() {
    check(&[
        (M, "The manager met the team on Mondays."),
        (M, "The director chairs the board."),
        (M, "Leadership was measured with a questionnaire."),
        (M, "Staff were asked whether the aims were clear."),
        (M, "The budget covers three years."),
        (M, "Annex B sets out the roles."),
        (X, "Leadership was a double-edged sword."),
        (X, "Leadership could make or break a partnership."),
        (X, "Funding helped or hindered by turns."),
    ]);
}

#[test]
fn a_theme_that_is_said_not_to_matter_is_shown_and_not_counted() {
    for sentence in [
        "Outcomes improved regardless of funding.",
        "Success did not depend on leadership.",
        "Families did well irrespective of the budget.",
        "The report was about housing rather than leadership.",
        "Funding was not a factor.",
        "The decision had nothing to do with money.",
    ] {
        let scores = score(&STANCES, sentence);
        assert_eq!(scores.hits.len(), 1, "{sentence}");
        assert!(scores.hits[0].negated, "{sentence}");
        assert_eq!((scores.passages[0].score.n_hits, scores.passages[0].score.score), (0, 0.0), "{sentence}");
        assert!(!scores.themes[0].score.has_theme, "{sentence}");
    }
}

#[test]
fn denial_ends_with_its_clause_and_is_not_a_lack() {
    let counted = |text| score(&STANCES, text).hits.iter().filter(|hit| !hit.negated).count();
    assert_eq!(counted("There was a lack of funding."), 1);
    assert_eq!(counted("There was no leadership."), 1);
    assert_eq!(counted("Size did not matter but funding was short."), 1);
    assert_eq!(
        counted("Regardless of their size, all the sites in the four counties said that leadership counted."),
        1
    );
}

#[test]
fn a_patterns_own_stance_stands_and_is_turned_round() {
    let own = lexicon(&[(
        "funding",
        &[("uncertain funding", 0.9, Some(B)), ("grant", 0.9, Some(M)), ("=leadership", 0.9, Some(F))],
    )]);
    let stance = |text| score(&own, text).hits[0].stance;
    assert_eq!(stance("Uncertain funding was described."), B);
    assert_eq!(stance("There was no uncertain funding."), F);
    assert_eq!(stance("A grant helped greatly."), M);
    assert_eq!(stance("Strong leadership came late."), F);
    assert_eq!(stance("Strong leadership collapsed."), B);
    assert_eq!(stance("Strong leadership was examined in a survey."), M);
}

#[test]
fn a_passage_score_is_the_chance_that_one_hit_is_right() {
    let weighed = lexicon(&[("funding", &[("money", 0.5, None), ("budget", 0.4, None), ("grant", 0.2, None)])]);
    let of = |text| score(&weighed, text).passages[0].score;
    assert_eq!(of("The money came.").score, 0.5);
    assert!(of("The money came.").has_theme, "the threshold itself is enough");
    assert_eq!(of("The money, all the money, came.").score, 0.5, "a pattern counts once");
    assert_eq!(of("The money, all the money, came.").n_hits, 2);
    // 1 − 0.5 · 0.6 · 0.8
    assert!((of("A grant, money and a budget.").score - 0.76).abs() < 1e-12);
    // 1 − 0.6 · 0.8
    assert!((of("A grant and a budget.").score - 0.52).abs() < 1e-12);
    assert!(!of("A grant came.").has_theme);
    // A denied hit is left out: 1 − 0.6
    assert!((of("A budget regardless of money.").score - 0.4).abs() < 1e-12);
    assert_eq!(of("A budget regardless of money.").n_hits, 1);
}

#[test]
fn a_document_is_as_strong_as_its_strongest_passage() {
    let weighed =
        lexicon(&[("funding", &[("money", 0.5, None), ("grant", 0.2, None)]), ("other", &[("zebra", 0.9, None)])]);
    let scores = score(&weighed, "The grant came late. The money came too. Nothing else came of it.");
    assert_eq!((scores.n_scored_passages, scores.n_scored_tokens), (3, 13));
    assert_eq!(scores.passages.len(), 2);
    let funding = scores.themes[0];
    assert_eq!((funding.score.score, funding.score.has_theme, funding.score.n_hits), (0.5, true, 2));
    assert_eq!(funding.n_passages, 1, "the grant alone is not enough");
    assert_eq!(funding.rate_per_1000_tokens, Some(2.0 * 1000.0 / 13.0));
    let other = scores.themes[1];
    assert_eq!((other.score.score, other.score.has_theme, other.rate_per_1000_tokens), (0.0, false, Some(0.0)));
    let empty = score(&weighed, "");
    assert_eq!((empty.themes.len(), empty.themes[0].rate_per_1000_tokens), (2, None));
}

#[test]
fn the_threshold_decides_who_has_a_theme() {
    let weighed = lexicon(&[("funding", &[("money", 0.5, None)])]);
    let one = [SentenceTokens { first_token: 0, n_tokens: 1, passage: 0, scored: true }];
    let classes = TokenClasses {
        classes: vec![weighed.classify("money", "money")],
        sentences: one.to_vec(),
        n_passages: 1,
        ..TokenClasses::default()
    };
    for (threshold, has_theme) in [(0.4, true), (0.5, true), (0.6, false)] {
        let settings = ScoreSettings { threshold };
        let scores = Scorer::new(&weighed, &settings).document(&classes, &mut Scratch::default());
        assert_eq!(scores.themes[0].score.has_theme, has_theme, "{threshold}");
    }
}

#[test]
fn a_document_is_both_where_the_fewer_are_half_of_the_more() {
    let stance = |text: &str| score(&STANCES, text).themes[0].score.stance;
    let (barrier, facilitator) = ("Funding was a barrier. ", "Funding was helpful. ");
    assert_eq!(stance(&format!("{barrier}{facilitator}")), X);
    assert_eq!(stance(&format!("{barrier}{barrier}{facilitator}")), X);
    assert_eq!(stance(&format!("{barrier}{barrier}{barrier}{facilitator}")), B);
    assert_eq!(stance(&format!("{facilitator}The budget covers three years.")), F);
    assert_eq!(stance("The budget covers three years."), M);
}

#[test]
fn a_pattern_alone_reaches_a_threshold_that_is_its_weight() {
    let lexicon = lexicon(&[("any", &[("funding", 0.9, None)])]);
    let found = score(&lexicon, "Funding came.");
    for threshold in (1..=100).map(|percent| f64::from(percent) / 100.0) {
        let settings = ScoreSettings { threshold };
        let scorer = Scorer::new(&lexicon, &settings).believing(vec![threshold]);
        let theme = scorer.again(&found, &mut Scratch::default()).themes[0].score;
        assert_eq!((theme.score, theme.has_theme), (threshold, true));
    }
    // As numbers are written, whatever the order.
    for weights in [[0.3, 0.5], [0.5, 0.3]] {
        assert!(reaches(noisy_or(weights.into_iter()), 0.65) && !reaches(0.65, 0.650_001));
    }
    assert_eq!((noisy_or([].into_iter()), noisy_or([0.5, 1.0, 0.5].into_iter())), (0.0, 1.0));
}
