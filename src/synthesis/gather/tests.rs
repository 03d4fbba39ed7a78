//! What is read out of sentences, by the shipped cue lists.

use super::*;
use crate::corpus::Document;
use crate::lexicon::Classifier;
use crate::text::{Analysis, TextSettings, Vocabulary};
use Status::{Anticipated, Lacking, Negative, Positive, Unstated};
use std::sync::LazyLock;

const STUDY: &str = r#"
[[outcomes]]
id = "attainment"
label = "Attainment"
patterns = ["attainment", "exam results", "achievement at school"]
except = ["attainment target"]
[[outcomes]]
id = "cost"
label = "Cost"
patterns = ["cost", "=savings"]
[[concepts]]
id = "joint"
label = "Working together"
variants = { "multi-agency" = ["multi-agency"], "joined-up" = ["joined-up"], "integrated" = ["integrated"] }
[[selection]]
reason = "elsewhere"
action = "exclude"
kinds = ["policy"]
[[selection]]
reason = "not about children"
action = "require"
patterns = ["child*", "pupil"]
"#;

fn analyzer() -> Analyzer {
    Analyzer::new(&TextSettings::default())
}

static PROBES: LazyLock<Probes> = LazyLock::new(|| {
    let settings: SynthesisSettings = toml::from_str(STUDY).unwrap();
    Probes::compile(&settings, &analyzer()).unwrap()
});

fn read(text: &str) -> DocumentEvidence {
    let lexicon = PROBES.lexicon.as_ref().unwrap();
    let document = Document { text: text.to_owned(), ..Document::default() };
    let (mut vocabulary, mut analysis) = (Vocabulary::default(), Analysis::default());
    analyzer().analyze(&document, &mut vocabulary, &mut analysis);
    let passages = analyzer().passages(&analysis.sentences);
    let mut classes = TokenClasses::default();
    Classifier::default().lay_out(lexicon, &analyzer(), &vocabulary, (&analysis, &passages), &mut classes);
    PROBES.read(lexicon, &classes, &mut Room::default())
}

#[track_caller]
fn check(rows: &[(Status, &str)]) {
    let got = |sentence: &str| read(sentence).outcomes.iter().map(|mention| mention.status).collect::<Vec<_>>();
    let wrong: Vec<_> = rows.iter().filter(|row| got(row.1) != [row.0]).map(|row| (row.0, got(row.1), row.1)).collect();
    assert!(wrong.is_empty(), "wanted, got: {wrong:#?}");
}

#[test]
fn what_was_found_for_the_better() {
    check(&[
        (Positive, "Attainment improved in every school."),
        (Positive, "The evaluation found a positive effect on attainment."),
        (Positive, "Exam results rose by a tenth."),
        (Positive, "Pupils made significant gains in attainment."),
        (Positive, "The scheme reduced cost to the health board."),
        (Positive, "Attainment was better where staff shared a base."),
        (Positive, "Joint teams were effective in raising attainment."),
    ]);
}

#[test]
fn what_was_not_found_or_was_for_the_worse() {
    check(&[
        (Negative, "There was no improvement in attainment."),
        (Negative, "No significant difference in attainment was seen."),
        (Negative, "The study found no evidence of improved attainment."),
        (Negative, "Attainment did not improve."),
        (Negative, "The programme failed to raise attainment."),
        (Negative, "Attainment was worse in the second year."),
        (Negative, "The service had little effect on attainment."),
        (Negative, "Integration was not associated with attainment."),
    ]);
}

#[test]
fn what_is_hoped_for() {
    check(&[
        (Anticipated, "The policy aims to improve attainment."),
        (Anticipated, "Better working together should raise attainment."),
        (Anticipated, "Schools were expected to show higher attainment."),
        (Anticipated, "Integration has the potential to reduce cost."),
        (Anticipated, "The hope is that attainment will rise."),
        (Anticipated, "Teams were set up in order to improve attainment."),
    ]);
}

#[test]
fn what_is_said_to_be_lacking() {
    check(&[
        (Lacking, "There is little evidence that joint work improves attainment."),
        (Lacking, "Few studies have looked at attainment."),
        (Lacking, "More research is needed on attainment."),
        (Lacking, "The effect on attainment remains unclear."),
        (Lacking, "A lack of evidence about attainment was noted."),
        (Lacking, "Attainment was rarely measured."),
        (Lacking, "It is too early to say whether attainment has improved."),
        (Lacking, "Evidence on attainment is limited."),
    ]);
}

#[test]
fn what_makes_no_claim() {
    check(&[(Unstated, "Attainment was one of the subjects."), (Unstated, "The chapter on cost follows.")]);
    assert!(read("The attainment target is a form.").outcomes.is_empty());
}

#[test]
fn clauses_speak_for_themselves() {
    let mentions = read("Attainment improved, but there was little evidence on cost.").outcomes;
    let said: Vec<_> = mentions.iter().map(|mention| (mention.outcome, mention.status)).collect();
    assert_eq!(said, [(0, Positive), (1, Lacking)]);
}

#[test]
fn names_are_counted_and_definitions_known() {
    let found =
        read("Multi-agency work is common. By joined-up we mean shared aims. Integrated, joined-up or multi-agency?");
    let said: Vec<_> = found.variants.iter().map(|v| (v.passage, v.variant, v.defines)).collect();
    // In order of name: integrated, joined-up, multi-agency.
    assert_eq!(said, [(0, 2, false), (1, 1, true), (2, 0, false), (2, 1, false), (2, 2, false)]);
}

#[test]
fn rules_on_text_are_met_by_number() {
    assert_eq!(read("Work with children. Pupils too.").rules_met, [1]);
    assert!(read("Work with adults.").rules_met.is_empty());
}

#[test]
fn the_shipped_lists_compile_and_are_all_heard() {
    let shipped: BTreeMap<String, Vec<String>> = toml::from_str(SHIPPED).unwrap();
    assert_eq!(shipped.len(), 5);
    assert!(shipped.keys().all(|name| says(name).is_some()));
}

#[test]
fn a_wrong_pattern_names_its_part_of_the_settings() {
    let study = STUDY.replace("\"exam results\"", "\"exam NEAR results\"");
    let settings: SynthesisSettings = toml::from_str(&study).unwrap();
    let errors = Probes::compile(&settings, &analyzer()).unwrap_err();
    assert!(errors[0].to_string().starts_with("[synthesis.outcomes] attainment: "), "{}", errors[0]);
}

#[test]
fn each_skipped_record_is_a_work_that_was_not_read() {
    let fault = |path: &str, line, severity| Fault {
        path: path.into(),
        line,
        severity,
        what: "the record holds no text".into(),
        ..Fault::default()
    };
    let faults = [
        fault("a.jsonl", Some(2), Severity::Skipped),
        fault("a.jsonl", Some(3), Severity::Skipped),
        fault("a.jsonl", Some(4), Severity::Degraded),
        fault("a.jsonl", None, Severity::Cut),
        fault("b.csv", Some(2), Severity::Skipped),
        fault("b.csv", None, Severity::Skipped),
        fault("c.pdf", None, Severity::Skipped),
        fault("d.csl", None, Severity::Skipped),
    ];
    // Of a.jsonl and d.csl something is held: two of one, and of the other nothing that was skipped is named.
    assert_eq!(n_skipped(&faults, &BTreeSet::from(["a.jsonl", "d.csl"])), 2 + 1 + 1);
}
