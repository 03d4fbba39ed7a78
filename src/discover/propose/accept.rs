//! A candidate made a theme, and its name kept over runs.

use super::super::candidate::{CandidateId, CandidateTheme, Evidence};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Share of their evidence that two candidates must have in common to be the same.
const SAME: f64 = 1.0 / 3.0;

/// Gives the candidates of this run the ids that they had in an earlier one, where they share more than a third of
/// their evidence (Jaccard over document ids and passages); each old id is given at most once, the largest share first.
/// A new candidate whose own id would then stand twice has `-new` added to it.
pub fn carry_ids(earlier: &[CandidateTheme], now: &mut [CandidateTheme]) {
    let keys = |themes: &[CandidateTheme]| -> Vec<BTreeSet<(String, u32)>> {
        let key = |e: &Evidence| (e.document_id.0.clone(), e.passage);
        themes.iter().map(|theme| theme.evidence.iter().map(key).collect()).collect()
    };
    let (old, new) = (keys(earlier), keys(now));
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, a) in old.iter().enumerate() {
        for (j, b) in new.iter().enumerate() {
            let both = a.intersection(b).count();
            let overlap = both as f64 / (a.len() + b.len() - both).max(1) as f64;
            if overlap > SAME {
                pairs.push((overlap, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut given, mut named) = (BTreeSet::new(), BTreeSet::new());
    for (_, i, j) in pairs {
        if !given.contains(&i) && named.insert(j) {
            given.insert(i);
            now[j].id = earlier[i].id.clone();
        }
    }
    let mut taken: BTreeSet<CandidateId> = named.iter().map(|&j| now[j].id.clone()).collect();
    for (_, theme) in now.iter_mut().enumerate().filter(|(j, _)| !named.contains(j)) {
        while !taken.insert(theme.id.clone()) {
            theme.id.0.push_str("-new");
        }
    }
}

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
