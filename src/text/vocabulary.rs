//! The distinct words that one worker has met, each folded and stemmed once.

use super::fold::Folding;
use super::passage::TypeId;
use super::settings::Language;
use super::stem::stem;
use rustc_hash::FxHashMap;

/// Words as written that are this long in bytes or shorter are kept inline; most are.
pub(super) const SHORT: usize = 16;
/// Words longer than this many bytes are all of one type that no pattern can match.
const LONGEST: usize = 255;
/// The surface of that type: it is never a word, so no pattern can hold it.
const OVERLONG: &str = "…";
/// A worker should hold no more distinct words as written than this (about 60 MB).
const MOST_WORDS: usize = 1 << 19;

/// The types that one worker has met: case-folded surface and stem of each, looked up by the word as written.
///
/// A vocabulary belongs to one thread; type ids of two vocabularies have nothing to do with each other.
/// A surface that was met in two languages is two types. Words of more than 255 bytes are no words of a language:
/// they are tokens like others, but all of one type, whose surface and stem are `…`.
/// It is emptied by `clear` when it has grown past what a worker should hold (`is_full`), between two documents.
#[derive(Debug, Default)]
pub struct Vocabulary {
    types: Vec<TypeEntry>,
    /// Surface and stem of every type, one after the other.
    letters: String,
    /// Words as written, a table a language.
    words: Vec<(Language, Words)>,
    n_words: usize,
    generation: u32,
}

#[derive(Clone, Copy, Debug)]
struct TypeEntry {
    start: u32,
    stem_start: u32,
    end: u32,
}

impl Vocabulary {
    /// How many types it holds.
    pub fn n_types(&self) -> usize {
        self.types.len()
    }

    /// Case-folded surface of a type.
    pub fn surface(&self, type_id: TypeId) -> &str {
        let entry = self.types[type_id.0 as usize];
        &self.letters[entry.start as usize..entry.stem_start as usize]
    }

    /// Stem of a type.
    pub fn stem(&self, type_id: TypeId) -> &str {
        let entry = self.types[type_id.0 as usize];
        &self.letters[entry.stem_start as usize..entry.end as usize]
    }

    /// Whether it has grown past what a worker should hold.
    pub fn is_full(&self) -> bool {
        self.n_words >= MOST_WORDS
    }

    /// Forgets every type; ids given before are void. Counts the times, so that caches keyed by id can follow.
    pub fn clear(&mut self) {
        *self = Self { generation: self.generation.wrapping_add(1), ..Self::default() };
    }

    /// How often it has been cleared.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// The words of one language, to look up and to add to.
    pub(super) fn in_language(&mut self, language: Language, folding: Folding) -> Lookup<'_> {
        let index = self.words.iter().position(|(known, _)| *known == language).unwrap_or_else(|| {
            self.words.push((language, Words::new()));
            self.words.len() - 1
        });
        let (_, words) = &mut self.words[index];
        let (types, letters, n_words) = (&mut self.types, &mut self.letters, &mut self.n_words);
        Lookup { language, folding, words, types, letters, n_words }
    }
}

/// A vocabulary open at one language.
pub(super) struct Lookup<'v> {
    language: Language,
    folding: Folding,
    words: &'v mut Words,
    types: &'v mut Vec<TypeEntry>,
    letters: &'v mut String,
    n_words: &'v mut usize,
}

impl Lookup<'_> {
    /// Where each of the keys lies among the short words if it is known and in the first slot it could be in.
    #[inline]
    pub(super) fn likely_places(&self, keys: &[Key], places: &mut Vec<u32>) {
        let mask = self.words.slots.len() - 1;
        places.clear();
        places.extend(keys.iter().map(|key| self.words.slots[key.hash() as usize & mask].place));
    }

    /// The type of the word at a place, if the word has this key.
    #[inline]
    pub(super) fn at(&self, place: u32, key: Key) -> Option<TypeId> {
        self.words.short.get(place as usize).filter(|short| short.key == key).map(|short| short.type_id)
    }

    /// The type of a word of any length, as written.
    pub(super) fn word(&mut self, word: &str) -> TypeId {
        let word = if word.len() > LONGEST { OVERLONG } else { word };
        match self.words.find_word(word) {
            Some(type_id) => type_id,
            None => self.meet(word),
        }
    }

    /// Takes up a word that has not been seen written so.
    #[cold]
    #[inline(never)]
    fn meet(&mut self, word: &str) -> TypeId {
        let folded = self.folding.surface(word);
        let known = self.words.find_word(&folded);
        let type_id = known.unwrap_or_else(|| {
            let type_id = self.add_type(&folded);
            self.add_word(&folded, type_id);
            type_id
        });
        if folded != word {
            self.add_word(word, type_id);
        }
        type_id
    }

    fn add_word(&mut self, word: &str, type_id: TypeId) {
        *self.n_words += 1;
        if word.len() <= SHORT {
            self.words.insert(Key::new(word), type_id);
        } else {
            self.words.long.insert(word.into(), type_id);
        }
    }

    fn add_type(&mut self, surface: &str) -> TypeId {
        let stem = stem(surface, self.language);
        let start = self.letters.len() as u32;
        self.letters.push_str(surface);
        let stem_start = self.letters.len() as u32;
        self.letters.push_str(&stem);
        self.types.push(TypeEntry { start, stem_start, end: self.letters.len() as u32 });
        TypeId(self.types.len() as u32 - 1)
    }
}

/// A word of at most `SHORT` bytes as a number: its bytes, the first lowest, padded with zeros. No word holds a zero byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub(super) struct Key(pub(super) u128);

impl Key {
    /// The key of no word.
    pub(super) const NONE: Key = Key(0);

    fn new(word: &str) -> Self {
        let mut bytes = [0; SHORT];
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        Self(u128::from_le_bytes(bytes))
    }

    /// A folded multiplication: every bit of the key reaches every bit of the hash.
    #[inline]
    fn hash(self) -> u64 {
        let low = self.0 as u64 ^ 0x243f_6a88_85a3_08d3;
        let high = (self.0 >> 64) as u64 ^ 0x1319_8a2e_0370_7344;
        let product = u128::from(low) * u128::from(high);
        product as u64 ^ (product >> 64) as u64
    }
}

/// A short word as written, and its type.
#[derive(Clone, Copy, Debug)]
struct Short {
    key: Key,
    type_id: TypeId,
}

/// Where a short word lies: part of its hash, and its place among the short words.
#[derive(Clone, Copy, Debug)]
struct Slot {
    tag: u32,
    place: u32,
}

const FREE: Slot = Slot { tag: 0, place: u32::MAX };

/// Words as written and their types: short ones in the order they were met, behind an open-addressing table; long ones in a map.
///
/// Frequent words are met early, so they lie close together and in the slots of their own; that keeps them in the
/// processor's own memory, on which the speed of the whole room hangs.
#[derive(Debug)]
struct Words {
    slots: Vec<Slot>,
    short: Vec<Short>,
    long: FxHashMap<Box<str>, TypeId>,
}

impl Words {
    fn new() -> Self {
        Self { slots: vec![FREE; 1 << 12], short: Vec::new(), long: FxHashMap::default() }
    }

    fn find_word(&self, word: &str) -> Option<TypeId> {
        if word.len() <= SHORT { self.find(Key::new(word)) } else { self.long.get(word).copied() }
    }

    #[inline]
    fn find(&self, key: Key) -> Option<TypeId> {
        let hash = key.hash();
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.tag == tag(hash)
                && let Some(short) = self.short.get(slot.place as usize)
                && short.key == key
            {
                return Some(short.type_id);
            }
            if slot.place == FREE.place {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, key: Key, type_id: TypeId) {
        self.short.push(Short { key, type_id });
        if self.short.len() * 4 > self.slots.len() * 3 {
            self.slots = vec![FREE; self.slots.len() * 2];
            (0..self.short.len()).for_each(|place| self.place(place));
        } else {
            self.place(self.short.len() - 1);
        }
    }

    fn place(&mut self, place: usize) {
        let hash = self.short[place].key.hash();
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].place != FREE.place {
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot { tag: tag(hash), place: place as u32 };
    }
}

#[inline]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}
