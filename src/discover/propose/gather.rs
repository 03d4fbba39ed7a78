//! What discovery looks at: every scored passage, what it says, and what the lexicon found in it.

use super::super::settings::DiscoverSettings;
use super::super::texts::Texts;
use crate::corpus::{Digest, DocumentId};
use crate::index::{IndexError, IndexedDocument, PassageIndex};
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

/// One document: its passages with their numbers and tokens.
type Read = Vec<(u32, Vec<u32>)>;

impl Gathered {
    /// Reads the scored sentences of the index: of all documents, or of a sample that holds about `settings.max_passages`.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn of(
        index: &PassageIndex,
        scores: &Scores,
        lexicon: &Lexicon,
        settings: &DiscoverSettings,
    ) -> Result<Self, IndexError> {
        let sample = sample(index.documents(), settings);
        let is_sampled = |document: usize| sample.binary_search(&(document as u32)).is_ok();
        let mut texts = Texts::default();
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        index.types(&mut |surface, stem, _, _| {
            if !surface.contains('-') {
                ids.insert(surface.to_string(), texts.type_of(surface, stem));
            }
        })?;
        let classify = |surface: &str, _: &str| ids.get(surface).map_or(ClassId::NONE, |&id| ClassId(id + 1));
        let visit =
            |place: usize, document: &TokenClasses| if is_sampled(place) { passages(document) } else { Read::new() };
        let mut read = index.stream(&classify, &visit)?;
        let mut cues = Self::cues(index, lexicon, &is_sampled)?;
        let documents = sample.iter().map(|&at| (at, index.documents()[at as usize].id.clone())).collect();
        let titles = titles(index.documents(), &sample, &ids);
        let mut gathered = Gathered { texts, documents, titles, ..Self::default() };
        for (number, place) in sample.iter().map(|&at| at as usize).enumerate() {
            let (passages, cues) = (std::mem::take(&mut read[place]), std::mem::take(&mut cues[place]));
            let themes = scores.documents.get(place).map_or(&[][..], |scores| &scores.passages);
            for (passage, tokens) in passages {
                tokens.into_iter().for_each(|token| gathered.texts.push(token));
                gathered.texts.end_passage();
                gathered.places.push((number as u32, passage));
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
    fn cues(
        index: &PassageIndex,
        lexicon: &Lexicon,
        is_sampled: &(dyn Fn(usize) -> bool + Sync),
    ) -> Result<Vec<FxHashMap<u32, Cues>>, IndexError> {
        let place = |name: &str| lexicon.cues.iter().position(|cue| cue == name).map(|place| place as u16);
        let (barrier, facilitator) = (place("barrier"), place("facilitator"));
        let visit = |place: usize, document: &TokenClasses| {
            if !is_sampled(place) {
                return FxHashMap::default();
            }
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

/// The types in the title of each document of the sample.
fn titles(documents: &[IndexedDocument], sample: &[u32], ids: &FxHashMap<String, u32>) -> Vec<Vec<u32>> {
    let types = |&at: &u32| -> Vec<u32> {
        let title = documents[at as usize].metadata.title.as_deref().unwrap_or_default().to_lowercase();
        title.split(|c: char| !c.is_alphabetic()).filter_map(|word| ids.get(word).copied()).collect()
    };
    sample.iter().map(types).collect()
}

/// The places of the documents to look at, ascending; of the versions of a work the one that stands for it. All where they hold no more passages than the settings allow, else
/// those that come first in an order of their own, drawn from their ids and the seed, until the passages are enough. A
/// document that is added or removed changes the sample by about its own share.
fn sample(documents: &[IndexedDocument], settings: &DiscoverSettings) -> Vec<u32> {
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
