//! BibTeX: entries, macros and joined values; LaTeX in values is resolved. A broken entry costs itself.

use super::super::catalog::Severity;
use super::references::{Part, Parts, Reference};
use super::{Format, Intake, Take};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

pub(super) const FORMAT: Format = Format { name: "bibtex", endings: &["bib", "bibtex"], shows, take: Take::Text(take) };

const PARTS: Parts = &[
    (Part::Title, &["title"]),
    (Part::Abstract, &["abstract"]),
    (Part::Author, &["author"]),
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
        let mut fields = vec![("entrytype".to_owned(), kind.to_owned())];
        for (name, value) in self.fields(close)? {
            let name = name.to_lowercase();
            match name.as_str() {
                "author" => fields.extend(names(&value).map(|author| (name.clone(), plain(&author)))),
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

/// A value with its LaTeX resolved and its white space folded.
fn plain(value: &str) -> String {
    const LIGATURES: [(&str, &str); 4] = [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")];
    let mut out = String::with_capacity(value.len());
    let mut rest = value.trim();
    while let Some(c) = rest.chars().next() {
        let ligature = LIGATURES.iter().find(|(from, _)| matches!(c, '-' | '`' | '\'') && rest.starts_with(from));
        if let Some((from, to)) = ligature {
            out.push_str(to);
            rest = &rest[from.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => rest = command(rest, &mut out),
            '{' | '}' | '$' => {}
            '~' => out.push('\u{a0}'),
            '_' | '^' if rest.starts_with('{') => {}
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => {
                out.push(c);
                let n = plain_run(rest.as_bytes());
                out.push_str(&rest[..n]);
                rest = &rest[n..];
            }
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// How many of `bytes` stand for themselves, single spaces between words among them.
fn plain_run(bytes: &[u8]) -> usize {
    let is_plain = |b: u8| !b.is_ascii_whitespace() && !b"\\{}$~-`'_^".contains(&b);
    let within = |at: usize| bytes[at] == b' ' && bytes.get(at + 1).is_some_and(|next| is_plain(*next));
    (0..bytes.len()).find(|at| !is_plain(bytes[*at]) && !within(*at)).unwrap_or(bytes.len())
}

/// Commands that stand for a sign.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("ss", "ß"), ("o", "ø"), ("O", "Ø"), ("ae", "æ"), ("AE", "Æ"), ("oe", "œ"), ("OE", "Œ"), ("aa", "å"), ("AA", "Å"),
    ("l", "ł"), ("L", "Ł"), ("i", "ı"), ("j", "ȷ"), ("textquotesingle", "'"), ("textendash", "–"), ("textemdash", "—"),
    ("ldots", "…"), ("dots", "…"), ("textbackslash", "\\"), ("backslash", "\\"), ("textasciitilde", "~"), ("alpha", "α"),
    ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("mu", "μ"), ("times", "×"), ("pm", "±"), ("leq", "≤"), ("le", "≤"),
    ("geq", "≥"), ("ge", "≥"), ("copyright", "©"),
];

/// Resolves what follows a backslash; what is left after it.
fn command<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let Some(first) = rest.chars().next() else { return rest };
    let n = rest.bytes().take_while(u8::is_ascii_alphabetic).count().max(first.len_utf8());
    let (name, after) = rest.split_at(n);
    if let Some(mark) = accent(name) {
        return accented(mark, after, out);
    }
    let sign = match name {
        "\\" | " " | "\n" | "," | ";" | ":" => " ",
        "!" | "-" | "/" => "",
        _ if !first.is_ascii_alphabetic() => name,
        _ => SIGNS.iter().find(|sign| sign.0 == name).map_or("", |sign| sign.1), // of a command of layout the argument stays
    };
    out.push_str(sign);
    let is_word = name.as_bytes()[0].is_ascii_alphabetic();
    if is_word { after.strip_prefix("{}").unwrap_or_else(|| after.strip_prefix(' ').unwrap_or(after)) } else { after }
}

/// The combining mark that an accent of LaTeX stands for.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "\"" => '\u{308}',
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "c" => '\u{327}',
        "v" => '\u{30c}',
        "u" => '\u{306}',
        "H" => '\u{30b}',
        "k" => '\u{328}',
        "r" => '\u{30a}',
        _ => return None,
    })
}

/// Writes the next letter with `mark` on it; what is left after it.
fn accented<'t>(mark: char, after: &'t str, out: &mut String) -> &'t str {
    let mut rest = after.trim_start_matches([' ', '{']);
    let n_open = after[..after.len() - rest.len()].matches('{').count();
    let letter = match rest.strip_prefix("\\i").or_else(|| rest.strip_prefix("\\j")) {
        Some(left) => {
            let dotless = rest.as_bytes()[1] as char;
            rest = left;
            Some(dotless)
        }
        None => {
            let letter = rest.chars().next().filter(|c| c.is_alphabetic());
            rest = &rest[letter.map_or(0, char::len_utf8)..];
            letter
        }
    };
    out.extend(letter.into_iter().flat_map(|letter| [letter, mark]).nfc());
    for _ in 0..n_open {
        rest = rest.strip_prefix('}').unwrap_or(rest);
    }
    rest
}
