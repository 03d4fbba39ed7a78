//! What a PDF says of itself: its packet of XMP, its list of fields, and the front of its text.

use super::super::super::document::{Metadata, SectionKind};
use super::super::xml::{Node, Xml};
use super::super::{decode, fields};
use super::write::Written;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Stream};

/// How much of the text is the front, in bytes, where its pages do not tell.
const FRONT_BYTES: usize = 8_000;

/// Fields of the document, from the format where it gives them and they are to be believed, else from the front.
pub(super) fn of(pdf: &Pdf, written: &Written, xml_depth: u32) -> Metadata {
    let mut metadata = Metadata::default();
    let mut said = Said::default();
    if let Some(packet) = packet(pdf) {
        xmp(&packet, xml_depth, &mut metadata, &mut said);
    }
    let info = pdf.metadata();
    let text_of = |field: &Option<Box<[u8]>>| field.as_deref().map(text).filter(|text| !text.trim().is_empty());
    said.titles.extend(text_of(&info.title));
    if said.authors.is_empty() {
        said.authors = text_of(&info.author).map(|author| names(&author)).unwrap_or_default();
    }
    for (name, value) in [("subject", text_of(&info.subject)), ("keywords", text_of(&info.keywords))] {
        if let Some(value) = value {
            metadata.extra.entry(name.to_owned()).or_insert(value);
        }
    }
    let created = info.creation_date.map(|date| i32::from(date.year));
    if let Some(year) = created {
        metadata.extra.entry("created".to_owned()).or_insert_with(|| year.to_string());
    }
    let front = front(written);
    metadata.title = title(&said.titles, written, front);
    metadata.authors = believed_authors(said.authors, front);
    if metadata.doi.is_none() {
        metadata.doi = doi_in(front);
    }
    if metadata.year.is_none() {
        metadata.year = year_in(front, created);
    }
    metadata
}

/// Titles and authors as the format gives them.
#[derive(Default)]
struct Said {
    titles: Vec<String>,
    authors: Vec<String>,
}

/// The text of the catalog's packet of metadata.
fn packet(pdf: &Pdf) -> Option<String> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let packet = catalog.get::<Stream<'_>>("Metadata")?.decoded().ok()?;
    Some(decode::decode(packet.into_owned()).text)
}

/// Fields of Dublin Core and PRISM, in elements or attributes.
fn xmp(packet: &str, depth: u32, metadata: &mut Metadata, said: &mut Said) {
    let mut xml = Xml::new(packet, depth);
    let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "title" => said.titles.extend(filled(xml.text())),
            "creator" => xml.each(|xml, node| {
                if matches!(&node, Node::Open(tag) if tag.name() == "li") {
                    said.authors.extend(names(&xml.text()));
                }
            }),
            "doi" | "DOI" => metadata.doi = fields::doi(&xml.text()).or(metadata.doi.take()),
            "identifier" | "url" if metadata.doi.is_none() => metadata.doi = fields::doi(&xml.text()),
            "publicationName" => metadata.publication = filled(xml.text()),
            "coverDate" | "publicationDate" | "coverDisplayDate" if metadata.year.is_none() => {
                metadata.year = fields::year(&xml.text());
            }
            "Description" => {
                let attribute = |name: &str| filled(tag.attribute(name));
                metadata.doi = attribute("doi").and_then(|doi| fields::doi(&doi)).or(metadata.doi.take());
                metadata.publication = metadata.publication.take().or_else(|| attribute("publicationName"));
                metadata.year = metadata.year.or_else(|| fields::year(&attribute("coverDate")?));
            }
            _ => {}
        }
    }
}

/// A string of a PDF: UTF-16 or UTF-8 by its mark, else one byte a character.
fn text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] | [0xef, 0xbb, 0xbf, ..] => decode::decode(bytes.to_vec()).text,
        _ => bytes.iter().map(|b| char::from(*b)).collect(),
    };
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Authors of one field, parted by semicolons, `and`, or by commas between whole names.
fn names(field: &str) -> Vec<String> {
    let parted: Vec<&str> =
        field.split([';', '\n']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & ")).collect();
    let by_commas = |part: &&str| part.split(',').all(|name| name.trim().contains(' '));
    let all: Vec<&str> =
        parted.iter().flat_map(|part| if by_commas(part) { part.split(',').collect() } else { vec![*part] }).collect();
    all.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// The first pages, up to the list of references.
fn front(written: &Written) -> &str {
    let second = written.pages.get(1).or(written.pages.first());
    let end = second.map_or(FRONT_BYTES, |page| page.span.end as usize);
    let references = written.sections.iter().find(|section| section.kind == SectionKind::References);
    let end = end.min(references.map_or(usize::MAX, |section| section.span.start as usize)).min(written.text.len());
    &written.text[..written.text.floor_char_boundary(end)]
}

/// Letters and digits alone, in lower case, so that two settings of the same words are equal.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A title that the format gives and the front bears out; else the largest print of the first page; else the given one,
/// unless it is the name of a file or of a program.
fn title(said: &[String], written: &Written, front: &str) -> Option<String> {
    let likely = |title: &&String| {
        let lower = title.to_lowercase();
        let is_file = [".doc", ".docx", ".pdf", ".tex", ".dvi", ".indd", ".qxd", ".ps", ".rtf", ".qxp", ".fm"]
            .iter()
            .any(|ending| lower.ends_with(ending));
        let words = title.split_whitespace().count();
        !is_file && words >= 2 && !["microsoft word", "untitled", "powerpoint"].iter().any(|word| lower.contains(word))
    };
    let page = bare(front);
    let shown = said.iter().filter(likely).find(|title| page.contains(&bare(title)));
    let title = shown.or(written.title.as_ref()).or_else(|| said.iter().find(likely))?;
    let marks = |c: char| c.is_whitespace() || "*∗†‡§¶⋆".contains(c);
    Some(title.trim_end_matches(marks).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The authors whose surnames all stand on the first pages; a name that does not is that of a typist.
fn believed_authors(authors: Vec<String>, front: &str) -> Vec<String> {
    let page = bare(front);
    let is_shown = |name: &String| {
        let longest = name.split(|c: char| !c.is_alphanumeric()).max_by_key(|word| word.chars().count()).unwrap_or("");
        longest.chars().count() > 1 && page.contains(&bare(longest))
    };
    if authors.iter().all(is_shown) { authors } else { Vec::new() }
}

/// The first DOI, one that is called so before any other.
fn doi_in(front: &str) -> Option<String> {
    let lower = front.to_ascii_lowercase();
    let mut first = None;
    for (at, _) in lower.match_indices("10.") {
        if lower[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.') {
            continue;
        }
        let end =
            lower[at..].find(|c: char| c.is_whitespace() || "\"<>{}|\\^,;".contains(c)).map_or(lower.len(), |n| at + n);
        let found = lower[at..end].trim_end_matches(['.', ')', ']', ':', '\'', '’', '”']);
        let Some((prefix, suffix)) = found.get(3..).and_then(|rest| rest.split_once('/')) else { continue };
        if !(4..=9).contains(&prefix.len()) || !prefix.bytes().all(|b| b.is_ascii_digit()) || suffix.is_empty() {
            continue;
        }
        if lower[..at].trim_end_matches([' ', ':', '/', '\n']).ends_with("doi") || lower[..at].ends_with("doi.org/") {
            return Some(found.to_owned());
        }
        first = first.or_else(|| Some(found.to_owned()));
    }
    first
}

/// The year that the front gives as that of publication: after a mark of copyright or the word published, else the first
/// that stands in the running heads or above the abstract; never one after the file was made.
fn year_in(front: &str, created: Option<i32>) -> Option<i32> {
    let latest = created.map_or(2999, |year| year + 1);
    let year = |text: &str| {
        let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
        runs.filter_map(|run| run.parse::<i32>().ok()).find(|year| (1900..=latest.min(2099)).contains(year))
    };
    let lower = front.to_lowercase();
    for mark in ["©", "copyright", "(c)", "published", "publication date", "accepted"] {
        for (at, _) in lower.match_indices(mark) {
            let end = lower.floor_char_boundary(at + 60);
            if let Some(year) = year(&lower[at..end]) {
                return Some(year);
            }
        }
    }
    let abstract_at = lower.find("abstract").unwrap_or(1_500).min(1_500);
    year(&lower[..lower.floor_char_boundary(abstract_at)])
}
