//! Lexicons of other programs: bytes in, a lexicon and a list of losses out; and back.
//!
//! One file a format. What a format cannot hold, or we cannot say, is told by entry and reason, and never dropped silently.
//! This room sees no file.

mod decode;
mod dicx;
mod lexicoder;
mod liwc;
mod ours;
mod refi;
mod table;
mod themes;
mod wordstat;
mod xml;
mod yaml;
mod yoshikoder;

pub use refi::guid;
pub use themes::{from_themes, into_themes, theme_file, verbatim};
pub use xml::escaped;

use super::foreign::{Category, Entry, Foreign, Loss, Losses, Reading};
use super::theme::LexiconError;
use std::path::{Path, PathBuf};

/// A format that lexicons come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// LIWC up to 2015, `.dic`.
    Liwc,
    /// LIWC-22, `.dicx`.
    LiwcTable,
    /// Lexicoder 3, `.lc3`.
    Lexicoder,
    /// Yoshikoder `.ykd`, and Lexicoder 2 `.lcd`.
    Yoshikoder,
    /// WordStat, `.cat`.
    WordStat,
    /// quanteda's YAML, `.yml`.
    Yaml,
    /// A spreadsheet, `.csv`.
    Csv,
    /// A spreadsheet, `.tsv`.
    Tsv,
    /// A REFI-QDA code book, `.qdc`.
    Refi,
}

type Refused = LexiconError;

/// How a format is known, read and written.
struct Contract {
    format: Format,
    name: &'static str,
    endings: &'static [&'static str],
    read: fn(&Text<'_>, &mut Losses) -> Result<Foreign, Refused>,
    write: fn(&Foreign, &mut Losses) -> String,
}

const CONTRACTS: [Contract; 9] = [
    Contract { format: Format::Liwc, name: "liwc", endings: &["dic"], read: liwc::read, write: liwc::write },
    Contract { format: Format::LiwcTable, name: "dicx", endings: &["dicx"], read: dicx::read, write: dicx::write },
    Contract {
        format: Format::Lexicoder,
        name: "lexicoder",
        endings: &["lc3"],
        read: lexicoder::read,
        write: lexicoder::write,
    },
    Contract {
        format: Format::Yoshikoder,
        name: "yoshikoder",
        endings: &["ykd", "lcd"],
        read: yoshikoder::read,
        write: yoshikoder::write,
    },
    Contract {
        format: Format::WordStat,
        name: "wordstat",
        endings: &["cat"],
        read: wordstat::read,
        write: wordstat::write,
    },
    Contract { format: Format::Yaml, name: "yaml", endings: &["yml", "yaml"], read: yaml::read, write: yaml::write },
    Contract {
        format: Format::Csv,
        name: "csv",
        endings: &["csv"],
        read: table::read_commas,
        write: table::write_commas,
    },
    Contract {
        format: Format::Tsv,
        name: "tsv",
        endings: &["tsv", "tab"],
        read: table::read_tabs,
        write: table::write_tabs,
    },
    Contract { format: Format::Refi, name: "refi-qda", endings: &["qdc"], read: refi::read, write: refi::write },
];

impl Format {
    fn contract(self) -> &'static Contract {
        CONTRACTS.iter().find(|contract| contract.format == self).unwrap_or(&CONTRACTS[0])
    }

    /// Its name, as in messages.
    pub fn name(self) -> &'static str {
        self.contract().name
    }

    /// The ending that its files have, without the dot.
    pub fn ending(self) -> &'static str {
        self.contract().endings[0]
    }

    /// The format of a file, by what it holds and then by the ending of its name.
    pub fn of(file: &Path, bytes: &[u8]) -> Option<Format> {
        let head: Vec<u8> = bytes[..bytes.len().min(2_000)].iter().copied().filter(|byte| *byte != 0).collect();
        let holds = |mark: &[u8]| memchr::memmem::find(&head, mark).is_some();
        if holds(b"<CodeBook") {
            return Some(Format::Refi);
        }
        if holds(b"<dictionary") && holds(b"<") {
            return Some(Format::Yoshikoder);
        }
        let ending = file.extension()?.to_string_lossy().to_lowercase();
        let known = CONTRACTS.iter().find(|contract| contract.endings.contains(&ending.as_str()));
        known.map(|contract| contract.format)
    }
}

/// Reads a lexicon: its bytes, and the file that errors name. Without `encoding`, what the bytes say of themselves.
///
/// # Errors
/// The file is not in the format, with the line and how to mend it. What is wrong with a single entry is a `Loss`.
pub fn read(
    bytes: &[u8],
    format: Format,
    encoding: Option<&str>,
    file: &Path,
) -> Result<(Foreign, Vec<Loss>), LexiconError> {
    let mut losses = Losses::default();
    let decoded = decode::decode(bytes, encoding, &mut losses);
    let body =
        decoded.map_err(|what| Text { file, body: "" }.refuse(0, &what, "name one as utf-8, windows-1252, euc-jp"))?;
    let foreign = (format.contract().read)(&Text { file, body: &body }, &mut losses)?;
    Ok((foreign, losses.0))
}

/// Writes a lexicon as UTF-8.
pub fn write(foreign: &Foreign, format: Format) -> (String, Vec<Loss>) {
    let mut losses = Losses::default();
    let text = (format.contract().write)(foreign, &mut losses);
    (text, losses.0)
}

/// A file on its way in.
struct Text<'a> {
    file: &'a Path,
    body: &'a str,
}

impl<'a> Text<'a> {
    /// The lines, the first being 1.
    fn lines(&self) -> impl Iterator<Item = (u32, &'a str)> + use<'a> {
        self.body.split('\n').enumerate().map(|(at, line)| (at as u32 + 1, line))
    }

    fn refuse(&self, line: u32, what: &str, hint: &str) -> LexiconError {
        LexiconError { file: PathBuf::from(self.file), line, what: what.to_owned(), hint: hint.to_owned() }
    }
}

/// What a format without hierarchy can hold beside names and words.
struct Flat {
    weights: bool,
    descriptions: bool,
    colors: bool,
    /// Whether a category may be empty.
    empty: bool,
}

/// Every category that has entries, or none below it, its name made of all names above it; what is lost so is told.
fn flat<'a>(foreign: &'a Foreign, can: &Flat, losses: &mut Losses) -> Vec<(String, &'a Category)> {
    let mut all = Vec::new();
    for (path, category) in foreign.walk() {
        let name = path.join(".").replace('\n', " ");
        if !can.descriptions && !category.description.is_empty() {
            losses.add(0, &name, "", "its description is lost");
        }
        if !can.colors && category.color.is_some() {
            losses.add(0, &name, "", "its colour is lost");
        }
        let weighted = category.entries.iter().filter(|entry| entry.weight.is_some() && !can.weights);
        weighted.for_each(|entry| losses.add(entry.line, &name, &entry.text, "its weight is lost"));
        let shown = !category.entries.is_empty() || (category.children.is_empty() && can.empty);
        if shown {
            if path.len() > 1 {
                losses.add(0, &name, "", "its place below another category is kept in its name alone");
            }
            all.push((name, category));
        }
    }
    all
}

/// Tells what of a category no text format but XML can hold.
fn unsaid(category: &Category, name: &str, losses: &mut Losses) {
    if !category.description.is_empty() {
        losses.add(0, name, "", "its description is lost");
    }
    if category.color.is_some() || category.guid.is_some() {
        losses.add(0, name, "", "its colour and identifier are lost");
    }
}

/// The words of an entry for a format that knows `*` and no other wildcard; `None`, and a loss, where it has none.
fn star(entry: &Entry, category: &str, losses: &mut Losses) -> Option<String> {
    let text = plain(entry, category, losses)?;
    if entry.reading != Reading::Star && text.contains('?') {
        losses.add(entry.line, category, &entry.text, "left out: the format has no wildcard for one character");
        return None;
    }
    Some(text)
}

/// The words of an entry for a format that knows `*` and `?`.
fn glob(entry: &Entry, category: &str, losses: &mut Losses) -> Option<String> {
    if entry.reading == Reading::Star && entry.text.contains('?') {
        losses.add(entry.line, category, &entry.text, "its ? is the sign itself, and becomes any one character");
    }
    plain(entry, category, losses)
}

fn plain(entry: &Entry, category: &str, losses: &mut Losses) -> Option<String> {
    match entry.reading {
        Reading::Star | Reading::Glob => Some(entry.text.clone()),
        Reading::Regex => {
            losses.add(entry.line, category, &entry.text, "left out: the format has no regular expressions");
            None
        }
        Reading::Rule => {
            losses.add(entry.line, category, &entry.text, "left out: the format has no rules");
            None
        }
        Reading::Ours => match ours::words(&entry.text) {
            Ok(words) => {
                if let Some(reason) = words.reason {
                    losses.add(entry.line, category, &entry.text, reason);
                }
                Some(words.text)
            }
            Err(ours::Refusal(reason)) => {
                losses.add(entry.line, category, &entry.text, format!("left out: {reason}"));
                None
            }
        },
    }
}

#[cfg(test)]
mod tests;
