//! XML of all kinds, and docling.

use super::*;

#[test]
fn jats_gives_text_sections_and_fields() {
    let bytes = fixture("article.xml");
    let (documents, faults) = read_as("article.xml", &bytes);
    let article = &documents[0];
    let Metadata { title, authors, year, kind, doi, publication, language, extra, .. } = &article.metadata;
    assert_eq!((title.as_deref(), doi.as_deref()), (Some("Teams in schools"), Some("10.1000/jats.1")));
    assert_eq!(
        (authors.as_slice(), *year),
        (["Wilkin, Anne".to_owned(), "The Study Group".into()].as_slice(), Some(2003))
    );
    assert_eq!((kind.as_deref(), publication.as_deref()), (Some("review article"), Some("Child & Family")));
    assert_eq!((language.as_deref(), extra["keywords"].as_str()), (Some("en"), "schools; teams"));
    let expected = "Teams in schools\n\nMethods\n\nWe asked.\n\nOpening words.\n\nWhy\n\n\
        At p < 0.05, AT&T cafés (α)\u{a0}cost &unknown; more 12 and teams 3.\n\n\
        Findings\n\nThey met:\n\nweekly;\n\ndaily.\n\nDiscussion of cost\n\nCheap.\n\nTable 1\nCosts\n\nYear\tCost\n2003\t5\n\n\
        Thanks to all.\n\nReferences\n\n1 Sloper P 2004 CCHD";
    assert_eq!(article.text, expected);
    use SectionKind::*;
    let parts: Vec<_> =
        kinds(article).into_iter().map(|(kind, words)| (kind, words.split('\n').next().unwrap())).collect();
    let expected = [
        (Title, "Teams in schools"),
        (Abstract, "Methods"),
        (Introduction, "Why"),
        (Results, "Findings"),
        (Results, "Discussion of cost"),
        (Acknowledgements, "Thanks to all."),
        (References, "References"),
    ];
    assert_eq!(parts, expected);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].what, "1 entities of unknown name are kept as written, the first being &unknown;");
}

#[test]
fn entities_are_exact_and_unknown_ones_stay() {
    let rows = [
        ("&lt;&amp;&gt;&quot;&apos;", "<&>\"'"),
        ("&#233;&#xE9;&#x1F600;", "éé😀"),
        ("&alpha;&Omega;&Scaron;&amacr;&euro;&hellip;&nbsp;&ndash;&shy;", "αΩŠā€…\u{a0}–\u{ad}"),
        ("&ThickSpace;&NotEqualTilde;", "\u{205f}\u{200a}≂̸"),
        ("AT&T & co", "AT&T & co"),
        ("&none;&#xD800;", "&none;&#xD800;"),
        ("<![CDATA[a < b &amp;]]>", "a < b &amp;"),
    ];
    for (written, meant) in rows {
        let xml = format!("<article><body><p>x{written}x</p></body></article>");
        assert_eq!(read_as("a.xml", xml.as_bytes()).0[0].text, format!("x{meant}x"), "{written}");
    }
}

#[test]
fn nothing_outside_is_fetched_and_nothing_grows() {
    let laughs = (1..9).fold("<!ENTITY l0 \"lol\">".to_owned(), |all, n| {
        format!("{all}<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))
    });
    let outside =
        "<!ENTITY out SYSTEM \"file:///etc/hostname\"><!ENTITY % far SYSTEM \"http://example.invalid/x\">%far;";
    let xml =
        format!("<!DOCTYPE article [{laughs}{outside}]><article><body><p>Words &l8; and &out;.</p></body></article>");
    let (documents, _) = read_as("a.xml", xml.as_bytes());
    assert_eq!(documents[0].text, "Words &l8; and &out;.");
}

#[test]
fn xml_that_breaks_off_is_cut_there_and_deep_xml_is_bounded() {
    let cut = b"<article><body>\n<p>First.</p>\n<p>Second";
    let (documents, faults) = read_as("a.xml", cut);
    assert_eq!(documents[0].text, "First.\n\nSecond");
    assert_eq!((faults[0].severity, faults[0].line), (Severity::Cut, Some(3)));
    let deep = format!("<article><body><p>Top.</p>{}", "<sec>".repeat(100_000));
    let (documents, faults) = read_as("a.xml", deep.as_bytes());
    assert_eq!(documents[0].text, "Top.");
    assert!(faults[0].what.contains("xml_depth"));
    let wide: String = (0..100_000).map(|n| format!(" a{n}='1'")).collect();
    assert_eq!(only("a.xml", format!("<article><body><p {wide}>Wide.</p></body></article>").as_bytes()).text, "Wide.");
}

#[test]
fn xml_in_an_old_encoding_is_decoded_as_it_says() {
    let text = "<?xml version='1.0' encoding='ISO-8859-2'?><article><body><p>\u{b1}</p></body></article>";
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    assert_eq!(only("a.xml", &bytes).text, "ą");
    assert!(fault("a.xml", b"<marc><record/></marc>").ends_with("is XML of a kind that is not known (<marc>)"));
}

#[test]
fn pubmed_gives_labels_and_its_own_doi() {
    let (documents, faults) = read_as("p.xml", &fixture("two_pubmed.xml"));
    let record = &documents[0];
    assert_eq!(record.text, "Effects of joint teams.\n\nAIM: To see if p < 0.05.\n\nRESULTS: It was.");
    let Metadata { authors, year, kind, doi, publication, extra, .. } = &record.metadata;
    assert_eq!((authors.as_slice(), *year), (["Allnock, Debra".to_owned(), "The Group".into()].as_slice(), Some(2009)));
    assert_eq!(
        (kind.as_deref(), doi.as_deref(), publication.as_deref()),
        (Some("Review"), Some("10.1000/pm"), Some("Public health"))
    );
    assert_eq!(extra["pmid"], "31");
    assert_eq!((documents.len(), documents[1].text.as_str(), faults.len()), (2, "", 0));
}

#[test]
fn tei_gives_text_sections_and_fields() {
    let document = only("g.tei.xml", &fixture("grobid.xml"));
    let expected = "Boards and budgets\n\nBoards spend.\n\nMethods\n\nWe sat on boards (Smith, 2004) & listened.\n\n\
        Figure 1\nA board.\n\nThanks\n\nTo the boards.\n\nCited work Smith";
    assert_eq!(document.text, expected);
    let found: Vec<_> = document.sections.iter().map(|section| section.kind).collect();
    use SectionKind::*;
    assert_eq!(found, [Title, Abstract, Methods, Acknowledgements, References]);
    let Metadata { title, authors, year, doi, publication, language, .. } = &document.metadata;
    assert_eq!((title.as_deref(), authors[0].as_str()), (Some("Boards and budgets"), "Horwath, Mary B"));
    assert_eq!((*year, doi.as_deref()), (Some(2010), Some("10.1000/tei")));
    assert_eq!((publication.as_deref(), language.as_deref()), (Some("Local Government"), Some("en")));
}

#[test]
fn docling_gives_pages_and_marks_furniture() {
    let document = only("d.json", &fixture("docling.json"));
    assert_eq!(
        document.text,
        "Purpose of partnership\n\n1 Results\n\nShared aims.\nShared budgets.\nPage 2 of 2\n\nAim\tMet\nOne\tYes"
    );
    let pages: Vec<_> = document.pages.iter().map(|page| (page.number, page.span.of(&document.text))).collect();
    assert_eq!((pages[0].0, pages[1].0), (1, 2));
    assert!(pages[1].1.starts_with("Shared budgets."), "{pages:?}");
    assert_eq!(document.boilerplate.iter().map(|span| span.of(&document.text)).collect::<Vec<_>>(), ["Page 2 of 2"]);
    assert_eq!(document.sections.last().unwrap().kind, SectionKind::Results);
    assert!(fault("d.json", b"{\"schema_name\": \"DoclingDocument\", ").starts_with("Skipped 0 does not parse"));
}

#[test]
fn names_titles_and_declarations_of_jats_are_read_however_they_are_marked() {
    let xml = r#"<article><front><article-meta><title-group><article-title>Teams<xref ref-type="fn" rid="n">*</xref> of
        <italic>schools</italic></article-title><subtitle>A review</subtitle></title-group><contrib-group>
        <contrib contrib-type="author"><name-alternatives><name><surname>Wang</surname><given-names>Li</given-names></name>
        <name xml:lang="zh"><surname>王</surname><given-names>丽</given-names></name></name-alternatives></contrib>
        <contrib contrib-type="author"><string-name><given-names>Ann</given-names> <surname>Lord</surname></string-name></contrib>
        <contrib contrib-type="author"><string-name>The Panel</string-name></contrib></contrib-group></article-meta></front>
        <body><p>Words.<fn><p>A note.</p></fn></p></body><back><fn-group><fn fn-type="conflict"><p>None declared.</p></fn></fn-group></back></article>"#;
    let article = only("a.xml", xml.as_bytes());
    assert_eq!(article.metadata.title.as_deref(), Some("Teams of schools"));
    assert_eq!(article.metadata.authors, ["Wang, Li", "Lord, Ann", "The Panel"]);
    use SectionKind::*;
    assert_eq!(kinds(&article)[..2], [(Title, "Teams of schools"), (Title, "A review")]);
    assert_eq!(kinds(&article).last(), Some(&(Acknowledgements, "None declared.")));
    assert!(article.text.contains("Words.") && article.text.contains("A note."));
}

#[test]
fn a_page_saved_whole_is_read_out_of_its_message() {
    let page = "<html lang=3D\"en\"><head><title>Co=\r\nsts</title></head><body><p>Money was short, caf=C3=A9 =3D trust.</p></body></html>";
    let message = |encoding: &str, page: &str| {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.org/p\r\nMIME-Version: 1.0\r\nContent-Type: \
             multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b--\"\r\n\r\n----b--\r\nContent-Type: text/html\r\n\
             Content-Transfer-Encoding: {encoding}\r\n\r\n{page}\r\n----b--\r\nContent-Type: image/png\r\n\r\nx\r\n----b----\r\n"
        )
    };
    let document = only("p.mhtml", message("quoted-printable", page).as_bytes());
    assert_eq!((document.format, document.text.as_str()), ("html", "Money was short, café = trust."));
    assert_eq!(document.metadata.title.as_deref(), Some("Costs"));
    assert_eq!(document.metadata.url.as_deref(), Some("https://a.org/p"));
    let packed = "PGh0bWw+PGJvZHk+PHA+UGxhaW4gd29yZHMuPC9wPjwvYm9keT48L2h0bWw+";
    assert_eq!(only("p.txt", message("base64", packed).as_bytes()).text, "Plain words.");
    assert_eq!(
        fault("p.mht", message("8bit", "x").replace("text/html", "text/css").as_bytes()),
        "Skipped 0 holds no page"
    );
}
