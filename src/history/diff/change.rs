//! What changed between two runs. Nouns only.

use super::super::record::RunId;
use super::candidates::CandidateChanges;
use super::snapshot::{Pair, Themes};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Why a share moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Documents are gone.
    RemovedDocuments,
    /// Documents have come.
    NewDocuments,
    /// Documents have other words than before.
    ChangedDocuments,
    /// Documents that stayed count now, or no longer do, because others came or went (versions of one work).
    Selection,
    /// Another version of the program or its analyzer.
    Program,
    /// Settings of the study other than its lexicon.
    Settings,
    /// Theme files and cue lists.
    Lexicon,
    /// The coders' judgements.
    Codings,
    /// Several of these together, that cannot be told apart since the index no longer holds the document, or the theme
    /// files of the older run were not kept.
    Together,
    /// Nothing that the records name.
    Unexplained,
}

impl Cause {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Cause::RemovedDocuments => "removed documents",
            Cause::NewDocuments => "new documents",
            Cause::ChangedDocuments => "changed documents",
            Cause::Selection => "documents counted otherwise",
            Cause::Program => "program or analyzer",
            Cause::Settings => "settings",
            Cause::Lexicon => "lexicon edits",
            Cause::Codings => "codings",
            Cause::Together => "several causes together",
            Cause::Unexplained => "unexplained",
        }
    }
}

/// How many of the documents that count have a theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(into = "WrittenShare")]
pub struct Share {
    /// Documents that have it.
    pub n_with: usize,
    /// Documents that count.
    pub n_of: usize,
}

impl Share {
    /// The share in whole steps of `1 / unit`, rounded to the nearest; where nothing counts, 0. Differences of these sum
    /// as exactly as the shares themselves.
    pub fn in_units(self, unit: u32) -> i64 {
        if self.n_of == 0 {
            return 0;
        }
        let (n_with, n_of, unit) = (self.n_with as i128, self.n_of as i128, i128::from(unit));
        ((2 * n_with * unit + n_of) / (2 * n_of)) as i64
    }
}

/// A share is written with its value, to the millionth.
#[derive(Serialize)]
struct WrittenShare {
    n_with: usize,
    n_of: usize,
    share: f64,
}

impl From<Share> for WrittenShare {
    fn from(share: Share) -> Self {
        let Share { n_with, n_of } = share;
        WrittenShare { n_with, n_of, share: share.in_units(MILLION) as f64 / f64::from(MILLION) }
    }
}

const MILLION: u32 = 1_000_000;

/// What a share has gained, to the millionth.
pub(super) fn change(before: Share, after: Share) -> f64 {
    (after.in_units(MILLION) - before.in_units(MILLION)) as f64 / f64::from(MILLION)
}

/// A document behind a change, with the patterns that made it so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Behind {
    /// The document.
    pub document: String,
    /// Patterns that met it in one run and not in the other; where there are none, those that gave it the theme.
    pub patterns: Vec<String>,
}

/// One step of a theme from the older run to the newer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Why.
    pub cause: Cause,
    /// Before the step.
    pub before: Share,
    /// After it.
    pub after: Share,
    /// What it adds to the share: the difference of both, each rounded to the millionth, so that these sum as well.
    pub change: f64,
    /// Documents that count and have the theme after it, and did not before.
    pub gained: Vec<Behind>,
    /// Documents that counted and had the theme before it, and do not after.
    pub lost: Vec<Behind>,
}

/// A theme in both runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThemeChange {
    /// The theme.
    pub theme: String,
    /// Its share in the older run; `None` where that has no such theme.
    pub before: Option<Share>,
    /// Its share in the newer run; `None` where that has no such theme.
    pub after: Option<Share>,
    /// The whole change of its share: the sum of the parts' changes; a theme that is not there has a share of 0.
    pub change: f64,
    /// Its rank in the older run, the first being 1.
    pub rank_before: Option<usize>,
    /// Its rank in the newer run.
    pub rank_after: Option<usize>,
    /// Its interval in the older run.
    pub interval_before: Option<(f64, f64)>,
    /// Whether the newer share lies outside the older interval.
    pub is_outside: bool,
    /// The steps from `before` to `after`, those left out that moved nothing. Each begins where the last one ended.
    pub parts: Vec<Part>,
}

/// What changed between two runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diff {
    /// The older run.
    pub before: RunId,
    /// The newer run.
    pub after: RunId,
    /// Documents in each.
    pub n_documents: (usize, usize),
    /// Documents of the newer run alone.
    pub added: Vec<String>,
    /// Documents of the older run alone.
    pub removed: Vec<String>,
    /// Documents of both with other text or fields.
    pub changed: Vec<String>,
    /// Documents with another name and the same content: old name, new name.
    pub renamed: Vec<(String, String)>,
    /// What else is not the same between the records, in the order in which it is reckoned with.
    pub causes: Vec<Cause>,
    /// One for each theme of either run, by id.
    pub themes: Vec<ThemeChange>,
    /// The candidate themes that came, grew and went.
    pub candidates: CandidateChanges,
}

/// What the documents would have been had only some of the causes been at work: the themes of those that count, `None` for
/// those that do not. Documents that are not named cannot be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// The last of the causes that have been at work.
    pub cause: Cause,
    /// The documents.
    pub documents: BTreeMap<String, Option<Themes>>,
}

impl Diff {
    /// The documents and themes behind the parts, by their names in the older and in the newer run.
    pub fn wanted(&self) -> (BTreeSet<Pair>, BTreeSet<Pair>) {
        let old: BTreeMap<&str, &str> = self.renamed.iter().map(|(old, new)| (new.as_str(), old.as_str())).collect();
        let (mut before, mut after) = (BTreeSet::new(), BTreeSet::new());
        for theme in &self.themes {
            for behind in theme.parts.iter().flat_map(|part| part.gained.iter().chain(&part.lost)) {
                let document = behind.document.as_str();
                let name = old.get(document).copied().unwrap_or(document);
                before.insert((name.to_owned(), theme.theme.clone()));
                after.insert((document.to_owned(), theme.theme.clone()));
            }
        }
        (before, after)
    }

    /// Names the patterns behind each document: of `before` and `after`, by document and theme.
    #[must_use]
    pub fn with_patterns(
        mut self,
        before: &BTreeMap<Pair, BTreeSet<String>>,
        after: &BTreeMap<Pair, BTreeSet<String>>,
    ) -> Self {
        let old: BTreeMap<String, String> = self.renamed.iter().map(|(old, new)| (new.clone(), old.clone())).collect();
        let none = BTreeSet::new();
        for theme in &mut self.themes {
            for part in &mut theme.parts {
                let gained = part.gained.iter_mut().map(|behind| (behind, true));
                for (behind, is_gain) in gained.chain(part.lost.iter_mut().map(|behind| (behind, false))) {
                    let name = old.get(&behind.document).unwrap_or(&behind.document).clone();
                    let before = before.get(&(name, theme.theme.clone())).unwrap_or(&none);
                    let after = after.get(&(behind.document.clone(), theme.theme.clone())).unwrap_or(&none);
                    let (here, there) = if is_gain { (after, before) } else { (before, after) };
                    let only: Vec<String> = here.difference(there).cloned().collect();
                    behind.patterns = if only.is_empty() { here.iter().cloned().collect() } else { only };
                }
            }
        }
        self
    }
}
