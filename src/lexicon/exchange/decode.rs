//! Bytes to text: what a byte order mark or XML says, else UTF-8, else what the caller knows, else Windows-1252.

use super::super::foreign::Losses;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text of a file, without byte order mark, line ends as `\n`.
pub(super) fn decode(bytes: &[u8], told: Option<&str>, losses: &mut Losses) -> Result<String, String> {
    let told = match told {
        None => None,
        Some(label) => match Encoding::for_label(label.trim().as_bytes()) {
            Some(encoding) => Some(encoding),
            None => return Err(format!("encoding \"{label}\" is not known")),
        },
    };
    let encoding = match (Encoding::for_bom(bytes), told.or_else(|| declared(bytes))) {
        (Some((encoding, _)), _) | (None, Some(encoding)) => encoding,
        (None, None) if std::str::from_utf8(bytes).is_ok() => UTF_8,
        (None, None) => {
            losses.add(0, "", "", "is not UTF-8 and was read as Windows-1252; give --encoding if that is wrong");
            WINDOWS_1252
        }
    };
    let (text, _, bad) = encoding.decode(bytes);
    if bad {
        losses.add(0, "", "", format!("has bytes that are not {}; each became \u{fffd}", encoding.name()));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok(if text.contains('\0') { text.replace('\0', "") } else { text })
}

/// The encoding that XML names for itself; UTF-16 cannot be what it is in, or it would not have been found.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let at = memchr::memmem::find(head, b"encoding=")? + b"encoding=".len();
    let quote = *head.get(at)?;
    let label = head[at + 1..].split(|byte| *byte == quote).next()?;
    Encoding::for_label(label).filter(|encoding| !encoding.name().starts_with("UTF-16"))
}

/// `text` without control characters.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
