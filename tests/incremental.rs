//! Incremental equals full: whatever is done to a study step by step, the tables and the page are those that a run from
//! nothing gives, and the change of each figure is told in parts that sum to it.
//!
//! The long selection: `cargo test --release --test incremental -- --ignored`. A seed that fails is tried again with
//! `SEED=17 STEPS=30 cargo test --test incremental`.

mod fixture;

use fixture::Place;
use std::fs;
use std::path::{Path, PathBuf};
use throughline::audit;
use throughline::discover::{self, Decision, Verdict};
use throughline::history::{self, Cause, Instant, RunRecord};
use throughline::pipeline::{self, Watch};
use throughline::study::Study;

/// Chance with a memory: SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

const SENTENCES: [&str; 24] = [
    "A lack of funding hindered the work.",
    "Short-term, uncertain funding made planning hard.",
    "Pooled budgets helped the partners (Ash et al. 2001).",
    "There was no shortage of money.",
    "This study was funded by a council.",
    "Trust grew slowly between teachers and nurses.",
    "Mutual respect was strong; trust followed.",
    "Mistrust was a barrier to joint work.",
    "Confidence in our partners rose (Cedar 2003).",
    "Information was shared late, and training was thin.",
    "Information sharing needs time.",
    "Training was shared by all, which helped.",
    "Joint training led to better records.",
    "Managers' vision of joint training was clear.",
    "The trust fund paid for the building.",
    "Housing was never mentioned; housing staff stayed away.",
    "Housing staff found the meetings long.",
    "According to Birch and Dogwood (2007), leadership mattered.",
    "Dr. Elm et al. [3] doubt it.",
    "“Nobody had funding,” one nurse said.",
    "Geld fehlte überall, und Vertrauen auch.",
    "L’équipe manquait de confiance.",
    "Ça alors! 10/10 👍",
    "Budgets were small.",
];

const TITLES: [&str; 5] = ["Money and schools", "Trust", "Joint training", "On records", "Housing, again"];

/// A study that is changed at random.
struct Game {
    place: Place,
    chance: Chance,
    n_made: usize,
}

impl Game {
    fn text(&mut self) -> String {
        let mut text = String::new();
        // A long one is likely to end a group of documents that are written together.
        let most = if self.chance.below(12) == 0 { 800 } else { 6 };
        for _ in 0..=self.chance.below(most) {
            text += self.chance.of(&SENTENCES);
            text += self.chance.of(&[" ", " ", "\n", "\n\n", "\n\n## Findings\n\n", "\n\n## References\n\n"]);
        }
        text
    }

    /// A new document, table or package of documents: its name and bytes.
    fn file(&mut self) -> (String, Vec<u8>) {
        self.n_made += 1;
        let (n, text) = (self.n_made, self.text());
        let (title, year) = (self.chance.of(&TITLES), 1995 + self.chance.below(20));
        let folder = self.chance.of(&["", "", "more/", "more/deep/"]);
        let plain = text.replace('"', "'").replace(['\n', '#'], " ");
        let (name, bytes) = match self.chance.below(10) {
            0..3 => (format!("{n}.txt"), text),
            3..5 => (format!("{n}.md"), format!("---\ntitle: {title}\nyear: {year}\n---\n\n{text}")),
            5 => (format!("{n}.html"), format!("<html><title>{title}</title><body><p>{plain}</p></body></html>")),
            6 => {
                let other = self.chance.of(&SENTENCES).replace('"', "'");
                // Ids that other tables have too.
                let ids = [self.chance.below(4), 4 + self.chance.below(4)];
                let rows = format!("p{},{title},\"{plain}\",{year}\np{},,\"{other}\",\n", ids[0], ids[1]);
                (format!("{n}.csv"), format!("id,title,text,year\n{rows}"))
            }
            7 => {
                let id = format!("p{}", self.chance.below(6));
                let bad = self.chance.of(&["", "{\"id\":\n"]);
                (format!("{n}.jsonl"), format!("{}\n{bad}", serde_json::json!({"id": id, "text": text, "year": year})))
            }
            8 => (format!("{n}.ris"), format!("TY  - JOUR\nTI  - {title}\nAB  - {plain}\nPY  - {year}\nER  - \n")),
            _ => (format!("{n}.txt"), self.chance.of(&["", "\u{feff}", "\0\u{1}\0\u{2}binary"]).to_owned()),
        };
        (format!("corpus/partnership/{folder}{name}"), bytes.into_bytes())
    }

    fn files(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() { walk(&entry.path(), found) } else { found.push(entry.path()) }
            }
        }
        let mut files = Vec::new();
        walk(&self.place.path("corpus/partnership"), &mut files);
        files.retain(|file| !file.ends_with("codings.csv") && !file.ends_with("sources.csv"));
        files.sort();
        files
    }

    fn any_file(&mut self) -> PathBuf {
        let files = self.files();
        files[self.chance.below(files.len())].clone()
    }

    fn step(&mut self) -> String {
        let n_files = self.files().len();
        match self.chance.below(17) {
            0..3 => self.add(),
            3..5 => self.change(),
            5..7 => self.rename(),
            7 if n_files > 4 => {
                let file = self.any_file();
                fs::remove_file(&file).unwrap();
                format!("removed {}", file.display())
            }
            8 => self.copy(),
            9 => self.swap(),
            10 | 11 => self.edit_a_theme(),
            12 => self.edit_the_settings(),
            13 => self.edit_the_codings(),
            14 => self.edit_the_list_of_sources(),
            15 => self.lose_the_state(),
            16 => self.decide_about_a_candidate(),
            _ => self.add(),
        }
    }

    fn add(&mut self) -> String {
        let (path, bytes) = self.file();
        self.place.write(&path, bytes);
        format!("added {path}")
    }

    fn change(&mut self) -> String {
        let file = self.any_file();
        let old = fs::read(&file).unwrap();
        let sentence = format!(" {}", self.chance.of(&SENTENCES).replace('"', "'"));
        let (_, other) = self.file();
        let new = match self.chance.below(4) {
            0 => [sentence.as_bytes(), &old].concat(),
            1 => old[..self.chance.below(old.len())].to_vec(),
            2 => other,
            _ => [&old, sentence.as_bytes()].concat(),
        };
        fs::write(&file, new).unwrap();
        format!("changed {}", file.display())
    }

    fn rename(&mut self) -> String {
        let from = self.any_file();
        let name = from.file_name().unwrap().to_string_lossy().into_owned();
        self.n_made += 1;
        let name = match self.chance.below(4) {
            0 => format!("0{name}"),
            1 => format!("{}.txt", self.n_made),
            2 => format!("{}.{}", self.n_made, name.rsplit('.').next().unwrap()),
            _ => name,
        };
        let folder = self.chance.of(&["", "more/", "apart/"]);
        let to = self.place.path(&format!("corpus/partnership/{folder}{name}"));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(&from, &to).unwrap();
        format!("renamed {} to {}", from.display(), to.display())
    }

    fn copy(&mut self) -> String {
        let from = self.any_file();
        let name = from.file_name().unwrap().to_string_lossy().into_owned();
        let folder = self.chance.of(&["twice/", "a/"]);
        let to = self.place.path(&format!("corpus/partnership/{folder}{name}"));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(&from, &to).unwrap();
        format!("copied {} to {}", from.display(), to.display())
    }

    fn swap(&mut self) -> String {
        let (a, b) = (self.any_file(), self.any_file());
        let (of_a, of_b) = (fs::read(&a).unwrap(), fs::read(&b).unwrap());
        fs::write(&a, of_b).unwrap();
        fs::write(&b, of_a).unwrap();
        format!("swapped {} and {}", a.display(), b.display())
    }

    fn edit_a_theme(&mut self) -> String {
        let folder = "config/themes/partnership";
        let name = self.chance.of(&["training", "records", "housing"]);
        let path = format!("{folder}/{name}.toml");
        if self.chance.below(3) == 0 && self.place.path(&path).exists() {
            fs::remove_file(self.place.path(&path)).unwrap();
            return format!("removed {path}");
        }
        if self.chance.below(3) == 0 {
            let trust = self.place.path(&format!("{folder}/trust.toml"));
            let text = fs::read_to_string(&trust).unwrap();
            let more =
                self.chance.of(&["\"trust*\", \"confidence\"", "\"trust*\"", "{ pattern = \"trust*\", weight = 0.3 }"]);
            let line = format!("patterns = [{more}, \"=mutual respect\"]");
            let lines: Vec<&str> =
                text.lines().map(|old| if old.starts_with("patterns") { line.as_str() } else { old }).collect();
            fs::write(&trust, lines.join("\n")).unwrap();
            return format!("trust has {more}");
        }
        let weight = [0.3, 0.6, 0.9][self.chance.below(3)];
        let second =
            self.chance.of(&["", ", \"shared\"", ", \"nurs* NEAR/4 teacher*\"", ", \"inform* UNLESS training\""]);
        let parent = self.chance.of(&["", "", "parent = \"trust\"\n"]);
        let patterns = format!("{parent}patterns = [{{ pattern = \"{name}\", weight = {weight} }}{second}]\n");
        self.place.write(&path, patterns);
        format!("{path} has {weight}{second} {parent}")
    }

    fn edit_the_settings(&mut self) -> String {
        let file = self.place.path("config/partnership.toml");
        let stored = fs::read_to_string(fixture::stored("partnership/config/partnership.toml")).unwrap();
        let edits = [
            ("[discover]", "[score]\nthreshold = 0.4\n[discover]"),
            ("[discover]", "[text]\npassage = \"paragraph\"\n[discover]"),
            ("[discover]", "[text]\nlanguage = \"detect\"\n[discover]"),
            ("[discover]", "[text]\nunscored = []\n[discover]"),
            ("[discover]", "[discover]\nn_candidates = 2\nmin_passages = 2"),
            ("[discover]", "[discover]\nmin_stability = 0.0\nmin_passages = 2\nmax_passages = 12"),
            ("\"**/codings.csv\"", "\"**/codings.csv\", \"**/more/**\""),
            ("[\"corpus/partnership\"]", "[\"corpus\"]"),
            ("[lexicon]", "[corpus.duplicates]\nby = []\n[lexicon]"),
            ("[lexicon]", "[lexicon]\ndefault_weight = 0.45"),
            (
                "[synthesis.bootstrap]",
                "[synthesis]\nrepeated_passages = \"once\"\nbest_passages = 2\n[synthesis.bootstrap]",
            ),
            ("resamples = 200", "resamples = 0"),
            ("[evaluate]", "[report]\nn_passages = 5\nn_quotes = 1\n[evaluate]"),
            ("title = ", "# as stored\ntitle = "),
        ];
        let (from, to) = edits[self.chance.below(edits.len())];
        assert!(stored.contains(from));
        fs::write(file, stored.replacen(from, to, 1)).unwrap();
        format!("settings: {to:?}")
    }

    fn edit_the_codings(&mut self) -> String {
        let file = self.place.path("corpus/partnership/codings.csv");
        let mut lines: Vec<String> = fs::read_to_string(&file).unwrap().lines().map(str::to_owned).collect();
        if self.chance.below(2) == 0 && lines.len() > 3 {
            lines.remove(1 + self.chance.below(lines.len() - 1));
        } else {
            let document = self.any_file().file_stem().unwrap().to_string_lossy().into_owned();
            let (coder, theme) = (self.chance.of(&["a", "b"]), self.chance.of(&["money", "trust", "nosuch"]));
            lines.push(format!("{coder},{document},{theme},mention"));
        }
        fs::write(file, lines.join("\n") + "\n").unwrap();
        "codings edited".to_owned()
    }

    fn edit_the_list_of_sources(&mut self) -> String {
        let file = self.any_file();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let (title, year) = (self.chance.of(&TITLES).replace(',', ""), 1990 + self.chance.below(9));
        let list = file.parent().unwrap().join("sources.csv");
        if list.exists() && self.chance.below(3) == 0 {
            fs::remove_file(&list).unwrap();
            return format!("removed {}", list.display());
        }
        fs::write(&list, format!("file,title,year\n{name},{title},{year}\n")).unwrap();
        format!("{} speaks of {name}", list.display())
    }

    fn decide_about_a_candidate(&mut self) -> String {
        let study = Study::load(None, self.place.root()).unwrap();
        let known = history::latest(&study.history).map_or_else(Vec::new, |last| last.candidates);
        if known.is_empty() || self.chance.below(4) == 0 {
            let _ = fs::remove_file(&study.decisions_file);
            return "every decision taken back".to_owned();
        }
        let known = &known[self.chance.below(known.len())];
        let verdict = [Verdict::Renamed, Verdict::Dismissed, Verdict::Accepted][self.chance.below(3)];
        let name = if verdict == Verdict::Renamed { "named" } else { &known.name };
        let decision = Decision {
            name: name.to_owned(),
            first_name: known.first_name.clone(),
            trace: known.trace.clone(),
            ..Decision::default()
        };
        let text = fs::read_to_string(&study.decisions_file).unwrap_or_default();
        let text = discover::with_decision(&text, verdict, &decision).unwrap();
        fs::create_dir_all(study.decisions_file.parent().unwrap()).unwrap();
        fs::write(&study.decisions_file, text).unwrap();
        format!("{verdict:?} {}", known.name)
    }

    fn lose_the_state(&mut self) -> String {
        let state = self.place.path("output/partnership/state/index");
        // A run with nothing new does not make the index again.
        if !state.join("segments").exists() {
            return "the state is lost already".to_owned();
        }
        match self.chance.below(3) {
            0 => fs::remove_dir_all(&state).unwrap(),
            1 => fs::write(state.join("ledger"), "gone").unwrap(),
            _ => fs::remove_dir_all(state.join("segments")).unwrap(),
        }
        "lost the state".to_owned()
    }

    /// Runs, runs again from nothing, and compares.
    fn check(&self, said: &[String]) {
        let study = Study::load(None, self.place.root()).unwrap_or_else(|error| panic!("{error}\n{said:#?}"));
        let nowhere = tempfile::tempdir().unwrap();
        let again = study.kept_in(nowhere.path());
        for study in [&study, &again] {
            pipeline::run(study, Instant(1_000_000_000), &|| Instant(1_000_000_000), &Silent)
                .unwrap_or_else(|error| panic!("{error}\n{said:#?}"));
        }
        let latest = |study: &Study| fs::canonicalize(study.history.folder.join("latest")).unwrap();
        let damages = history::compare(&latest(&study), &latest(&again));
        assert!(damages.is_empty(), "{damages:#?}\nafter {said:#?}\n{}", difference(&latest(&study), &latest(&again)));
        explain(&study, said);
    }
}

/// Has the newest run told apart from the one before it: each theme's parts are steps from the figure that the one run published
/// to that of the other, and nothing is left unexplained.
fn explain(study: &Study, said: &[String]) {
    let newest = history::latest(&study.history).unwrap();
    let Some(before) = history::runs(&study.history).into_iter().find(|run| Some(&run.run) == newest.before.as_ref())
    else {
        return;
    };
    let diff = audit::diff(study, &before.run, &newest.run, &Silent).unwrap();
    for theme in &diff.themes {
        let published = |run: &RunRecord| {
            run.headlines.iter().find(|headline| headline.theme == theme.theme).map(|headline| headline.n_documents)
        };
        let told = (theme.before.map(|share| share.n_with), theme.after.map(|share| share.n_with));
        assert_eq!(told, (published(&before), published(&newest)), "{theme:#?}\nafter {said:#?}");
        let mut at = theme.before.unwrap_or_default();
        for part in &theme.parts {
            assert!(part.before == at && part.cause != Cause::Unexplained, "{theme:#?}\nafter {said:#?}");
            at = part.after;
        }
        assert_eq!(at, theme.after.unwrap_or_default(), "{theme:#?}\nafter {said:#?}");
    }
}

/// The first lines of a table that are not the same.
fn difference(kept: &Path, made: &Path) -> String {
    let mut out = String::new();
    let mut tables: Vec<_> =
        fs::read_dir(kept.join("tables")).unwrap().flatten().map(|file| file.file_name()).collect();
    tables.sort();
    for name in tables.iter().filter(|name| name.to_string_lossy().ends_with(".csv")) {
        let read = |run: &Path| fs::read_to_string(run.join("tables").join(name)).unwrap_or_default();
        let (a, b) = (read(kept), read(made));
        let (mut a, mut b) = (a.lines(), b.lines());
        loop {
            match (a.next(), b.next()) {
                (None, None) => break,
                (a, b) if a == b => {}
                (a, b) => {
                    out += &format!("{}:\n  step by step {a:?}\n  from nothing {b:?}\n", name.to_string_lossy());
                    break;
                }
            }
        }
    }
    out
}

struct Silent;

impl Watch for Silent {
    fn stage(&self, _: &'static str, _: usize) -> Box<dyn Fn() + Sync> {
        Box::new(|| ())
    }
}

fn play(seed: u64, n_steps: usize) {
    let mut game = Game { place: Place::new(), chance: Chance(seed), n_made: 0 };
    let mut said = vec![format!("seed {seed}")];
    game.check(&said);
    for _ in 0..n_steps {
        // Now and then several things at once.
        for _ in 0..=game.chance.below(3) / 2 {
            said.push(game.step());
        }
        game.check(&said);
    }
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn a_few_steps_give_what_a_run_from_nothing_gives() {
    let seed = number("SEED", 1);
    (seed..seed + number("SEEDS", 2)).for_each(|seed| play(seed, number("STEPS", 8) as usize));
}

#[test]
#[ignore = "takes minutes; for a release build"]
fn any_steps_give_what_a_run_from_nothing_gives() {
    let seed = number("SEED", 1);
    (seed..seed + number("SEEDS", 50)).for_each(|seed| play(seed, number("STEPS", 30) as usize));
}
