//! Archives, and the documents that are archives inside.

use super::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

const DOCX: &str = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Ttl"/></w:pPr><w:r><w:t>A report</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Methods 3</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Meth</w:t></w:r><w:r><w:t>ods</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">We asked </w:t></w:r><w:del><w:r><w:delText>nobody </w:delText></w:r></w:del><w:ins><w:r><w:t>p &lt; 5</w:t></w:r></w:ins>
<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/><w:t>people.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Cost</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sectPr><w:headerReference/></w:sectPr></w:body></w:document>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Ttl"><w:name w:val="Title"/></w:style><w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>"#;

fn docx() -> Vec<u8> {
    let core = r#"<cp:coreProperties xmlns:dc="d"><dc:title>A report</dc:title><dc:creator>Harbin, G; Lord, P</dc:creator></cp:coreProperties>"#;
    let notes = r#"<w:footnotes xmlns:w="w"><w:footnote w:type="separator"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id="2"><w:p><w:r><w:t>Not everybody.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("docProps/core.xml", core.as_bytes()),
        ("word/document.xml", DOCX.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
    ];
    zipped(&parts)
}

#[test]
fn word_documents_are_read_without_what_was_deleted() {
    let document = only("r.docx", &docx());
    assert_eq!(document.format, "docx");
    assert_eq!(
        document.text,
        "A report\n\nMethods 3\n\nMethods\n\nWe asked p < 5 people.\n\nYear\n\nCost\n\nNot everybody."
    );
    assert_eq!((document.metadata.title.as_deref(), document.metadata.authors.len()), (Some("A report"), 2));
    assert_eq!(document.boilerplate.iter().map(|span| span.of(&document.text)).collect::<Vec<_>>(), ["Methods 3"]);
    let methods = document.sections.iter().find(|section| section.kind == SectionKind::Methods).unwrap();
    assert!(methods.span.of(&document.text).starts_with("Methods\n\nWe asked"));
}

#[test]
fn opendocument_texts_are_read_with_their_notes_after_them() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>
        <text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
        <text:h text:outline-level="1">Results</text:h><text:p>Teams<text:note><text:note-citation>1</text:note-citation><text:note-body>
        <text:p>Of three.</text:p></text:note-body></text:note> met<text:s text:c="3"/>daily &amp; late.</text:p>
        <text:list><text:list-item><text:p>One</text:p></text:list-item></text:list></office:text></office:body></office:document-content>"#;
    let meta = r#"<m xmlns:dc="d" xmlns:meta="m"><meta:initial-creator>First</meta:initial-creator><dc:creator>Last</dc:creator><dc:title>T</dc:title></m>"#;
    let mimetype: &[u8] = b"application/vnd.oasis.opendocument.text";
    let document = only(
        "t.odt",
        &zipped(&[("mimetype", mimetype), ("content.xml", content.as_bytes()), ("meta.xml", meta.as_bytes())]),
    );
    assert_eq!(
        (document.format, document.text.as_str()),
        ("odt", "Results\n\nTeams met daily & late.\n\nOne\n\nOf three.")
    );
    assert_eq!(
        (document.metadata.title.as_deref(), document.metadata.authors.as_slice()),
        (Some("T"), ["First".to_owned()].as_slice())
    );
    assert_eq!(document.sections[0].kind, SectionKind::Results);
}

#[test]
fn books_are_read_in_the_order_of_the_spine() {
    let container = br#"<container><rootfiles><rootfile full-path="OEBPS/a%20book.opf"/></rootfiles></container>"#;
    let opf = br##"<package xmlns:dc="d"><metadata><dc:title>A book</dc:title><dc:creator>Bruner, C</dc:creator><dc:creator>Two</dc:creator>
        <dc:date>1991-02-03</dc:date><dc:language>en</dc:language></metadata>
        <manifest><item id="b" href="text/b.xhtml"/><item id="a" href="text/a.xhtml"/><item id="n" href="nav.xhtml" properties="nav"/></manifest>
        <spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"##;
    let page =
        |words: &str| format!("<html xmlns='h'><head><title>no</title></head><body>{words}</body></html>").into_bytes();
    let parts: [(&str, &[u8]); 6] = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/a book.opf", opf),
        ("OEBPS/text/b.xhtml", &page("<h1>Conclusion</h1><p>Second&#160;words.</p>")),
        ("OEBPS/text/a.xhtml", &page("<h1>Introduction</h1><p>First words, p &lt; 5.</p>")),
        ("OEBPS/nav.xhtml", &page("<p>Contents</p>")),
    ];
    let book = only("b.epub", &zipped(&parts));
    assert_eq!(book.text, "Introduction\n\nFirst words, p < 5.\n\nConclusion\n\nSecond\u{a0}words.");
    assert_eq!(
        book.sections.iter().map(|section| section.kind).collect::<Vec<_>>(),
        [SectionKind::Introduction, SectionKind::Conclusion]
    );
    let Metadata { title, authors, year, language, .. } = &book.metadata;
    assert_eq!(
        (title.as_deref(), authors.len(), *year, language.as_deref()),
        (Some("A book"), 2, Some(1991), Some("en"))
    );
}

#[test]
fn archives_of_any_format_are_read_member_by_member() {
    let inner = zipped(&[("deep.txt", b"Deep words.")]);
    let docx = docx();
    let ris = gzipped(&fixture("quirks.ris"));
    let parts: [(&str, &[u8]); 8] = [
        ("b/note.md", b"---\ntitle: T\n---\nWords."),
        ("a.docx", &docx),
        ("../../up.txt", b"Up."),
        ("C:\\x\\abs.txt", b"Abs."),
        ("refs.ris.gz", &ris),
        ("empty.txt", b""),
        (".hidden.txt", b"no"),
        ("inner.zip", &inner),
    ];
    let (documents, faults) = read_as("lit/all.zip", &zipped(&parts));
    let found: Vec<_> =
        documents.iter().map(|d| (d.id.0.split('#').next().unwrap(), d.format, d.source.as_str())).collect();
    let source = "lit/all.zip";
    let expected = [
        ("lit/all/a", "docx", source),
        ("lit/all/b/note", "markdown", source),
        ("lit/all/inner/deep", "text", source),
        ("lit/all/refs", "ris", source),
        ("lit/all/refs", "ris", source),
        ("lit/all/refs", "ris", source),
        ("lit/all/refs", "ris", source),
        ("lit/all/up", "text", source),
        ("lit/all/x/abs", "text", source),
    ];
    assert_eq!(found, expected);
    let whats: Vec<_> = faults.iter().map(|fault| fault.what.as_str()).collect();
    assert_eq!(whats, ["empty.txt: is empty"]);
}

#[test]
fn a_gzipped_stream_is_read_as_what_it_holds() {
    let lines = "{\"text\":\"one\"}\n{\"text\":\"two\"}\n".repeat(3);
    let (documents, faults) = read_as("lit/a.jsonl.gz", &gzipped(lines.as_bytes()));
    assert_eq!((documents.len(), faults.len(), documents[5].id.0.as_str()), (6, 0, "lit/a#6"));
    let whole = gzipped(b"Words that are cut off in the middle of the stream, and so cannot be had.");
    assert!(fault("a.txt.gz", &whole[..whole.len() - 12]).starts_with("Skipped 0 cannot be read"));
}

#[test]
fn bombs_are_stopped_by_a_limit_that_is_named() {
    let spaces = vec![b' '; 30_000_000];
    assert!(fault("a.txt.gz", &gzipped(&spaces)).contains("holds no text"));
    let mut settings = CorpusSettings::default();
    settings.limits.growth = 10;
    let (_, faults) = read_with("a.zip", &zipped(&[("b.txt", &spaces), ("c.txt", b"Fine.")]), &settings);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].what.starts_with("b.txt: ") && faults[0].what.contains("(growth)"), "{faults:?}");
    settings.limits.n_entries = 1;
    let (_, faults) = read_with("a.zip", &zipped(&[("b.txt", b"x"), ("c.txt", b"y")]), &settings);
    assert_eq!(faults[0].what, "holds 2 entries, more than 1 (n_entries)");
    let nested = (0..6).fold(zipped(&[("a.txt", b"x")]), |inner, _| zipped(&[("i.zip", &inner)]));
    let (documents, faults) = read_as("a.zip", &nested);
    assert_eq!(documents.len(), 0);
    assert!(faults[0].what.contains("(n_packages)"), "{faults:?}");
}

#[test]
fn damaged_and_foreign_archives_are_named() {
    let whole = docx();
    assert!(fault("a.docx", &whole[..whole.len() / 2]).starts_with("Skipped 0 is a damaged archive"));
    let sheet = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<w/>")]);
    assert_eq!(fault("a.xlsx", &sheet), "Skipped 0 is a spreadsheet, presentation or drawing");
    assert_eq!(fault("a.zip", &zipped(&[])), "Skipped 0 holds no document");
}

#[test]
fn boxes_signs_and_breaks_of_word_stand_apart_and_notes_are_of_no_section_before_them() {
    let body = r#"<w:document xmlns:w="w" xmlns:c="c"><w:body><w:p><w:r><w:t>Costs fell</w:t><c:AlternateContent><c:Choice><w:txbxContent>
        <w:p><w:r><w:t>Box one.</w:t></w:r></w:p><w:p><w:r><w:t>Box two.</w:t></w:r></w:p></w:txbxContent></c:Choice>
        <c:Fallback><w:txbxContent><w:p><w:r><w:t>Box one.</w:t></w:r></w:p></w:txbxContent></c:Fallback></c:AlternateContent>
        <w:t xml:space="preserve"> at </w:t><w:sym w:font="Symbol" w:char="F061"/><w:t>.</w:t><w:br/><w:t>Next line.</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>References</w:t></w:r></w:p><w:p><w:r><w:t>Sloper 2004.</w:t></w:r></w:p></w:body></w:document>"#;
    let notes = r#"<w:endnotes xmlns:w="w"><w:endnote w:id="2"><w:p><w:r><w:t>A note on money.</w:t></w:r></w:p></w:endnote></w:endnotes>"#;
    let parts: [(&str, &[u8]); 2] = [("word/document.xml", body.as_bytes()), ("word/endnotes.xml", notes.as_bytes())];
    let document = only("r.docx", &zipped(&parts));
    let expected =
        "Costs fell at α.\nNext line.\n\nBox one.\n\nBox two.\n\nReferences\n\nSloper 2004.\n\nA note on money.";
    assert_eq!(document.text, expected);
    let last = document.sections.last().unwrap();
    assert_eq!((last.kind, last.span.of(&document.text)), (SectionKind::Body, "A note on money."));
}
