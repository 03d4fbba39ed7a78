//! The words that tables and page use for what the rooms tell apart.

use crate::corpus::Severity;
use crate::evaluate::{Average, Judge, Unit, ValidityScope};
use crate::lexicon::Stance;
use crate::synthesis::{Dimension, Stage, Status};

/// The word for a stance.
pub fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Barrier => "barrier",
        Stance::Facilitator => "facilitator",
        Stance::Both => "both",
        Stance::Mention => "mention",
    }
}

/// The word for what is said of an outcome.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Lacking => "lacking",
        Status::Negative => "negative",
        Status::Positive => "positive",
        Status::Anticipated => "anticipated",
        Status::Unstated => "unstated",
    }
}

/// The word for a side of an evidence map.
pub fn dimension_word(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Theme => "theme",
        Dimension::Outcome => "outcome",
        Dimension::Kind => "kind",
        Dimension::Year => "year",
        Dimension::Period => "period",
    }
}

/// The word for the stage at which a document leaves.
pub fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Duplicate => "duplicate",
        Stage::Screening => "screening",
        Stage::Eligibility => "eligibility",
    }
}

/// The word for how far a fault went.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Skipped => "skipped",
        Severity::Cut => "cut",
        Severity::Degraded => "degraded",
    }
}

/// The word for what is judged.
pub fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Document => "document",
        Unit::Passage => "passage",
        Unit::Sentence => "sentence",
        Unit::Character => "character",
    }
}

/// The name of a judge.
pub fn judge_word(judge: &Judge) -> &str {
    match judge {
        Judge::Coder(coder) => &coder.0,
        Judge::Consensus => "consensus",
    }
}

/// The name of what a figure of validity speaks of.
pub fn scope_word(scope: &ValidityScope) -> &str {
    match scope {
        ValidityScope::Theme(theme) => &theme.0,
        ValidityScope::All(Average::Micro) => "all (micro)",
        ValidityScope::All(Average::Macro) => "all (macro)",
    }
}
