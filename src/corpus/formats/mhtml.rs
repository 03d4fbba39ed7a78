//! Web pages saved whole (MHTML): the page out of the message that holds it with its pictures (RFC 2557, 2045).

use super::{Format, Input, Intake, Take, decode, html};

pub(super) const FORMAT: Format = Format { name: "mhtml", endings: &["mhtml", "mht"], shows, take: Take::Stream(take) };

/// Whether the first lines are those of a message of parts that belong together.
fn shows(head: &[u8]) -> bool {
    let top = headers(head).0.to_ascii_lowercase();
    top.lines().any(|line| line.starts_with("mime-version:")) && top.contains("multipart/related")
}

fn take(input: Input, intake: &mut Intake) {
    let bytes = match input.bytes(intake.settings.limits.entry_bytes) {
        Ok((bytes, _)) => bytes,
        Err(e) => return intake.skip(&format!("cannot be read to its end: {e}"), "see that the file is whole"),
    };
    let (top, body) = headers(&bytes);
    let boundary = field(&top, "content-type").and_then(|kind| parameter(&kind, "boundary"));
    let parts = boundary.map(|boundary| parts(body, &boundary)).unwrap_or_default();
    let page = parts.into_iter().map(headers).find_map(|(top, body)| {
        let kind = field(&top, "content-type")?.to_ascii_lowercase();
        (kind.starts_with("text/html") || kind.starts_with("application/xhtml")).then(|| unpacked(&top, body))
    });
    let Some(page) = page else { return intake.skip("holds no page", "save the page again, as HTML") };
    let decoded = decode::decode(page);
    decode::report(decoded.n_replaced, intake);
    intake.set_format(html::FORMAT.name);
    let mut document = html::document(decoded.text, intake);
    let place = field(&top, "snapshot-content-location").filter(|place| place.starts_with("http"));
    document.metadata.url = document.metadata.url.or(place);
    intake.document(document);
}

/// The lines of fields at the start, those that go on joined, and what follows the blank line.
fn headers(bytes: &[u8]) -> (String, &[u8]) {
    let end = [b"\r\n\r\n".as_slice(), b"\n\n"]
        .into_iter()
        .filter_map(|gap| Some((memchr::memmem::find(bytes, gap)?, gap.len())));
    let (at, n) = end.min().unwrap_or((bytes.len(), 0));
    let top = String::from_utf8_lossy(&bytes[..at]).replace("\r\n", "\n");
    (top.replace("\n\t", " ").replace("\n ", " "), &bytes[at + n..])
}

/// The value of the field of this name.
fn field(top: &str, name: &str) -> Option<String> {
    let of = |line: &str| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    };
    top.lines().find_map(of)
}

/// The value of `name=` in a field, its quotes taken away.
fn parameter(field: &str, name: &str) -> Option<String> {
    let of = |part: &str| {
        let (found, value) = part.trim().split_once('=')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_owned())
    };
    field.split(';').find_map(of).filter(|value| !value.is_empty())
}

/// What stands between the lines of the boundary.
fn parts<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let mark = format!("--{boundary}");
    let ats: Vec<usize> = memchr::memmem::find_iter(body, mark.as_bytes()).collect();
    let part = |pair: &[usize]| body[pair[0] + mark.len()..pair[1]].trim_ascii_start();
    let whole: Vec<usize> = ats.into_iter().chain([body.len()]).collect();
    whole.windows(2).map(part).collect()
}

/// The bytes of a part as they were before they were sent.
fn unpacked(top: &str, body: &[u8]) -> Vec<u8> {
    match field(top, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
        "quoted-printable" => from_quoted(body),
        "base64" => from_base64(body),
        _ => body.to_vec(),
    }
}

fn from_quoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..at]);
        let after = &rest[at + 1..];
        let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
        rest = match (after, digit(0), digit(1)) {
            ([b'\r', b'\n', left @ ..] | [b'\n', left @ ..], ..) => left,
            (_, Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                &after[2..]
            }
            _ => {
                out.push(b'=');
                after
            }
        };
    }
    out.extend_from_slice(rest);
    out
}

fn from_base64(body: &[u8]) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut out, mut bits, mut n_bits) = (Vec::with_capacity(body.len() / 4 * 3), 0u32, 0);
    for six in body.iter().filter_map(|b| value(*b)) {
        bits = bits << 6 | u32::from(six);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits) as u8);
        }
    }
    out
}
