//! What the script of the page reads beside the passages: documents, and the figures that charts are drawn from.

use super::super::findings::Findings;
use super::super::tables::{dimension_word, stance_word};
use super::evidence::script_safe;
use super::held::{Held, opened_candidate, opened_outcome, shown_sources};
use super::parts::{between_coders, hundredths, of_theme, rounded, side_label, status_parts, told};
use crate::synthesis::{CellStatus, Concept, Estimate, EvidenceMap, Outcome, PassageRef, StanceCounts};
use serde::Serialize;

/// A figure and the ends of its interval.
type Figure = (f64, Option<f64>, Option<f64>);
/// Document, passage.
type Place = (u32, u32);
/// Row, column, documents, by status, passages to open, how many there are.
type CellData = (u32, u32, u32, [u32; 6], Vec<Place>, usize);

#[derive(Serialize)]
struct PageData<'a> {
    themes: Vec<ThemeData<'a>>,
    /// Text, weight.
    patterns: Vec<(&'a str, f64)>,
    documents: Vec<DocumentData<'a>>,
    columns: Vec<ColumnData<'a>>,
    /// Two themes, documents, passages, lift.
    pairs: Vec<(u16, u16, u32, u32, Option<Figure>)>,
    maps: Vec<MapData<'a>>,
    outcomes: Vec<OutcomeData<'a>>,
    names: Vec<ConceptData<'a>>,
    /// Label, passages to open, how many there are.
    sources: Vec<(&'a str, Vec<Place>, usize)>,
    candidates: Vec<CandidateData<'a>>,
    agreement: Vec<AgreementData<'a>>,
}

#[derive(Serialize)]
struct ThemeData<'a> {
    id: &'a str,
    label: &'a str,
    n: u32,
    prevalence: Option<Figure>,
    /// Documents in which it is a barrier, a facilitator, both, a mention.
    stances: [u32; 4],
}

#[derive(Serialize)]
struct ColumnData<'a> {
    name: &'a str,
    groups: Vec<GroupData<'a>>,
}

#[derive(Serialize)]
struct GroupData<'a> {
    value: &'a str,
    n: u32,
    /// For each theme documents that have it, prevalence and its interval.
    themes: Vec<(u32, f64, Option<f64>, Option<f64>)>,
}

#[derive(Serialize)]
struct MapData<'a> {
    sides: [&'static str; 2],
    rows: Vec<&'a str>,
    columns: Vec<&'a str>,
    cells: Vec<CellData>,
}

#[derive(Serialize)]
struct OutcomeData<'a> {
    label: &'a str,
    n: u32,
    status: [u32; 6],
    /// Document, passage, status.
    passages: Vec<(u32, u32, usize)>,
}

#[derive(Serialize)]
struct ConceptData<'a> {
    label: &'a str,
    variants: Vec<NameData<'a>>,
}

#[derive(Serialize)]
struct NameData<'a> {
    name: &'a str,
    n: usize,
    n_hits: u32,
    /// Whether there may be more passages than are opened.
    cut: bool,
    passages: Vec<Place>,
}

#[derive(Serialize)]
struct CandidateData<'a> {
    label: &'a str,
    prevalence: Figure,
    /// Documents, each of which speaks for it once.
    n: u32,
    passages: Vec<Place>,
}

#[derive(Serialize)]
struct AgreementData<'a> {
    theme: usize,
    label: &'a str,
    ours: Option<Figure>,
    coders: Option<Figure>,
}

#[derive(Serialize)]
struct DocumentData<'a> {
    id: &'a str,
    title: Option<&'a str>,
    year: Option<i32>,
    kind: Option<&'a str>,
    authors: String,
    publication: Option<&'a str>,
    doi: Option<&'a str>,
    url: Option<&'a str>,
    source: &'a str,
    passages: u32,
    /// Passages with a hit.
    hit: usize,
    /// Why it is not included.
    excluded: Option<&'a str>,
    /// For each theme its score in hundredths and, where it has the theme, its stance.
    scores: Vec<(u32, Option<&'static str>)>,
    /// For each column the group that it is in.
    groups: Vec<Option<usize>>,
}

/// Everything that is not a passage.
pub fn page_data(findings: &Findings<'_>, held: &Held) -> String {
    let synthesis = findings.synthesis;
    let groups = groups(findings);
    let documents = 0..findings.index.documents().len();
    script_safe(&PageData {
        themes: themes(findings),
        patterns: findings
            .lexicon
            .patterns
            .iter()
            .map(|pattern| (pattern.text.as_str(), rounded(pattern.weight)))
            .collect(),
        documents: documents.zip(groups).map(|(document, groups)| document_data(findings, document, groups)).collect(),
        columns: columns(findings),
        pairs: synthesis
            .co_occurrences
            .iter()
            .map(|pair| (pair.theme_a, pair.theme_b, pair.n_documents, pair.n_passages, pair.lift.map(figure)))
            .collect(),
        maps: synthesis.maps.iter().map(|map| map_data(findings, map, held)).collect(),
        outcomes: synthesis.outcomes.iter().map(|outcome| outcome_data(outcome, held)).collect(),
        names: synthesis.concepts.iter().zip(held.names()).map(|concept| concept_data(concept, held)).collect(),
        sources: shown_sources(findings)
            .map(|(_, source)| (source.label.as_str(), places(&source.passages, held), source.passages.len()))
            .collect(),
        candidates: candidates(findings, held),
        agreement: agreement(findings),
    })
}

fn themes<'a>(findings: &Findings<'a>) -> Vec<ThemeData<'a>> {
    let theme = |finding: &crate::synthesis::ThemeFinding| {
        let theme = &findings.lexicon.themes[finding.theme as usize];
        let StanceCounts { n_barrier, n_facilitator, n_both, n_mention } = finding.document_stances;
        ThemeData {
            id: &theme.id.0,
            label: &theme.label,
            n: finding.n_documents,
            prevalence: finding.prevalence.map(figure),
            stances: [n_barrier, n_facilitator, n_both, n_mention],
        }
    };
    findings.synthesis.themes.iter().map(theme).collect()
}

fn columns<'a>(findings: &Findings<'a>) -> Vec<ColumnData<'a>> {
    let group = |group: &'a crate::synthesis::Group| {
        let theme = |theme: &crate::synthesis::GroupTheme| {
            let (value, low, high) = figure(told(theme.prevalence, group.n_documents));
            (theme.n_documents, value, low, high)
        };
        GroupData { value: &group.value, n: group.n_documents, themes: group.themes.iter().map(theme).collect() }
    };
    let breakdowns = findings.synthesis.breakdowns.iter();
    breakdowns
        .map(|column| ColumnData { name: &column.column, groups: column.groups.iter().map(group).collect() })
        .collect()
}

/// For each document and column the group that it is in.
fn groups(findings: &Findings<'_>) -> Vec<Vec<Option<usize>>> {
    let breakdowns = &findings.synthesis.breakdowns;
    let mut of = vec![vec![None; breakdowns.len()]; findings.index.documents().len()];
    for (column, breakdown) in breakdowns.iter().enumerate() {
        for (place, group) in breakdown.groups.iter().enumerate() {
            for &document in &group.documents {
                of[document as usize][column] = Some(place);
            }
        }
    }
    of
}

fn map_data<'a>(findings: &Findings<'a>, map: &'a EvidenceMap, held: &Held) -> MapData<'a> {
    let sides = [dimension_word(map.row_dimension), dimension_word(map.column_dimension)];
    let labels =
        |side: &'static str, names: &'a [String]| names.iter().map(|name| side_label(findings, side, name)).collect();
    let cells = map.cells.iter();
    MapData {
        sides,
        rows: labels(sides[0], &map.rows),
        columns: labels(sides[1], &map.columns),
        cells: cells
            .map(|cell| {
                let (opened, status) = (places(&cell.passages, held), statuses(cell.status));
                (cell.row, cell.column, cell.n_documents, status, opened, cell.passages.len())
            })
            .collect(),
    }
}

fn statuses(status: CellStatus) -> [u32; 6] {
    status_parts(status).map(|(_, _, n)| n)
}

fn outcome_data<'a>(outcome: &'a Outcome, held: &Held) -> OutcomeData<'a> {
    let passages = opened_outcome(outcome, held.n_opened());
    OutcomeData {
        label: &outcome.label,
        n: outcome.n_documents,
        status: statuses(outcome.status),
        passages: passages.map(|(at, status)| (at.document, at.passage, super::parts::status_place(status))).collect(),
    }
}

fn concept_data<'a>((concept, names): (&'a Concept, &'a Vec<Vec<PassageRef>>), held: &Held) -> ConceptData<'a> {
    let name = |(variant, passages): (&'a crate::synthesis::Variant, &Vec<PassageRef>)| NameData {
        name: &variant.name,
        n: variant.uses.len(),
        n_hits: variant.n_hits,
        cut: passages.len() == held.n_opened(),
        passages: passages.iter().map(|at| (at.document, at.passage)).collect(),
    };
    ConceptData { label: &concept.label, variants: concept.variants.iter().zip(names).map(name).collect() }
}

fn candidates<'a>(findings: &Findings<'a>, held: &Held) -> Vec<CandidateData<'a>> {
    let candidate = |candidate: &'a crate::discover::CandidateTheme| CandidateData {
        label: &candidate.label,
        prevalence: (
            rounded(candidate.prevalence),
            Some(rounded(candidate.prevalence_interval.0)),
            Some(rounded(candidate.prevalence_interval.1)),
        ),
        n: candidate.n_documents,
        passages: places(&opened_candidate(candidate, held.n_opened()), held),
    };
    findings.candidates.themes.iter().map(candidate).collect()
}

fn agreement<'a>(findings: &Findings<'a>) -> Vec<AgreementData<'a>> {
    let Some(unit) = findings.agreement.and_then(|agreement| agreement.units.first()) else { return Vec::new() };
    let f1 = |validity: Option<&crate::evaluate::Validity>| validity.and_then(|validity| validity.f1).map(figure);
    let row = |(theme, known): (usize, &'a crate::lexicon::Theme)| AgreementData {
        theme,
        label: &known.label,
        ours: f1(of_theme(unit, &known.id.0)),
        coders: f1(between_coders(unit, &known.id.0)),
    };
    findings.lexicon.themes.iter().enumerate().map(row).collect()
}

fn document_data<'a>(findings: &Findings<'a>, document: usize, groups: Vec<Option<usize>>) -> DocumentData<'a> {
    let known = &findings.index.documents()[document];
    let metadata = &known.metadata;
    let found = &findings.scores.documents[document];
    let excluded = findings.synthesis.selection.documents[document].excluded.as_ref();
    let score = |score: &crate::score::ThemeScore| {
        (hundredths(score.score) as u32, score.has_theme.then(|| stance_word(score.stance)))
    };
    DocumentData {
        id: &known.id.0,
        title: metadata.title.as_deref(),
        year: metadata.year,
        kind: metadata.kind.as_deref(),
        authors: metadata.authors.join(", "),
        publication: metadata.publication.as_deref(),
        doi: metadata.doi.as_deref(),
        url: metadata.url.as_deref(),
        source: &known.source,
        passages: known.n_passages,
        hit: found.passages.chunk_by(|a, b| a.passage == b.passage).count(),
        excluded: excluded.map(|reason| reason.text.as_str()),
        scores: found.themes.iter().map(|theme| score(&theme.score)).collect(),
        groups,
    }
}

fn figure(estimate: Estimate) -> Figure {
    let interval = estimate.interval;
    let end = |end: fn(crate::synthesis::Interval) -> f64| interval.map(|interval| rounded(end(interval)));
    (rounded(estimate.value), end(|interval| interval.low), end(|interval| interval.high))
}

fn places(passages: &[PassageRef], held: &Held) -> Vec<Place> {
    passages.iter().take(held.n_opened()).map(|at| (at.document, at.passage)).collect()
}
