//! What a study says about its scores.

use serde::{Deserialize, Serialize};

/// `[score]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScoreSettings {
    /// A passage has the theme from this score on, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub threshold: f64,
}

impl Default for ScoreSettings {
    fn default() -> Self {
        Self { threshold: 0.5 }
    }
}
