//! From what the analyzer cut to what the matcher sees.

use super::classes::{ClassId, CompoundClass, SentenceTokens, TokenClasses};
use super::compile::Lexicon;
use crate::text::{Analysis, Analyzer, Passage, TypeId, Vocabulary};

/// The classes of a vocabulary's types, each asked for once. Belongs to one vocabulary and one lexicon, or other way to classify.
#[derive(Debug, Default)]
pub struct Classifier {
    generation: u32,
    class_of: Vec<ClassId>,
}

impl Classifier {
    /// Fills `out` anew with what the matcher sees of a document: `analysis`, cut into `passages`.
    pub fn lay_out(
        &mut self,
        lexicon: &Lexicon,
        analyzer: &Analyzer,
        vocabulary: &Vocabulary,
        cut: (&Analysis, &[Passage]),
        out: &mut TokenClasses,
    ) {
        self.lay_out_by(&|surface, stem| lexicon.classify(surface, stem), analyzer, vocabulary, cut, out);
    }

    /// As `lay_out`, the class of a word, by its surface and stem, being what `classify` says.
    pub fn lay_out_by(
        &mut self,
        classify: &dyn Fn(&str, &str) -> ClassId,
        analyzer: &Analyzer,
        vocabulary: &Vocabulary,
        (analysis, passages): (&Analysis, &[Passage]),
        out: &mut TokenClasses,
    ) {
        self.classify(classify, vocabulary);
        let class_of = |type_id: TypeId| self.class_of[type_id.0 as usize];
        out.classes.clear();
        out.classes.extend(analysis.tokens.iter().map(|token| class_of(token.type_id)));
        out.compounds.clear();
        let compounds = analysis.compounds.iter().map(|compound| CompoundClass {
            first_token: compound.first_token,
            n_tokens: compound.n_tokens,
            class: class_of(compound.type_id),
        });
        out.compounds.extend(compounds.filter(|compound| compound.class != ClassId::NONE));
        out.sentences.clear();
        for (number, passage) in passages.iter().enumerate() {
            let first = passage.first_sentence as usize;
            let sentences = &analysis.sentences[first..first + passage.n_sentences as usize];
            out.sentences.extend(sentences.iter().map(|sentence| SentenceTokens {
                first_token: sentence.first_token,
                n_tokens: sentence.n_tokens,
                passage: number as u32,
                scored: analyzer.is_scored(sentence),
            }));
        }
        out.n_passages = passages.len() as u32;
    }

    /// Gives every type met since the last document its class.
    fn classify(&mut self, classify: &dyn Fn(&str, &str) -> ClassId, vocabulary: &Vocabulary) {
        if self.generation != vocabulary.generation() {
            self.generation = vocabulary.generation();
            self.class_of.clear();
        }
        for number in self.class_of.len()..vocabulary.n_types() {
            let type_id = TypeId(number as u32);
            self.class_of.push(classify(vocabulary.surface(type_id), vocabulary.stem(type_id)));
        }
    }
}
