//! Reads codings.

use super::coding::{Codings, EvaluateError};
use super::settings::EvaluateSettings;

/// Reads the codings files of the settings, in their order.
///
/// A row that cannot be taken (too few fields, no coder or document, an unknown stance, a position that is no number) is
/// a fault and costs itself alone. Whether documents and themes exist is seen to by `agreement`.
///
/// # Errors
/// A file cannot be read, or lacks the column of coders, documents or themes.
pub fn read(settings: &EvaluateSettings) -> Result<Codings, EvaluateError> {
    let _ = settings;
    todo!()
}
