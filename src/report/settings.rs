//! What a study says about its report.

use serde::{Deserialize, Serialize};

/// `[report]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportSettings {
    /// Sentences quoted for a theme.
    pub n_quotes: usize,
    /// Passages that can be opened inside the page: all of them where there are no more; else those with a hit, shared out
    /// evenly over the documents, the highest scores first. What a figure points at is always held, and the tables hold all.
    pub n_passages: usize,
}

impl Default for ReportSettings {
    fn default() -> Self {
        Self { n_quotes: 12, n_passages: 20_000 }
    }
}
