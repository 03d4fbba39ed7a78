//! Themes and their patterns, and what can be wrong in them. Nouns only.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Name of a theme, unique in its lexicon and kept for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ThemeId(pub String);

impl std::fmt::Display for ThemeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a passage says of a theme.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// It hinders.
    Barrier,
    /// It helps.
    Facilitator,
    /// It is said to do both.
    Both,
    /// It is there as a subject, with no claim.
    #[default]
    Mention,
}

/// One expression of a theme, in the pattern language.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The pattern as written.
    pub text: String,
    /// How far the pattern alone is to be believed: its precision, 0 to 1.
    pub weight: f64,
    /// The stance that its words carry themselves, as "uncertain funding" does.
    pub stance: Option<Stance>,
    /// Line of the theme file, the first being 1; 0 where there is no file.
    pub line: u32,
}

/// A sentence that holds a theme to account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Line of the theme file, the first being 1; 0 where there is no file.
    pub line: u32,
}

/// One named category: its meaning, its patterns, and sentences that hold it to account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// What people call it.
    pub label: String,
    /// What it means.
    pub definition: String,
    /// Guidance for coders: what belongs to it.
    pub include: Vec<String>,
    /// Guidance for coders: what does not.
    pub exclude: Vec<String>,
    /// The theme that it is a part of, if any: a theme's score is that of its sub-themes and its own patterns together, and
    /// a coder who finds a sub-theme finds it too.
    pub parent: Option<ThemeId>,
    /// What gives a hit.
    pub patterns: Vec<Pattern>,
    /// Where a hit of this theme lies inside a span of one of these, it does not count.
    pub except: Vec<Pattern>,
    /// Sentences that must be scored.
    pub examples: Vec<Example>,
    /// Sentences that must not be scored.
    pub counter_examples: Vec<Example>,
    /// The file it came from.
    pub file: PathBuf,
}

/// What is wrong in a theme file or cue list, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LexiconError {
    /// The file; empty where there is none, as for a query.
    pub file: PathBuf,
    /// The line, the first being 1; 0 where it is the file as a whole.
    pub line: u32,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub hint: String,
}

impl std::error::Error for LexiconError {}

impl std::fmt::Display for LexiconError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.file.as_os_str().is_empty(), self.line) {
            (true, _) => {}
            (false, 0) => write!(f, "{}: ", self.file.display())?,
            (false, line) => write!(f, "{}:{line}: ", self.file.display())?,
        }
        write!(f, "{}\n  hint: {}", self.what, self.hint)
    }
}
