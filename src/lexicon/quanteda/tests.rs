use super::super::classes::TokenClasses;
use super::super::classify::Classifier;
use super::super::compile::Lexicon;
use super::super::foreign::{Entry, Foreign, Reading};
use super::super::matcher::{Found, Scratch};
use super::super::settings::{LexiconSettings, LookupSettings, NestedScope, Semantics, ValueType};
use super::super::theme::{Pattern, Theme, ThemeId};
use super::*;
use crate::corpus::{Document, Span};
use crate::text::{Analysis, Analyzer, TextSettings, TokenRules, Vocabulary};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A dictionary from lines of `key/below: value, value`.
fn foreign(lines: &[&str]) -> Foreign {
    let mut foreign = Foreign::default();
    for line in lines {
        let (path, values) = line.split_once(": ").unwrap();
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        let entry = |text: &str| Entry { text: text.to_owned(), reading: Reading::Glob, ..Entry::default() };
        foreign.at(&path).unwrap().entries.extend(values.split(", ").map(entry));
    }
    foreign
}

/// What is met, as `place>key`.
fn met(lines: &[&str], settings: LookupSettings, text: &str) -> Vec<String> {
    let dictionary = Dictionary::new(&foreign(lines), settings).unwrap();
    let claims = Lookup::new(&dictionary).claims(text.split(' '));
    claims.iter().map(|claim| format!("{}>{}", claim.first + 1, dictionary.keys[claim.key as usize])).collect()
}

#[track_caller]
fn check(lines: &[&str], text: &str, by_key: &str, by_dictionary: &str) {
    assert_eq!(met(lines, LookupSettings::default(), text).join(" "), by_key, "key");
    let settings = LookupSettings { nested_scope: NestedScope::Dictionary, ..LookupSettings::default() };
    assert_eq!(met(lines, settings, text).join(" "), by_dictionary, "dictionary");
}

#[test]
fn the_golden_vectors_hold() {
    let text = "The New York Times is a New York paper";
    check(&["paper: New York Times", "city: New York"], text, "2>paper 2>city 7>city", "2>paper 7>city");
    check(&["X: a b, b a"], "a b a", "1>X", "1>X");
    check(&["X: a b", "Y: b a"], "a b a", "1>X 2>Y", "1>X 2>Y");
    check(&["F: fund*", "B: funding"], "lack of funding", "3>F 3>B", "3>F 3>B");
    check(&["F: fund?"], "fund funds fundss", "2>F", "2>F");
}

#[test]
fn values_meet_whole_types_and_joined_ones() {
    check(&["A: new york"], "New York NEW_YORK new-york newyork", "1>A 3>A", "1>A 3>A");
    check(&["A: *", "B: no *"], "no . no", "1>A 1>B 2>A 3>A", "1>B 3>A");
    check(&["A: caf\u{e9}"], "cafe\u{301} cafe", "1>A", "1>A");
    check(&["A: co*op?n"], "cooption cooptin coopin", "3>A", "3>A");
}

#[test]
fn every_setting_changes_what_is_met() {
    let default = LookupSettings::default;
    let lines = ["Health/Care: care, Care home", "Health/Wait: wait*", "Care: carer"];
    let text = "care Care home waiting carer wait*";
    let all = "1>Health.Care 2>Health.Care 4>Health.Wait 5>Care 6>Health.Wait";
    assert_eq!(met(&lines, default(), text).join(" "), all);
    let fixed = LookupSettings { valuetype: ValueType::Fixed, ..default() };
    assert_eq!(met(&lines, fixed, text).join(" "), "1>Health.Care 2>Health.Care 5>Care 6>Health.Wait");
    let regex = LookupSettings { valuetype: ValueType::Regex, ..default() };
    assert_eq!(met(&["A: ^car, t.n", "B: r$"], regex, text).join(" "), "1>A 2>A 4>A 5>A 5>B");
    let cased = LookupSettings { case_insensitive: false, ..default() };
    assert_eq!(met(&lines, cased, "Care Care home").join(" "), "2>Health.Care");
    let top = LookupSettings { levels: vec![1], ..default() };
    assert_eq!(met(&lines, top, text).join(" "), "1>Health 2>Health 4>Health 5>Care 6>Health");
    let below = LookupSettings { levels: vec![2], ..default() };
    assert_eq!(met(&lines, below, text).join(" "), "1>Care 2>Care 4>Wait 6>Wait");
    let joined = LookupSettings { concatenator: "+".to_owned(), ..default() };
    assert_eq!(met(&lines, joined, "care+home Care+Home care_home").join(" "), "1>Health.Care 2>Health.Care");
}

#[test]
fn an_expression_that_is_none_is_told() {
    let settings = LookupSettings { valuetype: ValueType::Regex, ..LookupSettings::default() };
    let errors = Dictionary::new(&foreign(&["A: (a"]), settings).unwrap_err();
    assert!(errors[0].what.contains("is no regular expression"), "{errors:?}");
}

/// The tokens of `text`, looked up.
fn replaced(lines: &[&str], text: &str, options: &Replacing) -> String {
    let dictionary = Dictionary::new(&foreign(lines), LookupSettings::default()).unwrap();
    let tokens: Vec<&str> = text.split(' ').collect();
    Lookup::new(&dictionary).replaced(&tokens, options).join(" ")
}

#[test]
fn keys_stand_where_their_values_were_met() {
    let lines = ["Work/Pay: wage*, minimum wage, Minimum Wage*", "Law: act, wage* act"];
    let text = "The Minimum Wages Act , wages";
    let check = |options: Replacing, expected: &str| assert_eq!(replaced(&lines, text, &options), expected);
    check(Replacing::default(), "Work.Pay Law Work.Pay");
    check(Replacing { keys: KeyCase::Upper, ..Replacing::default() }, "WORK.PAY LAW WORK.PAY");
    check(Replacing { rest: Rest::Kept, ..Replacing::default() }, "The Work.Pay Law , Work.Pay");
    check(
        Replacing { rest: Rest::Named("none".to_owned()), ..Replacing::default() },
        "none Work.Pay Law none Work.Pay",
    );
    let append = Some("/".to_owned());
    let apart = "Minimum_Wages/Work.Pay Wages/Work.Pay Wages_Act/Law Act/Law wages/Work.Pay";
    check(Replacing { append, ..Replacing::default() }, apart);
}

/// Hits of themes given as `id: pattern, pattern` or `id < parent: …`, as `id words`.
#[track_caller]
fn hits(themes: &[&str], lookup: LookupSettings, text: &str) -> Vec<String> {
    let settings = LexiconSettings { semantics: Semantics::Quanteda, quanteda: lookup, ..LexiconSettings::default() };
    let analyzer = Analyzer::new(&TextSettings { tokenizer: TokenRules::Quanteda, ..TextSettings::default() });
    let lexicon = Lexicon::compile(themes.iter().map(|line| theme(line)).collect(), &settings, &analyzer).unwrap();
    let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
    let document = Document { text: text.to_owned(), ..Document::default() };
    analyzer.analyze(&document, &mut vocabulary, &mut analysis);
    let passages = analyzer.passages(&analysis.sentences);
    let (mut classes, mut hits, mut cues) = (TokenClasses::default(), Vec::new(), Vec::new());
    Classifier::default().lay_out(&lexicon, &analyzer, &vocabulary, (&analysis, &passages), &mut classes);
    lexicon.find(&classes, &mut Scratch::default(), &mut hits, &mut cues);
    let words = |hit: &Found| {
        let tokens = &analysis.tokens[hit.first_token as usize..][..usize::from(hit.n_tokens)];
        Span { start: tokens[0].span.start, end: tokens[tokens.len() - 1].span.end }.of(text)
    };
    hits.iter().map(|hit| format!("{} {}", lexicon.themes[usize::from(hit.theme)].id, words(hit))).collect()
}

fn theme(line: &str) -> Theme {
    let (head, patterns) = line.split_once(": ").unwrap();
    let (id, parent) = head.split_once(" < ").map_or((head, None), |(id, parent)| (id, Some(parent)));
    let pattern = |text: &str| Pattern { text: text.to_owned(), weight: 0.9, stance: None, line: 1 };
    Theme {
        id: ThemeId(id.to_owned()),
        parent: parent.map(|parent| ThemeId(parent.to_owned())),
        patterns: patterns.split(", ").map(pattern).collect(),
        ..Theme::default()
    }
}

#[test]
fn the_themes_of_a_study_are_met_as_keys() {
    let themes = ["across: times . is", "place: New York", "press: New York Times"];
    let text = "The New York Times. Is a new york paper!";
    let by_key = ["place New York", "press New York Times", "across Times. Is", "place new york"];
    assert_eq!(hits(&themes, LookupSettings::default(), text), by_key);
    let scope = LookupSettings { nested_scope: NestedScope::Dictionary, ..LookupSettings::default() };
    assert_eq!(hits(&themes, scope, text), ["press New York Times", "across Times. Is", "place new york"]);
    let themes = ["top: paper", "sub < top: york, york times"];
    let all = ["sub York Times", "top York Times", "sub york", "top york", "top paper"];
    assert_eq!(hits(&themes, LookupSettings::default(), text), all);
    let top = LookupSettings { levels: vec![1], ..LookupSettings::default() };
    assert_eq!(hits(&themes, top, text), ["top York Times", "top york", "top paper"]);
}

#[test]
fn what_the_package_does_not_know_is_refused_in_a_theme() {
    let settings = LexiconSettings { semantics: Semantics::Quanteda, ..LexiconSettings::default() };
    let one = Theme { except: theme("a: b").patterns, ..theme("a: b") };
    let errors = Lexicon::compile(vec![one], &settings, &Analyzer::new(&TextSettings::default())).unwrap_err();
    assert!(errors[0].what.contains("gives exceptions"), "{errors:?}");
}

/// A random lookup: keys of one or two levels with their values, tokens, and every option.
#[derive(Debug, Clone)]
struct Case {
    keys: Vec<(Vec<String>, Vec<String>)>,
    tokens: Vec<String>,
    settings: LookupSettings,
    replacing: Replacing,
}

impl Case {
    /// Name of a key at the chosen levels; `None` where none of its levels is chosen.
    fn name(&self, path: &[String]) -> Option<String> {
        let is_chosen = |level: usize| self.settings.levels.is_empty() || self.settings.levels.contains(&level);
        let chosen: Vec<&str> =
            path.iter().zip(1..).filter(|(_, level)| is_chosen(*level)).map(|(name, _)| name.as_str()).collect();
        (!chosen.is_empty()).then(|| chosen.join("."))
    }

    fn is(&self, value: &str, window: &[String]) -> bool {
        fn fits(glob: &[u8], text: &[u8]) -> bool {
            match (glob.first(), text.first()) {
                (None, None) => true,
                (Some(b'*'), _) => fits(&glob[1..], text) || (!text.is_empty() && fits(glob, &text[1..])),
                (Some(b'?'), Some(_)) => fits(&glob[1..], &text[1..]),
                (Some(a), Some(b)) => a == b && fits(&glob[1..], &text[1..]),
                _ => false,
            }
        }
        let fold = |word: &str| if self.settings.case_insensitive { word.to_lowercase() } else { word.to_owned() };
        let is = |value: &str, token: &str| match self.settings.valuetype {
            ValueType::Fixed => fold(value) == fold(token),
            _ => fits(fold(value).as_bytes(), fold(token).as_bytes()),
        };
        let parts: Vec<&str> = value.split(' ').collect();
        let apart = parts.len() == window.len() && parts.iter().zip(window).all(|(part, token)| is(part, token));
        apart || (window.len() == 1 && is(&parts.join("_"), &window[0]))
    }

    /// The slow and obvious way: every window of every length, longest first, every value of every key tried on it.
    fn slow(&self) -> Vec<String> {
        let mut names: Vec<String> = self.keys.iter().filter_map(|(path, _)| self.name(path)).collect();
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        let mut values: Vec<(usize, usize, &String)> = Vec::new();
        for (path, all) in &self.keys {
            let key = self.name(path).and_then(|name| names.iter().position(|known| *known == name));
            for value in key.iter().flat_map(|key| all.iter().map(move |value| (*key, value))) {
                values.push((value.0, values.len(), value.1));
            }
        }
        // What yields to itself: a key, or a value in the same types.
        type Claimant = (usize, Vec<String>);
        let mut claimed: Vec<(Claimant, usize)> = Vec::new();
        let mut met: Vec<(usize, usize, usize, usize)> = Vec::new();
        for n in (1..=self.tokens.len()).rev() {
            for first in 0..=self.tokens.len() - n {
                let window = first..first + n;
                let taken = |at: usize| claimed.iter().any(|(_, token)| *token == at);
                if self.settings.nested_scope == NestedScope::Dictionary && window.clone().all(taken) {
                    continue;
                }
                for &(key, number, value) in &values {
                    let types = &self.tokens[window.clone()];
                    let apart = self.replacing.append.is_some();
                    let claimant: Claimant = if apart { (number, types.to_vec()) } else { (key, Vec::new()) };
                    let again = window.clone().any(|at| claimed.contains(&(claimant.clone(), at)));
                    if self.is(value, types) && !again {
                        claimed.extend(window.clone().map(|at| (claimant.clone(), at)));
                        met.push((first, if apart { number } else { key }, n, key));
                    }
                }
            }
        }
        met.sort_by_key(|&(first, order, n, _)| (first, order, std::cmp::Reverse(n)));
        let mut out = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            for &(_, _, n, key) in met.iter().filter(|met| met.0 == at) {
                let upper = self.replacing.keys == KeyCase::Upper;
                let name = if upper { names[key].to_uppercase() } else { names[key].clone() };
                let words = self.tokens[at..at + n].join("_");
                out.push(self.replacing.append.as_ref().map_or(name.clone(), |sign| format!("{words}{sign}{name}")));
            }
            if !claimed.iter().any(|(_, token)| *token == at) {
                match &self.replacing.rest {
                    Rest::Dropped => {}
                    Rest::Kept => out.push(token.clone()),
                    Rest::Named(name) => out.push(name.clone()),
                }
            }
        }
        out
    }

    fn fast(&self) -> Vec<String> {
        let mut dictionary = Foreign { hides_empty: true, ..Foreign::default() };
        for (path, values) in &self.keys {
            let entry = |text: &String| Entry { text: text.clone(), ..Entry::default() };
            dictionary.at(path).unwrap().entries.extend(values.iter().map(entry));
        }
        let dictionary = Dictionary::new(&dictionary, self.settings.clone()).unwrap();
        let tokens: Vec<&str> = self.tokens.iter().map(String::as_str).collect();
        Lookup::new(&dictionary).replaced(&tokens, &self.replacing)
    }
}

prop_compose! {
    fn case()(
        // A key of one level or two, no key both with and below another, so that the order of keys is the order here.
        below in prop::collection::vec((0_usize..2, prop::collection::vec("[abA*?]{1,2}( [ab*?]{1,2}){0,2}", 1..4)), 1..5),
        tokens in prop::collection::vec("[abA]{1,2}(_[ab])?", 0..9),
        (is_fixed, case_insensitive, by_key) in (any::<bool>(), any::<bool>(), any::<bool>()),
        levels in prop::sample::select(vec![vec![], vec![1], vec![2], vec![1, 2]]),
        rest in prop::sample::select(vec![Rest::Dropped, Rest::Kept, Rest::Named("-".to_owned())]),
        (is_upper, is_apart) in (any::<bool>(), any::<bool>()),
    ) -> Case {
        let mut keys: Vec<(Vec<String>, Vec<String>)> = Vec::new();
        for (at, (depth, values)) in below.into_iter().enumerate() {
            let path = if depth == 0 { vec![format!("k{at}")] } else { vec![format!("t{at}"), format!("u{}", at % 2)] };
            keys.push((path, values));
        }
        let valuetype = if is_fixed { ValueType::Fixed } else { ValueType::Glob };
        let nested_scope = if by_key { NestedScope::Key } else { NestedScope::Dictionary };
        let settings = LookupSettings { valuetype, case_insensitive, nested_scope, levels, ..LookupSettings::default() };
        let case = if is_upper { KeyCase::Upper } else { KeyCase::Given };
        let replacing = Replacing { rest, keys: case, append: is_apart.then(|| "/".to_owned()) };
        Case { keys, tokens, settings, replacing }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, ..ProptestConfig::default() })]

    #[test]
    fn the_lookup_and_the_slow_one_agree(case in case()) {
        prop_assert_eq!(case.fast(), case.slow());
    }
}
