//! The study as a project for programs of qualitative analysis.

mod refi;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

const TEXT: &str =
    "\u{feff}# R\u{e9}sum\u{e9} 👩‍👧\r\n\r\nLack of e\u{301}tat funding hindered it. Funding <came> & went.\r\n";

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn study() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let settings = "[corpus]\npaths = [\"corpus/s\"]\n[lexicon]\nthemes = [\"config/themes/s\"]\n[evaluate]\ncodings = [\"codings.csv\"]\n";
    write(root, "config/s.toml", settings);
    write(
        root,
        "config/themes/s/funding.toml",
        "label = \"Funding\"\ndefinition = \"Money & means\"\npatterns = [\"fund*\"]\n",
    );
    write(root, "corpus/s/a.txt", TEXT);
    write(root, "corpus/s/b.txt", "Nothing here.\n");
    let codings = "coder,document,theme,stance,sentence\nAnna,a,funding,barrier,1\nAnna,a,trust,,\nBen,b,,,\nBen,a,funding,mention,\n";
    write(root, "codings.csv", codings);
    folder
}

fn export(root: &Path) -> Vec<u8> {
    let mut command = assert_cmd::Command::cargo_bin("throughline").unwrap();
    let args = ["export", "--format", "refi-qda", "--output", "out/s.qdpx", "--now", "2026-01-31T00:00:00Z"];
    command.current_dir(root).args(args).assert().success();
    fs::read(root.join("out/s.qdpx")).unwrap()
}

/// The archive's entries by name.
fn entries(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let read = |n: usize, archive: &mut zip::ZipArchive<_>| {
        let mut entry = archive.by_index(n).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        (entry.name().unwrap().into_owned(), text)
    };
    (0..archive.len()).map(|n| read(n, &mut archive)).collect()
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.attributes().flatten().find(|pair| pair.key.into_inner() == name);
    let value = found.unwrap_or_else(|| panic!("{name} is missing")).value;
    quick_xml::escape::unescape(&value).unwrap().into_owned()
}

#[test]
fn a_project_says_of_each_text_what_is_coded_where() {
    let study = study();
    let bytes = export(study.path());
    let entries = entries(&bytes);
    let project = &entries["project.qde"];
    let mut reader = Reader::from_str(project);
    let (mut text, mut order, mut defined, mut named) = (String::new(), Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut depth = 0;
    let mut quotes = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::End(_) => depth -= 1,
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let (Event::Start(element) | Event::Empty(element)) = &event else { unreachable!() };
                let name = element.name().into_inner().to_owned();
                if depth == 1 {
                    order.push(name.clone());
                }
                match name.as_str() {
                    "TextSource" => {
                        let path = attribute(element, "plainTextPath").replace("internal://", "sources/");
                        text = entries[&path].clone();
                    }
                    "PlainTextSelection" => {
                        let place = |end: &str| attribute(element, end).parse::<usize>().unwrap();
                        let (start, end) = (place("startPosition"), place("endPosition"));
                        let cut: String = text.chars().skip(start).take(end - start).collect();
                        assert_eq!(cut, attribute(element, "name"));
                        quotes.push(cut);
                    }
                    "CodeRef" | "VariableRef" => drop(named.insert(attribute(element, "targetGUID"))),
                    _ => {}
                }
                if matches!(name.as_str(), "Code" | "Variable") {
                    assert!(defined.insert(attribute(element, "guid")), "an identifier given twice");
                }
                depth += i32::from(matches!(event, Event::Start(_)));
            }
            _ => {}
        }
    }
    assert_eq!(order, ["Users", "CodeBook", "Variables", "Sources", "Description"]);
    assert_eq!(quotes, ["funding", "Funding", "Lack of e\u{301}tat funding hindered it."]);
    assert!(named.is_subset(&defined), "a code or variable that is not there is named");
    assert_eq!(project.matches("<User ").count(), 3, "Throughline, Anna and Ben");
    assert!(project.contains("Money &amp; means") && project.contains("name=\"trust\""));
    let texts: Vec<&String> = entries.iter().filter(|(name, _)| name.starts_with("sources/")).map(|(_, t)| t).collect();
    assert_eq!(texts.len(), 2);
    assert!(texts.iter().all(|text| !text.contains('\r') && !text.starts_with('\u{feff}')));
}

#[test]
fn a_project_keeps_every_rule_of_the_schema() {
    let study = study();
    let root = study.path();
    // A theme below another, names of people and files that are no names in XML, a document without a hit, and ids that
    // would run into one another if they were put together without care.
    let below = "label = \"Grants <& more>\"\nparent = \"funding\"\ndefinition = \"\"\npatterns = [\"went\", \"regardless of came\"]\n";
    write(root, "config/themes/s/grants.toml", below);
    write(
        root,
        "corpus/s/👩‍👧 & co <1>.md",
        "---\nyear: 2003\nauthors: [\"O\u{2019}Neil & Søn\"]\nkind: \"a\\u0001b\"\n---\n\nFunding fell.\r\nIt\u{b} went regardless of funding.\n",
    );
    write(root, "corpus/s/a hit.txt", "Funding came.\n");
    let codings = "coder,document,theme,stance,sentence\n\"A \"\"x\"\" & <b>\",a hit,funding,,1\nThroughline,a,funding,barrier,1\nÅsa,a,\"<no> such & theme\",,\n";
    write(root, "codings.csv", codings);
    let entries = entries(&export(root));
    refi::check_project(&entries["project.qde"]);
    assert!(entries.keys().all(|name| name == "project.qde" || name.starts_with("sources/")), "{:?}", entries.keys());
    assert_eq!(entries["project.qde"].matches("<TextSource ").count(), 4);
}

#[test]
fn a_study_without_documents_makes_a_project_that_keeps_the_rules() {
    let study = study();
    for name in ["a.txt", "b.txt"] {
        fs::remove_file(study.path().join("corpus/s").join(name)).unwrap();
    }
    write(study.path(), "codings.csv", "coder,document,theme\n");
    refi::check_project(&entries(&export(study.path()))["project.qde"]);
}

#[test]
fn a_code_book_keeps_every_rule_of_the_schema() {
    let study = study();
    let root = study.path();
    let ours = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("throughline").unwrap();
        String::from_utf8(command.current_dir(root).args(args).assert().success().get_output().stdout.clone()).unwrap()
    };
    refi::check_code_book(&ours(&["lexicon", "export", "--format", "refi-qda"]));
    // One from elsewhere with an identifier and a color that are none.
    let foreign = "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes><Code guid=\"7\" name=\"A &amp; B\" isCodable=\"true\" \
                   color=\"red\"><Description>x\ny</Description><Code guid=\"{0B5F4D7C-0000-4000-8000-0000000000AA}\" \
                   name=\"C\" isCodable=\"false\" color=\"#abc\"/></Code></Codes></CodeBook>";
    write(root, "book.qdc", foreign);
    let again = ours(&["lexicon", "export", "--format", "refi-qda", "book.qdc"]);
    refi::check_code_book(&again);
    assert!(again.contains("{0B5F4D7C-0000-4000-8000-0000000000AA}") && again.contains("#abc"), "{again}");
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    let study = study();
    assert_eq!(export(study.path()), export(study.path()));
}
