//! What a study says about its codings.

use crate::synthesis::BootstrapSettings;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// The whole document.
    Document,
    /// The passage, as the study cuts it.
    Passage,
    /// The sentence.
    Sentence,
    /// The character: codings and hits are compared by the stretches of text they cover.
    Character,
}

/// Which documents count as coded, since a coder who finds nothing may leave no row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CodedDocuments {
    /// Every document that has a row of any coder was read by all of them. A row with an empty theme says: read, and
    /// found nothing.
    #[default]
    Marked,
    /// Every coder read every document of the corpus.
    All,
    /// A coder read only the documents that have a row of that coder; the others are missing data.
    ByCoder,
}

/// Names of the columns of a codings file. A column that is `None` is not looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CodingColumns {
    /// Holds the coder.
    pub coder: String,
    /// Holds the document's id.
    pub document: String,
    /// Holds the theme's id.
    pub theme: String,
    /// Holds the stance; the file may lack it.
    pub stance: String,
    /// Holds the sentence, 0-based in its document; the file may lack it.
    pub sentence: String,
    /// Holds the first byte; the file may lack it.
    pub start: String,
    /// Holds the byte past the last; the file may lack it.
    pub end: String,
    /// Holds words of the first sentence that shows the theme, from which it is found where no position is given; the file
    /// may lack it. Of what follows that sentence such a coding says nothing: units there are missing data.
    pub quote: String,
}

impl Default for CodingColumns {
    fn default() -> Self {
        Self {
            coder: "coder".into(),
            document: "document".into(),
            theme: "theme".into(),
            stance: "stance".into(),
            sentence: "sentence".into(),
            start: "start".into(),
            end: "end".into(),
            quote: "quote_start_words".into(),
        }
    }
}

/// Which weights the scores of a study believe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weights {
    /// Those of the theme files, moved by what codings and verdicts say; without either, those of the theme files.
    #[default]
    Learned,
    /// Those of the theme files. What codings and verdicts would make of them is worked out and shown beside: for a
    /// study whose codings are there to judge the scores by.
    Written,
}

/// `[evaluate.learn]` of a study: how weights learn from people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LearnSettings {
    /// Which weights the scores believe.
    pub weights: Weights,
    /// How many judgements the weight of a theme file is worth: 0 believes people alone wherever they have spoken.
    #[schemars(range(min = 0.0))]
    pub prior_strength: f64,
    /// Into how many parts the judged documents are dealt, so that each is scored by what the others teach; at most one
    /// part for each document.
    #[schemars(range(min = 2))]
    pub folds: u32,
    /// Decides which document goes into which part.
    pub seed: u64,
}

impl Default for LearnSettings {
    fn default() -> Self {
        Self { weights: Weights::Learned, prior_strength: 10.0, folds: 10, seed: 1 }
    }
}

/// `[evaluate]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EvaluateSettings {
    /// Codings files, relative to the folder that holds `config/`; none: no agreement.
    pub codings: Vec<PathBuf>,
    /// Files of verdicts on single hits, relative to the same folder: rows of the table `hits` with a column `verdict` more
    /// that says `accept` or `reject`, or nothing.
    pub verdicts: Vec<PathBuf>,
    /// How weights learn from codings and verdicts.
    pub learn: LearnSettings,
    /// The columns of the codings.
    pub columns: CodingColumns,
    /// What is judged. Units finer than the document are compared only where codings carry positions.
    pub units: Vec<Unit>,
    /// Which documents count as coded.
    pub coded: CodedDocuments,
    /// What a reader must know of the coders; shown wherever their figures are.
    pub about_the_coders: String,
    /// How intervals are drawn.
    pub bootstrap: BootstrapSettings,
    /// Folder that relative paths start from; filled in when the study is loaded.
    #[serde(skip)]
    pub root: PathBuf,
}

impl Default for EvaluateSettings {
    fn default() -> Self {
        Self {
            codings: Vec::new(),
            verdicts: Vec::new(),
            learn: LearnSettings::default(),
            columns: CodingColumns::default(),
            units: vec![Unit::Document, Unit::Passage],
            coded: CodedDocuments::Marked,
            about_the_coders: String::new(),
            bootstrap: BootstrapSettings::default(),
            root: PathBuf::from("."),
        }
    }
}
