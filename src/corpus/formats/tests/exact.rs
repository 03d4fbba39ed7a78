//! Nothing is lost on the way and nothing is changed: entities, encodings, signs, and the sum of what was read and rejected.

use super::*;

/// `name`, and the characters it stands for, of 300 entities (out of the list of HTML 5, as Python's library gives it).
fn entities() -> Vec<(String, String)> {
    let table = String::from_utf8(fixture("entities.tsv")).unwrap();
    let row = |line: &str| {
        let (name, codes) = line.split_once('\t').unwrap();
        let text = codes.split(' ').map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        (name.to_owned(), text.collect::<String>())
    };
    // White space is folded, whether it is written or named.
    table.lines().map(row).filter(|(_, text)| !text.trim_matches(['\t', '\n', ' ']).is_empty()).collect()
}

#[test]
fn three_hundred_entities_become_the_characters_they_stand_for() {
    let entities = entities();
    assert!(entities.len() > 295);
    let written: Vec<String> = entities.iter().map(|(name, _)| format!("x[&{name};]y")).collect();
    let expected: Vec<String> = entities.iter().map(|(_, text)| format!("x[{text}]y")).collect();
    let (written, expected) = (written.join(" "), expected.join(" "));
    let files = [
        ("a.xml", format!("<article><body><p>{written}</p></body></article>")),
        ("a.html", format!("<html><body><p>{written}</p></body></html>")),
        ("a.tei", format!("<TEI><text><body><p>{written}</p></body></text></TEI>")),
        (
            "e.xml",
            format!(
                "<xml><records><record><titles><title>T</title></titles><abstract>{written}</abstract></record></records></xml>"
            ),
        ),
        ("m.xml", format!("<mods><titleInfo><title>T</title></titleInfo><abstract>{written}</abstract></mods>")),
    ];
    for (path, file) in files {
        let document = only(path, file.as_bytes());
        let text = document.text.strip_prefix("T\n\n").unwrap_or(&document.text);
        for (found, expected) in text.split(' ').zip(expected.split(' ')) {
            assert_eq!(found, expected, "{path}");
        }
        assert_eq!(text, expected, "{path}");
    }
}

#[test]
fn numbered_entities_are_resolved_and_unknown_ones_kept_and_counted() {
    let p = "<p>p &lt; 0.05 in AT&amp;T caf&#233; &#xE9;&#x1F600; a &unknown; and &wrong&#233;</p>";
    let (documents, faults) = read_as("a.xml", format!("<article><body>{p}&also;</body></article>").as_bytes());
    assert_eq!(documents[0].text.trim(), "p < 0.05 in AT&T café é😀 a &unknown; and &wrongé\n\n&also;");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].what.starts_with("2 entities of unknown name are kept as written"), "{faults:?}");
}

#[test]
fn entities_that_name_files_or_each_other_stay_names() {
    for declared in [
        "<!ENTITY e \"ha\"><!ENTITY f \"&e;&e;\">",
        "<!ENTITY e SYSTEM \"file:///etc/hostname\">",
        "<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;",
        "<!ENTITY e \"&e;\">",
    ] {
        let file = format!("<!DOCTYPE article [{declared}]><article><body><p>Words &e; and &f;.</p></body></article>");
        assert_eq!(read_as("a.xml", file.as_bytes()).0[0].text.trim(), "Words &e; and &f;.");
    }
}

#[test]
fn right_to_left_marks_and_signs_of_many_code_points_are_kept_to_the_byte() {
    let texts = [
        "العمل المشترك بين الوكالات ضروري.",
        "\u{202e}reversed\u{202c} and \u{2066}isolated\u{2069}",
        "family 👨‍👩‍👧‍👦 flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿 skin 👍🏽",
        "e\u{301} and é, q\u{307}\u{323}",
        "Z\u{351}\u{36b}\u{343}algo; \u{feff}mark inside; \u{200b}zero width",
        "ﬁnance and ﬀ ligatures; 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    ];
    for text in texts {
        assert_eq!(only("t.txt", text.as_bytes()).text, text);
        let line = serde_json::json!({"id": "x", "text": text}).to_string();
        assert_eq!(only("t.jsonl", line.as_bytes()).text, text);
        let row = format!("id,text\nx,\"{text}\"\n");
        assert_eq!(only("t.csv", row.as_bytes()).text, text);
        let article = format!("<article><body><p>{text}</p></body></article>");
        assert_eq!(only("t.xml", article.as_bytes()).text.trim_end(), text);
    }
    // A zero byte is kept in a text; in a record it is kept too, and nothing ends there.
    assert_eq!(only("t.txt", b"before\0after the zero byte").text, "before\0after the zero byte");
}

#[test]
fn fifty_encodings_that_a_file_names_are_decoded_as_named() {
    let names = "iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-10 \
                 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 windows-1250 windows-1251 windows-1252 windows-1253 \
                 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 windows-874 koi8-r koi8-u macintosh \
                 x-mac-cyrillic ibm866 gbk gb18030 big5 euc-jp shift_jis euc-kr gb2312 latin1 latin2 latin5 ascii \
                 cp1251 cp1252 l1 greek hebrew arabic cyrillic ms_kanji ks_c_5601-1987 sjis x-gbk";
    assert_eq!(names.split_whitespace().count(), 50);
    for name in names.split_whitespace() {
        let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap_or_else(|| panic!("{name}"));
        // Letters that this encoding has, of many scripts.
        let candidates = "éèüßñøłčžş ĘěŐ αβγ абв אבג ابت กขฃ 中文字 かな 한국 ﾊﾝ";
        let has = |c: char| {
            let text = c.to_string();
            let (bytes, _, is_lossy) = encoding.encode(&text);
            !is_lossy && encoding.decode_without_bom_handling(&bytes).0 == text
        };
        let letters: String = candidates.chars().filter(|c| has(*c)).collect();
        let page = format!(
            "<?xml version=\"1.0\" encoding=\"{name}\"?><article><body><p>Words {letters} end.</p></body></article>"
        );
        let (bytes, _, _) = encoding.encode(&page);
        assert_eq!(
            only("a.xml", &bytes).text.trim(),
            format!("Words {} end.", letters.split_whitespace().collect::<Vec<_>>().join(" ")),
            "{name}"
        );
    }
}

#[test]
fn what_is_read_and_what_is_rejected_add_up_to_what_is_there() {
    let ris = "TY  - JOUR\nTI  - One\nAB  - A.\nER  - \nTY  - JOUR\nTI  - Two\nTY  - JOUR\nAU  - Nobody\nER  - \nTY-JOUR\nTI-Four\nER-\n";
    let bib = "@article{a, title={One}}\n@article{b, title={Two}\n@article{a, title={Three}}\n@article{c, author={X}}\n@misc{, title={Five}}\n";
    let csv = "title,abstract,year\nOne,Words.,2001\nTwo,,2002\nThree,Words\nFour,a,b,c,d\n,,\nSix,\"Quoted, \"\"words\"\"\",x\n";
    let jsonl = "{\"text\":\"One\"}\n{\"text\":\n[]\n{\"title\":\"no text\"}\n{\"abstract\":\"Five\"}\n";
    let rows: [(&str, &str, usize, &[u64]); 4] = [
        ("a.ris", ris, 3, &[7]),
        ("a.bib", bib, 3, &[2, 4]),
        ("a.csv", csv, 3, &[4, 5, 6]),
        ("a.jsonl", jsonl, 2, &[2, 3, 4]),
    ];
    for (path, text, n_read, rejected) in rows {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let (documents, faults) = read_as(path, text.as_bytes());
            let lines: Vec<u64> = faults.iter().map(|fault| fault.line.expect("a line")).collect();
            assert_eq!((documents.len(), lines.as_slice()), (n_read, rejected), "{path}: {faults:?}");
            assert!(faults.iter().all(|fault| fault.severity != Severity::Degraded && fault.hint.is_some()));
        }
    }
}

#[test]
fn a_crossref_that_leads_in_a_circle_ends_and_gives_what_it_can() {
    let bib = "@inbook{a, title={A}, crossref={b}, abstract={x}}\n@book{b, title={B}, year={2001}, crossref={a}}\n@book{c, title={C}, crossref={c}, abstract={y}}\n";
    let (documents, faults) = read_as("a.bib", bib.as_bytes());
    assert_eq!((documents.len(), faults.len(), documents[0].metadata.year), (3, 0, Some(2001)));
}

#[test]
fn dates_labels_and_latin_letters_of_exports_come_through() {
    let ris = b"TY  - JOUR\nTI  - Caf\xe9 culture\nPY  - 2020//\nAB  - Na\xefve hopes of \xc9mile.\nN1  - <p>ASReview_relevant</p>\n\
                N1  - RAYYAN-INCLUSION: {\"Ann\"=>\"Included\"} | RAYYAN-LABELS: costs\nER  - \n";
    let document = only("a.ris", ris);
    assert_eq!((document.metadata.title.as_deref(), document.metadata.year), (Some("Café culture"), Some(2020)));
    assert!(document.text.ends_with("Naïve hopes of Émile."));
    assert!(
        document.metadata.extra["N1"].contains("ASReview_relevant") && document.metadata.extra["N1"].contains("costs")
    );
}
