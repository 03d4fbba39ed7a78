//! The tables of what is proposed.

use super::super::findings::Findings;
use super::super::table::{Cell, Head, Rows};
use crate::discover::Candidates;
use crate::lexicon::Lexicon;

const CANDIDATES: Head = Head {
    name: "candidates",
    columns: &[
        "candidate",
        "label",
        "n_documents",
        "prevalence",
        "prevalence_low",
        "prevalence_high",
        "n_passages",
        "stability",
        "exclusivity",
        "coherence",
        "nearest_theme",
        "nearest_similarity",
        "n_barrier",
        "n_facilitator",
        "n_both",
        "n_mention",
        "features",
        "patterns",
        "sentences",
    ],
};

const UNCOVERED: Head = Head { name: "uncovered", columns: &["feature", "keyness", "n_passages"] };
const WITHOUT_WORDS: Head = Head {
    name: "without_words",
    columns: &["theme", "document", "passage", "probability", "features", "beside", "text"],
};
const GROWTH: Head = Head { name: "growth", columns: &["theme", "pattern", "weight", "n_passages"] };

/// A row for each candidate theme of the findings.
pub fn candidates(findings: &Findings<'_>) -> Rows {
    candidate_rows(findings.candidates, findings.lexicon)
}

/// A row for each candidate theme.
pub fn candidate_rows(candidates: &Candidates, lexicon: &Lexicon) -> Rows {
    let mut rows = Rows::new(CANDIDATES);
    for candidate in &candidates.themes {
        let features: Vec<&str> = candidate.features.iter().map(|feature| feature.text.as_str()).collect();
        let patterns: Vec<&str> = candidate.patterns.iter().map(|pattern| pattern.text.as_str()).collect();
        let sentences: Vec<String> =
            candidate.sentences.iter().map(|at| format!("{}#{}", at.document_id, at.passage)).collect();
        let nearest = candidate.nearest.map(|nearest| &lexicon.themes[nearest.theme as usize].id.0);
        let stance = candidate.stance;
        rows.row(&[
            Cell::Text(&candidate.id.0),
            Cell::Text(&candidate.label),
            Cell::Count(candidate.n_documents.into()),
            Cell::Number(candidate.prevalence),
            Cell::Number(candidate.prevalence_interval.0),
            Cell::Number(candidate.prevalence_interval.1),
            Cell::Count(candidate.n_passages.into()),
            Cell::Number(candidate.stability),
            Cell::Number(candidate.exclusivity),
            Cell::maybe(candidate.coherence),
            Cell::maybe_text(nearest.map(String::as_str)),
            Cell::maybe(candidate.nearest.map(|nearest| nearest.similarity)),
            Cell::Count(stance.n_barrier.into()),
            Cell::Count(stance.n_facilitator.into()),
            Cell::Count(stance.n_both.into()),
            Cell::Count(stance.n_mention.into()),
            Cell::Text(&features.join("; ")),
            Cell::Text(&patterns.join("; ")),
            Cell::Text(&sentences.join("; ")),
        ]);
    }
    rows
}

/// Features that passages without any theme have more often than the others, by keyness (G²).
pub fn uncovered(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(UNCOVERED);
    for feature in &findings.candidates.uncovered {
        rows.row(&[Cell::Text(&feature.text), Cell::Number(feature.weight), Cell::Count(feature.n_passages.into())]);
    }
    rows
}

/// Patterns that existing themes lack.
pub fn growth(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(GROWTH);
    for growth in &findings.candidates.growth {
        let theme = &findings.lexicon.themes[growth.theme as usize];
        for pattern in &growth.patterns {
            rows.row(&[
                Cell::Text(&theme.id.0),
                Cell::Text(&pattern.text),
                Cell::Number(pattern.weight),
                Cell::Count(pattern.n_passages.into()),
            ]);
        }
    }
    rows
}

/// Passages that have what goes with a theme although none of its patterns meets them.
pub fn without_words(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(WITHOUT_WORDS);
    for growth in &findings.candidates.growth {
        let theme = &findings.lexicon.themes[growth.theme as usize];
        for found in &growth.without_words {
            let content = findings.index.content(found.at.document).unwrap_or_default();
            let span = content.passages.get(found.at.passage as usize).map(|passage| passage.span).unwrap_or_default();
            rows.row(&[
                Cell::Text(&theme.id.0),
                Cell::Text(&found.at.document_id.0),
                Cell::Count(found.at.passage.into()),
                Cell::Number(found.at.probability),
                Cell::Text(&found.features.join("; ")),
                Cell::Flag(found.is_beside),
                Cell::Text(span.of(&content.text)),
            ]);
        }
    }
    rows
}
