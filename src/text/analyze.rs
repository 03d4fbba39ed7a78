//! The one analyzer: text in, sentences and tokens out.

use super::passage::{Analysis, Passage, Sentence, Token};
use super::settings::{Language, TextSettings};
use super::vocabulary::Vocabulary;
use crate::corpus::Document;

/// Cuts texts into sentences and tokens, and gives tokens their stems. Documents and patterns pass through the same one.
#[derive(Clone, Debug)]
pub struct Analyzer {
    settings: TextSettings,
}

impl Analyzer {
    /// Raised whenever the same text would be cut or stemmed in another way; part of every fingerprint.
    pub const VERSION: u32 = 1;

    /// The analyzer that the settings ask for.
    pub fn new(settings: &TextSettings) -> Self {
        Self { settings: settings.clone() }
    }

    /// The settings it was made with.
    pub fn settings(&self) -> &TextSettings {
        &self.settings
    }

    /// Cuts `document` and fills `out` anew.
    pub fn analyze(&self, document: &Document, vocabulary: &mut Vocabulary, out: &mut Analysis) {
        let _ = (document, vocabulary, out);
        todo!()
    }

    /// The tokens of one sentence, given its text alone: the same tokens, at spans relative to it, as `analyze` gave.
    pub fn tokens(&self, sentence: &str, language: Language, vocabulary: &mut Vocabulary, out: &mut Vec<Token>) {
        let _ = (sentence, language, vocabulary, out);
        todo!()
    }

    /// The case-folded surface of a word, folded as documents are (`’` is `'`).
    pub fn fold(&self, word: &str) -> String {
        let _ = word;
        todo!()
    }

    /// The stem of a case-folded surface in a language.
    pub fn stem(&self, surface: &str, language: Language) -> String {
        let _ = (surface, language);
        todo!()
    }

    /// The languages whose stems a pattern has to be compiled for: the fixed one, or all of them where it is detected.
    pub fn languages(&self) -> Vec<Language> {
        todo!()
    }

    /// The passages that sentences make under the settings' unit, ascending.
    pub fn passages(&self, sentences: &[Sentence]) -> Vec<Passage> {
        let _ = sentences;
        todo!()
    }

    /// Whether a sentence is scored: its section is not among the settings' unscored ones.
    pub fn is_scored(&self, sentence: &Sentence) -> bool {
        !self.settings.unscored.contains(&sentence.section)
    }
}
