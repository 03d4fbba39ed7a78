//! Archives, read as streams: gzip and zip of any format, and the documents that are zip archives inside.
//!
//! Nothing is ever unpacked to disk, and what an archive says of its sizes is not believed: bytes are counted as they come.

use super::super::catalog::Severity;
use super::super::settings::LimitSettings;
use super::input::ReadSeek;
use super::{Format, Input, Intake, Take, decode, docx, epub, odt};
use std::io::{self, Read};
use zip::ZipArchive;

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

/// Bytes that may be unpacked before growth is looked at.
const FREE_BYTES: u64 = 1_000_000;

/// An archive of named parts.
pub(super) struct Package<'a> {
    archive: ZipArchive<Box<dyn ReadSeek + 'a>>,
    limits: LimitSettings,
}

impl Package<'_> {
    /// Whether it has a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of the part of this name; `None` where it is not there, with a fault where it cannot be read.
    pub(super) fn text(&mut self, name: &str, intake: &mut Intake) -> Option<String> {
        let at = self.archive.index_for_name(name)?;
        let limits = self.limits;
        let read = self.open(at).and_then(|part| Input::new(part).bytes(limits.entry_bytes));
        match read {
            Ok((_, true)) => {
                let what = format!("{name} in it is larger than {} bytes (entry_bytes)", limits.entry_bytes);
                intake.skip(&what, "raise entry_bytes under [corpus.limits] if you trust the file");
                None
            }
            Ok((bytes, false)) => {
                let decoded = decode::decode(bytes);
                decode::report(decoded.n_replaced, intake);
                Some(decoded.text)
            }
            Err(e) => {
                intake.skip(&format!("{name} in it cannot be read: {e}"), "see that the file is whole");
                None
            }
        }
    }

    fn open(&mut self, at: usize) -> io::Result<Growing<impl Read>> {
        let limits = self.limits;
        let part = self.archive.by_index(at).map_err(io::Error::other)?;
        let n_packed = part.compressed_size();
        Ok(Growing::new(part, n_packed, &limits))
    }
}

fn take_zip(input: Input, intake: &mut Intake) {
    let limits = intake.settings.limits;
    let opened = input.seekable(limits.entry_bytes).and_then(|bytes| ZipArchive::new(bytes).map_err(io::Error::other));
    let archive = match opened {
        Ok(archive) => archive,
        Err(e) => return intake.skip(&format!("is a damaged archive: {e}"), "fetch or save it again"),
    };
    if archive.len() > limits.n_entries as usize {
        let what = format!("holds {} entries, more than {} (n_entries)", archive.len(), limits.n_entries);
        return intake.skip(&what, "unpack it, or raise n_entries under [corpus.limits]");
    }
    let mut package = Package { archive, limits };
    if package.archive.has_overlapping_files().unwrap_or(true) {
        return intake.skip("is an archive whose entries overlap, as no honest one's do", "fetch or make it again");
    }
    let mimetype =
        if package.has("mimetype") { package.text("mimetype", intake).unwrap_or_default() } else { String::new() };
    if package.has("word/document.xml") {
        intake.set_format("docx");
        docx::take(&mut package, intake);
    } else if mimetype.trim() == "application/epub+zip" || package.has("META-INF/container.xml") {
        intake.set_format("epub");
        epub::take(&mut package, intake);
    } else if mimetype.trim().starts_with("application/vnd.oasis.opendocument.text") {
        intake.set_format("odt");
        odt::take(&mut package, intake);
    } else if package.has("[Content_Types].xml") || mimetype.starts_with("application/vnd.oasis") {
        intake.skip("is a spreadsheet, presentation or drawing", "save its text as .docx, .odt, .csv or .txt");
    } else {
        take_members(&mut package, intake);
    }
}

/// Reads each member of a plain archive as a file of its own, in order of name.
fn take_members(package: &mut Package, intake: &mut Intake) {
    let name_at = |at: usize, package: &Package| match package.archive.name_for_index(at) {
        Some(Ok(name)) => safe(&name),
        _ => format!("entry {}", at + 1),
    };
    let mut members: Vec<(String, usize)> = (0..package.archive.len()).map(|at| (name_at(at, package), at)).collect();
    members.sort();
    for (name, at) in members {
        let bare = name.rsplit('/').next().unwrap_or("");
        let is_folder =
            package.archive.name_for_index(at).is_some_and(|name| name.is_ok_and(|name| name.ends_with(['/', '\\'])));
        if is_folder || bare.starts_with('.') || bare.starts_with("~$") || name.starts_with("__MACOSX/") {
            continue;
        }
        match package.open(at) {
            Ok(part) => {
                let n_bytes = part.limit;
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

/// A stream that ends in an error when it grows too far beyond what it was unpacked from.
struct Growing<R> {
    from: R,
    n_read: u64,
    limit: u64,
    growth: u32,
}

impl<R: Read> Growing<R> {
    fn new(from: R, n_packed: u64, limits: &LimitSettings) -> Self {
        let limit = n_packed.saturating_mul(u64::from(limits.growth)).max(FREE_BYTES);
        Self { from, n_read: 0, limit, growth: limits.growth }
    }
}

impl<R: Read> Read for Growing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(buffer)?;
        self.n_read += n as u64;
        if self.n_read > self.limit {
            return Err(io::Error::other(format!("it grows more than {}-fold when unpacked (growth)", self.growth)));
        }
        Ok(n)
    }
}
