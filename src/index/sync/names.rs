//! Names of documents: unique over the corpus, whatever its history.

use super::super::store::LedgerSource;
use crate::corpus::{DocumentId, Fault, Severity};
use rustc_hash::FxHashSet;
use std::path::Path;

/// Makes the ids of the sources' documents unique: of several that share one, the first in order of path keeps it, the
/// others get `~2`, `~3` … with a fault for each. A number that some document bears of itself is passed over.
pub fn make_unique(sources: &mut [LedgerSource]) -> Vec<Fault> {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut second = Vec::new();
    for (s, source) in sources.iter().enumerate() {
        for (d, known) in source.documents.iter().enumerate() {
            if !taken.contains(&known.document.id.0) {
                taken.insert(known.document.id.0.clone());
            } else {
                second.push((s, d));
            }
        }
    }
    let mut faults = Vec::with_capacity(second.len());
    let mut last: rustc_hash::FxHashMap<String, u64> = rustc_hash::FxHashMap::default();
    for (s, d) in second {
        let source = &mut sources[s];
        let id = &mut source.documents[d].document.id;
        let number = last.entry(id.0.clone()).or_insert(1);
        let name = loop {
            *number += 1;
            let name = format!("{id}~{number}");
            if taken.insert(name.clone()) {
                break name;
            }
        };
        faults.push(Fault {
            path: source.path.clone(),
            severity: Severity::Degraded,
            what: format!("another document is called \"{id}\" already; this one is called \"{name}\""),
            hint: Some("give each document an id of its own, or move one copy out of the corpus".into()),
            ..Fault::default()
        });
        *id = DocumentId(name);
    }
    faults
}

/// Whether nothing that is known of a source's documents can have come from its path, as far as can be told.
pub fn are_free_of_path(source: &LedgerSource) -> bool {
    let path = Path::new(&source.path);
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let has_stem = |text: &str| text.contains(&stem);
    source.faults.iter().all(|fault| !has_stem(&fault.what))
        && source.documents.iter().all(|known| {
            let metadata = &known.document.metadata;
            !has_stem(&known.document.id.0)
                && !metadata.title.as_deref().is_some_and(has_stem)
                && !metadata.extra.values().any(|value| has_stem(value))
        })
}

/// Whether two paths end alike, and so are read as the same format.
pub fn have_same_ending(a: &str, b: &str) -> bool {
    Path::new(a).extension() == Path::new(b).extension()
}

#[cfg(test)]
mod tests {
    use super::super::super::passage_index::IndexedDocument;
    use super::super::super::store::Known;
    use super::*;

    fn source(path: &str, ids: &[&str]) -> LedgerSource {
        let known = |id: &&str| Known {
            uid: 0,
            document: IndexedDocument { id: DocumentId((*id).into()), ..IndexedDocument::default() },
        };
        LedgerSource { path: path.into(), documents: ids.iter().map(known).collect(), ..LedgerSource::default() }
    }

    fn check(given: &[&[&str]], expected: &[&[&str]]) -> Vec<Fault> {
        let mut sources: Vec<_> = given.iter().zip('a'..).map(|(ids, path)| source(&path.to_string(), ids)).collect();
        let faults = make_unique(&mut sources);
        let named: Vec<Vec<&str>> =
            sources.iter().map(|s| s.documents.iter().map(|k| k.document.id.0.as_str()).collect()).collect();
        assert_eq!(named, expected);
        faults
    }

    #[test]
    fn later_documents_of_the_same_name_are_numbered() {
        assert!(check(&[&["x", "y"], &["z"]], &[&["x", "y"], &["z"]]).is_empty());
        let faults = check(&[&["x"], &["x", "x"]], &[&["x"], &["x~2", "x~3"]]);
        assert_eq!(faults.len(), 2);
        assert!(faults[0].what.contains("\"x~2\"") && faults[0].path == "b");
    }

    #[test]
    fn a_number_that_a_document_bears_of_itself_is_passed_over() {
        check(&[&["x"], &["x"], &["x~2"]], &[&["x"], &["x~3"], &["x~2"]]);
    }

    #[test]
    fn a_name_out_of_the_path_is_seen() {
        assert!(are_free_of_path(&source("corpus/table.csv", &["p1", "p2"])));
        assert!(!are_free_of_path(&source("corpus/table.csv", &["p1", "table-2"])));
    }
}
