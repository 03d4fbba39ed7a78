//! The rules of the house, held against the source: one direction, one home for each package, small files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order in which the data travels; a room imports only rooms listed before it.
const ROOMS: [&str; 10] =
    ["corpus", "text", "lexicon", "index", "score", "synthesis", "discover", "evaluate", "report", "history"];

/// The files that stand on top, and may import every room.
const TOP: [&str; 5] = ["study", "pipeline", "audit", "filter", "cli"];

/// A package, and the only place below `src/` that may name it.
const HOMES: [(&str, &str); 7] = [
    ("tantivy", "index/"),
    ("rust_stemmers", "text/stem.rs"),
    ("clap", "cli"),
    ("indicatif", "cli"),
    ("anstream", "cli"),
    ("dom_smoothie", "corpus/formats/"),
    ("parquet", "report/table/"),
];

struct SourceFile {
    /// Path below `src/`, with `/`.
    path: String,
    text: String,
}

impl SourceFile {
    fn room(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or("")
    }

    /// The lines that are code: no comments, and nothing from the tests at the end of a file on.
    fn code(&self) -> impl Iterator<Item = &str> {
        let tests = self.text.find("#[cfg(test)]").unwrap_or(self.text.len());
        self.text[..tests].lines().map(str::trim).filter(|line| !line.starts_with("//"))
    }
}

fn sources() -> Vec<SourceFile> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&src, &mut paths);
    paths.sort();
    let below = |path: &Path| path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
    paths.iter().map(|path| SourceFile { path: below(path), text: fs::read_to_string(path).unwrap() }).collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/")
}

/// Every `crate::x::y` that a line imports, as `(x, what follows)`; how far a name can be seen is no import.
fn imports(line: &str) -> Vec<(&str, &str)> {
    line.match_indices("crate::")
        .filter(|(at, _)| !line[..*at].ends_with("pub(in "))
        .map(|(at, prefix)| &line[at + prefix.len()..])
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            (&rest[..end], &rest[end..])
        })
        .collect()
}

#[test]
fn a_room_imports_only_rooms_before_it() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| place(file.room()).is_some() && !is_test(&file.path)) {
        for line in file.code() {
            for (room, _) in imports(line) {
                let later = place(room).is_some_and(|imported| imported >= place(file.room()).unwrap());
                if later || TOP.contains(&room) || room.is_empty() {
                    wrong.push(format!("{}: {line}", file.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn a_room_is_entered_by_its_door() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !is_test(&file.path)) {
        for line in file.code().filter(|line| line.contains("crate::")) {
            for (room, rest) in imports(line).into_iter().filter(|(room, _)| ROOMS.contains(room)) {
                // `crate::text::Passage` is the door; `crate::text::passage::Passage` a file behind it.
                let inner = rest.strip_prefix("::").and_then(|rest| rest.split_once("::")).map(|(name, _)| name);
                let behind = inner.is_some_and(|name| name.chars().next().is_some_and(char::is_lowercase));
                if behind && room != file.room() {
                    wrong.push(format!("{}: {line}", file.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports from behind a door:\n{}", wrong.join("\n"));
}

#[test]
fn the_library_names_every_room_in_reading_order() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let named: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let known: Vec<&str> = ROOMS.iter().chain(&TOP).copied().collect();
    assert_eq!(named, known);
    let folders: BTreeSet<String> = sources().iter().map(|file| file.room().to_owned()).collect();
    let expected: BTreeSet<String> = known.iter().chain(&["lib", "main"]).map(|name| (*name).to_owned()).collect();
    assert_eq!(folders, expected, "a room that no list names");
}

#[test]
fn a_package_has_one_home() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (package, home) in HOMES.iter().filter(|(_, home)| !file.path.starts_with(home)) {
            let used =
                |line: &&str| line.contains(&format!("{package}::")) || line.starts_with(&format!("use {package}"));
            wrong.extend(file.code().filter(used).map(|line| format!("{} (home: {home}): {line}", file.path)));
        }
    }
    assert!(wrong.is_empty(), "packages away from home:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_small_and_rooms_are_few_files() {
    let files = sources();
    let long: Vec<String> = files
        .iter()
        .map(|file| (file, file.text.lines().count()))
        .filter(|(file, n_lines)| *n_lines > 400 && !is_test(&file.path))
        .map(|(file, n_lines)| format!("{}: {n_lines} lines", file.path))
        .collect();
    assert!(long.is_empty(), "files past 400 lines:\n{}", long.join("\n"));
}

#[test]
fn only_the_command_line_prints_or_reads_the_environment() {
    let banned = ["println!", "print!(", "eprint", "std::env::var", "SystemTime::now", "Instant::now()"];
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| ROOMS.contains(&file.room()) && !is_test(&file.path)) {
        let loud = |line: &&str| banned.iter().any(|word| line.contains(word));
        wrong.extend(file.code().filter(loud).map(|line| format!("{}: {line}", file.path)));
    }
    assert!(wrong.is_empty(), "rooms that print or look at the environment or clock:\n{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    let words = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("FIX", "ME"), concat!("TO", "DO")];
    let left = |file: &SourceFile| words.iter().any(|word| file.text.contains(word));
    let wrong: Vec<String> = sources().into_iter().filter(left).map(|file| file.path).collect();
    assert!(wrong.is_empty(), "unfinished by their own word: {wrong:?}");
}
