//! How the words of a pattern are cut, folded and stemmed: as the words of documents are.

use crate::text::{Analyzer, Language, Vocabulary};

/// One token of a literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Cut {
    /// Its case-folded surface.
    pub surface: String,
    /// Its stem in every language that documents may be in, sorted.
    pub stems: Vec<Box<str>>,
}

/// Cuts and folds what a pattern spells out.
pub(in super::super) trait Spelling {
    /// The tokens of a literal.
    fn cut(&mut self, literal: &str) -> Vec<Cut>;
    /// The case-folded form of a piece of a word.
    fn fold(&self, piece: &str) -> String;
}

/// The spelling of documents.
pub(in super::super) struct AnalyzerSpelling<'a> {
    analyzer: &'a Analyzer,
    languages: Vec<Language>,
    vocabulary: Vocabulary,
    tokens: Vec<crate::text::Token>,
    /// Stems of the types met so far.
    stems: Vec<Option<Vec<Box<str>>>>,
}

impl<'a> AnalyzerSpelling<'a> {
    pub(in super::super) fn new(analyzer: &'a Analyzer) -> Self {
        let languages = analyzer.languages();
        Self { analyzer, languages, vocabulary: Vocabulary::default(), tokens: Vec::new(), stems: Vec::new() }
    }
}

impl Spelling for AnalyzerSpelling<'_> {
    fn cut(&mut self, literal: &str) -> Vec<Cut> {
        self.tokens.clear();
        // The stem of this first language is not used: all are asked for below, with one surface.
        self.analyzer.tokens(literal, Language::None, &mut self.vocabulary, &mut self.tokens);
        self.stems.resize(self.vocabulary.n_types(), None);
        let cut = |token: &crate::text::Token| {
            let surface = self.vocabulary.surface(token.type_id).to_owned();
            let stems = self.stems[token.type_id.0 as usize].get_or_insert_with(|| {
                let stem = |&language| self.analyzer.stem(&surface, language).into_boxed_str();
                let mut stems: Vec<Box<str>> = self.languages.iter().map(stem).collect();
                stems.sort_unstable();
                stems.dedup();
                stems
            });
            Cut { surface, stems: stems.clone() }
        };
        self.tokens.iter().map(cut).collect()
    }

    fn fold(&self, piece: &str) -> String {
        self.analyzer.fold(piece)
    }
}
