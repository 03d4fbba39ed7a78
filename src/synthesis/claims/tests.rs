//! Sources, names, outcomes, maps and the scorecard, over four small documents.

use super::super::claim::CitedSource;
use super::super::evidence::{Citation, CitedWork, DocumentEvidence, Evidence, OutcomeMention, Status, VariantMention};
use super::super::finding::{Estimate, Interval, PassageRef, ThemeFinding};
use super::super::settings::SynthesisSettings;
use super::super::themes::Table;
use super::*;
use crate::corpus::{DocumentId, Metadata, Span};
use crate::index::IndexedDocument;
use crate::lexicon::{Stance, Theme, ThemeId};
use crate::score::{DocumentScore, DocumentScores, PassageScore, Scores, ThemeScore};
use std::borrow::Cow;

const STUDY: &str = r#"
maps = [["theme", "outcome"], ["outcome", "kind"], ["kind", "year"]]
[[outcomes]]
id = "attainment"
label = "Attainment"
patterns = []
[[outcomes]]
id = "cost"
label = "Cost"
patterns = []
[[concepts]]
id = "joint"
label = "Working together"
variants = { "multi-agency" = [], "joined-up" = [], "integrated" = [] }
[reference]
citation = "A review (2006)"
min_documents = 2
min_prevalence = 0.2
[[reference.themes]]
theme = "funding"
label = "Money"
sources = ["Sloper 2004", "van Eyk and Baum 2002", "Coxon 2005", "HMIe 2004"]
[[reference.themes]]
theme = "climate"
label = "Climate"
"#;

fn settings() -> SynthesisSettings {
    toml::from_str(STUDY).unwrap()
}

fn documents() -> Vec<IndexedDocument> {
    let document = |id: &str, authors: &[&str], year, kind: &str| IndexedDocument {
        id: DocumentId(id.into()),
        metadata: Metadata {
            authors: authors.iter().map(|author| (*author).to_owned()).collect(),
            year: Some(year),
            kind: Some(kind.into()),
            ..Metadata::default()
        },
        n_tokens: 100,
        ..IndexedDocument::default()
    };
    vec![
        document("a", &["Sloper P"], 2004, "review"),
        document("b", &["van Eyk H", "Baum F"], 2002, "evaluation"),
        document("c", &["HMIe"], 2004, "evaluation"),
        document("d", &["Sloper, Patricia", "and colleagues"], 2006, "review"),
    ]
}

/// Theme 0 in passage 1 of a, b and c; theme 1 in passage 2 of a; theme 2 nowhere.
fn scores() -> Scores {
    let has: [&[(u16, u32)]; 4] = [&[(0, 1), (1, 2)], &[(0, 1)], &[(0, 1)], &[]];
    let score = |theme, has_theme| ThemeScore { theme, n_hits: 1, score: 0.9, has_theme, stance: Stance::Mention };
    let document = |own: &&[(u16, u32)]| DocumentScores {
        passages: own.iter().map(|&(t, passage)| PassageScore { passage, score: score(t, true) }).collect(),
        themes: (0..3)
            .map(|t| DocumentScore {
                score: score(t, own.iter().any(|(theme, _)| *theme == t)),
                n_passages: 1,
                rate_per_1000_tokens: None,
            })
            .collect(),
        ..DocumentScores::default()
    };
    Scores { documents: has.iter().map(document).collect(), ..Scores::default() }
}

fn lexicon() -> Vec<Theme> {
    let theme = |id: &&str| Theme { id: ThemeId((*id).into()), ..Theme::default() };
    ["funding", "leadership", "climate"].iter().map(theme).collect()
}

fn work(author: &str, second: Option<&str>, et_al: bool, year: i32) -> CitedWork {
    let second_author = second.map(str::to_owned);
    CitedWork { author: author.into(), second_author, et_al, year: Some(year), ..CitedWork::default() }
}

fn taken() -> Vec<std::borrow::Cow<'static, DocumentEvidence>> {
    evidence().documents.into_iter().map(std::borrow::Cow::Owned).collect()
}

fn evidence() -> Evidence {
    let cite = |passage, work| Citation { span: Span::default(), passage, work };
    let outcome = |passage, outcome, status| OutcomeMention { sentence: passage, passage, outcome, status };
    let name = |passage, variant, defines| VariantMention { passage, concept: 0, variant, defines };
    let number = CitedWork { number: Some(3), ..CitedWork::default() };
    let a = DocumentEvidence {
        citations: vec![
            cite(0, work("Sloper", None, false, 2004)),
            cite(1, work("van Eyk", Some("Baum"), false, 2002)),
            cite(1, number.clone()),
        ],
        outcomes: vec![
            outcome(1, 0, Status::Positive),
            outcome(3, 0, Status::Negative),
            outcome(4, 1, Status::Lacking),
        ],
        variants: vec![name(0, 0, false), name(0, 1, true), name(2, 0, false)],
        ..DocumentEvidence::default()
    };
    let b = DocumentEvidence {
        citations: vec![cite(1, work("Sloper", None, false, 2004)), cite(2, number)],
        outcomes: vec![outcome(2, 0, Status::Anticipated)],
        variants: vec![name(1, 2, false)],
        ..DocumentEvidence::default()
    };
    let c = DocumentEvidence {
        citations: vec![cite(1, work("van Eyk", None, true, 2002)), cite(1, work("Nobody", None, false, 1999))],
        ..DocumentEvidence::default()
    };
    Evidence { documents: vec![a, b, c, DocumentEvidence::default()], ..Evidence::default() }
}

fn with_table<T>(use_it: impl FnOnce(&Table) -> T) -> T {
    let (scores, documents) = (scores(), documents());
    let selection = selection(&documents, &Evidence::default(), &settings());
    let scores: Vec<_> = scores.documents.iter().map(Cow::Borrowed).collect();
    use_it(&Table::of(&scores, &documents, &selection, 3))
}

fn passage(document: u32, passage: u32) -> PassageRef {
    PassageRef { document, passage }
}

#[test]
fn sources_are_tied_to_the_themes_of_their_passages() {
    let sources = with_table(|table| cited_sources(table, &taken(), &Library::of(table)));
    let said: Vec<_> = sources.iter().map(|s| (s.label.as_str(), s.document, s.n_documents, s.numbered_in)).collect();
    // a's word about itself is left out; "et al." is the one work of van Eyk in 2002; a number belongs to its document.
    assert_eq!(
        said,
        [
            ("van Eyk and Baum 2002", Some(1), 2, None),
            ("Nobody 1999", None, 1, None),
            ("Sloper 2004", Some(0), 1, None),
            ("[3]", None, 1, Some(0)),
            ("[3]", None, 1, Some(1)),
        ]
    );
    let themes = |source: &CitedSource| source.themes.iter().map(|t| (t.theme, t.n_documents)).collect::<Vec<_>>();
    assert_eq!(themes(&sources[0]), [(0, 2)]);
    assert_eq!(sources[0].themes[0].passages, [passage(0, 1), passage(2, 1)]);
    assert!(themes(&sources[4]).is_empty());
}

#[test]
fn a_work_is_a_document_only_where_nothing_speaks_against_it() {
    with_table(|table| {
        let library = Library::of(table);
        assert_eq!(library.find(&work("van Eyk", Some("Baum"), false, 2002)), Some(1));
        assert_eq!(library.find(&work("van Eyk", Some("Other"), false, 2002)), None);
        assert_eq!(library.find(&work("Sloper", None, true, 2004)), None); // a has one author
        assert_eq!(library.find(&work("Sloper", None, true, 2006)), Some(3));
        assert_eq!(library.find(&work("Sloper", None, false, 2005)), None);
        assert_eq!(library.find_label("HMIe 2004"), [2]);
        assert!(library.find_label("no year").is_empty());
    });
}

#[test]
fn names_of_a_concept_meet_in_documents_and_passages() {
    let concept = with_table(|table| concepts(table, &taken(), &settings())).remove(0);
    let names: Vec<_> = concept.variants.iter().map(|v| (v.name.as_str(), v.n_hits, v.uses.len())).collect();
    assert_eq!(names, [("integrated", 2, 1), ("joined-up", 1, 1), ("multi-agency", 1, 1)]);
    assert_eq!((concept.n_documents, concept.n_documents_several), (2, 1));
    let pair = concept.pairs[0];
    assert_eq!(
        (concept.pairs.len(), pair.variant_a, pair.variant_b, pair.n_documents, pair.n_passages),
        (1, 0, 1, 1, 1)
    );
    assert_eq!((concept.definitions[0].passage, concept.definitions[0].variant), (passage(0, 0), 1));
}

#[test]
fn a_document_counts_once_for_an_outcome() {
    let outcomes = with_table(|table| outcomes(table, &taken(), &settings()));
    let attainment = &outcomes[0];
    assert_eq!((attainment.n_documents, attainment.status.n_mixed, attainment.status.n_anticipated), (2, 1, 1));
    assert_eq!(attainment.passages.len(), 3);
    assert_eq!((outcomes[1].n_documents, outcomes[1].status.n_lacking), (1, 1));
}

#[test]
fn maps_have_cells_where_documents_have_both_sides() {
    let maps = with_table(|table| maps(table, &lexicon(), &taken(), &settings()));
    let cells: Vec<_> = maps[0].cells.iter().map(|c| (c.row, c.column, c.n_documents, c.n_passages_both)).collect();
    // funding × attainment (a, b), funding × cost (a), leadership × both (a); climate is a gap.
    assert_eq!(cells, [(0, 0, 2, 1), (0, 1, 1, 0), (1, 0, 1, 0), (1, 1, 1, 0)]);
    let first = &maps[0].cells[0];
    assert_eq!((first.status.n_mixed, first.status.n_anticipated), (1, 1));
    assert_eq!(first.passages, [passage(0, 1), passage(0, 3), passage(1, 2)]);
    assert_eq!(
        (maps[1].columns.as_slice(), maps[1].cells.len()),
        (&["evaluation".to_owned(), "review".to_owned()][..], 3)
    );
    let of_kinds = &maps[2];
    assert_eq!((of_kinds.cells[0].n_documents, of_kinds.cells[0].passages.len()), (1, 0));
    assert_eq!(of_kinds.columns, ["2002", "2004", "2006"]);
}

#[test]
fn the_scorecard_says_what_is_recovered_and_by_what_rule() {
    let finding = |theme: u16, n_documents: u32, low: f64| ThemeFinding {
        theme,
        n_documents,
        n_passages: 0,
        n_hits: 0,
        prevalence: Some(Estimate { value: f64::from(n_documents) / 4.0, interval: Some(Interval { low, high: 1.0 }) }),
        weighted_prevalence: None,
        share_of_passages: None,
        rate_per_1000_tokens: None,
        rank: None,
        document_stances: Default::default(),
        passage_stances: Default::default(),
        stance_balance: None,
        patterns: Vec::new(),
        best: Vec::new(),
    };
    let findings = [finding(0, 3, 0.25), finding(1, 3, 0.25), finding(2, 0, 0.0)];
    let card = with_table(|table| scorecard(table, &lexicon(), &findings, &Library::of(table), &settings())).unwrap();
    let funding = &card.themes[0];
    assert!(funding.recovered);
    assert_eq!(
        funding.rule,
        "at least 2 documents, and a prevalence whose interval starts at 20 % or above; here 3 documents, and the interval \
         starts at 25 %"
    );
    let sources =
        |found: &[(String, u32)]| found.iter().map(|(source, d)| format!("{source} = {d}")).collect::<Vec<_>>();
    assert_eq!(sources(&funding.confirmed), ["Sloper 2004 = 0", "van Eyk and Baum 2002 = 1", "HMIe 2004 = 2"]);
    assert_eq!((sources(&funding.missed).len(), funding.absent.as_slice()), (0, &["Coxon 2005".to_owned()][..]));
    assert!(!card.themes[1].recovered);
    assert_eq!(card.unnamed.iter().map(|u| u.theme).collect::<Vec<_>>(), [1]);
}
