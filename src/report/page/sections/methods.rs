//! How it was done, ready to be pasted into a methods section, and how it is to be cited.

use super::super::super::findings::Findings;
use super::super::parts::{count, percent, recommended};
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
    let mut paragraphs = vec![
        literature(findings, &settings),
        scoring(findings, &settings),
        weights(findings),
        synthesis(findings, &settings),
    ];
    paragraphs.extend(beside(findings, &settings));
    paragraphs.push(discovery(findings, &settings));
    paragraphs.extend(evaluation(findings, &settings));
    paragraphs
}

fn literature(findings: &Findings<'_>, settings: &Settings) -> String {
    let selection = &findings.synthesis.selection.documents;
    let n_documents = selection.len();
    let included = || {
        let documents = findings.index.documents().iter().zip(&findings.scores.documents).zip(selection);
        documents.filter(|(_, known)| known.excluded.is_none()).map(|(document, _)| document)
    };
    let n_tokens: u64 = included().map(|(document, _)| u64::from(document.n_tokens)).sum();
    let n_passages: u64 = included().map(|(_, scores)| u64::from(scores.n_scored_passages)).sum();
    let taken = match included().count() {
        n if n == n_documents => format!("All {n_documents} documents were included"),
        n => format!("Of {n_documents} documents, {n} were included"),
    };
    let duplicates = match settings.text("corpus.duplicates", "by").as_str() {
        "" => "Works held more than once were all kept.".to_owned(),
        by => format!("Works held more than once, told by {by}, were counted once."),
    };
    format!(
        "The literature was analysed with Throughline {} (analyzer version {}). {taken} ({} tokens). {duplicates} Texts were cut \
         into {} and tokenized by Unicode word rules (language: {}), with Snowball stems; sections of the kinds {} were kept and \
         not scored. This left {} passages to score.",
        findings.program,
        Analyzer::VERSION,
        count(n_tokens),
        match settings.text("text", "passage").as_str() {
            "sentence" => "sentences".to_owned(),
            "paragraph" => "paragraphs".to_owned(),
            "document" => "one passage a document".to_owned(),
            other => other.to_owned(),
        },
        settings.text("text", "language"),
        settings.text("text", "unscored"),
        count(n_passages),
    )
}

fn scoring(findings: &Findings<'_>, settings: &Settings) -> String {
    format!(
        "Passages were scored against {} themes with {} patterns of words, phrases and proximities (lexicon {}; matched by the \
         rules of {}; weight {} where a pattern has none of its own). Each pattern has a weight π, the share of its hits that is \
         believed to be right. A passage's score for a theme is 1 − Π(1 − π) over its distinct patterns met there: the chance that \
         at least one is right. Hits that are denied are shown and not counted. A passage has a theme from a score of {}, and a \
         document has it if a passage has it. Each hit is a barrier, a facilitator, both or a mention, told from lists of words \
         that hinder, help, lack, deny or turn round, read within its clause and sentence, and from the polarity that some \
         patterns carry themselves; a document takes the stance of most of its passages, and both where the fewer are at least \
         half of the more.",
        findings.lexicon.themes.len(),
        findings.lexicon.patterns.len(),
        findings.lexicon.fingerprint.0.get(..12).unwrap_or_default(),
        match settings.text("lexicon", "semantics").as_str() {
            "throughline" => "Throughline".to_owned(),
            other => other.to_owned(),
        },
        settings.text("lexicon", "default_weight"),
        findings.threshold,
    )
}

fn synthesis(findings: &Findings<'_>, settings: &Settings) -> String {
    format!(
        "Prevalence is the share of included documents that have a theme. Intervals are {} percentile bootstrap intervals over \
         documents ({} resamples, seed {}), and Wilson's score interval where no document or every one has the theme; a rank carries the share of resamples in which it holds. Weighted prevalence weighs a \
         document by {}. Co-occurrence is given as lift, n·n_ab/(n_a·n_b). Trends are least-squares slopes over documents by year \
         of publication; periods are of {} years.",
        percent(settings.number("synthesis.bootstrap", "level")),
        findings.synthesis.n_resamples,
        settings.text("synthesis.bootstrap", "seed"),
        match settings.text("synthesis", "weight_by").as_str() {
            "n_tokens" => "its number of tokens".to_owned(),
            column => format!("its {column}"),
        },
        settings.text("synthesis", "period_years"),
    )
}

/// What was taken from the texts beside the themes; nothing where the study asks for none of it.
fn beside(findings: &Findings<'_>, settings: &Settings) -> Option<String> {
    let synthesis = findings.synthesis;
    let labels = |labels: Vec<&str>| labels.join(", ").to_lowercase();
    let mut said = Vec::new();
    if settings.text("synthesis", "citations") == "on" {
        said.push(
            "Author-year and numbered citations in running text were read and tied to the themes of their passage."
                .to_owned(),
        );
    }
    if !synthesis.outcomes.is_empty() {
        let outcomes = labels(synthesis.outcomes.iter().map(|outcome| outcome.label.as_str()).collect());
        said.push(format!(
            "Outcomes ({outcomes}) were sought by patterns of their own; by lists of words a passage finds one improved, finds \
             none or the contrary, says that evidence is lacking, anticipates it, or merely speaks of it, and a document counts \
             once for an outcome, with the strongest of these."
        ));
    }
    if !synthesis.concepts.is_empty() {
        let concepts = labels(synthesis.concepts.iter().map(|concept| concept.label.as_str()).collect());
        said.push(format!("The names that a concept goes by ({concepts}) were counted by document."));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

fn discovery(findings: &Findings<'_>, settings: &Settings) -> String {
    format!(
        "Candidate themes were sought in all passages {} ({} runs on resampled documents, seed {}); those whose evidence came back \
         in less than {} of the runs on average were held back. {} of {} passages have no theme of the lexicon.",
        match settings.text("discover", "lexicon").as_str() {
            "blind" => "without the lexicon",
            _ => "beside the themes of the lexicon",
        },
        settings.text("discover", "n_runs"),
        settings.text("discover", "seed"),
        percent(settings.number("discover", "min_stability")),
        findings.candidates.n_uncovered,
        findings.candidates.n_passages,
    )
}

/// Which weights the scores believe.
fn weights(findings: &Findings<'_>) -> String {
    let learned = findings.learned;
    let (n, strength) = (learned.documents.len(), learned.prior_strength);
    let held_out = match learned.n_folds() {
        0 => "the weights of the theme files".to_owned(),
        n_folds => format!("weights learnt without the document in question ({n_folds} parts)"),
    };
    match (learned.is_used(), n) {
        (true, _) => format!(
            "Weights are those of the theme files, each worth {strength} judgements, updated as Beta posteriors by people's \
             judgements in {n} documents; agreement with coders is measured with {held_out}.",
        ),
        (false, 0) => "Weights are those of the theme files.".to_owned(),
        (false, _) => "Weights are those of the theme files, not moved by the coders.".to_owned(),
    }
}

fn evaluation(findings: &Findings<'_>, settings: &Settings) -> Option<String> {
    let agreement = findings.agreement?;
    let coders: Vec<&str> = agreement.coders.iter().map(|coder| coder.0.as_str()).collect();
    let n_documents = agreement.units.iter().map(|unit| unit.n_documents).max().unwrap_or(0);
    let kappa = if coders.len() > 2 { "Cohen's kappa for each two of them, Fleiss' kappa" } else { "Cohen's kappa" };
    let reliability = match coders.len() {
        0 | 1 => "one person's codings say nothing of reliability".to_owned(),
        _ => format!("reliability among coders is per cent agreement, {kappa}, Krippendorff's alpha and Gwet's AC1"),
    };
    let consensus = if coders.len() > 1 { "each coder and their consensus" } else { "the coder" };
    let read = match settings.text("evaluate", "coded").as_str() {
        "all" => "Every document counts as read by every coder.",
        "by-coder" => "A document that a coder has no row for is missing data.",
        _ => "A document that one coder has a row for counts as read by all.",
    };
    Some(format!(
        "Scores were compared with the codings of {} ({n_documents} documents), by {}: {reliability}; validity is precision, recall \
         and F1 against {consensus}, with {} bootstrap intervals over documents. {read} {}",
        coders.join(" and "),
        settings.text("evaluate", "units").replace(", ", " and by "),
        percent(settings.number("evaluate.bootstrap", "level")),
        findings.about_the_coders.split_whitespace().collect::<Vec<_>>().join(" "),
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
