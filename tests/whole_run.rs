//! Whole runs of the program over a dozen hand-written reviews, held against stored tables.
//!
//! Where a change is meant: `UPDATE_EXPECTED=1 cargo test --test whole_run`, and read the difference before it is kept.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A study in a folder of its own.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&fixtures().join("partnership"), folder.path());
        Place { folder }
    }

    fn throughline(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("throughline").unwrap();
        command.current_dir(self.folder.path()).env("SOURCE_DATE_EPOCH", "1000000000").args(args);
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn table(&self, name: &str) -> String {
        fs::read_to_string(self.path(&format!("output/partnership/latest/tables/{name}.csv"))).unwrap()
    }

    /// Every file of the newest run with its bytes, but its record and what tells of the run before.
    fn published(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                if ["run.json", "changes.html", "changes"].iter().any(|name| entry.file_name() == *name) {
                    continue;
                }
                if entry.path().is_dir() {
                    walk(&entry.path(), found);
                } else {
                    found.push(entry.path());
                }
            }
        }
        let run = fs::canonicalize(self.path("output/partnership/latest")).unwrap();
        let mut files = Vec::new();
        walk(&run, &mut files);
        files.sort();
        files.iter().map(|file| (file.strip_prefix(&run).unwrap().to_owned(), fs::read(file).unwrap())).collect()
    }
}

#[test]
fn the_tables_of_a_run_are_those_that_were_stored() {
    let place = Place::new();
    let (code, _, said) = place.throughline(&["run"]);
    assert_eq!(code, 0, "{said}");
    for name in ["documents", "passages", "passage_scores", "document_scores", "hits", "themes", "agreement"] {
        let stored = fixtures().join("partnership-expected").join(name).with_extension("csv");
        let table = place.table(name);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::create_dir_all(stored.parent().unwrap()).unwrap();
            fs::write(&stored, &table).unwrap();
        }
        let expected = fs::read_to_string(&stored).unwrap();
        assert!(table == expected, "{name}.csv is not as stored:\n{table}\nstored:\n{expected}");
    }
}

#[test]
fn every_quote_stands_at_its_bytes() {
    let place = Place::new();
    place.throughline(&["run"]);
    let table = place.table("hits");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let hits: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let text = fs::read_to_string(place.path("corpus/partnership/10-maple.txt")).unwrap();
    let of_maple: Vec<_> = hits.iter().filter(|hit| &hit[0] == "10-maple").collect();
    assert!(!of_maple.is_empty());
    for hit in of_maple {
        assert_eq!(&text[hit[4].parse().unwrap()..hit[5].parse().unwrap()], &hit[6]);
    }
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_threads() {
    let (one, eight) = (Place::new(), Place::new());
    assert_eq!(one.throughline(&["run", "--threads", "1"]).0, 0);
    assert_eq!(eight.throughline(&["run", "--threads", "8"]).0, 0);
    let (one, eight) = (one.published(), eight.published());
    assert!(one.iter().any(|(path, _)| path.ends_with("report.html")));
    for (a, b) in one.iter().zip(&eight) {
        assert!(a == b, "{} differs", a.0.display());
    }
    assert_eq!(one.len(), eight.len());
}

#[test]
fn nothing_new_publishes_nothing_and_an_edited_theme_reads_nothing() {
    let place = Place::new();
    place.throughline(&["run"]);
    let (code, said, errors) = place.throughline(&["run"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(said.starts_with("nothing new since run 20010909T014640Z"), "{said}");
    let theme = place.path("config/themes/partnership/trust.toml");
    let text = fs::read_to_string(&theme).unwrap();
    fs::write(&theme, text.replace("\"trust*\"", "\"trust*\", \"training\"")).unwrap();
    let (code, said, _) = place.throughline(&["run"]);
    assert_eq!(code, 0);
    assert!(said.contains("(0 new)"), "{said}");
    assert!(place.path("output/partnership/20010909T014640Z-2/run.json").exists());
}

#[test]
fn adding_and_removing_gives_what_a_run_from_nothing_gives() {
    let place = Place::new();
    place.throughline(&["run"]);
    fs::write(place.path("corpus/partnership/11-new.txt"), "A shortage of money again. Trust us.").unwrap();
    fs::write(place.path("corpus/partnership/09-larch.txt"), "Pooled budgets are rare.").unwrap();
    fs::remove_file(place.path("corpus/partnership/07-latin.txt")).unwrap();
    let (code, said, _) = place.throughline(&["run"]);
    assert_eq!(code, 0);
    assert!(said.contains("(2 new)"), "{said}");
    let step_by_step = place.published();
    fs::remove_dir_all(place.path("output")).unwrap();
    place.throughline(&["run"]);
    assert!(step_by_step == place.published());
}

#[test]
fn a_bad_file_costs_only_itself() {
    let place = Place::new();
    fs::write(place.path("corpus/partnership/12-empty.txt"), "").unwrap();
    fs::write(place.path("corpus/partnership/13-binary.txt"), [0u8, 159, 146, 150, 0, 1, 2, 0]).unwrap();
    fs::write(place.path("corpus/partnership/14-bad.jsonl"), "{\"id\":\"oak\",\"text\":\"Trust.\"}\n{\"id\":\n")
        .unwrap();
    let (code, said, errors) = place.throughline(&["run"]);
    assert_eq!(code, 3, "{errors}");
    for name in ["12-empty.txt", "13-binary.txt", "14-bad.jsonl:2"] {
        assert!(errors.contains(name), "{name} is not named in:\n{errors}");
    }
    assert!(said.contains("13 documents"), "{said}");
    assert!(place.table("documents").contains("oak"));
}

#[test]
fn what_is_wrong_with_a_study_is_said_and_nothing_is_lost() {
    let place = Place::new();
    place.throughline(&["run"]);
    let study = place.path("config/partnership.toml");
    let good = fs::read_to_string(&study).unwrap();
    fs::write(&study, good.replace("[discover]", "[score]\ntreshold = 0.4\n[discover]")).unwrap();
    let (code, _, errors) = place.throughline(&["run"]);
    assert_eq!(code, 2);
    assert!(
        errors.contains("unknown setting \"treshold\"") && errors.contains("did you mean \"threshold\""),
        "{errors}"
    );
    fs::write(&study, good).unwrap();
    let theme = place.path("config/themes/partnership/money.toml");
    let text = fs::read_to_string(&theme).unwrap();
    fs::write(&theme, text.replace("NEAR/3", "NEAR")).unwrap();
    let (code, _, errors) = place.throughline(&["run"]);
    assert_eq!(code, 2);
    assert!(errors.contains("money.toml:5") && errors.contains("gives no distance"), "{errors}");
    assert!(place.path("output/partnership/latest/report.html").exists());
}

#[test]
fn a_new_study_runs_at_once() {
    let place = Place::new();
    let (code, _, errors) = place.throughline(&["init", "schools"]);
    assert_eq!(code, 0, "{errors}");
    assert_eq!(place.throughline(&["init", "schools"]).0, 2);
    fs::write(place.path("corpus/schools/a.txt"), "Short-term funding made it hard to keep staff.").unwrap();
    let (code, said, errors) = place.throughline(&["run", "--study", "schools"]);
    assert_eq!(code, 0, "{errors}");
    assert!(said.contains("money") && said.contains("in 1 documents"), "{said}");
    let (code, said, _) = place.throughline(&["lexicon", "check", "--study", "schools"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn texts_are_scored_without_a_study() {
    let place = Place::new();
    fs::remove_file(place.path("config/partnership.toml")).unwrap();
    let file = "corpus/partnership/06-records.jsonl";
    let args = ["score", "--themes", "config/themes/partnership", "--unit", "sentence", file];
    let (code, said, errors) = place.throughline(&args);
    assert_eq!((code, errors.as_str()), (0, ""));
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "document,passage,start,end,theme,n_hits,score,has_theme,stance");
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[1].starts_with("hazel,0,0,32,trust,1,0.9,true,"), "{said}");
    let (_, said, _) = place.throughline(&[&args[..], &["--all", "--format", "json"]].concat());
    let rows: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 8, "two documents of two sentences, two themes");
    assert_eq!(rows[0]["theme"], "money");
    assert_eq!(rows[0]["has_theme"], false);
}

#[test]
fn kwic_is_aligned_and_sorted() {
    let place = Place::new();
    let (code, said, _) = place.throughline(&["kwic", "trust*", "--format", "csv", "--sort", "right"]);
    assert_eq!(code, 0);
    let rights: Vec<String> =
        csv::Reader::from_reader(said.as_bytes()).records().map(|line| line.unwrap()[6].to_lowercase()).collect();
    assert!(rights.len() >= 4 && rights.is_sorted(), "{rights:?}");
    let (_, said, _) = place.throughline(&["search", "mutual respect", "--format", "json"]);
    assert_eq!(said.lines().count(), 2, "{said}");
}
