//! Made-up runs, taken apart.

use super::*;
use crate::corpus::Digest;
use crate::history::{Headline, RunId};
use std::collections::BTreeMap;

/// A run out of lines such as `ash 1: money trust`: name, version, themes. A `-` before the name says that the document
/// does not count; the version `=` is the same content under any name.
fn run(lexicon: &str, threshold: f64, lines: &[&str]) -> Snapshot {
    let mut documents = BTreeMap::new();
    for line in lines {
        let (head, themes) = line.split_once(':').unwrap();
        let (id, digest) = head.split_once(' ').unwrap();
        let known = KnownDocument {
            digest: Digest(if digest.starts_with('=') {
                digest.to_owned()
            } else {
                format!("{} {digest}", id.trim_start_matches('-'))
            }),
            source: format!("{id}.txt"),
            included: !id.starts_with('-'),
            is_version: false,
            themes: themes.split_whitespace().map(str::to_owned).collect(),
        };
        documents.insert(id.trim_start_matches('-').to_owned(), known);
    }
    let headline =
        |theme: &str| Headline { theme: theme.to_owned(), low: Some(0.2), high: Some(0.7), ..Headline::default() };
    let record = RunRecord {
        run: RunId(lexicon.to_owned()),
        lexicon: Digest(lexicon.to_owned()),
        settings: serde_json::json!({ "score": { "threshold": threshold } }),
        headlines: vec![headline("money"), headline("trust")],
        ..RunRecord::default()
    };
    Snapshot { record, documents, theme_files: Vec::new(), judgement_files: BTreeMap::new() }
}

/// The steps of one theme as `cause n/of -> n/of +gained -lost`, after it was seen that they form one chain.
fn parts(diff: &Diff, theme: &str) -> Vec<String> {
    let change = diff.themes.iter().find(|change| change.theme == theme).unwrap();
    let mut at = change.before.unwrap();
    let mut lines = Vec::new();
    for part in &change.parts {
        assert_eq!(part.before, at, "a step begins where the one before it ended");
        at = part.after;
        let names = |sign: &str, of: &[Behind]| of.iter().map(|b| format!(" {sign}{}", b.document)).collect::<String>();
        let (from, to) = (part.before, part.after);
        lines.push(format!(
            "{}: {}/{} -> {}/{}{}{}",
            part.cause.words(),
            from.n_with,
            from.n_of,
            to.n_with,
            to.n_of,
            names("+", &part.gained),
            names("-", &part.lost)
        ));
    }
    assert_eq!(Some(at), change.after, "the steps lead to the whole");
    let millionths = |x: f64| (x * 1e6).round() as i64;
    assert_eq!(change.parts.iter().map(|part| millionths(part.change)).sum::<i64>(), millionths(change.change));
    lines
}

#[test]
fn documents_come_go_and_change() {
    let a = run("L", 0.5, &["ash 1: money", "elm 1: money trust", "fir 1:"]);
    let b = run("L", 0.5, &["ash 1: money", "fir 2: money", "oak 1: trust", "yew 1:"]);
    let diff = diff(&a, &b, &[]);
    assert_eq!(
        (&diff.added[..], &diff.removed[..], &diff.changed[..]),
        (&["oak".to_owned(), "yew".to_owned()][..], &["elm".to_owned()][..], &["fir".to_owned()][..])
    );
    assert_eq!(
        parts(&diff, "money"),
        ["removed documents: 2/3 -> 1/2 -elm", "new documents: 1/2 -> 1/4", "changed documents: 1/4 -> 2/4 +fir"]
    );
    assert_eq!(parts(&diff, "trust"), ["removed documents: 1/3 -> 0/2 -elm", "new documents: 0/2 -> 1/4 +oak"]);
    let money = &diff.themes[0];
    assert!((money.rank_before, money.rank_after, money.is_outside) == (Some(1), Some(1), false));
}

#[test]
fn a_renamed_document_is_the_same_document() {
    let a = run("L", 0.5, &["ash =: money", "elm 2:"]);
    let b = run("L", 0.5, &["birch =: money", "elm 2:"]);
    let diff = diff(&a, &b, &[]);
    assert_eq!(diff.renamed, [("ash".to_owned(), "birch".to_owned())]);
    assert!(diff.added.is_empty() && diff.removed.is_empty() && parts(&diff, "money").is_empty());
}

#[test]
fn one_cause_needs_no_state_between() {
    let a = run("L", 0.5, &["ash 1: money", "elm 1:"]);
    let b = run("M", 0.5, &["ash 1:", "elm 1: trust"]);
    let diff = diff(&a, &b, &[]);
    assert_eq!(diff.causes, [Cause::Lexicon]);
    assert_eq!(parts(&diff, "money"), ["lexicon edits: 1/2 -> 0/2 -ash"]);
    assert!(diff.themes[0].is_outside && diff.themes[1].rank_after == Some(1));
}

#[test]
fn a_version_that_counts_no_longer_is_no_lexicon_edit() {
    let a = run("L", 0.5, &["ash 1: money", "elm 1:"]);
    let b = run("M", 0.5, &["-ash 1: money", "elm 1: money", "oak 1: money"]);
    assert_eq!(
        parts(&diff(&a, &b, &[]), "money"),
        [
            "new documents: 1/2 -> 2/3 +oak",
            "documents counted otherwise: 2/3 -> 1/2 -ash",
            "lexicon edits: 1/2 -> 2/2 +elm"
        ]
    );
}

#[test]
fn settings_that_select_nothing_are_no_reason_for_a_version_that_counts_no_longer() {
    let a = run("L", 0.5, &["ash 1: money", "elm 1:"]);
    let b = run("L", 0.9, &["-ash 1: money", "elm 1:", "oak 1: money"]);
    let moved = parts(&diff(&a, &b, &[]), "money");
    assert_eq!(moved, ["new documents: 1/2 -> 2/3 +oak", "documents counted otherwise: 2/3 -> 1/2 -ash"]);
    let mut other = b;
    other.record.settings["corpus"] = serde_json::json!({ "duplicates": { "by": [] } });
    let moved = parts(&diff(&a, &other, &[]), "money");
    assert_eq!(moved, ["new documents: 1/2 -> 2/3 +oak", "settings: 2/3 -> 1/2 -ash"]);
}

#[test]
fn two_causes_are_told_apart_by_a_state_between_and_not_without() {
    let a = run("L", 0.5, &["ash 1: money", "elm 1: money", "fir 1:", "yew 1:"]);
    let b = run("M", 0.9, &["ash 1:", "elm 1: money", "fir 1: money", "yew 1: money"]);
    let themes = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect::<Themes>());
    let state = |ids: &[(&str, &[&str])]| Between {
        cause: Cause::Settings,
        documents: ids.iter().map(|(id, has)| ((*id).to_owned(), themes(has))).collect(),
    };
    let whole = state(&[("ash", &[]), ("elm", &["money"]), ("fir", &[]), ("yew", &[])]);
    assert_eq!(
        parts(&diff(&a, &b, &[whole]), "money"),
        ["settings: 2/4 -> 1/4 -ash", "lexicon edits: 1/4 -> 3/4 +fir +yew"]
    );
    let without_yew = state(&[("ash", &[]), ("elm", &["money"]), ("fir", &[])]);
    assert_eq!(
        parts(&diff(&a, &b, &[without_yew]), "money"),
        ["settings: 2/4 -> 1/4 -ash", "lexicon edits: 1/4 -> 2/4 +fir", "several causes together: 2/4 -> 3/4 +yew"]
    );
    assert_eq!(parts(&diff(&a, &b, &[]), "money"), ["several causes together: 2/4 -> 3/4 +fir +yew -ash"]);
}

#[test]
fn a_theme_of_one_run_alone_came_with_the_lexicon() {
    let a = run("L", 0.5, &["ash 1: money"]);
    let mut b = run("M", 0.5, &["ash 1: money", "oak 1: morale"]);
    b.record.headlines.push(Headline { theme: "morale".to_owned(), ..Headline::default() });
    let diff = diff(&a, &b, &[]);
    let morale = diff.themes.iter().find(|change| change.theme == "morale").unwrap();
    assert_eq!((morale.before, morale.after), (None, Some(Share { n_with: 1, n_of: 2 })));
    assert_eq!((morale.parts.len(), morale.parts[0].cause, morale.change), (1, Cause::Lexicon, 0.5));
}

#[test]
fn thirds_sum_as_well() {
    let a = run("L", 0.5, &["ash 1: money", "elm 1:", "fir 1:"]);
    let b = run("M", 0.5, &["ash 1: money", "elm 1:", "fir 1: money", "oak 1:", "yew 1:", "bay 1:", "gum 1: money"]);
    assert_eq!(parts(&diff(&a, &b, &[]), "money").len(), 2);
}

#[test]
fn patterns_behind_a_document_are_those_of_one_run_alone() {
    let a = run("L", 0.5, &["ash 1:", "elm 1: money"]);
    let b = run("M", 0.5, &["ash 1: money", "elm 1:"]);
    let diff = diff(&a, &b, &[]);
    let (before, after) = diff.wanted();
    assert_eq!((before.len(), after.len()), (2, 2));
    let met = |document: &str, patterns: &[&str]| {
        let patterns = patterns.iter().map(|text| (*text).to_owned()).collect();
        BTreeMap::from([((document.to_owned(), "money".to_owned()), patterns)])
    };
    let mut after = met("ash", &["fund*", "budget*"]);
    after.extend(met("elm", &["cost*"]));
    let mut before = met("ash", &["fund*"]);
    before.extend(met("elm", &["money"]));
    let named = diff.with_patterns(&before, &after);
    let part = &named.themes[0].parts[0];
    assert_eq!(part.gained[0].patterns, ["budget*"]);
    assert_eq!(part.lost[0].patterns, ["money"]);
}
