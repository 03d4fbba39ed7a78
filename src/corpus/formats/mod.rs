//! One file a format, behind one small contract: bytes in, documents and faults out.
//!
//! A format says how its content and its names look, and reads either a whole decoded text or a stream of bytes. What a
//! file holds is judged by its content first and by its name second.

mod beside;
mod bibtex;
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
mod lines;
mod markdown;
mod odt;
mod package;
mod plain;
mod prose;
mod pubmed;
mod references;
mod sections;
mod table;
mod tagged;
mod tei;
mod xml;

pub(super) use beside::{NAME as LIST_BESIDE, rows as rows_beside};
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
    package::ZIP,
    package::GZIP,
    jats::FORMAT,
    pubmed::FORMAT,
    tei::FORMAT,
    endnote::FORMAT,
    html::FORMAT,
    docling::FORMAT,
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
        return intake.skip(&format!("cannot be read: {fault}"), "see that you may read it");
    }
    let ending = ending(intake.label()).to_lowercase();
    let wide = decode::wide(input.head());
    let head = match wide {
        Some(wide) => wide.decode(input.head()).text.into_bytes(),
        None => decode::without_mark(input.head()).to_vec(),
    };
    let format = FORMATS.iter().find(|format| (format.shows)(&head));
    if let (None, "xml", Some(root)) = (format, ending.as_str(), xml::root(&head)) {
        let what = format!("is XML of a kind that is not known (<{root}>)");
        return intake.skip(&what, "save it as JATS, TEI, HTML or plain text");
    }
    let format = match format.or_else(|| FORMATS.iter().find(|format| format.endings.contains(&ending.as_str()))) {
        _ if format.is_none() && is_binary(&head) => return skip_binary(&head, intake),
        Some(format) => format,
        None if ending.is_empty() => &plain::FORMAT,
        None if FOREIGN.contains(&ending.as_str()) => {
            let what = format!("is named .{ending} but holds plain text, and is read as such");
            intake.fault(
                Severity::Degraded,
                None,
                what,
                "give it the name that fits, or put the right file in its place",
            );
            &plain::FORMAT
        }
        None => {
            let what = format!("is of no known format (.{ending})");
            return intake.skip(&what, "if it is plain text, give it the ending .txt");
        }
    };
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

/// Endings of formats that are not plain text; a file so named that holds plain text is misnamed.
const FOREIGN: &[&str] = &["pdf", "doc", "docx", "odt", "rtf", "epub", "zip", "gz"];

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

fn skip_binary(head: &[u8], intake: &mut Intake) {
    const MARKS: &[(&[u8], &str)] = &[
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x7fELF", "a program"),
        (b"MZ", "a program"),
    ];
    let what = MARKS.iter().find(|(mark, _)| head.starts_with(mark)).map_or("no text in any known encoding", |m| m.1);
    intake.skip(&format!("is binary: {what}"), "leave it out, or save it as text, .docx or .pdf");
}

#[cfg(test)]
mod tests;
