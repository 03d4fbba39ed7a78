//! Reads codings, and verdicts on single hits.

mod verdicts;

use super::coding::{CoderId, Coding, Codings, EvaluateError, Place};
use super::settings::{CodingColumns, EvaluateSettings};
use crate::corpus::{DocumentId, Fault, Severity, Span, n_lines_behind, without_guard};
use crate::lexicon::{Stance, ThemeId};
use std::path::Path;

/// Reads the codings files of the settings, then the files of verdicts, in their order.
///
/// A row that cannot be taken (too few fields, no coder or document, an unknown stance, a position that is no number) is
/// a fault and costs itself alone. Whether documents and themes exist is seen to by `agreement`.
///
/// # Errors
/// A file cannot be read, or lacks the column of coders, documents or themes.
pub fn read(settings: &EvaluateSettings) -> Result<Codings, EvaluateError> {
    let mut codings = Codings::default();
    for path in &settings.codings {
        let bytes = bytes_of(&settings.root, path, "codings")?;
        read_one(path, &bytes, &settings.columns, &mut codings)?;
    }
    for path in &settings.verdicts {
        let bytes = bytes_of(&settings.root, path, "verdicts")?;
        verdicts::read_one(path, &bytes, &mut codings)?;
    }
    Ok(codings)
}

fn bytes_of(root: &Path, path: &Path, setting: &str) -> Result<Vec<u8>, EvaluateError> {
    std::fs::read(root.join(path)).map_err(|cause| EvaluateError::Codings {
        file: path.into(),
        line: 1,
        what: format!("cannot be read: {cause}"),
        hint: format!("give the path from the folder that holds config/, in [evaluate] {setting}"),
    })
}

fn read_one(file: &Path, bytes: &[u8], names: &CodingColumns, into: &mut Codings) -> Result<(), EvaluateError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let n_behind = n_lines_behind(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.byte_headers().map_err(|cause| EvaluateError::Codings {
        file: file.into(),
        line: 1,
        what: format!("has no header that can be read: {cause}"),
        hint: "the first line names the columns".into(),
    })?;
    let header: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    let columns = Columns::find(file, &header, names)?;
    let name = file.to_string_lossy().replace('\\', "/");
    for record in reader.into_byte_records() {
        let (line, row) = match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line) + n_behind;
                let fields: Vec<String> = record.iter().map(|f| String::from_utf8_lossy(f).into_owned()).collect();
                (line, columns.coding(&fields, &name, line))
            }
            Err(cause) => (cause.position().map_or(0, csv::Position::line) + n_behind, Err((cause.to_string(), None))),
        };
        match row {
            Ok(coding) => into.rows.push(coding),
            Err((what, hint)) => into.faults.push(Fault {
                path: name.clone(),
                line: Some(line),
                severity: Severity::Skipped,
                what,
                hint,
                ..Fault::default()
            }),
        }
    }
    Ok(())
}

/// Where each column lies.
struct Columns {
    coder: usize,
    document: usize,
    theme: usize,
    stance: Option<usize>,
    sentence: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    quote: Option<usize>,
}

/// What is wrong with a row, and how to mend it.
type RowFault = (String, Option<String>);

impl Columns {
    fn find(file: &Path, header: &[String], names: &CodingColumns) -> Result<Self, EvaluateError> {
        let place = |name: &str| header.iter().position(|column| column == name);
        let needed = |field: &str, name: &str| {
            place(name).ok_or_else(|| EvaluateError::Codings {
                file: file.into(),
                line: 1,
                what: format!("has no column \"{name}\""),
                hint: format!(
                    "its columns are {}; name the one that holds the {field} in [evaluate.columns] {field}",
                    header.join(", ")
                ),
            })
        };
        Ok(Self {
            coder: needed("coder", &names.coder)?,
            document: needed("document", &names.document)?,
            theme: needed("theme", &names.theme)?,
            stance: place(&names.stance),
            sentence: place(&names.sentence),
            start: place(&names.start),
            end: place(&names.end),
            quote: place(&names.quote),
        })
    }

    fn coding(&self, fields: &[String], file: &str, line: u64) -> Result<Coding, RowFault> {
        let get = |place: usize| {
            let few = || (format!("has {} fields, too few for its columns", fields.len()), None);
            fields.get(place).map(String::as_str).ok_or_else(few)
        };
        let optional = |place: Option<usize>| place.and_then(|place| fields.get(place)).map_or("", String::as_str);
        let (coder, document, theme) = (get(self.coder)?, get(self.document)?, get(self.theme)?);
        if coder.is_empty() || document.is_empty() {
            return Err(("names no coder or no document".into(), None));
        }
        Ok(Coding {
            coder: CoderId(coder.into()),
            document: DocumentId(without_guard(document).into()),
            theme: (!theme.is_empty()).then(|| ThemeId(without_guard(theme).into())),
            stance: stance(optional(self.stance))?,
            place: self.place(&optional)?,
            file: file.into(),
            line,
        })
    }

    fn place<'a>(&self, field: &impl Fn(Option<usize>) -> &'a str) -> Result<Place, RowFault> {
        let number = |name: &str, place| match field(place) {
            "" => Ok(None),
            text => text.parse::<u32>().map(Some).map_err(|_| (format!("{name} \"{text}\" is no whole number"), None)),
        };
        let (start, end) = (number("start", self.start)?, number("end", self.end)?);
        match (start, end, number("sentence", self.sentence)?, field(self.quote)) {
            (Some(start), Some(end), _, _) if start < end => Ok(Place::Bytes(Span { start, end })),
            (Some(start), Some(end), _, _) => Err((
                format!("start {start} does not lie before end {end}"),
                Some("start is the first byte, end the one past the last".into()),
            )),
            (Some(_), None, _, _) | (None, Some(_), _, _) => Err(("gives only one of start and end".into(), None)),
            (None, None, Some(sentence), _) => Ok(Place::Sentence(sentence)),
            (None, None, None, "") => Ok(Place::Document),
            (None, None, None, quote) => Ok(Place::Quote(quote.into())),
        }
    }
}

fn stance(text: &str) -> Result<Option<Stance>, RowFault> {
    match text.to_lowercase().as_str() {
        "" => Ok(None),
        "barrier" => Ok(Some(Stance::Barrier)),
        "facilitator" => Ok(Some(Stance::Facilitator)),
        "both" => Ok(Some(Stance::Both)),
        "mention" => Ok(Some(Stance::Mention)),
        _ => Err((
            format!("stance \"{text}\" is unknown"),
            Some("a stance is barrier, facilitator, both or mention, or left empty".into()),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str, columns: &CodingColumns) -> Result<Codings, EvaluateError> {
        let mut codings = Codings::default();
        read_one(Path::new("codings.csv"), text.as_bytes(), columns, &mut codings).map(|()| codings)
    }

    fn places(text: &str) -> (Vec<Place>, Vec<String>) {
        let codings = read_text(text, &CodingColumns::default()).unwrap();
        let faults = codings.faults.iter().map(|f| format!("{}: {}", f.line.unwrap(), f.what)).collect();
        (codings.rows.into_iter().map(|row| row.place).collect(), faults)
    }

    #[test]
    fn columns_are_found_by_the_names_of_the_study() {
        let columns = CodingColumns { document: "note".into(), ..CodingColumns::default() };
        let text =
            "\u{FEFF}coder,note,theme,stance,quote_start_words\nc1,a,funding,Barrier,\"Money, they said\"\nc1,b,,,\n";
        let codings = read_text(text, &columns).unwrap();
        assert_eq!(codings.rows[0].stance, Some(Stance::Barrier));
        assert_eq!(codings.rows[0].place, Place::Quote("Money, they said".into()));
        assert_eq!((codings.rows[1].theme.clone(), codings.rows[1].line), (None, 3));
        let error = read_text(text, &CodingColumns::default()).unwrap_err().to_string();
        assert_eq!(
            error,
            "codings.csv:1: has no column \"document\"\n  hint: its columns are coder, note, theme, stance, \
             quote_start_words; name the one that holds the document in [evaluate.columns] document"
        );
    }

    #[test]
    fn bytes_come_before_sentences_and_sentences_before_quotes() {
        let (places, faults) = places(
            "coder,document,theme,sentence,start,end,quote_start_words\nc,a,t,2,5,9,Words\nc,a,t,2,,,Words\nc,a,t,,,,Words\nc,a,t,,,,\n",
        );
        let bytes = Place::Bytes(Span { start: 5, end: 9 });
        assert_eq!(places, [bytes, Place::Sentence(2), Place::Quote("Words".into()), Place::Document]);
        assert!(faults.is_empty());
    }

    #[test]
    fn a_bad_row_is_named_and_costs_itself_alone() {
        let (places, faults) = places(
            "coder,document,theme,stance,sentence,start,end\nc,a\nc,,t\nc,a,t,hinders\nc,a,t,,two\nc,a,t,,,9,5\nc,a,t,,,9,\nc,a,t,both,3\n",
        );
        assert_eq!(places, [Place::Sentence(3)]);
        assert_eq!(
            faults,
            [
                "2: has 2 fields, too few for its columns",
                "3: names no coder or no document",
                "4: stance \"hinders\" is unknown",
                "5: sentence \"two\" is no whole number",
                "6: start 9 does not lie before end 5",
                "7: gives only one of start and end",
            ]
        );
    }

    #[test]
    fn ids_come_back_from_our_tables_as_they_were() {
        let text = "coder,document,theme\nc,'-x,'=t\nc,''-x,t\nc,-x,'t\n";
        let rows = read_text(text, &CodingColumns::default()).unwrap().rows;
        let ids: Vec<_> =
            rows.iter().map(|row| (row.document.0.as_str(), row.theme.as_ref().unwrap().0.as_str())).collect();
        assert_eq!(ids, [("-x", "=t"), ("'-x", "t"), ("-x", "'t")]);
    }

    #[test]
    fn lines_are_counted_however_they_end() {
        for end in ["\n", "\r\n"] {
            let text = ["coder,document,theme", "c,a,t", "c,,t", "\"c", "d\",a,t", "c,,t", ""].join(end);
            let codings = read_text(&text, &CodingColumns::default()).unwrap();
            assert_eq!(codings.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
            assert_eq!(codings.faults.iter().filter_map(|fault| fault.line).collect::<Vec<_>>(), [3, 6]);
        }
    }

    #[test]
    fn a_missing_file_is_an_error_that_names_it() {
        let settings = EvaluateSettings { codings: vec!["no/such.csv".into()], ..EvaluateSettings::default() };
        assert!(read(&settings).unwrap_err().to_string().starts_with("no/such.csv:1: cannot be read: "));
    }
}
