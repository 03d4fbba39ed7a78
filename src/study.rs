//! One study: every room's settings, read from one file and checked together.

use crate::lexicon::{LookupSettings, Semantics};
use crate::text::{Case, TokenRules};
use crate::{corpus, discover, evaluate, history, index, lexicon, report, score, synthesis, text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A study as its file says it, defaults filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Study {
    /// Its name: the file's own name without `.toml`.
    #[serde(skip_deserializing)]
    pub name: String,
    /// What the page is headed with.
    pub title: String,
    /// The question it asks, and anything a reader of the page should know.
    pub question: String,
    /// Which texts are read.
    pub corpus: corpus::CorpusSettings,
    /// How they are cut.
    pub text: text::TextSettings,
    /// The themes, and how their patterns meet the text.
    pub lexicon: lexicon::LexiconSettings,
    /// How the passages are kept.
    pub index: index::IndexSettings,
    /// How hits become scores.
    pub score: score::ScoreSettings,
    /// How scores are summed up.
    pub synthesis: synthesis::SynthesisSettings,
    /// How new themes are looked for.
    pub discover: discover::DiscoverSettings,
    /// The coders' judgements.
    pub evaluate: evaluate::EvaluateSettings,
    /// What the page holds.
    pub report: report::ReportSettings,
    /// Where runs go and how long they stay.
    pub history: history::HistorySettings,
    /// What people have decided about its candidates, from the file `candidates/NAME.toml` beside the study's.
    #[serde(skip)]
    pub decisions: discover::Decisions,
    /// That file; there need be none.
    #[serde(skip)]
    pub decisions_file: PathBuf,
}

/// What is wrong with a study, where, and how to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {what}\n  hint: {hint}", file.display(), line.map_or(String::new(), |line| format!(":{line}")))]
pub struct StudyError {
    /// The study's file, or the folder looked in.
    pub file: PathBuf,
    /// The line, the first being 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub hint: String,
}

impl Study {
    /// Reads the study that `wanted` names, by name or by path; without it the only one in `config/` below `here`.
    ///
    /// # Errors
    /// There is none or more than one, it does not parse, or it names a folder that is not there.
    pub fn load(wanted: Option<&str>, here: &Path) -> Result<Study, StudyError> {
        let file = match wanted {
            Some(path) if path.ends_with(".toml") => here.join(path),
            Some(name) => here.join("config").join(format!("{name}.toml")),
            None => only_study(here)?,
        };
        let text = std::fs::read_to_string(&file).map_err(|error| StudyError {
            file: file.clone(),
            line: None,
            what: format!("the study cannot be read: {error}"),
            hint: "name a study of config/ with --study, or start one with throughline init NAME".to_owned(),
        })?;
        let mut study: Study = parse(&text, &file)?;
        study.name = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        study.resolve(&file);
        study.check(&file)?;
        study.decisions = decisions(&study.decisions_file)?;
        Ok(study)
    }

    /// The study as the record of a run gives its settings, in the folders of this one. `None` where this version of the
    /// program no longer knows a setting.
    pub fn as_recorded(&self, settings: &serde_json::Value) -> Option<Study> {
        let mut settings = settings.clone();
        settings.as_object_mut()?.remove("name");
        let mut study: Study = serde_json::from_value(settings).ok()?;
        study.name.clone_from(&self.name);
        study.history.folder.clone_from(&self.history.folder);
        study.index.state.clone_from(&self.index.state);
        study.corpus.root.clone_from(&self.corpus.root);
        study.evaluate.root.clone_from(&self.evaluate.root);
        study.lexicon.root.clone_from(&self.lexicon.root);
        Some(study)
    }

    /// What its pages are headed with: its title, or where it has none its name.
    pub fn shown_title(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// The same study, its runs and its state in another folder.
    #[must_use]
    pub fn kept_in(&self, folder: &Path) -> Study {
        let mut study = self.clone();
        study.history.folder = folder.to_owned();
        study.index.state = folder.join("state");
        study
    }

    /// Gives each room the folders it works in.
    fn resolve(&mut self, file: &Path) {
        let config = file.parent().unwrap_or(Path::new("."));
        let root = match config.file_name() {
            Some(name) if name == "config" => config.parent().unwrap_or(Path::new(".")),
            _ => config,
        };
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root }.to_owned();
        self.decisions_file = config.join("candidates").join(format!("{}.toml", self.name));
        self.history.folder = root.join(&self.history.output).join(&self.name);
        self.index.state = self.history.folder.join("state");
        self.corpus.root.clone_from(&root);
        self.evaluate.root.clone_from(&root);
        self.lexicon.root = root;
    }

    fn check(&self, file: &Path) -> Result<(), StudyError> {
        let wrong = |what: String, hint: &str| {
            Err(StudyError { file: file.to_owned(), line: None, what, hint: hint.to_owned() })
        };
        let missing = |path: &Path| !self.corpus.root.join(path).exists();
        if self.corpus.paths.is_empty() {
            return wrong("[corpus] paths names no folder".to_owned(), "write paths = [\"corpus/NAME\"]");
        }
        let plain = |path: &&String| !path.contains(['*', '?', '[', '{']);
        if let Some(path) = self.corpus.paths.iter().filter(plain).find(|path| missing(Path::new(path))) {
            return wrong(
                format!("[corpus] paths names {path:?}, which is not there"),
                "make the folder, or mend the path",
            );
        }
        if let Some(path) = self.lexicon.themes.iter().find(|path| missing(path)) {
            return wrong(
                format!("[lexicon] themes names {path:?}, which is not there"),
                "make the folder, or mend the path",
            );
        }
        self.check_rules(&wrong)?;
        let share = |name: &str, value: f64| match (0.0..=1.0).contains(&value) {
            true => Ok(()),
            false => wrong(format!("{name} is {value}"), "give a number from 0 to 1"),
        };
        let learn = &self.evaluate.learn;
        if !(learn.prior_strength >= 0.0 && learn.prior_strength.is_finite()) {
            return wrong(
                format!("[evaluate.learn] prior_strength is {}", learn.prior_strength),
                "give the number of judgements that a written weight is worth, 0 or more",
            );
        }
        if learn.folds < 2 {
            return wrong(format!("[evaluate.learn] folds is {}", learn.folds), "give 2 or more");
        }
        share("[score] threshold", self.score.threshold)?;
        share("[synthesis.bootstrap] level", self.synthesis.bootstrap.level)?;
        share("[lexicon] default_weight", self.lexicon.default_weight)
    }

    /// Whether the rules that words are told apart by go together.
    fn check_rules(&self, wrong: &dyn Fn(String, &str) -> Result<(), StudyError>) -> Result<(), StudyError> {
        let (text, lexicon) = (&self.text, &self.lexicon);
        if text.case == Case::Kept && text.tokenizer != TokenRules::Quanteda {
            return wrong(
                "[text] case = \"kept\" is only for tokenizer = \"quanteda\"".to_owned(),
                "our own tokenizer folds case: take the setting out",
            );
        }
        if lexicon.semantics != Semantics::Quanteda && lexicon.quanteda != LookupSettings::default() {
            return wrong(
                "[lexicon.quanteda] is set, but semantics is not \"quanteda\"".to_owned(),
                "write semantics = \"quanteda\" in [lexicon], or take its options out",
            );
        }
        if !lexicon.quanteda.case_insensitive && text.case != Case::Kept {
            return wrong(
                "[lexicon.quanteda] tells upper from lower case, which the text has lost".to_owned(),
                "write tokenizer = \"quanteda\" and case = \"kept\" in [text]",
            );
        }
        Ok(())
    }
}

fn only_study(here: &Path) -> Result<PathBuf, StudyError> {
    let config = here.join("config");
    let wrong = |what: String, hint: &str| StudyError { file: config.clone(), line: None, what, hint: hint.to_owned() };
    let mut studies = match corpus::list(&config) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(wrong(format!("cannot be listed: {error}"), "see that you may read the folder")),
    };
    studies.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    match studies.len() {
        1 => Ok(studies.remove(0)),
        0 => Err(wrong(
            "no study here".to_owned(),
            "go to the folder that holds config/, or start one with throughline init NAME",
        )),
        n => {
            let names: Vec<_> =
                studies.iter().filter_map(|path| path.file_stem()).map(|stem| stem.to_string_lossy()).collect();
            Err(wrong(format!("{n} studies: {}", names.join(", ")), "say which with --study NAME"))
        }
    }
}

/// What people have decided; nothing where there is no such file.
fn decisions(file: &Path) -> Result<discover::Decisions, StudyError> {
    match std::fs::read_to_string(file) {
        Ok(text) => parse(&text, file),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(discover::Decisions::default()),
        Err(error) => Err(StudyError {
            file: file.to_owned(),
            line: None,
            what: format!("the decisions about candidates cannot be read: {error}"),
            hint: "make it readable, or delete it: every candidate comes back then".to_owned(),
        }),
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str, file: &Path) -> Result<T, StudyError> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let (what, hint) = unknown_setting(error.message()).unwrap_or_else(|| {
            (
                error.message().trim().replace('\n', ": "),
                "mend the line; throughline init NAME shows a study with every setting".to_owned(),
            )
        });
        StudyError { file: file.to_owned(), line, what, hint }
    })
}

/// From serde's "unknown field `treshold`, expected one of `threshold`, …": the setting, and the known one nearest to it.
fn unknown_setting(message: &str) -> Option<(String, String)> {
    let (unknown, known) = message.strip_prefix("unknown field `")?.split_once('`')?;
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let nearest =
        known.iter().max_by(|a, b| strsim::jaro_winkler(unknown, a).total_cmp(&strsim::jaro_winkler(unknown, b)));
    let hint = nearest.map_or_else(
        || "take it out".to_owned(),
        |nearest| format!("did you mean {nearest:?}? known here: {}", known.join(", ")),
    );
    Some((format!("unknown setting {unknown:?}"), hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(study: &str) -> Result<Study, StudyError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("config")).unwrap();
        std::fs::create_dir_all(folder.path().join("corpus")).unwrap();
        std::fs::write(folder.path().join("config/s.toml"), study).unwrap();
        Study::load(None, folder.path())
    }

    #[test]
    fn an_unknown_setting_is_named_with_the_nearest_known_one() {
        let error = load("[corpus]\npaths = [\"corpus\"]\n[score]\ntreshold = 0.4\n").unwrap_err();
        assert_eq!(error.line, Some(4));
        assert_eq!(error.what, "unknown setting \"treshold\"");
        assert!(error.hint.starts_with("did you mean \"threshold\"?"), "{}", error.hint);
    }

    #[test]
    fn a_missing_folder_and_a_share_out_of_range_are_errors() {
        assert!(load("[corpus]\npaths = [\"nowhere\"]").unwrap_err().what.contains("nowhere"));
        assert!(load("[corpus]\npaths = [\"corpus\"]\n[score]\nthreshold = 1.5").unwrap_err().what.contains("1.5"));
    }

    #[test]
    fn settings_that_do_nothing_together_are_refused() {
        let what = |more: &str| load(&format!("[corpus]\npaths = [\"corpus\"]\n{more}")).unwrap_err().what;
        assert!(what("[text]\ncase = \"kept\"").contains("only for tokenizer"));
        assert!(what("[lexicon.quanteda]\nvaluetype = \"regex\"").contains("semantics is not"));
        let cased = "[lexicon]\nsemantics = \"quanteda\"\n[lexicon.quanteda]\ncase_insensitive = false\n";
        assert!(what(cased).contains("which the text has lost"));
        let text = "[text]\ntokenizer = \"quanteda\"\ncase = \"kept\"\n";
        assert!(load(&format!("[corpus]\npaths = [\"corpus\"]\n{text}{cased}")).is_ok());
    }

    #[test]
    fn a_study_is_named_by_its_file_and_knows_its_folders() {
        let study = load("[corpus]\npaths = [\"corpus\"]").unwrap();
        assert_eq!(study.name, "s");
        assert!(study.index.state.ends_with("output/s/state"));
    }

    #[test]
    fn two_studies_need_a_choice() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("config")).unwrap();
        assert!(Study::load(None, folder.path()).unwrap_err().what.contains("no study"));
        for name in ["a", "b"] {
            std::fs::write(folder.path().join(format!("config/{name}.toml")), "").unwrap();
        }
        assert_eq!(Study::load(None, folder.path()).unwrap_err().what, "2 studies: a, b");
    }
}
