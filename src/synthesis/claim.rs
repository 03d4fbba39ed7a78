//! What is claimed, by whom, about what: sources, words, outcomes, selection. Nouns only.

use super::evidence::{CitedWork, Status};
use super::finding::{Estimate, PassageRef, RankFinding};
use super::settings::Dimension;
use serde::Serialize;

/// A cited source within one theme.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitedTheme {
    /// The theme.
    pub theme: u16,
    /// Documents that cite the source in a passage that has the theme.
    pub n_documents: u32,
    /// Those passages, ascending.
    pub passages: Vec<PassageRef>,
}

/// A source that the included documents cite.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitedSource {
    /// How it is written most often, for example `Sloper 2004`.
    pub label: String,
    /// What is known of it.
    pub work: CitedWork,
    /// The corpus document that it is, where author, year and title leave no doubt.
    pub document: Option<u32>,
    /// For a number that no reference list resolves: the document whose numbering it belongs to.
    pub numbered_in: Option<u32>,
    /// Documents that cite it (itself not counted).
    pub n_documents: u32,
    /// Passages that cite it, ascending.
    pub passages: Vec<PassageRef>,
    /// The themes of those passages, ascending by theme.
    pub themes: Vec<CitedTheme>,
}

/// One document's use of one variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct VariantUse {
    /// The document.
    pub document: u32,
    /// How often it uses the variant.
    pub n_hits: u32,
}

/// One name of a concept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// The name.
    pub name: String,
    /// How often it is used.
    pub n_hits: u32,
    /// Who uses it, ascending by document.
    pub uses: Vec<VariantUse>,
}

/// Two names of a concept in the same documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct VariantPair {
    /// Index of one variant.
    pub variant_a: u16,
    /// Index of the other; always the greater.
    pub variant_b: u16,
    /// Documents that use both.
    pub n_documents: u32,
    /// Passages that use both: the two stand for one another, or are told apart.
    pub n_passages: u32,
}

/// A sentence that says what a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// The passage.
    pub passage: PassageRef,
    /// Index of the variant.
    pub variant: u16,
}

/// A concept and its names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Concept {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its names, in their order.
    pub variants: Vec<Variant>,
    /// Documents that use any of them.
    pub n_documents: u32,
    /// Documents that use two or more.
    pub n_documents_several: u32,
    /// Names that meet in a document, ascending.
    pub pairs: Vec<VariantPair>,
    /// Sentences that define one, ascending.
    pub definitions: Vec<Definition>,
}

/// How many documents say what of an outcome. A document counts once, with its strongest status: found (positive, or
/// none and negative; both where it reports both) before lacking, before anticipated, before unstated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CellStatus {
    /// Found, and positive.
    pub n_positive: u32,
    /// Looked for, and found none or negative.
    pub n_negative: u32,
    /// Both positive and negative findings in one document.
    pub n_mixed: u32,
    /// Said to be lacking.
    pub n_lacking: u32,
    /// Hoped for or expected.
    pub n_anticipated: u32,
    /// Spoken of, with no claim.
    pub n_unstated: u32,
}

/// One outcome over the included documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Documents that speak of it.
    pub n_documents: u32,
    /// Those documents by status.
    pub status: CellStatus,
    /// Passages about it with their status, ascending.
    pub passages: Vec<(PassageRef, Status)>,
}

/// One cell of an evidence map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapCell {
    /// Index into `EvidenceMap::rows`.
    pub row: u32,
    /// Index into `EvidenceMap::columns`.
    pub column: u32,
    /// Documents that have both; at least 1.
    pub n_documents: u32,
    /// Passages that have both, where both sides are of passages (themes, outcomes).
    pub n_passages_both: u32,
    /// Those documents by status of the outcome; all `n_unstated` on a map without outcomes.
    pub status: CellStatus,
    /// The passages behind the cell, document by document: those that have both, then those of the column; where only one
    /// side is of passages, those of that side.
    pub passages: Vec<PassageRef>,
}

/// Where the evidence lies, and where it is missing: a pair that no cell names is a gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceMap {
    /// What the rows are.
    pub row_dimension: Dimension,
    /// What the columns are.
    pub column_dimension: Dimension,
    /// Names of the rows (theme ids, outcome ids, values).
    pub rows: Vec<String>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The cells that hold a document, by row, then column.
    pub cells: Vec<MapCell>,
}

/// The stage of the PRISMA 2020 flow at which a document leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Before screening: a duplicate.
    Duplicate,
    /// Screening: by its fields alone.
    Screening,
    /// Eligibility: by its text.
    Eligibility,
}

/// Why a document is not included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Where it leaves.
    pub stage: Stage,
    /// The reason as it is read in the flow.
    pub text: String,
    /// For a duplicate: the document that is kept.
    pub kept: Option<u32>,
}

/// What was decided about one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SelectionOutcome {
    /// Why it is excluded; `None` where it is included.
    pub excluded: Option<Reason>,
}

/// Counts of the PRISMA 2020 flow diagram, drawn from the run itself.
///
/// `n_identified = n_duplicates + n_screened`; `n_screened = n_excluded_screening + n_sought`;
/// `n_sought = n_not_retrieved + n_assessed`; `n_assessed = excluded_eligibility + n_included`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PrismaFlow {
    /// Records identified: documents and sources that could not be read.
    pub n_identified: u32,
    /// Duplicates removed before screening.
    pub n_duplicates: u32,
    /// Records screened.
    pub n_screened: u32,
    /// Excluded by their fields, by reason, in order of the rules.
    pub excluded_screening: Vec<(String, u32)>,
    /// Reports sought for retrieval.
    pub n_sought: u32,
    /// Reports that could not be read.
    pub n_not_retrieved: u32,
    /// Reports assessed for eligibility.
    pub n_assessed: u32,
    /// Excluded by their text, by reason, in order of the rules.
    pub excluded_eligibility: Vec<(String, u32)>,
    /// Included.
    pub n_included: u32,
}

/// Which documents are included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Selection {
    /// One for each document of the index, in its order.
    pub documents: Vec<SelectionOutcome>,
    /// The flow.
    pub flow: PrismaFlow,
}

/// One theme of a published review, as this run finds it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recovery {
    /// What the review calls it.
    pub label: String,
    /// Its id in the study.
    pub theme_id: String,
    /// The theme; `None` where the lexicon has none of that id.
    pub theme: Option<u16>,
    /// Whether it is recovered.
    pub recovered: bool,
    /// The rule, with the figures that met or failed it, in a sentence.
    pub rule: String,
    /// Prevalence, as in `ThemeFinding`.
    pub prevalence: Option<Estimate>,
    /// Rank, as in `ThemeFinding`.
    pub rank: Option<RankFinding>,
    /// The review's sources that are in the corpus and have the theme here; where a label fits several documents, one of them
    /// that has it.
    pub confirmed: Vec<(String, u32)>,
    /// The review's sources that are in the corpus and do not have the theme here.
    pub missed: Vec<(String, u32)>,
    /// The review's sources that are not in the corpus.
    pub absent: Vec<String>,
}

/// A theme that the review does not name, but the literature carries as strongly as the weakest recovered one that it does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnnamedTheme {
    /// The theme.
    pub theme: u16,
    /// Its prevalence.
    pub prevalence: Option<Estimate>,
}

/// The comparison with a published review.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scorecard {
    /// How the review is cited.
    pub citation: String,
    /// Its themes, in its order.
    pub themes: Vec<Recovery>,
    /// Themes that it does not name, by prevalence, descending.
    pub unnamed: Vec<UnnamedTheme>,
}
