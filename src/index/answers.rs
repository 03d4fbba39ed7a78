//! Answers about documents, kept from run to run, so that a document is asked a question once.

use super::passage_index::{IndexError, Keeps, PassageIndex};
use super::store::{ListReader, ListWriter, read_sealed, write_sealed};
use crate::corpus::Digest;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Tells programs apart that may answer otherwise.
const PROGRAM: &str = env!("THROUGHLINE_SOURCES");

/// What heads a list of answers.
#[derive(PartialEq, Serialize, Deserialize)]
struct Head {
    /// The program that asked, by its sources: another may answer otherwise.
    program: String,
    question: Digest,
}

/// Why nothing can go wrong there.
const WRITES: &str = "a vector takes whatever is written";

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
        let head = Head { program: PROGRAM.to_owned(), question: question.clone() };
        let places: FxHashMap<u64, usize> = self.uids.iter().zip(0..).map(|(uid, place)| (*uid, place)).collect();
        let mut found: Vec<Option<T>> = self.uids.iter().map(|_| None).collect();
        let n_kept = recall(&path, &head, &places, &mut found).unwrap_or_else(|| {
            found.fill_with(|| None);
            0
        });
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
            self.keep_list(&path, &head, &places, (&wanted, &answers))?;
        }
        Ok(answers)
    }

    /// Keeps the answers, each as it comes: those that were kept before are taken over as they are written.
    fn keep_list<T: Serialize>(
        &self,
        path: &Path,
        head: &Head,
        places: &FxHashMap<u64, usize>,
        (is_new, answers): (&[bool], &[T]),
    ) -> Result<(), IndexError> {
        if self.keeps == Keeps::Nothing {
            return Ok(());
        }
        let folder = self.folder.answers();
        std::fs::create_dir_all(&folder).map_err(|error| IndexError::io(&folder, &error))?;
        let mut list = ListWriter::create(path)?;
        list.push(&[&postcard::to_allocvec(head).expect(WRITES)])?;
        if let Some(mut before) = ListReader::open(path).ok().filter(|_| is_new.contains(&false)) {
            let mut bytes = Vec::new();
            before.next(&mut bytes);
            while let Some(kept) = before.next(&mut bytes) {
                let place = numbered(kept).and_then(|(uid, _)| places.get(&uid));
                if place.is_some_and(|place| !is_new[*place]) {
                    list.push(&[kept])?;
                }
            }
        }
        for ((uid, answer), _) in self.uids.iter().zip(answers).zip(is_new).filter(|(_, is_new)| **is_new) {
            list.push(&[&uid.to_le_bytes(), &postcard::to_allocvec(answer).expect(WRITES)])?;
        }
        list.finish()
    }
}

/// Puts the kept answers of documents that are still there in their places, and says how many answers are kept; `None`
/// where there are none to go by.
fn recall<T: DeserializeOwned>(
    path: &Path,
    head: &Head,
    places: &FxHashMap<u64, usize>,
    found: &mut [Option<T>],
) -> Option<usize> {
    let (mut list, mut bytes, mut n_kept) = (ListReader::open(path).ok()?, Vec::new(), 0);
    if postcard::from_bytes::<Head>(list.next(&mut bytes)?).ok()? != *head {
        return None;
    }
    while let Some(kept) = list.next(&mut bytes) {
        let (uid, answer) = numbered(kept)?;
        if let Some(place) = places.get(&uid) {
            found[*place] = Some(postcard::from_bytes(answer).ok()?);
        }
        n_kept += 1;
    }
    Some(n_kept)
}

/// The number in the store of the document that a kept answer is of, and the answer.
fn numbered(kept: &[u8]) -> Option<(u64, &[u8])> {
    let (uid, answer) = kept.split_first_chunk()?;
    Some((u64::from_le_bytes(*uid), answer))
}
