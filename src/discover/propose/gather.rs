//! What discovery looks at: every scored passage, what it says, and what the lexicon found in it.

use super::super::settings::DiscoverSettings;
use super::super::texts::Texts;
use crate::corpus::{Digest, DocumentId};
use crate::index::{IndexError, IndexedDocument, PassageIndex};
use crate::lexicon::{ClassId, CompoundClass, Found, Lexicon, Scratch, TokenClasses};
use crate::score::Scores;
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};

/// The passages of a corpus, with what is known of each.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What the passages say, without fixed expressions.
    pub texts: Texts,
    /// Where each lies: its document, its number there.
    pub places: Vec<(u32, u32)>,
    /// Themes of the lexicon that each has.
    pub themes: Vec<Vec<u16>>,
    /// Cues that each has.
    pub cues: Vec<Cues>,
    /// The documents looked at: the place of each in the index, and its id.
    pub documents: Vec<(u32, DocumentId)>,
    /// The types in the title of each.
    pub titles: Vec<Vec<u32>>,
}

/// Which cues of stance a passage has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues {
    /// One of a barrier.
    pub barrier: bool,
    /// One of a facilitator.
    pub facilitator: bool,
}

/// One document: those of its passages that have a cue.
type Cued = FxHashMap<u32, Cues>;

/// Passages of one document, with their numbers and tokens.
type Passages = Vec<(u32, Vec<u32>)>;

/// One document: its passages, and those that have a cue.
type Read = (Passages, Cued);

impl Gathered {
    /// Reads the scored sentences of the documents at some places of the index, ascending.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn of(index: &PassageIndex, sample: &[u32], scores: &Scores, lexicon: &Lexicon) -> Result<Self, IndexError> {
        let mut wanted = vec![false; index.documents().len()];
        sample.iter().for_each(|&at| wanted[at as usize] = true);
        let met = Mutex::new(Met::default());
        let lock = || met.lock().unwrap_or_else(PoisonError::into_inner);
        let classify = |surface: &str, stem: &str| lock().class(surface, stem, lexicon);
        let read = index.stream_of(&wanted, &classify, &|_, document| {
            let (words, document) = lock().told_apart(document);
            (passages(&document, &words), cued(&document, lexicon))
        })?;
        let (texts, type_of) = met.into_inner().unwrap_or_else(PoisonError::into_inner).texts(&read);
        let documents = sample.iter().map(|&at| (at, index.documents()[at as usize].id.clone())).collect();
        let titles = titles(index.documents(), sample, &texts);
        let mut gathered = Gathered { texts, documents, titles, ..Self::default() };
        for (number, (place, (passages, cues))) in read.into_iter().enumerate() {
            let themes = scores.documents.get(place as usize).map_or(&[][..], |scores| &scores.passages);
            for (passage, tokens) in passages {
                for token in tokens {
                    gathered.texts.push(if token == Texts::SENTENCE_END { token } else { type_of[token as usize] });
                }
                gathered.texts.end_passage();
                gathered.places.push((number as u32, passage));
                let here = themes[themes.partition_point(|s| s.passage < passage)..].iter();
                let here = here.take_while(|s| s.passage == passage).filter(|s| s.score.has_theme);
                gathered.themes.push(here.map(|s| s.score.theme).collect());
                gathered.cues.push(cues.get(&passage).copied().unwrap_or_default());
            }
        }
        gathered.texts = gathered.texts.without_fixed_expressions();
        Ok(gathered)
    }

    /// How many documents there are.
    pub fn n_documents(&self) -> usize {
        self.documents.len()
    }
}

/// The types that were met, numbered in the order of threads; what they are called by in the end depends on none.
#[derive(Default)]
struct Met {
    numbers: FxHashMap<String, u32>,
    key: String,
    /// What each type is to the lexicon.
    classes: Vec<ClassId>,
    /// Whether each is a word, and no hyphenated one seen whole.
    is_word: Vec<bool>,
}

impl Met {
    /// Parts surface and stem; no word has it, and it comes before whatever a word has.
    const PART: char = '\0';

    /// The number of a type and 1; `NONE` for a hyphenated word that the lexicon does not know.
    fn class(&mut self, surface: &str, stem: &str, lexicon: &Lexicon) -> ClassId {
        self.key.clear();
        self.key.extend([surface, Self::PART.encode_utf8(&mut [0; 1]), stem]);
        if let Some(&number) = self.numbers.get(&self.key) {
            return ClassId(number + 1);
        }
        let (class, is_word) = (lexicon.classify(surface, stem), !surface.contains('-'));
        if class == ClassId::NONE && !is_word {
            return ClassId::NONE;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(self.key.clone(), number);
        self.classes.push(class);
        self.is_word.push(is_word);
        ClassId(number + 1)
    }

    /// The words of a document by their numbers and 1, others 0; and the document as the lexicon sees it.
    fn told_apart(&self, document: &TokenClasses) -> (Vec<u32>, TokenClasses) {
        let place = |class: ClassId| class.0.checked_sub(1).map(|number| number as usize);
        let class = |class: ClassId| place(class).map_or(ClassId::NONE, |number| self.classes[number]);
        let word = |&class: &ClassId| if place(class).is_some_and(|number| self.is_word[number]) { class.0 } else { 0 };
        let words = document.classes.iter().map(word).collect();
        let mut compounds: Vec<_> =
            document.compounds.iter().map(|c| CompoundClass { class: class(c.class), ..*c }).collect();
        compounds.retain(|compound| compound.class != ClassId::NONE);
        compounds.sort_unstable();
        let classes = document.classes.iter().map(|&one| class(one)).collect();
        (words, TokenClasses { classes, compounds, sentences: document.sentences.clone(), ..*document })
    }

    /// Texts that know the types that are in `read`, in order of surface, and the type of each number.
    fn texts(self, read: &[(u32, Read)]) -> (Texts, Vec<u32>) {
        let mut is_used = vec![false; self.numbers.len()];
        let tokens = read.iter().flat_map(|(_, (passages, _))| passages).flat_map(|(_, tokens)| tokens);
        tokens.filter(|&&token| token != Texts::SENTENCE_END).for_each(|&token| is_used[token as usize] = true);
        let mut type_of = vec![0; is_used.len()];
        let mut used: Vec<(String, u32)> = self.numbers.into_iter().filter(|(_, n)| is_used[*n as usize]).collect();
        used.sort_unstable();
        let mut texts = Texts::default();
        for (key, number) in used {
            let (surface, stem) = key.split_once(Self::PART).unwrap_or((&key, ""));
            type_of[number as usize] = texts.type_of(surface, stem);
        }
        (texts, type_of)
    }
}

/// The types in the title of each document of the sample.
fn titles(documents: &[IndexedDocument], sample: &[u32], texts: &Texts) -> Vec<Vec<u32>> {
    let types = |&at: &u32| -> Vec<u32> {
        let title = documents[at as usize].metadata.title.as_deref().unwrap_or_default().to_lowercase();
        title.split(|c: char| !c.is_alphabetic()).filter_map(|word| texts.find(word)).collect()
    };
    sample.iter().map(types).collect()
}

/// The places of the documents to look at, ascending; of the versions of a work the one that stands for it. All where they hold no more passages than the settings allow, else
/// those that come first in an order of their own, drawn from their ids and the seed, until the passages are enough. A
/// document that is added or removed changes the sample by about its own share.
pub fn sample(documents: &[IndexedDocument], settings: &DiscoverSettings) -> Vec<u32> {
    let standing = |at: &u32| documents[*at as usize].version_of.is_none();
    let mut order: Vec<u32> = (0..documents.len() as u32).filter(standing).collect();
    let n_passages: u64 = order.iter().map(|&at| u64::from(documents[at as usize].n_passages)).sum();
    if n_passages <= u64::from(settings.max_passages) {
        return order;
    }
    let draw = |at: u32| Digest::of(format!("{}:{}", settings.seed, documents[at as usize].id).as_bytes());
    order.sort_by_cached_key(|&at| draw(at));
    let mut n_taken = 0;
    let mut sample: Vec<u32> = Vec::new();
    for at in order {
        if n_taken >= u64::from(settings.max_passages) {
            break;
        }
        n_taken += u64::from(documents[at as usize].n_passages);
        sample.push(at);
    }
    sample.sort_unstable();
    sample
}

/// The scored passages of a document, each with its number and its tokens; `words` is the number of each token and 1.
fn passages(document: &TokenClasses, words: &[u32]) -> Passages {
    let mut read: Passages = Vec::new();
    for sentence in document.sentences.iter().filter(|sentence| sentence.scored && sentence.n_tokens > 0) {
        if read.last().is_none_or(|(passage, _)| *passage != sentence.passage) {
            read.push((sentence.passage, Vec::new()));
        }
        let range = sentence.first_token as usize..(sentence.first_token + sentence.n_tokens) as usize;
        if let (Some((_, tokens)), Some(words)) = (read.last_mut(), words.get(range)) {
            tokens.extend(words.iter().filter(|&&word| word > 0).map(|word| word - 1));
            tokens.push(Texts::SENTENCE_END);
        }
    }
    read
}

/// The passages of a document that have a cue.
fn cued(document: &TokenClasses, lexicon: &Lexicon) -> Cued {
    let place = |name: &str| lexicon.cues.iter().position(|cue| cue == name).map(|place| place as u16);
    let (barrier, facilitator) = (place("barrier"), place("facilitator"));
    let (mut scratch, mut hits, mut cues) = (Scratch::default(), Vec::<Found>::new(), Vec::<Found>::new());
    lexicon.find(document, &mut scratch, &mut hits, &mut cues);
    let mut found = Cued::default();
    for cue in cues {
        let Some(sentence) = document.sentences.get(cue.sentence as usize) else { continue };
        let here = found.entry(sentence.passage).or_default();
        here.barrier |= Some(cue.theme) == barrier;
        here.facilitator |= Some(cue.theme) == facilitator;
    }
    found
}
