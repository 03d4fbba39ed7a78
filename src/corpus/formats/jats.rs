//! Articles in JATS or its NLM forerunners, as PMC and publishers give them.

use super::super::document::{Document, Metadata, SectionKind};
use super::prose::{Layout, Prose};
use super::xml::{self, Node, Tag, Xml};
use super::{Format, Intake, Take, fields};

pub(super) const FORMAT: Format = Format {
    name: "jats",
    endings: &["nxml"],
    shows: |head| xml::root(head).is_some_and(|root| matches!(root.as_str(), "article" | "pmc-articleset")),
    take: Take::Text(take),
};

fn take(text: String, intake: &mut Intake) {
    let mut xml = Xml::new(&text, intake.settings.limits.xml_depth);
    let mut articles = Vec::new();
    while let Some(node) = xml.next() {
        if let Node::Open(tag) = node
            && tag.name() == "article"
        {
            let line = xml.line();
            articles.push((line, article(&mut xml, &tag)));
        }
    }
    xml.report(intake);
    match articles.len() {
        0 => intake.skip("holds no article", "see that it is a whole file of JATS"),
        1 => articles.into_iter().for_each(|(_, document)| intake.document(document)),
        _ => articles.into_iter().for_each(|(line, document)| intake.record(line, document)),
    }
}

fn article(xml: &mut Xml, tag: &Tag) -> Document {
    let mut metadata = Metadata::default();
    let (kind, language) = (tag.attribute("article-type"), tag.attribute("lang"));
    metadata.kind = (!kind.is_empty()).then(|| kind.replace('-', " "));
    metadata.language = (!language.is_empty()).then(|| language.to_lowercase());
    let mut prose = Prose::default();
    xml.each(|xml, node| match node {
        Node::Open(tag) if tag.name() == "front" => front(xml, &mut metadata, &mut prose),
        Node::Open(tag) => match layout(&tag, &prose) {
            Layout::Absent => xml.skip(),
            layout => {
                prose.enter(layout);
                xml.render(&mut prose, &layout_of);
                prose.leave();
            }
        },
        Node::Close | Node::Text(_) => {}
    });
    let (text, sections, boilerplate, _) = prose.finish();
    Document { metadata, text, sections, boilerplate, ..Document::default() }
}

/// Fields, title and abstracts.
fn front(xml: &mut Xml, metadata: &mut Metadata, prose: &mut Prose) {
    let mut keywords = Vec::new();
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "journal-title" => metadata.publication = metadata.publication.take().or_else(|| filled(xml.text())),
            "article-id" if tag.attribute("pub-id-type") == "doi" => metadata.doi = fields::doi(&xml.text()),
            "article-title" if metadata.title.is_none() => {
                metadata.title = filled(title(xml));
                heading(metadata.title.as_deref().unwrap_or(""), prose);
            }
            "subtitle" => heading(&title(xml), prose),
            "contrib" if matches!(tag.attribute("contrib-type").as_str(), "author" | "") => {
                metadata.authors.extend(author(xml))
            }
            "pub-date" => {
                let found = year(xml);
                metadata.year = metadata.year.into_iter().chain(found).min();
            }
            "kwd" => keywords.extend(filled(xml.text())),
            "abstract" | "trans-abstract"
                if !matches!(tag.attribute("abstract-type").as_str(), "toc" | "teaser" | "graphical") =>
            {
                prose.enter(Layout::Section(Some(SectionKind::Abstract)));
                xml.render(prose, &layout_of);
                prose.leave();
            }
            "abstract" | "trans-abstract" | "permissions" | "related-article" | "product" | "author-notes" | "aff"
            | "contrib" | "history" | "counts" | "custom-meta-group" | "funding-group" | "article-categories"
            | "trans-title-group" => {
                xml.skip();
            }
            _ => {}
        }
    });
    if !keywords.is_empty() {
        metadata.extra.insert("keywords".into(), keywords.join("; "));
    }
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// A title without the marks of its notes.
fn title(xml: &mut Xml) -> String {
    let mut prose = Prose::default();
    xml.render(&mut prose, &|tag, _| match tag.name() {
        "xref" if matches!(tag.attribute("ref-type").as_str(), "fn" | "aff" | "corresp") => Layout::Absent,
        "fn" | "tex-math" | "annotation" => Layout::Absent,
        "break" => Layout::Line,
        _ => Layout::Inline,
    });
    prose.finish().0.replace('\n', " ")
}

fn heading(words: &str, prose: &mut Prose) {
    prose.enter(Layout::Section(Some(SectionKind::Title)));
    prose.write(words);
    prose.leave();
}

/// `Surname, Given names` of one contributor, or the name of a group. Of several spellings of a name the first counts.
fn author(xml: &mut Xml) -> Option<String> {
    let (mut surname, mut given, mut whole) = (String::new(), String::new(), String::new());
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "name" | "string-name" if !surname.is_empty() || !whole.is_empty() => xml.skip(),
            "surname" => surname = xml.text(),
            "given-names" if given.is_empty() => given = xml.text(),
            "string-name" => (surname, given, whole) = string_name(xml),
            "collab" if surname.is_empty() => whole = group(xml),
            "xref" | "aff" | "email" | "role" | "bio" | "contrib-id" | "address" => xml.skip(),
            _ => {}
        }
    });
    filled(if surname.is_empty() {
        whole
    } else if given.is_empty() {
        surname
    } else {
        format!("{surname}, {given}")
    })
}

/// Surname, given names and the whole of a name that is written out, its parts marked or not.
fn string_name(xml: &mut Xml) -> (String, String, String) {
    let (mut surname, mut given, mut prose) = (String::new(), String::new(), Prose::default());
    xml.each(|xml, node| match node {
        Node::Open(tag) if matches!(tag.name(), "surname" | "given-names") => {
            let part = xml.text();
            prose.write(&part);
            if tag.name() == "surname" { surname = part } else { given = part }
        }
        Node::Text(text) => prose.write(&text),
        Node::Open(_) | Node::Close => {}
    });
    (surname, given, prose.finish().0)
}

/// The name of a group without those of its members.
fn group(xml: &mut Xml) -> String {
    let mut prose = Prose::default();
    xml.each(|xml, node| match node {
        Node::Open(tag) if matches!(tag.name(), "contrib-group" | "contrib" | "aff" | "address") => xml.skip(),
        Node::Text(text) => prose.write(&text),
        Node::Open(_) | Node::Close => {}
    });
    prose.finish().0
}

fn year(xml: &mut Xml) -> Option<i32> {
    let mut year = None;
    xml.each(|xml, node| {
        if let Node::Open(tag) = node
            && tag.name() == "year"
        {
            year = fields::year(&xml.text());
        }
    });
    year
}

fn layout_of(tag: &Tag, prose: &Prose) -> Layout {
    layout(tag, prose)
}

fn layout(tag: &Tag, prose: &Prose) -> Layout {
    let in_section = matches!(prose.inside(), Some(Layout::Section(_)));
    let in_notes = in_section || prose.inside() == Some(Layout::Paragraph);
    match tag.name() {
        "sec" => Layout::Section(kind_of(&tag.attribute("sec-type"))),
        "abstract" | "trans-abstract" => Layout::Section(Some(SectionKind::Abstract)),
        "ref-list" => Layout::Section(Some(SectionKind::References)),
        "ack" | "bio" => Layout::Section(Some(SectionKind::Acknowledgements)),
        "app" | "app-group" | "sub-article" | "response" => Layout::Section(Some(SectionKind::Appendix)),
        "fn" if is_declaration(&tag.attribute("fn-type")) && in_notes => {
            Layout::Section(Some(SectionKind::Acknowledgements))
        }
        "body" | "back" | "floats-group" | "boxed-text" | "glossary" | "notes" => Layout::Section(None),
        "title" | "article-title" if in_section => Layout::Heading(None),
        "label" if in_section => Layout::Absent,
        "label" if prose.inside() == Some(Layout::Line) => Layout::Apart,
        "title" | "ref" | "list-item" | "tr" | "caption" | "fn" | "break" | "def-item" | "label" | "attrib"
        | "verse-line" => Layout::Line,
        "p"
        | "disp-quote"
        | "table-wrap"
        | "fig"
        | "list"
        | "def-list"
        | "disp-formula"
        | "supplementary-material"
        | "fn-group"
        | "verse-group"
        | "speech"
        | "statement"
        | "table" => Layout::Paragraph,
        "td" | "th" => Layout::Cell,
        "preformat" | "code" => Layout::Verbatim,
        "xref" if tag.attribute("ref-type") == "bibr" => Layout::Apart,
        "name" | "surname" | "given-names" | "source" | "year" | "volume" | "issue" | "fpage" | "lpage" | "pub-id"
        | "collab" | "person-group" | "article-title" | "chapter-title" | "publisher-name" | "publisher-loc"
        | "etal" | "def" | "term" => Layout::Apart,
        "tex-math" | "annotation" | "permissions" | "object-id" | "front-stub" | "front" | "contrib-group"
        | "processing-meta" => Layout::Absent,
        _ => Layout::Inline,
    }
}

/// Whether a note of the article says who paid for it, did it or gains by it.
fn is_declaration(fn_type: &str) -> bool {
    matches!(
        fn_type,
        "conflict"
            | "coi-statement"
            | "COI-statement"
            | "financial-disclosure"
            | "supported-by"
            | "con"
            | "participating-researchers"
    )
}

/// The part that `sec-type` names; it may name several, of which the last known one that is not methods counts.
fn kind_of(sec_type: &str) -> Option<SectionKind> {
    sec_type.split('|').find_map(|name| match name.trim() {
        "intro" | "introduction" | "background" => Some(SectionKind::Introduction),
        "methods" | "materials" | "subjects" | "cases" => Some(SectionKind::Methods),
        "results" => Some(SectionKind::Results),
        "discussion" => Some(SectionKind::Discussion),
        "conclusions" | "conclusion" => Some(SectionKind::Conclusion),
        "supplementary-material" => Some(SectionKind::Appendix),
        "COI-statement" | "conflict" => Some(SectionKind::Acknowledgements),
        _ => None,
    })
}
