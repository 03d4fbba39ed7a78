//! BibTeX: entries, macros and joined values; LaTeX in values is resolved. A broken entry costs itself.

use super::super::catalog::Severity;
use super::latex::plain;
use super::references::{Part, Parts, Reference};
use super::{Format, Intake, Take};
use rustc_hash::FxHashMap;

pub(super) const FORMAT: Format = Format { name: "bibtex", endings: &["bib", "bibtex"], shows, take: Take::Text(take) };

const PARTS: Parts = &[
    (Part::Title, &["title"]),
    (Part::Abstract, &["abstract"]),
    (Part::Author, &["author", "editor"]),
    (Part::Year, &["year", "date"]),
    (Part::Doi, &["doi", "url"]),
    (Part::Url, &["url"]),
    (Part::Publication, &["journal", "journaltitle", "booktitle", "series"]),
    (Part::Language, &["language", "langid"]),
    (Part::Kind, &["entrytype"]),
];

/// Whether the first thing that is no comment is an entry such as `@article{key,`.
fn shows(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let Some(first) = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with('%')) else {
        return false;
    };
    let Some(rest) = first.strip_prefix('@') else { return false };
    let kind: String = rest.chars().take_while(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let known = [
        "article",
        "book",
        "inbook",
        "incollection",
        "inproceedings",
        "conference",
        "proceedings",
        "misc",
        "techreport",
        "phdthesis",
        "mastersthesis",
        "thesis",
        "unpublished",
        "manual",
        "booklet",
        "online",
        "report",
        "string",
        "comment",
        "preamble",
    ];
    known.contains(&kind.as_str()) && rest[kind.len()..].trim_start().starts_with(['{', '('])
}

fn take(text: String, intake: &mut Intake) {
    let mut reader = Reader { text: &text, at: 0, n_lines: 1, counted: 0, macros: FxHashMap::default() };
    let (mut records, mut at_key) = (Vec::new(), FxHashMap::default());
    while let Some(entry) = reader.entry() {
        match entry {
            Ok(None) => {}
            Ok(Some((key, record))) => {
                at_key.entry(key.to_lowercase()).or_insert(records.len());
                records.push(record);
            }
            Err((line, what)) => {
                let hint = "mend the entry; every brace and quote that opens must close";
                intake.fault(Severity::Skipped, Some(line), what, hint);
            }
        }
    }
    let inherited: Vec<_> = records.iter().map(|record| inherited(record, &records, &at_key)).collect();
    for (mut record, more) in records.into_iter().zip(inherited) {
        record.fields.extend(more);
        intake.reference(record.line, record.document(PARTS));
    }
}

/// Year and publication from the entry that `crossref` names, where the record has none; not from what that entry
/// names in turn.
fn inherited(record: &Reference, all: &[Reference], at_key: &FxHashMap<String, usize>) -> Vec<(String, String)> {
    let key = record.first(&["crossref"]).first().map(|key| key.to_lowercase());
    let Some(parent) = key.and_then(|key| all.get(*at_key.get(&key)?)) else { return Vec::new() };
    let given = |(name, from): (&str, &[&str])| {
        let value = parent.first(from).first().map(|value| (name.to_owned(), (*value).to_owned()));
        value.filter(|_| record.first(&[name]).is_empty())
    };
    [("year", &["year", "date"][..]), ("booktitle", &["booktitle", "title"])].into_iter().filter_map(given).collect()
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    n_lines: u64,
    counted: usize,
    macros: FxHashMap<String, String>,
}

type Broken = (u64, String);

impl<'t> Reader<'t> {
    /// The next entry: its key and fields; `Ok(None)` for a macro, preamble or comment; `None` at the end.
    fn entry(&mut self) -> Option<Result<Option<(String, Reference)>, Broken>> {
        self.at += self.text[self.at..].find('@')?;
        let start = self.at;
        let line = self.line();
        self.at += 1;
        self.blanks();
        let kind = self.word().to_lowercase();
        self.blanks();
        let close = match self.peek() {
            Some('{') => '}',
            Some('(') => ')',
            _ => return Some(Ok(None)), // an @ in free text between entries
        };
        self.at += 1;
        let read = match kind.as_str() {
            "comment" | "preamble" => self.passed(close).map(|()| None),
            "string" => self.fields(close).map(|fields| {
                self.macros.extend(fields.into_iter().map(|(name, value)| (name.to_lowercase(), value)));
                None
            }),
            _ => self.record(&kind, line, close).map(Some),
        };
        Some(read.map_err(|what| {
            self.at = start + 1;
            self.at += self.text[self.at..].find("\n@").map_or(self.text.len() - self.at, |n| n + 1);
            (line, format!("the entry @{kind} does not parse: {what}"))
        }))
    }

    fn record(&mut self, kind: &str, line: u64, close: char) -> Result<(String, Reference), String> {
        self.blanks();
        let end = self.text[self.at..].find([',', '}', '\n', '=']).ok_or("it has no end")?;
        let key = self.text[self.at..self.at + end].trim().to_owned();
        if self.text[self.at + end..].starts_with('=') {
            return Err("it has no key".into());
        }
        self.at += end;
        let (mut fields, mut subtitle) = (vec![("entrytype".to_owned(), kind.to_owned())], None);
        for (name, value) in self.fields(close)? {
            let name = name.to_lowercase();
            match name.as_str() {
                "author" | "editor" => fields.extend(names(&value).map(|one| (name.clone(), person(&one)))),
                "subtitle" => match fields.iter_mut().find(|(name, _)| name == "title") {
                    Some((_, title)) => with_subtitle(title, &plain(&value)),
                    None => subtitle = Some(plain(&value)),
                },
                "title" => {
                    let mut title = plain(&value);
                    subtitle.take().into_iter().for_each(|after| with_subtitle(&mut title, &after));
                    fields.push((name, title));
                }
                "url" | "doi" | "file" => {
                    fields.push((name, value.replace("\\_", "_").replace("\\%", "%").replace("\\&", "&")))
                }
                _ => fields.push((name, plain(&value))),
            }
        }
        Ok((key, Reference { line, fields }))
    }

    /// `name = value` up to the closing mark; commas that are missing or doubled are forgiven.
    fn fields(&mut self, close: char) -> Result<Vec<(String, String)>, String> {
        let mut fields = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None => return Err("it has no end".into()),
                Some(',') => self.at += 1,
                Some(c) if c == close => {
                    self.at += 1;
                    return Ok(fields);
                }
                Some(_) => {
                    let name = self.word().to_owned();
                    self.blanks();
                    if name.is_empty() || self.peek() != Some('=') {
                        return Err(format!("\"=\" is missing after \"{name}\" in line {}", self.line()));
                    }
                    self.at += 1;
                    fields.push((name, self.value()?));
                }
            }
        }
    }

    /// Pieces in braces or quotes, numbers and macros, joined by `#`.
    fn value(&mut self) -> Result<String, String> {
        let mut value = String::new();
        loop {
            self.blanks();
            match self.peek() {
                Some('{') => value.push_str(self.enclosed('}')?),
                Some('"') => value.push_str(self.enclosed('"')?),
                Some(c) if c.is_alphanumeric() => {
                    let word = self.word();
                    value.push_str(self.macros.get(&word.to_lowercase()).map_or(word, String::as_str));
                }
                _ => return Err(format!("a value is missing in line {}", self.line())),
            }
            self.blanks();
            if self.peek() != Some('#') {
                return Ok(value);
            }
            self.at += 1;
        }
    }

    /// What stands up to `close`, braces in it being balanced.
    fn enclosed(&mut self, close: char) -> Result<&'t str, String> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let (mut depth, mut at) = (0u32, start);
        while let Some(n) = bytes[at..].iter().position(|b| matches!(b, b'{' | b'}' | b'"' | b'\\' | b'@' | b')')) {
            at += n;
            match bytes[at] {
                b'\\' => at += 1, // what follows is no mark
                b if depth == 0 && b == close as u8 => {
                    self.at = at + 1;
                    return Ok(&self.text[start..at]);
                }
                b'{' => depth += 1,
                b'}' => depth = depth.checked_sub(1).ok_or("a brace closes that was not open")?,
                b'@' if self.is_entry(at) => break,
                _ => {}
            }
            at = (at + 1).min(bytes.len());
        }
        Err(format!("a value that starts in line {} has no end", self.line()))
    }

    /// Whether an entry starts at byte `at`, at the start of a line.
    fn is_entry(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        at > 0 && bytes[at - 1] == b'\n' && shows(&bytes[at..(at + 40).min(bytes.len())])
    }

    fn passed(&mut self, close: char) -> Result<(), String> {
        self.at -= 1;
        self.enclosed(close).map(|_| ())
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Passes over white space and lines of comment.
    fn blanks(&mut self) {
        loop {
            self.at = self.text.len() - self.text[self.at..].trim_start().len();
            if self.peek() != Some('%') {
                return;
            }
            self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at);
        }
    }

    fn word(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| c.is_whitespace() || "{}(),=#\"%@".contains(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The line that is being read.
    fn line(&mut self) -> u64 {
        let from = self.counted.min(self.at);
        self.n_lines += memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..self.at]).count() as u64;
        self.counted = self.at;
        self.n_lines
    }
}

/// Puts the subtitle behind its title, a colon between them where there is no mark yet.
fn with_subtitle(title: &mut String, after: &str) {
    title.push_str(if title.ends_with(['.', ':', ';', '!', '?', '–', '—', '-']) { " " } else { ": " });
    title.push_str(after);
}

/// The names in a list of authors, parted by ` and ` outside braces.
fn names(value: &str) -> impl Iterator<Item = String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    for word in value.split_whitespace() {
        if depth == 0 && word.eq_ignore_ascii_case("and") {
            names.push(String::new());
            continue;
        }
        depth += word.matches('{').count() as i32 - word.matches('}').count() as i32;
        if let Some(name) = names.last_mut() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
    }
    names.into_iter().filter(|name| !name.is_empty() && name != "others")
}

/// A name as `von Last, First, Jr`, however it is written; one in braces is a body's and stays as it is.
fn person(name: &str) -> String {
    let parts = apart(name, |c| c == ',');
    if let [last, junior, first] = parts.as_slice() {
        return plain(&format!("{last}, {first}, {junior}"));
    }
    let words = apart(name, char::is_whitespace);
    if parts.len() > 1 || words.len() < 2 {
        return plain(name);
    }
    let is_small = |word: &String| word.starts_with(char::is_lowercase);
    let from =
        words.iter().position(is_small).filter(|at| (1..words.len() - 1).contains(at)).unwrap_or(words.len() - 1);
    plain(&format!("{}, {}", words[from..].join(" "), words[..from].join(" ")))
}

/// The parts of a name, parted by such characters outside braces, those that are empty left out.
fn apart(name: &str, at: impl Fn(char) -> bool) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in name.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match parts.last_mut() {
            Some(part) if depth > 0 || !at(c) => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}
