//! EndNote's XML export: each record with an abstract is a document.

use super::references::{Part, Parts, Reference};
use super::xml::{Node, Xml};
use super::{Format, Intake, Take};

pub(super) const FORMAT: Format = Format {
    name: "endnote-xml",
    endings: &[],
    shows: |head| {
        let has = |mark: &[u8]| memchr::memmem::find(&head[..head.len().min(4096)], mark).is_some();
        has(b"<records>") && has(b"<record>") && has(b"<xml>")
    },
    take: Take::Text(take),
};

const PARTS: Parts = &[
    (Part::Title, &["title"]),
    (Part::Abstract, &["abstract"]),
    (Part::Author, &["author", "editor"]),
    (Part::Year, &["year", "date"]),
    (Part::Doi, &["electronic-resource-num", "url"]),
    (Part::Url, &["url"]),
    (Part::Publication, &["full-title", "secondary-title", "abbr-1"]),
    (Part::Language, &["language"]),
    (Part::Kind, &["ref-type"]),
];

fn take(text: String, intake: &mut Intake) {
    let mut xml = Xml::new(&text, intake.settings.limits.xml_depth);
    while let Some(node) = xml.next() {
        if let Node::Open(tag) = node
            && tag.name() == "record"
        {
            let line = xml.line();
            let record = record(&mut xml, line);
            intake.reference(line, record.document(PARTS));
        }
    }
    xml.report(intake);
}

fn record(xml: &mut Xml, line: u64) -> Reference {
    let mut fields = Vec::new();
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "titles" | "periodical" | "dates" | "pub-dates" | "urls" | "related-urls" | "keywords" | "contributors"
            | "authors" => {}
            "secondary-authors" => xml.each(|xml, node| match node {
                Node::Open(tag) if tag.name() == "author" => fields.push(("editor".to_owned(), xml.text())),
                _ => {}
            }),
            "tertiary-authors" | "subsidiary-authors" | "translated-authors" | "database" | "source-app" => xml.skip(),
            "ref-type" => {
                let name = tag.attribute("name");
                let number = xml.text();
                fields.push(("ref-type".to_owned(), if name.is_empty() { number } else { name }));
            }
            name => fields.push((name.to_owned(), xml.text())),
        }
    });
    Reference { line, fields }
}
