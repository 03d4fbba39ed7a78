//! The room as a whole, over corpora in folders of their own.

mod asked;
mod damage;
mod edits;

use super::*;
use crate::corpus::{self, Catalog, CorpusSettings, Digest};
use crate::lexicon::{ClassId, Lexicon, LexiconSettings, Pattern, Theme, ThemeId, TokenClasses};
use crate::text::{Analysis, Analyzer, PassageUnit, TextSettings, Vocabulary};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TEXTS: &[&str] = &[
    "Funding was uncertain. Staff left.",
    "Trust takes time, and short-term posts take it away.\n\nNobody said so.",
    "",
    "Leadership, leadership and leadership: the partners' well-being came third.",
    "# Results\n\nIt worked.\n\n# References\n\nSloper (2004). Title. Place.",
];
/// A corpus in a folder of its own, and the state beside it.
struct Study {
    folder: TempDir,
    text: TextSettings,
}

/// Everything that an index answers.
#[derive(Debug, PartialEq)]
struct Answers {
    documents: Vec<IndexedDocument>,
    faults: Vec<corpus::Fault>,
    streamed: Vec<(usize, TokenClasses)>,
    contents: Vec<Content>,
    types: Vec<(String, String, u64, u32)>,
    /// What an earlier run may have been asked already.
    kept: Vec<usize>,
}

impl Study {
    fn new(files: &[(&str, &str)]) -> Self {
        let study = Self { folder: tempfile::tempdir().unwrap(), text: TextSettings::default() };
        fs::create_dir_all(study.path("corpus")).unwrap();
        files.iter().for_each(|(name, text)| study.write(name, text));
        study
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path("corpus").join(name).parent().unwrap()).unwrap();
        fs::write(self.path("corpus").join(name), text).unwrap();
    }

    fn corpus(&self) -> CorpusSettings {
        CorpusSettings {
            paths: vec!["corpus".into()],
            root: self.folder.path().to_owned(),
            ..CorpusSettings::default()
        }
    }

    fn settings(&self, state: &str) -> IndexSettings {
        IndexSettings { memory_mb: 30, state: self.path(state), ..IndexSettings::default() }
    }

    fn catalog(&self) -> Catalog {
        corpus::scan(&self.corpus())
    }

    fn analyzer(&self) -> Analyzer {
        Analyzer::new(&self.text)
    }

    fn try_sync(&self, state: &str) -> Result<PassageIndex, IndexError> {
        sync(&self.settings(state), &self.catalog(), &self.corpus(), &self.analyzer(), &|| ())
    }

    fn sync(&self) -> PassageIndex {
        self.try_sync("state").unwrap()
    }

    /// The answers of an index made from nothing.
    fn afresh(&self) -> Answers {
        let state = tempfile::tempdir_in(self.folder.path()).unwrap();
        answers(&self.try_sync(state.path().file_name().unwrap().to_str().unwrap()).unwrap())
    }

    /// Whether a run would go by the index that is there.
    fn is_gone_by(&self) -> bool {
        let folder = store::StoreFolder::new(&self.path("state"));
        sync::find(&folder, &sync::fingerprint(&self.corpus(), &self.analyzer())).0.is_some()
    }

    fn damages(&self) -> Vec<Damage> {
        verify(&self.settings("state"))
    }
}

/// A class for every word, the same in every run.
fn class(surface: &str, stem: &str) -> ClassId {
    let hash = blake3::hash(format!("{surface} {stem}").as_bytes());
    ClassId(u32::from_le_bytes(hash.as_bytes()[..4].try_into().unwrap()) | 1)
}

fn answers(index: &PassageIndex) -> Answers {
    let mut types = Vec::new();
    let mut visit =
        |surface: &str, stem: &str, n, n_documents| types.push((surface.into(), stem.into(), n, n_documents));
    index.types(&mut visit).unwrap();
    Answers {
        documents: index.documents().to_vec(),
        faults: index.faults().to_vec(),
        streamed: index.stream(&class, &|number, document| (number, document.clone())).unwrap(),
        contents: (0..index.documents().len()).map(|number| index.content(number).unwrap()).collect(),
        types,
        kept: index.answers("tokens", &Digest::of(b"how many"), |wanted| n_tokens(index, wanted)).unwrap(),
    }
}

fn n_tokens(index: &PassageIndex, wanted: &[bool]) -> Result<Vec<(u32, usize)>, IndexError> {
    index.stream_of(wanted, &class, &|_, document| document.classes.len())
}

fn ids(index: &PassageIndex) -> Vec<&str> {
    index.documents().iter().map(|document| document.id.0.as_str()).collect()
}

fn three() -> Study {
    Study::new(&[
        ("b.txt", "Funding was short-term. It did not last.\n\nStaff left; multi-agency teams broke up.\n"),
        (
            "a.md",
            "---\ntitle: A note\nyear: 2004\n---\n# Findings\n\nLeadership matters.\n\n# References\n\nSloper P (2004).\n",
        ),
        (
            "t.jsonl",
            "{\"id\":\"r1\",\"text\":\"Trust grows slowly.\"}\n{\"id\":\"r2\",\"text\":\"Roles were unclear.\"}\n",
        ),
    ])
}

#[test]
fn texts_that_are_cut_up_again_give_what_the_postings_give() {
    let study = three();
    study.write(
        "h.txt",
        "Multi-agency, co-ordinated work; a well-to-do child's e-mail.\n\nÉtat d’âme: 10/10 👍. Co-ordinated!\n",
    );
    let index = study.sync();
    let streamed = answers(&index).streamed;
    let all = vec![true; streamed.len()];
    let again = index.reread(&all, &class, &|number, document| (number, document.clone())).unwrap();
    assert_eq!(again.into_iter().map(|(_, answer)| answer).collect::<Vec<_>>(), streamed);
    for wanted in 0..streamed.len() {
        let alone: Vec<bool> = (0..streamed.len()).map(|number| number == wanted).collect();
        let [stream, reread] = [index.stream_of(&alone, &class, &|n, document| (n, document.clone())), {
            index.reread(&alone, &class, &|n, document| (n, document.clone()))
        }]
        .map(Result::unwrap);
        assert_eq!(stream, [(wanted as u32, streamed[wanted].clone())]);
        assert_eq!(reread, stream);
    }
}

#[test]
fn the_stream_is_what_the_analyzer_gave() {
    let (study, mut vocabulary, mut analysis) = (three(), Vocabulary::default(), Analysis::default());
    let index = study.sync();
    assert_eq!(ids(&index), ["a", "b", "r1", "r2"]);
    let streamed = answers(&index).streamed;
    let mut n_compounds = 0;
    for source in &study.catalog().sources {
        let faults = corpus::read(source, &study.corpus(), &mut |document| {
            study.analyzer().analyze(&document, &mut vocabulary, &mut analysis);
            let number = ids(&index).iter().position(|id| *id == document.id.0).unwrap();
            let (place, seen) = &streamed[number];
            assert_eq!(*place, number);
            let class_of = |id| class(vocabulary.surface(id), vocabulary.stem(id));
            let expected: Vec<ClassId> = analysis.tokens.iter().map(|token| class_of(token.type_id)).collect();
            assert_eq!(seen.classes, expected);
            let found: Vec<_> = seen.compounds.iter().map(|c| (c.first_token, c.n_tokens, c.class)).collect();
            let compounds = analysis.compounds.iter();
            let expected: Vec<_> = compounds.map(|c| (c.first_token, c.n_tokens, class_of(c.type_id))).collect();
            assert_eq!(found, expected);
            n_compounds += found.len();
            let passages = study.analyzer().passages(&analysis.sentences);
            assert_eq!(seen.n_passages as usize, passages.len());
            assert_eq!(seen.sentences.len(), analysis.sentences.len());
            for (number, (seen, sentence)) in (0..).zip(seen.sentences.iter().zip(&analysis.sentences)) {
                assert_eq!((seen.first_token, seen.n_tokens), (sentence.first_token, sentence.n_tokens));
                assert_eq!(seen.scored, study.analyzer().is_scored(sentence));
                let passage = &passages[seen.passage as usize];
                assert!((passage.first_sentence..passage.first_sentence + passage.n_sentences).contains(&number));
            }
        });
        assert_eq!(faults, []);
    }
    assert_eq!(n_compounds, 2);
}

#[test]
fn words_without_a_class_leave_no_trace() {
    let index = three().sync();
    let one = |surface: &str, _: &str| if surface == "leadership" { ClassId(9) } else { ClassId::NONE };
    let seen = index.stream(&one, &|_, document| document.clone()).unwrap();
    let n = |document: &TokenClasses| document.classes.iter().filter(|class| **class != ClassId::NONE).count();
    assert_eq!(seen.iter().map(n).collect::<Vec<_>>(), [1, 0, 0, 0]);
    assert!(seen.iter().all(|document| document.compounds.is_empty()));
}

#[test]
fn spans_cover_the_words_that_were_asked_for() {
    let index = three().sync();
    let content = index.content(1).unwrap();
    let words = |runs: &[(u32, u32)]| -> Vec<String> {
        index.spans(&content, runs).iter().map(|span| span.of(&content.text).to_owned()).collect()
    };
    assert_eq!(
        words(&[(0, 1), (2, 2), (5, 3), (0, 0), (3, 2)]),
        ["Funding", "short-term", "did not last", "", "term. It"]
    );
    assert_eq!(words(&[(1_000, 1), (0, 1_000)]), ["", ""]);
}

#[test]
fn a_concordance_shows_each_hit_in_its_words() {
    let study = three();
    let index = study.sync();
    let lines = |pattern: &str, width| -> Vec<String> {
        let pattern = Pattern { text: pattern.into(), weight: 0.9, stance: None, line: 0 };
        let theme = Theme { id: ThemeId("query".into()), patterns: vec![pattern], ..Theme::default() };
        let query = Lexicon::compile(vec![theme], &LexiconSettings::default(), &study.analyzer()).unwrap();
        let lines = concordance(&index, &query, width).unwrap();
        let shown = |line: &KwicLine| {
            format!("{} {} | {} | {} | {}", line.document, line.passage, line.left, line.hit, line.right)
        };
        lines.iter().map(shown).collect()
    };
    assert_eq!(lines("team*", 2), ["b 2 | multi-agency | teams | broke up"]);
    assert_eq!(lines("short term", 3), ["b 0 | Funding was | short-term | . It did not"]);
    assert_eq!(lines("unclear", 0), ["r2 0 |  | unclear | "]);
    assert_eq!(lines("nowhere", 5), Vec::<String>::new());
}

#[test]
fn the_vocabulary_is_sorted_and_counted() {
    let study = Study::new(&[("a.txt", "Funds fund funding."), ("b.txt", "Fund the co-funded fund.")]);
    let types = answers(&study.sync()).types;
    let of = |surface: &str| types.iter().find(|t| t.0 == surface).map(|t| (t.1.as_str(), t.2, t.3));
    assert_eq!(of("fund"), Some(("fund", 3, 2)));
    assert_eq!(of("funding"), Some(("fund", 1, 1)));
    assert_eq!(of("co-funded").map(|t| (t.1, t.2)), Some((1, 1)));
    assert!(types.is_sorted_by(|a, b| a.0 < b.0));
}

#[test]
fn nothing_new_is_nothing_done() {
    let study = three();
    let first = study.sync();
    assert_eq!((first.n_new(), first.rebuilt()), (4, None));
    let written = |name: &str| fs::metadata(study.path("state/index").join(name)).unwrap().modified().unwrap();
    let before = (written("ledger"), written("segments/meta.json"));
    let second = study.sync();
    assert_eq!((second.n_new(), second.rebuilt()), (0, None));
    assert_eq!(before, (written("ledger"), written("segments/meta.json")));
    assert_eq!(answers(&first), answers(&second));
}

#[test]
fn a_record_without_a_text_is_no_new_document() {
    let record =
        |title: &str, rest: &str| format!("TY  - JOUR\nTI  - {title}\nAU  - Sloper, P\nPY  - 2004\n{rest}ER  - \n");
    let both = record("Funding of joint work", "AB  - Funding was short.\n") + &record("Roles in schools", "");
    let study = Study::new(&[("r.ris", &both)]);
    let index = study.sync();
    assert_eq!((index.n_new(), index.documents().len(), index.records().len()), (1, 1, 1));
}

#[test]
fn only_what_changed_is_cut_up_again() {
    let study = three();
    study.sync();
    study.write("t.jsonl", "{\"id\":\"r0\",\"text\":\"New.\"}\n{\"id\":\"r2\",\"text\":\"Roles were unclear.\"}\n");
    let index = study.sync();
    assert_eq!((index.n_new(), ids(&index)), (1, vec!["a", "b", "r0", "r2"]));
    fs::rename(study.path("corpus/b.txt"), study.path("corpus/c.txt")).unwrap();
    fs::rename(study.path("corpus/t.jsonl"), study.path("corpus/u.jsonl")).unwrap();
    let index = study.sync();
    assert_eq!((index.n_new(), ids(&index)), (0, vec!["a", "c", "r0", "r2"]));
    assert_eq!(index.documents()[1].source, "corpus/c.txt");
    assert_eq!(answers(&index), study.afresh());
    fs::remove_file(study.path("corpus/c.txt")).unwrap();
    let index = study.sync();
    assert_eq!((index.n_new(), ids(&index)), (0, vec!["a", "r0", "r2"]));
    assert_eq!(answers(&index), study.afresh());
}

#[test]
fn documents_of_the_same_name_are_told_apart_whatever_came_first() {
    let study = Study::new(&[("y/n.txt", "Second.")]);
    assert_eq!(ids(&study.sync()).len(), 1);
    study.write("x.jsonl", "{\"id\":\"y/n\",\"text\":\"First.\"}\n");
    let index = study.sync();
    assert_eq!(ids(&index), ["y/n", "y/n~2"]);
    assert_eq!(index.content(0).unwrap().text, "First.");
    assert_eq!(index.faults().len(), 1);
    assert_eq!(answers(&index), study.afresh());
    fs::remove_file(study.path("corpus/x.jsonl")).unwrap();
    assert_eq!(ids(&study.sync()), ["y/n"]);
}

#[test]
fn other_settings_mean_another_index() {
    let mut study = three();
    let n = |index: &PassageIndex| index.documents()[1].n_passages;
    assert_eq!(n(&study.sync()), 3);
    study.text.passage = PassageUnit::Paragraph;
    let index = study.sync();
    assert_eq!((n(&index), index.n_new()), (2, 4));
    assert!(index.rebuilt().unwrap().contains("other settings"));
}

#[test]
fn the_number_of_threads_changes_no_answer() {
    let texts: Vec<(String, String)> = (0..40)
        .map(|n| (format!("{n}.txt"), format!("Text {n} of many. {}", "Funding and trust matter. ".repeat(n))))
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let study = Study::new(&files);
    let with = |n: usize, state: &str| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| answers(&study.try_sync(state).unwrap()))
    };
    assert_eq!(with(1, "one"), with(8, "eight"));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let study = three();
    fs::write(study.path("state"), "a file where the folder should be").unwrap();
    let error = study.try_sync("state").err().unwrap().to_string();
    assert!(error.contains("state/index: "), "{error}");
    assert!(error.contains("hint: ") && !error.contains("another run"), "{error}");
}

#[test]
fn a_bad_source_costs_only_itself() {
    let study = three();
    study.write("z.txt", "");
    let index = study.sync();
    assert_eq!(ids(&index), ["a", "b", "r1", "r2"]);
    assert_eq!(index.faults().len(), 1);
    assert!(index.faults()[0].path.ends_with("z.txt"));
    assert_eq!(study.sync().faults(), index.faults());
}

#[test]
fn an_empty_corpus_has_an_index() {
    let study = Study::new(&[]);
    let index = study.sync();
    assert!(answers(&index).streamed.is_empty() && answers(&index).types.is_empty());
    assert_eq!(study.damages(), []);
}
