// What each target of the fuzzer does with its bytes. Shared by `fuzz_targets/` (cargo-fuzz, coverage-guided) and by
// `tests/fuzz.rs` (random changes of the fixtures, on any toolchain).

use std::path::{Path, PathBuf};
use throughline::corpus::{self, CorpusSettings, LimitSettings};
use throughline::evaluate::{self, EvaluateSettings};
use throughline::lexicon::{self, Format, Lexicon, LexiconSettings, Pattern, Theme, ThemeId};
use throughline::text::{Analyzer, TextSettings};

/// A target: its name, what it does, and the fixtures that changes begin from.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    pub seeds: &'static [&'static str],
}

pub const TARGETS: &[Target] = &[
    Target { name: "tagged", run: tagged, seeds: &["quirks.ris", "two.nbib", "one.enw", "one_wos.txt"] },
    Target { name: "bibtex", run: bibtex, seeds: &["quirks.bib"] },
    Target { name: "table", run: table, seeds: &["scopus.csv"] },
    Target { name: "json", run: json, seeds: &["docling.json"] },
    Target { name: "xml", run: xml, seeds: &["article.xml", "grobid.xml", "one_endnote.xml", "two_pubmed.xml"] },
    Target { name: "html", run: html, seeds: &["article.xml"] },
    Target { name: "markdown", run: markdown, seeds: &["quirks.bib"] },
    Target { name: "packages", run: packages, seeds: &[] },
    Target { name: "pdf", run: pdf, seeds: &["two_pages.pdf"] },
    Target { name: "patterns", run: patterns, seeds: &[] },
    Target { name: "theme_file", run: theme_file, seeds: &[] },
    Target { name: "foreign_lexicons", run: foreign_lexicons, seeds: &[] },
    Target { name: "codings", run: codings, seeds: &["scopus.csv"] },
];

/// A file of this process that holds `bytes`.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("throughline-fuzz-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).expect("the temporary folder can be written to");
    path
}

/// Reads `bytes` under each of the names, and looks at what comes out.
fn read(endings: &[&str], bytes: &[u8]) {
    let limits =
        LimitSettings { text_bytes: 1 << 20, entry_bytes: 1 << 20, n_entries: 100, ..LimitSettings::default() };
    let settings = CorpusSettings { limits, ..CorpusSettings::default() };
    for ending in endings {
        let path = file(&format!("a.{ending}"), bytes);
        let Ok(source) = corpus::source(&path) else { continue };
        corpus::read(&source, &settings, &mut |document| {
            let spans = document.sections.iter().map(|section| section.span);
            for span in spans.chain(document.pages.iter().map(|page| page.span)).chain(document.boilerplate.clone()) {
                assert!(document.text.get(span.start as usize..span.end as usize).is_some(), "{span:?} does not fit");
            }
        });
    }
}

pub fn tagged(bytes: &[u8]) {
    read(&["ris", "nbib", "enw", "ovid", "wos", "refworks", "txt"], bytes);
}

pub fn bibtex(bytes: &[u8]) {
    read(&["bib"], bytes);
}

pub fn table(bytes: &[u8]) {
    read(&["csv", "tsv"], bytes);
}

pub fn json(bytes: &[u8]) {
    read(&["jsonl", "json"], bytes);
    let mut whole = b"[{\"type\":\"book\",\"issued\":1,\"title\":\"".to_vec();
    whole.extend_from_slice(bytes);
    read(&["json"], &whole);
}

pub fn xml(bytes: &[u8]) {
    read(&["xml", "nxml", "tei", "mods"], bytes);
    for root in ["article", "mods", "TEI", "PubmedArticle", "xml><records><record"] {
        let mut whole = format!("<{root}>").into_bytes();
        whole.extend_from_slice(bytes);
        read(&["xml"], &whole);
    }
}

pub fn html(bytes: &[u8]) {
    read(&["html", "mhtml"], bytes);
    let top = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: ";
    for encoding in ["quoted-printable", "base64", "8bit"] {
        let mut whole = format!("{top}{encoding}\n\n").into_bytes();
        whole.extend_from_slice(bytes);
        read(&["mhtml"], &whole);
    }
}

pub fn markdown(bytes: &[u8]) {
    read(&["md", "txt"], bytes);
}

pub fn packages(bytes: &[u8]) {
    read(&["zip", "gz", "docx", "odt", "epub"], bytes);
}

pub fn pdf(bytes: &[u8]) {
    read(&["pdf"], bytes);
}

pub fn patterns(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let pattern = |text: &str| Pattern { text: text.to_owned(), weight: 0.9, stance: None, line: 1 };
    let theme = Theme { id: ThemeId("fuzz".into()), patterns: text.lines().map(pattern).collect(), ..Theme::default() };
    let _ = Lexicon::compile(vec![theme], &LexiconSettings::default(), &Analyzer::new(&TextSettings::default()));
}

pub fn theme_file(bytes: &[u8]) {
    let folder = std::env::temp_dir().join(format!("throughline-fuzz-{}-themes", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written to");
    std::fs::write(folder.join("a.toml"), bytes).expect("the temporary folder can be written to");
    let settings = LexiconSettings { themes: vec![folder], ..LexiconSettings::default() };
    let _ = lexicon::load(&settings, &Analyzer::new(&TextSettings::default()));
}

pub fn foreign_lexicons(bytes: &[u8]) {
    let all = [
        Format::Liwc,
        Format::LiwcTable,
        Format::Lexicoder,
        Format::Yoshikoder,
        Format::WordStat,
        Format::Yaml,
        Format::Csv,
        Format::Tsv,
        Format::Refi,
    ];
    for format in all {
        if let Ok((foreign, _)) = lexicon::read_foreign(bytes, format, None, Path::new("a")) {
            let (text, _) = lexicon::write_foreign(&foreign, format);
            let _ = lexicon::read_foreign(text.as_bytes(), format, None, Path::new("a"));
        }
    }
}

pub fn codings(bytes: &[u8]) {
    let path = file("codings.csv", bytes);
    let _ = evaluate::read(&EvaluateSettings { codings: vec![path], ..EvaluateSettings::default() });
}
