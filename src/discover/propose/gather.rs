//! What discovery looks at: every scored passage, what it says, and what the lexicon found in it.

use super::super::texts::Texts;
use crate::corpus::DocumentId;
use crate::index::{IndexError, PassageIndex};
use crate::lexicon::{ClassId, Found, Lexicon, Scratch, TokenClasses};
use crate::score::Scores;
use rustc_hash::FxHashMap;

/// The passages of a corpus, with what is known of each.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What the passages say.
    pub texts: Texts,
    /// Where each lies: its document, its number there.
    pub places: Vec<(u32, u32)>,
    /// Themes of the lexicon that each has.
    pub themes: Vec<Vec<u16>>,
    /// Cues that each has.
    pub cues: Vec<Cues>,
    /// The documents.
    pub documents: Vec<DocumentId>,
}

/// Which cues of stance a passage has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues {
    /// One of a barrier.
    pub barrier: bool,
    /// One of a facilitator.
    pub facilitator: bool,
}

/// One document: its passages with their numbers and tokens.
type Read = Vec<(u32, Vec<u32>)>;

impl Gathered {
    /// Reads all scored sentences of the index.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn of(index: &PassageIndex, scores: &Scores, lexicon: &Lexicon) -> Result<Self, IndexError> {
        let mut texts = Texts::default();
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        index.types(&mut |surface, stem, _, _| {
            if !surface.contains('-') {
                ids.insert(surface.to_string(), texts.type_of(surface, stem));
            }
        })?;
        let classify = |surface: &str, _: &str| ids.get(surface).map_or(ClassId::NONE, |&id| ClassId(id + 1));
        let read = index.stream(&classify, &|_, document| passages(document))?;
        let cues = Self::cues(index, lexicon)?;
        let documents = index.documents().iter().map(|document| document.id.clone()).collect();
        let mut gathered = Gathered { texts, documents, ..Self::default() };
        for (document, (passages, cues)) in read.into_iter().zip(cues).enumerate() {
            let themes = scores.documents.get(document).map_or(&[][..], |scores| &scores.passages);
            for (passage, tokens) in passages {
                tokens.into_iter().for_each(|token| gathered.texts.push(token));
                gathered.texts.end_passage();
                gathered.places.push((document as u32, passage));
                let here = themes.iter().filter(|s| s.passage == passage && s.score.has_theme);
                gathered.themes.push(here.map(|s| s.score.theme).collect());
                gathered.cues.push(cues.get(&passage).copied().unwrap_or_default());
            }
        }
        Ok(gathered)
    }

    /// How many documents there are.
    pub fn n_documents(&self) -> usize {
        self.documents.len()
    }

    /// For each document, the passages that have a cue.
    fn cues(index: &PassageIndex, lexicon: &Lexicon) -> Result<Vec<FxHashMap<u32, Cues>>, IndexError> {
        let place = |name: &str| lexicon.cues.iter().position(|cue| cue == name).map(|place| place as u16);
        let (barrier, facilitator) = (place("barrier"), place("facilitator"));
        let visit = |_: usize, document: &TokenClasses| {
            let (mut scratch, mut hits, mut cues) = (Scratch::default(), Vec::<Found>::new(), Vec::<Found>::new());
            lexicon.find(document, &mut scratch, &mut hits, &mut cues);
            let mut found: FxHashMap<u32, Cues> = FxHashMap::default();
            for cue in cues {
                let Some(sentence) = document.sentences.get(cue.sentence as usize) else { continue };
                let here = found.entry(sentence.passage).or_default();
                here.barrier |= Some(cue.theme) == barrier;
                here.facilitator |= Some(cue.theme) == facilitator;
            }
            found
        };
        index.stream(&|surface, stem| lexicon.classify(surface, stem), &visit)
    }
}

/// The scored passages of a document, each with its number and its tokens.
fn passages(document: &TokenClasses) -> Read {
    let mut read: Read = Vec::new();
    for sentence in document.sentences.iter().filter(|sentence| sentence.scored && sentence.n_tokens > 0) {
        if read.last().is_none_or(|(passage, _)| *passage != sentence.passage) {
            read.push((sentence.passage, Vec::new()));
        }
        let range = sentence.first_token as usize..(sentence.first_token + sentence.n_tokens) as usize;
        if let (Some((_, tokens)), Some(classes)) = (read.last_mut(), document.classes.get(range)) {
            tokens.extend(classes.iter().filter(|&&class| class != ClassId::NONE).map(|class| class.0 - 1));
            tokens.push(Texts::SENTENCE_END);
        }
    }
    read
}
