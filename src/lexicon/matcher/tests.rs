//! What the matcher finds, and that a slow and obvious reference finds the same.

mod reference;

use super::super::classes::{ClassId, CompoundClass, SentenceTokens, TokenClasses};
use super::super::compile::{Compilation, Lexicon};
use super::super::lists::CueList;
use super::super::pattern::tests::{PlainSpelling, plain_stem};
use super::super::settings::Semantics;
use super::super::theme::{LexiconError, Pattern, Theme, ThemeId};
use super::{Found, Scratch};
use std::path::PathBuf;

pub(super) fn pattern(text: &str) -> Pattern {
    Pattern { text: text.to_owned(), weight: 0.9, stance: None, line: 1 }
}

/// A theme with a name, perhaps a parent, and patterns; those that begin with `!` are exceptions.
pub(super) fn theme(id: &str, parent: Option<&str>, patterns: &[&str]) -> Theme {
    let (except, patterns): (Vec<&str>, Vec<&str>) = patterns.iter().partition(|text| text.starts_with('!'));
    Theme {
        id: ThemeId(id.to_owned()),
        parent: parent.map(|parent| ThemeId(parent.to_owned())),
        patterns: patterns.into_iter().map(pattern).collect(),
        except: except.into_iter().map(|text| pattern(&text[1..])).collect(),
        file: PathBuf::from(format!("{id}.toml")),
        ..Theme::default()
    }
}

pub(super) fn compile(themes: Vec<Theme>, cues: &[(&str, &[&str])]) -> Result<Lexicon, Vec<LexiconError>> {
    let list = |patterns: &[&str]| CueList {
        is_own: true,
        file: PathBuf::from("cues"),
        patterns: patterns.iter().map(|&text| text.to_owned()).collect(),
    };
    let lists: std::collections::BTreeMap<_, _> =
        cues.iter().map(|&(name, patterns)| (name.to_owned(), list(patterns))).collect();
    let cues = lists.keys().cloned().collect();
    Compilation { themes, named: &[], lists, cues, semantics: Semantics::Throughline, lookup: &Default::default() }
        .run(&mut PlainSpelling)
}

/// A text cut at white space, full stops and hyphens.
#[derive(Default)]
pub(super) struct Text {
    pub tokens: Vec<String>,
    /// First token, tokens, surface.
    pub compounds: Vec<(u32, u16, String)>,
    /// First token, tokens.
    pub sentences: Vec<(u32, u32)>,
}

pub(super) fn cut(text: &str) -> Text {
    let mut cut = Text::default();
    for sentence in text.split('.') {
        let first = cut.tokens.len();
        for word in sentence.split_whitespace() {
            let parts: Vec<&str> = word.split('-').collect();
            if parts.len() > 1 {
                cut.compounds.push((cut.tokens.len() as u32, parts.len() as u16, word.to_lowercase()));
            }
            cut.tokens.extend(parts.iter().map(|part| part.to_lowercase()));
        }
        cut.sentences.push((first as u32, (cut.tokens.len() - first) as u32));
    }
    cut
}

pub(super) fn classes(lexicon: &Lexicon, text: &Text) -> TokenClasses {
    let classify = |surface: &str| lexicon.classify(surface, plain_stem(surface));
    let compounds = text.compounds.iter().map(|(first_token, n_tokens, surface)| CompoundClass {
        first_token: *first_token,
        n_tokens: *n_tokens,
        class: classify(surface),
    });
    let sentences = text.sentences.iter().zip(0..).map(|(&(first_token, n_tokens), passage)| SentenceTokens {
        first_token,
        n_tokens,
        passage,
        scored: true,
    });
    TokenClasses {
        classes: text.tokens.iter().map(|token| classify(token)).collect(),
        compounds: compounds.filter(|compound| compound.class != ClassId::NONE).collect(),
        sentences: sentences.collect(),
        n_passages: text.sentences.len() as u32,
    }
}

pub(super) fn find(lexicon: &Lexicon, text: &Text) -> (Vec<Found>, Vec<Found>) {
    let (mut hits, mut cues) = (Vec::new(), Vec::new());
    lexicon.find(&classes(lexicon, text), &mut Scratch::default(), &mut hits, &mut cues);
    (hits, cues)
}

fn words(text: &Text, found: &Found) -> String {
    text.tokens[found.first_token as usize..][..usize::from(found.n_tokens)].join(" ")
}

/// One theme of these patterns hits these words of the text, in this order.
#[track_caller]
fn hits(patterns: &[&str], text: &str, expected: &[&str]) {
    let lexicon = compile(vec![theme("t", None, patterns)], &[("lack", &["lack of", "no"])]).unwrap();
    let text = cut(text);
    let found: Vec<String> = find(&lexicon, &text).0.iter().map(|hit| words(&text, hit)).collect();
    assert_eq!(found, expected, "{patterns:?}");
}

#[test]
fn a_word_meets_by_stem_surface_or_glob() {
    hits(&["funding"], "Funds fund funder", &["funds", "fund"]);
    hits(&["=leading"], "leads Leading", &["leading"]);
    hits(&["organi[sz]ation*"], "organisation organizations organixation", &["organisation", "organizations"]);
    hits(&["*fund*"], "refunded fund fun", &["refunded", "fund"]);
    hits(&["*able"], "able enable abled", &["able", "enable"]);
    hits(&["f?nd"], "find fund fnd faund", &["find", "fund"]);
    hits(&["lack * cash"], "lack any cash", &["lack any cash"]);
    hits(&["lack * money"], "lack of money lack money lack. of money", &["lack of money"]);
}

#[test]
fn a_hyphenated_word_is_met_in_its_parts_or_whole() {
    hits(&["multi-agency"], "multi-agency multi agency multiagency", &["multi agency", "multi agency"]);
    hits(&["multi-agenc*"], "multi-agency multi agency", &["multi agency"]);
    hits(&["=multi-agency work"], "multi-agency work multi agency work", &["multi agency work"]);
    hits(&["agenc*"], "multi-agency", &["agency"]);
    hits(&["good multi-* work"], "good multi-agency work", &["good multi agency work"]);
}

#[test]
fn hits_never_cross_a_sentence() {
    hits(&["lack of fund*", "a NEAR/5 b"], "lack of. funding a. b", &[]);
}

#[test]
fn the_longest_wins_then_the_leftmost_and_no_token_counts_twice() {
    hits(&["lack of", "of funding"], "lack of funding", &["lack of"]);
    hits(&["lack of", "of funding crisis"], "lack of funding crisis", &["of funding crisis"]);
    hits(&["a", "a b", "c"], "a b a c", &["a b", "a", "c"]);
    hits(&["a b", "b a"], "a b a", &["a b"]);
}

#[test]
fn the_first_pattern_takes_a_span_that_two_meet() {
    let lexicon = compile(vec![theme("t", None, &["fund*", "funding"])], &[]).unwrap();
    let found = find(&lexicon, &cut("funding")).0;
    assert_eq!(found.iter().map(|hit| hit.pattern).collect::<Vec<_>>(), [0]);
}

#[test]
fn near_counts_the_tokens_between_and_keeps_minimal_spans() {
    hits(&["a NEAR/1 b"], "a x b", &["a x b"]);
    hits(&["a NEAR/1 b"], "a x x b", &[]);
    hits(&["a NEAR/1 b"], "b a", &["b a"]);
    hits(&["a BEFORE/1 b"], "b a", &[]);
    hits(&["a BEFORE/0 b"], "a b", &["a b"]);
    hits(&["a NEAR/5 b"], "a a x b", &["a x b"]);
    hits(&["a NEAR/5 a"], "x a x", &[]);
    hits(&["a NEAR/2 b NEAR/2 c"], "a x b x c", &["a x b x c"]);
    hits(&["short-term NEAR/3 fund*"], "short-term and insecure funding", &["short term and insecure funding"]);
    hits(&["(a NEAR/2 b) c"], "a b b c", &["a b b c"]);
    hits(&["x (a NEAR/1 b)? y"], "x y. x a b y. x a y", &["x y", "x a b y"]);
}

#[test]
fn unless_and_except_take_away_what_they_cover() {
    hits(&["culture UNLESS (cell|pop) culture"], "pop culture culture", &["culture"]);
    hits(&["culture", "!pop culture"], "pop culture culture", &["culture"]);
    hits(&["pop culture clash", "!pop culture"], "pop culture clash", &["pop culture clash"]);
    hits(&["(a UNLESS x a) NEAR/2 b"], "x a b. a b", &["a b"]);
    hits(&["culture", "!culture NEAR/2 medium"], "culture in medium. culture", &["culture"]);
}

#[test]
fn a_named_list_stands_for_its_patterns() {
    hits(&["@lack fund*"], "lack of funds no funds funds", &["lack of funds", "no funds"]);
}

#[test]
fn everything_that_cannot_be_compiled_is_refused_at_once() {
    let many = format!("{} x", "(a b|c d|e f|g h|i j|k l|m n|o p|q r|s t) ".repeat(5));
    let cues: &[(&str, &[&str])] = &[("a", &["@b"]), ("b", &["x", "@a"]), ("lack", &["no ("])];
    let patterns = ["wait* NEAR hour", "(the)?", "* a", "@lac of", "a NEAR/2 (b)?", many.trim()];
    let errors = compile(vec![theme("t", None, &patterns), theme("u", Some("s"), &["a"])], cues).unwrap_err();
    let errors: Vec<String> = errors.iter().map(|e| e.to_string().replace(&many, "many")).collect();
    let expected = [
        "u.toml: theme \"u\" names the parent \"s\", which is no theme\n  hint: did you mean \"t\"?",
        "t.toml:1: pattern \"wait* NEAR hour\" gives no distance\n  hint: write the widest gap in tokens, as in \"wait* NEAR/3 hour\"",
        "cues: pattern \"no (\" opens a group at column 4 that is never closed\n  hint: add the missing )",
        "t.toml:1: pattern \"(the)?\" may be nothing at all as a whole\n  hint: take the ? behind ) away from one of its words",
        "t.toml:1: pattern \"* a\" begins with a lone *, which any token is\n  hint: begin with a word, or say how near words must be, as in \"wait* NEAR/3 hour\"",
        "t.toml:1: pattern \"@lac of\" names the list \"lac\" at column 1, which is no cue list and no theme\n  hint: did you mean \"lack\"?",
        "t.toml:1: pattern \"a NEAR/2 (b)?\" may be nothing at all to the right of NEAR or BEFORE\n  hint: take the ? behind ) away from one of its words",
        "t.toml:1: pattern \"many\" stands for more than 10000 sequences of words\n  hint: split it, or join its parts with BEFORE/0 in place of a space",
        "cues: pattern \"@b\" names the list \"b\", which leads back to itself: \"b\" > \"a\" > \"b\"\n  hint: take one of these names out of the other's list",
        "cues: pattern \"@a\" names the list \"a\", which leads back to itself: \"a\" > \"b\" > \"a\"\n  hint: take one of these names out of the other's list",
    ];
    assert_eq!(errors, expected);
}

#[test]
fn a_theme_has_the_hits_of_its_sub_themes_and_only_its_own_exceptions_reach_down() {
    let themes = vec![
        theme("climate", None, &["climate", "!pop culture"]),
        theme("culture", Some("climate"), &["culture", "!agri culture"]),
    ];
    let lexicon = compile(themes, &[]).unwrap();
    let text = cut("climate culture. pop culture. agri culture");
    let found: Vec<String> = find(&lexicon, &text)
        .0
        .iter()
        .map(|h| format!("{} {}", lexicon.themes[h.theme as usize].id, words(&text, h)))
        .collect();
    assert_eq!(found, ["climate climate", "climate culture", "culture culture", "culture culture"]);
}

#[test]
fn a_circle_of_parents_is_an_error_of_each_theme_in_it() {
    let themes = vec![theme("a", Some("b"), &["x"]), theme("b", Some("a"), &["x"]), theme("c", Some("a"), &["x"])];
    let errors = compile(themes, &[]).unwrap_err();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].what.contains("theme \"a\" is above itself"));
}

#[test]
fn cues_are_found_where_a_theme_is() {
    let lexicon =
        compile(vec![theme("t", None, &["fund*"])], &[("barrier", &["lack of", "no"]), ("negation", &["not"])]);
    let lexicon = lexicon.unwrap();
    let text = cut("not a lack of. no funds are not a lack of it");
    let cues: Vec<(u16, u32, String)> =
        find(&lexicon, &text).1.iter().map(|cue| (cue.theme, cue.pattern, words(&text, cue))).collect();
    let expected = [(0, 1, "no".to_owned()), (1, 0, "not".to_owned()), (0, 0, "lack of".to_owned())];
    assert_eq!(cues, expected);
}

#[test]
fn sentences_that_are_not_scored_are_passed_over() {
    let lexicon = compile(vec![theme("t", None, &["fund*"])], &[]).unwrap();
    let mut document = classes(&lexicon, &cut("funds. funds. funds"));
    document.sentences[1].scored = false;
    let (mut hits, mut cues) = (Vec::new(), Vec::new());
    lexicon.find(&document, &mut Scratch::default(), &mut hits, &mut cues);
    assert_eq!(hits.iter().map(|hit| hit.sentence).collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn a_type_that_no_pattern_can_meet_has_no_class() {
    let lexicon = compile(vec![theme("t", None, &["fund*", "lack of"])], &[]).unwrap();
    assert_eq!(lexicon.classify("table", "table"), ClassId::NONE);
    assert_ne!(lexicon.classify("fund", "fund"), ClassId::NONE);
    assert_eq!(lexicon.classify("fund", "fund"), lexicon.classify("funder", "funder"));
    assert_ne!(lexicon.classify("of", "of"), ClassId::NONE);
}

#[test]
fn alternatives_beyond_counting_become_one_step() {
    let words = |letter: char| (0..40).map(|n| format!("{letter}{n}")).collect::<Vec<_>>().join("|");
    let pattern = format!("({}) ({}) ({})", words('a'), words('b'), words('c'));
    hits(&[&pattern, "a7"], "a7 b39 c0. a7 b40 c0", &["a7 b39 c0", "a7"]);
}
