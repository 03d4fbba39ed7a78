//! One theme file: TOML in, a theme out, every pattern with its line.

use super::super::lists::nearest;
use super::super::theme::{Example, LexiconError, Pattern, Stance, Theme, ThemeId};
use std::ops::Range;
use std::path::Path;
use toml_edit::{Document, Item, TableLike, Value};

const KEYS: [&str; 10] =
    ["id", "label", "definition", "include", "exclude", "parent", "patterns", "except", "examples", "counter_examples"];
const PATTERN_KEYS: [&str; 3] = ["pattern", "weight", "stance"];

/// The theme that `text` gives, as far as it can be read.
pub(super) fn theme(text: &str, file: &Path, default_weight: f64, errors: &mut Vec<LexiconError>) -> Option<Theme> {
    let lines = text.bytes().zip(0..).filter(|(byte, _)| *byte == b'\n').map(|(_, at)| at).collect();
    let mut reader = Reader { lines, file, default_weight, errors };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let what = format!("is not TOML: {}", error.message().trim().replace('\n', ", "));
            reader.error(error.span(), &what, "mend the line, or look at a theme file that `throughline init` makes");
            return None;
        }
    };
    let table = document.as_table();
    reader.known_keys(table, &KEYS);
    let n_errors = reader.errors.len();
    let id = reader.string(table, "id").unwrap_or_else(|| id_of(file).0);
    let theme = Theme {
        label: reader.string(table, "label").unwrap_or_else(|| id.clone()),
        definition: reader.string(table, "definition").unwrap_or_default(),
        include: reader.strings(table, "include").into_iter().map(|line| line.text).collect(),
        exclude: reader.strings(table, "exclude").into_iter().map(|line| line.text).collect(),
        parent: reader.string(table, "parent").map(ThemeId),
        patterns: reader.patterns(table, "patterns"),
        except: reader.patterns(table, "except"),
        examples: reader.strings(table, "examples"),
        counter_examples: reader.strings(table, "counter_examples"),
        file: file.to_owned(),
        id: ThemeId(id),
    };
    if theme.id.0.trim().is_empty() || theme.id.0.contains(char::is_control) {
        reader.error(
            None,
            "gives an empty id, or one that is not one line",
            "write a short name, as in id = \"funding\"",
        );
    }
    if theme.patterns.is_empty() && !table.contains_key("patterns") && reader.errors.len() == n_errors {
        reader.error(
            None,
            "gives no patterns",
            "write patterns = [\"…\"], or patterns = [] for a theme of sub-themes alone",
        );
    }
    Some(theme)
}

/// The id of a theme whose file gives none.
pub(super) fn id_of(file: &Path) -> ThemeId {
    ThemeId(file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()))
}

struct Reader<'a> {
    /// Where lines end.
    lines: Vec<usize>,
    file: &'a Path,
    default_weight: f64,
    errors: &'a mut Vec<LexiconError>,
}

impl Reader<'_> {
    fn line(&self, span: Option<Range<usize>>) -> u32 {
        span.map_or(0, |span| 1 + self.lines.partition_point(|end| *end < span.start) as u32)
    }

    fn error(&mut self, span: Option<Range<usize>>, what: &str, hint: &str) {
        let line = self.line(span);
        self.errors.push(LexiconError {
            file: self.file.to_owned(),
            line,
            what: what.to_owned(),
            hint: hint.to_owned(),
        });
    }

    fn known_keys(&mut self, table: &dyn TableLike, known: &[&str]) {
        let mut unknown = Vec::new();
        for (key, item) in table.iter() {
            if !known.contains(&key) {
                let span = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
                unknown.push((key.to_owned(), span));
            }
        }
        for (key, span) in unknown {
            let hint = nearest(&key, known.iter().copied(), "keys");
            self.error(span, &format!("unknown key \"{key}\""), &hint);
        }
    }

    fn string(&mut self, table: &dyn TableLike, key: &str) -> Option<String> {
        let item = table.get(key)?;
        let string = item.as_str().map(str::to_owned);
        if string.is_none() {
            let hint = format!("write {key} = \"…\"");
            self.error(item.span(), &format!("{key} is no string"), &hint);
        }
        string
    }

    fn strings(&mut self, table: &dyn TableLike, key: &str) -> Vec<Example> {
        let Some(item) = table.get(key) else { return Vec::new() };
        let hint = format!("write {key} = [\"…\", \"…\"]");
        if let Some(one) = item.as_str() {
            return vec![Example { text: one.to_owned(), line: self.line(item.span()) }];
        }
        let Some(array) = item.as_array() else {
            self.error(item.span(), &format!("{key} is no list of strings"), &hint);
            return Vec::new();
        };
        let mut strings = Vec::new();
        for value in array {
            match value.as_str() {
                Some(text) => strings.push(Example { text: text.to_owned(), line: self.line(value.span()) }),
                None => self.error(value.span(), &format!("{key} holds something that is no string"), &hint),
            }
        }
        strings
    }

    fn patterns(&mut self, table: &dyn TableLike, key: &str) -> Vec<Pattern> {
        match table.get(key) {
            None => Vec::new(),
            Some(Item::Value(Value::Array(array))) => array.iter().filter_map(|value| self.entry(key, value)).collect(),
            Some(Item::ArrayOfTables(tables)) => {
                tables.iter().filter_map(|entry| self.pattern(entry, entry.span())).collect()
            }
            Some(item) => {
                let hint = format!("write {key} = [\"fund*\", {{ pattern = \"morale\", weight = 0.5 }}]");
                self.error(item.span(), &format!("{key} is no list of patterns"), &hint);
                Vec::new()
            }
        }
    }

    fn entry(&mut self, key: &str, value: &Value) -> Option<Pattern> {
        match value {
            Value::String(text) => {
                let (text, line) = (text.value().clone(), self.line(value.span()));
                Some(Pattern { text, weight: self.default_weight, stance: None, line })
            }
            Value::InlineTable(table) => self.pattern(table, value.span()),
            _ => {
                let hint = "write a string, or { pattern = \"…\", weight = 0.5 }";
                self.error(value.span(), &format!("{key} holds something that is no pattern"), hint);
                None
            }
        }
    }

    fn pattern(&mut self, table: &dyn TableLike, span: Option<Range<usize>>) -> Option<Pattern> {
        self.known_keys(table, &PATTERN_KEYS);
        let Some(text) = self.string(table, "pattern") else {
            if !table.contains_key("pattern") {
                self.error(span, "an entry gives no pattern", "write { pattern = \"…\", weight = 0.5 }");
            }
            return None;
        };
        let span = table.get("pattern").and_then(Item::span).or(span);
        let weight = table.get("weight").map_or(Some(self.default_weight), number);
        let weight = weight.filter(|weight| (0.0..=1.0).contains(weight)).unwrap_or_else(|| {
            let what = format!("pattern \"{text}\" gives a weight that is no number from 0 to 1");
            self.error(
                table.get("weight").and_then(Item::span),
                &what,
                "write how far it is to be believed, as in weight = 0.5",
            );
            self.default_weight
        });
        let stance = self.stance(table, &text);
        Some(Pattern { line: self.line(span), text, weight, stance })
    }

    fn stance(&mut self, table: &dyn TableLike, text: &str) -> Option<Stance> {
        let item = table.get("stance")?;
        match item.as_str() {
            Some("barrier") => Some(Stance::Barrier),
            Some("facilitator") => Some(Stance::Facilitator),
            Some("both") => Some(Stance::Both),
            Some("mention") => Some(Stance::Mention),
            _ => {
                let what = format!("pattern \"{text}\" gives a stance that there is not");
                self.error(item.span(), &what, "write \"barrier\", \"facilitator\", \"both\" or \"mention\"");
                None
            }
        }
    }
}

fn number(item: &Item) -> Option<f64> {
    item.as_float().or_else(|| item.as_integer().map(|n| n as f64))
}
