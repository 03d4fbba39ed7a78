//! Whatever happens to a file, reading it ends, never panics, and gives spans that fit.

use super::*;
use proptest::prelude::*;

/// Names under which the fixtures are read, so that each format is met by name where its content no longer tells.
const NAMES: [&str; 11] = [
    "article.xml",
    "two_pubmed.xml",
    "grobid.xml",
    "one_endnote.xml",
    "docling.json",
    "quirks.ris",
    "two.nbib",
    "one.enw",
    "one_wos.txt",
    "quirks.bib",
    "scopus.csv",
];

/// Sections and pages ascend, do not overlap, and lie on character boundaries.
fn assert_sound(documents: &[Document]) {
    for document in documents {
        let spans = [
            document.sections.iter().map(|section| section.span).collect::<Vec<_>>(),
            document.pages.iter().map(|page| page.span).collect(),
            document.boilerplate.clone(),
        ];
        for spans in spans {
            let mut end = 0;
            for span in spans {
                assert!(span.start >= end && span.start < span.end, "{span:?} after {end}");
                assert!(document.text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
                end = span.end;
            }
        }
        // Without a text it is a record that has no abstract.
        let says_something = !document.text.trim().is_empty() || document.metadata.title.is_some();
        assert!(says_something && !document.id.0.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_cost_only_themselves(
        n in 0..NAMES.len(), cut in 0.0..1.0f64, at in 0.0..1.0f64, with in prop::collection::vec(any::<u8>(), 0..6),
    ) {
        let mut bytes = fixture(NAMES[n]);
        let place = (bytes.len() as f64 * at) as usize;
        bytes.splice(place..(place + with.len() / 2).min(bytes.len()), with);
        bytes.truncate((bytes.len() as f64 * (0.3 + cut)) as usize);
        assert_sound(&read_as(NAMES[n], &bytes).0);
    }

    #[test]
    fn any_bytes_under_any_name_are_read_or_named(
        bytes in prop::collection::vec(any::<u8>(), 1..400),
        ending in prop::sample::select(vec!["txt", "md", "html", "csv", "jsonl", "bib", "ris", "nxml", "gz", "zip", "tei", "enw"]),
    ) {
        let (documents, faults) = read_as(&format!("a.{ending}"), &bytes);
        assert_sound(&documents);
        prop_assert!(!documents.is_empty() || !faults.is_empty());
    }

    #[test]
    fn any_text_of_marks_is_read_or_named(
        text in "[-#@{}<>&;=%\"'\\\\a-c \n\r\t:,é😀]{1,200}",
        ending in prop::sample::select(vec!["md", "html", "bib", "ris", "nxml", "csv", "jsonl"]),
    ) {
        let front = ["", "---\n", "@article{a,", "<article><body>", "TY  - JOUR\nAB  - x\n"];
        for front in front {
            assert_sound(&read_as(&format!("a.{ending}"), format!("{front}{text}").as_bytes()).0);
        }
    }
}

#[test]
fn json_is_accepted_and_rejected_as_it_should_be() {
    // After the cases of N. Seriot's JSONTestSuite, written anew; each stands as a value in an object.
    #[rustfmt::skip]
    let good = [
        r#""a\u0041\n\ud83d\ude00""#, "-0.1e-5", "[[],{}]", "null", r#"{"a":{"b":[1]}}"#, "123456789012345678901234567890",
        "0", "-0", "0e1", "1E+2", "1.5e-22", "true", "false", "\"\"", "[ ]", "{ }", "[1,2,3]", r#"{"":0}"#,
        r#"{"a":1,"a":2}"#, r#""\"\\\/\b\f\n\r\t""#, r#""\u0000""#, "\"\u{7f}\"", "\"\u{2028}\u{2029}\"", "\"\u{fffe}\"",
        r#""\u005c""#, r#""\uffff""#, " [ 1 , 2 ] ", r#"[null,true,"x",{"y":[]}]"#, r#""/*no comment*/""#, "1e10",
    ];
    #[rustfmt::skip]
    let bad = [
        "01", "1.", "+1", "NaN", "'a'", r#""\x""#, "[1,]", r#"{"a":1,}"#, "tru", "\"\t\"", "[1 2]", "\u{a0}1",
        "", "-", ".5", "1e", "1e+", "0x1", "Infinity", "-Infinity", "1,", "[", "[1", "]", "{", r#"{"a"}"#, r#"{"a":}"#,
        r#"{a:1}"#, r#"{1:1}"#, r#"{"a" 1}"#, r#"{,}"#, "[,1]", "[1,,2]", "[1:2]", r#"["a","#, "\"", r#""\"#,
        r#""\u12""#, r#""\uZZZZ""#, r#""\a""#, "nul", "True", "nulll", "1 2", "\"a\" \"b\"", "/*c*/1", "1//c", "\u{feff}1",
        "٣", "１", "1_000", "--1", "1-", "0.e1", "[\"a\nb\"]", r#"{"a":1 "b":2}"#, "}", "#", "\\u0031", "<null>", "[a]",
    ];
    for (values, expected) in [(good.as_slice(), 1), (bad.as_slice(), 0)] {
        for value in values {
            let line = format!("{{\"text\":\"t\",\"x\":{value}}}");
            assert_eq!(read_as("a.jsonl", line.as_bytes()).0.len(), expected, "{value}");
        }
    }
    let deep = format!("{{\"text\":\"t\",\"x\":{}", "[".repeat(100_000));
    assert_eq!(read_as("a.jsonl", deep.as_bytes()).1.len(), 1);
}
