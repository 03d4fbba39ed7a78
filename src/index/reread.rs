//! Documents as classes of tokens out of their texts: what `stream` gives, for where few are wanted of many.

use super::passage_index::{Content, IndexError, PassageIndex};
use crate::lexicon::{ClassId, CompoundClass, SentenceTokens, TokenClasses};
use crate::text::{Analysis, Analyzer, TypeId, Vocabulary};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Where one thread cuts texts up again.
struct Desk {
    vocabulary: Vocabulary,
    generation: u32,
    /// Class of each type of the vocabulary.
    class_of: Vec<ClassId>,
    analysis: Analysis,
    document: TokenClasses,
}

impl PassageIndex {
    /// As `stream_of`, by cutting up the texts of the documents again instead of walking the postings of all.
    ///
    /// # Errors
    /// The store cannot be read, or is damaged.
    pub(super) fn reread<T: Send>(
        &self,
        wanted: &[bool],
        classify: &(dyn Fn(&str, &str) -> ClassId + Sync),
        visit: &(dyn Fn(usize, &TokenClasses) -> T + Sync),
    ) -> Result<Vec<(u32, T)>, IndexError> {
        let few: Vec<usize> = (0..wanted.len()).filter(|&document| wanted[document]).collect();
        // A desk meets its words once, so there are few; which documents share one makes no difference to an answer.
        let n_each = few.len().div_ceil(2 * rayon::current_num_threads()).max(1);
        let answers = few.par_chunks(n_each).map(|documents| {
            // Words that were met before are not stemmed again.
            let pooled = self.vocabularies.lock().map(|mut pool| pool.pop()).unwrap_or_default();
            let mut desk = Desk::new(pooled.unwrap_or_default());
            let mut answer = |&document: &usize| {
                let content = self.content(document)?;
                let cut = || desk.lay_out(&content, &self.analyzer, classify);
                let n_tokens = self.documents[document].n_tokens as usize;
                // A place that was damaged need not lie on a character of the text.
                match catch_unwind(AssertUnwindSafe(cut)) {
                    Ok(()) if desk.document.classes.len() == n_tokens => {
                        Ok((document as u32, visit(document, &desk.document)))
                    }
                    _ => Err(self.damaged(&format!("the sentences of document {document} are not those of its text"))),
                }
            };
            let answers = documents.iter().map(&mut answer).collect::<Result<Vec<_>, _>>();
            if let Ok(mut pool) = self.vocabularies.lock() {
                pool.push(desk.vocabulary);
            }
            answers
        });
        Ok(answers.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

impl Desk {
    fn new(vocabulary: Vocabulary) -> Self {
        Desk {
            generation: vocabulary.generation(),
            vocabulary,
            class_of: Vec::new(),
            analysis: Analysis::default(),
            document: TokenClasses::default(),
        }
    }

    /// Fills `document` with what the matcher sees of a text.
    fn lay_out(&mut self, content: &Content, analyzer: &Analyzer, classify: &(dyn Fn(&str, &str) -> ClassId + Sync)) {
        if self.vocabulary.is_full() {
            self.vocabulary.clear();
        }
        let Desk { vocabulary, generation, class_of, analysis, document } = self;
        analyzer.again(&content.text, (content.language, &content.sentences), vocabulary, analysis);
        if *generation != vocabulary.generation() {
            *generation = vocabulary.generation();
            class_of.clear();
        }
        let new = (class_of.len()..vocabulary.n_types()).map(|number| TypeId(number as u32));
        class_of.extend(new.map(|type_id| classify(vocabulary.surface(type_id), vocabulary.stem(type_id))));
        let class_of = |type_id: TypeId| class_of[type_id.0 as usize];
        document.classes.clear();
        document.classes.extend(analysis.tokens.iter().map(|token| class_of(token.type_id)));
        let compounds = analysis.compounds.iter().map(|compound| CompoundClass {
            first_token: compound.first_token,
            n_tokens: compound.n_tokens,
            class: class_of(compound.type_id),
        });
        document.compounds.clear();
        document.compounds.extend(compounds.filter(|compound| compound.class != ClassId::NONE));
        document.compounds.sort_unstable();
        document.sentences.clear();
        for (number, passage) in content.passages.iter().enumerate() {
            let first = passage.first_sentence as usize;
            let sentences = &content.sentences[first..first + passage.n_sentences as usize];
            document.sentences.extend(sentences.iter().map(|sentence| SentenceTokens {
                first_token: sentence.first_token,
                n_tokens: sentence.n_tokens,
                passage: number as u32,
                scored: analyzer.is_scored(sentence),
            }));
        }
        document.n_passages = content.passages.len() as u32;
    }
}
