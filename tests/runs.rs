//! Runs as they follow one another: what a run would do, what changed and why, what is kept, and whether anything rotted.

mod fixture;

use fixture::Place;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const TRUST: &str = "config/themes/partnership/trust.toml";
const MONEY: &str = "config/themes/partnership/money.toml";

/// What `throughline diff` says of the two newest runs.
fn compared(place: &Place) -> Value {
    let (code, said, errors) = place.throughline(&["diff", "--format", "json"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    serde_json::from_str(&said).unwrap()
}

/// The theme of a diff, after it was seen that its parts form one chain that leads from the one share to the other.
fn theme<'d>(diff: &'d Value, id: &str) -> &'d Value {
    let theme = diff["themes"].as_array().unwrap().iter().find(|theme| theme["theme"] == id).unwrap();
    let mut at = &theme["before"];
    for part in theme["parts"].as_array().unwrap() {
        assert_eq!(&part["before"], at, "{theme:#}");
        at = &part["after"];
    }
    assert_eq!(&theme["after"], at, "{theme:#}");
    let millionths = |number: &Value| (number.as_f64().unwrap() * 1e6).round() as i64;
    let parts = theme["parts"].as_array().unwrap().iter();
    assert_eq!(parts.map(|part| millionths(&part["change"])).sum::<i64>(), millionths(&theme["change"]));
    theme
}

/// Causes of a theme's parts with the documents gained and lost.
fn causes(theme: &Value) -> Vec<String> {
    let names = |sign: &str, of: &Value| -> String {
        of.as_array().unwrap().iter().map(|behind| format!(" {sign}{}", behind["document"].as_str().unwrap())).collect()
    };
    let parts = theme["parts"].as_array().unwrap().iter();
    parts
        .map(|p| format!("{}{}{}", p["cause"].as_str().unwrap(), names("+", &p["gained"]), names("-", &p["lost"])))
        .collect()
}

#[test]
fn a_dry_run_tells_what_a_run_would_do_and_does_nothing() {
    let place = Place::new();
    let (code, said) = place.run(&["--dry-run"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("read: corpus/partnership/01-ash-2001.md") && said.contains("read 10 files, keep 0"),
        "{said}"
    );
    assert!(!place.path("output").exists());
    place.run(&[]);
    let (_, said) = place.run(&["--dry-run"]);
    assert!(said.starts_with("nothing new since run 20010910T000000Z") || said.contains("nothing new since"), "{said}");
    place.write("corpus/partnership/11-new.txt", "Trust us.");
    fs::remove_file(place.path("corpus/partnership/07-latin.txt")).unwrap();
    place.edit(TRUST, "\"trust*\"", "\"trust*\", \"training\"");
    let before = place.runs();
    let (_, said) = place.run(&["--dry-run", "--json"]);
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["read"], serde_json::json!(["corpus/partnership/11-new.txt"]));
    assert_eq!(said["gone"], serde_json::json!(["corpus/partnership/07-latin.txt"]));
    assert_eq!((&said["causes"], &said["inputs"]), (&serde_json::json!(["lexicon"]), &serde_json::json!([TRUST])));
    assert_eq!((said["n_kept"].as_u64(), said["nothing_new"].as_bool()), (Some(9), Some(false)));
    assert_eq!(place.runs(), before);
    let (_, said) = place.run(&[]);
    assert!(said.contains("(1 new)"), "{said}");
}

#[test]
fn documents_that_come_go_and_change_explain_the_change() {
    let place = Place::new();
    place.run(&[]);
    place.write("corpus/partnership/11-new.txt", "A shortage of money again. Trust us.");
    place.write("corpus/partnership/09-larch.txt", "Nothing of either is said here.");
    fs::remove_file(place.path("corpus/partnership/07-latin.txt")).unwrap();
    let maple = fs::read(place.path("corpus/partnership/10-maple.txt")).unwrap();
    fs::remove_file(place.path("corpus/partnership/10-maple.txt")).unwrap();
    fs::write(place.path("corpus/partnership/10-acer.txt"), maple).unwrap();
    assert_eq!(place.run(&[]).0, 0);
    let diff = compared(&place);
    assert_eq!(diff["added"], serde_json::json!(["11-new"]));
    assert_eq!(diff["removed"], serde_json::json!(["07-latin"]));
    assert_eq!(diff["changed"], serde_json::json!(["09-larch"]));
    assert_eq!(diff["renamed"], serde_json::json!([["10-maple", "10-acer"]]));
    assert_eq!(diff["causes"], serde_json::json!([]));
    let money = theme(&diff, "money");
    let new = money["parts"].as_array().unwrap().iter().find(|part| part["cause"] == "new_documents").unwrap();
    assert_eq!(new["gained"][0]["patterns"], serde_json::json!(["(lack|shortage) of (fund*|money)"]));
    assert!(causes(theme(&diff, "trust")).iter().all(|cause| cause.contains("_documents")));
    let (code, text, _) = place.throughline(&["diff"]);
    assert_eq!(code, 0);
    assert!(text.contains("  1 new: 11-new") && text.contains("10-maple is now 10-acer"), "{text}");
}

#[test]
fn settings_and_lexicon_edited_at_once_are_told_apart() {
    let place = Place::new();
    place.write("corpus/partnership/20-plane.txt", "The funding was spent.");
    place.write("corpus/partnership/21-poplar.txt", "Much training was given.");
    place.run(&[]);
    // Alone, "fund*" reaches 0.4: under the new threshold that is enough.
    place.edit("config/partnership.toml", "[discover]", "[score]\nthreshold = 0.4\n[discover]");
    place.edit(TRUST, "\"trust*\"", "\"trust*\", \"training\"");
    place.edit(MONEY, "\"pooled budget*\"", "\"pooling budgets\"");
    assert_eq!(place.run(&[]).0, 0);
    let diff = compared(&place);
    assert_eq!(diff["causes"], serde_json::json!(["settings", "lexicon"]));
    let (money, trust) = (theme(&diff, "money"), theme(&diff, "trust"));
    assert!(causes(money)[0].starts_with("settings") && causes(money)[0].contains("+20-plane"), "{money:#}");
    let edited = trust["parts"].as_array().unwrap().iter().find(|part| part["cause"] == "lexicon").unwrap();
    let poplar = edited["gained"].as_array().unwrap().iter().find(|b| b["document"] == "21-poplar").unwrap();
    assert_eq!(poplar["patterns"], serde_json::json!(["training"]));
    assert!(!causes(money).iter().chain(&causes(trust)).any(|cause| cause.starts_with("together")));
    // Without the theme files of the older run nobody can tell, and that is said.
    fs::remove_dir_all(place.path("output/partnership").join(&place.runs()[0]).join("inputs")).unwrap();
    assert!(causes(theme(&compared(&place), "trust"))[0].starts_with("together"));
}

#[test]
fn a_change_is_told_alike_whatever_has_come_since() {
    let place = Place::new();
    place.run(&[]);
    place.edit("config/partnership.toml", "[discover]", "[score]\nthreshold = 0.55\n[discover]");
    place.edit(TRUST, "\"trust*\"", "\"trust*\", \"training\"");
    place.run(&[]);
    let runs = place.runs();
    let told = || place.throughline(&["diff", &runs[0], &runs[1]]).1;
    let at_once = told();
    // A copy that stands before the document it is a copy of takes its place.
    let elder = fs::read_to_string(place.path("corpus/partnership/10-maple.txt")).unwrap();
    place.write("corpus/partnership/00-copy.txt", elder);
    place.run(&[]);
    assert_eq!(told(), at_once);
}

#[test]
fn where_passages_count_once_the_change_is_that_of_the_figures() {
    let place = Place::new();
    place.edit("config/partnership.toml", "[discover]", "[synthesis]\nrepeated_passages = \"once\"\n[discover]");
    let said = "The shortage of funding for joint work was felt in every one of the agencies that took part.";
    place.write("corpus/partnership/20-plane.txt", format!("{said} Planes are trees."));
    place.run(&[]);
    // An earlier document says the same, and more: what the later one says of money no longer counts.
    place.write("corpus/partnership/00-alder.txt", format!("Alders like water. {said} Nothing else is known of it."));
    place.run(&[]);
    let diff = compared(&place);
    let shown = place.throughline(&["runs", "--format", "json"]).1;
    let mut rows = shown.lines().map(|row| serde_json::from_str::<Value>(row).unwrap());
    let newest = place.runs().pop().unwrap();
    let row = rows.find(|row| row["run"] == newest && row["theme"] == "money").unwrap();
    let money = theme(&diff, "money");
    assert_eq!(money["after"]["n_with"], row["n_theme_documents"]);
    let moved = causes(money);
    assert!(moved.iter().any(|part| part.starts_with("selection") && part.contains("-20-plane")), "{moved:?}");
}

#[test]
fn a_new_name_of_what_people_judged_moves_nothing() {
    const HEAD: &str = "coder,document,theme\nA,09-larch,money\nA,09-larch,trust\n";
    let place = Place::new();
    place.edit("config/partnership.toml", "[evaluate]", "[evaluate.learn]\nprior_strength = 1\n[evaluate]");
    let codings: String = ["01-ash-2001", "03-plain", "10-maple"].map(|id| format!("A,{id},\nB,{id},\n")).concat();
    place.write("corpus/partnership/codings.csv", format!("{HEAD}{codings}"));
    place.run(&[]);
    let settings = fs::read_to_string(place.path("config/partnership.toml")).unwrap();
    let names: Vec<String> = fs::read_dir(place.path("corpus/partnership"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| ["01-", "03-", "10-"].iter().any(|start| name.starts_with(start)))
        .collect();
    for name in names {
        let at = |name: &str| place.path(&format!("corpus/partnership/{name}"));
        fs::rename(at(&name), at(&format!("q{name}"))).unwrap();
    }
    place.write(
        "corpus/partnership/codings.csv",
        format!("{HEAD}{}", codings.replace(",0", ",q0").replace(",1", ",q1")),
    );
    place.write("config/partnership.toml", settings + "\n[synthesis]\nperiod_years = 4\n");
    place.run(&[]);
    let diff = compared(&place);
    assert_eq!(diff["causes"], serde_json::json!(["settings", "codings"]));
    for id in ["money", "trust"] {
        assert_eq!(causes(theme(&diff, id)), Vec::<String>::new(), "{id}");
    }
}

#[test]
fn where_passages_count_once_a_new_name_may_decide_which() {
    let place = Place::new();
    place.edit("config/partnership.toml", "[discover]", "[synthesis]\nrepeated_passages = \"once\"\n[discover]");
    let said = "The shortage of funding for joint work was felt in every one of the agencies that took part.";
    place.write("corpus/partnership/20-plane.txt", format!("{said} Planes are trees that line the streets of towns."));
    place
        .write("corpus/partnership/21-poplar.txt", format!("Poplars grow tall beside the rivers of the north. {said}"));
    place.run(&[]);
    fs::rename(place.path("corpus/partnership/20-plane.txt"), place.path("corpus/partnership/30-plane.txt")).unwrap();
    place.run(&[]);
    assert_eq!(causes(theme(&compared(&place), "money")), ["selection +21-poplar -30-plane"]);
}

#[test]
fn what_is_gone_is_made_anew_by_the_next_run() {
    let place = Place::new();
    place.run(&[]);
    let (newest, latest) = (place.runs().pop().unwrap(), place.path("output/partnership/latest"));
    fs::remove_file(&latest).unwrap();
    assert!(place.run(&[]).1.starts_with("nothing new") && latest.join("run.json").exists());
    fs::remove_file(latest.join("tables/themes.csv")).unwrap();
    assert!(place.run(&[]).1.contains("12 documents") && place.runs().len() == 2);
    fs::remove_dir_all(place.path("output/partnership").join(newest)).unwrap();
    let segments = place.path("output/partnership/state/index/segments");
    let store = fs::read_dir(&segments).unwrap().map(|entry| entry.unwrap().path());
    fs::remove_file(store.into_iter().find(|file| file.extension().is_some_and(|e| e == "store")).unwrap()).unwrap();
    assert!(place.run(&[]).1.contains("the index was made anew"));
    for damaged in ["ledger", "answers/hits"] {
        let file = place.path("output/partnership/state/index").join(damaged);
        let mut bytes = fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&file, bytes).unwrap();
        assert_eq!(place.throughline(&["verify"]).0, 4, "{damaged}");
        assert!(place.run(&[]).1.contains("12 documents"), "{damaged}");
        assert_eq!(place.throughline(&["verify"]).0, 0, "{damaged}");
    }
}

#[cfg(unix)]
#[test]
fn a_latest_that_is_a_folder_stops_a_run_before_it_publishes() {
    let place = Place::new();
    place.run(&[]);
    let latest = place.path("output/partnership/latest");
    fs::remove_file(&latest).unwrap();
    fs::create_dir(&latest).unwrap();
    place.edit(TRUST, "\"trust*\"", "\"trust*\", \"training\"");
    let (code, said) = place.run(&[]);
    assert!(code == 1 && said.contains("move it away") && place.runs().len() == 1, "{said}");
    let (code, _, said) = place.throughline(&["verify"]);
    assert!(code == 4 && said.contains("latest: it is a folder of its own"), "{said}");
}

#[test]
fn a_closed_pipe_hides_no_verdict() {
    use std::process::{Command, Stdio};
    let place = Place::new();
    place.run(&[]);
    fs::write(place.path("output/partnership/latest/tables/themes.csv"), "x").unwrap();
    let mut verify = Command::new(assert_cmd::cargo::cargo_bin("throughline"));
    verify.arg("verify").current_dir(place.root()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = verify.spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(4));
}

#[test]
fn after_a_clock_was_set_back_the_newest_run_is_still_the_newest() {
    let place = Place::new();
    place.throughline(&["run", "--now", "2026-02-01T00:00:00Z"]);
    place.edit(TRUST, "\"trust*\"", "\"trust*\", \"training\"");
    place.throughline(&["run", "--now", "2026-01-01T00:00:00Z"]);
    let diff = compared(&place);
    assert_eq!((&diff["before"], &diff["after"]), (&"20260201T000000Z".into(), &"20260101T000000Z".into()));
}

#[test]
fn a_theme_that_leaves_its_interval_is_told_by_the_exit_code() {
    let place = Place::new();
    assert_eq!(place.run(&["--fail-on-change"]).0, 0);
    place.write("corpus/partnership/11-new.txt", "Nothing at all.");
    assert_eq!(place.run(&["--fail-on-change"]).0, 0);
    place.edit(TRUST, "\"trust*\", ", "");
    let (code, said) = place.run(&["--fail-on-change"]);
    assert_eq!(code, 10, "{said}");
    assert!(said.contains("moved: trust: "), "{said}");
    assert_eq!(theme(&compared(&place), "trust")["is_outside"], true);
    assert_eq!(place.run(&["--fail-on-change"]).0, 0);
}

#[test]
fn old_runs_go_and_a_pinned_one_stays() {
    let place = Place::new();
    place.edit("config/partnership.toml", "[discover]", "[history]\nkeep = 2\n[discover]");
    place.run(&[]);
    let first = place.runs().remove(0);
    fs::write(place.path("output/partnership").join(&first).join("pinned"), "").unwrap();
    for n in 0..3 {
        place.write("corpus/partnership/11-new.txt", format!("Trust number {n}."));
        place.run(&[]);
    }
    let runs = place.runs();
    assert_eq!((runs.len(), &runs[0]), (3, &first));
    let (code, said, _) = place.throughline(&["runs", "--format", "csv"]);
    let lines: Vec<csv::StringRecord> =
        csv::Reader::from_reader(said.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!((code, lines.len()), (0, 6), "three runs of two themes: {said}");
    assert_eq!((&lines[0][0], &lines[0][7], &lines[2][7]), (first.as_str(), "true", "false"));
    assert_eq!(place.throughline(&["verify"]).0, 0, "a pin is no damage");
    assert_eq!(place.throughline(&["diff", "20200101T000000Z"]).0, 2);
}

#[test]
fn every_planted_damage_is_named_and_nothing_else() {
    let place = Place::new();
    assert_eq!(place.throughline(&["verify"]).0, 0);
    place.run(&[]);
    place.write("corpus/partnership/11-new.txt", "A shortage of money again. Trust us.");
    place.run(&[]);
    let (code, said, errors) = place.throughline(&["verify", "--against-scratch"]);
    assert_eq!((code, errors.as_str()), (0, ""), "{said}");
    assert!(said.contains("made again from nothing and compared") && said.contains("no damage"), "{said}");
    let runs = place.runs();
    let of = |run: &str, file: &str| place.path("output/partnership").join(run).join(file);
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    let mut planted = vec![of(&runs[0], "run.json")];
    flip(&planted[0]);
    for file in ["tables/passages.csv", "report.html", "inputs/config/themes/partnership/trust.toml"] {
        planted.push(of(&runs[1], file));
        flip(&of(&runs[1], file));
    }
    fs::write(of(&runs[1], "tables/themes.json"), "[\n").unwrap();
    fs::remove_file(of(&runs[1], "tables/candidates.csv")).unwrap();
    fs::write(of(&runs[1], "tables/stray.csv"), "").unwrap();
    planted.extend(["themes.json", "candidates.csv", "stray.csv"].map(|name| of(&runs[1], "tables").join(name)));
    let segments = place.path("output/partnership/state/index/segments");
    let mut stores: Vec<PathBuf> = fs::read_dir(segments).unwrap().map(|entry| entry.unwrap().path()).collect();
    stores.retain(|path| path.extension().is_some_and(|ending| ending == "store"));
    stores.sort();
    flip(&stores[0]);
    planted.push(stores[0].clone());
    let (code, _, errors) = place.throughline(&["verify"]);
    assert_eq!(code, 4, "{errors}");
    for path in &planted {
        let name = path.strip_prefix(place.root()).unwrap().to_string_lossy().into_owned();
        assert!(errors.contains(&name), "{name} is not named in:\n{errors}");
    }
    assert_eq!(errors.lines().count(), planted.len(), "{errors}");
}

#[test]
fn a_quote_that_is_not_in_its_source_is_found_though_every_digest_fits() {
    let place = Place::new();
    place.run(&[]);
    let run = place.path("output/partnership").join(&place.runs()[0]);
    let hits = fs::read_to_string(run.join("tables/hits.json")).unwrap();
    let at = hits.find("\"quote\":\"").unwrap() + "\"quote\":\"".len();
    let forged = format!("{}X{}", &hits[..at], &hits[at + 1..]);
    fs::write(run.join("tables/hits.json"), &forged).unwrap();
    // A forger who mends the record as well, and breaks its seal off.
    let record = fs::read_to_string(run.join("run.json")).unwrap();
    let mut record: Value = serde_json::from_str(&record).unwrap();
    record.as_object_mut().unwrap().remove("seal");
    for output in record["outputs"].as_array_mut().unwrap() {
        if output["path"] == "tables/hits.json" {
            output["digest"] = blake3::hash(forged.as_bytes()).to_hex().as_str().into();
        }
    }
    fs::write(run.join("run.json"), serde_json::to_string_pretty(&record).unwrap()).unwrap();
    let (code, _, errors) = place.throughline(&["verify"]);
    assert_eq!(code, 4, "{errors}");
    assert!(errors.lines().count() == 1 && errors.contains("the quote at bytes"), "{errors}");
    let (code, _, errors) = place.throughline(&["verify", "--against-scratch"]);
    assert!(code == 4 && errors.contains("a run from nothing gives other bytes"), "{errors}");
}

#[test]
fn literature_that_has_changed_since_the_run_is_no_damage() {
    let place = Place::new();
    place.run(&[]);
    place.write("corpus/partnership/10-maple.txt", "Another text.");
    fs::remove_file(place.path("corpus/partnership/09-larch.txt")).unwrap();
    let (code, said, errors) = place.throughline(&["verify", "--against-scratch"]);
    assert_eq!((code, errors.as_str()), (0, ""), "{said}");
    assert!(said.contains("quotes not looked at") && said.contains("10-maple.txt"), "{said}");
    assert!(said.contains("not made again from nothing"), "{said}");
}

#[test]
fn schemas_and_schedules_are_printed() {
    let place = Place::new();
    for of in ["study", "theme"] {
        let (code, said, _) = place.throughline(&["schema", of]);
        let schema: Value = serde_json::from_str(&said).unwrap();
        assert!(code == 0 && schema["properties"].is_object() && schema["$schema"].is_string(), "{said}");
        // What the program refuses, an editor marks.
        let threshold = &schema["$defs"]["ScoreSettings"]["properties"]["threshold"];
        assert!(of == "theme" || (threshold["minimum"] == 0.0 && threshold["maximum"] == 1.0), "{threshold}");
    }
    for scheduler in ["cron", "systemd", "github-actions"] {
        let (code, said, errors) = place.throughline(&["schedule", "--print", scheduler]);
        assert!(code == 0 && said.contains("run --study partnership"), "{said}{errors}");
    }
}

/// The line that goes into a crontab, run as cron would.
#[cfg(unix)]
#[test]
fn the_crontab_is_silent_until_there_is_something_to_say() {
    let place = Place::new();
    let (_, crontab, _) = place.throughline(&["schedule", "--print", "cron"]);
    let line = crontab.lines().find(|line| !line.starts_with('#')).unwrap();
    let command: String = line.splitn(6, ' ').last().unwrap().to_owned();
    let cron = |day: &str| {
        let output = std::process::Command::new("/bin/sh")
            .args(["-c", &command])
            .env("SOURCE_DATE_EPOCH", day)
            .current_dir("/")
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout) + &text(&output.stderr))
    };
    assert_eq!(cron("1000000000").0, 0);
    assert_eq!(cron("1000100000"), (0, String::new()));
    place.edit(TRUST, "\"trust*\", ", "");
    let (code, said) = cron("1000200000");
    assert_eq!(code, 10, "{said}");
    assert!(said.contains("lexicon edits") && said.contains("moved: trust"), "{said}");
}

#[test]
fn a_candidate_lives_until_a_person_decides() {
    let place = Place::new();
    place.edit("config/partnership.toml", "[discover]", "[discover]\nmin_stability = 0.0\nmin_passages = 2");
    place.run(&[]);
    let list = || -> Vec<csv::StringRecord> {
        let (code, said, errors) = place.throughline(&["candidate", "list", "--format", "csv"]);
        assert_eq!((code, errors.as_str()), (0, ""));
        csv::Reader::from_reader(said.as_bytes()).records().map(Result::unwrap).collect()
    };
    let in_table = || -> Vec<String> {
        let table = place.table("candidates");
        csv::Reader::from_reader(table.as_bytes()).records().map(|row| row.unwrap()[0].to_owned()).collect()
    };
    let first = list();
    assert!(first.len() >= 2 && first.iter().all(|known| &known[1] == "proposed"), "{first:?}");
    let (kept, dismissed) = (first[0][0].to_owned(), first[1][0].to_owned());
    let born = first[0][4].to_owned();
    assert_eq!(place.runs()[0], born);

    assert_eq!(place.throughline(&["candidate", "dismiss", &dismissed]).0, 0);
    assert_eq!(place.throughline(&["candidate", "rename", &kept, "ours"]).0, 0);
    let (code, _, errors) = place.throughline(&["candidate", "rename", &kept, "two words"]);
    assert!(code == 2 && errors.contains("cannot name a candidate"), "{errors}");
    let (code, _, errors) = place.throughline(&["candidate", "dismiss", "nosuch"]);
    assert!(code == 2 && errors.contains("there are"), "{errors}");
    place.run(&[]);
    assert!(in_table().contains(&"ours".to_owned()) && !in_table().contains(&dismissed), "{:?}", in_table());
    let known = list();
    let ours = known.iter().find(|known| &known[0] == "ours").unwrap();
    assert_eq!((&ours[1], &ours[4]), ("proposed", born.as_str()));
    assert!(known.iter().any(|known| known[0] == *dismissed && &known[1] == "dismissed"), "{known:?}");
    let diff = compared(&place);
    assert_eq!(diff["candidates"]["gone"][0]["standing"], "dismissed", "{diff:#}");

    // More of the same in a new document: the candidate grows, and the run says so.
    place.write("corpus/partnership/11-new.txt", "Information was shared late, as elsewhere.");
    place.run(&[]);
    let diff = compared(&place);
    let grown = diff["candidates"]["grown"].as_array().unwrap();
    assert!(grown.iter().any(|change| change["name"] == "ours"), "{diff:#}");
    let (_, text, _) = place.throughline(&["diff"]);
    assert!(text.contains("candidate themes:\n") && text.contains("  grown: ours"), "{text}");
    assert_eq!(place.throughline(&["verify", "--against-scratch"]).0, 0);

    // A decision that makes no sense is said with its line; one that is taken back brings the candidate back.
    let file = "config/candidates/partnership.toml";
    let text = fs::read_to_string(place.path(file)).unwrap();
    place.write(file, "[[dissmissed]]\n");
    let (code, _, errors) = place.throughline(&["run"]);
    assert!(code == 2 && errors.contains("candidates/partnership.toml:1") && errors.contains("dismissed"), "{errors}");
    fs::remove_file(place.path(file)).unwrap();
    place.run(&[]);
    assert!(in_table().contains(&dismissed), "{:?}", in_table());
    place.write(file, text);

    let (code, said, errors) = place.throughline(&["candidate", "accept", "ours"]);
    assert_eq!(code, 0, "{said}{errors}");
    assert!(place.path("config/themes/partnership/ours.toml").exists());
    place.run(&[]);
    assert!(list().iter().any(|known| &known[0] == "ours" && &known[1] == "accepted"), "{:?}", list());
}

#[test]
fn a_log_has_a_line_a_stage_and_a_bound_on_memory_changes_no_result() {
    let place = Place::new();
    let (code, _, log) = place.throughline(&["run", "--log-format", "json", "--memory", "128M"]);
    assert_eq!(code, 0, "{log}");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let stages: Vec<&str> = lines.iter().map(|line| line["stage"].as_str().unwrap()).collect();
    assert_eq!(stages, ["scan", "read", "score", "gather", "sum", "discover", "evaluate", "write", "publish", "end"]);
    assert!(lines.iter().all(|line| line["seconds"].as_f64().is_some_and(|seconds| seconds >= 0.0)), "{log}");
    assert_eq!((&lines[1]["n_steps"], &lines[9]["counts"]["n_documents"]), (&10.into(), &12.into()));
    let record: Value =
        serde_json::from_str(&fs::read_to_string(place.path("output/partnership/latest/run.json")).unwrap()).unwrap();
    assert_eq!(record["memory"]["bound_bytes"], 128 << 20);
    let bounded = place.published();
    assert_eq!(place.throughline(&["run", "--memory", "2G"]).1.find("nothing new"), Some(0));
    fs::remove_dir_all(place.path("output")).unwrap();
    place.throughline(&["run"]);
    assert!(bounded == place.published());
    assert_eq!(place.throughline(&["run", "--memory", "much"]).0, 2);
}

#[test]
fn an_index_that_is_made_anew_says_why() {
    let place = Place::new();
    place.run(&[]);
    place.write("output/partnership/state/index/ledger", "nothing of ours");
    place.write("corpus/partnership/11-new.txt", "Trust us.");
    let (code, said) = place.run(&[]);
    assert!(code == 0 && said.starts_with("the index was made anew from the sources: "), "{said}");
}
