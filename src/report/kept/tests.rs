//! Groups that stay as they are when documents come and go.

use super::groups;
use crate::corpus::DocumentId;
use crate::index::IndexedDocument;
use std::collections::BTreeSet;

fn documents(n: usize, n_passages: u32) -> Vec<IndexedDocument> {
    let document =
        |at| IndexedDocument { id: DocumentId(format!("document {at:05}")), n_passages, ..Default::default() };
    (0..n).map(document).collect()
}

fn ids(documents: &[IndexedDocument]) -> BTreeSet<Vec<&str>> {
    groups(documents).into_iter().map(|group| documents[group].iter().map(|d| d.id.0.as_str()).collect()).collect()
}

#[test]
fn every_document_is_in_one_group_and_groups_are_as_long_as_they_should_be() {
    let documents = documents(5000, 40);
    let groups = groups(&documents);
    assert!(groups.windows(2).all(|pair| pair[0].end == pair[1].start));
    assert_eq!((groups[0].start, groups.last().unwrap().end), (0, 5000));
    let mean = 5000.0 * 40.0 / groups.len() as f64;
    assert!((600.0..1700.0).contains(&mean), "{mean} passages a group");
    assert!(super::groups(&[]).is_empty());
    assert_eq!(super::groups(&self::documents(3, 10_000)), [0..1, 1..2, 2..3], "a long document is a group of its own");
}

#[test]
fn long_passages_make_a_group_of_fewer() {
    let mut all = documents(2_000, 1);
    all.iter_mut().for_each(|document| document.n_bytes = 6_144);
    let n_groups = groups(&all).len();
    assert!((15..34).contains(&n_groups), "{n_groups} groups of half a megabyte");
}

#[test]
fn a_large_corpus_has_larger_groups_and_not_ever_more_of_them() {
    let n_groups = |n_passages| groups(&documents(20_000, n_passages)).len();
    assert!((900..1130).contains(&n_groups(52)), "{} groups of 1,024 passages", n_groups(52));
    assert!((450..600).contains(&n_groups(54)), "{} groups of 2,048 passages", n_groups(54));
    assert!((450..1130).contains(&n_groups(600)), "{} groups", n_groups(600));
}

#[test]
fn one_document_more_or_less_changes_its_own_group_alone() {
    let all = documents(3000, 40);
    let whole = ids(&all);
    for at in [0, 7, 1500, 2999] {
        let mut fewer = all.clone();
        fewer.remove(at);
        let changed = ids(&fewer).difference(&whole).count();
        assert!(changed <= 1, "{changed} groups changed with document {at}");
    }
}
