use super::super::document::{Document, Signature};
use super::*;

fn signature(text: &str) -> Signature {
    super::signature(&Document { text: text.into(), format: "markdown", ..Document::default() })
}

fn words(from: u32, n: u32) -> String {
    (from..from + n).map(|n| format!("word{} ", n.wrapping_mul(2_654_435_761) % 9973)).collect()
}

#[test]
fn likeness_follows_the_share_of_shingles() {
    let whole = signature(&words(0, 1000));
    assert_eq!(whole.likeness(&signature(&words(0, 1000).to_uppercase().replace(' ', ",\n"))), Some(1.0));
    // 900 of 996 shingles shared on both sides: Jaccard 896 / 1096 = 0.82.
    let shifted = whole.likeness(&signature(&words(100, 1000))).unwrap();
    assert!((0.65..0.97).contains(&shifted), "{shifted}");
    assert!(whole.likeness(&signature(&words(5000, 1000))).unwrap() < 0.1);
    assert_eq!(whole.likeness(&signature("too short to tell")), None);
}

#[test]
fn short_texts_that_differ_have_signatures_that_differ() {
    let a = signature(&words(0, 60));
    assert!(a.likeness(&signature(&words(400, 60))).unwrap() < 0.1);
    assert_eq!(a.likeness(&signature(&words(0, 60))), Some(1.0));
}

fn work(title: &str, year: Option<i32>, doi: Option<&str>) -> Metadata {
    let (title, doi) = (Some(title.to_owned()), doi.map(str::to_owned));
    Metadata { title, year, doi, ..Metadata::default() }
}

/// For each work the place of the one that stands for it.
fn standing(works: &[(Metadata, &str, u32)], settings: &DuplicateSettings) -> Vec<usize> {
    let signatures: Vec<Signature> = works.iter().map(|work| signature(work.1)).collect();
    let editions: Vec<Edition> = works
        .iter()
        .zip(&signatures)
        .map(|((metadata, _, n_tokens), signature)| Edition { format: "pdf", metadata, signature, n_tokens: *n_tokens })
        .collect();
    versions(&editions, settings)
        .iter()
        .enumerate()
        .map(|(n, version)| version.map_or(n, |version| version.of))
        .collect()
}

#[test]
fn versions_are_found_by_doi_title_and_text() {
    let title = "Facilitators and barriers for co-ordinated multi-agency services";
    let text = words(0, 500);
    let works = [
        (work("A", None, Some("10.1/a")), "", 10),
        (work("B", None, Some("10.1/a")), "", 900),
        (work(title, Some(2004), None), "", 10),
        (work("Facilitators & barriers for coordinated multi-agency services.", Some(2005), None), "", 5),
        (work(title, Some(2010), None), "", 5),
        (work("X", None, None), &text, 500),
        (work("Y", None, None), &text, 500),
        (work("Editorial", Some(2004), None), "", 5),
        (work("Editorial", Some(2004), None), "", 5),
        (work("The state of services in the north, part 1", Some(2004), None), "", 5),
        (work("The state of services in the north, part 2", Some(2004), None), "", 5),
    ];
    let mut settings = DuplicateSettings::default();
    assert_eq!(standing(&works, &settings), [1, 1, 2, 2, 4, 5, 5, 7, 8, 9, 10]);
    settings.by = vec![Sameness::Title];
    assert_eq!(standing(&works, &settings), [0, 1, 2, 2, 4, 5, 6, 7, 8, 9, 10]);
    settings.by.clear();
    assert_eq!(standing(&works, &settings), (0..works.len()).collect::<Vec<_>>());
}

#[test]
fn equal_titles_with_other_dois_are_other_works_and_a_chain_is_one_work() {
    let title = "Integrated children's services: a review";
    let works = [
        (work(title, Some(2004), Some("10.1/a")), "", 5),
        (work(title, Some(2004), Some("10.1/b")), "", 5),
        (work("Other", None, Some("10.1/c")), "", 5),
        (work("Joined-up working in the early years", None, Some("10.1/c")), "", 7),
        (work("Joined up working in the early years", None, None), "", 6),
    ];
    assert_eq!(standing(&works, &DuplicateSettings::default()), [0, 1, 3, 3, 3]);
}

#[test]
fn a_record_hands_its_fields_to_the_full_text() {
    let vague =
        Metadata { title: Some("Microsoft Word - final2.doc".into()), url: Some("u".into()), ..Metadata::default() };
    let record = Metadata { authors: vec!["Sloper, P".into()], ..work("Facilitators", Some(2004), Some("10.1/a")) };
    let none = Signature::default();
    let edition = |format, metadata| Edition { format, metadata, signature: &none, n_tokens: 1 };
    let fields = merged(&edition("pdf", &vague), &[&edition("ris", &record)]);
    assert_eq!(
        (fields.title.as_deref(), fields.year, fields.url.as_deref()),
        (Some("Facilitators"), Some(2004), Some("u"))
    );
    let own = work("Its own title", None, None);
    let fields = merged(&edition("markdown", &own), &[&edition("ris", &record)]);
    assert_eq!((fields.title.as_deref(), fields.year), (Some("Its own title"), Some(2004)));
}

#[test]
fn a_text_without_a_title_is_the_work_of_the_record_whose_title_it_opens_with() {
    let title = "Barriers to joint working between schools and clinics";
    let open = |text: &str| Document { text: text.into(), format: "text", ..Document::default() };
    let texts = [
        open(
            "Journal of Care 12 (2004)\n\nBarriers to joint work-\ning between schools and clinics\n\nA. Author\n\nWe asked",
        ),
        open("A comment on “Barriers to joint working between schools and clinics”. The authors say"),
        open("Something else altogether, which stands alone and goes on for a while in words of its own"),
    ];
    let signatures: Vec<Signature> = texts.iter().map(super::signature).collect();
    let (none, record) = (Metadata::default(), work(title, Some(2004), None));
    let mut editions: Vec<Edition> = signatures
        .iter()
        .map(|signature| Edition { format: "text", metadata: &none, signature, n_tokens: 20 })
        .collect();
    let blank = Signature::default();
    editions.push(Edition { format: "ris", metadata: &record, signature: &blank, n_tokens: 0 });
    let found = versions(&editions, &DuplicateSettings::default());
    assert_eq!(found, [None, None, None, Some(Version { of: 0, by: Sameness::Title })]);
}

#[test]
fn a_work_without_a_doi_does_not_make_one_of_two_with_other_dois() {
    let title = "Integrated children's services: a review";
    let works = [
        (work(title, Some(2004), Some("10.1/a")), "", 5),
        (work(title, Some(2004), None), "", 5),
        (work(title, Some(2004), Some("10.1/b")), "", 5),
    ];
    assert_eq!(standing(&works, &DuplicateSettings::default()), [0, 0, 2]);
}
