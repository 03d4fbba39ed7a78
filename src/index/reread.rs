//! Documents as classes of tokens out of their texts: what `stream` gives, for where few are wanted of many.

use super::passage_index::{Content, IndexError, PassageIndex};
use crate::lexicon::{ClassId, Classifier, TokenClasses};
use crate::text::{Analysis, Analyzer, Vocabulary};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Where one thread cuts texts up again.
#[derive(Default)]
struct Desk {
    vocabulary: Vocabulary,
    classifier: Classifier,
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
            let mut desk = Desk { vocabulary: pooled.unwrap_or_default(), ..Desk::default() };
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
    /// Fills `document` with what the matcher sees of a text.
    fn lay_out(&mut self, content: &Content, analyzer: &Analyzer, classify: &dyn Fn(&str, &str) -> ClassId) {
        if self.vocabulary.is_full() {
            self.vocabulary.clear();
        }
        let Desk { vocabulary, classifier, analysis, document } = self;
        analyzer.again(&content.text, (content.language, &content.sentences), vocabulary, analysis);
        classifier.lay_out_by(classify, analyzer, vocabulary, (analysis, &content.passages), document);
        // As they come out of the postings.
        document.compounds.sort_unstable();
    }
}
