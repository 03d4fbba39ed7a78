//! Markdown: the front matter is metadata, headings start sections, and the body stays as written.

use super::super::catalog::Severity;
use super::super::document::{Document, Metadata, Section};
use super::sections::Outline;
use super::{Format, Intake, Take, fields};
use serde_norway::Value;

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    endings: &["md", "markdown", "mkd", "qmd", "rmd"],
    shows: |_| false,
    take: Take::Text(take),
};

fn take(text: String, intake: &mut Intake) {
    let (front, body) = parted(&text);
    let metadata = front.map(|front| metadata_of(front, intake)).unwrap_or_default();
    let at = text.len() - body.len();
    let text = if at == 0 { text } else { text[at..].to_owned() };
    let sections = sections_of(&text);
    intake.document(Document { metadata, text, sections, ..Document::default() });
}

/// The front matter, between a first line `---` and the next line `---` or `...`, and what follows it.
fn parted(text: &str) -> (Option<&str>, &str) {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return (None, text);
    };
    let mut at = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let body = &text[at + line.len()..];
            let blank = body.len() - body.trim_start_matches(['\n', '\r']).len();
            return (Some(&text[first.len()..at]), &body[blank..]);
        }
        at += line.len();
    }
    (None, text)
}

fn metadata_of(front: &str, intake: &mut Intake) -> Metadata {
    let mut metadata = Metadata::default();
    let hint =
        "mend the YAML between the two lines of ---; a value with a colon or a quote in it needs quotes around it";
    match serde_norway::from_str::<Value>(front) {
        Ok(Value::Mapping(map)) => {
            for (name, value) in &map {
                put(&mut metadata, &scalar(name).unwrap_or_default(), value);
            }
        }
        Ok(Value::Null) => {}
        Ok(_) => intake.fault(Severity::Degraded, Some(2), "the front matter is not a list of fields", hint),
        Err(e) => {
            let line = e.location().map_or(2, |place| place.line() as u64 + 1);
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or("");
            intake.fault(Severity::Degraded, Some(line), format!("the front matter does not parse: {what}"), hint);
        }
    }
    metadata
}

fn put(metadata: &mut Metadata, name: &str, value: &Value) {
    let values: Vec<String> = match value {
        Value::Sequence(items) => items.iter().filter_map(scalar).collect(),
        value => scalar(value).into_iter().collect(),
    };
    match name.to_lowercase().as_str() {
        "author" | "authors" if matches!(value, Value::Sequence(_)) => metadata.authors = values,
        _ => fields::put(metadata, name, &values.join("; ")),
    }
}

/// A value as text; `None` for a list, a mapping or nothing. A mapping with a `name` stands for that name.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Mapping(map) => map.get("name").and_then(scalar),
        Value::Tagged(tagged) => scalar(&tagged.value),
        Value::Null | Value::Sequence(_) => None,
    }
}

/// Sections by headings of both kinds (`# …` and underlined); lines in fenced code are no headings.
fn sections_of(text: &str) -> Vec<Section> {
    let mut outline = Outline::default();
    let mut fence: Option<&str> = None;
    let (mut at, mut before) = (0, (0, ""));
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        match fence {
            Some(mark) if bare.starts_with(mark) => fence = None,
            Some(_) => {}
            None if bare.starts_with("```") || bare.starts_with("~~~") => fence = Some(&bare[..3]),
            None => {
                if let Some((level, heading)) = atx(line) {
                    outline.heading(at, level, heading, None);
                } else if let Some(level) = underline(bare).filter(|_| is_heading(before.1)) {
                    outline.heading(before.0, level, before.1, None);
                }
            }
        }
        before = (at, if fence.is_some() { "" } else { bare });
        at += line.len();
    }
    outline.finish(text.len())
}

fn atx(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(' ');
    let level = rest.bytes().take_while(|b| *b == b'#').count();
    let heading = &rest[level..];
    let fits = line.len() - rest.len() < 4 && (1..=6).contains(&level) && heading.starts_with([' ', '\t', '\n', '\r']);
    let heading = heading.trim();
    fits.then(|| (level, heading.trim_end_matches('#').trim_end()))
}

fn underline(line: &str) -> Option<usize> {
    match line.as_bytes() {
        [b'=', rest @ ..] if rest.iter().all(|b| *b == b'=') => Some(1),
        [b'-', b'-', rest @ ..] if rest.iter().all(|b| *b == b'-') => Some(2),
        _ => None,
    }
}

/// Whether a line can be a heading when it is underlined: one line of words, no list, quote, table or heading mark.
fn is_heading(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['#', '>', '-', '*', '+', '|', '=']) && line.len() <= 200
}
