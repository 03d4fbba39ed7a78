//! What a study says about its report.

use serde::{Deserialize, Serialize};

/// `[report]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportSettings {
    /// Sentences quoted for a theme in the page.
    pub n_quotes: usize,
    /// Documents shown in the page; the tables hold all of them.
    pub n_documents: usize,
}

impl Default for ReportSettings {
    fn default() -> Self {
        Self { n_quotes: 12, n_documents: 200 }
    }
}
