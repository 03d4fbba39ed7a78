//! Reads theme files.

use super::compile::Lexicon;
use super::settings::LexiconSettings;
use crate::text::Analyzer;
use std::path::PathBuf;

/// What is wrong in a theme file or cue list, where, and how to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: {what}\n  hint: {hint}", file.display())]
pub struct LexiconError {
    /// The file.
    pub file: PathBuf,
    /// The line, the first being 1.
    pub line: u32,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub hint: String,
}

/// Reads every theme file of the settings' folders and compiles all patterns into one matcher.
///
/// # Errors
/// All errors of all files, so that they can be mended in one go.
pub fn load(settings: &LexiconSettings, analyzer: &Analyzer) -> Result<Lexicon, Vec<LexiconError>> {
    let _ = (settings, analyzer);
    todo!()
}

/// A lexicon of one theme made of one pattern, for a search; the settings' cue lists can be named in it.
///
/// # Errors
/// The pattern cannot be compiled.
pub fn query(pattern: &str, settings: &LexiconSettings, analyzer: &Analyzer) -> Result<Lexicon, Vec<LexiconError>> {
    let _ = (pattern, settings, analyzer);
    todo!()
}
