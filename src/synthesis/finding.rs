//! Findings over documents. Nouns only.
//!
//! `document` is a place in `PassageIndex::documents`, `theme` one in `Lexicon::themes`, `pattern` one in `Lexicon::patterns`.

use crate::lexicon::Stance;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// A range of plausible values, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The score interval of a share, `n_has` of `n`; it has a width even where none or all have it. `None` without units, or where
    /// `level` is not between 0 and 1.
    ///
    /// # Source
    /// Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. *Journal of the American
    /// Statistical Association* 22(158), 209–212.
    /// # Example
    /// 8 of 10 at a level of 0.95: 0.490 to 0.943. 0 of 20: 0 to 0.161.
    pub fn wilson(n_has: f64, n: f64, level: f64) -> Option<Self> {
        let z = Normal::standard().inverse_cdf(0.5 + level / 2.0);
        let share = n_has / n;
        let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        // Rounding must not put the share itself outside.
        let interval = Self { low: (middle - half).min(share).max(0.0), high: (middle + half).max(share).min(1.0) };
        (n > 0.0 && z.is_finite()).then_some(interval)
    }
}

/// A figure and the interval that resampling the documents gives it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its interval; `None` where fewer than half of the resamples define the figure, or all of them are alike and say nothing of
    /// how sure it is. The share of documents that have a theme has one always: Wilson's where none or all of them do.
    pub interval: Option<Interval>,
}

/// A passage that can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PassageRef {
    /// The document.
    pub document: u32,
    /// Its passage, 0-based.
    pub passage: u32,
}

/// How often each stance is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StanceCounts {
    /// Hinders.
    pub n_barrier: u32,
    /// Helps.
    pub n_facilitator: u32,
    /// Both.
    pub n_both: u32,
    /// There as a subject, with no claim.
    pub n_mention: u32,
}

/// A theme's place among the themes by number of documents; themes level with each other share the better rank.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RankFinding {
    /// The rank, the first being 1.
    pub rank: u32,
    /// Share of the resamples in which the theme has this rank, 0 to 1.
    pub share_held: f64,
    /// Lowest and highest rank within the level of the bootstrap.
    pub low: u32,
    /// See `low`.
    pub high: u32,
}

/// A passage worth quoting for a theme.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BestPassage {
    /// The passage.
    pub passage: PassageRef,
    /// Its score for the theme.
    pub score: f64,
    /// What it says of the theme.
    pub stance: Stance,
    /// Its hits that count.
    pub n_hits: u32,
}

/// What one pattern of a theme contributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PatternFinding {
    /// The pattern.
    pub pattern: u32,
    /// Hits that count.
    pub n_hits: u32,
    /// Hits under negation.
    pub n_negated: u32,
    /// Included documents with a hit that counts.
    pub n_documents: u32,
}

/// How strongly one theme runs through the included documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThemeFinding {
    /// The theme.
    pub theme: u16,
    /// Documents that have it.
    pub n_documents: u32,
    /// Passages that have it.
    pub n_passages: u32,
    /// Hits that count.
    pub n_hits: u32,
    /// Share of the included documents that have it, 0 to 1; `None` where no document is included.
    pub prevalence: Option<Estimate>,
    /// The same, each document weighed as the settings say; documents without a weight are left out of it.
    pub weighted_prevalence: Option<Estimate>,
    /// Share of the scored passages that have it, 0 to 1.
    pub share_of_passages: Option<Estimate>,
    /// Hits per 1,000 scored tokens.
    pub rate_per_1000_tokens: Option<Estimate>,
    /// Its place among the themes; `None` where no document is included.
    pub rank: Option<RankFinding>,
    /// Stances of the documents that have it.
    pub document_stances: StanceCounts,
    /// Stances of the passages that have it.
    pub passage_stances: StanceCounts,
    /// Balance of the documents' stances: (facilitator − barrier) / (facilitator + barrier + both), −1 to 1; `None` where
    /// no document makes a claim.
    pub stance_balance: Option<Estimate>,
    /// Its patterns that met anything, by documents (then hits), descending.
    pub patterns: Vec<PatternFinding>,
    /// Passages worth quoting: highest score, then those that make a claim, one document after another before any has a second.
    pub best: Vec<BestPassage>,
}

/// Two themes in the same documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoOccurrence {
    /// One theme.
    pub theme_a: u16,
    /// The other; always the greater.
    pub theme_b: u16,
    /// Documents that have both.
    pub n_documents: u32,
    /// Passages that have both.
    pub n_passages: u32,
    /// How many times as many documents have both as would if the two had nothing to do with each other:
    /// `n · n_ab / (n_a · n_b)`; 1 is chance. `None` where a theme has no document.
    pub lift: Option<Estimate>,
}

/// One theme within one group of documents.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GroupTheme {
    /// Documents of the group that have the theme.
    pub n_documents: u32,
    /// Passages of the group that have it.
    pub n_passages: u32,
    /// Share of the documents of the group that have it, with the interval that resampling the group comes to.
    pub prevalence: Estimate,
}

/// The included documents that share a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The value: a year, a period such as `2000–2004`, a kind, …
    pub value: String,
    /// How many documents have it; at least 1.
    pub n_documents: u32,
    /// Those documents, ascending.
    pub documents: Vec<u32>,
    /// One for each theme, in the order of the lexicon.
    pub themes: Vec<GroupTheme>,
}

/// Prevalence by the values of one column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breakdown {
    /// The column: `year`, `period`, `kind` or a metadata column.
    pub column: String,
    /// Its values, ascending.
    pub groups: Vec<Group>,
    /// Included documents that have no value there.
    pub n_without: u32,
}

/// How a theme's prevalence changes with the year of publication.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// The theme.
    pub theme: u16,
    /// Change of prevalence over ten years, by least squares over documents; `None` where they are all of one year.
    pub change_per_decade: Option<Estimate>,
    /// Included documents with a year.
    pub n_documents: u32,
}
