//! Theme files in, one matcher out: parse, check, compile.
//!
//! Comes in: theme files and cue lists. Goes out: a `Lexicon` whose matcher knows every pattern of every theme.
//! Invariants: a hit lies in one sentence; within a theme hits never share a token; themes are independent.
//! This room never sees a text: it is told the class of each token (`classify`) and answers with spans of tokens (`find`).

mod check;
mod classes;
mod classify;
mod compile;
mod engine;
mod exchange;
mod foreign;
mod hierarchy;
mod lists;
mod load;
mod matcher;
mod pattern;
mod quanteda;
mod settings;
mod theme;

pub use check::{Remark, RemarkKind, check, covered, dead};
pub use classes::{ClassId, CompoundClass, SentenceTokens, TokenClasses};
pub use classify::Classifier;
pub use compile::Lexicon;
pub use exchange::{
    Format, escaped, from_themes, guid, into_themes, read as read_foreign, theme_file, verbatim, write as write_foreign,
};
pub use foreign::{Category, Entry, Foreign, Loss, Reading};
pub use hierarchy::lineages;
pub use lists::near;
pub use load::{load, merged, theme_files};
pub use matcher::{Found, Scratch};
pub use quanteda::{Claim, Dictionary, KeyCase, Lookup, Replacing, Rest};
pub use settings::{LexiconSettings, LookupSettings, NestedScope, Semantics, ValueType};
pub use theme::{Example, LexiconError, Pattern, Stance, Theme, ThemeId};
