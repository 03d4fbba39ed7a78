//! What changed since the run before, as it is written. Nouns only.

/// How many of the documents that count have a theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountedShare {
    /// Documents that have it.
    pub n_with: usize,
    /// Documents that count.
    pub n_of: usize,
}

impl CountedShare {
    /// In tenths of a per cent, rounded to the nearest; where nothing counts, 0. Differences of these sum as exactly as the
    /// shares themselves.
    pub fn tenths(self) -> i64 {
        if self.n_of == 0 { 0 } else { ((2000 * self.n_with + self.n_of) / (2 * self.n_of)) as i64 }
    }
}

/// A document behind a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedDocument {
    /// Its name.
    pub id: String,
    /// Its place in this run, where it is in it.
    pub place: Option<usize>,
    /// The patterns that made it so.
    pub patterns: Vec<String>,
}

/// One part of a theme's change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangePart {
    /// Why, in words.
    pub cause: &'static str,
    /// Before this part.
    pub before: CountedShare,
    /// After it.
    pub after: CountedShare,
    /// Documents that have the theme after it, and did not before.
    pub gained: Vec<ChangedDocument>,
    /// Documents that had it before, and do not after.
    pub lost: Vec<ChangedDocument>,
}

/// The change of one theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangedTheme {
    /// Its id.
    pub id: String,
    /// What people call it; the id where the theme is gone.
    pub label: String,
    /// Before; `None` where there was no such theme.
    pub before: Option<CountedShare>,
    /// Now; `None` where there is no such theme.
    pub after: Option<CountedShare>,
    /// Its rank before, the first being 1.
    pub rank_before: Option<usize>,
    /// Its rank now.
    pub rank_after: Option<usize>,
    /// The interval that it had before, where its share now lies outside of it.
    pub left: Option<(f64, f64)>,
    /// The parts of its change: each begins where the one before it ended.
    pub parts: Vec<ChangePart>,
}

/// What became of a candidate theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedCandidate {
    /// What became of it, in a word or a few: "new", "grown".
    pub what: &'static str,
    /// The name that it keeps.
    pub name: String,
    /// What it speaks of.
    pub label: String,
    /// Its id on the page of this run, where that proposes it.
    pub id: Option<String>,
    /// Documents and passages that had it before; `None` where it was not proposed.
    pub before: Option<(u32, u32)>,
    /// The same now.
    pub after: Option<(u32, u32)>,
    /// Documents that have it now and did not before.
    pub gained: Vec<ChangedDocument>,
    /// Documents that had it before and do not now.
    pub lost: Vec<ChangedDocument>,
    /// When it was first seen, where that was before this run.
    pub first_seen: Option<String>,
}

/// What there is to compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Before {
    /// This is the first run.
    #[default]
    Nothing,
    /// There is a run before, and it could not be read back: why.
    Unread(String),
    /// The run of this name.
    Run(String),
}

/// What changed since the run before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The run before.
    pub before: Before,
    /// Documents before, and now.
    pub n_documents: (usize, usize),
    /// Documents that are new.
    pub added: Vec<ChangedDocument>,
    /// Documents that are gone.
    pub removed: Vec<ChangedDocument>,
    /// Documents with other text or fields.
    pub changed: Vec<ChangedDocument>,
    /// Documents with another name and the same content: the old name, and the document.
    pub renamed: Vec<(String, ChangedDocument)>,
    /// What else is not as it was, in words.
    pub causes: Vec<&'static str>,
    /// The themes of either run, by id.
    pub themes: Vec<ChangedTheme>,
    /// The candidate themes that are not as they were: new ones first, those that are gone last.
    pub candidates: Vec<ChangedCandidate>,
}
