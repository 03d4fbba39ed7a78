//! Coders compared: with each other, and with us.
//!
//! Comes in: codings from CSV, and our scores. Goes out: an `Agreement`: how far coders agree with each other (reliability)
//! and how far we agree with them (validity), for each unit that the codings allow, and every case of disagreement.
//! Invariants: a coefficient that is not defined is `None`; a row that names what does not exist is listed, never dropped
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

pub use agreement::{
    Agreement, Average, Call, Disagreement, Judge, Reliability, StanceTable, UnitAgreement, Validity, ValidityScope,
};
pub use coding::{CoderId, Coding, Codings, EvaluateError, Place};
pub use compare::agreement;
pub use marks::{Marked, marks};
pub use read::read;
pub use settings::{CodedDocuments, CodingColumns, EvaluateSettings, Unit};
