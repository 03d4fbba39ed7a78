//! One document, opened once for everything that is written of it. Noun only.

use super::findings::Findings;
use crate::corpus::Span;
use crate::index::{Content, IndexError, IndexedDocument};
use crate::score::DocumentScores;
use crate::synthesis::{DocumentEvidence, Repeat};

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

    /// What the index knows of it.
    pub fn known(&self) -> &'a IndexedDocument {
        &self.findings.index.documents()[self.document]
    }

    /// Its name.
    pub fn id(&self) -> &'a str {
        &self.known().id.0
    }

    /// Why it is not included; `None` where it is.
    pub fn exclusion(&self) -> Option<&'a str> {
        exclusion(self.findings, self.document)
    }

    /// The id of the document or record that stands for its work, where another does.
    pub fn standing(&self) -> Option<&'a str> {
        standing(self.findings, self.known())
    }

    /// Where a passage stands first, as `document#passage`, if an earlier document has it too.
    pub fn repeats(&self, passage: u32) -> Option<String> {
        let all = &self.evidence()?.repeats;
        let repeat = &all[all.binary_search_by_key(&passage, |repeat| repeat.passage).ok()?];
        first(self.findings, repeat)
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

/// Why a document is not included; `None` where it is.
pub fn exclusion<'a>(findings: &Findings<'a>, document: usize) -> Option<&'a str> {
    findings.synthesis.selection.documents[document].excluded.as_ref().map(|reason| reason.text.as_str())
}

/// The id of the document or record that stands for the work of this one, where another does.
pub fn standing<'a>(findings: &Findings<'a>, known: &IndexedDocument) -> Option<&'a str> {
    let index = findings.index;
    known.version_of.and_then(|version| index.at(version.of)).map(|standing| standing.id.0.as_str())
}

/// Where a passage that is a repeat stands first, as `document#passage`.
pub fn first(findings: &Findings<'_>, repeat: &Repeat) -> Option<String> {
    let document = findings.index.documents().get(repeat.first.document as usize)?;
    Some(format!("{}#{}", document.id, repeat.first.passage))
}
