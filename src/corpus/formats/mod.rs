//! One file a format, behind one small contract: bytes in, documents and faults out.
//!
//! A format says how its content and its names look, and reads either a whole decoded text or a stream of bytes. What a
//! file holds is judged by its content first and by its name second.

mod archive;
mod beside;
mod bibtex;
mod csl;
mod decode;
mod docling;
mod docx;
mod endnote;
mod epub;
mod fields;
mod html;
mod input;
mod intake;
mod jats;
mod jsonl;
mod latex;
mod lines;
mod markdown;
mod mhtml;
mod mods;
mod odt;
mod ovid;
mod package;
mod pdf;
mod plain;
mod prose;
mod pubmed;
mod references;
mod sections;
mod table;
mod tagged;
mod tei;
mod xml;

pub(super) use beside::{NAME as LIST_BESIDE, rows as rows_beside, said_of};
pub(super) use fields::fill;
pub(super) use input::Input;
pub(super) use intake::Intake;

use super::catalog::Severity;

/// One format: how it is known, and how it is read.
struct Format {
    /// Its name in `Document::format`.
    name: &'static str,
    /// Endings of its files' names, lower case, without the dot.
    endings: &'static [&'static str],
    /// Whether the first bytes of a file are surely this format's. Formats without a mark of their own say no.
    shows: fn(&[u8]) -> bool,
    /// Reads it.
    take: Take,
}

/// What a format wants of its file.
enum Take {
    /// The whole text, decoded, without its byte order mark.
    Text(fn(String, &mut Intake)),
    /// The bytes, one after the other.
    Stream(fn(Input, &mut Intake)),
}

/// Every format, those with a mark of their own first.
const FORMATS: &[Format] = &[
    archive::ZIP,
    archive::GZIP,
    pdf::FORMAT,
    jats::FORMAT,
    pubmed::FORMAT,
    tei::FORMAT,
    endnote::FORMAT,
    mods::FORMAT,
    html::FORMAT,
    mhtml::FORMAT,
    docling::FORMAT,
    csl::FORMAT,
    jsonl::FORMAT,
    tagged::NBIB,
    tagged::OVID,
    tagged::ENW,
    tagged::WOS,
    tagged::REFWORKS,
    tagged::RIS,
    bibtex::FORMAT,
    table::FORMAT,
    markdown::FORMAT,
    plain::FORMAT,
];

/// Reads one file, whatever it holds.
pub(super) fn read(input: Input, intake: &mut Intake) {
    let n_faults = intake.n_faults();
    if input.head().is_empty() {
        return intake.skip("is empty", "leave it out, or put the text in");
    }
    if let Some(fault) = input.failure() {
        return intake.skip(&format!("cannot be read: {fault}"), "see that the file is whole and that you may read it");
    }
    let head = match decode::wide(input.head()) {
        Some(wide) => wide.decode(input.head()).text.into_bytes(),
        None => decode::without_mark(input.head()).to_vec(),
    };
    let ending = ending(intake.label()).to_lowercase();
    let format = match format_of(&head, &ending) {
        Ok(format) => format,
        Err((what, hint)) => return intake.skip(&what, hint),
    };
    if format.name == plain::FORMAT.name && FOREIGN.contains(&ending.as_str()) {
        let what = format!("is named .{ending} but holds plain text, and is read as such");
        let hint = "give it the name that fits, or put the right file in its place";
        intake.fault(Severity::Degraded, None, what, hint);
    }
    intake.set_format(format.name);
    match format.take {
        Take::Text(take) => {
            if let Some(text) = decode::whole(input, intake) {
                take(text, intake);
            }
        }
        Take::Stream(take) => take(input, intake),
    }
    intake.finish(n_faults);
}

/// Formats whose parsers a crafted or damaged file may drive to no end of time, memory or stack.
const CAN_HURT: [&str; 5] =
    [pdf::FORMAT.name, archive::ZIP.name, archive::GZIP.name, html::FORMAT.name, mhtml::FORMAT.name];

/// Whether the file is of a format that is better read in a process of its own.
pub(super) fn can_hurt(input: &Input, path: &str) -> bool {
    format_of(decode::without_mark(input.head()), &ending(path).to_lowercase())
        .is_ok_and(|format| CAN_HURT.contains(&format.name))
}

/// The name of a format as this program writes it.
pub(super) fn known_name(name: &str) -> Option<&'static str> {
    let inside_packages = [docx::NAME, epub::NAME, odt::NAME, ""];
    FORMATS.iter().map(|format| format.name).chain(inside_packages).find(|known| *known == name)
}

/// Endings of formats that are not plain text; a file so named that holds plain text is misnamed.
const FOREIGN: &[&str] = &["pdf", "doc", "docx", "odt", "rtf", "epub", "zip", "gz"];

/// The format of a file by its first bytes, else by its ending; else what it is and what can be done.
fn format_of(head: &[u8], ending: &str) -> Result<&'static Format, (String, &'static str)> {
    if let Some(format) = FORMATS.iter().find(|format| (format.shows)(head)) {
        return Ok(format);
    }
    if let Some(what) = unread(head) {
        return Err((what.to_owned(), "leave it out, or save it as .docx or .txt"));
    }
    if let Some(format) = FORMATS.iter().find(|format| format.endings.contains(&ending)) {
        return Ok(format);
    }
    match (ending, xml::root(head)) {
        ("xml", Some(root)) => {
            Err((format!("is XML of a kind that is not known (<{root}>)"), "save it as JATS, TEI, HTML or plain text"))
        }
        ("", _) => Ok(&plain::FORMAT),
        (ending, _) if FOREIGN.contains(&ending) => Ok(&plain::FORMAT),
        (ending, _) => {
            Err((format!("is of no known format (.{ending})"), "if it is plain text, give it the ending .txt"))
        }
    }
}

/// What a file is that holds no text that can be read here, if its first bytes say so.
fn unread(head: &[u8]) -> Option<&'static str> {
    const MARKS: &[(&[u8], &str)] = &[
        (b"{\\rtf", "is RTF, which is not read"),
        (b"\x89PNG", "is binary: a PNG picture"),
        (b"\xff\xd8\xff", "is binary: a JPEG picture"),
        (b"GIF8", "is binary: a GIF picture"),
        (b"\xd0\xcf\x11\xe0", "is binary: an old Office file (.doc, .xls)"),
        (b"7z\xbc\xaf", "is binary: a 7z archive"),
        (b"Rar!", "is binary: a RAR archive"),
        (b"\x7fELF", "is binary: a program"),
    ];
    let found = MARKS.iter().find(|(mark, _)| head.starts_with(mark)).map(|mark| mark.1);
    found.or_else(|| is_binary(head).then_some("is binary: no text in any known encoding"))
}

/// What follows the last dot of the last part of `path`; empty where there is none.
fn ending(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rfind('.') {
        Some(at) if at > 0 && name.len() - at <= 12 => &name[at + 1..],
        _ => "",
    }
}

/// `path` without the ending of its last part, if it has one.
pub(super) fn without_ending(path: &str) -> &str {
    match ending(path) {
        "" => path,
        ending => &path[..path.len() - ending.len() - 1],
    }
}

/// Whether the bytes are no text in any encoding: more than a few, and more than one in fifty, are control characters.
fn is_binary(head: &[u8]) -> bool {
    let control = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    head.iter().filter(control).count() > 2 + head.len() / 50
}

#[cfg(test)]
mod tests;
