//! Whole runs of the program over a dozen hand-written reviews, held against stored tables.
//!
//! Where a change is meant: `UPDATE_EXPECTED=1 cargo test --test whole_run`, and read the difference before it is kept.

mod fixture;

use fixture::{Place, stored};
use std::fs;

#[test]
fn the_tables_of_a_run_are_those_that_were_stored() {
    let place = Place::new();
    let (code, _, said) = place.throughline(&["run"]);
    assert_eq!(code, 0, "{said}");
    for name in ["documents", "passages", "passage_scores", "document_scores", "hits", "themes", "agreement"] {
        let kept = stored("partnership-expected").join(name).with_extension("csv");
        let table = place.table(name);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::create_dir_all(kept.parent().unwrap()).unwrap();
            fs::write(&kept, &table).unwrap();
        }
        let expected = fs::read_to_string(&kept).unwrap();
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
    assert!(said.contains("money") && said.contains("in 1 document"), "{said}");
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
fn standard_input_is_scored_as_a_file_is() {
    let place = Place::new();
    let text = fs::read_to_string(place.path("corpus/partnership/06-records.jsonl")).unwrap();
    for text in [text.as_str(), "We trust each other.\n"] {
        place.write("stdin", text);
        let score = |file| ["score", "--themes", "config/themes/partnership", file];
        let (code, said, errors) = place.throughline_of(text, &score("-"));
        assert_eq!((code, errors.as_str()), (0, ""));
        assert_eq!(said, place.throughline(&score("stdin")).1);
        assert_eq!(said.lines().count(), 2, "{said}");
    }
}

#[test]
fn what_would_be_passed_over_or_certain_is_refused() {
    let place = Place::new();
    place.write("one.toml", "money = [\"fund\", \"budget\"]");
    place.write("word.toml", "money = \"fund\"\ntrust = [\"trust\"]");
    let text = "corpus/partnership/10-maple.txt";
    for (args, said) in [
        (&["discover", "--topics", "5", "--output", "topics"][..], "<FILES>"),
        (&["discover", "--seed", "5"], "<FILES>"),
        (&["discover", "--topics", "0", "--output", "topics", text], "--topics 0 is too few"),
        (&["classify", "--seeds", "one.toml", text], "fewer than two themes"),
        (&["classify", "--seeds", "word.toml", text], "word.toml: \"money\" is no list of words\n  hint: write a line"),
    ] {
        let (code, _, errors) = place.throughline(args);
        assert!(code == 2 && errors.contains(said), "{args:?}: {code}, {errors}");
    }
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
    let (code, said, told) = place.throughline(&["search", "zebra"]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(told.contains("met in none of 12 documents: zebra"), "{told}");
}

/// The cells of a table, a row a line, of these columns.
fn columns(table: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at: Vec<usize> = names.iter().map(|name| header.iter().position(|cell| cell == *name).unwrap()).collect();
    reader.records().map(|row| at.iter().map(|at| row.as_ref().unwrap()[*at].to_owned()).collect()).collect()
}

#[test]
fn versions_of_a_work_count_once_and_records_hand_over_their_fields() {
    let place = Place::new();
    assert_eq!(place.throughline(&["run"]).0, 0);
    let figures = ["themes", "co_occurrence", "trends", "cited_sources", "candidates", "patterns"];
    let before: Vec<String> = figures.iter().map(|name| place.table(name)).collect();
    let ash = fs::read_to_string(place.path("corpus/partnership/01-ash-2001.md")).unwrap();
    fs::write(place.path("corpus/partnership/99-ash-again.md"), &ash).unwrap();
    let words = fs::read_to_string(place.path("corpus/partnership/10-maple.txt")).unwrap();
    fs::write(
        place.path("corpus/partnership/98-export.ris"),
        format!(
            "TY  - JOUR\nTI  - {}\nAU  - Maple, M\nJO  - Trees\nDO  - 10.1000/maple\nER  - \n\
             TY  - JOUR\nTI  - A work whose text nobody has\nPY  - 2001\nER  - \n",
            words.lines().find(|line| line.len() > 40).unwrap_or(&words).chars().take(60).collect::<String>(),
        ),
    )
    .unwrap();
    let (code, said, errors) = place.throughline(&["run"]);
    assert_eq!(code, 3, "{said}{errors}");
    assert!(errors.contains("98-export.ris: no abstract: a record and no full text of it here"), "{errors}");
    for (name, before) in figures.iter().zip(&before) {
        assert!(place.table(name) == *before, "{name}.csv counts a version:\n{}\nbefore:\n{before}", place.table(name));
    }
    let documents = columns(&place.table("documents"), &["document", "included", "version_of", "reason"]);
    let again = documents.iter().find(|row| row[0] == "99-ash-again").unwrap();
    assert_eq!(again[1..3], ["false", "01-ash-2001"], "{again:?}");
    assert!(again[3].starts_with("duplicate of 01-ash-2001 ("), "{again:?}");
    let maple = columns(&place.table("documents"), &["document", "authors", "publication", "doi"]);
    let maple = maple.iter().find(|row| row[0] == "10-maple").unwrap();
    assert_eq!(maple[1..], ["Maple, M", "Trees", "10.1000/maple"]);
    let records = columns(&place.table("records"), &["version_of", "reason"]);
    assert_eq!(records.len(), 2);
    assert!(records.contains(&vec!["10-maple".into(), String::new()]), "{records:?}");
    let flow = columns(&place.table("selection_flow"), &["step", "n"]);
    let step = |name: &str| flow.iter().find(|row| row[0] == name).unwrap()[1].clone();
    assert_eq!((step("duplicates removed"), step("not retrieved")), ("2".into(), "1".into()));
}

#[test]
fn a_passage_that_another_work_has_too_is_marked_and_counts_once_where_that_is_set() {
    let place = Place::new();
    let passage = "Staff said that short-term funding had made it hard to keep any trust between the two agencies.";
    fs::write(place.path("corpus/partnership/90-first.txt"), format!("{passage} The rest is of schools.")).unwrap();
    fs::write(place.path("corpus/partnership/91-second.txt"), format!("Of clinics they say little. {passage}"))
        .unwrap();
    place.throughline(&["run"]);
    let hits = columns(&place.table("hits"), &["document", "repeats"]);
    let marked: Vec<_> = hits.iter().filter(|row| !row[1].is_empty()).collect();
    assert!(!marked.is_empty() && marked.iter().all(|row| *row == &["91-second", "90-first#0"]), "{marked:?}");
    let n_with = |place: &Place| columns(&place.table("themes"), &["theme", "n_documents"]);
    let before = n_with(&place);
    let study = place.path("config/partnership.toml");
    let settings = fs::read_to_string(&study).unwrap();
    fs::write(
        &study,
        settings.replace("[synthesis.bootstrap]", "[synthesis]\nrepeated_passages = \"once\"\n[synthesis.bootstrap]"),
    )
    .unwrap();
    place.throughline(&["run"]);
    for (before, after) in before.iter().zip(n_with(&place)) {
        let n = |row: &[String]| row[1].parse::<u32>().unwrap();
        assert_eq!(n(&after) + 1, n(before), "{}", before[0]);
    }
}

#[test]
fn a_survey_has_a_row_for_everything_and_says_what_became_of_it() {
    let place = Place::new();
    let folder = place.path("papers");
    fs::create_dir_all(folder.join("sub")).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    write("a.txt", b"Barriers to joint working in rural schools\n\nMoney was short, and nobody knew why it was.");
    write("sub/a.txt", b"Another text under the same name.");
    write(
        "refs.ris",
        b"TY  - JOUR\nTI  - Barriers to joint working in rural schools\nAU  - Alpha, A\nPY  - 2004\nER  - \n\
                        TY  - JOUR\nTI  - Alone\nER  - \nTY  - JOUR\nAU  - Nobody\nER  - \n",
    );
    write("picture.png", b"\x89PNG\r\n\x1a\n0000");
    write("bad.txt", b"Good words \xff\xfe and bad bytes with \x9d in them.");
    let (code, said, errors) = place.throughline(&["ingest", "papers"]);
    assert_eq!(code, 3, "{errors}");
    let rows = columns(&said, &["document", "source", "title", "year", "status", "version_of"]);
    let row = |source: &str| rows.iter().find(|row| row[1] == source).unwrap().clone();
    assert_eq!(row("papers/a.txt")[..4], ["a", "papers/a.txt", "Barriers to joint working in rural schools", "2004"]);
    assert_eq!(row("papers/sub/a.txt")[0], "sub/a");
    assert_eq!(row("papers/picture.png")[4], "skipped");
    let of_export: Vec<_> = rows.iter().filter(|row| row[1] == "papers/refs.ris").collect();
    let states: Vec<_> = of_export.iter().map(|row| (row[2].as_str(), row[4].as_str(), row[5].as_str())).collect();
    assert_eq!(states.len(), 3, "{states:?}");
    assert!(states.contains(&("Barriers to joint working in rural schools", "ok", "a")), "{states:?}");
    assert!(states.contains(&("Alone", "skipped", "")) && states.contains(&("", "skipped", "")), "{states:?}");
    assert!(errors.contains("papers/picture.png: is binary") && errors.contains("papers/refs.ris:9:"), "{errors}");
    let (_, one, _) = place.throughline(&["ingest", "papers", "--threads", "1", "--output", "survey"]);
    assert_eq!((one.as_str(), fs::read_to_string(place.path("survey/documents.csv")).unwrap()), ("", said));
}
