//! Records in MODS, as libraries and repositories export them: each a document if it has an abstract.

use super::super::document::Metadata;
use super::references::with_text;
use super::xml::{self, Node, Tag, Xml};
use super::{Format, Intake, Take, fields};

pub(super) const FORMAT: Format = Format {
    name: "mods",
    endings: &["mods"],
    shows: |head| xml::root(head).is_some_and(|root| matches!(root.as_str(), "mods" | "modsCollection")),
    take: Take::Text(take),
};

fn take(text: String, intake: &mut Intake) {
    let mut xml = Xml::new(&text, intake.settings.limits.xml_depth);
    while let Some(node) = xml.next() {
        if let Node::Open(tag) = node
            && tag.name() == "mods"
        {
            let line = xml.line();
            let (metadata, abstracts) = record(&mut xml);
            intake.reference(line, with_text(metadata, &abstracts.join("\n\n")));
        }
    }
    xml.report(intake);
}

/// What is gathered of one record before it is known which of it counts.
#[derive(Default)]
struct Gathered {
    metadata: Metadata,
    abstracts: Vec<String>,
    /// Names with whether they are those of authors.
    names: Vec<(String, bool)>,
    /// Titles of other kinds than the main one.
    other_titles: Vec<String>,
    resource: Option<String>,
    topics: Vec<String>,
    /// Year of a part, or of the work it lies in, where the record itself has none.
    host_year: Option<i32>,
}

fn record(xml: &mut Xml) -> (Metadata, Vec<String>) {
    let mut found = Gathered::default();
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "titleInfo" => {
                let is_other = !tag.attribute("type").is_empty() || found.metadata.title.is_some();
                match title(xml) {
                    Some(title) if is_other => found.other_titles.push(title),
                    Some(title) => found.metadata.title = Some(title),
                    None => {}
                }
            }
            "name" => found.names.extend(name(xml)),
            "originInfo" => found.metadata.year = found.metadata.year.or(year(xml)),
            "part" => found.host_year = found.host_year.or(year(xml)),
            "abstract" => found.abstracts.extend(filled(xml.text())),
            "genre" => found.metadata.kind = found.metadata.kind.take().or_else(|| filled(xml.text())),
            "typeOfResource" => found.resource = found.resource.take().or_else(|| filled(xml.text())),
            "language" => {
                found.metadata.language = found.metadata.language.take().or_else(|| term(xml, "languageTerm"))
            }
            "identifier" => identifier(xml, &tag, &mut found.metadata),
            "location" => found.metadata.url = found.metadata.url.take().or_else(|| term(xml, "url")),
            "subject" => found.topics.extend(term(xml, "topic")),
            "relatedItem" if matches!(tag.attribute("type").as_str(), "host" | "series") => host(xml, &tag, &mut found),
            _ => xml.skip(),
        }
    });
    finished(found)
}

fn finished(found: Gathered) -> (Metadata, Vec<String>) {
    let Gathered { mut metadata, abstracts, names, other_titles, resource, topics, host_year } = found;
    metadata.title = metadata.title.or_else(|| other_titles.into_iter().next());
    let has_authors = names.iter().any(|name| name.1);
    metadata.authors = names.into_iter().filter(|name| name.1 || !has_authors).map(|name| name.0).collect();
    metadata.year = metadata.year.or(host_year);
    metadata.kind = metadata.kind.or(resource);
    if !topics.is_empty() {
        metadata.extra.insert("keywords".into(), topics.join("; "));
    }
    (metadata, abstracts)
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// `nonSort title: subTitle, partNumber. partName`.
fn title(xml: &mut Xml) -> Option<String> {
    let (mut article, mut title, mut after) = (String::new(), String::new(), String::new());
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "nonSort" => article = xml.text(),
            "title" => title = xml.text(),
            "subTitle" => after.extend([": ", &xml.text()]),
            "partNumber" => after.extend([", ", &xml.text()]),
            "partName" => after.extend([". ", &xml.text()]),
            _ => xml.skip(),
        }
    });
    let title = title.trim_end_matches([':', ' ']);
    let space = if article.is_empty() || article.ends_with(['\'', '’']) { "" } else { " " };
    filled(title.to_owned()).map(|title| format!("{article}{space}{title}{after}"))
}

/// `Family, Given`, and whether it is the name of an author.
fn name(xml: &mut Xml) -> Option<(String, bool)> {
    let (mut family, mut given, mut whole) = (String::new(), Vec::new(), Vec::new());
    let (mut has_role, mut is_author) = (false, false);
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match (tag.name(), tag.attribute("type").as_str()) {
            ("namePart", "family") => family = xml.text(),
            ("namePart", "given") => given.extend(filled(xml.text())),
            ("namePart", "date" | "termsOfAddress") => xml.skip(),
            ("namePart", _) => whole.extend(filled(xml.text())),
            ("role", _) => {}
            ("roleTerm", _) => {
                has_role = true;
                let role = xml.text().to_lowercase();
                is_author |= matches!(role.as_str(), "aut" | "author" | "cre" | "creator");
            }
            _ => xml.skip(),
        }
    });
    let name = match (family.is_empty(), given.is_empty()) {
        (true, _) => without_dates(&whole.join(" ")).to_owned(),
        (false, true) => family,
        (false, false) => format!("{family}, {}", given.join(" ")),
    };
    filled(name).map(|name| (name, is_author || !has_role))
}

/// A name without the dates of a life in brackets behind it.
fn without_dates(name: &str) -> &str {
    let bare = name.trim_end();
    match bare.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        Some((name, dates)) if dates.chars().all(|c| c.is_ascii_digit() || "-–? ".contains(c)) => name.trim_end(),
        _ => bare,
    }
}

/// The first year among the dates of the element, that of issue before others.
fn year(xml: &mut Xml) -> Option<i32> {
    let (mut issued, mut copyright, mut other) = (None, None, None);
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "dateIssued" => issued = issued.or(fields::year(&xml.text())),
            "copyrightDate" => copyright = copyright.or(fields::year(&xml.text())),
            "dateCreated" | "date" | "dateOther" => other = other.or(fields::year(&xml.text())),
            _ => xml.skip(),
        }
    });
    issued.or(copyright).or(other)
}

/// The text of the first element of this name.
fn term(xml: &mut Xml, name: &str) -> Option<String> {
    let mut found = None;
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        if tag.name() == name && found.is_none() {
            found = filled(xml.text());
        } else {
            xml.skip();
        }
    });
    found
}

fn identifier(xml: &mut Xml, tag: &Tag, metadata: &mut Metadata) {
    let kind = tag.attribute("type").to_lowercase();
    let Some(value) = filled(xml.text()) else { return };
    match kind.as_str() {
        "doi" => metadata.doi = metadata.doi.take().or_else(|| fields::doi(&value)),
        "uri" if value.contains("doi.org/") => metadata.doi = metadata.doi.take().or_else(|| fields::doi(&value)),
        "issn" | "isbn" | "pmid" => _ = metadata.extra.entry(kind).or_insert(value),
        _ => {}
    }
}

/// The journal, book or series that the work lies in.
fn host(xml: &mut Xml, tag: &Tag, found: &mut Gathered) {
    let is_host = tag.attribute("type") == "host";
    let mut publication = None;
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "titleInfo" if matches!(tag.attribute("type").as_str(), "" | "uniform") => {
                publication = publication.take().or(title(xml));
            }
            "part" | "originInfo" if is_host => found.host_year = found.host_year.or(year(xml)),
            _ => xml.skip(),
        }
    });
    if is_host || found.metadata.publication.is_none() {
        found.metadata.publication = publication.or(found.metadata.publication.take());
    }
}
