//! TEI as GROBID writes it.

use super::super::document::{Document, Metadata, SectionKind};
use super::prose::{Layout, Prose};
use super::xml::{self, Node, Tag, Xml};
use super::{Format, Intake, Take, fields};

pub(super) const FORMAT: Format = Format {
    name: "tei",
    endings: &["tei"],
    shows: |head| xml::root(head).is_some_and(|root| root == "TEI"),
    take: Take::Text(take),
};

fn take(text: String, intake: &mut Intake) {
    let mut xml = Xml::new(&text, intake.settings.limits.xml_depth);
    let (mut metadata, mut prose) = (Metadata::default(), Prose::default());
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "teiHeader" => {
                let language = tag.attribute("lang");
                metadata.language = (!language.is_empty()).then_some(language);
                header(&mut xml, &mut metadata, &mut prose);
            }
            "text" => xml.render(&mut prose, &layout),
            "facsimile" => xml.skip(),
            _ => {}
        }
    }
    xml.report(intake);
    let (text, sections, boilerplate, pages) = prose.finish();
    intake.document(Document { metadata, text, sections, boilerplate, pages, ..Document::default() });
}

/// Fields, title and abstract. The description of the source goes before that of the file where both are there.
fn header(xml: &mut Xml, metadata: &mut Metadata, prose: &mut Prose) {
    let mut abstracts = Prose::default();
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "title" => {
                let (level, text) = (tag.attribute("level"), xml.text());
                match level.as_str() {
                    "j" | "m" | "s" => metadata.publication = metadata.publication.take().or_else(|| filled(text)),
                    _ => metadata.title = metadata.title.take().or_else(|| filled(text)),
                }
            }
            "author" => metadata.authors.extend(author(xml)),
            "idno" if tag.attribute("type").eq_ignore_ascii_case("doi") => metadata.doi = fields::doi(&xml.text()),
            "date" => {
                let when = tag.attribute("when");
                let text = xml.text();
                metadata.year = metadata.year.or_else(|| fields::year(&when)).or_else(|| fields::year(&text));
            }
            "abstract" => {
                abstracts.enter(Layout::Paragraph);
                xml.render(&mut abstracts, &layout);
                abstracts.leave();
            }
            "encodingDesc" | "revisionDesc" | "editor" | "respStmt" | "publisher" => xml.skip(),
            _ => {}
        }
    });
    prose.enter(Layout::Section(Some(SectionKind::Title)));
    prose.write(metadata.title.as_deref().unwrap_or(""));
    prose.leave();
    let text = abstracts.finish().0;
    prose.enter(Layout::Section(Some(SectionKind::Abstract)));
    for paragraph in text.split("\n\n") {
        prose.enter(Layout::Paragraph);
        prose.write(paragraph);
        prose.leave();
    }
    prose.leave();
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// `Surname, Forenames` of one author.
fn author(xml: &mut Xml) -> Option<String> {
    let (mut surname, mut forenames) = (String::new(), Vec::new());
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "surname" => surname = xml.text(),
            "forename" => forenames.push(xml.text()),
            "persName" => {}
            _ => xml.skip(),
        }
    });
    filled(if forenames.is_empty() { surname } else { format!("{surname}, {}", forenames.join(" ")) })
}

fn layout(tag: &Tag, prose: &Prose) -> Layout {
    match tag.name() {
        "div" => Layout::Section(kind_of(&tag.attribute("type"))),
        "listBibl" => Layout::Section(Some(SectionKind::References)),
        "front" | "body" | "back" => Layout::Section(None),
        "head" if matches!(prose.inside(), Some(Layout::Section(_))) => Layout::Heading(None),
        "p" | "figure" | "quote" | "list" | "table" => Layout::Paragraph,
        "head" | "formula" | "figDesc" | "item" | "row" | "biblStruct" | "bibl" | "note" | "label" | "lb" => {
            Layout::Line
        }
        "cell" => Layout::Cell,
        "title" | "author" | "persName" | "surname" | "forename" | "date" | "biblScope" | "idno" | "publisher"
        | "orgName" | "ptr" => Layout::Apart,
        "fw" => Layout::Boilerplate,
        "facsimile" | "teiHeader" | "graphic" => Layout::Absent,
        _ => Layout::Inline,
    }
}

fn kind_of(name: &str) -> Option<SectionKind> {
    Some(match name {
        "abstract" => SectionKind::Abstract,
        "introduction" => SectionKind::Introduction,
        "method" | "methods" => SectionKind::Methods,
        "results" => SectionKind::Results,
        "discussion" => SectionKind::Discussion,
        "conclusion" => SectionKind::Conclusion,
        "references" | "bibliography" => SectionKind::References,
        "acknowledgement" | "acknowledgements" | "funding" | "availability" | "conflict" | "contribution" => {
            SectionKind::Acknowledgements
        }
        "annex" | "appendix" => SectionKind::Appendix,
        _ => return None,
    })
}
