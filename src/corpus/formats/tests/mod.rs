use super::*;
use crate::corpus::catalog::Fault;
use crate::corpus::document::{Document, Metadata, SectionKind};
use crate::corpus::settings::CorpusSettings;

mod damage;
mod exact;
mod marked;
mod packages;
mod pdf;
mod records;

/// Reads `bytes` as a file called `path`.
fn read_as(path: &str, bytes: &[u8]) -> (Vec<Document>, Vec<Fault>) {
    read_with(path, bytes, &CorpusSettings::default())
}

fn read_with(path: &str, bytes: &[u8], settings: &CorpusSettings) -> (Vec<Document>, Vec<Fault>) {
    let mut documents = Vec::new();
    let mut each = |document: Document| {
        let spans = document.sections.iter().map(|section| section.span).chain(document.boilerplate.iter().copied());
        for span in spans.chain(document.pages.iter().map(|page| page.span)) {
            assert!(document.text.get(span.start as usize..span.end as usize).is_some(), "{path}: {span:?}");
        }
        documents.push(document);
    };
    let mut intake = Intake::new(path, Metadata::default(), without_ending(path).to_owned(), settings, &mut each);
    read(Input::new(bytes), &mut intake);
    let faults = intake.into_faults();
    (documents, faults)
}

/// The only document of a file in which nothing is wrong.
fn only(path: &str, bytes: &[u8]) -> Document {
    let (mut documents, faults) = read_as(path, bytes);
    assert_eq!(faults, [], "{path}");
    assert_eq!(documents.len(), 1, "{path}");
    documents.remove(0)
}

/// The only fault of a file, as `severity line what`.
fn fault(path: &str, bytes: &[u8]) -> String {
    let (_, faults) = read_as(path, bytes);
    assert_eq!(faults.len(), 1, "{path}: {faults:?}");
    let Fault { line, severity, what, hint, .. } = &faults[0];
    assert!(hint.is_some());
    format!("{severity:?} {} {what}", line.unwrap_or(0))
}

/// A file of `tests/fixtures/formats`.
fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name)).unwrap()
}

fn kinds(document: &Document) -> Vec<(SectionKind, &str)> {
    document.sections.iter().map(|section| (section.kind, section.span.of(&document.text))).collect()
}

#[test]
fn front_matter_is_metadata_and_not_text() {
    let note = only(
        "a/001-sloper-2004.md",
        b"---\ntitle: \"Joint: working\"\nauthors: [\"Sloper P\", Smith]\nyear: 2004\nkind: review\njournal: Child\n\
          doi: https://doi.org/10.1111/J.1365\nbasis: abstract\n---\n\n# Methods\nWe *read*.\n## Sample\nTen.\n# Findings\nNone.\n",
    );
    assert_eq!(note.id.0, "a/001-sloper-2004");
    assert_eq!(note.metadata.title.as_deref(), Some("Joint: working"));
    assert_eq!(note.metadata.authors, ["Sloper P", "Smith"]);
    assert_eq!((note.metadata.year, note.metadata.kind.as_deref()), (Some(2004), Some("review")));
    assert_eq!(note.metadata.doi.as_deref(), Some("10.1111/j.1365"));
    assert_eq!(note.metadata.publication.as_deref(), Some("Child"));
    assert_eq!(note.metadata.extra["basis"], "abstract");
    let expected = [
        (SectionKind::Methods, "# Methods\nWe *read*.\n"),
        (SectionKind::Methods, "## Sample\nTen.\n"),
        (SectionKind::Results, "# Findings\nNone.\n"),
    ];
    assert_eq!(kinds(&note), expected);
}

#[test]
fn front_matter_that_does_not_parse_costs_only_the_front_matter() {
    let bytes = b"---\ntitle: a\nkind: x: y\n---\nThe text.\n";
    let (documents, faults) = read_as("n.md", bytes);
    assert_eq!(documents[0].text, "The text.\n");
    assert_eq!((faults[0].line, faults[0].severity), (Some(3), Severity::Degraded));
    assert!(faults[0].what.starts_with("the front matter does not parse"), "{}", faults[0].what);
}

#[test]
fn underlined_headings_count_and_code_does_not() {
    let note = only("n.md", b"Intro\n\nResults\n-------\nGood.\n```\n# Methods\n```\n");
    assert_eq!(kinds(&note), [(SectionKind::Results, "Results\n-------\nGood.\n```\n# Methods\n```\n")]);
    assert_eq!(only("n.md", b"---\nno end of it\n").text, "---\nno end of it\n");
}

#[test]
fn plain_text_is_kept_to_the_byte_and_its_heading_lines_make_sections() {
    let text = "Opening.\r\n\r\n1. Introduction\r\nWhy.\r\n\r\nREFERENCES\r\nSloper (2004)\r\n";
    let document = only("t.txt", text.as_bytes());
    assert_eq!(document.text, text);
    let expected = [
        (SectionKind::Introduction, "1. Introduction\r\nWhy.\r\n\r\n"),
        (SectionKind::References, "REFERENCES\r\nSloper (2004)\r\n"),
    ];
    assert_eq!(kinds(&document), expected);
}

#[test]
fn headings_are_known_by_their_words() {
    use SectionKind::*;
    let rows = [
        ("2.1 Materials & Methods:", Some(Methods)),
        ("IV. RESULTS", Some(Results)),
        ("Authors’ contributions", Some(Acknowledgements)),
        ("Conflict-of-interest", Some(Acknowledgements)),
        ("Appendix B: tables", Some(Appendix)),
        ("V. Findings and Discussion", Some(Discussion)),
        ("The methods of madness", None),
        ("2004", None),
        ("", None),
    ];
    for (heading, kind) in rows {
        assert_eq!(sections::kind_of(heading), kind, "{heading}");
    }
}

#[test]
fn every_encoding_gives_the_same_text() {
    let text =
        "Die Leitung muß die Änderung tragen; das Café der Behörde schließt früh. « Où est-ce ? » né à Besançon.";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let utf16 = |big: bool| text.encode_utf16().flat_map(move |u| if big { u.to_be_bytes() } else { u.to_le_bytes() });
    let utf32 = |big: bool| {
        text.chars().flat_map(move |c| if big { (c as u32).to_be_bytes() } else { (c as u32).to_le_bytes() })
    };
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let rows = [
        text.as_bytes().to_vec(),
        marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()),
        latin,
        marked(b"\xff\xfe", utf16(false).collect()),
        marked(b"\xfe\xff", utf16(true).collect()),
        utf16(false).collect(),
        utf16(true).collect(),
        marked(b"\xff\xfe\0\0", utf32(false).collect()),
        marked(b"\0\0\xfe\xff", utf32(true).collect()),
        utf32(false).collect(),
    ];
    for (n, bytes) in rows.iter().enumerate() {
        assert_eq!(only("t.txt", bytes).text, text, "row {n}");
    }
}

#[test]
fn bytes_that_fit_no_encoding_are_counted() {
    let (documents, faults) = read_as("t.txt", "é à ü ö ß ç ñ î ô û \u{fffd}\x00".as_bytes());
    assert_eq!((documents.len(), faults.len()), (1, 0));
    let bytes = ["é à ü ö ß ç ñ î ô û".as_bytes(), b"\xff end"].concat();
    assert_eq!(fault("t.txt", &bytes), "Degraded 0 1 byte does not fit the encoding and became \u{fffd}");
    assert!(read_as("t.txt", &bytes).0[0].text.ends_with("û\u{fffd} end"));
}

#[test]
fn what_is_no_text_is_skipped_and_said_so() {
    let png: Vec<u8> = b"\x89PNG\r\n\x1a\n".iter().copied().chain((0..200).map(|n| n as u8)).collect();
    assert_eq!(fault("picture.txt", &png), "Skipped 0 is binary: a PNG picture");
    assert_eq!(fault("a.txt", b"%PDF-1.7\n1 0 obj"), "Skipped 0 is a damaged PDF");
    assert_eq!(fault("a.rtf", b"{\\rtf1 words}"), "Skipped 0 is RTF, which is not read");
    assert_eq!(fault("empty.txt", b""), "Skipped 0 is empty");
    assert_eq!(fault("mark.txt", b"\xef\xbb\xbf"), "Skipped 0 holds no text");
    assert_eq!(fault("code.xyz", b"plain words"), "Skipped 0 is of no known format (.xyz)");
    assert_eq!(fault("a.pdf", b"plain words"), "Degraded 0 is named .pdf but holds plain text, and is read as such");
    assert_eq!(only("one.txt", b"x").text, "x");
    assert_eq!(only("README", b"words").id.0, "README");
}

#[test]
fn rows_of_a_table_are_records_and_a_ragged_row_costs_itself() {
    for (delimiter, path) in [(",", "t.csv"), (";", "t.csv"), ("\t", "t.tsv")] {
        let table = "\u{feff}id,Title,text,year,doi,grade\na,\"T, one\",\"He said \"\"no\"\".\nTwice.\",2004,10.1/X,low\n\
                     b,T\nc,,Words,,,\n";
        let (documents, faults) =
            read_as(path, table.replace("T, one", "T\u{1}one").replace(',', delimiter).as_bytes());
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0].text, "He said \"no\".\nTwice.");
        assert_eq!((documents[0].id.0.as_str(), documents[0].metadata.year), ("a", Some(2004)));
        assert_eq!(documents[0].metadata.doi.as_deref(), Some("10.1/x"));
        assert_eq!(documents[0].metadata.extra["grade"], "low");
        assert_eq!(documents[1].metadata.title, None);
        let expected = "the row has 2 fields where the header has 6";
        assert_eq!((faults.len(), faults[0].line, faults[0].what.as_str()), (1, Some(4), expected));
    }
    assert_eq!(fault("t.csv", b"coder,theme\na,b\n"), "Skipped 0 has no column \"text\"");
}

#[test]
fn a_quote_that_does_not_close_is_told_and_bounded() {
    let table = format!("id,text\na,fine\nb,\"open\n{}", "c,lost\n".repeat(100));
    let (documents, faults) = read_as("t.csv", format!("{table},x").as_bytes());
    assert_eq!(documents.len(), 2, "{faults:?}");
    let (_, faults) = read_as("t.csv", table.replace("open", "open\",\"").as_bytes());
    assert_eq!((faults.len(), faults[0].line), (1, Some(3)));
    assert!(faults[0].hint.as_ref().unwrap().contains("does not close"));
    let mut settings = CorpusSettings::default();
    settings.limits.entry_bytes = 100_000;
    let long = format!("id,text\na,fine\nb,\"{}", "word ".repeat(100_000));
    let (documents, faults) = read_with("t.csv", long.as_bytes(), &settings);
    assert_eq!(documents.len(), 1);
    assert!(faults[0].what.contains("(entry_bytes)"), "{faults:?}");
}

#[test]
fn the_study_names_the_columns() {
    let mut settings = CorpusSettings::default();
    settings.columns.text = "body".into();
    settings.columns.id = "nr".into();
    settings.columns.title = "head".into();
    settings.columns.year = "when".into();
    let jsonl = br#"{"nr": 7, "head": "T", "body": "Words", "when": "2004-05-06", "text": "other"}"#;
    let csv = b"nr,head,body,when,text\n7,T,Words,2004-05-06,other\n";
    for (path, bytes) in [("t.jsonl", jsonl.as_slice()), ("t.csv", csv.as_slice())] {
        let (documents, faults) = read_with(path, bytes, &settings);
        assert_eq!(faults, []);
        let Document { id, metadata, text, .. } = &documents[0];
        assert_eq!((id.0.as_str(), metadata.title.as_deref(), metadata.year), ("7", Some("T"), Some(2004)));
        assert_eq!((text.as_str(), metadata.extra["text"].as_str()), ("Words", "other"));
    }
}

#[test]
fn a_bad_line_of_jsonl_costs_that_line() {
    let lines = "{\"id\":\"a\",\"text\":\"one\\u00e9\\n\",\"n\":1.5,\"authors\":[\"A\",\"B\"],\"deep\":{\"x\":[1]}}\r\n\n\
                 {\"text\": oops}\n{\"id\":\"c\"}\n{\"text\":\"\"}\n[1]\n{\"text\":\"last\"}";
    let (documents, faults) = read_as("f.jsonl", lines.as_bytes());
    let texts: Vec<_> = documents.iter().map(|d| (d.id.0.as_str(), d.text.as_str())).collect();
    assert_eq!(texts, [("a", "oneé\n"), ("f#7", "last")]);
    assert_eq!(documents[0].metadata.authors, ["A", "B"]);
    assert_eq!(documents[0].metadata.extra.get("n").map(String::as_str), Some("1.5"));
    assert_eq!(faults.iter().map(|f| f.line.unwrap()).collect::<Vec<_>>(), [3, 4, 5, 6]);
    assert!(faults.iter().all(|f| f.severity == Severity::Skipped));
}

#[test]
fn lines_are_whole_whatever_the_reads_give() {
    let mut text: Vec<u8> = (0..5000).flat_map(|n| format!("{n:>width$}\n", width = n % 300).into_bytes()).collect();
    text.extend(b"end without a line end");
    for limit in [1_000_000, 200] {
        let mut lines = lines::Lines::new(Input::new(text.as_slice()), limit);
        let (mut n_whole, mut n_long) = (0, 0);
        while let Some(line) = lines.next().unwrap() {
            match line {
                lines::Line::Whole(n, bytes) if n <= 5000 => {
                    assert_eq!(bytes.trim_ascii(), (n - 1).to_string().as_bytes());
                    n_whole += 1;
                }
                lines::Line::Whole(..) => n_whole += 1,
                lines::Line::TooLong(_) => n_long += 1,
            }
        }
        assert_eq!(n_whole + n_long, 5001);
        assert_eq!(n_long > 0, limit == 200);
    }
}

#[test]
fn content_goes_before_name() {
    assert_eq!(only("a.txt", b"{not}\n{json}").format, "text");
    assert_eq!(read_as("a.txt", b"{\"text\":\"a\"}\n{\"text\":\"b\"}").0.len(), 2);
    assert_eq!(only("a.txt", b"<!-- x -->\n<!DOCTYPE html><p>Words here.</p>").format, "html");
    assert_eq!(only("a.md", b"Not <html> at all").format, "markdown");
}

#[test]
fn a_page_gives_its_main_text_with_entities_and_without_navigation() {
    let long = "Services were joined, and costs fell by a third over two years. ".repeat(12);
    let page = format!(
        "<!DOCTYPE html><html lang=en><head><title>Site | Page</title><meta name=citation_title content='Joined &amp; up'>\
         <meta name=citation_author content='Sloper, P'><meta name=citation_author content='Beresford, B'>\
         <meta name=citation_publication_date content='2006/03/01'><meta name=citation_doi content='10.1/AB'>\
         <script>var x = '<p>no</p>';</script></head><body><nav><a href=/>Home</a> <a href=/b>About us</a></nav>\
         <div id=main><h1>Joined &amp; up</h1><h2>Methods</h2><p>We found p &lt; 0.05 at AT&amp;T caf&#233;&nbsp;&alpha;.</p>\
         <p>{long}</p><h2>Re<b>sul</b>ts</h2><ul><li>First point<li>Second <b>po</b>int</ul><p>{long}</p></div>\
         <footer>Copyright</footer></body></html>"
    );
    let document = only("p.html", page.as_bytes());
    assert!(document.text.contains("We found p < 0.05 at AT&T café\u{a0}α."), "{}", document.text);
    assert!(document.text.contains("First point\nSecond point"));
    for away in ["Home", "About us", "Copyright", "var x"] {
        assert!(!document.text.contains(away), "{away}");
    }
    let Metadata { title, authors, year, doi, language, .. } = &document.metadata;
    assert_eq!((title.as_deref(), *year, doi.as_deref()), (Some("Joined & up"), Some(2006), Some("10.1/ab")));
    assert_eq!(
        (authors.as_slice(), language.as_deref()),
        (["Sloper, P".into(), "Beresford, B".into()].as_slice(), Some("en"))
    );
    let found: Vec<_> = document.sections.iter().map(|s| s.kind).filter(|k| *k != SectionKind::Body).collect();
    assert_eq!(found, [SectionKind::Methods, SectionKind::Results]);
    let results = document.sections.last().unwrap().span.of(&document.text);
    assert!(results.starts_with("Results\n\nFirst point"), "{results}");
}

#[test]
fn a_page_of_endless_open_tags_is_read_in_no_time() {
    let mut settings = CorpusSettings::default();
    settings.limits.html_depth = 40;
    for tag in ["<div>", "<b>", "<DIV class='a'>"] {
        let page = format!("<html><body>{}The words at the bottom.", tag.repeat(100_000));
        let (documents, faults) = read_with("deep.html", page.as_bytes(), &settings);
        assert!(documents[0].text.contains("The words at the bottom."));
        assert!(faults[0].what.contains("40 (html_depth)"), "{faults:?}");
    }
    let paragraphs = "<p>One paragraph.".repeat(2000);
    assert_eq!(only("p.html", format!("<html>{paragraphs}").as_bytes()).text.matches("One paragraph.").count(), 2000);
}

#[test]
fn a_text_over_the_limit_is_cut_at_a_character_and_said_so() {
    let mut settings = CorpusSettings::default();
    settings.limits.text_bytes = 10;
    settings.limits.field_bytes = 4;
    let (documents, faults) = read_with("t.md", "---\ntitle: éééé\n---\n# Aims\néééééé".as_bytes(), &settings);
    assert_eq!(documents[0].text, "# Aims\né");
    assert_eq!(documents[0].sections[0].span.end, 9);
    assert_eq!(documents[0].metadata.title.as_deref(), Some("éé"));
    assert_eq!(faults.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Cut, Severity::Degraded]);
}
