//! Saved web pages: the main text without navigation, headings as sections, fields from the meta tags.

use super::super::catalog::Severity;
use super::super::document::{Document, Metadata, Section};
use super::prose::{Layout, Prose};
use super::{Format, Intake, Take, fields};
use dom_query::{Document as Page, NodeRef};
use dom_smoothie::{Config, Readability};
use std::borrow::Cow;

pub(super) const FORMAT: Format =
    Format { name: "html", endings: &["html", "htm", "xhtml", "shtml"], shows, take: Take::Text(take) };

fn shows(head: &[u8]) -> bool {
    let mut rest = head.trim_ascii_start();
    while let Some(after) = rest.strip_prefix(b"<!--").or(rest.strip_prefix(b"<?xml")) {
        let end = if rest.starts_with(b"<!--") { b"-->".as_slice() } else { b"?>" };
        let Some(at) = memchr::memmem::find(after, end) else { return false };
        rest = after[at + end.len()..].trim_ascii_start();
    }
    let starts = |mark: &[u8]| rest.len() >= mark.len() && rest[..mark.len()].eq_ignore_ascii_case(mark);
    starts(b"<!doctype html") || starts(b"<html")
}

/// Longest text, in bytes, in which the main part is looked for; it takes several copies of the page.
const READABLE_BYTES: usize = 8_000_000;

fn take(html: String, intake: &mut Intake) {
    let document = document(html, intake);
    intake.document(document);
}

/// The main text and the fields of a page.
pub(super) fn document(html: String, intake: &mut Intake) -> Document {
    let limit = intake.settings.limits.html_depth;
    let (flat, cut) = flattened(&html, limit as usize);
    if cut {
        let what =
            format!("tags nest deeper than {limit} (html_depth); the deeper ones are passed over, their text is kept");
        intake.fault(Severity::Degraded, None, what, "close the tags that are left open");
    }
    let page = Page::from(flat.as_ref());
    drop(flat);
    drop(html);
    let metadata = metadata_of(&page);
    let (whole, whole_sections) = rendered(&main_of(&page));
    let found = if whole.len() > READABLE_BYTES { None } else { readable(page) };
    let (text, sections) = match found.filter(|(text, _)| text.len() * 4 >= whole.len()) {
        Some(found) => found,
        None => (whole, whole_sections),
    };
    Document { metadata, text, sections, ..Document::default() }
}

/// The main text as the readability rules find it.
fn readable(page: Page) -> Option<(String, Vec<Section>)> {
    let settings = Config { disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(page, None, Some(settings)).ok()?.parse().ok()?;
    let content = Page::fragment(article.content);
    Some(rendered(&content.root()))
}

/// The element that says it is the main one, if there is just one, else the body.
fn main_of(page: &Page) -> NodeRef<'_> {
    for name in ["main", "[role=main]", "article"] {
        if let [only] = page.select(name).nodes() {
            return *only;
        }
    }
    page.body().unwrap_or_else(|| page.root())
}

/// What to do on the way through a page.
enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave,
}

/// How an element of this name stands in the text.
pub(super) fn layout(name: &str) -> Layout {
    match name {
        "script" | "style" | "noscript" | "template" | "nav" | "svg" | "head" | "iframe" | "object" | "button"
        | "select" | "form" | "footer" | "aside" | "canvas" | "audio" | "video" | "dialog" | "menu" => Layout::Absent,
        "p" | "blockquote" | "table" | "ul" | "ol" | "dl" | "figure" | "section" | "article" | "hr" => {
            Layout::Paragraph
        }
        "div" | "li" | "tr" | "dt" | "dd" | "figcaption" | "caption" | "main" | "body" | "header" | "address"
        | "details" | "summary" | "br" | "thead" | "tbody" => Layout::Line,
        "td" | "th" => Layout::Cell,
        "pre" => Layout::Verbatim,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Layout::Heading(Some(usize::from(name.as_bytes()[1] - b'0'))),
        _ => Layout::Inline,
    }
}

/// The text under `root`, white space folded as a browser shows it, a blank line between paragraphs; and its sections.
fn rendered(root: &NodeRef) -> (String, Vec<Section>) {
    let mut prose = Prose::default();
    let mut steps: Vec<Step> = root.children_it(true).map(Step::Enter).collect();
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) if node.is_text() => prose.write(&node.text()),
            Step::Enter(node) if node.is_element() => {
                let layout = layout(&node.node_name().unwrap_or_default());
                if layout != Layout::Absent && !is_apart(&node) {
                    prose.enter(layout);
                    steps.push(Step::Leave);
                    steps.extend(node.children_it(true).map(Step::Enter));
                }
            }
            Step::Enter(_) => {}
            Step::Leave => prose.leave(),
        }
    }
    let (text, sections, ..) = prose.finish();
    (text, sections)
}

/// Whether an element says of itself that it is hidden or no part of the main text.
fn is_apart(node: &NodeRef) -> bool {
    let is = |name: &str, values: &[&str]| node.attr(name).is_some_and(|value| values.contains(&value.as_ref()));
    node.has_attr("hidden")
        || is("aria-hidden", &["true"])
        || is("role", &["navigation", "banner", "contentinfo", "search", "complementary", "menu"])
}

fn metadata_of(page: &Page) -> Metadata {
    let mut tags: Vec<(String, String)> = Vec::new();
    for node in page.select("meta[content]").nodes() {
        let name = node.attr("name").or_else(|| node.attr("property")).unwrap_or_default().to_lowercase();
        let content = node.attr("content").unwrap_or_default().trim().to_owned();
        if !name.is_empty() && !content.is_empty() {
            tags.push((name, content));
        }
    }
    let all = |name: &str| tags.iter().filter(|tag| tag.0 == name).map(|tag| tag.1.clone()).collect::<Vec<_>>();
    let first = |names: &[&str]| names.iter().find_map(|name| all(name).into_iter().next());
    let authors = ["citation_author", "citation_authors", "dc.creator", "dcterms.creator", "author", "article:author"];
    let date = [
        "citation_publication_date",
        "citation_date",
        "citation_year",
        "citation_online_date",
        "dc.date",
        "dcterms.issued",
        "dcterms.date",
        "article:published_time",
        "date",
    ];
    let doi = ["citation_doi", "prism.doi", "dc.identifier", "dc.identifier.doi", "bepress_citation_doi"];
    let own_title = || Some(page.select("title").text().trim().to_owned()).filter(|title| !title.is_empty());
    let canonical = || page.select("link[rel=canonical]").attr("href").map(|href| href.to_string());
    Metadata {
        title: first(&["citation_title", "dc.title", "dcterms.title", "og:title"]).or_else(own_title),
        authors: authors
            .iter()
            .map(|name| all(name))
            .find(|found| !found.is_empty())
            .map(split_authors)
            .unwrap_or_default(),
        year: date.iter().find_map(|name| all(name).iter().find_map(|date| fields::year(date))),
        doi: doi.iter().find_map(|name| all(name).iter().find_map(|value| fields::doi(value))),
        url: first(&["citation_public_url", "og:url"]).or_else(canonical),
        publication: first(&[
            "citation_journal_title",
            "prism.publicationname",
            "dc.source",
            "citation_conference_title",
        ]),
        language: first(&["citation_language", "dc.language"])
            .or_else(|| page.select("html").attr("lang").map(|lang| lang.to_string())),
        ..Metadata::default()
    }
}

fn split_authors(found: Vec<String>) -> Vec<String> {
    found.iter().flat_map(|names| fields::authors(names)).filter(|name| !name.starts_with("http")).collect()
}

/// `html` without the tags that lie deeper than `limit`; whether there were any.
///
/// The time that an HTML parser takes grows with the square of the depth of open tags, so the depth is bounded before it
/// parses. Elements whose end tag may be left out are not counted, since the parser closes them by itself.
fn flattened(html: &str, limit: usize) -> (Cow<'_, str>, bool) {
    let bytes = html.as_bytes();
    let (mut depth, mut kept, mut out) = (0usize, 0, String::new());
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|n| at + n) {
        let name_at = open + 1 + usize::from(bytes.get(open + 1) == Some(&b'/'));
        let n = bytes[name_at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = &html[name_at..name_at + n];
        at = name_at + n;
        if n == 0 || is_unnested(name) {
            continue;
        }
        let end = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
        if name_at == open + 1 {
            depth += 1;
        }
        if depth > limit {
            out.push_str(&html[kept..open]);
            out.push(' ');
            kept = end;
            at = end;
        }
        if name_at > open + 1 {
            depth = depth.saturating_sub(1);
        }
    }
    if kept == 0 {
        return (Cow::Borrowed(html), false);
    }
    out.push_str(&html[kept..]);
    (Cow::Owned(out), true)
}

/// Elements that hold nothing, or that the parser closes by itself.
fn is_unnested(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "p", "li", "td", "th", "tr", "dd", "dt", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "br",
        "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param",
        "html", "head", "body", "rp", "rt", "path", "rect", "circle", "line", "use",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}
