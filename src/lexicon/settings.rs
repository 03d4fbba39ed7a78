//! What a study says about its lexicon.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How patterns meet tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Semantics {
    /// Our own pattern language.
    #[default]
    Throughline,
    /// The R package quanteda's, exactly.
    Quanteda,
}

/// How quanteda's values are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    /// `*` is any run of characters, `?` one; a value without either is itself.
    #[default]
    Glob,
    /// A value is itself.
    Fixed,
    /// A value is a regular expression, found anywhere in a type.
    Regex,
}

/// Where a value inside another one counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NestedScope {
    /// Within a key; keys know nothing of each other.
    #[default]
    Key,
    /// Within the dictionary: what lies wholly inside longer values, of whatever key, is passed over.
    Dictionary,
}

/// `[lexicon.quanteda]` of a study: the options of `tokens_lookup` that say what is met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LookupSettings {
    /// How values are to be read.
    pub valuetype: ValueType,
    /// Whether upper and lower case are one.
    pub case_insensitive: bool,
    /// Where a value inside another one counts once.
    pub nested_scope: NestedScope,
    /// The levels of the hierarchy that make a key, the top being 1; empty for all.
    pub levels: Vec<usize>,
    /// What joins the words of a value into one token, as `_` does.
    pub concatenator: String,
}

impl Default for LookupSettings {
    fn default() -> Self {
        LookupSettings {
            valuetype: ValueType::Glob,
            case_insensitive: true,
            nested_scope: NestedScope::Key,
            levels: Vec::new(),
            concatenator: "_".to_owned(),
        }
    }
}

/// `[lexicon]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LexiconSettings {
    /// Folders of theme files, relative to the folder that holds `config/`.
    pub themes: Vec<PathBuf>,
    /// How patterns meet tokens.
    pub semantics: Semantics,
    /// Options of quanteda's matching, for `semantics = "quanteda"`.
    pub quanteda: LookupSettings,
    /// Weight of a pattern that gives none, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub default_weight: f64,
    /// Named lists of patterns: `negation`, `barrier` and `facilitator` tell stances; any can be named in a pattern as `@name`.
    pub cues: BTreeMap<String, Vec<String>>,
    /// Folder that relative paths start from; filled in when the study is loaded.
    #[serde(skip)]
    pub root: PathBuf,
}

impl Default for LexiconSettings {
    fn default() -> Self {
        Self {
            themes: Vec::new(),
            semantics: Semantics::Throughline,
            quanteda: LookupSettings::default(),
            default_weight: 0.9,
            cues: BTreeMap::new(),
            root: PathBuf::from("."),
        }
    }
}
