//! Coders compared: with each other, and with us.
//!
//! Comes in: codings and verdicts from CSV, and our scores. Goes out: what each pattern's weight learns from people
//! (`Learned`); an `Agreement`: how far coders agree with each other (reliability) and how far we agree with them (validity),
//! for each unit that the codings allow, and every case of disagreement; and a `Card` of what each pattern does.
//! Invariants: no figure is measured on what it was learnt from; a coefficient that is not defined is `None`; a row that names what does not exist is listed, never dropped
//! in silence; the same bytes at any number of threads. Only `read` and the text behind positions touch the disk.

mod coding;
mod agreement;
mod settings;
mod read;
mod compare;
mod coefficients;
mod cases;
mod marks;
mod measure;
mod gain;
mod learn;
mod card;

pub use agreement::{
    Agreement, Average, Call, Disagreement, Gain, Judge, Learning, Reliability, StanceTable, UnitAgreement, Validity,
    ValidityScope,
};
pub use card::{Card, Flag, Line, PatternCard, card};
pub use coding::{CoderId, Coding, Codings, EvaluateError, HitVerdict, Place};
pub use compare::agreement;
pub use learn::{Belief, Judgements, Learned, learn};
pub use marks::{Marked, marks};
pub use read::read;
pub use settings::{CodedDocuments, CodingColumns, EvaluateSettings, LearnSettings, Unit, Weights};
