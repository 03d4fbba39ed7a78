//! Books in EPUB: the chapters in the order of the spine, one document.

use super::super::document::{Document, Metadata};
use super::html;
use super::intake::Intake;
use super::package::Package;
use super::prose::{Layout, Prose};
use super::xml::{Node, Xml};
use super::{docx, fields};
use rustc_hash::FxHashMap;

/// The name of the format.
pub(super) const NAME: &str = "epub";

pub(super) fn take(package: &mut Package, intake: &mut Intake) {
    let limit = intake.settings.limits.xml_depth;
    let Some((path, opf)) = opf(package, intake) else {
        return intake.skip("names no package file (.opf)", "save or fetch it again");
    };
    let mut metadata = Metadata::default();
    docx::core_fields(&opf, limit, &mut metadata);
    let chapters = chapters(&opf, limit, &mut metadata);
    let folder = path.rsplit_once('/').map_or("", |parts| parts.0);
    let mut prose = Prose::default();
    for chapter in &chapters {
        let name = joined(folder, chapter);
        let Some(text) = package.text(&name, intake) else { continue };
        let mut xml = Xml::new(&text, limit);
        while let Some(node) = xml.next() {
            if matches!(&node, Node::Open(tag) if tag.name() == "body") {
                prose.enter(Layout::Paragraph);
                // What stands aside of a page is of the page; in a book it is a note or a box.
                xml.render(&mut prose, &|tag, _| match tag.name() {
                    "aside" => Layout::Paragraph,
                    name => html::layout(name),
                });
                prose.leave();
            }
        }
        xml.report(intake);
    }
    let (text, sections, boilerplate, pages) = prose.finish();
    intake.document(Document { metadata, text, sections, boilerplate, pages, ..Document::default() });
}

/// Path and text of the file that lists what the book holds.
fn opf(package: &mut Package, intake: &mut Intake) -> Option<(String, String)> {
    let container = package.text("META-INF/container.xml", intake)?;
    let mut xml = Xml::new(&container, intake.settings.limits.xml_depth);
    while let Some(node) = xml.next() {
        if let Node::Open(tag) = node
            && tag.name() == "rootfile"
        {
            let path = decoded(&tag.attribute("full-path"));
            let text = package.text(&path, intake)?;
            return Some((path, text));
        }
    }
    None
}

/// The files of the spine in order, without the table of contents; year and DOI go to the fields.
fn chapters(opf: &str, limit: u32, metadata: &mut Metadata) -> Vec<String> {
    let mut xml = Xml::new(opf, limit);
    let (mut files, mut spine) = (FxHashMap::default(), Vec::new());
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "item" if !tag.attribute("properties").split(' ').any(|property| property == "nav") => {
                files.insert(tag.attribute("id"), decoded(&tag.attribute("href")));
            }
            "itemref" if tag.attribute("linear") != "no" => spine.push(tag.attribute("idref")),
            "date" => metadata.year = metadata.year.or(fields::year(&xml.text())),
            "identifier" => metadata.doi = metadata.doi.take().or(fields::doi(&xml.text())),
            "publisher" => metadata.publication = Some(xml.text()).filter(|name| !name.is_empty()),
            _ => {}
        }
    }
    spine.iter().filter_map(|id| files.get(id).cloned()).collect()
}

/// `href` below `folder`; `..` goes up, but never above the top of the archive.
fn joined(folder: &str, href: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('#').next().unwrap_or("").split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%20` and the like resolved.
fn decoded(href: &str) -> String {
    let bytes = href.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code =
            href.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
