//! CSL-JSON, as reference managers export it: an array of items, each a document if it has an abstract.

use super::super::catalog::Severity;
use super::super::document::{Document, Metadata};
use super::references::{kind, with_text, without_tags};
use super::{Format, Intake, Take, fields, jsonl};
use serde_json::{Map, Value};

pub(super) const FORMAT: Format = Format { name: "csl-json", endings: &[], shows, take: Take::Text(take) };

/// Whether the file begins as an array of items that have a type and a field that only these have, or is one such item.
fn shows(head: &[u8]) -> bool {
    let rest = head.trim_ascii_start();
    let rest = rest.strip_prefix(b"[").unwrap_or(rest);
    if (jsonl::FORMAT.shows)(head) {
        return false;
    }
    let has = |mark: &[u8]| memchr::memmem::find(rest, mark).is_some();
    let marks: [&[u8]; 4] = [b"\"issued\"", b"\"container-title\"", b"\"family\"", b"\"citation-key\""];
    rest.trim_ascii_start().starts_with(b"{") && has(b"\"type\"") && marks.into_iter().any(has)
}

fn take(text: String, intake: &mut Intake) {
    let start = text.trim_start();
    let mut at = text.len() - start.strip_prefix('[').unwrap_or(start).len();
    let is_one = start.starts_with('{');
    let (mut line, mut counted) = (1, 0);
    loop {
        at += text[at..].find(|c: char| !c.is_whitespace() && c != ',').unwrap_or(text.len() - at);
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..at]).count() as u64;
        counted = at;
        if text[at..].starts_with(']') || is_one && at == text.len() {
            return;
        }
        let mut items = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        let item = items.next();
        at += items.byte_offset();
        match item {
            Some(Ok(Value::Object(item))) => intake.reference(line, document(item)),
            Some(Ok(_)) => {
                intake.fault(Severity::Skipped, Some(line), "the item is no object", "mend or remove the item");
            }
            Some(Err(error)) => return broken(line, &error.to_string(), intake),
            None => return broken(line, "the array does not end", intake),
        }
    }
}

fn broken(line: u64, what: &str, intake: &mut Intake) {
    let what = what.split(" at line ").next().unwrap_or("");
    let what = format!("the JSON breaks off: {what}; what came before is kept");
    intake.fault(Severity::Cut, Some(line), what, "mend the file, or export it again");
}

fn document(mut item: Map<String, Value>) -> Document {
    let mut one = |names: &[&str]| names.iter().find_map(|name| plain(&item.remove(*name)?));
    let title = one(&["title", "title-short"]);
    let publication = one(&["container-title", "collection-title", "container-title-short"]);
    let (doi, url, language) = (one(&["DOI"]), one(&["URL"]), one(&["language"]));
    let abstract_text = one(&["abstract"]).map(|text| without_tags(&text)).unwrap_or_default();
    let word = one(&["type"]);
    let authors = item.remove("author").or_else(|| item.remove("editor"));
    let authors = authors.map(|authors| names(&authors)).unwrap_or_default();
    let year = item.remove("issued").and_then(|date| year(&date));
    let extra = item.into_iter().filter_map(|(name, value)| Some((name, plain(&value)?))).collect();
    let metadata = Metadata {
        title: title.map(|title| without_tags(&title)),
        authors,
        year,
        kind: word.map(|word| kind(&word).to_owned()),
        doi: doi.as_deref().or(url.as_deref()).and_then(fields::doi),
        url,
        publication,
        language,
        extra,
    };
    with_text(metadata, &abstract_text)
}

/// A text or number, or the first of several.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.first().and_then(plain),
        _ => None,
    }
}

/// `Family, Given` of each name, particles before the family; or the name as it stands.
fn names(authors: &Value) -> Vec<String> {
    let name = |author: &Value| {
        let part = |name: &str| plain(&author[name]);
        let particle = part("non-dropping-particle").or_else(|| part("dropping-particle"));
        let family = match (particle, part("family")) {
            (Some(particle), Some(family)) => Some(format!("{particle} {family}")),
            (_, family) => family,
        };
        match (family, part("given")) {
            (Some(family), Some(given)) => Some(format!("{family}, {given}")),
            (Some(name), None) | (None, Some(name)) => Some(name),
            (None, None) => part("literal"),
        }
    };
    authors.as_array().into_iter().flatten().filter_map(name).collect()
}

fn year(date: &Value) -> Option<i32> {
    let parts = plain(&date["date-parts"][0][0]);
    let written = ["raw", "literal"].iter().find_map(|name| plain(&date[*name]));
    parts.or(written).or_else(|| plain(date)).and_then(|text| fields::year(&text))
}
