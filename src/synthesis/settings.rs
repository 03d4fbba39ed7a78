//! What a study says about its synthesis.

use crate::lexicon::Stance;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How intervals are drawn: percentile bootstrap over documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BootstrapSettings {
    /// How many resamples; fewer are drawn of a very large corpus (see `Bootstrap::n_resamples`).
    pub resamples: u32,
    /// Seed of the resamples: the same seed gives the same intervals.
    pub seed: u64,
    /// Share of the resamples that an interval holds, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub level: f64,
}

impl Default for BootstrapSettings {
    fn default() -> Self {
        Self { resamples: 1000, seed: 2006, level: 0.95 }
    }
}

/// `[synthesis]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SynthesisSettings {
    /// How intervals are drawn.
    pub bootstrap: BootstrapSettings,
    /// What the weighted prevalence weighs a document by: `n_tokens`, or a metadata column that holds a number.
    pub weight_by: String,
    /// Columns that prevalence is broken down by: `year`, `period`, `kind`, or any metadata column.
    pub breakdowns: Vec<String>,
    /// Length of a period in years; periods start at multiples of it.
    pub period_years: u32,
    /// How many best passages are kept for each theme.
    pub best_passages: usize,
    /// Whether author-year and numbered citations are looked for.
    pub citations: Switch,
    /// Concepts that go by several names.
    pub concepts: Vec<ConceptSettings>,
    /// What the literature hopes for or reports: the outcomes of the evidence map.
    pub outcomes: Vec<OutcomeSettings>,
    /// The evidence maps to draw, each of two dimensions.
    pub maps: Vec<[Dimension; 2]>,
    /// Cue lists: `anticipated`, `found_positive`, `found_negative` and `evidence_lacking` give an outcome its status,
    /// `definition` finds defining sentences. A list named here takes the place of the shipped one; any can be named in a
    /// pattern as `@name`.
    pub cues: BTreeMap<String, Vec<String>>,
    /// Rules of inclusion, tried in order; the first that turns a document away gives the reason.
    pub selection: Vec<SelectionRule>,
    /// What becomes of a passage that a document has nearly word for word from another work, as where two quote the same
    /// abstract. Either way such passages are marked in the tables.
    pub repeated_passages: Repeated,
    /// A published review to be compared with.
    pub reference: Option<ReferenceSettings>,
}

impl Default for SynthesisSettings {
    fn default() -> Self {
        Self {
            bootstrap: BootstrapSettings::default(),
            weight_by: "n_tokens".into(),
            breakdowns: vec!["year".into(), "period".into(), "kind".into()],
            period_years: 5,
            best_passages: 12,
            citations: Switch::On,
            concepts: Vec::new(),
            outcomes: Vec::new(),
            maps: every_pair(),
            cues: BTreeMap::new(),
            selection: Vec::new(),
            repeated_passages: Repeated::Count,
            reference: None,
        }
    }
}

/// Every two of themes, outcomes, kinds and times of publication, themes by outcomes first.
fn every_pair() -> Vec<[Dimension; 2]> {
    use Dimension::{Kind, Outcome, Period, Theme, Year};
    let pairs = [(Theme, Outcome), (Theme, Kind), (Theme, Period), (Outcome, Kind), (Outcome, Period), (Kind, Period)];
    let by_year = [(Theme, Year), (Outcome, Year), (Kind, Year)];
    pairs.into_iter().chain(by_year).map(|(rows, columns)| [rows, columns]).collect()
}

/// On or off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    /// Done.
    #[default]
    On,
    /// Left out.
    Off,
}

/// What becomes of a passage that stands in more than one work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Repeated {
    /// It counts in each.
    #[default]
    Count,
    /// It counts in the first of them in order of id, and in no other.
    Once,
}

/// A concept that goes by several names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConceptSettings {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its names, each with the patterns that find it.
    pub variants: BTreeMap<String, Vec<String>>,
}

/// An outcome of the evidence map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeSettings {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What it means.
    #[serde(default)]
    pub definition: String,
    /// What finds it.
    pub patterns: Vec<String>,
    /// Where it is not meant.
    #[serde(default)]
    pub except: Vec<String>,
}

/// One side of an evidence map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// The themes of the lexicon.
    Theme,
    /// The outcomes of the study.
    Outcome,
    /// The kinds of source.
    Kind,
    /// The years of publication.
    Year,
    /// The periods of publication.
    Period,
}

/// What a rule of selection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SelectionAction {
    /// A document that does not meet the rule is excluded.
    Require,
    /// A document that meets the rule is excluded.
    Exclude,
}

/// One rule of inclusion. A document meets it where every condition that is given holds; a field that a document lacks
/// meets no condition on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectionRule {
    /// The reason as it is to be read in the flow diagram, for example "not about children".
    pub reason: String,
    /// What the rule does.
    pub action: SelectionAction,
    /// First year.
    #[serde(default)]
    pub year_from: Option<i32>,
    /// Last year.
    #[serde(default)]
    pub year_to: Option<i32>,
    /// Kinds of source, one of which it must be.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Metadata columns, each with the values one of which it must have.
    #[serde(default)]
    pub columns: BTreeMap<String, Vec<String>>,
    /// Fewest tokens.
    #[serde(default)]
    pub min_tokens: Option<u32>,
    /// Patterns, one of which its text must meet.
    #[serde(default)]
    pub patterns: Vec<String>,
}

/// A published review's themes and the sources it rests them on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferenceSettings {
    /// How it is cited.
    pub citation: String,
    /// Its themes.
    pub themes: Vec<ReferenceTheme>,
    /// Fewest documents that must have a theme for it to count as recovered.
    #[serde(default = "three")]
    pub min_documents: u32,
    /// The lower end of the interval of its prevalence must reach this, 0 to 1.
    #[serde(default = "one_in_twenty")]
    pub min_prevalence: f64,
}

fn three() -> u32 {
    3
}

fn one_in_twenty() -> f64 {
    0.05
}

/// One theme of a published review.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferenceTheme {
    /// The theme of the lexicon that answers to it.
    pub theme: String,
    /// What the review calls it.
    pub label: String,
    /// What the review says of it, where it says.
    #[serde(default)]
    pub stance: Option<Stance>,
    /// The sources it cites for it, as `Surname Year`.
    #[serde(default)]
    pub sources: Vec<String>,
}
