//! Step by step equals all at once.

use super::*;
use proptest::prelude::*;

/// One thing that a researcher does to her corpus.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize),
    Table(usize, Vec<usize>),
    Delete(usize),
    Rename(usize, usize),
}

const FILES: &[&str] = &["a.txt", "b.md", "c/a.txt", "t.jsonl", "u.jsonl", "a.jsonl"];

fn edit() -> impl Strategy<Value = Edit> {
    let (text, file) = (0..TEXTS.len(), 0..FILES.len());
    prop_oneof![
        2 => (0..3usize, text.clone()).prop_map(|(file, text)| Edit::Write(file, text)),
        2 => (3..FILES.len(), prop::collection::vec(text, 1..5)).prop_map(|(file, rows)| Edit::Table(file, rows)),
        1 => file.clone().prop_map(Edit::Delete),
        1 => (file.clone(), file).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

fn apply(study: &Study, edit: &Edit) {
    let path = |file: usize| study.path("corpus").join(FILES[file]);
    match edit {
        Edit::Write(file, text) => study.write(FILES[*file], TEXTS[*text]),
        Edit::Table(file, rows) => {
            let row =
                |row: &usize| serde_json::json!({"id": format!("r{row}"), "text": TEXTS[*row]}).to_string() + "\n";
            study.write(FILES[*file], &rows.iter().map(row).collect::<String>());
        }
        Edit::Delete(file) => drop(fs::remove_file(path(*file))),
        Edit::Rename(from, to) => drop(fs::rename(path(*from), path(*to))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn step_by_step_equals_all_at_once(steps in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..6)) {
        let study = Study::new(&[]);
        for edits in steps {
            edits.iter().for_each(|edit| apply(&study, edit));
            let index = study.sync();
            prop_assert_eq!(index.rebuilt(), None);
            prop_assert_eq!(answers(&index), study.afresh());
            prop_assert_eq!(study.damages(), vec![]);
        }
    }
}
