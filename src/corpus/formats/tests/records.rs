//! Reference exports and tables of references.

use super::*;

/// The records of a fixture, and its faults.
fn records(name: &str) -> (Vec<Document>, Vec<Fault>) {
    read_as(name, &fixture(name))
}

fn titles(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.metadata.title.as_deref().unwrap_or("")).collect()
}

/// The abstract, which is the last section of a record.
fn abstract_of(document: &Document) -> &str {
    let section = document.sections.last().unwrap();
    assert_eq!(section.kind, SectionKind::Abstract);
    section.span.of(&document.text)
}

#[test]
fn ris_survives_banners_empty_tags_remarks_and_a_missing_end() {
    let (documents, faults) = records("quirks.ris");
    let expected = ["Joined-up services", "No abstract here", "Third", "Fourth, after one without an end"];
    assert_eq!(titles(&documents), expected);
    let Metadata { authors, year, doi, publication, kind, extra, .. } = &documents[0].metadata;
    assert_eq!(authors, &["Sloper, Patricia", "Beresford, Bryony"]);
    assert_eq!((*year, doi.as_deref()), (Some(2006), Some("10.1000/abc.1")));
    assert_eq!((publication.as_deref(), kind.as_deref()), (Some("Child Care"), Some("journal article")));
    assert_eq!((extra["EP"].as_str(), extra["KW"].as_str()), ("580", "agencies; children"));
    assert_eq!((extra.get("SP"), extra.get("C1")), (None, None));
    assert!(extra["N1"].starts_with("RAYYAN-INCLUSION"));
    let expected = "BACKGROUND: Agencies met.\nThey met again, and wrapped lines were joined.";
    assert_eq!(abstract_of(&documents[0]), expected);
    assert_eq!(documents[0].text, format!("Joined-up services\n\n{expected}"));
    assert_eq!(documents[0].sections[0].kind, SectionKind::Title);
    assert_eq!((documents[1].text.as_str(), documents[1].sections.len()), ("", 0));
    assert_eq!(documents[2].metadata.extra["XX"], "an unknown tag");
    assert_eq!(faults, []);
}

#[test]
fn ris_is_told_by_content_and_read_with_any_line_ends_and_few_spaces() {
    let plain = String::from_utf8(fixture("quirks.ris")).unwrap();
    let of = |text: &str, path: &str| {
        let (documents, faults) = read_as(path, text.as_bytes());
        (documents.iter().map(|document| document.text.clone()).collect::<Vec<_>>(), faults.len())
    };
    let expected = of(&plain, "a.ris");
    assert_eq!(of(&plain, "a.txt"), expected);
    assert_eq!(of(&format!("\u{feff}{}", plain.replace('\n', "\r\n")), "a.ris"), expected);
    assert_eq!(of(&plain.replace('\n', "\r"), "a.ris"), expected);
    assert_eq!(of(&plain.replace("  - ", " - ").replace("XX - ", "XX  - "), "a.ris"), expected);
    assert_eq!(of("TI  - No type\nAB  - But words.\nER  - \nTI  - Next\nAB  - More.\nER  -", "a.ris").0.len(), 2);
    assert_eq!(read_as("a.txt", b"Notes.\nThe line TY  - JOUR starts a record of RIS.\n").0[0].format, "text");
}

#[test]
fn names_of_records_stay_when_others_come_before_them() {
    let record = |n: u32| format!("TY  - JOUR\nTI  - Title {n}\nAB  - Words {n}.\nER  - \n");
    let ids = |text: &str| -> Vec<String> {
        read_as("lit/export.ris", text.as_bytes()).0.into_iter().map(|document| document.id.0).collect()
    };
    let (one, two) = (ids(&record(1)), ids(&(record(2) + &record(1) + &record(1))));
    assert_eq!(two[1..], [one[0].clone(), format!("{}-2", one[0])]);
    assert!(one[0].starts_with("lit/export#") && two[0] != two[1]);
}

#[test]
fn nbib_joins_its_lines_and_takes_the_doi_among_the_ids() {
    let (documents, faults) = records("two.nbib");
    let Metadata { title, authors, year, doi, publication, kind, language, .. } = &documents[0].metadata;
    assert_eq!(title.as_deref(), Some("Leadership across agencies."));
    assert_eq!((authors.as_slice(), *year), (["Fujiwara, Takeo".to_owned()].as_slice(), Some(2015)));
    assert_eq!((doi.as_deref(), publication.as_deref()), (Some("10.1000/xyz.5"), Some("Public health")));
    assert_eq!((kind.as_deref(), language.as_deref()), (Some("Journal Article; Review"), Some("eng")));
    assert_eq!(abstract_of(&documents[0]), "Leaders matter. Percentages such as 5 % are kept.");
    assert_eq!((documents.len(), documents[1].text.as_str(), faults.len()), (2, "", 0));
    let without_ids = b"OWN - ERIC\nTI  - One\nAB  - Words.\n\nOWN - ERIC\nTI  - Two\nAB  - More.\n";
    assert_eq!(titles(&read_as("a.txt", without_ids).0), ["One", "Two"]);
}

#[test]
fn endnote_and_web_of_science_give_the_same_fields() {
    let rows = [
        ("one.enw", "enw", "Roles and purpose", "Newman, W. H.", 2009, "10.1000/enw", "Social Policy"),
        ("one_wos.txt", "web-of-science", "Funding that ends", "Alpha, Ann", 2011, "10.1000/wos", "JOURNAL OF FUNDING"),
        (
            "one_endnote.xml",
            "endnote-xml",
            "What works in strategic partnerships",
            "Percy-Smith, Janie",
            2005,
            "10.1000/en",
            "Children & Society",
        ),
        ("scopus.csv", "csv", "Costs, and care", "Lord P.", 2008, "10.1000/sc", "Education Research"),
    ];
    let abstracts = [
        "First line of the abstract, and its second.",
        "Money ran out.",
        "Partnerships <work> where aims are shared; p < 0.05.",
        "A \"costly\" affair.",
    ];
    for ((name, format, title, author, year, doi, publication), expected) in rows.into_iter().zip(abstracts) {
        let (mut documents, _) = records(name);
        documents.retain(|document| !document.text.is_empty());
        assert_eq!((documents.len(), documents[0].format), (1, format), "{name}");
        let metadata = &documents[0].metadata;
        assert_eq!((metadata.title.as_deref(), metadata.authors[0].as_str()), (Some(title), author), "{name}");
        assert_eq!((metadata.year, metadata.doi.as_deref()), (Some(year), Some(doi)), "{name}");
        assert_eq!(
            (metadata.publication.as_deref(), abstract_of(&documents[0])),
            (Some(publication), expected),
            "{name}"
        );
    }
    assert_eq!(records("one_wos.txt").0[0].metadata.authors, ["Alpha, Ann", "Beta, Bo"]);
    assert_eq!(records("one_endnote.xml").0[0].metadata.authors, ["Percy-Smith, Janie"]);
    assert_eq!(records("scopus.csv").0[0].metadata.authors, ["Lord P.", "Wilkin A."]);
    assert_eq!(records("scopus.csv").0[1].text, "");
}

#[test]
fn other_tagged_exports_are_told_apart_by_content() {
    let ovid = "<1. >\nVN  - Ovid Technologies\nTI  - One\nAB  - Words\n      go on.\nAU  - A, B\nYR  - 2014\n\n<22. >\nVN - Ovid\nTI - Two\nAB - More.\n";
    let (documents, faults) = read_as("a.txt", ovid.as_bytes());
    assert_eq!((titles(&documents), documents[0].format, faults.len()), (vec!["One", "Two"], "ovid", 0));
    assert_eq!((abstract_of(&documents[0]), documents[0].metadata.year), ("Words go on.", Some(2014)));
    let refworks = "RT Journal Article\nSR Electronic(1)\nA1 Brennan,Timothy\nT1 Clothes\nYR 2003\nAB Naked.\nNO doi: 10.1086/374030\n";
    let (documents, _) = read_as("a.txt", refworks.as_bytes());
    assert_eq!((documents[0].format, documents[0].metadata.doi.as_deref()), ("refworks", Some("10.1086/374030")));
}

#[test]
fn bibtex_resolves_macros_latex_and_crossrefs_and_a_broken_entry_costs_itself() {
    let (documents, faults) = records("quirks.bib");
    assert_eq!(
        titles(&documents),
        [
            "Joined up: café culture – & costs of 5 %",
            "A part",
            "The Proceedings",
            "After the broken one",
            "Same key again"
        ]
    );
    let Metadata { authors, year, doi, publication, kind, .. } = &documents[0].metadata;
    assert_eq!(authors, &["Smith, Jörg", "The Agency and Partners"]);
    assert_eq!((*year, doi.as_deref(), kind.as_deref()), (Some(2004), Some("10.1000/bib_1"), Some("article")));
    assert_eq!(publication.as_deref(), Some("Child Care Services"));
    let expected = "Naïve “hopes” of Émile & Co.\u{a0}met budgets; D'Arcy ønly laughed.";
    assert_eq!(abstract_of(&documents[0]), expected);
    assert_eq!(
        (documents[1].metadata.year, documents[1].metadata.publication.as_deref()),
        (Some(2006), Some("The Proceedings"))
    );
    assert_ne!(documents[0].id, documents[4].id);
    let broken: Vec<_> = faults.iter().map(|fault| (fault.severity, fault.line)).collect();
    assert_eq!(broken, [(Severity::Skipped, Some(15))]);
    assert_eq!(faults[0].what, "the entry @article does not parse: a value that starts in line 15 has no end");
}

#[test]
fn jsonl_with_abstracts_is_read_as_records() {
    let document = only("a.jsonl", b"{\"id\": 3, \"title\": \"T\", \"abstract\": \"Words.\", \"year\": 2001}\n");
    assert_eq!((document.id.0.as_str(), document.text.as_str()), ("3", "T\n\nWords."));
}

#[test]
fn a_record_without_an_abstract_keeps_its_fields_and_one_without_a_title_too_is_named() {
    let ris = "TY  - JOUR\nTI  - Bare\nAU  - A, B\nPY  - 2001\nDO  - 10.1/x\nER  - \nTY  - JOUR\nAU  - C, D\nER  - \n";
    let (documents, faults) = read_as("a.ris", ris.as_bytes());
    assert_eq!((documents.len(), documents[0].text.as_str(), documents[0].metadata.year), (1, "", Some(2001)));
    assert_eq!((faults.len(), faults[0].line, faults[0].severity), (1, Some(7), Severity::Skipped));
    assert_eq!(faults[0].what, "the record has neither a title nor an abstract");
}

#[test]
fn csl_json_gives_fields_and_abstracts_without_their_markup() {
    let items = r#"[
  {"type": "article-journal", "title": "Joined <i>up</i>", "container-title": "Child Care", "DOI": "10.1000/CSL",
   "author": [{"family": "Eyk", "given": "Helen", "non-dropping-particle": "van"}, {"literal": "The Agency"}],
   "issued": {"date-parts": [["2004", 3]]}, "abstract": "<jats:p>Money, p < 0.05.</jats:p><jats:p>Trust.</jats:p>"},
  {"type": "book", "title": "No abstract", "issued": {"raw": "spring 1999"}, "volume": 12},
  17,
  {"type": "chapter", "title": "Third", "abstract": "Words."},
  {"type": "chapter", "title": "Broken
]"#;
    let (documents, faults) = read_as("refs.json", items.as_bytes());
    assert_eq!(titles(&documents), ["Joined up", "No abstract", "Third"]);
    let Metadata { authors, year, doi, publication, kind, .. } = &documents[0].metadata;
    assert_eq!(authors, &["van Eyk, Helen", "The Agency"]);
    assert_eq!((*year, doi.as_deref(), publication.as_deref()), (Some(2004), Some("10.1000/csl"), Some("Child Care")));
    assert_eq!(kind.as_deref(), Some("journal article"));
    assert_eq!(abstract_of(&documents[0]), "Money, p < 0.05.\n\nTrust.");
    assert_eq!((documents[1].metadata.year, documents[1].metadata.extra["volume"].as_str()), (Some(1999), "12"));
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(6), Some(8)], "{faults:?}");
    let deep = format!("[{{\"type\":\"book\",\"issued\":{}", "[".repeat(100_000));
    assert!(fault("a.json", deep.as_bytes()).starts_with("Cut 1 the JSON breaks off: recursion limit"));
}

#[test]
fn mods_tells_authors_from_other_names_and_the_journal_from_its_host() {
    let mods = r#"<?xml version="1.0"?><modsCollection xmlns="http://www.loc.gov/mods/v3">
<mods><titleInfo><nonSort>The</nonSort><title>roles &amp; aims</title><subTitle>a review</subTitle></titleInfo>
<titleInfo type="alternative"><title>Other</title></titleInfo>
<name type="personal"><namePart type="given">Ann</namePart><namePart type="family">Alpha</namePart>
<role><roleTerm type="code" authority="marcrelator">aut</roleTerm></role></name>
<name><namePart>Beta, Bo [1848-1914]</namePart><role><roleTerm type="text">editor</roleTerm></role></name>
<genre>article</genre><language><languageTerm type="code">eng</languageTerm></language>
<abstract>Aims were clear; p &lt; 0.05.</abstract><identifier type="doi">https://doi.org/10.1000/MODS</identifier>
<relatedItem type="host"><titleInfo><title>Journal of Aims</title></titleInfo><part><date>2003-04</date></part></relatedItem>
<location><url>http://example.org/a</url></location></mods>
<mods><titleInfo><title>Bare</title></titleInfo><originInfo><dateIssued>1999</dateIssued></originInfo></mods></modsCollection>"#;
    let (documents, faults) = read_as("records.xml", mods.as_bytes());
    assert_eq!((titles(&documents), faults.len()), (vec!["The roles & aims: a review", "Bare"], 0));
    let Metadata { authors, year, doi, publication, kind, url, language, .. } = &documents[0].metadata;
    assert_eq!((authors.as_slice(), *year), (["Alpha, Ann".to_owned()].as_slice(), Some(2003)));
    assert_eq!((doi.as_deref(), publication.as_deref()), (Some("10.1000/mods"), Some("Journal of Aims")));
    assert_eq!((kind.as_deref(), language.as_deref()), (Some("article"), Some("eng")));
    assert_eq!(
        (url.as_deref(), abstract_of(&documents[0])),
        (Some("http://example.org/a"), "Aims were clear; p < 0.05.")
    );
    assert_eq!((documents[1].text.as_str(), documents[1].metadata.year), ("", Some(1999)));
}

#[test]
fn subtitles_formulas_and_links_of_bibtex_are_read_as_they_are_printed() {
    let bib =
        br#"@online{a, subtitle = {A review}, title = {Teams}, abstract = {H$_2$O at $x_i$, \url{http://a.org/~b_c} and
        \href{http://x.org}{a link}. \begin{itemize}\item One\item two\end{itemize}}}"#;
    let document = only("a.bib", bib);
    assert_eq!(document.metadata.title.as_deref(), Some("Teams: A review"));
    assert_eq!(abstract_of(&document), "H2O at xi, http://a.org/~b_c and a link. One two");
}

#[test]
fn a_chapter_in_pubmed_has_its_own_title_and_that_of_its_book() {
    let xml = r#"<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>2</PMID><Book><BookTitle>The Book</BookTitle><PubDate><Year>2020</Year>
        </PubDate></Book><ArticleTitle>The chapter</ArticleTitle><Abstract><AbstractText>Words.</AbstractText></Abstract></BookDocument></PubmedBookArticle>
        <PubmedBookArticle><BookDocument><PMID>3</PMID><Book><BookTitle>Another</BookTitle></Book></BookDocument></PubmedBookArticle></PubmedArticleSet>"#;
    let (documents, _) = read_as("a.xml", xml.as_bytes());
    assert_eq!(titles(&documents), ["The chapter", "Another"]);
    assert_eq!(documents[0].metadata.publication.as_deref(), Some("The Book"));
    assert_eq!(documents[1].metadata.publication, None);
}

#[test]
fn what_services_add_to_names_and_abstracts_is_taken_away() {
    let csv =
        "\"Author full names\",Title,Abstract\n\"Smith, John (57200000001); Doe,Jane\",T,[No abstract available]\n";
    let (documents, _) = read_as("a.csv", csv.as_bytes());
    assert_eq!(documents[0].metadata.authors, ["Smith, John", "Doe, Jane"]);
    assert_eq!(documents[0].text, "");
    let ris =
        "TY  - JOUR\nTI  - T\nAB  - <jats:p>At p &lt; 0.05, <jats:italic>a</jats:italic> &amp; b.</jats:p>\nER  - \n";
    assert_eq!(abstract_of(&only("a.ris", ris.as_bytes())), "At p < 0.05, a & b.");
    let plain = "TY  - JOUR\nTI  - T\nAB  - At p < 0.05 &amp; b > a.\nER  - \n";
    assert_eq!(abstract_of(&only("a.ris", plain.as_bytes())), "At p < 0.05 &amp; b > a.");
}

#[test]
fn one_item_of_csl_json_is_read_like_an_array_of_one() {
    let item = r#"{"type":"book","title":"T","container-title":"J","editor":[{"family":"Day","given":"C"}],
        "abstract":"Words."}"#;
    let document = only("a.json", item.as_bytes());
    assert_eq!((document.format, document.metadata.authors.as_slice()), ("csl-json", ["Day, C".to_owned()].as_slice()));
    let two = format!("{0}\n{0}\n", item.replace('\n', ""));
    assert_eq!(read_as("a.json", two.as_bytes()).0.len(), 2);
    assert_eq!(read_as("a.json", two.as_bytes()).0[0].format, "jsonl");
}
