//! What a document is: text exactly as extracted, the places in it, and what is known about it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Half-open range of bytes `start..end` in the text of one document; always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range`. A document is never longer than 4 GiB (the limit on extracted text is far below).
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self { start: start as u32, end: end as u32 }
    }

    /// The words under the span; empty where the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same span counted in Unicode code points from the start of `text`, first = 0, half-open.
    pub fn in_code_points(self, text: &str) -> Span {
        let start = text[..self.start as usize].chars().count();
        Span::new(start, start + self.of(text).chars().count())
    }
}

/// Name of a document, unique in its study: the path below the corpus folder without its ending, or a record's own id.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub String);

impl std::fmt::Display for DocumentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The part that a section plays in its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// Running text whose part is not known.
    #[default]
    Body,
    /// The title of the document.
    Title,
    /// Abstract or summary.
    Abstract,
    /// Introduction or background.
    Introduction,
    /// Methods.
    Methods,
    /// Results or findings.
    Results,
    /// Discussion.
    Discussion,
    /// Conclusion, implications, recommendations.
    Conclusion,
    /// Reference list; never scored by default.
    References,
    /// Acknowledgements, funding statements, declarations of interest; never scored by default.
    Acknowledgements,
    /// Appendix or supplement.
    Appendix,
    /// Running heads, page and line numbers, navigation; never scored.
    Boilerplate,
}

/// One section: its part, its heading and the text under it (heading included). Sections ascend and never overlap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The part it plays.
    pub kind: SectionKind,
    /// The heading as written, if it has one.
    pub heading: Option<String>,
    /// The bytes it covers.
    pub span: Span,
}

/// One page of a paged format. Pages ascend and never overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Number of the page, the first being 1.
    pub number: u32,
    /// The bytes it covers.
    pub span: Span,
}

/// What is known about a document besides its text. An unknown field is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// Title of the work.
    pub title: Option<String>,
    /// Authors, in order, as written.
    pub authors: Vec<String>,
    /// Year of publication.
    pub year: Option<i32>,
    /// Kind of source, in the study's own words (review, evaluation, policy …).
    pub kind: Option<String>,
    /// DOI, lower case, without a resolver's address.
    pub doi: Option<String>,
    /// Where it was read.
    pub url: Option<String>,
    /// Journal or series.
    pub publication: Option<String>,
    /// Language as the source gives it (BCP 47).
    pub language: Option<String>,
    /// Every other field of the source, by its name.
    pub extra: BTreeMap<String, String>,
}

impl Metadata {
    /// A copy without the fields that have no place of their own, which in exports of references are most of the bytes.
    pub fn without_extra(&self) -> Self {
        Self {
            title: self.title.clone(),
            authors: self.authors.clone(),
            year: self.year,
            kind: self.kind.clone(),
            doi: self.doi.clone(),
            url: self.url.clone(),
            publication: self.publication.clone(),
            language: self.language.clone(),
            extra: BTreeMap::new(),
        }
    }
}

/// One work as received: its text exactly as extracted, the places in it, and its fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its name in the study.
    pub id: DocumentId,
    /// Path of the file it came from, relative to the study, with `/` between the parts.
    pub source: String,
    /// Name of the format it was read as, for example `markdown`.
    pub format: &'static str,
    /// What is known about it.
    pub metadata: Metadata,
    /// The text; every `Span` points into it. Never altered. Empty for a record of a reference export that has no
    /// abstract: such a record tells the fields of a work whose text may lie elsewhere.
    pub text: String,
    /// Its sections; text outside them is `SectionKind::Body`.
    pub sections: Vec<Section>,
    /// Running heads, page numbers and the like inside the text; ascending, never overlapping.
    pub boilerplate: Vec<Span>,
    /// Its pages, for a paged format.
    pub pages: Vec<Page>,
}

/// What is kept of a text to tell others that are the same work. Made by `signature`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The least of many orderings of its five-word shingles; empty for a text too short to tell.
    ///
    /// Two of these agree in about as many of their places as the two texts share of their shingles (Jaccard); the
    /// standard error is at most 0.063.
    pub shingles: Vec<u16>,
    /// The first letters and digits of the text, in lower case, among which the title of a record may stand; empty for
    /// formats that tell their title.
    pub opening: String,
}

impl Signature {
    /// Number of places of a signature that is not empty.
    pub const N_PLACES: usize = 64;

    /// The share of shingles that two texts have in common, as far as their signatures tell; `None` where one of them
    /// is too short to have a signature.
    pub fn likeness(&self, other: &Signature) -> Option<f64> {
        let both = self.shingles.len() == Self::N_PLACES && other.shingles.len() == Self::N_PLACES;
        let n_same = self.shingles.iter().zip(&other.shingles).filter(|(a, b)| a == b).count();
        both.then(|| n_same as f64 / Self::N_PLACES as f64)
    }
}

/// One document as the search for versions of the same work sees it.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// The format it was read as.
    pub format: &'a str,
    /// What is known about it.
    pub metadata: &'a Metadata,
    /// The signature of its text.
    pub signature: &'a Signature,
    /// Length of its text in tokens; of several versions the longest stands for the work.
    pub n_tokens: u32,
}

/// That a document is another version of a work that some other document stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The place of the document that stands for the work.
    pub of: usize,
    /// What told it.
    pub by: Sameness,
}

/// What tells that two documents are one work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sameness {
    /// They have the same DOI.
    Doi,
    /// Their titles are nearly equal, and so are their years.
    Title,
    /// Their texts are nearly the same.
    Text,
}
