//! Finds documents that are the same work twice, and hands the fields of one over to the other.

mod signature;

pub use signature::signature;

use super::document::{Edition, Metadata, Sameness, Signature, Version};
use super::formats;
use super::settings::DuplicateSettings;
use rustc_hash::FxHashMap;
use std::hash::BuildHasher;

/// Places of a signature that are looked up together; of 16 such bands one agrees by chance in hardly any pair, and two
/// texts of likeness 0.8 miss all of them once in four thousand times.
const BAND: usize = 4;
/// Least likeness of two titles, from 0 to 1.
const TITLE_LIKENESS: f64 = 0.93;
/// Shortest title, in bytes as compared, that says which work it is; "Editorial" does not.
const TITLE_BYTES: usize = 20;
/// Shortest title, in bytes as compared, that says which work it is where it only stands at the start of a text.
const QUOTED_TITLE_BYTES: usize = 30;
/// Formats that carry hardly more than a file's properties, so that a record knows better.
const VAGUE: [&str; 7] = ["pdf", "docx", "odt", "html", "text", "docling", "tei"];
/// How many neighbors under one key a document is compared with.
const N_NEIGHBORS: usize = 16;

/// For each document, in order, the one that stands for its work and what told it; `None` for those that stand for
/// themselves. Of the versions of a work the longest stands for it, of equally long ones the first.
///
/// Same DOI; or nearly equal titles, years not more than one apart (or unknown) and no DOIs that differ; or nearly the
/// same text. What is the same as the same is the same.
pub fn versions(documents: &[Edition], settings: &DuplicateSettings) -> Vec<Option<Version>> {
    let mut groups = Groups::of(documents);
    if settings.by.contains(&Sameness::Doi) {
        let dois = documents.iter().enumerate().filter_map(|(n, one)| Some((one.metadata.doi.as_deref()?, n)));
        groups.join_first(dois, Sameness::Doi);
    }
    if settings.by.contains(&Sameness::Title) {
        let titles: Vec<String> = documents.iter().map(|one| comparable(one.metadata.title.as_deref())).collect();
        join_titles(documents, &titles, &mut groups);
        join_openings(documents, &titles, &mut groups);
    }
    if settings.by.contains(&Sameness::Text) {
        join_texts(documents, settings.likeness, &mut groups);
    }
    let mut stands: FxHashMap<usize, usize> = FxHashMap::default();
    for (n, one) in documents.iter().enumerate() {
        let best = stands.entry(groups.find(n)).or_insert(n);
        if one.n_tokens > documents[*best].n_tokens {
            *best = n;
        }
    }
    let version = |n: usize| {
        let root = groups.find(n);
        let of = stands[&root];
        (of != n).then(|| Version { of, by: groups.by[n].or(groups.by[of]).unwrap_or(Sameness::Text) })
    };
    (0..documents.len()).map(version).collect()
}

/// The fields of a work: those of the document that stands for it, with gaps filled from its versions in order.
///
/// Formats that carry hardly more than a file's properties (PDF, Word, plain text and the like) give way to what a
/// version says; such a version may be the record of a reference export with the same DOI or title.
pub fn merged(standing: &Edition, versions: &[&Edition]) -> Metadata {
    let mut fields = if VAGUE.contains(&standing.format) { Metadata::default() } else { standing.metadata.clone() };
    let (vague, sure): (Vec<&Edition>, Vec<&Edition>) = versions.iter().partition(|one| VAGUE.contains(&one.format));
    for one in sure.into_iter().chain([standing]).chain(vague) {
        formats::fill(&mut fields, one.metadata);
    }
    fields
}

/// Sets of documents that are one work; the root of a set is its least member.
struct Groups<'d> {
    parent: Vec<usize>,
    by: Vec<Option<Sameness>>,
    /// The first DOI known in a set, at its root.
    doi: Vec<Option<&'d str>>,
}

impl<'d> Groups<'d> {
    /// Each document a set of its own.
    fn of(documents: &[Edition<'d>]) -> Self {
        let doi = documents.iter().map(|one| one.metadata.doi.as_deref()).collect();
        Self { parent: (0..documents.len()).collect(), by: vec![None; documents.len()], doi }
    }

    fn find(&self, mut n: usize) -> usize {
        while self.parent[n] != n {
            n = self.parent[n];
        }
        n
    }

    fn join(&mut self, a: usize, b: usize, by: Sameness) {
        let (a_root, b_root) = (self.find(a), self.find(b));
        if a_root != b_root {
            let (low, high) = (a_root.min(b_root), a_root.max(b_root));
            self.parent[high] = low;
            self.doi[low] = self.doi[low].or(self.doi[high]);
            for n in [a, b] {
                self.parent[n] = if n == low { n } else { low };
                self.by[n] = self.by[n].or(Some(by));
            }
        }
    }

    /// Whether the DOIs of two sets allow that they are one.
    fn may_be_one(&self, a: usize, b: usize) -> bool {
        self.doi[self.find(a)].zip(self.doi[self.find(b)]).is_none_or(|(a, b)| a == b)
    }

    /// Joins all that have the same key to the first that has it.
    fn join_first<'k>(&mut self, keys: impl Iterator<Item = (&'k str, usize)>, by: Sameness) {
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (key, n) in keys {
            let at = *first.entry(key).or_insert(n);
            self.join(at, n, by);
        }
    }
}

/// Compares each title with those that begin or end in the same letters.
fn join_titles(documents: &[Edition], titles: &[String], groups: &mut Groups) {
    let mut near: FxHashMap<(bool, &str), Vec<usize>> = FxHashMap::default();
    for (n, title) in titles.iter().enumerate().filter(|(_, title)| title.len() >= TITLE_BYTES) {
        let (head, tail) = (title.floor_char_boundary(12), title.ceil_char_boundary(title.len() - 12));
        for key in [(false, &title[..head]), (true, &title[tail..])] {
            let neighbors = near.entry(key).or_default();
            for &other in neighbors.iter().rev().take(N_NEIGHBORS) {
                let may_be = are_of_an_age(documents, n, other) && groups.may_be_one(n, other);
                if may_be && is_like(title, &titles[other]) {
                    groups.join(other, n, Sameness::Title);
                }
            }
            neighbors.push(n);
        }
    }
}

/// Looks for the titles of records at the start of texts whose format tells none. A text that speaks of another work
/// first ("Comment on ...") is not that work.
fn join_openings(documents: &[Edition], titles: &[String], groups: &mut Groups) {
    const HEAD: usize = 16;
    const OTHERS: [&str; 8] =
        ["commenton", "commentaryon", "replyto", "responseto", "reviewof", "erratum", "corrigendum", "correctionto"];
    let mut at_head: FxHashMap<&[u8], Vec<usize>> = FxHashMap::default();
    for (n, title) in titles.iter().enumerate().filter(|(n, _)| !VAGUE.contains(&documents[*n].format)) {
        if title.len() >= QUOTED_TITLE_BYTES {
            at_head.entry(&title.as_bytes()[..HEAD]).or_default().push(n);
        }
    }
    for (n, one) in documents.iter().enumerate().filter(|_| !at_head.is_empty()) {
        let opening = one.signature.opening.as_str();
        let found = opening.as_bytes().windows(HEAD).enumerate().find_map(|(at, window)| {
            let known = at_head.get(window)?;
            known.iter().copied().find(|record| {
                let is_there = opening.get(at..).is_some_and(|rest| rest.starts_with(&titles[*record]));
                let before = &opening[..at];
                is_there && !OTHERS.iter().any(|other| before.ends_with(other))
            })
        });
        if let Some(record) = found.filter(|record| groups.may_be_one(n, *record)) {
            groups.join(record, n, Sameness::Title);
        }
    }
}

/// Whether the years allow that two works with the same title are one.
fn are_of_an_age(documents: &[Edition], a: usize, b: usize) -> bool {
    documents[a].metadata.year.zip(documents[b].metadata.year).is_none_or(|(a, b)| a.abs_diff(b) <= 1)
}

fn is_like(a: &str, b: &str) -> bool {
    let close = a.len().abs_diff(b.len()) * 10 <= a.len().max(b.len());
    a == b || close && digits(a) == digits(b) && likeness(a, b) >= TITLE_LIKENESS
}

/// How like two titles are: 1 less the share of letters to change. What they begin and end with alike needs no table.
fn likeness(a: &str, b: &str) -> f64 {
    let (mut a, mut b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let n_letters = a.len().max(b.len());
    let n_front = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let n_back = a[n_front..].iter().rev().zip(b[n_front..].iter().rev()).take_while(|(a, b)| a == b).count();
    for title in [&mut a, &mut b] {
        title.truncate(title.len() - n_back);
        title.drain(..n_front);
    }
    1.0 - strsim::generic_levenshtein(&a, &b) as f64 / n_letters as f64
}

fn digits(title: &str) -> Vec<char> {
    title.chars().filter(char::is_ascii_digit).collect()
}

/// A title in lower case, nothing but its letters and digits, `&` read as `and`.
fn comparable(title: Option<&str>) -> String {
    let title = title.unwrap_or("").replace('&', "and").to_lowercase();
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Compares each text with those that agree with it in a whole band of the signature, one band after the other.
fn join_texts(documents: &[Edition], likeness: f64, groups: &mut Groups) {
    let hasher = rustc_hash::FxBuildHasher;
    let mut near: Vec<(u64, usize)> = Vec::new();
    for band in 0..Signature::N_PLACES / BAND {
        near.clear();
        near.extend(documents.iter().enumerate().filter_map(|(n, one)| {
            let places = one.signature.shingles.get(band * BAND..(band + 1) * BAND)?;
            Some((hasher.hash_one(places), n))
        }));
        near.sort_unstable();
        for alike in near.chunk_by(|a, b| a.0 == b.0) {
            for (at, (_, n)) in alike.iter().enumerate() {
                for (_, other) in alike[at.saturating_sub(N_NEIGHBORS)..at].iter().rev() {
                    let found = documents[*n].signature.likeness(documents[*other].signature);
                    if groups.find(*other) != groups.find(*n) && found.is_some_and(|found| found >= likeness) {
                        groups.join(*other, *n, Sameness::Text);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
