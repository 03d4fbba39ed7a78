//! All patterns of all themes, compiled.

use super::classes::{ClassId, TokenClasses};
use super::load::LexiconError;
use super::matcher::{Found, Scratch};
use super::settings::LexiconSettings;
use super::theme::{Pattern, Theme};
use crate::corpus::Digest;
use crate::text::Analyzer;

/// All themes of a study, with the one matcher that knows their patterns. Cheap to share between threads.
#[derive(Debug)]
pub struct Lexicon {
    /// The themes, in order of id. `Found::theme`, `Hit::theme` index this.
    pub themes: Vec<Theme>,
    /// Every pattern of every theme, theme by theme, in the order of the files. `Found::pattern`, `Hit::pattern` index this.
    pub patterns: Vec<Pattern>,
    /// Theme of each pattern.
    pub theme_of: Vec<u16>,
    /// Names of the cue lists, sorted.
    pub cues: Vec<String>,
    /// Digest of everything that can change a hit.
    pub fingerprint: Digest,
}

impl Lexicon {
    /// Compiles themes and the settings' cue lists.
    ///
    /// # Errors
    /// One for each pattern that cannot be compiled.
    pub fn compile(
        themes: Vec<Theme>,
        settings: &LexiconSettings,
        analyzer: &Analyzer,
    ) -> Result<Self, Vec<LexiconError>> {
        let _ = (themes, settings, analyzer);
        todo!()
    }

    /// The class of a type, by its case-folded surface and its stem: `ClassId::NONE` where no pattern can meet it.
    pub fn classify(&self, surface: &str, stem: &str) -> ClassId {
        let _ = (surface, stem);
        todo!()
    }

    /// Finds all hits of one document: themes into `hits`, cue lists into `cues`; both emptied first, both ascending by
    /// first token (then theme or list, then length descending). Sentences that are not scored are passed over.
    ///
    /// Within a theme the longest span wins, then the leftmost, then the first pattern; no token is counted twice.
    /// A cue list yields all its spans by the same rule.
    pub fn find(&self, document: &TokenClasses, scratch: &mut Scratch, hits: &mut Vec<Found>, cues: &mut Vec<Found>) {
        let _ = (document, scratch, hits, cues);
        todo!()
    }
}
