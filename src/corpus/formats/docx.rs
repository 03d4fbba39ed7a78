//! Word documents: paragraphs, headings by their styles, tables, notes after the text; deleted text is left out.

use super::super::document::{Document, Metadata, SectionKind};
use super::intake::Intake;
use super::package::Package;
use super::prose::{Layout, Prose};
use super::xml::{Node, Tag, Xml};
use rustc_hash::FxHashMap;

/// What a style of paragraphs stands for.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Heading(usize),
    Contents,
}

/// The name of the format.
pub(super) const NAME: &str = "docx";

pub(super) fn take(package: &mut Package, intake: &mut Intake) {
    let limit = intake.settings.limits.xml_depth;
    let mut metadata = Metadata::default();
    if let Some(text) = package.text("docProps/core.xml", intake) {
        core_fields(&text, limit, &mut metadata);
    }
    let styles = package.text("word/styles.xml", intake).map(|text| styles(&text, limit)).unwrap_or_default();
    let mut prose = Prose::default();
    for part in ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"] {
        let Some(text) = package.text(part, intake) else { continue };
        // Notes are of the text, wherever its last section ends.
        let is_note = part != "word/document.xml";
        prose.enter(if is_note { Layout::Section(Some(SectionKind::Body)) } else { Layout::Section(None) });
        let mut xml = Xml::new(&text, limit);
        while let Some(node) = xml.next() {
            if matches!(&node, Node::Open(tag) if matches!(tag.name(), "body" | "footnotes" | "endnotes")) {
                body(&mut xml, &mut prose, &styles);
            }
        }
        xml.report(intake);
        prose.leave();
    }
    let (text, sections, boilerplate, pages) = prose.finish();
    intake.document(Document { metadata, text, sections, boilerplate, pages, ..Document::default() });
}

/// Title, author, language and day of making, as Office and Dublin Core name them.
pub(super) fn core_fields(text: &str, limit: u32, metadata: &mut Metadata) {
    let mut xml = Xml::new(text, limit);
    let mut has_initial = false;
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        let name = tag.name().to_owned();
        if !matches!(
            name.as_str(),
            "title"
                | "creator"
                | "initial-creator"
                | "language"
                | "created"
                | "creation-date"
                | "keywords"
                | "keyword"
                | "subject"
        ) {
            continue;
        }
        let value = xml.text();
        if value.is_empty() {
            continue;
        }
        match name.as_str() {
            "title" => metadata.title = Some(value),
            "initial-creator" => {
                metadata.authors = super::fields::authors(&value);
                has_initial = true;
            }
            "creator" if !has_initial => metadata.authors.extend(super::fields::authors(&value)),
            "creator" => {}
            "language" => metadata.language = Some(value),
            "created" | "creation-date" => _ = metadata.extra.insert("created".into(), value),
            name => _ = metadata.extra.insert(name.to_owned(), value),
        }
    }
}

/// What each style stands for, by its id; a style stands for what it is based on unless it says otherwise.
fn styles(text: &str, limit: u32) -> FxHashMap<String, Style> {
    let mut xml = Xml::new(text, limit);
    let (mut known, mut based) = (FxHashMap::default(), Vec::new());
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        if tag.name() != "style" {
            continue;
        }
        let id = tag.attribute("styleId");
        let (mut own, mut base) = (None, String::new());
        xml.each(|_, node| {
            let Node::Open(tag) = node else { return };
            match tag.name() {
                "name" => own = own.or(style(&tag.attribute("val"))),
                "basedOn" => base = tag.attribute("val"),
                "outlineLvl" => own = own.or(level(&tag)),
                _ => {}
            }
        });
        match own {
            Some(style) => _ = known.insert(id, style),
            None if !base.is_empty() => based.push((id, base)),
            None => {}
        }
    }
    for _ in 0..4 {
        for (id, base) in &based {
            if let (false, Some(style)) = (known.contains_key(id), known.get(base).copied()) {
                known.insert(id.clone(), style);
            }
        }
    }
    known
}

fn style(name: &str) -> Option<Style> {
    let name = name.to_lowercase();
    if let Some(level) = name.strip_prefix("heading").and_then(|level| level.trim().parse().ok()) {
        return Some(Style::Heading(level));
    }
    match name.as_str() {
        "title" => Some(Style::Heading(1)),
        "toc heading" => Some(Style::Contents),
        name if name.starts_with("toc ") => Some(Style::Contents),
        _ => None,
    }
}

/// The level of an outline, which is counted from 0 and is 9 for running text.
fn level(tag: &Tag) -> Option<Style> {
    tag.attribute("val").parse().ok().filter(|level| *level < 9).map(|level: usize| Style::Heading(level + 1))
}

/// Writes a body or a list of notes.
fn body(xml: &mut Xml, prose: &mut Prose, styles: &FxHashMap<String, Style>) {
    xml.each(|xml, node| match node {
        Node::Open(tag) => match tag.name() {
            "p" => paragraph(xml, prose, styles),
            "sectPr" | "tblPr" | "tcPr" | "del" | "moveFrom" | "Fallback" | "sdtPr" => xml.skip(),
            "footnote" | "endnote" if tag.attribute("type").to_lowercase().contains("separator") => xml.skip(),
            "tbl" => prose.enter(Layout::Paragraph),
            "tr" => prose.enter(Layout::Line),
            "tc" => prose.enter(Layout::Cell),
            _ => prose.enter(Layout::Inline),
        },
        Node::Close => prose.leave(),
        Node::Text(_) => {}
    });
}

/// Writes one paragraph, and behind it the boxes that hang on it. How it stands is told by its properties, which come
/// before its text.
fn paragraph(xml: &mut Xml, prose: &mut Prose, styles: &FxHashMap<String, Style>) {
    let mut own = None;
    let mut words = String::new();
    let mut boxes = Vec::new();
    xml.each(|xml, node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "pStyle" => {
                let id = tag.attribute("val");
                own = own.or_else(|| styles.get(&id).copied()).or_else(|| style(&id));
            }
            "outlineLvl" => own = own.or(level(&tag)),
            "t" => xml.each(|_, node| {
                if let Node::Text(text) = node {
                    words.push_str(&text);
                }
            }),
            "tab" => words.push('\t'),
            "br" | "cr" | "p" => words.push('\n'),
            "noBreakHyphen" => words.push('\u{2011}'),
            "sym" => words.extend(symbol(&tag.attribute("font"), &tag.attribute("char"))),
            "txbxContent" => {
                let mut inner = Prose::default();
                body(xml, &mut inner, styles);
                boxes.push(inner.finish().0);
            }
            "instrText" | "delText" | "del" | "moveFrom" | "Fallback" | "rPr" => xml.skip(),
            _ => {}
        }
    });
    let layout = match own {
        Some(Style::Heading(level)) => Layout::Heading(Some(level)),
        Some(Style::Contents) => Layout::Boilerplate,
        None => Layout::Paragraph,
    };
    prose.enter(layout);
    lines(&words, prose);
    prose.leave();
    for text in boxes.iter().flat_map(|text| text.split("\n\n")) {
        prose.enter(Layout::Paragraph);
        lines(text, prose);
        prose.leave();
    }
}

/// Writes words whose lines are parted by hand.
fn lines(words: &str, prose: &mut Prose) {
    for line in words.split('\n') {
        prose.enter(Layout::Line);
        prose.write(line);
        prose.leave();
    }
}

/// What a sign of the font Symbol stands for, by its code as Word writes it (`F061` is α).
fn symbol(font: &str, code: &str) -> Option<char> {
    const GREEK: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    let code = u32::from_str_radix(code, 16).ok()? & 0xff;
    if !font.eq_ignore_ascii_case("Symbol") {
        return None;
    }
    match code {
        0x61..=0x7a => GREEK.chars().nth(code as usize - 0x61),
        0x41..=0x5a => GREEK.chars().nth(code as usize - 0x41).and_then(|c| c.to_uppercase().next()),
        0xa3 => Some('≤'),
        0xae => Some('→'),
        0xb0 => Some('°'),
        0xb1 => Some('±'),
        0xb3 => Some('≥'),
        0xb4 => Some('×'),
        0xb7 => Some('•'),
        0xb9 => Some('≠'),
        0xbb => Some('≈'),
        0x20..=0x3f => char::from_u32(code),
        _ => None,
    }
}
