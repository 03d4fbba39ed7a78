//! Which documents are one work, and what is known of it.

use super::super::passage_index::IndexedDocument;
use super::super::store::{Known, LedgerSource};
use super::names;
use crate::corpus::{self, DuplicateSettings, Edition, Fault};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Orders documents as an index does: those with a text first, then records without, each in order of id; tells which of
/// them are one work. Of several that share an id the later get `~2`, `~3` and so on. Returns the faults that this brings.
pub fn join_works(documents: &mut Vec<IndexedDocument>, settings: &DuplicateSettings) -> Vec<Fault> {
    let known = documents.drain(..).map(|document| Known { uid: 0, document }).collect();
    let mut sources = [LedgerSource { documents: known, ..LedgerSource::default() }];
    names::make_unique(&mut sources);
    let [source] = sources;
    documents.extend(source.documents.into_iter().map(|known| known.document));
    documents.sort_by(|a, b| (a.n_bytes == 0, &a.id).cmp(&(b.n_bytes == 0, &b.id)));
    let n_documents = documents.partition_point(|document| document.n_bytes > 0);
    join(documents, settings);
    let (documents, records) = documents.split_at(n_documents);
    faults(documents, records)
}

/// Tells of each document which other stands for its work, if one does, and gives those that stand for a work the fields
/// that the others know.
pub fn join(documents: &mut [IndexedDocument], settings: &DuplicateSettings) {
    let editions: Vec<Edition> = documents.iter().map(edition).collect();
    let versions = corpus::versions(&editions, settings);
    let mut others: BTreeMap<usize, Vec<&Edition>> = BTreeMap::new();
    for (edition, version) in editions.iter().zip(&versions) {
        if let Some(version) = version {
            others.entry(version.of).or_default().push(edition);
        }
    }
    let merged: Vec<_> =
        others.into_iter().map(|(standing, others)| (standing, corpus::merged(&editions[standing], &others))).collect();
    for (standing, metadata) in merged {
        documents[standing].metadata = metadata;
    }
    for (document, version) in documents.iter_mut().zip(versions) {
        document.version_of = version;
    }
}

fn edition(document: &IndexedDocument) -> Edition<'_> {
    Edition {
        format: &document.format,
        metadata: &document.metadata,
        signature: &document.signature,
        n_tokens: document.n_tokens,
    }
}

/// For each source the fault that names its records without an abstract, but for those of works whose text is here.
pub fn faults(documents: &[IndexedDocument], records: &[IndexedDocument]) -> Vec<Fault> {
    let sources: FxHashSet<&str> = documents.iter().map(|document| document.source.as_str()).collect();
    let mut left: BTreeMap<&str, Vec<&IndexedDocument>> = BTreeMap::new();
    for record in records {
        if record.version_of.is_none_or(|version| version.of >= documents.len()) {
            left.entry(&record.source).or_default().push(record);
        }
    }
    let fault = |(source, records): (&str, Vec<&IndexedDocument>)| {
        let first = records.first().and_then(|record| record.metadata.title.as_deref()).unwrap_or_default();
        corpus::without_text(source, records.len(), first, sources.contains(source))
    };
    left.into_iter().map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{DocumentId, Metadata};

    fn document(id: &str, format: &str, title: &str, n_tokens: u32) -> IndexedDocument {
        let metadata = Metadata { title: Some(title.into()), ..Metadata::default() };
        let (id, source) = (DocumentId(id.into()), format!("{id}.x"));
        IndexedDocument { id, source, format: format.into(), metadata, n_tokens, ..IndexedDocument::default() }
    }

    #[test]
    fn a_full_text_takes_the_fields_of_its_record_and_other_records_are_named() {
        let title = "Barriers to joint working in schools";
        let mut documents = vec![document("a", "pdf", title, 900), document("b", "ris", title, 0)];
        documents[1].metadata.authors = vec!["Sloper, P.".into()];
        documents.push(document("c", "ris", "Nobody has the text of this one", 0));
        join(&mut documents, &DuplicateSettings::default());
        assert_eq!(documents[0].metadata.authors, ["Sloper, P."]);
        assert_eq!(documents.iter().map(|one| one.version_of.map(|v| v.of)).collect::<Vec<_>>(), [None, Some(0), None]);
        let records = documents.split_off(1);
        let faults = faults(&documents, &records);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].path == "c.x" && faults[0].what.starts_with("no abstract"), "{faults:?}");
    }
}
