//! OpenDocument texts: paragraphs, headings, lists, tables; notes after the text; deleted text and comments left out.

use super::super::document::{Document, Metadata, SectionKind};
use super::docx::core_fields;
use super::intake::Intake;
use super::package::Package;
use super::prose::{Layout, Prose};
use super::xml::{Node, Tag, Xml};

/// The name of the format.
pub(super) const NAME: &str = "odt";

pub(super) fn take(package: &mut Package, intake: &mut Intake) {
    let limit = intake.settings.limits.xml_depth;
    let mut metadata = Metadata::default();
    if let Some(text) = package.text("meta.xml", intake) {
        core_fields(&text, limit, &mut metadata);
    }
    let Some(text) = package.text("content.xml", intake) else {
        return intake.skip("has no content.xml", "save it again");
    };
    let mut xml = Xml::new(&text, limit);
    let (mut prose, mut notes) = (Prose::default(), Vec::new());
    while let Some(node) = xml.next() {
        if matches!(&node, Node::Open(tag) if tag.name() == "text") {
            body(&mut xml, &mut prose, &mut notes);
        }
    }
    xml.report(intake);
    // Notes are of the text, wherever the last section ends.
    prose.enter(Layout::Section(Some(SectionKind::Body)));
    for note in notes {
        prose.enter(Layout::Paragraph);
        prose.write(&note);
        prose.leave();
    }
    prose.leave();
    let (text, sections, boilerplate, pages) = prose.finish();
    intake.document(Document { metadata, text, sections, boilerplate, pages, ..Document::default() });
}

fn body(xml: &mut Xml, prose: &mut Prose, notes: &mut Vec<String>) {
    xml.each(|xml, node| match node {
        Node::Open(tag) => match tag.name() {
            "note-body" => notes.push(xml.text()),
            "s" => {
                prose.write(" ");
                xml.skip();
            }
            "tab" => {
                prose.write("\t");
                xml.skip();
            }
            _ => match layout(&tag) {
                Layout::Absent => xml.skip(),
                layout => prose.enter(layout),
            },
        },
        Node::Close => prose.leave(),
        Node::Text(text) => prose.write(&text),
    });
}

fn layout(tag: &Tag) -> Layout {
    match tag.name() {
        "h" => Layout::Heading(Some(tag.attribute("outline-level").parse().unwrap_or(1))),
        "p" | "table" => Layout::Paragraph,
        "list-item" | "table-row" | "line-break" => Layout::Line,
        "table-cell" => Layout::Cell,
        "bibliography" => Layout::Section(Some(SectionKind::References)),
        "table-of-content" | "illustration-index" | "table-index" => Layout::Boilerplate,
        "tracked-changes"
        | "annotation"
        | "note-citation"
        | "sequence-decls"
        | "index-title-template"
        | "forms"
        | "table-of-content-source"
        | "bibliography-source" => Layout::Absent,
        _ => Layout::Inline,
    }
}
