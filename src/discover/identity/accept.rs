//! A candidate made a theme.

use super::super::candidate::CandidateTheme;
use std::fmt::Write;

/// The text of the theme file that makes a theme of a candidate; `examples` are its sentences as written.
///
/// It stands as it is: the person who accepts it writes what the theme means, and strikes what does not belong to it.
pub fn accept(candidate: &CandidateTheme, examples: &[String]) -> String {
    let mut text = String::new();
    let features: Vec<&str> = candidate.features.iter().map(|feature| feature.text.as_str()).collect();
    let _ = writeln!(text, "# Proposed from {} passages of {} documents.", candidate.n_passages, candidate.n_documents);
    let _ = writeln!(text, "id = {}", quoted(&candidate.id.0));
    let _ = writeln!(text, "label = {}", quoted(&candidate.label));
    let _ = writeln!(text, "definition = {}", quoted(&format!("Passages that speak of {}.", features.join(", "))));
    let _ = writeln!(text, "patterns = [");
    for pattern in &candidate.patterns {
        let _ = writeln!(text, "  {{ pattern = {}, weight = {:.2} }},", quoted(&pattern.text), pattern.weight);
    }
    let _ = writeln!(text, "]\nexamples = [");
    examples.iter().for_each(|example| {
        let _ = writeln!(text, "  {},", quoted(example));
    });
    text.push_str("]\n");
    text
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
