//! How far coders agree. Nouns only.

use super::coding::CoderId;
use super::settings::Unit;
use crate::corpus::{DocumentId, Fault};
use crate::lexicon::{Stance, ThemeId};
use crate::synthesis::{Estimate, PassageRef};
use serde::Serialize;

/// What ours is held against.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Judge {
    /// One coder.
    Coder(CoderId),
    /// What more than half of the coders who judged the unit say; a unit that splits them evenly is left out.
    Consensus,
}

/// Over what a figure is taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Average {
    /// All judgements of all themes in one table.
    Micro,
    /// The mean of the themes' figures that are defined.
    Macro,
}

/// What a figure speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ValidityScope {
    /// One theme.
    Theme(ThemeId),
    /// All themes that both the lexicon and the coders have.
    All(Average),
}

/// How far coders agree with each other on whether a theme is there (nominal: yes or no).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reliability {
    /// The theme; `None` where every theme of every unit is a judgement in one table.
    pub theme: Option<ThemeId>,
    /// The coders compared: all of them, or a pair.
    pub coders: Vec<CoderId>,
    /// Units that at least two of them judged.
    pub n_units: u32,
    /// Judgements that say yes, by coder, in their order.
    pub n_yes: Vec<u32>,
    /// Of the pairs of judgements of a unit, the share that are the same, 0 to 1: the mean over the units that at least two of
    /// them judged, each unit counting once, however many did.
    pub percent_agreement: Option<Estimate>,
    /// Cohen's kappa; for two coders only.
    pub cohen_kappa: Option<Estimate>,
    /// Fleiss' kappa; missing judgements allowed.
    pub fleiss_kappa: Option<Estimate>,
    /// Krippendorff's alpha; missing judgements allowed.
    pub krippendorff_alpha: Option<Estimate>,
    /// Krippendorff's unitising alpha, by character: do they mark the same stretches of text? At `Unit::Character` only.
    pub unitizing_alpha: Option<Estimate>,
    /// Gwet's AC1; missing judgements allowed.
    pub gwet_ac1: Option<Estimate>,
}

/// How far we agree with a judge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Validity {
    /// The judge.
    pub judge: Judge,
    /// What the figures speak of.
    pub scope: ValidityScope,
    /// Units compared (units × themes, for all themes).
    pub n_units: u32,
    /// Both say yes.
    pub n_true_positive: u32,
    /// Only we say yes.
    pub n_false_positive: u32,
    /// Only the judge says yes.
    pub n_false_negative: u32,
    /// Both say no.
    pub n_true_negative: u32,
    /// Of what we found, the share that the judge found too; `None` where we found nothing.
    pub precision: Option<Estimate>,
    /// Of what the judge found, the share that we found too; `None` where the judge found nothing.
    pub recall: Option<Estimate>,
    /// Harmonic mean of both, `2 TP / (2 TP + FP + FN)`; `None` where neither found anything.
    pub f1: Option<Estimate>,
    /// Cohen's kappa between us and the judge.
    pub cohen_kappa: Option<Estimate>,
}

/// Agreement at one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitAgreement {
    /// The unit.
    pub unit: Unit,
    /// Documents whose units are compared.
    pub n_documents: u32,
    /// Among coders: all together, then every pair where there are more than two; over all themes, then by theme.
    pub reliability: Vec<Reliability>,
    /// Coders held against each other as we are: precision, recall and F1 of one coder with another as the judge. The
    /// F1 of two coders is the same both ways, and the mark that ours is to be measured by.
    pub between_coders: Vec<(CoderId, Validity)>,
    /// Ours against each coder, then against their consensus; micro, macro, then by theme.
    pub validity: Vec<Validity>,
}

/// Stances of two parties where both found the theme in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StanceTable {
    /// The rows: `None` is ours.
    pub rows: Option<CoderId>,
    /// The columns.
    pub columns: CoderId,
    /// Documents × themes by stance: barrier, facilitator, both, mention; `counts[row][column]`.
    pub counts: [[u32; 4]; 4],
    /// Cases in all.
    pub n: u32,
    /// Share on the diagonal, 0 to 1; `None` where there are no cases.
    pub percent_agreement: Option<Estimate>,
    /// Cohen's kappa over the four stances.
    pub cohen_kappa: Option<Estimate>,
}

/// What one party says of a theme in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Call {
    /// Who; `None` is ours.
    pub coder: Option<CoderId>,
    /// Whether it is there; `None` where the party did not judge the document.
    pub found: Option<bool>,
    /// What is said of it, where it is there.
    pub stance: Option<Stance>,
    /// The passages that show it, ascending; empty where none is named.
    pub passages: Vec<PassageRef>,
}

/// A document and theme on which not everybody says the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disagreement {
    /// The document.
    pub document: DocumentId,
    /// The theme.
    pub theme: ThemeId,
    /// Ours first, then the coders in their order.
    pub calls: Vec<Call>,
}

/// What learning from people does to F1 against one judge: the judged documents scored by the weights of the theme files,
/// and again by what the documents of the other parts teach.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gain {
    /// What is judged.
    pub unit: Unit,
    /// The judge.
    pub judge: Judge,
    /// What the figures speak of.
    pub scope: ValidityScope,
    /// Units compared (units × themes, for all themes).
    pub n_units: u32,
    /// F1 by the written weights; `None` where neither party found anything.
    pub written: Option<Estimate>,
    /// F1 by weights that were learnt without the document that they score.
    pub learned: Option<Estimate>,
    /// The second less the first, its interval over the same resamples of documents.
    pub change: Option<Estimate>,
}

/// How learning from people was tried, and what it came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Learning {
    /// Whether the scores believe the learnt weights. Then every other figure of the agreement holds scores against the
    /// coders that were learnt without the document in question.
    pub is_used: bool,
    /// Into how many parts the documents were dealt.
    pub n_folds: u32,
    /// Documents of which people judged a pattern.
    pub n_documents: u32,
    /// By unit, judge and scope, in the order of the validities.
    pub gains: Vec<Gain>,
}

/// How far coders agree with each other, and we with them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The coders, sorted.
    pub coders: Vec<CoderId>,
    /// What a reader must know of them, from the settings.
    pub about_the_coders: String,
    /// Themes that both the lexicon and the coders have: what is compared. In the order of the lexicon.
    pub themes: Vec<ThemeId>,
    /// Themes that coders have and the lexicon has not, with their number of codings, by id.
    pub themes_without_lexicon: Vec<(ThemeId, u32)>,
    /// Themes of the lexicon that no coder names.
    pub themes_without_codings: Vec<ThemeId>,
    /// One for each unit of the settings that the codings allow, in their order.
    pub units: Vec<UnitAgreement>,
    /// Ours with each coder, then every pair of coders.
    pub stances: Vec<StanceTable>,
    /// Every disagreement on presence in a document, by document, then theme.
    pub disagreements: Vec<Disagreement>,
    /// What learning from people does; `None` where nobody judged a pattern, or in one document only.
    pub learning: Option<Learning>,
    /// Rows of the codings that name what does not exist, and rows that could not be read.
    pub faults: Vec<Fault>,
}
