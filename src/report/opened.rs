//! One document, opened once for everything that is written of it. Noun only.

use super::findings::Findings;
use crate::corpus::Span;
use crate::index::{Content, IndexError};
use crate::score::DocumentScores;
use crate::synthesis::DocumentEvidence;

/// A document with its text, and the places of its hits.
pub struct Opened<'a> {
    /// Everything that was found.
    pub findings: &'a Findings<'a>,
    /// The document, by its place in the index.
    pub document: usize,
    /// Its text and places.
    pub content: Content,
    /// The span of each of its hits, in their order.
    pub spans: &'a [Span],
}

impl<'a> Opened<'a> {
    /// Opens a document.
    ///
    /// # Errors
    /// It cannot be read back from the index.
    pub fn new(findings: &'a Findings<'a>, document: usize) -> Result<Self, IndexError> {
        let content = findings.index.content(document)?;
        let spans = &findings.scores.spans[document];
        Ok(Opened { findings, document, content, spans })
    }

    /// Its name.
    pub fn id(&self) -> &'a str {
        &self.findings.index.documents()[self.document].id.0
    }

    /// What was found in it.
    pub fn scores(&self) -> &'a DocumentScores {
        &self.findings.scores.documents[self.document]
    }

    /// What was taken from it beside the themes.
    pub fn evidence(&self) -> Option<&'a DocumentEvidence> {
        self.findings.evidence.documents.get(self.document)
    }
}
