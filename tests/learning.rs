//! Weights that learn from people, over whole runs: what moves, what is measured on what, and that it can be told again.

mod fixture;

use assert_cmd::Command;
use fixture::copy;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A study in a folder of its own, with more in its file.
struct Place {
    folder: tempfile::TempDir,
    day: std::cell::Cell<u64>,
}

impl Place {
    fn new(more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/partnership"), folder.path());
        let place = Place { folder, day: 11_574.into() };
        place.say(more);
        place
    }

    fn throughline(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("throughline").unwrap();
        self.day.set(self.day.get() + 1);
        let now = (self.day.get() * 86_400).to_string();
        command.current_dir(self.folder.path()).env("SOURCE_DATE_EPOCH", now).args(args);
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    fn run(&self) {
        let (code, said, errors) = self.throughline(&["run"]);
        assert_eq!(code, 0, "{said}{errors}");
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Adds to the study's file.
    fn say(&self, more: &str) {
        let study = self.path("config/partnership.toml");
        let text = fs::read_to_string(&study).unwrap();
        fs::write(&study, text + more).unwrap();
    }

    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let text = fs::read_to_string(self.path("output/partnership/latest/tables").join(name).with_extension("csv"));
        let text = text.unwrap();
        csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
    }

    /// A reviewer's verdict on every hit that `judge` has one for, as a spreadsheet would keep it.
    fn judge(&self, judge: impl Fn(&BTreeMap<String, String>) -> &'static str) {
        let mut writer = csv::Writer::from_path(self.path("verdicts.csv")).unwrap();
        let columns = ["document", "theme", "pattern", "start", "end", "quote"];
        writer.write_record(columns.iter().chain([&"verdict"])).unwrap();
        for hit in self.table("hits") {
            writer.write_record(columns.iter().map(|c| hit[*c].as_str()).chain([judge(&hit)])).unwrap();
        }
        writer.flush().unwrap();
    }

    fn pattern(&self, text: &str) -> BTreeMap<String, String> {
        self.table("patterns").into_iter().find(|row| row["pattern"] == text).unwrap()
    }

    fn has(&self, document: &str, theme: &str) -> bool {
        let rows = self.table("document_scores");
        rows.iter().find(|row| row["document"] == document && row["theme"] == theme).unwrap()["has_theme"] == "true"
    }
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// Says where verdicts will be; nobody has judged anything yet.
fn without_coders() -> Place {
    let place = Place::new("[evaluate.learn]\nprior_strength = 2\n");
    let study = fs::read_to_string(place.path("config/partnership.toml")).unwrap();
    let study = study.replace("codings = [\"corpus/partnership/codings.csv\"]", "verdicts = [\"verdicts.csv\"]");
    fs::write(place.path("config/partnership.toml"), study).unwrap();
    fs::write(place.path("verdicts.csv"), "document,theme,pattern,start,end,verdict\n").unwrap();
    place
}

#[test]
fn a_pattern_that_is_rejected_loses_its_voice_and_the_change_is_told() {
    let place = without_coders();
    place.run();
    assert_eq!(place.pattern("trust*")["weight"], "0.9");
    assert!(place.has("07-latin", "trust"));
    place.judge(|hit| if hit["pattern"] == "trust*" { "reject" } else { "" });
    place.run();
    let trust = place.pattern("trust*");
    let n = number(&trust, "n_rejected");
    assert!(n >= 4.0 && number(&trust, "n_wrong") == n, "{trust:?}");
    // (2 · 0.9 + 0) / (2 + n)
    assert!((number(&trust, "weight") - 1.8 / (2.0 + n)).abs() < 1e-6, "{trust:?}");
    assert_eq!((trust["weight_written"].as_str(), trust["weight_learned"] == trust["weight"]), ("0.9", true));
    assert!(!place.has("07-latin", "trust"));
    let hit = place.table("hits").into_iter().find(|hit| hit["pattern"] == "trust*").unwrap();
    assert_eq!((hit["weight"].as_str(), hit["weight_written"].as_str()), (trust["weight"].as_str(), "0.9"));
    assert_eq!(number(&hit, "n_wrong"), n);

    let (code, said, errors) = place.throughline(&["diff", "--format", "json"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let diff: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(diff["causes"], serde_json::json!(["codings"]));
    let theme = diff["themes"].as_array().unwrap().iter().find(|theme| theme["theme"] == "trust").unwrap();
    let parts = theme["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 1, "{theme}");
    assert_eq!((&parts[0]["cause"], &parts[0]["change"]), (&Value::from("codings"), &theme["change"]));
    assert!(parts[0]["change"].as_f64().unwrap() < 0.0);

    assert!(place.throughline(&["run"]).1.starts_with("nothing new"));
    let (code, said, errors) = place.throughline(&["verify", "--against-scratch"]);
    assert_eq!(code, 0, "{said}{errors}");
}

#[test]
fn verdicts_and_theme_edits_at_once_are_told_apart_and_sum() {
    let place = without_coders();
    place.run();
    place.judge(|hit| if hit["pattern"] == "trust*" { "reject" } else { "" });
    let theme = place.path("config/themes/partnership/trust.toml");
    let text = fs::read_to_string(&theme).unwrap();
    fs::write(&theme, text.replace("\"trust*\"", "\"trust*\", \"training\"")).unwrap();
    place.run();
    let diff: Value = serde_json::from_str(&place.throughline(&["diff", "--format", "json"]).1).unwrap();
    assert_eq!(diff["causes"], serde_json::json!(["lexicon", "codings"]));
    let theme = diff["themes"].as_array().unwrap().iter().find(|theme| theme["theme"] == "trust").unwrap();
    let parts = theme["parts"].as_array().unwrap();
    let causes: Vec<&str> = parts.iter().map(|part| part["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, ["lexicon", "codings"], "{theme}");
    assert!(parts[0]["change"].as_f64().unwrap() > 0.0 && parts[1]["change"].as_f64().unwrap() < 0.0);
    let sum: f64 = parts.iter().map(|part| part["change"].as_f64().unwrap()).sum();
    assert!((sum - theme["change"].as_f64().unwrap()).abs() < 1e-9);
}

#[test]
fn a_judged_document_that_comes_moves_weights_and_that_is_told_as_coder_verdicts() {
    let place = Place::new("[evaluate.learn]\nprior_strength = 1\n");
    let codings = place.path("corpus/partnership/codings.csv");
    let text = fs::read_to_string(&codings).unwrap();
    let more: String = (0..6).map(|n| format!("a,new-{n},-,\n")).collect();
    fs::write(&codings, text + &more.replace(",-,", ",,")).unwrap();
    let (code, _, _) = place.throughline(&["run"]);
    assert_eq!(code, 3, "the coders name documents that are not there yet");
    for n in 0..6 {
        let text = format!("Trust us, said partner {n} of six on day {n}.");
        fs::write(place.path(&format!("corpus/partnership/new-{n}.txt")), text).unwrap();
    }
    place.run();
    assert!(number(&place.pattern("trust*"), "weight") < 0.5);
    let diff: Value = serde_json::from_str(&place.throughline(&["diff", "--format", "json"]).1).unwrap();
    assert_eq!(diff["causes"], serde_json::json!(["codings"]));
    let (code, said, errors) = place.throughline(&["verify", "--against-scratch"]);
    assert_eq!(code, 0, "{said}{errors}");
}

#[test]
fn written_weights_stay_and_what_learning_would_do_is_shown() {
    let (learned, written) = (Place::new(""), Place::new("[evaluate.learn]\nweights = \"written\"\n"));
    learned.run();
    written.run();
    for place in [&learned, &written] {
        let rows = place.table("agreement");
        for measure in ["f1_written", "f1_learned", "f1_change"] {
            assert!(rows.iter().any(|row| row["measure"] == measure && !row["value"].is_empty()), "{measure}");
        }
    }
    let moved = |row: &&BTreeMap<String, String>| row["weight_learned"] != row["weight_written"];
    let patterns = written.table("patterns");
    assert!(
        patterns.iter().any(|row| moved(&row)) && patterns.iter().all(|row| row["weight"] == row["weight_written"])
    );
    assert!(learned.table("patterns").iter().filter(moved).all(|row| row["weight"] == row["weight_learned"]));
    // What is held against the coders is the same in kind: F1 of the scores is the one by written or by learnt weights.
    let f1 = |place: &Place, measure: &str| {
        let of = |row: &&BTreeMap<String, String>| {
            row["measure"] == measure && row["compared"] == "throughline against a" && row["theme"] == "all (micro)"
        };
        let row = place.table("agreement").into_iter().find(|row| of(&row)).unwrap();
        (row["value"].clone(), row["n_units"].clone())
    };
    assert_eq!(f1(&written, "f1"), f1(&written, "f1_written"));
    assert_eq!(f1(&learned, "f1"), f1(&learned, "f1_learned"));
    assert_eq!(f1(&learned, "f1_learned"), f1(&written, "f1_learned"));
}

#[test]
fn the_card_is_the_table_of_patterns_and_files_are_scored_as_the_study_is() {
    let place = Place::new("");
    place.run();
    let (code, card, errors) = place.throughline(&["lexicon", "card", "--format", "csv"]);
    assert_eq!(code, 0, "{errors}");
    assert_eq!(card, fs::read_to_string(place.path("output/partnership/latest/tables/patterns.csv")).unwrap());
    let (code, table, _) = place.throughline(&["lexicon", "card", "--theme", "trust"]);
    assert!(code == 0 && table.contains("trust*") && !table.contains("fund*"), "{table}");
    let (code, _, errors) = place.throughline(&["lexicon", "card", "--theme", "nothing"]);
    assert!(code == 2 && errors.contains("it has money, trust"), "{errors}");

    let scored = |args: &[&str]| {
        let (_, said, _) = place.throughline(&[&["score"], args].concat());
        let rows = csv::Reader::from_reader(said.as_bytes()).into_deserialize().map(Result::unwrap);
        rows.map(|row: BTreeMap<String, String>| (row["passage"].clone(), row["theme"].clone(), number(&row, "score")))
            .collect::<Vec<_>>()
    };
    let file = scored(&["corpus/partnership/01-ash-2001.md"]);
    let themes = scored(&["--themes", "config/themes/partnership", "corpus/partnership/01-ash-2001.md"]);
    let study: Vec<_> = place
        .table("passage_scores")
        .iter()
        .filter(|row| row["document"] == "01-ash-2001")
        .map(|row| (row["passage"].clone(), row["theme"].clone(), number(row, "score")))
        .collect();
    assert!(file.len() == study.len() && !file.is_empty());
    for (a, b) in file.iter().zip(&study) {
        assert!((&a.0, &a.1) == (&b.0, &b.1) && (a.2 - b.2).abs() < 2e-6, "{a:?} {b:?}");
    }
    assert_ne!(file, themes, "a folder of themes has its own weights");
}
