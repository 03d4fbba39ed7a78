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

/// `[lexicon]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LexiconSettings {
    /// Folders of theme files, relative to the folder that holds `config/`.
    pub themes: Vec<PathBuf>,
    /// How patterns meet tokens.
    pub semantics: Semantics,
    /// Weight of a pattern that gives none, 0 to 1.
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
            default_weight: 0.9,
            cues: BTreeMap::new(),
            root: PathBuf::from("."),
        }
    }
}
