use super::super::settings::LexiconSettings;
use super::super::theme::{Example, Pattern, Stance, Theme, ThemeId};
use super::*;
use crate::text::TextSettings;

fn theme(id: &str, parent: Option<&str>, patterns: &[&str]) -> Theme {
    let pattern = |(text, line): (&&str, u32)| {
        // `0.5 word` gives a weight, `+word` a stance.
        let (weight, text) = text.split_once(' ').filter(|(w, _)| w.starts_with("0.")).unwrap_or(("0.9", text));
        let stance = text.starts_with('+').then_some(Stance::Barrier);
        let text = text.trim_start_matches('+').to_owned();
        Pattern { text, weight: weight.parse().unwrap(), stance, line }
    };
    Theme {
        id: ThemeId(id.to_owned()),
        parent: parent.map(|parent| ThemeId(parent.to_owned())),
        patterns: patterns.iter().zip(1..).map(pattern).collect(),
        file: PathBuf::from(format!("{id}.toml")),
        ..Theme::default()
    }
}

fn all_remarks(themes: Vec<Theme>) -> Vec<Remark> {
    let analyzer = Analyzer::new(&TextSettings::default());
    let lexicon = Lexicon::compile(themes, &LexiconSettings::default(), &analyzer).unwrap();
    let mut themes_of = |classes: &TokenClasses| -> BTreeSet<u16> {
        let (mut hits, mut cues) = (Vec::new(), Vec::new());
        lexicon.find(classes, &mut Scratch::default(), &mut hits, &mut cues);
        // Scored as a run would score it, but for the threshold: any heavy hit, and no cue of denial.
        let negation = lexicon.cues.iter().position(|name| name == "negation").unwrap() as u16;
        let negated = cues.iter().any(|cue| cue.theme == negation);
        let heavy = |hit: &&super::super::matcher::Found| lexicon.patterns[hit.pattern as usize].weight >= 0.5;
        hits.iter().filter(heavy).filter(|_| !negated).map(|hit| hit.theme).collect()
    };
    check(&lexicon, &analyzer, &mut themes_of)
}

/// A theme of these patterns, and what is said of it: line, kind.
#[track_caller]
fn remarks(patterns: &[&str], expected: &[(u32, RemarkKind)]) {
    let remarks = all_remarks(vec![theme("t", None, patterns)]);
    let found: Vec<(u32, RemarkKind)> = remarks.iter().map(|remark| (remark.line, remark.kind)).collect();
    assert_eq!(found, expected, "{remarks:#?}");
}

use RemarkKind::{Contained, Dead, Duplicate, OverBroad, Shared};

#[test]
fn the_same_pattern_twice_is_a_duplicate_however_it_is_written() {
    remarks(&["funding crisis", "Funds  crisis"], &[(2, Duplicate)]);
    remarks(&["fund*", "fund?"], &[(2, Contained)]);
    remarks(&["a NEAR/3 budget", "(a) NEAR/3 budgets"], &[(2, Duplicate)]);
    remarks(&["=fund grant", "fund grant"], &[]);
}

#[test]
fn a_pattern_is_contained_where_a_shorter_one_of_no_less_weight_meets_all_of_it() {
    remarks(&["fund*", "lack of fund*"], &[(2, Contained)]);
    remarks(&["lack of fund*", "fund*"], &[(1, Contained)]);
    remarks(&["0.5 fund*", "lack of fund*"], &[]);
    remarks(&["fund*", "+lack of fund*"], &[]);
    remarks(&["fund*", "lack of funding", "funding*"], &[(2, Contained), (3, Contained)]);
    remarks(&["funding*", "lack of funding"], &[]);
    remarks(&["polic*", "studi*", "policies", "studies"], &[(3, Contained)]);
    remarks(&["(grant|fund*)", "(lack|absence) of (grant|fund|funding)"], &[(2, Contained)]);
    remarks(&["(grant|fund*)", "lack of (grant|money)"], &[]);
    remarks(&["organi?ational", "organi[sz]ation* climate"], &[]);
    remarks(&["organi?ation*", "organi[sz]ation* climate"], &[(2, Contained)]);
    remarks(&["fund*", "short-term NEAR/3 fund*"], &[(2, Contained)]);
    remarks(&["fund* UNLESS fund* manager", "lack of fund*"], &[]);
    remarks(&["fund*", "budget (fund* NEAR/3 x)?"], &[]);
    remarks(&["grant", "(grant|fund* NEAR/2 crisis)"], &[]);
    remarks(&["abc*cb", "abcc*b"], &[]);
    remarks(&["abc?d", "abc*d"], &[(1, Contained)]);
}

#[test]
fn a_lone_short_glob_or_stop_word_is_over_broad() {
    remarks(
        &["a*", "of", "=Not", "the money", "ab*", "(grant|it)"],
        &[(1, OverBroad), (2, OverBroad), (3, OverBroad), (5, Contained), (5, OverBroad), (6, OverBroad)],
    );
}

#[test]
fn a_pattern_of_two_themes_is_named_unless_one_is_part_of_the_other() {
    let apart = all_remarks(vec![theme("a", None, &["staff morale"]), theme("b", None, &["x", "staff morale"])]);
    let found: Vec<String> = apart.iter().map(|remark| remark.to_string()).collect();
    let expected = "b.toml:2: warning: pattern \"staff morale\" is one of theme \"a\" too: \"staff morale\" of line 1\n  \
                    hint: leave it to the theme that it tells of, unless it truly tells of both";
    assert_eq!(found, [expected]);
    assert_eq!(apart[0].kind, Shared);
    let part = vec![theme("a", None, &["staff morale"]), theme("b", Some("a"), &["staff morale"])];
    assert_eq!(all_remarks(part), []);
}

#[test]
fn examples_must_be_scored_and_counter_examples_must_not() {
    let example = |text: &str, line| Example { text: text.to_owned(), line };
    let mut funding = theme("funding", None, &["fund*", "0.3 money"]);
    funding.examples = vec![
        example("Funding was short-term.", 11),
        example("There was no money.", 12),
        example("Regardless of funding, it worked.", 13),
        example("The grant ran out.", 14),
    ];
    funding.counter_examples = vec![
        example("Fundamental change is rare.", 21),
        example("Regardless of funding, it worked.", 22),
        example("Money matters.", 23),
    ];
    let found: Vec<String> = all_remarks(vec![funding]).iter().map(Remark::to_string).collect();
    let missed = "hint: write a pattern for what makes it one, or raise a weight";
    let expected = [
        format!("funding.toml:12: error: example \"There was no money.\" is not scored: what is met in it, \"money\", is too light or negated\n  {missed}"),
        format!("funding.toml:13: error: example \"Regardless of funding, it worked.\" is not scored: what is met in it, \"fund*\", is too light or negated\n  {missed}"),
        format!("funding.toml:14: error: example \"The grant ran out.\" is not scored: no pattern is met in it\n  {missed}"),
        "funding.toml:21: error: counter-example \"Fundamental change is rare.\" is scored, by \"fund*\"\n  hint: narrow the pattern, put the phrase under except, or lower the weight".to_owned(),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_pattern_with_no_hit_in_the_corpus_is_dead() {
    let analyzer = Analyzer::new(&TextSettings::default());
    let themes = vec![theme("t", None, &["fund*", "grant", "budget"])];
    let lexicon = Lexicon::compile(themes, &LexiconSettings::default(), &analyzer).unwrap();
    let remarks = dead(&lexicon, &[3, 0, 1, 0]);
    let found: Vec<&str> = remarks.iter().map(|remark| remark.what.as_str()).collect();
    assert_eq!(found, ["pattern \"grant\" is never met in this corpus"]);
}

#[test]
fn a_pattern_that_longer_hits_hold_is_not_dead() {
    let analyzer = Analyzer::new(&TextSettings::default());
    let themes = vec![
        theme("t", None, &["hot", "hot days", "days NEAR/3 hot", "warm"]),
        theme("u", Some("t"), &["very warm"]),
        theme("v", None, &["hot summers", "summers"]),
    ];
    let lexicon = Lexicon::compile(themes, &LexiconSettings::default(), &analyzer).unwrap();
    // Met: "hot days", "very warm" of a sub-theme, and "hot summers" of another theme.
    let remarks = dead(&lexicon, &[0, 2, 0, 0, 1, 1, 1]);
    let found: Vec<String> = remarks.iter().map(|remark| remark.what.clone()).collect();
    let inside = |pattern: &str, longer: &str| {
        format!("pattern \"{pattern}\" is met in this corpus only inside hits of \"{longer}\" of line")
    };
    assert_eq!(
        found,
        [
            format!("{} 2", inside("hot", "hot days")),
            "pattern \"days NEAR/3 hot\" is never met in this corpus".to_owned(),
            format!("{} 1", inside("warm", "very warm")),
        ]
    );
    assert!(
        dead(&lexicon, &[0, 0, 0, 0, 0, 1, 1]).iter().all(|remark| remark.kind == Dead),
        "another theme takes nothing"
    );
}
