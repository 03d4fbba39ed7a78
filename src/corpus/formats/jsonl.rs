//! JSON Lines: an object a line, read as a stream; a bad line costs that line.

use super::super::catalog::Severity;
use super::super::document::{Document, DocumentId};
use super::super::settings::ColumnSettings;
use super::decode::{self, Pieces};
use super::lines::{Line, Lines};
use super::references::with_text;
use super::{Format, Input, Intake, Take, fields};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

pub(super) const FORMAT: Format =
    Format { name: "jsonl", endings: &["jsonl", "ndjson", "jsonlines"], shows, take: Take::Stream(take) };

/// Whether the first line is a whole JSON object and another follows it.
fn shows(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let Some(at) = memchr::memchr(b'\n', head).filter(|_| head.starts_with(b"{")) else { return false };
    head[at..].trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(&head[..at]).is_ok()
}

fn take(mut input: Input, intake: &mut Intake) {
    if decode::wide(input.head()).is_some() {
        if let Some(text) = decode::whole(input, intake) {
            read(text.as_bytes(), intake);
        }
        return;
    }
    let n_mark = input.head().len() - decode::without_mark(input.head()).len();
    input.skip(n_mark);
    read(input, intake);
}

fn read(from: impl std::io::Read, intake: &mut Intake) {
    let limit = intake.settings.limits.entry_bytes;
    let columns = intake.settings.columns.clone();
    let mut lines = Lines::new(from, limit);
    let mut pieces = Pieces::default();
    loop {
        match lines.next() {
            Ok(None) => break,
            Ok(Some(Line::Whole(n, bytes))) => {
                let text = pieces.text(bytes);
                if !text.trim_ascii().is_empty() {
                    take_line(n, &text, &columns, intake);
                }
            }
            Ok(Some(Line::TooLong(n))) => {
                let what = format!("the line is longer than {limit} bytes (entry_bytes)");
                intake.fault(
                    Severity::Skipped,
                    Some(n),
                    what,
                    "split the record, or raise entry_bytes under [corpus.limits]",
                );
            }
            Err(e) => {
                intake.skip(
                    &format!("cannot be read to its end: {e}"),
                    "see that the file is whole and that you may read it",
                );
                break;
            }
        }
    }
    decode::report(pieces.n_replaced, intake);
}

fn take_line(n: u64, line: &str, columns: &ColumnSettings, intake: &mut Intake) {
    let mut parser = serde_json::Deserializer::from_str(line);
    let record = Record { columns }.deserialize(&mut parser).and_then(|record| parser.end().map(|()| record));
    match record {
        Ok(Some(document)) => intake.record(n, document),
        Ok(None) => {
            let what = format!("the record has no \"{}\"", columns.text);
            intake.fault(Severity::Skipped, Some(n), what, "name the column of the text under [corpus.columns]");
        }
        Err(e) => {
            let what = e.to_string();
            let (what, column) = (what.split(" at line ").next().unwrap_or(""), e.column());
            let what = format!("the line does not parse: {what} (column {column})");
            intake.fault(Severity::Skipped, Some(n), what, "mend or remove the line");
        }
    }
}

/// Reads one object into a document; `None` where it has neither text nor abstract.
struct Record<'c> {
    columns: &'c ColumnSettings,
}

enum Field {
    Id,
    Title,
    Text,
    Year,
    Other(String),
}

impl<'de> DeserializeSeed<'de> for Record<'_> {
    type Value = Option<Document>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Record<'_> {
    type Value = Option<Document>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut document = Document::default();
        let mut has_text = false;
        while let Some(field) = map.next_key_seed(Key { columns: self.columns })? {
            let value = map.next_value_seed(Loose)?;
            match (field, value) {
                (_, Value::None) => {}
                (Field::Text, value) => {
                    document.text = value.joined("\n");
                    has_text = true;
                }
                (Field::Id, value) => document.id = DocumentId(value.joined(" ")),
                (Field::Title, value) => fields::put(&mut document.metadata, "title", &value.joined(" ")),
                (Field::Year, value) => fields::put(&mut document.metadata, "year", &value.joined(" ")),
                (Field::Other(name), Value::Many(names)) if matches!(name.as_str(), "authors" | "author") => {
                    document.metadata.authors = names;
                }
                (Field::Other(name), value) => fields::put(&mut document.metadata, &name, &value.joined("; ")),
            }
        }
        if !has_text {
            let Some(abstract_text) = document.metadata.extra.remove("abstract") else { return Ok(None) };
            let id = document.id;
            return Ok(Some(Document { id, ..with_text(document.metadata, &abstract_text) }));
        }
        Ok(Some(document))
    }
}

struct Key<'c> {
    columns: &'c ColumnSettings,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Field;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Field, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Field, E> {
        Ok(match name {
            name if name == self.columns.text => Field::Text,
            name if name == self.columns.id => Field::Id,
            name if name == self.columns.title => Field::Title,
            name if name == self.columns.year => Field::Year,
            name => Field::Other(name.to_owned()),
        })
    }
}

/// A value as text, or as texts; whatever else it is, it is passed over.
enum Value {
    None,
    One(String),
    Many(Vec<String>),
}

impl Value {
    fn joined(self, between: &str) -> String {
        match self {
            Value::None => String::new(),
            Value::One(text) => text,
            Value::Many(texts) => texts.join(between),
        }
    }
}

struct Loose;

impl<'de> DeserializeSeed<'de> for Loose {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Loose {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::One(text.to_owned()))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::One(truth.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::One(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::One(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::One(number.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut texts = Vec::new();
        while let Some(value) = items.next_element_seed(Loose)? {
            if let Value::One(text) = value {
                texts.push(text);
            }
        }
        Ok(if texts.is_empty() { Value::None } else { Value::Many(texts) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::None)
    }
}
