//! Archives, read as streams: gzip and zip of any format, and the documents that are zip archives inside.
//!
//! Nothing is ever unpacked to disk, and what an archive says of its sizes is not believed: bytes are counted as they come.

use super::super::catalog::Severity;
use super::package::{Growing, Package};
use super::{Format, Input, Intake, Take, docx, epub, odt};

pub(super) const ZIP: Format = Format {
    name: "zip",
    endings: &[],
    shows: |head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
    take: Take::Stream(take_zip),
};

pub(super) const GZIP: Format = Format {
    name: "gzip",
    endings: &[],
    shows: |head| head.starts_with(b"\x1f\x8b\x08"),
    take: Take::Stream(take_gzip),
};

fn take_zip(input: Input, intake: &mut Intake) {
    let mut package = match Package::open(input, intake.settings.limits) {
        Ok(package) => package,
        Err((what, hint)) => return intake.skip(&what, hint),
    };
    let mimetype =
        if package.has("mimetype") { package.text("mimetype", intake).unwrap_or_default() } else { String::new() };
    if package.has("word/document.xml") {
        intake.set_format(docx::NAME);
        docx::take(&mut package, intake);
    } else if mimetype.trim() == "application/epub+zip" || package.has("META-INF/container.xml") {
        intake.set_format(epub::NAME);
        epub::take(&mut package, intake);
    } else if mimetype.trim().starts_with("application/vnd.oasis.opendocument.text") {
        intake.set_format(odt::NAME);
        odt::take(&mut package, intake);
    } else if package.has("[Content_Types].xml") || mimetype.starts_with("application/vnd.oasis") {
        intake.skip("is a spreadsheet, presentation or drawing", "save its text as .docx, .odt, .csv or .txt");
    } else {
        take_members(&mut package, intake);
    }
}

/// Reads each member of a plain archive as a file of its own, in order of name.
fn take_members(package: &mut Package, intake: &mut Intake) {
    let mut members: Vec<(String, usize)> = Vec::new();
    for (at, name) in package.names().into_iter().enumerate() {
        if name.as_ref().is_some_and(|name| name.ends_with(['/', '\\'])) {
            continue;
        }
        members.push((name.map_or_else(|| format!("entry {}", at + 1), |name| safe(&name)), at));
    }
    members.sort();
    for (name, at) in members {
        let bare = name.rsplit('/').next().unwrap_or("");
        if bare.starts_with('.') || bare.starts_with("~$") || name.starts_with("__MACOSX/") {
            continue;
        }
        match package.part(at) {
            Ok(part) => {
                let n_bytes = part.limit();
                intake.within(&name, Some(&name), |intake| super::read(Input::new(part).with_n_bytes(n_bytes), intake));
            }
            Err(e) => {
                let what = format!("{name}: cannot be read: {e}");
                intake.fault(Severity::Skipped, None, what, "unpack the archive, without a password");
            }
        }
    }
}

/// The name of a member as a path that leads nowhere else: no root, drive, `..` or control character.
fn safe(name: &str) -> String {
    let is_part = |part: &&str| !part.is_empty() && *part != "." && *part != ".." && !part.ends_with(':');
    let parts: Vec<&str> = name.split(['/', '\\']).filter(is_part).collect();
    parts.join("/").chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn take_gzip(input: Input, intake: &mut Intake) {
    let limits = intake.settings.limits;
    let n_packed = input.n_bytes().unwrap_or(limits.entry_bytes);
    let unpacked = Growing::new(flate2::read::MultiGzDecoder::new(input), n_packed, &limits);
    let label = intake.label().strip_suffix(".gz").unwrap_or(intake.label()).to_owned();
    intake.within(&label, None, |intake| super::read(Input::new(unpacked), intake));
}
