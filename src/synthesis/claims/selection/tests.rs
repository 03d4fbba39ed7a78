use super::*;
use crate::corpus::{Digest, DocumentId, Metadata, Version};
use crate::synthesis::evidence::DocumentEvidence;

fn document(id: &str, metadata: Metadata, n_tokens: u32) -> IndexedDocument {
    IndexedDocument { id: DocumentId(id.into()), source: id.into(), metadata, n_tokens, ..IndexedDocument::default() }
}

fn work(title: &str, year: Option<i32>, doi: Option<&str>, kind: &str) -> Metadata {
    Metadata {
        title: Some(title.into()),
        year,
        doi: doi.map(str::to_owned),
        kind: Some(kind.into()),
        ..Metadata::default()
    }
}

fn rule(text: &str) -> SelectionRule {
    toml::from_str(text).unwrap()
}

fn corpus() -> Vec<IndexedDocument> {
    let mut documents = vec![
        document("a", work("Joined-up services for children", Some(2004), Some("10.1/x"), "review"), 500),
        document("b", work("Joined up services: for children!", Some(2004), None, "review"), 500),
        document("c", work("Another title altogether", Some(2005), Some("10.1/X "), "policy"), 500),
        document("d", work("Annual report", Some(1985), None, "Policy"), 40),
        document("e", work("Annual report", Some(1985), None, "review"), 400),
        document("f", work("Something with no year", None, None, "review"), 400),
    ];
    documents[1].version_of = Some(Version { of: 0, by: Sameness::Title });
    documents[2].version_of = Some(Version { of: 0, by: Sameness::Doi });
    documents
}

fn decide(evidence: &Evidence, settings: &SynthesisSettings) -> (Vec<String>, PrismaFlow) {
    let selection = selection(&corpus(), evidence, settings);
    let reasons = selection.documents.iter().map(|d| d.excluded.as_ref().map_or(String::new(), |r| r.text.clone()));
    (reasons.collect(), selection.flow)
}

#[test]
fn versions_of_a_work_leave_before_the_rules_and_records_without_text_are_not_retrieved() {
    let (reasons, flow) = decide(&Evidence::default(), &SynthesisSettings::default());
    assert_eq!(reasons, ["", "duplicate of a (same title)", "duplicate of a (same DOI)", "", "", ""]);
    assert_eq!((flow.n_identified, flow.n_duplicates, flow.n_screened, flow.n_included), (6, 2, 4, 4));
    let evidence = Evidence { n_unread: 3, n_known_records: 2, ..Evidence::default() };
    let flow = decide(&evidence, &SynthesisSettings::default()).1;
    assert_eq!((flow.n_identified, flow.n_duplicates, flow.n_screened), (11, 4, 7));
    assert_eq!((flow.n_not_retrieved, flow.n_included), (3, 4));
}

#[test]
fn rules_turn_documents_away_fields_before_text() {
    let settings = SynthesisSettings {
        selection: vec![
            rule("reason = 'too short'\naction = 'require'\nmin_tokens = 100"),
            rule("reason = 'before 1990'\naction = 'exclude'\nyear_to = 1989\nkinds = ['policy']"),
            rule("reason = 'no year'\naction = 'require'\nyear_from = 1900"),
            rule("reason = 'not about children'\naction = 'require'\npatterns = ['child*']"),
        ],
        ..SynthesisSettings::default()
    };
    let met = |rules: &[u16]| DocumentEvidence { rules_met: rules.to_vec(), ..DocumentEvidence::default() };
    let documents = vec![met(&[3]), met(&[3]), met(&[3]), met(&[]), met(&[]), met(&[3])];
    let (reasons, flow) = decide(&Evidence { documents, n_unread: 2, ..Evidence::default() }, &settings);
    // d is too short as well, but leaves at screening; e is old and no policy, and does not speak of children.
    assert_eq!(reasons[3..], ["before 1990", "not about children", "no year"]);
    assert_eq!((flow.n_identified, flow.n_screened, flow.n_sought), (8, 6, 4));
    assert_eq!((flow.n_not_retrieved, flow.n_assessed, flow.n_included), (2, 2, 1));
    assert_eq!(flow.excluded_screening, [("before 1990".to_owned(), 1), ("no year".to_owned(), 1)]);
    assert_eq!(flow.excluded_eligibility, [("too short".to_owned(), 0), ("not about children".to_owned(), 1)]);
}

#[test]
fn without_evidence_rules_on_text_turn_nothing_away() {
    let settings = SynthesisSettings {
        selection: vec![rule("reason = 'not about children'\naction = 'require'\npatterns = ['child*']")],
        ..SynthesisSettings::default()
    };
    assert_eq!(decide(&Evidence::default(), &settings).1.n_included, 4);
}

#[test]
fn metadata_columns_are_conditions_too() {
    let mut documents = corpus();
    documents[0].metadata.extra.insert("country".into(), "Scotland".into());
    let settings = SynthesisSettings {
        selection: vec![rule(
            "reason = 'elsewhere'\naction = 'require'\ncolumns = { country = ['scotland', 'wales'] }",
        )],
        ..SynthesisSettings::default()
    };
    assert_eq!(selection(&documents, &Evidence::default(), &settings).flow.n_included, 1);
}

#[test]
fn a_text_that_is_equal_is_not_told_as_nearly_so() {
    let of = |text: &str| IndexedDocument { digest: Digest::of(text.as_bytes()), ..IndexedDocument::default() };
    assert_eq!(told_by(Sameness::Text, &of("a"), &of("a")), "the same text");
    assert_eq!(told_by(Sameness::Text, &of("a"), &of("b")), "nearly the same text");
}
