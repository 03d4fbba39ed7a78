//! Bytes in any encoding to text: byte order marks, UTF-8, UTF-16, UTF-32, else the likeliest.

use super::super::catalog::Severity;
use super::input::Input;
use super::intake::Intake;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// A text, and how many of its bytes or byte pairs stood for nothing and became U+FFFD.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) n_replaced: usize,
}

/// An encoding of two or four bytes a unit.
#[derive(Clone, Copy)]
pub(super) enum Wide {
    Utf16(&'static Encoding),
    Utf32 { little: bool },
}

impl Wide {
    /// Decodes all of `bytes`.
    pub(super) fn decode(self, bytes: &[u8]) -> Decoded {
        match self {
            Wide::Utf16(encoding) => by(encoding, bytes),
            Wide::Utf32 { little } => {
                let mut text = String::with_capacity(bytes.len() / 4);
                for unit in bytes.chunks(4) {
                    let unit: [u8; 4] = unit.try_into().unwrap_or([0xff; 4]);
                    let code = if little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) };
                    text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                }
                let n_replaced = text.matches('\u{fffd}').count();
                Decoded { text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text), n_replaced }
            }
        }
    }
}

/// The wide encoding that a file starting so is in: by its byte order mark, or by where its zero bytes lie.
pub(super) fn wide(head: &[u8]) -> Option<Wide> {
    match head {
        [0xff, 0xfe, 0, 0, ..] => return Some(Wide::Utf32 { little: true }),
        [0, 0, 0xfe, 0xff, ..] => return Some(Wide::Utf32 { little: false }),
        [0xff, 0xfe, ..] => return Some(Wide::Utf16(UTF_16LE)),
        [0xfe, 0xff, ..] => return Some(Wide::Utf16(UTF_16BE)),
        _ => {}
    }
    let head = &head[..head.len().min(4096)];
    let n_zero_at = |rest: usize| head.iter().skip(rest).step_by(4).filter(|b| **b == 0).count() * 4;
    let zero: [usize; 4] = std::array::from_fn(n_zero_at);
    let (many, few) = (head.len() * 6 / 10, head.len() / 10);
    match zero.map(|n| {
        if n >= many.max(4) {
            1
        } else if n <= few {
            0
        } else {
            2
        }
    }) {
        [0, 1, 1, 1] => Some(Wide::Utf32 { little: true }),
        [1, 1, 1, 0] => Some(Wide::Utf32 { little: false }),
        [0, 1, 0, 1] => Some(Wide::Utf16(UTF_16LE)),
        [1, 0, 1, 0] => Some(Wide::Utf16(UTF_16BE)),
        _ => None,
    }
}

/// `bytes` without the byte order mark of UTF-8.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The whole of `input` as text; `None`, with a fault, where it cannot be read.
pub(super) fn whole(input: Input, intake: &mut Intake) -> Option<String> {
    let limit = intake.settings.limits.entry_bytes;
    let (bytes, cut) = match input.bytes(limit) {
        Ok(read) => read,
        Err(e) => {
            intake.skip(
                &format!("cannot be read to its end: {e}"),
                "see that the file is whole and that you may read it",
            );
            return None;
        }
    };
    if cut {
        let what = format!("is larger than {limit} bytes (entry_bytes); the rest is not read");
        intake.fault(Severity::Cut, None, what, "split the file, or raise entry_bytes under [corpus.limits]");
    }
    let Decoded { text, n_replaced } = decode(bytes);
    report(n_replaced, intake);
    Some(text)
}

/// Says how many bytes stood for nothing, if any did.
pub(super) fn report(n_replaced: usize, intake: &mut Intake) {
    if n_replaced > 0 {
        let bytes = if n_replaced == 1 { "byte does" } else { "bytes do" };
        let what = format!("{n_replaced} {bytes} not fit the encoding and became \u{fffd}");
        intake.fault(Severity::Degraded, None, what, "save the file as UTF-8");
    }
}

/// Decodes a whole file.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some(wide) = wide(&bytes) {
        return wide.decode(&bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.contains("\u{1b}$") || text.contains("\u{1b}(") => narrow(text.as_bytes()),
        Ok(text) => Decoded { text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text), n_replaced: 0 },
        Err(e) => narrow(e.as_bytes()),
    }
}

fn narrow(bytes: &[u8]) -> Decoded {
    by(declared(bytes).unwrap_or_else(|| likeliest(&mut detector(), bytes)), bytes)
}

fn by(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let n_before = if encoding == UTF_8 { count(bytes) } else { 0 };
    let n_replaced = text.matches('\u{fffd}').count().saturating_sub(n_before);
    Decoded { text: text.into_owned(), n_replaced }
}

/// How often U+FFFD itself is written in bytes of UTF-8.
fn count(bytes: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, "\u{fffd}").count()
}

fn detector() -> EncodingDetector {
    EncodingDetector::new(Iso2022JpDetection::Allow)
}

/// UTF-8 where nearly all that is not ASCII is good UTF-8, else what the detector holds likeliest.
fn likeliest(detector: &mut EncodingDetector, bytes: &[u8]) -> &'static Encoding {
    let (mut n_good, mut n_bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    if n_bad > 0 && n_good >= 8 * n_bad {
        return UTF_8;
    }
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The encoding that XML or HTML names for itself, unless it names UTF-8, which it then is not.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let lower = head.to_ascii_lowercase();
    let at = [b"encoding=".as_slice(), b"charset="]
        .into_iter()
        .find_map(|key| Some(memchr::memmem::find(&lower, key)? + key.len()))?;
    let label = lower[at..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:".contains(b)).unwrap_or(label.len());
    Encoding::for_label(&label[..end]).filter(|encoding| *encoding != UTF_8 && !encoding.name().starts_with("UTF-16"))
}

/// Decodes a file piece by piece; the first piece that is not UTF-8 settles what the others like it are in.
#[derive(Default)]
pub(super) struct Pieces {
    encoding: Option<&'static Encoding>,
    /// How many bytes stood for nothing so far.
    pub(super) n_replaced: usize,
}

impl Pieces {
    /// The text of one piece.
    pub(super) fn text<'a>(&mut self, piece: &'a [u8]) -> Cow<'a, str> {
        if let Ok(text) = std::str::from_utf8(piece) {
            return Cow::Borrowed(text);
        }
        let encoding = *self.encoding.get_or_insert_with(|| likeliest(&mut detector(), piece));
        let decoded = by(encoding, piece);
        self.n_replaced += decoded.n_replaced;
        Cow::Owned(decoded.text)
    }
}
