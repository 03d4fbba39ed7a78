//! Answers about documents, kept from run to run, so that a document is asked a question once.

use super::passage_index::{IndexError, Keeps, PassageIndex};
use super::store::{read_sealed, write_sealed};
use crate::corpus::Digest;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Tells programs apart that may answer otherwise.
const PROGRAM: &str = env!("THROUGHLINE_SOURCES");

/// The answers to one question.
#[derive(Serialize, Deserialize)]
struct Answers<T> {
    /// The program that asked, by its sources: another may answer otherwise.
    program: String,
    question: Digest,
    /// Number of the document in the store, which is never given twice, and what was answered.
    of: Vec<(u64, T)>,
}

/// The answer to a question about all documents.
#[derive(Serialize, Deserialize)]
struct Answer<T> {
    program: String,
    question: Digest,
    answer: T,
}

impl PassageIndex {
    /// What `ask` answers, or answered in an earlier run.
    ///
    /// `question` must name everything that the answer depends on, but for the program and how texts are cut. As with
    /// `answers`, the last question of a `kind` is kept, and asked anew where the answer is damaged or gone.
    ///
    /// # Errors
    /// As `ask`; the answer cannot be written.
    pub fn answer<T: Serialize + DeserializeOwned>(
        &self,
        kind: &'static str,
        question: &Digest,
        ask: impl FnOnce() -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        let question = Digest::of(format!("{} {}", question.0, self.how_cut().0).as_bytes());
        let path = self.folder.answers().join(kind);
        let is_asked = |kept: &Answer<T>| kept.program == PROGRAM && kept.question == question;
        if let Some(kept) = read_sealed(&path).ok().filter(is_asked) {
            return Ok(kept.answer);
        }
        let kept = Answer { program: PROGRAM.to_owned(), question, answer: ask()? };
        self.keep(&path, &kept)?;
        Ok(kept.answer)
    }

    /// What this program kept with `keep_for_next` the last time, from texts that were cut as they are now; `None` where
    /// there is nothing, or it is damaged.
    pub fn recalled<T: DeserializeOwned>(&self, kind: &'static str) -> Option<T> {
        let kept: Answer<T> = read_sealed(&self.folder.answers().join(kind)).ok()?;
        (kept.program == PROGRAM && kept.question == self.how_cut()).then_some(kept.answer)
    }

    /// Keeps something of a `kind`, of which the last is kept; an index that was only looked at keeps none.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep_for_next<T: Serialize>(&self, kind: &'static str, kept: &T) -> Result<(), IndexError> {
        let kept = Answer { program: PROGRAM.to_owned(), question: self.how_cut(), answer: kept };
        self.keep(&self.folder.answers().join(kind), &kept)
    }

    /// Names how texts are cut.
    fn how_cut(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self.analyzer.settings()).unwrap_or_default())
    }

    fn keep<T: Serialize>(&self, path: &Path, kept: &T) -> Result<(), IndexError> {
        if self.keeps == Keeps::Nothing {
            return Ok(());
        }
        let folder = self.folder.answers();
        std::fs::create_dir_all(&folder).map_err(|error| IndexError::io(&folder, &error))?;
        write_sealed(path, kept)
    }

    /// What `ask` answers of each document, in their order. It is told which documents it is wanted of, by their place,
    /// and gives an answer for each of them with that place, ascending; the others were answered in an earlier run.
    ///
    /// `question` must name everything besides the document and the program that an answer depends on. The answers to the last question
    /// of a `kind` are kept beside the index, and a kind has one type of answer. Kept answers that are damaged or gone are asked
    /// for anew; an index that was only looked at keeps none.
    ///
    /// # Errors
    /// As `ask`; the answers cannot be written.
    pub fn answers<T: Serialize + DeserializeOwned>(
        &self,
        kind: &'static str,
        question: &Digest,
        ask: impl FnOnce(&[bool]) -> Result<Vec<(u32, T)>, IndexError>,
    ) -> Result<Vec<T>, IndexError> {
        let path = self.folder.answers().join(kind);
        let is_asked = |kept: &Answers<T>| kept.program == PROGRAM && kept.question == *question;
        let kept = read_sealed(&path).ok().filter(is_asked);
        let n_kept = kept.as_ref().map_or(0, |kept| kept.of.len());
        let places: FxHashMap<u64, usize> = self.uids.iter().zip(0..).map(|(uid, place)| (*uid, place)).collect();
        let mut found: Vec<Option<T>> = self.uids.iter().map(|_| None).collect();
        for (uid, answer) in kept.into_iter().flat_map(|kept| kept.of) {
            if let Some(place) = places.get(&uid) {
                found[*place] = Some(answer);
            }
        }
        let wanted: Vec<bool> = found.iter().map(Option::is_none).collect();
        let n_wanted = wanted.iter().filter(|wanted| **wanted).count();
        if n_wanted > 0 {
            for (place, answer) in ask(&wanted)? {
                found[place as usize] = Some(answer);
            }
        }
        let answers: Vec<T> = found.into_iter().flatten().collect();
        if answers.len() != self.uids.len() {
            return Err(self.damaged("a document gives no answer"));
        }
        // One was asked, or one that was kept is of a document that is gone.
        if n_wanted > 0 || n_kept != answers.len() {
            let of = self.uids.iter().copied().zip(&answers).collect();
            self.keep(&path, &Answers { program: PROGRAM.to_owned(), question: question.clone(), of })?;
        }
        Ok(answers)
    }
}
