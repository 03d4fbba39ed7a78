//! The passages of a corpus, kept. Nouns, and the questions that can be asked of them.

use crate::corpus::{Digest, DocumentId, Fault, Metadata, Page, Section, Span};
use crate::lexicon::{ClassId, TokenClasses};
use crate::text::{Language, Passage, Sentence};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What the index knows of a document without opening its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexedDocument {
    /// Its name, unique in the study.
    pub id: DocumentId,
    /// Path of the file it came from.
    pub source: String,
    /// The format it was read as.
    pub format: String,
    /// Digest of its text and metadata: its identity from run to run.
    pub digest: Digest,
    /// What is known about it.
    pub metadata: Metadata,
    /// Its language.
    pub language: Language,
    /// Counts of its text, unscored sections included.
    pub n_tokens: u32,
    /// How many sentences it has.
    pub n_sentences: u32,
    /// How many passages it has under the study's unit.
    pub n_passages: u32,
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

/// The passages of a corpus, kept in the study's state folder. Documents are in order of id.
pub struct PassageIndex {}

impl PassageIndex {
    /// The documents, in order of id. Everything that speaks of a document by number means its place here.
    pub fn documents(&self) -> &[IndexedDocument] {
        todo!()
    }

    /// The faults met when the sources were read, also those met in an earlier run, sorted.
    pub fn faults(&self) -> &[Fault] {
        todo!()
    }

    /// How many documents this run had to read, segment and index.
    pub fn n_new(&self) -> usize {
        todo!()
    }

    /// Goes through every type of the vocabulary, sorted by surface: case-folded surface, stem, tokens, documents.
    pub fn types(&self, visit: &mut dyn FnMut(&str, &str, u64, u32)) -> Result<(), IndexError> {
        let _ = visit;
        todo!()
    }

    /// Hands each document to `visit` as the classes of its tokens, out of the postings, in parallel; the answers come
    /// back in the order of the documents. Types of class `NONE` cost nothing but their look-up in the vocabulary.
    pub fn stream<T: Send>(
        &self,
        classify: &(dyn Fn(&str, &str) -> ClassId + Sync),
        visit: &(dyn Fn(usize, &TokenClasses) -> T + Sync),
    ) -> Result<Vec<T>, IndexError> {
        let _ = (classify, visit);
        todo!()
    }

    /// The text of a document and the places in it.
    pub fn content(&self, document: usize) -> Result<Content, IndexError> {
        let _ = document;
        todo!()
    }

    /// The byte spans of runs of tokens `(first_token, n_tokens)` of a document, in the order asked.
    ///
    /// Found by running the analyzer over the sentences that hold them, never by searching for their text.
    pub fn spans(&self, content: &Content, tokens: &[(u32, u32)]) -> Vec<Span> {
        let _ = (content, tokens);
        todo!()
    }
}
