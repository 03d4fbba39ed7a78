//! What goes between a process and the children that read for it: one line of JSON a message.

use super::super::catalog::{Digest, Fault, Source};
use super::super::document::{Document, DocumentId, Metadata, Page, Section, Span};
use super::super::formats;
use super::super::settings::CorpusSettings;
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// One file to be read.
#[derive(Serialize, Deserialize)]
pub(super) struct Order {
    path: String,
    file: Vec<u8>,
    #[serde(default)]
    n_bytes: u64,
    #[serde(default)]
    root: Vec<u8>,
    #[serde(default)]
    settings: CorpusSettings,
}

impl Order {
    pub(super) fn new(source: &Source, settings: &CorpusSettings) -> Self {
        Self {
            path: source.path.clone(),
            file: bytes_of(&source.file),
            n_bytes: source.n_bytes,
            root: bytes_of(&settings.root),
            settings: settings.clone(),
        }
    }

    /// The file, and the settings to read it by.
    pub(super) fn into_parts(self) -> (Source, CorpusSettings) {
        let Self { path, file, n_bytes, root, settings } = self;
        let source = Source { path, file: path_of(file), digest: Digest::default(), n_bytes };
        (source, CorpusSettings { root: path_of(root), ..settings })
    }
}

#[cfg(unix)]
fn bytes_of(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(&bytes))
}

#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(OsStr::new(&String::from_utf8_lossy(&bytes).into_owned()))
}

/// What a child says.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Answer {
    /// One document of the file.
    Document(Box<Sent>),
    /// The file is read; what was met.
    Done(Vec<Fault>),
}

/// A document on its way.
#[derive(Serialize, Deserialize)]
pub(super) struct Sent {
    id: DocumentId,
    source: String,
    format: String,
    metadata: Metadata,
    text: String,
    sections: Vec<Section>,
    boilerplate: Vec<Span>,
    pages: Vec<Page>,
}

impl From<Document> for Sent {
    fn from(document: Document) -> Self {
        let Document { id, source, format, metadata, text, sections, boilerplate, pages } = document;
        Self { id, source, format: format.to_owned(), metadata, text, sections, boilerplate, pages }
    }
}

impl Sent {
    /// The document, if every place in it fits its text.
    pub(super) fn checked(self) -> Option<Document> {
        let Self { id, source, format, metadata, text, sections, boilerplate, pages } = self;
        let fits = |span: &Span| text.get(span.start as usize..span.end as usize).is_some();
        let spans = sections.iter().map(|section| &section.span).chain(&boilerplate);
        let all = spans.chain(pages.iter().map(|page| &page.span)).all(fits);
        let format = formats::known_name(&format)?;
        all.then_some(Document { id, source, format, metadata, text, sections, boilerplate, pages })
    }
}
