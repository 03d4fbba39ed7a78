//! Reference exports in which each line starts with a tag: RIS, NBIB, Ovid, EndNote (`.enw`), Web of Science, RefWorks.

use super::super::catalog::Severity;
use super::decode::{self, Pieces};
use super::lines::{Line, Lines};
use super::references::{Fields, Part, Parts, Reference};
use super::{Format, Input, Intake, Take, ovid};

/// How one family of exports writes its records.
struct Dialect {
    /// The tag and the value of a line, or `None` where the line has no tag.
    tag: fn(&str) -> Option<(&str, &str)>,
    /// Whether a line starts a record.
    starts: fn(&str) -> bool,
    /// The tag that ends a record, or empty.
    end: &'static str,
    /// Whether a blank line and the tag that the open record began with start another, as in exports without ids.
    blank_parts: bool,
    /// Tags under which each further line is a value of its own.
    listed: &'static [&'static str],
    /// Takes away what the export adds to its values.
    tidy: Option<fn(&mut Fields)>,
    /// What the tags mean.
    parts: Parts,
}

pub(super) const RIS: Format = Format {
    name: "ris",
    endings: &["ris"],
    shows: shows_ris,
    take: Take::Stream(|input, intake| take(input, &RIS_LINES, intake)),
};
pub(super) const NBIB: Format = Format {
    name: "nbib",
    endings: &["nbib"],
    shows: |head| first_line(head).starts_with(b"PMID- ") || first_line(head).starts_with(b"OWN - "),
    take: Take::Stream(|input, intake| take(input, &NBIB_LINES, intake)),
};
pub(super) const OVID: Format = Format {
    name: "ovid",
    endings: &["ovid"],
    shows: |head| is_numbered(&String::from_utf8_lossy(first_line(head))),
    take: Take::Stream(|input, intake| take(input, &OVID_LINES, intake)),
};
pub(super) const ENW: Format = Format {
    name: "enw",
    endings: &["enw", "refer"],
    shows: |head| matches!(first_line(head), [b'%', b'0' | b'A' | b'T', b' ', ..]),
    take: Take::Stream(|input, intake| take(input, &ENW_LINES, intake)),
};
pub(super) const WOS: Format = Format {
    name: "web-of-science",
    endings: &["wos", "ciw"],
    shows: |head| first_line(head).starts_with(b"FN ") && has_line(head, b"PT "),
    take: Take::Stream(|input, intake| take(input, &WOS_LINES, intake)),
};
pub(super) const REFWORKS: Format = Format {
    name: "refworks",
    endings: &["refworks"],
    shows: |head| {
        first_line(head).starts_with(b"RT ") && has_line(head, b"SR ") || has_line(head, b"BEGIN EXPORTED REFERENCES")
    },
    take: Take::Stream(|input, intake| take(input, &REFWORKS_LINES, intake)),
};

const RIS_LINES: Dialect = Dialect {
    tag: ris_tag,
    starts: |line| ris_tag(line).is_some_and(|tag| tag.0 == "TY"),
    end: "ER",
    blank_parts: false,
    listed: &["KW"],
    tidy: None,
    parts: &[
        (Part::Title, &["TI", "T1", "CT", "BT"]),
        (Part::Abstract, &["AB", "N2"]),
        (Part::Author, &["AU", "A1", "ED", "A2"]),
        (Part::Year, &["PY", "DA", "Y1"]),
        (Part::Doi, &["DO", "DI", "M3", "L3", "N1", "UR"]),
        (Part::Url, &["UR", "L2"]),
        (Part::Publication, &["JF", "T2", "JO", "JT", "JA", "J2", "BT"]),
        (Part::Language, &["LA"]),
        (Part::Kind, &["TY"]),
    ],
};

const NBIB_LINES: Dialect = Dialect {
    tag: nbib_tag,
    starts: |line| line.starts_with("PMID- "),
    end: "",
    blank_parts: true,
    listed: &[],
    tidy: None,
    parts: &[
        (Part::Title, &["TI", "BTI"]),
        (Part::Abstract, &["AB", "OAB"]),
        (Part::Author, &["FAU", "AU", "CN", "FED", "ED"]),
        (Part::Year, &["DP", "DEP"]),
        (Part::Doi, &["LID", "AID"]),
        (Part::Publication, &["JT", "TA", "BTI"]),
        (Part::Language, &["LA"]),
        (Part::Kind, &["PT"]),
    ],
};

const OVID_LINES: Dialect = Dialect {
    tag: ovid_tag,
    starts: is_numbered,
    end: "",
    blank_parts: false,
    listed: &[],
    tidy: Some(ovid::tidy),
    parts: &[
        (Part::Title, &["TI", "BT"]),
        (Part::Abstract, &["AB"]),
        (Part::Author, &["AU", "FA", "ED"]),
        (Part::Year, &["YR", "DP", "SO"]),
        (Part::Doi, &["DO", "DI"]),
        (Part::Url, &["XL", "UR"]),
        (Part::Publication, &["JN", "JT", "SO", "BT"]),
        (Part::Language, &["LG"]),
        (Part::Kind, &["PT", "DT"]),
    ],
};

const ENW_LINES: Dialect = Dialect {
    tag: |line| match line.as_bytes() {
        [b'%', tag, b' ', ..] if tag.is_ascii_graphic() => Some((&line[..2], &line[3..])),
        [b'%', tag] if tag.is_ascii_graphic() => Some((line, "")),
        _ => None,
    },
    starts: |line| line.starts_with("%0 "),
    end: "",
    blank_parts: true,
    listed: &[],
    tidy: None,
    parts: &[
        (Part::Title, &["%T"]),
        (Part::Abstract, &["%X"]),
        (Part::Author, &["%A", "%E"]),
        (Part::Year, &["%D", "%8"]),
        (Part::Doi, &["%R", "%U"]),
        (Part::Url, &["%U"]),
        (Part::Publication, &["%J", "%B"]),
        (Part::Language, &["%G"]),
        (Part::Kind, &["%0"]),
    ],
};

const WOS_LINES: Dialect = Dialect {
    tag: spaced_tag,
    starts: |line| line.starts_with("PT "),
    end: "ER",
    blank_parts: false,
    listed: &["AU", "AF", "BE", "CR", "C1"],
    tidy: Some(|fields| without_address(fields)),
    parts: &[
        (Part::Title, &["TI"]),
        (Part::Abstract, &["AB"]),
        (Part::Author, &["AF", "AU", "BE"]),
        (Part::Year, &["PY", "PD"]),
        (Part::Doi, &["DI"]),
        (Part::Publication, &["SO"]),
        (Part::Language, &["LA"]),
        (Part::Kind, &["DT"]),
    ],
};

const REFWORKS_LINES: Dialect = Dialect {
    tag: spaced_tag,
    starts: |line| line.starts_with("RT "),
    end: "",
    blank_parts: false,
    listed: &[],
    tidy: None,
    parts: &[
        (Part::Title, &["T1"]),
        (Part::Abstract, &["AB"]),
        (Part::Author, &["A1", "A2"]),
        (Part::Year, &["YR", "FD"]),
        (Part::Doi, &["DO", "NO", "LK"]),
        (Part::Url, &["LK", "UL"]),
        (Part::Publication, &["JF", "JO", "T2"]),
        (Part::Language, &["LA"]),
        (Part::Kind, &["RT"]),
    ],
};

/// Tags of RIS that are known even where the spaces around the hyphen are missing.
const RIS_TAGS: &[&str] = &[
    "TY", "ER", "AU", "A1", "A2", "A3", "A4", "TI", "T1", "T2", "T3", "AB", "N1", "N2", "PY", "Y1", "Y2", "DA", "JO",
    "JF", "JA", "J2", "KW", "VL", "IS", "SP", "EP", "SN", "DO", "UR", "LA", "DB", "DP", "PB", "CY", "ID", "AN", "C1",
    "C2", "M3", "AD", "AV", "BT", "C3", "C4", "C5", "C6", "C7", "C8", "CA", "CN", "CT", "DI", "ED", "ET", "JT", "L1",
    "L2", "L3", "L4", "LB", "LK", "M1", "M2", "NV", "OP", "PP", "RI", "RN", "RP", "SE", "ST", "TA", "TT", "U1", "U2",
    "U3", "U4", "U5",
];

/// `XX  - value`; with fewer spaces only for tags that are known.
fn ris_tag(line: &str) -> Option<(&str, &str)> {
    let [a, b, rest @ ..] = line.as_bytes() else { return None };
    if !a.is_ascii_uppercase() || !(b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return None;
    }
    let n_spaces = rest.iter().take_while(|b| **b == b' ').count();
    let after = line[2 + n_spaces..].strip_prefix('-')?;
    let is_whole = n_spaces == 2 && (after.is_empty() || after.starts_with(' '));
    let is_known = n_spaces <= 2 && RIS_TAGS.contains(&&line[..2]);
    (is_whole || is_known).then(|| (&line[..2], after.trim_start()))
}

/// A tag of up to four characters, padded to four, and `- `.
fn nbib_tag(line: &str) -> Option<(&str, &str)> {
    let tag = line.get(..4)?.trim_end();
    let after = line.get(4..)?;
    let value = after.strip_prefix('-').or_else(|| after.strip_prefix(" - "))?;
    let fits = tag.len() >= 2 && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    fits.then(|| (tag, value.trim_start()))
}

/// A tag of two capitals or more, one or two spaces, a hyphen and a space.
fn ovid_tag(line: &str) -> Option<(&str, &str)> {
    let n = line.bytes().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
    let value = line[n..].strip_prefix("  - ").or_else(|| line[n..].strip_prefix(" - "))?;
    (2..=6).contains(&n).then(|| (&line[..n], value))
}

/// Two capitals (or a capital and a digit) and a space; or nothing but the two.
fn spaced_tag(line: &str) -> Option<(&str, &str)> {
    match line.as_bytes() {
        [a, b] | [a, b, b' ', ..] if a.is_ascii_uppercase() && (b.is_ascii_uppercase() || b.is_ascii_digit()) => {
            Some((&line[..2], line[2..].trim_start()))
        }
        _ => None,
    }
}

/// Web of Science may put an author's address of mail behind the name.
fn without_address(fields: &mut [(String, String)]) {
    for (_, name) in fields.iter_mut().filter(|field| matches!(field.0.as_str(), "AU" | "AF")) {
        if let Some(at) = name.find(" (").filter(|at| name[*at..].contains('@')) {
            name.truncate(at);
        }
    }
}

/// `<12. >`, which starts a record of Ovid.
fn is_numbered(line: &str) -> bool {
    let number = line.trim_end().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let number = number.and_then(|rest| rest.trim_end().strip_suffix('.'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn first_line(head: &[u8]) -> &[u8] {
    let head = head.trim_ascii_start();
    let end = head.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(head.len());
    &head[..end]
}

fn has_line(head: &[u8], start: &[u8]) -> bool {
    head.split(|b| matches!(b, b'\n' | b'\r')).any(|line| line.starts_with(start))
}

/// Whether a line `TY  - ` is there and at least one more tag follows it.
fn shows_ris(head: &[u8]) -> bool {
    let mut lines =
        head.split(|b| matches!(b, b'\n' | b'\r')).map(<[u8]>::trim_ascii_start).filter(|line| !line.is_empty());
    lines.any(|line| line.starts_with(b"TY  - "))
        && lines.next().is_some_and(|line| ris_tag(&String::from_utf8_lossy(line)).is_some())
}

fn take(mut input: Input, dialect: &Dialect, intake: &mut Intake) {
    if decode::wide(input.head()).is_some() {
        if let Some(text) = decode::whole(input, intake) {
            read(text.as_bytes(), dialect, intake);
        }
        return;
    }
    let n_mark = input.head().len() - decode::without_mark(input.head()).len();
    input.skip(n_mark);
    read(input, dialect, intake);
}

fn read(from: impl std::io::Read, dialect: &Dialect, intake: &mut Intake) {
    let limit = intake.settings.limits.entry_bytes;
    let mut lines = Lines::new(from, limit);
    let mut pieces = Pieces::default();
    let mut records = Records { dialect, open: None, is_implied: false, n_blank: 0 };
    loop {
        match lines.next() {
            Ok(None) => break,
            Ok(Some(Line::Whole(n, bytes))) => {
                let text = pieces.text(bytes);
                for line in text.split('\r') {
                    records.line(n, line, intake);
                }
            }
            Ok(Some(Line::TooLong(n))) => {
                let what = format!("the line is longer than {limit} bytes (entry_bytes)");
                intake.fault(
                    Severity::Cut,
                    Some(n),
                    what,
                    "split the record, or raise entry_bytes under [corpus.limits]",
                );
            }
            Err(e) => {
                intake.skip(
                    &format!("cannot be read to its end: {e}"),
                    "see that the file is whole and that you may read it",
                );
                break;
            }
        }
    }
    records.close(intake);
    decode::report(pieces.n_replaced, intake);
}

/// Puts lines together to records.
struct Records<'d> {
    dialect: &'d Dialect,
    open: Option<Reference>,
    /// Whether the open record began without the tag that starts one.
    is_implied: bool,
    n_blank: u32,
}

impl Records<'_> {
    fn line(&mut self, n: u64, line: &str, intake: &mut Intake) {
        let indented = line.starts_with([' ', '\t']);
        let line = line.trim_end();
        if line.trim_start().is_empty() {
            self.n_blank += 1;
            return;
        }
        let n_blank = std::mem::take(&mut self.n_blank);
        let bare = if indented && (self.dialect.starts)(line.trim_start()) { line.trim_start() } else { line };
        if (self.dialect.starts)(bare) {
            self.close(intake);
            self.open = Some(Reference { line: n, fields: Vec::new() });
            self.is_implied = false;
        }
        let tagged = (self.dialect.tag)(bare);
        let is_again =
            |record: &Reference| record.fields.first().zip(tagged).is_some_and(|(first, tagged)| first.0 == tagged.0);
        if self.dialect.blank_parts && n_blank > 0 && self.open.as_ref().is_some_and(is_again) {
            self.close(intake);
        }
        match tagged {
            Some((tag, _)) if tag == self.dialect.end => self.close(intake),
            Some((tag, value)) => {
                let is_new = self.open.is_none();
                let record = self.open.get_or_insert_with(|| Reference { line: n, fields: Vec::new() });
                self.is_implied |= is_new;
                record.fields.push((tag.to_owned(), value.to_owned()));
            }
            None => self.continued(line, n_blank),
        }
    }

    /// A line without a tag goes on with the field before it.
    fn continued(&mut self, line: &str, n_blank: u32) {
        let Some((tag, value)) = self.open.as_mut().and_then(|record| record.fields.last_mut()) else { return };
        let words = line.trim();
        if self.dialect.listed.contains(&tag.as_str()) {
            let next = (tag.clone(), words.to_owned());
            return self.open.iter_mut().for_each(|record| record.fields.push(next.clone()));
        }
        if !value.is_empty() {
            let ends = value.ends_with(['.', ':', '!', '?']) && !line.starts_with(' ');
            value.push_str(if n_blank > 0 {
                "\n\n"
            } else if ends {
                "\n"
            } else {
                " "
            });
        }
        value.push_str(words);
    }

    /// Hands in the open record. One that began without its starting tag and has neither title nor abstract is but a
    /// remark between records.
    fn close(&mut self, intake: &mut Intake) {
        let Some(mut record) = self.open.take() else { return };
        let is_remark = record.first(&["TI", "T1", "AB", "N2", "%T", "%X"]).is_empty();
        if self.is_implied && is_remark {
            return;
        }
        if let Some(tidy) = self.dialect.tidy {
            tidy(&mut record.fields);
        }
        record.fields.retain_mut(|(tag, value)| match tag.as_str() {
            "LID" | "AID" => {
                value.strip_suffix("[doi]").map(|doi| doi.trim().to_owned()).map(|doi| *value = doi).is_some()
            }
            _ => true,
        });
        intake.reference(record.line, record.document(self.dialect.parts));
    }
}
