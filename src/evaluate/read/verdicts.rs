//! Reads verdicts on single hits: rows of the table `hits`, with a word on each.

use super::super::coding::{Codings, EvaluateError, HitVerdict};
use crate::corpus::{DocumentId, Fault, Severity, Span, n_lines_behind, without_guard};
use crate::lexicon::ThemeId;
use std::path::Path;

/// The columns that are looked for; others may be there.
const COLUMNS: [&str; 6] = ["document", "theme", "pattern", "start", "end", "verdict"];

/// Reads one file of verdicts. A row without a verdict is passed over; one that cannot be taken is a fault and costs
/// itself alone.
///
/// # Errors
/// The file lacks one of the columns.
pub(super) fn read_one(file: &Path, bytes: &[u8], into: &mut Codings) -> Result<(), EvaluateError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let n_behind = n_lines_behind(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header: Vec<String> = match reader.byte_headers() {
        Ok(header) => header.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect(),
        Err(_) => Vec::new(),
    };
    let mut places = [0; COLUMNS.len()];
    for (place, name) in places.iter_mut().zip(COLUMNS) {
        *place = header.iter().position(|column| column == name).ok_or_else(|| EvaluateError::Codings {
            file: file.into(),
            line: 1,
            what: format!("has no column \"{name}\""),
            hint: "take rows of a run's tables/hits.csv as they are, and add a column \"verdict\"".into(),
        })?;
    }
    let name = file.to_string_lossy().replace('\\', "/");
    for record in reader.into_byte_records() {
        let (line, row) = match record {
            Ok(record) => {
                let field = |at: usize| record.get(at).map_or_else(String::new, |f| String::from_utf8_lossy(f).into());
                (record.position().map_or(0, csv::Position::line) + n_behind, verdict(&places.map(field)))
            }
            Err(cause) => (cause.position().map_or(0, csv::Position::line) + n_behind, Err(cause.to_string())),
        };
        match row {
            Ok(None) => {}
            Ok(Some(verdict)) => into.verdicts.push(HitVerdict { file: name.clone(), line, ..verdict }),
            Err(what) => into.faults.push(Fault {
                path: name.clone(),
                line: Some(line),
                severity: Severity::Skipped,
                what,
                ..Fault::default()
            }),
        }
    }
    Ok(())
}

fn verdict([document, theme, pattern, start, end, word]: &[String; 6]) -> Result<Option<HitVerdict>, String> {
    let is_right = match word.to_lowercase().as_str() {
        "" => return Ok(None),
        "accept" => true,
        "reject" => false,
        _ => return Err(format!("verdict \"{word}\" is neither accept nor reject")),
    };
    let (Ok(start), Ok(end)) = (start.parse::<u32>(), end.parse::<u32>()) else {
        return Err(format!("start \"{start}\" and end \"{end}\" are no two whole numbers"));
    };
    if start >= end {
        return Err(format!("start {start} does not lie before end {end}"));
    }
    Ok(Some(HitVerdict {
        document: DocumentId(without_guard(document).to_owned()),
        theme: ThemeId(without_guard(theme).to_owned()),
        pattern: without_guard(pattern).to_owned(),
        span: Span { start, end },
        is_right,
        file: String::new(),
        line: 0,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_rows_of_the_table_of_hits() {
        let text = "document,passage,theme,pattern,start,end,quote,weight,verdict\n\
                    a,3,funding,'=funding,10,17,funding,0.72,accept\n\
                    a,3,funding,budget,20,26,budget,0.75,\n\
                    '-b,0,funding,budget,5,11,budget,0.75,Reject\n\
                    b,0,funding,budget,5,11,budget,0.75,maybe\n\
                    b,0,funding,budget,5,x,budget,0.75,reject\n\
                    b,0,funding,budget,5,5,budget,0.75,reject\n";
        let mut codings = Codings::default();
        read_one(Path::new("v.csv"), text.replace('\n', "\r\n").as_bytes(), &mut codings).unwrap();
        let taken: Vec<_> =
            codings.verdicts.iter().map(|v| (v.document.0.as_str(), v.pattern.as_str(), v.is_right, v.line)).collect();
        assert_eq!(taken, [("a", "=funding", true, 2), ("-b", "budget", false, 4)]);
        let faults: Vec<_> = codings.faults.iter().map(|f| f.what.as_str()).collect();
        assert_eq!(
            faults,
            [
                "verdict \"maybe\" is neither accept nor reject",
                "start \"5\" and end \"x\" are no two whole numbers",
                "start 5 does not lie before end 5",
            ]
        );
    }

    #[test]
    fn a_file_without_a_verdict_column_is_an_error() {
        let error = read_one(Path::new("v.csv"), b"document,theme\n", &mut Codings::default()).unwrap_err();
        assert!(error.to_string().starts_with("v.csv:1: has no column \"pattern\"\n  hint: take rows"), "{error}");
    }
}
