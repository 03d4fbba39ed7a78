//! A record of a reference export: fields by their tags, made into a document of title and abstract.

use super::super::document::{Document, DocumentId, Metadata, Section, SectionKind, Span};
use super::{fields, xml};
use std::borrow::Cow;

/// What a field of a record is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    Abstract,
    Author,
    Year,
    Doi,
    Url,
    Publication,
    Language,
    Kind,
}

/// For each part the tags that may hold it; of those of one row the first that is filled counts.
pub(super) type Parts = &'static [(Part, &'static [&'static str])];

/// Tags and their values, in the order of the file; a tag may come more than once.
pub(super) type Fields = Vec<(String, String)>;

/// One record: its fields in the order of the file.
#[derive(Clone, Default)]
pub(super) struct Reference {
    /// Line on which it starts.
    pub(super) line: u64,
    /// Tag and value; a tag may come more than once.
    pub(super) fields: Fields,
}

impl Reference {
    /// The values of the first of `tags` that holds any.
    pub(super) fn first<'r>(&'r self, tags: &[&str]) -> Vec<&'r str> {
        let of = |tag: &str| -> Vec<&str> {
            let same = self.fields.iter().filter(|field| field.0.eq_ignore_ascii_case(tag));
            same.map(|field| field.1.trim()).filter(|value| !value.is_empty()).collect()
        };
        tags.iter().map(|tag| of(tag)).find(|values| !values.is_empty()).unwrap_or_default()
    }

    /// The document of this record, its text being title and abstract; without a text where it has no abstract.
    pub(super) fn document(&self, parts: Parts) -> Document {
        let tags = |part: Part| parts.iter().find(|row| row.0 == part).map_or(&[] as &[&str], |row| row.1);
        let texts = |part: Part| self.first(tags(part));
        let one = |part: Part| texts(part).first().map(|text| (*text).to_owned());
        let abstracts = texts(Part::Abstract);
        let each_of = |part: Part| tags(part).iter().flat_map(|tag| self.first(&[tag]));
        let kinds: Vec<&str> = texts(Part::Kind).into_iter().map(kind).collect();
        let mut metadata = Metadata {
            title: one(Part::Title),
            authors: texts(Part::Author).into_iter().map(name).collect(),
            year: each_of(Part::Year).find_map(fields::year),
            kind: (!kinds.is_empty()).then(|| kinds.join("; ")),
            doi: each_of(Part::Doi).find_map(fields::doi),
            url: one(Part::Url),
            publication: one(Part::Publication),
            language: one(Part::Language),
            ..Metadata::default()
        };
        if metadata.publication == metadata.title {
            metadata.publication = None;
        }
        let is_known = |row: &(Part, &'static [&'static str]), tag: &str| {
            let tags = if row.0 == Part::Doi { &row.1[..1] } else { row.1 }; // the others hold more than a DOI
            tags.iter().any(|known| known.eq_ignore_ascii_case(tag))
        };
        let known = |tag: &str| parts.iter().any(|row| is_known(row, tag));
        for (tag, value) in self.fields.iter().filter(|(tag, value)| !known(tag) && !value.trim().is_empty()) {
            let extra = metadata.extra.entry(tag.clone()).or_default();
            if !extra.is_empty() {
                extra.push_str("; ");
            }
            extra.push_str(value.trim());
        }
        with_text(metadata, &abstracts.join("\n\n"))
    }
}

/// A name with a blank behind each comma, and without the number that Scopus puts behind it.
fn name(written: &str) -> String {
    let number = |text: &str| text.len() > 4 && text.bytes().all(|b| b.is_ascii_digit());
    let bare = match written.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        Some((name, inside)) if number(inside) => name.trim_end(),
        _ => written,
    };
    bare.split(',').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The abstract without the markup that publishers leave in it; nothing where it only says that there is none.
fn cleaned(written: &str) -> Cow<'_, str> {
    let bare = written.trim();
    let is_none = bare.len() < 40
        && ["[no abstract", "no abstract available", "abstract not available"]
            .iter()
            .any(|said| bare.get(..said.len()).is_some_and(|start| start.eq_ignore_ascii_case(said)));
    match () {
        () if is_none => Cow::Borrowed(""),
        () if bare.contains("<jats:") || bare.starts_with("<p>") => Cow::Owned(without_tags(bare)),
        () => Cow::Borrowed(written),
    }
}

/// A text without markup such as `<jats:p>` or `<i>`, and where there was any, with its entities resolved; a `<` of its
/// own stays.
pub(super) fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut n_tags) = (text, 0);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let inner = &rest[at + 1..];
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let end = inner.find('>').filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic()));
        match end {
            Some(end) if !inner[..end].contains('<') => {
                n_tags += 1;
                if inner[..end].ends_with(":p") && !out.is_empty() {
                    out.push('\n');
                }
                rest = &inner[end + 1..];
            }
            _ => {
                out.push('<');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    if n_tags > 0 { xml::resolved(out.trim()) } else { out.trim().to_owned() }
}

/// A document whose text is its title and its abstract, each a section; named by a digest of that text. Without an
/// abstract it has no text, and is named by its fields.
pub(super) fn with_text(metadata: Metadata, abstract_text: &str) -> Document {
    let abstract_text = cleaned(abstract_text);
    let abstract_text = abstract_text.as_ref();
    let named = |said: &str| DocumentId(blake3::hash(said.as_bytes()).to_hex()[..8].to_owned());
    let mut text = metadata.title.clone().unwrap_or_default();
    if abstract_text.trim().is_empty() {
        let said = format!("{text}\n{}\n{:?}\n{:?}", metadata.authors.join("; "), metadata.year, metadata.doi);
        return Document { id: named(&said), metadata, ..Document::default() };
    }
    let mut sections = Vec::new();
    if !text.is_empty() {
        text.push_str("\n\n");
        sections.push(Section { kind: SectionKind::Title, heading: None, span: Span::new(0, text.len()) });
    }
    let start = text.len();
    text.push_str(abstract_text);
    sections.push(Section { kind: SectionKind::Abstract, heading: None, span: Span::new(start, text.len()) });
    Document { id: named(&text), metadata, text, sections, ..Document::default() }
}

/// What a code of RIS or a type of CSL for the kind of source means; other kinds stay as they are.
pub(super) fn kind(code: &str) -> &str {
    match code {
        "JOUR" | "JFULL" | "ABST" | "INPR" | "article-journal" => "journal article",
        "BOOK" | "EBOOK" | "EDBOOK" | "book" => "book",
        "CHAP" | "ECHAP" | "chapter" => "book chapter",
        "CONF" | "CPAPER" | "paper-conference" => "conference paper",
        "RPRT" => "report",
        "THES" => "thesis",
        "ELEC" | "BLOG" | "webpage" | "post-weblog" => "web page",
        "GEN" => "other",
        "UNPB" => "unpublished",
        code => code,
    }
}
