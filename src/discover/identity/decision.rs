//! What people have decided about candidates, as it is kept beside the study. Nouns, and how they are read and written.

use super::known::{KnownCandidate, Trace};
use serde::{Deserialize, Serialize};

/// What a person makes of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A theme.
    Accepted,
    /// The same under another name, which it keeps.
    Renamed,
    /// Nothing; it is not to come back.
    Dismissed,
}

impl Verdict {
    /// In words, as in the file.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Accepted => "accepted",
            Verdict::Renamed => "renamed",
            Verdict::Dismissed => "dismissed",
        }
    }
}

/// One decision, with what the candidate is recognized by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The name of the candidate; where it was renamed, the new one; where it was accepted, the theme's id.
    pub name: String,
    /// The name that it was born with.
    #[serde(default)]
    pub first_name: String,
    /// What it spoke of, for people.
    #[serde(default)]
    pub label: String,
    /// When it was decided.
    #[serde(default)]
    pub decided: String,
    /// What it is recognized by.
    pub trace: Trace,
}

impl Decision {
    /// Whether it was made of this candidate.
    pub fn is_of(&self, known: &KnownCandidate) -> bool {
        self.first_name == known.first_name || self.name == known.name
    }
}

/// Everything that has been decided about the candidates of a study.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Decisions {
    /// Made a theme; in force as long as the lexicon has that theme.
    pub accepted: Vec<Decision>,
    /// Given another name.
    pub renamed: Vec<Decision>,
    /// Not to come back.
    pub dismissed: Vec<Decision>,
}

impl Decisions {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = (Verdict, &Decision)> {
        let accepted = self.accepted.iter().map(|decision| (Verdict::Accepted, decision));
        let renamed = self.renamed.iter().map(|decision| (Verdict::Renamed, decision));
        let dismissed = self.dismissed.iter().map(|decision| (Verdict::Dismissed, decision));
        accepted.chain(renamed).chain(dismissed)
    }

    /// How many candidates may have to be passed over.
    pub fn n_hidden(&self) -> usize {
        self.accepted.len() + self.dismissed.len()
    }
}
