//! What docling writes as JSON: its texts and tables in the order of the body, with pages and furniture.

use super::super::document::{Document, Metadata};
use super::prose::{Layout, Prose};
use super::{Format, Intake, Take};
use serde_json::Value;

pub(super) const FORMAT: Format = Format {
    name: "docling",
    endings: &[],
    shows: |head| {
        head.trim_ascii_start().starts_with(b"{") && memchr::memmem::find(head, b"\"DoclingDocument\"").is_some()
    },
    take: Take::Text(take),
};

/// Deepest nesting of groups that is followed.
const N_GROUPS: usize = 64;

fn take(text: String, intake: &mut Intake) {
    let whole: Value = match serde_json::from_str(&text) {
        Ok(whole) => whole,
        Err(e) => return intake.skip(&format!("does not parse: {e}"), "let docling write it again"),
    };
    drop(text);
    let mut writer = Writer { whole: &whole, prose: Prose::default(), title: None };
    for item in children(&whole["body"]) {
        writer.item(item, 0);
    }
    let Writer { prose, title, .. } = writer;
    let metadata = Metadata { title, ..Metadata::default() };
    let (text, sections, boilerplate, pages) = prose.finish();
    intake.document(Document { metadata, text, sections, boilerplate, pages, ..Document::default() });
}

struct Writer<'v> {
    whole: &'v Value,
    prose: Prose,
    title: Option<String>,
}

fn children(item: &Value) -> impl Iterator<Item = &str> {
    item["children"].as_array().into_iter().flatten().filter_map(|child| child["$ref"].as_str())
}

impl Writer<'_> {
    /// Writes what a reference such as `#/texts/12` points at, and what lies below it.
    fn item(&mut self, reference: &str, depth: usize) {
        let Some(item) = reference.strip_prefix('#').and_then(|path| self.whole.pointer(path)) else { return };
        if depth > N_GROUPS {
            return;
        }
        if let Some(page) = item["prov"][0]["page_no"].as_u64() {
            self.prose.page(page as u32);
        }
        if let Some(text) = item["text"].as_str() {
            self.text(item["label"].as_str().unwrap_or(""), item["level"].as_u64(), text);
        } else if let Some(rows) = item["data"]["grid"].as_array() {
            self.table(rows);
        }
        for child in children(item) {
            self.item(child, depth + 1);
        }
    }

    fn text(&mut self, label: &str, level: Option<u64>, text: &str) {
        let layout = match label {
            "title" => Layout::Heading(Some(1)),
            "section_header" => Layout::Heading(Some(level.unwrap_or(1) as usize + 1)),
            "page_header" | "page_footer" => Layout::Boilerplate,
            "list_item" => Layout::Line,
            "code" => Layout::Verbatim,
            _ => Layout::Paragraph,
        };
        if label == "title" && self.title.is_none() {
            self.title = Some(text.trim().to_owned()).filter(|title| !title.is_empty());
        }
        self.prose.enter(layout);
        self.prose.write(text);
        self.prose.leave();
    }

    fn table(&mut self, rows: &[Value]) {
        self.prose.enter(Layout::Paragraph);
        for row in rows {
            self.prose.enter(Layout::Line);
            for cell in row.as_array().into_iter().flatten() {
                self.prose.enter(Layout::Cell);
                self.prose.write(cell["text"].as_str().unwrap_or(""));
                self.prose.leave();
            }
            self.prose.leave();
        }
        self.prose.leave();
    }
}
