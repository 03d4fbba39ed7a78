//! How it was done, ready to be pasted into a methods section.

use super::super::findings::Findings;
use maud::{Markup, html};

/// The methods paragraph and the settings.
pub fn section(findings: &Findings<'_>) -> Markup {
    let n_documents = findings.index.documents().len();
    let n_included =
        findings.synthesis.selection.documents.iter().filter(|document| document.excluded.is_none()).count();
    let n_passages: u64 = findings.scores.documents.iter().map(|document| u64::from(document.n_scored_passages)).sum();
    html! {
        section #methods {
            h2 { "Methods" }
            p {
                "Texts were analysed with Throughline " (findings.program) " (analyzer version " (crate::text::Analyzer::VERSION)
                "; lexicon " code { (findings.lexicon.fingerprint.0.get(..12).unwrap_or_default()) } "). Of " (n_documents) " documents, "
                (n_included) " met the criteria of selection; their " (n_passages) " passages were scored against "
                (findings.lexicon.themes.len()) " themes with " (findings.lexicon.patterns.len())
                " patterns of words, phrases and proximities, each with a weight for its believed precision π. A passage’s score is "
                "1 − Π(1 − π) over its distinct patterns, the chance that at least one is right; hits that are denied are not counted. "
                "A passage has a theme from a score of " (findings.threshold) "; a document has it if a passage has it. "
                "Prevalence is the share of included documents, with percentile bootstrap intervals over documents ("
                (findings.synthesis.n_resamples) " resamples); ranks carry how often they hold over the resamples."
            }
            details { summary { "Settings as resolved" } pre { (findings.settings) } }
        }
    }
}
