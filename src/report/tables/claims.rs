//! The tables of what is claimed, by whom, about what: sources, names, outcomes, selection, the published review, faults.

use super::super::findings::Findings;
use super::super::table::{Cell, Head, Rows};
use super::figures::{ends, value};
use super::words::{dimension_word, severity_word, stage_word};
use crate::synthesis::{CellStatus, CitedSource, PassageRef};
use std::collections::BTreeMap;

const CITED_SOURCES: Head = Head {
    name: "cited_sources",
    columns: &[
        "source",
        "year",
        "in_corpus",
        "n_documents",
        "n_passages",
        "theme",
        "n_documents_theme",
        "n_passages_theme",
        "passages",
    ],
};
const CONCEPTS: Head = Head {
    name: "concepts",
    columns: &[
        "concept",
        "label",
        "n_documents",
        "n_documents_several",
        "variant",
        "n_hits",
        "n_documents_variant",
        "n_definitions",
        "documents",
    ],
};
const CONCEPT_PAIRS: Head =
    Head { name: "concept_pairs", columns: &["concept", "variant_a", "variant_b", "n_documents", "n_passages"] };
const RECORDS: Head = Head {
    name: "records",
    columns: &["record", "title", "authors", "year", "kind", "publication", "doi", "source", "version_of", "reason"],
};
const OUTCOMES: Head = Head {
    name: "outcomes",
    columns: &[
        "outcome",
        "label",
        "n_documents",
        "n_passages",
        "n_positive",
        "n_negative",
        "n_mixed",
        "n_lacking",
        "n_anticipated",
        "n_unstated",
    ],
};
const EVIDENCE_MAP: Head = Head {
    name: "evidence_map",
    columns: &[
        "row_dimension",
        "column_dimension",
        "row",
        "column",
        "n_documents",
        "n_passages_both",
        "n_positive",
        "n_negative",
        "n_mixed",
        "n_lacking",
        "n_anticipated",
        "n_unstated",
    ],
};
const SELECTION: Head = Head { name: "selection", columns: &["document", "included", "stage", "reason", "kept"] };
const SELECTION_FLOW: Head = Head { name: "selection_flow", columns: &["step", "reason", "n"] };
const SCORECARD: Head = Head {
    name: "scorecard",
    columns: &[
        "theme",
        "label",
        "named_by_review",
        "recovered",
        "rule",
        "prevalence",
        "prevalence_low",
        "prevalence_high",
        "rank",
        "rank_held",
        "confirmed",
        "missed",
        "absent",
    ],
};
const FAULTS: Head = Head { name: "faults", columns: &["path", "line", "severity", "what", "hint"] };

/// A row for every cited source and theme of the passages that cite it; one without a theme where they have none.
pub fn cited_sources(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(CITED_SOURCES);
    for source in &findings.synthesis.cited_sources {
        for cited in &source.themes {
            let theme = Cell::Text(&findings.lexicon.themes[cited.theme as usize].id.0);
            cited_row(findings, source, (theme, Cell::Count(cited.n_documents.into())), &cited.passages, &mut rows);
        }
        if source.themes.is_empty() {
            cited_row(findings, source, (Cell::Empty, Cell::Empty), &source.passages, &mut rows);
        }
    }
    rows
}

fn cited_row(
    findings: &Findings<'_>,
    source: &CitedSource,
    (theme, n_documents): (Cell<'_>, Cell<'_>),
    passages: &[PassageRef],
    rows: &mut Rows,
) {
    let id = |document: u32| findings.index.documents()[document as usize].id.0.as_str();
    let named: Vec<String> = passages.iter().map(|at| format!("{}#{}", id(at.document), at.passage)).collect();
    rows.row(&[
        Cell::Text(&source.label),
        source.work.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year))),
        Cell::maybe_text(source.document.map(id)),
        Cell::Count(source.n_documents.into()),
        Cell::Count(source.passages.len() as u64),
        theme,
        n_documents,
        if theme == Cell::Empty { Cell::Empty } else { Cell::Count(passages.len() as u64) },
        Cell::Text(&named.join("; ")),
    ]);
}

/// A row for every name of every concept.
pub fn concepts(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(CONCEPTS);
    for concept in &findings.synthesis.concepts {
        for (at, variant) in (0u16..).zip(&concept.variants) {
            let id = |document: u32| findings.index.documents()[document as usize].id.0.as_str();
            let users: Vec<&str> = variant.uses.iter().map(|usage| id(usage.document)).collect();
            let n_definitions = concept.definitions.iter().filter(|definition| definition.variant == at).count();
            rows.row(&[
                Cell::Text(&concept.id),
                Cell::Text(&concept.label),
                Cell::Count(concept.n_documents.into()),
                Cell::Count(concept.n_documents_several.into()),
                Cell::Text(&variant.name),
                Cell::Count(variant.n_hits.into()),
                Cell::Count(users.len() as u64),
                Cell::Count(n_definitions as u64),
                Cell::Text(&users.join("; ")),
            ]);
        }
    }
    rows
}

/// A row for every two names that meet in a document.
pub fn concept_pairs(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(CONCEPT_PAIRS);
    for concept in &findings.synthesis.concepts {
        let name = |at: u16| Cell::Text(&concept.variants[at as usize].name);
        for pair in &concept.pairs {
            let counts = (Cell::Count(pair.n_documents.into()), Cell::Count(pair.n_passages.into()));
            rows.row(&[Cell::Text(&concept.id), name(pair.variant_a), name(pair.variant_b), counts.0, counts.1]);
        }
    }
    rows
}

fn status_cells(status: CellStatus) -> [Cell<'static>; 6] {
    let CellStatus { n_positive, n_negative, n_mixed, n_lacking, n_anticipated, n_unstated } = status;
    [n_positive, n_negative, n_mixed, n_lacking, n_anticipated, n_unstated].map(|n| Cell::Count(n.into()))
}

/// A row for each outcome.
pub fn outcomes(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(OUTCOMES);
    for outcome in &findings.synthesis.outcomes {
        let counts = [Cell::Count(outcome.n_documents.into()), Cell::Count(outcome.passages.len() as u64)];
        let names = [Cell::Text(&outcome.id), Cell::Text(&outcome.label)];
        rows.row(&[&names[..], &counts, &status_cells(outcome.status)].concat());
    }
    rows
}

/// A row for every pair of every map, gaps included: a gap has no documents.
pub fn evidence_map(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(EVIDENCE_MAP);
    for map in &findings.synthesis.maps {
        let cells: BTreeMap<(u32, u32), _> = map.cells.iter().map(|cell| ((cell.row, cell.column), cell)).collect();
        let sides = [map.row_dimension, map.column_dimension].map(|side| Cell::Text(dimension_word(side)));
        for (row, row_name) in (0u32..).zip(&map.rows) {
            for (column, column_name) in (0u32..).zip(&map.columns) {
                let cell = cells.get(&(row, column));
                let count = |n: Option<u32>| Cell::Count(n.unwrap_or(0).into());
                let names = [Cell::Text(row_name), Cell::Text(column_name)];
                let counts = [count(cell.map(|cell| cell.n_documents)), count(cell.map(|cell| cell.n_passages_both))];
                let status = status_cells(cell.map(|cell| cell.status).unwrap_or_default());
                rows.row(&[&sides[..], &names, &counts, &status].concat());
            }
        }
    }
    rows
}

/// A row for each document.
pub fn selection(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(SELECTION);
    let documents = findings.index.documents();
    for (document, outcome) in documents.iter().zip(&findings.synthesis.selection.documents) {
        let reason = outcome.excluded.as_ref();
        let kept = reason.and_then(|reason| reason.kept).map(|kept| documents[kept as usize].id.0.as_str());
        rows.row(&[
            Cell::Text(&document.id.0),
            Cell::Flag(reason.is_none()),
            Cell::maybe_text(reason.map(|reason| stage_word(reason.stage))),
            Cell::maybe_text(reason.map(|reason| reason.text.as_str())),
            Cell::maybe_text(kept),
        ]);
    }
    rows
}

/// A row for each record of a reference export that has no abstract, with the document that has its work's text.
pub fn records(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(RECORDS);
    for record in findings.index.records() {
        let metadata = &record.metadata;
        let standing = record.version_of.and_then(|version| findings.index.at(version.of));
        rows.row(&[
            Cell::Text(&record.id.0),
            Cell::maybe_text(metadata.title.as_deref()),
            Cell::Text(&metadata.authors.join("; ")),
            metadata.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year))),
            Cell::maybe_text(metadata.kind.as_deref()),
            Cell::maybe_text(metadata.publication.as_deref()),
            Cell::maybe_text(metadata.doi.as_deref()),
            Cell::Text(&record.source),
            Cell::maybe_text(standing.map(|standing| standing.id.0.as_str())),
            Cell::maybe_text(standing.is_none().then_some("no abstract and no full text")),
        ]);
    }
    rows
}

/// The counts of the flow diagram, in its order.
pub fn selection_flow(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(SELECTION_FLOW);
    let flow = &findings.synthesis.selection.flow;
    let mut step = |step: &str, reason: Option<&str>, n: u32| {
        rows.row(&[Cell::Text(step), Cell::maybe_text(reason), Cell::Count(n.into())]);
    };
    step("identified", None, flow.n_identified);
    step("duplicates removed", None, flow.n_duplicates);
    step("screened", None, flow.n_screened);
    flow.excluded_screening.iter().for_each(|(reason, n)| step("excluded at screening", Some(reason), *n));
    step("sought for retrieval", None, flow.n_sought);
    step("not retrieved", None, flow.n_not_retrieved);
    step("assessed for eligibility", None, flow.n_assessed);
    flow.excluded_eligibility.iter().for_each(|(reason, n)| step("excluded at eligibility", Some(reason), *n));
    step("included", None, flow.n_included);
    rows
}

/// A row for each theme of the published review, then for those that it does not name.
pub fn scorecard(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(SCORECARD);
    let Some(scorecard) = &findings.synthesis.scorecard else { return rows };
    let labels =
        |sources: &[(String, u32)]| sources.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>().join("; ");
    for theme in &scorecard.themes {
        let [low, high] = ends(theme.prevalence);
        rows.row(&[
            Cell::Text(&theme.theme_id),
            Cell::Text(&theme.label),
            Cell::Flag(true),
            Cell::Flag(theme.recovered),
            Cell::Text(&theme.rule),
            value(theme.prevalence),
            low,
            high,
            theme.rank.map_or(Cell::Empty, |rank| Cell::Count(rank.rank.into())),
            Cell::maybe(theme.rank.map(|rank| rank.share_held)),
            Cell::Text(&labels(&theme.confirmed)),
            Cell::Text(&labels(&theme.missed)),
            Cell::Text(&theme.absent.join("; ")),
        ]);
    }
    for unnamed in &scorecard.unnamed {
        let theme = &findings.lexicon.themes[unnamed.theme as usize];
        let [low, high] = ends(unnamed.prevalence);
        let names = [Cell::Text(&theme.id.0), Cell::Text(&theme.label), Cell::Flag(false), Cell::Empty, Cell::Empty];
        rows.row(&[&names[..], &[value(unnamed.prevalence), low, high], &[Cell::Empty; 5]].concat());
    }
    rows
}

/// A row for each input that was not, or not wholly, taken.
pub fn faults(findings: &Findings<'_>) -> Rows {
    let mut rows = Rows::new(FAULTS);
    for fault in findings.faults {
        rows.row(&[
            Cell::Text(&fault.path),
            fault.line.map_or(Cell::Empty, Cell::Count),
            Cell::Text(severity_word(fault.severity)),
            Cell::Text(&fault.what),
            Cell::maybe_text(fault.hint.as_deref()),
        ]);
    }
    rows
}
