//! Citations as PubMed gives them in XML: each with an abstract is a document.

use super::super::document::Metadata;
use super::references::with_text;
use super::xml::{self, Node, Tag, Xml};
use super::{Format, Intake, Take, fields};

pub(super) const FORMAT: Format = Format {
    name: "pubmed",
    endings: &[],
    shows: |head| {
        xml::root(head).is_some_and(|root| {
            matches!(
                root.as_str(),
                "PubmedArticleSet"
                    | "PubmedArticle"
                    | "PubmedBookArticle"
                    | "MedlineCitationSet"
                    | "MedlineCitation"
                    | "PubmedBookArticleSet"
            )
        })
    },
    take: Take::Text(take),
};

fn take(text: String, intake: &mut Intake) {
    let mut xml = Xml::new(&text, intake.settings.limits.xml_depth);
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        if matches!(tag.name(), "PubmedArticle" | "PubmedBookArticle" | "MedlineCitation") {
            let line = xml.line();
            let (metadata, parts) = citation(&mut xml);
            intake.reference(line, with_text(metadata, &parts.join("\n\n")));
        }
    }
    xml.report(intake);
}

/// The fields of one citation, and the paragraphs of its abstract.
fn citation(xml: &mut Xml) -> (Metadata, Vec<String>) {
    let mut metadata = Metadata::default();
    let (mut parts, mut kinds, mut keywords) = (Vec::new(), Vec::new(), Vec::new());
    let (mut pmid, mut book) = (None, None);
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "PMID" if pmid.is_none() => pmid = filled(xml.text()),
            "ArticleTitle" => metadata.title = filled(xml.text()).or(metadata.title.take()),
            "VernacularTitle" if metadata.title.is_none() => metadata.title = filled(xml.text()),
            "BookTitle" => book = filled(xml.text()),
            "Abstract" => abstract_parts(xml, &mut parts),
            "Title" if metadata.publication.is_none() => metadata.publication = filled(xml.text()),
            "AuthorList" if tag.attribute("Type") != "editors" => authors(xml, &mut metadata.authors),
            "PubDate" => metadata.year = year(xml).or(metadata.year),
            "ArticleDate" | "ContributionDate" => metadata.year = metadata.year.or(year(xml)),
            "Language" => metadata.language = filled(xml.text()),
            "PublicationType" => kinds.extend(filled(xml.text())),
            "Keyword" => keywords.extend(filled(xml.text())),
            "ELocationID" | "ArticleId" if is_doi(&tag) => {
                metadata.doi = metadata.doi.take().or(fields::doi(&xml.text()))
            }
            "ReferenceList"
            | "CommentsCorrectionsList"
            | "AffiliationInfo"
            | "GrantList"
            | "MeshHeadingList"
            | "OtherAbstract" => xml.skip(),
            _ => {}
        }
    });
    // A chapter has a title of its own besides that of its book.
    match metadata.title {
        Some(_) => metadata.publication = metadata.publication.or(book),
        None => metadata.title = book,
    }
    metadata.kind = filled(kinds.join("; "));
    metadata.extra.extend(pmid.map(|pmid| ("pmid".to_owned(), pmid)));
    metadata.extra.extend(filled(keywords.join("; ")).map(|keywords| ("keywords".to_owned(), keywords)));
    (metadata, parts)
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn is_doi(tag: &Tag) -> bool {
    tag.attribute("EIdType") == "doi" || tag.attribute("IdType") == "doi"
}

/// The paragraphs of an abstract, each with its label before it as PubMed shows it.
fn abstract_parts(xml: &mut Xml, parts: &mut Vec<String>) {
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        if tag.name() == "AbstractText" {
            let label = tag.attribute("Label");
            if let Some(text) = filled(xml.text()) {
                parts.push(if label.is_empty() { text } else { format!("{label}: {text}") });
            }
        } else {
            xml.skip();
        }
    });
}

/// `LastName, ForeName` of each author, or the name of a group.
fn authors(xml: &mut Xml, found: &mut Vec<String>) {
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        if tag.name() != "Author" {
            return xml.skip();
        }
        let (mut last, mut fore, mut group) = (String::new(), String::new(), String::new());
        xml.each(|xml, node| {
            let Node::Open(tag) = node else { return };
            match tag.name() {
                "LastName" => last = xml.text(),
                "ForeName" => fore = xml.text(),
                "Initials" if fore.is_empty() => fore = xml.text(),
                "CollectiveName" => group = xml.text(),
                _ => xml.skip(),
            }
        });
        found.extend(filled(match (last.is_empty(), fore.is_empty()) {
            (true, _) => group,
            (false, true) => last,
            (false, false) => format!("{last}, {fore}"),
        }));
    });
}

fn year(xml: &mut Xml) -> Option<i32> {
    let mut year = None;
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        if matches!(tag.name(), "Year" | "MedlineDate") {
            year = year.or(fields::year(&xml.text()));
        }
    });
    year
}
