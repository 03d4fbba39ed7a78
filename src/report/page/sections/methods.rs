//! How it was done, ready to be pasted into a methods section, and how it is to be cited.

use super::super::super::findings::Findings;
use super::super::parts::{percent, recommended};
use crate::text::Analyzer;
use maud::{Markup, html};

/// The methods paragraphs and the settings.
pub fn section(findings: &Findings<'_>) -> Markup {
    html! {
        section #methods {
            h2 { "Methods" }
            p.muted { "Ready to be pasted." span.script-only { " " button type="button" data-copy="methods-text" { "Copy" } } }
            div #methods-text { @for paragraph in paragraphs(findings) { p { (paragraph) } } }
            details { summary { "Every setting as resolved" } pre tabindex="0" { (findings.settings) } }
        }
        section #cite data-with="methods" {
            h2 { "How to cite" }
            p #citation-text { (recommended(findings)) }
            p.muted { "Give the date of the run and its id, which is the name of the folder that this page lies in; " code { "run.json" } " beside it records every input by digest." }
        }
    }
}

/// The methods, in plain sentences.
fn paragraphs(findings: &Findings<'_>) -> Vec<String> {
    let settings = Settings(findings.settings.parse().unwrap_or_default());
    let mut paragraphs =
        vec![literature(findings, &settings), scoring(findings, &settings), synthesis(findings, &settings)];
    paragraphs.push(discovery(findings, &settings));
    paragraphs.extend(evaluation(findings, &settings));
    paragraphs
}

fn literature(findings: &Findings<'_>, settings: &Settings) -> String {
    let n_documents = findings.index.documents().len();
    let selection = &findings.synthesis.selection.documents;
    let n_included = selection.iter().filter(|document| document.excluded.is_none()).count();
    let works =
        || findings.index.documents().iter().zip(&findings.scores.documents).filter(|one| one.0.version_of.is_none());
    let n_tokens: u64 = works().map(|(document, _)| u64::from(document.n_tokens)).sum();
    let n_passages: u64 = works().map(|(_, scores)| u64::from(scores.n_scored_passages)).sum();
    let duplicates = match settings.text("corpus.duplicates", "by").as_str() {
        "" => "Works that are there more than once were all kept.".to_owned(),
        by => format!("Works that are there more than once (told by: {by}) were counted once."),
    };
    format!(
        "The literature was analysed with Throughline {} (analyzer version {}). Of {n_documents} documents ({n_tokens} tokens), \
         {n_included} were included. {duplicates} Texts were cut into passages ({}) and tokenized by Unicode word rules \
         (language: {}), with Snowball stems; sections of the kinds {} were kept and not scored. This left {n_passages} \
         passages to score.",
        findings.program,
        Analyzer::VERSION,
        settings.text("text", "passage"),
        settings.text("text", "language"),
        settings.text("text", "unscored"),
    )
}

fn scoring(findings: &Findings<'_>, settings: &Settings) -> String {
    format!(
        "Passages were scored against {} themes with {} patterns of words, phrases and proximities (lexicon {}; semantics: {}; \
         default weight {}). Each pattern has a weight π, the share of its hits that is believed to be right. A passage's score for \
         a theme is 1 − Π(1 − π) over its distinct patterns met there: the chance that at least one is right. Hits that are denied \
         are shown and not counted. A passage has a theme from a score of {}, and a document has it if a passage has it. Each hit \
         is a barrier, a facilitator, both or a mention, by cue lists within its clause and sentence and by the polarity that some \
         patterns carry themselves.",
        findings.lexicon.themes.len(),
        findings.lexicon.patterns.len(),
        findings.lexicon.fingerprint.0.get(..12).unwrap_or_default(),
        settings.text("lexicon", "semantics"),
        settings.text("lexicon", "default_weight"),
        findings.threshold,
    )
}

fn synthesis(findings: &Findings<'_>, settings: &Settings) -> String {
    format!(
        "Prevalence is the share of included documents that have a theme. Intervals are {} percentile bootstrap intervals over \
         documents ({} resamples, seed {}); a rank carries the share of resamples in which it holds. Weighted prevalence weighs a \
         document by {}. Co-occurrence is given as lift, n·n_ab/(n_a·n_b). Trends are least-squares slopes over documents by year \
         of publication; periods are of {} years.",
        percent(settings.number("synthesis.bootstrap", "level")),
        findings.synthesis.n_resamples,
        settings.text("synthesis.bootstrap", "seed"),
        settings.text("synthesis", "weight_by"),
        settings.text("synthesis", "period_years"),
    )
}

fn discovery(findings: &Findings<'_>, settings: &Settings) -> String {
    format!(
        "Candidate themes were sought among all passages beside the lexicon (lexicon: {}; {} runs on resampled documents, seed {}); \
         those whose evidence came back in less than {} of the runs on average were held back. {} of {} passages have no theme of \
         the lexicon.",
        settings.text("discover", "lexicon"),
        settings.text("discover", "n_runs"),
        settings.text("discover", "seed"),
        percent(settings.number("discover", "min_stability")),
        findings.candidates.n_uncovered,
        findings.candidates.n_passages,
    )
}

fn evaluation(findings: &Findings<'_>, settings: &Settings) -> Option<String> {
    let agreement = findings.agreement?;
    let coders: Vec<&str> = agreement.coders.iter().map(|coder| coder.0.as_str()).collect();
    let n_documents = agreement.units.iter().map(|unit| unit.n_documents).max().unwrap_or(0);
    Some(format!(
        "Scores were compared with the codings of {} ({n_documents} documents; units: {}). Reliability among coders is given as per \
         cent agreement, Cohen's kappa, Fleiss' kappa, Krippendorff's alpha and Gwet's AC1; validity as precision, recall and F1 \
         against each coder and against their consensus, with {} bootstrap intervals over documents. {}",
        coders.join(" and "),
        settings.text("evaluate", "units"),
        percent(settings.number("evaluate.bootstrap", "level")),
        findings.about_the_coders,
    ))
}

/// The settings as resolved, to be quoted.
struct Settings(toml::Table);

impl Settings {
    fn value(&self, table: &str, key: &str) -> Option<&toml::Value> {
        let mut place = &self.0;
        for part in table.split('.') {
            place = place.get(part)?.as_table()?;
        }
        place.get(key)
    }

    /// A setting as it is read; a list with commas.
    fn text(&self, table: &str, key: &str) -> String {
        fn plain(value: &toml::Value) -> String {
            match value {
                toml::Value::String(text) => text.clone(),
                toml::Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
                other => other.to_string(),
            }
        }
        self.value(table, key).map_or_else(|| "not set".to_owned(), plain)
    }

    fn number(&self, table: &str, key: &str) -> Option<f64> {
        self.value(table, key).and_then(toml::Value::as_float)
    }
}
