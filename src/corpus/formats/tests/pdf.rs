//! PDFs made for the purpose, as small as they can be.

use super::*;
use std::fmt::Write;

/// A PDF of these objects, numbered from 1, the first being the catalog.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
    }
    let xref = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    places.iter().for_each(|place| writeln!(out, "{place:010} 00000 n ").unwrap());
    write!(out, "trailer\n<</Root 1 0 R/Size {}{trailer}>>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1).unwrap();
    out.into_bytes()
}

fn stream(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// A PDF with a page for each stream of content. F1 is a roman face, F2 a bold one, F3 one without meanings; code 1 is the
/// ligature fi in F1.
fn pages(contents: &[&str], trailer: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", 8 + 2 * n)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Count {}/Kids[{}]/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>/XObject<</I 6 0 R>>>>>>",
            contents.len(),
            kids.join(" ")
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi]>>>>"
            .to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding>>".to_owned(),
        format!(
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 0/LastChar 127/Widths[{}]/CharProcs<<>>/Encoding<</Differences[]>>>>",
            "5 ".repeat(128)
        ),
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x"),
        stream(
            "/Type/Metadata/Subtype/XML",
            r#"<x><r:Description xmlns:r="r" xmlns:dc="d" xmlns:p="p"><dc:creator><r:Seq><r:li>Peter Lord</r:li><r:li>Gloria Harbin</r:li></r:Seq></dc:creator><p:publicationName>Child</p:publicationName></r:Description></x>"#,
        ),
    ];
    for (n, content) in contents.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 9 + 2 * n));
        objects.push(stream("", content));
    }
    file(&objects, trailer)
}

/// Lines of a page as `x y font size text`, for the content stream.
fn page(lines: &[(u32, u32, &str, u32, &str)]) -> String {
    let mut content = String::new();
    for (x, y, font, size, text) in lines {
        writeln!(content, "BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET").unwrap();
    }
    content
}

/// Body lines from `y` down, twelve points apart.
fn body(x: u32, y: u32, lines: &[&str]) -> String {
    let lines: Vec<_> = (0..).zip(lines).map(|(n, line)| (x, y - 12 * n, "F1", 10, *line)).collect();
    page(&lines)
}

#[test]
fn columns_are_read_one_after_the_other_and_their_paragraphs_go_on() {
    let left =
        body(50, 700, &["Joint working between multi-", "agency teams needs time,", "and the work of many part-"]);
    let right = body(320, 700, &["ners. Multi-agency teams were", "re-\\001ned in well-", "run places by partners."]);
    let document = only("a.pdf", &pages(&[&(left + &right)], ""));
    assert_eq!(
        document.text,
        "Joint working between multi-agency teams needs time, and the work of many partners. Multi-agency teams were \
         re-fined in wellrun places by partners."
    );
    assert_eq!((document.format, document.pages.len()), ("pdf", 1));
}

#[test]
fn heads_and_numbers_of_pages_are_marked_and_cut_no_sentence() {
    let one = page(&[(50, 780, "F1", 8, "Journal of Care 12"), (300, 20, "F1", 9, "7")])
        + &body(50, 700, &["The first page ends in the middle of", "a sentence that the second page has"]);
    let two = page(&[(50, 780, "F1", 8, "Journal of Care 12"), (300, 20, "F1", 9, "8")])
        + &body(50, 700, &["to bring to its end.", "", "", "A new paragraph."]);
    let document = only("a.pdf", &pages(&[&one, &two], ""));
    assert_eq!(
        document.text,
        "Journal of Care 12\n7\n\nThe first page ends in the middle of a sentence that the second page has to bring to \
         its end.\n\nJournal of Care 12\n8\n\nA new paragraph."
    );
    let marked: Vec<&str> = document.boilerplate.iter().map(|span| span.of(&document.text)).collect();
    assert_eq!(marked, ["Journal of Care 12\n7", "Journal of Care 12\n8"]);
    assert_eq!(document.pages.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2]);
    assert!(document.pages[1].span.of(&document.text).starts_with("to bring to its end."));
}

#[test]
fn headings_make_sections_and_the_front_gives_the_fields() {
    let content = page(&[
        (50, 740, "F2", 18, "Working together"),
        (50, 720, "F1", 10, "Peter Lord and Gloria Harbin"),
        (50, 690, "F1", 10, "Abstract. Teams need time. https://doi.org/10.1111/J.1365 \\251 2004"),
        (50, 660, "F2", 10, "1 Introduction"),
    ]) + &body(50, 640, &["Why teams were asked, and by whom, is said here."])
        + &page(&[(50, 610, "F2", 10, "2 Methods"), (50, 590, "F2", 10, "2.1 Sample")])
        + &body(50, 570, &["Ten teams were asked12 and eight of them answered."])
        + &page(&[(338, 574, "F1", 6, "3")])
        + &page(&[(50, 540, "F2", 10, "R E F E R E N C E S")])
        + &body(
            50,
            520,
            &["[1] Sloper P. Facilitators and barriers to joint", "working. Child 2004.", "[2] Lord P. Review."],
        );
    let document = only("a.pdf", &pages(&[&content], "/Info<</Title(Microsoft Word - draft.doc)/Author(x)>>"));
    use SectionKind::*;
    let sections: Vec<_> = document.sections.iter().map(|s| (s.kind, s.heading.as_deref().unwrap_or("-"))).collect();
    assert_eq!(
        sections,
        [
            (Title, "-"),
            (Body, "-"),
            (Abstract, "-"),
            (Introduction, "1 Introduction"),
            (Methods, "2 Methods"),
            (Methods, "2.1 Sample"),
            (References, "REFERENCES"),
        ]
    );
    let references = document.sections.last().unwrap().span.of(&document.text);
    assert!(references.contains("joint working. Child 2004.\n\n[2] Lord"), "{references}");
    let metadata = &document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Working together"));
    assert_eq!(metadata.authors, ["Peter Lord", "Gloria Harbin"]);
    assert_eq!((metadata.year, metadata.doi.as_deref()), (Some(2004), Some("10.1111/j.1365")));
    assert_eq!(metadata.publication.as_deref(), Some("Child"));
}

#[test]
fn numbers_of_lines_are_marked_and_a_raised_number_is_no_part_of_its_word() {
    let mut content = page(&[(50, 300, "F1", 10, "Care"), (70, 304, "F1", 6, "12"), (80, 300, "F1", 10, "matters.")]);
    for n in 0..30 {
        let y = 740 - 14 * n;
        content += &page(&[(20, y, "F1", 8, &(n + 1).to_string())]);
        if y > 310 {
            content += &body(50, y, &["the team works on and on with one"]);
        }
    }
    let document = only("a.pdf", &pages(&[&content], ""));
    let marked: Vec<&str> = document.boilerplate.iter().map(|span| span.of(&document.text)).collect();
    assert_eq!(marked.len(), 1);
    assert!(marked[0].starts_with("1\n2\n3\n") && marked[0].ends_with("\n30"), "{marked:?}");
    assert!(document.text.contains("Care 12 matters."), "{}", document.text);
}

#[test]
fn old_fonts_without_meanings_are_read_by_the_code_of_tex() {
    let content = page(&[(50, 700, "F3", 10, "e\\016cient \\014nding")]);
    assert_eq!(only("a.pdf", &pages(&[&content], "")).text, "efficient finding");
}

#[test]
fn text_that_is_drawn_sideways_or_twice_is_read_once_and_whole() {
    let content = "BT /F1 10 Tf 0 1 -1 0 100 300 Tm (Sideways table) Tj ET\n".to_owned()
        + "BT /F1 10 Tf 2 Tr 50 700 Td (Bold by two strokes) Tj ET\n"
        + "BT /F1 10 Tf 0 Tr 50 600 Td [(caf\\264) 333 (e)] TJ ET\n";
    let text = only("a.pdf", &pages(&[&content], "")).text;
    assert!(text.contains("Sideways table") && text.contains("café"), "{text}");
    assert_eq!(text.matches("Bold by two strokes").count(), 1, "{text}");
}

#[test]
fn pictures_without_text_are_said_to_be_scans() {
    let picture = "q 600 0 0 800 0 0 cm /I Do Q\n".to_owned();
    let scan = fault("a.pdf", &pages(&[&picture, &picture], ""));
    assert_eq!(scan, "Skipped 0 little text: probably scanned (2 of 2 pages are pictures)");
    let stamped = picture.clone() + &body(50, 20, &["Downloaded by a reader"]);
    let (documents, faults) = read_as("a.pdf", &pages(&[&stamped, &picture], ""));
    assert_eq!((documents.len(), faults[0].severity), (1, Severity::Degraded));
    assert!(faults[0].what.starts_with("little text: probably scanned"), "{}", faults[0].what);
    let long = body(50, 760, &["A line of a report with pictures on all of its pages, which is no scan."; 50]);
    assert_eq!(read_as("a.pdf", &pages(&[&(picture + &long)], "")).1, []);
}

#[test]
fn damaged_and_locked_files_are_named() {
    assert_eq!(fault("a.pdf", b"%PDF-1.4\nnothing"), "Skipped 0 is a damaged PDF");
    assert_eq!(fault("a.pdf", &pages(&[""], "")), "Skipped 0 holds no text");
    let encrypt = "/ID[(a)(a)]/Encrypt<</Filter/Standard/V 1/R 2/O(................................)/U(................................)/P -4>>";
    assert_eq!(fault("a.pdf", &pages(&[""], encrypt)), "Skipped 0 is locked with a password");
    let mut headed = b"From: a\nTo: b\n\n".to_vec();
    headed.extend(pages(&[&body(50, 700, &["Words."])], ""));
    assert_eq!(only("a.pdf", &headed).text, "Words.");
}

/// A page of a font whose codes are numbers of glyphs (`F1` along, `F2` down the page), with a table of what they stand for
/// or without; `content` has the codes in hexadecimal.
fn numbered_glyphs(content: &str, has_table: bool) -> Vec<u8> {
    let table = if has_table { "/ToUnicode 5 0 R" } else { "" };
    let font = |way: &str| {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-{way}{table}/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
             /BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>]>>"
        )
    };
    let ranges = "/CMapName/X def 1 begincodespacerange <0000><ffff> endcodespacerange 3 beginbfrange <0020><007e><0020> \
                  <05d0><05ea><05d0> <3042><30fe><3042> endbfrange endcmap";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 600 800]/Resources<</Font<</F1 {}/F2 {}>>>>>>",
            font("H"),
            font("V")
        ),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_owned(),
        stream("", content),
        stream("", ranges),
    ];
    file(&objects, "")
}

/// A text shown at a place, each character as its code.
fn shown(font: &str, x: u32, y: u32, codes: impl Iterator<Item = u32>) -> String {
    let codes: String = codes.map(|code| format!("{code:04x}")).collect();
    format!("BT /{font} 10 Tf {x} {y} Td <{codes}> Tj ET\n")
}

#[test]
fn scripts_that_run_to_the_left_are_read_as_they_are_written() {
    let visual = |text: &str| text.chars().rev().map(u32::from).collect::<Vec<_>>().into_iter();
    let as_is = |text: &str| text.chars().map(u32::from).collect::<Vec<_>>().into_iter();
    // As browsers draw it: whole lines from left to right, a name and a number among them in their own order.
    let line = [visual("שנת "), as_is("2006 PDF"), visual(" שלום בית ")].into_iter().flatten();
    let text = only("a.pdf", &numbered_glyphs(&shown("F1", 50, 700, line), true)).text;
    assert_eq!(text, "שלום בית 2006 PDF שנת");
    // As others do: word by word from the right, each drawn from left to right; and letter by letter.
    let words = shown("F1", 90, 700, visual("שלום")) + &shown("F1", 70, 700, visual("בית"));
    assert_eq!(only("a.pdf", &numbered_glyphs(&words, true)).text, "שלום בית");
    let letters: String =
        (0..).zip("שלום".chars()).map(|(n, c)| shown("F1", 90 - 5 * n, 700, [u32::from(c)].into_iter())).collect();
    assert_eq!(only("a.pdf", &numbered_glyphs(&letters, true)).text, "שלום");
}

#[test]
fn lines_that_run_down_the_page_are_lines() {
    let content = shown("F2", 500, 700, "あのイーハト".chars().map(u32::from))
        + &shown("F2", 480, 700, "すきとおった".chars().map(u32::from));
    assert_eq!(only("a.pdf", &numbered_glyphs(&content, true)).text.replace(' ', ""), "あのイーハトすきとおった");
}

#[test]
fn numbers_of_glyphs_without_a_table_are_read_only_where_that_gives_words() {
    let numbers = |text: &'static str| text.bytes().map(|b| u32::from(b) - 29);
    let words = "Money was short and partners said that trust takes years";
    assert_eq!(only("a.pdf", &numbered_glyphs(&shown("F1", 50, 700, numbers(words)), false)).text, words);
    let other = shown("F1", 50, 700, (0..40).map(|n| 40 + n * 7 % 50));
    assert!(fault("a.pdf", &numbered_glyphs(&other, false)).starts_with("Skipped 0 little text: its fonts do not say"));
}
