//! The passages of a corpus, kept. Nouns, and the questions that can be asked of them.

use super::store::{Kept, Segment, StoreFolder};
use crate::corpus::{Digest, DocumentId, Fault, Metadata, Page, Sameness, Section, Signature, Span, Version};
use crate::text::{Analyzer, Language, Passage, Sentence, Token, Vocabulary};
use serde::{Deserialize, Serialize};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What the index knows of a document without opening its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IndexedDocument {
    /// Its name, unique in the study.
    pub id: DocumentId,
    /// Path of the file it came from.
    pub source: String,
    /// The format it was read as.
    pub format: String,
    /// Digest of its text and metadata: its identity from run to run.
    pub digest: Digest,
    /// What is known about it; where it stands for a work, also from the work's other versions.
    pub metadata: Metadata,
    /// What tells others that are the same work; empty once they have been told.
    pub signature: Signature,
    /// Where another document stands for its work: that one, by its place among the documents or, past those, among the
    /// records. Such a document counts nowhere.
    #[serde(skip)]
    pub version_of: Option<Version>,
    /// Its language.
    pub language: Language,
    /// Length of its text in bytes; 0 for a record without an abstract.
    pub n_bytes: u32,
    /// Counts of its text, unscored sections included.
    pub n_tokens: u32,
    /// How many sentences it has.
    pub n_sentences: u32,
    /// How many passages it has under the study's unit.
    pub n_passages: u32,
    /// How many sections it is parted into.
    pub n_sections: u32,
    /// How many pages, for a paged format.
    pub n_pages: u32,
}

/// A document's text and the places in it, read back from the store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// The text, unaltered.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Its passages.
    pub passages: Vec<Passage>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its pages.
    pub pages: Vec<Page>,
}

/// What went wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The store could not be read or written.
    #[error("{}: {what}\n  hint: {hint}", path.display())]
    Store {
        /// The folder or file.
        path: PathBuf,
        /// What went wrong.
        what: String,
        /// How to mend it.
        hint: String,
    },
}

impl IndexError {
    /// What the system said of a file or folder.
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "make it readable and writable for this user, or set another state folder"
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free space on this disk, then run again",
            io::ErrorKind::FileTooLarge => "lift the limit on the size of files, then run again",
            _ => "run again; if it stays so, delete the index folder: it is made anew from the sources",
        };
        IndexError::Store { path: path.to_owned(), what: error.to_string().to_lowercase(), hint: hint.into() }
    }

    /// What tantivy said of its folder.
    pub(super) fn tantivy(path: &Path, error: &tantivy::TantivyError) -> Self {
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<io::Error>() {
                return Self::io(path, error);
            }
            if let Some(error) = error.downcast_ref::<Arc<io::Error>>() {
                return Self::io(path, error);
            }
            cause = error.source();
        }
        Self::io(path, &io::Error::other(error.to_string()))
    }
}

/// The passages of a corpus, kept in the study's state folder. Documents are in order of id.
pub struct PassageIndex {
    pub(super) documents: Vec<IndexedDocument>,
    pub(super) records: Vec<IndexedDocument>,
    pub(super) faults: Vec<Fault>,
    pub(super) n_new: usize,
    pub(super) rebuilt: Option<String>,
    pub(super) folder: StoreFolder,
    pub(super) keeps: Keeps,
    pub(super) segments: Vec<NumberedSegment>,
    /// Segment of each document, and its place there.
    pub(super) places: Vec<(u32, u32)>,
    /// Number of each document in the store.
    pub(super) uids: Vec<u64>,
    pub(super) analyzer: Analyzer,
    /// Vocabularies that were used before, so that a word is stemmed once and not once a question.
    pub(super) vocabularies: Mutex<Vec<Vocabulary>>,
}

/// Whether answers may be written beside the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeps {
    /// They are kept.
    Answers,
    /// The index is only looked at.
    Nothing,
}

/// A segment, and the number that each of its documents has.
pub(super) struct NumberedSegment {
    pub(super) segment: Segment,
    /// `None` where the document has been deleted.
    pub(super) numbers: Vec<Option<u32>>,
}

impl PassageIndex {
    /// The documents, in order of id. Everything that speaks of a document by number means its place here.
    pub fn documents(&self) -> &[IndexedDocument] {
        &self.documents
    }

    /// Records of reference exports that have no abstract, in order of id: they tell the fields of works, and have no text
    /// that could be scored.
    pub fn records(&self) -> &[IndexedDocument] {
        &self.records
    }

    /// The document or record at a place that a `Version` names.
    pub fn at(&self, place: usize) -> Option<&IndexedDocument> {
        self.documents.get(place).or_else(|| self.records.get(place - self.documents.len()))
    }

    /// The faults met when the sources were read, also those met in an earlier run, sorted.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// How many of the documents this run had to read, segment and index.
    pub fn n_new(&self) -> usize {
        self.n_new
    }

    /// Why the index had to be made anew in this run although there was one: it was damaged, or made by another version
    /// or with other settings. `None` where it was kept.
    pub fn rebuilt(&self) -> Option<&str> {
        self.rebuilt.as_deref()
    }

    /// The same index, that keeps no more answers: what is asked of it now is not what the next run will ask.
    pub fn only_looked_at(self) -> Self {
        Self { keeps: Keeps::Nothing, ..self }
    }

    /// Has the documents told, and no others, stand for no work of their own, so that they count nowhere.
    pub fn stand_apart(&mut self, apart: &dyn Fn(&IndexedDocument) -> bool) {
        for (of, document) in self.documents.iter_mut().enumerate() {
            document.version_of = apart(document).then_some(Version { of, by: Sameness::Text });
        }
    }

    /// The text of a document and the places in it.
    ///
    /// # Errors
    /// The store cannot be read, or is damaged. There is no such document.
    pub fn content(&self, document: usize) -> Result<Content, IndexError> {
        let place = self.places.get(document);
        let found = place.and_then(|&(segment, place)| {
            // tantivy panics at some kinds of damage.
            let read = || self.segments[segment as usize].segment.content(place);
            let bytes = catch_unwind(AssertUnwindSafe(read)).ok()?.ok()?;
            let (kept, text) = Kept::read(&bytes)?;
            Some(Content {
                text: text.to_owned(),
                language: kept.language,
                passages: self.analyzer.passages(&kept.sentences),
                sentences: kept.sentences,
                sections: kept.sections,
                pages: kept.pages,
            })
        });
        found.ok_or_else(|| self.damaged(&format!("the text of document {document} cannot be read")))
    }

    /// The byte spans of runs of tokens `(first_token, n_tokens)` of a document, in the order asked. A run of no tokens,
    /// or that reaches past the end of the document, gives an empty span at 0.
    ///
    /// Found by running the analyzer over the sentences that hold them, never by searching for their text.
    pub fn spans(&self, content: &Content, tokens: &[(u32, u32)]) -> Vec<Span> {
        let pooled = self.vocabularies.lock().map(|mut pool| pool.pop()).unwrap_or_default();
        let mut places = TokenPlaces {
            content,
            analyzer: &self.analyzer,
            vocabulary: pooled.unwrap_or_default(),
            sentence: None,
            tokens: Vec::new(),
        };
        let spans = tokens.iter().map(|&(first, n)| places.run(first, n).unwrap_or_default()).collect();
        if let Ok(mut pool) = self.vocabularies.lock() {
            pool.push(places.vocabulary);
        }
        spans
    }

    /// The error that says the store is not as it was written.
    pub(super) fn damaged(&self, what: &str) -> IndexError {
        let hint = "delete this folder and run again: the index is made anew from the sources".into();
        IndexError::Store { path: self.folder.root().to_owned(), what: what.to_owned(), hint }
    }
}

/// Tells where tokens lie by analyzing one sentence after another, as asked.
struct TokenPlaces<'a> {
    content: &'a Content,
    analyzer: &'a Analyzer,
    vocabulary: Vocabulary,
    /// The sentence that `tokens` holds.
    sentence: Option<usize>,
    tokens: Vec<Token>,
}

impl TokenPlaces<'_> {
    fn run(&mut self, first: u32, n_tokens: u32) -> Option<Span> {
        let last = first.checked_add(n_tokens.checked_sub(1)?)?;
        Some(Span { start: self.token(first)?.start, end: self.token(last)?.end })
    }

    fn token(&mut self, token: u32) -> Option<Span> {
        let sentences = &self.content.sentences;
        let number = sentences.partition_point(|sentence| sentence.first_token <= token).checked_sub(1)?;
        // Sentences without tokens share their first token with the next one, which is the later in the list.
        let sentence = &sentences[number];
        if self.sentence != Some(number) {
            if self.vocabulary.is_full() {
                self.vocabulary.clear();
            }
            self.tokens.clear();
            let text = sentence.span.of(&self.content.text);
            self.analyzer.tokens(text, self.content.language, &mut self.vocabulary, &mut self.tokens);
            self.sentence = Some(number);
        }
        let span = self.tokens.get((token - sentence.first_token) as usize)?.span;
        Some(Span { start: sentence.span.start + span.start, end: sentence.span.start + span.end })
    }
}
