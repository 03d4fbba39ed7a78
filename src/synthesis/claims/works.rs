//! The corpus as a library: which document a cited work is.

use super::super::evidence::CitedWork;
use super::super::themes::Table;
use std::collections::BTreeMap;

/// The included documents by first author and year.
pub(in crate::synthesis) struct Library {
    shelves: BTreeMap<(String, i32), Vec<Held>>,
}

/// One document as it would be cited.
struct Held {
    document: u32,
    n_authors: usize,
    /// Names that the second author may be cited by; empty where it is not known.
    second: Vec<String>,
}

impl Library {
    pub(in crate::synthesis) fn of(table: &Table) -> Self {
        let mut shelves: BTreeMap<(String, i32), Vec<Held>> = BTreeMap::new();
        for row in &table.rows {
            let metadata = &row.indexed.metadata;
            let (Some(year), Some(first)) = (metadata.year, metadata.authors.first()) else { continue };
            let second = metadata.authors.get(1).filter(|name| !is_others(name)).map(|name| names(name));
            for name in names(first) {
                let second = second.clone().unwrap_or_default();
                let held = Held { document: row.document, n_authors: metadata.authors.len(), second };
                shelves.entry((name, year)).or_default().push(held);
            }
        }
        Self { shelves }
    }

    /// The document that a work is, where first author and year leave one alone and the second author does not speak
    /// against it.
    pub(in crate::synthesis) fn find(&self, work: &CitedWork) -> Option<u32> {
        let second = work.second_author.as_deref().map(plain);
        let fits = |held: &&Held| match &second {
            Some(second) => held.n_authors > 1 && (held.second.is_empty() || held.second.contains(second)),
            None => !work.et_al || held.n_authors > 1,
        };
        let shelf = self.shelves.get(&(plain(&work.author), work.year?))?;
        let mut fitting = shelf.iter().filter(fits);
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found.document)
    }

    /// The documents that a label such as `van Eyk and Baum 2002` can mean, ascending.
    pub(in crate::synthesis) fn find_label(&self, label: &str) -> Vec<u32> {
        let read = || {
            let (authors, year) = label.trim().rsplit_once(' ')?;
            let year = year.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse().ok()?;
            let first =
                authors.split(" and ").next()?.split(" & ").next()?.split(" et al").next()?.split(',').next()?;
            Some((authors, self.shelves.get(&(plain(first), year))?))
        };
        let Some((authors, shelf)) = read() else { return Vec::new() };
        let second = authors.rsplit([' ', ',', '&']).next().map(plain).unwrap_or_default();
        let exact = shelf.iter().filter(|held| held.second.contains(&second)).map(|held| held.document);
        let exact: Vec<u32> = exact.collect();
        if exact.is_empty() { shelf.iter().map(|held| held.document).collect() } else { exact }
    }
}

/// The names that an author may be cited by: "Sloper P", "Sloper, Patricia", "P. Sloper" and "Patricia Sloper" are all
/// `sloper`; a body is cited whole.
fn names(author: &str) -> Vec<String> {
    if let Some((surname, _)) = author.split_once(',') {
        return vec![plain(surname)];
    }
    let is_initials = |word: &&str| word.chars().all(|c| c.is_uppercase() || c == '.' || c == '-') && word.len() <= 4;
    let words: Vec<&str> = author.split_whitespace().collect();
    let surname: Vec<&str> = words.iter().copied().filter(|word| words.len() == 1 || !is_initials(word)).collect();
    let mut names = vec![plain(&surname.join(" "))];
    if surname.len() == words.len() && words.len() > 1 {
        names.extend(words.last().map(|last| plain(last)));
    }
    names
}

fn is_others(name: &str) -> bool {
    name.starts_with("and ") || name.contains("colleagues") || name.starts_with("et al")
}

/// Letters and digits in lower case, one blank between words.
pub(super) fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty());
    words.map(|word| word.to_lowercase().replace('’', "'")).collect::<Vec<_>>().join(" ")
}
