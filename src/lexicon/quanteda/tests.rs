use super::super::exchange::{Entry, Foreign, Reading};
use super::*;
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

#[test]
fn texts_are_cut_as_the_package_cuts_them() {
    #[track_caller]
    fn cut(text: &str, expected: &[&str]) {
        assert_eq!(tokens(text), expected);
    }
    cut("The minister's health-care plan; cuts.", &["The", "minister's", "health-care", "plan", ";", "cuts", "."]);
    cut("It cost £2,500.50 (net)!", &["It", "cost", "£", "2,500.50", "(", "net", ")", "!"]);
    cut("#tag @user http://a.b/c. end", &["#tag", "@user", "http://a.b/c", ".", "end"]);
}

/// The slow and obvious matcher: every window of every length, longest first, every value of every key tried on it.
fn reference(lines: &[(String, Vec<String>)], tokens: &[String], scope: NestedScope) -> BTreeSet<(usize, usize)> {
    fn fits(glob: &[u8], text: &[u8]) -> bool {
        match (glob.first(), text.first()) {
            (None, None) => true,
            (Some(b'*'), _) => fits(&glob[1..], text) || (!text.is_empty() && fits(glob, &text[1..])),
            (Some(b'?'), Some(_)) => fits(&glob[1..], &text[1..]),
            (Some(a), Some(b)) => a == b && fits(&glob[1..], &text[1..]),
            _ => false,
        }
    }
    let is = |value: &str, window: &[String]| {
        let parts: Vec<&str> = value.split(' ').collect();
        let apart = parts.len() == window.len()
            && parts.iter().zip(window).all(|(part, token)| fits(part.as_bytes(), token.as_bytes()));
        apart || (window.len() == 1 && fits(parts.join("_").as_bytes(), window[0].as_bytes()))
    };
    let mut claimed: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); lines.len()];
    let mut met = BTreeSet::new();
    for n in (1..=tokens.len()).rev() {
        for first in 0..=tokens.len() - n {
            let window = first..first + n;
            let nested = window.clone().all(|at| claimed.iter().any(|key| key.contains(&at)));
            for (key, (_, values)) in lines.iter().enumerate() {
                let meets = values.iter().any(|value| is(value, &tokens[window.clone()]));
                let again = window.clone().any(|at| claimed[key].contains(&at));
                if meets && !again && (scope == NestedScope::Key || !nested) {
                    claimed[key].extend(window.clone());
                    met.insert((first, key));
                }
            }
        }
    }
    met
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_and_the_slow_one_agree(
        keys in prop::collection::vec(prop::collection::vec("[ab*?]{1,2}( [ab*?]{1,2}){0,2}", 1..4), 1..4),
        tokens in prop::collection::vec("[ab]{1,2}(_[ab])?", 0..9),
        by_key in any::<bool>(),
    ) {
        let scope = if by_key { NestedScope::Key } else { NestedScope::Dictionary };
        let lines: Vec<(String, Vec<String>)> =
            keys.into_iter().enumerate().map(|(at, values)| (format!("k{at}"), values)).collect();
        let mut dictionary = Foreign::default();
        for (name, values) in &lines {
            let entry = |text: &String| Entry { text: text.clone(), ..Entry::default() };
            dictionary.at(std::slice::from_ref(name)).unwrap().entries = values.iter().map(entry).collect();
        }
        let dictionary =
            Dictionary::new(&dictionary, LookupSettings { nested_scope: scope, ..LookupSettings::default() }).unwrap();
        let claims = Lookup::new(&dictionary).claims(tokens.iter().map(String::as_str));
        let found: BTreeSet<(usize, usize)> =
            claims.iter().map(|claim| (claim.first as usize, claim.key as usize)).collect();
        prop_assert_eq!(found.len(), claims.len());
        prop_assert_eq!(found, reference(&lines, &tokens, scope));
    }
}
