//! A corpus laid out once, to be matched by many lexicons.

use crate::index::{IndexError, PassageIndex};
use crate::lexicon::{ClassId, Found, Lexicon, Scratch, TokenClasses};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Documents as lists of types, with their sentences and hyphenated words.
#[derive(Debug)]
pub struct Corpus {
    /// Case-folded surface and stem of each type; number 0 is no type.
    types: Vec<(String, String)>,
    ids: FxHashMap<String, ClassId>,
    /// The documents; the class of a token is the number of its type.
    documents: Vec<TokenClasses>,
}

impl Default for Corpus {
    fn default() -> Self {
        Corpus { types: vec![Default::default()], ids: FxHashMap::default(), documents: Vec::new() }
    }
}

impl Corpus {
    /// The documents of an index, in its order.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn of_index(index: &PassageIndex) -> Result<Self, IndexError> {
        let mut corpus = Self::default();
        index.types(&mut |surface, stem, _, _| {
            corpus.type_of(surface, stem);
        })?;
        let number = |surface: &str, _: &str| corpus.ids.get(surface).copied().unwrap_or_default();
        corpus.documents = index.stream(&number, &|_, document| document.clone())?;
        Ok(corpus)
    }

    /// The number of a type, new or met before. The first stem it is given with stays its stem.
    pub fn type_of(&mut self, surface: &str, stem: &str) -> ClassId {
        if let Some(&id) = self.ids.get(surface) {
            return id;
        }
        let id = ClassId(self.types.len() as u32);
        self.types.push((surface.to_owned(), stem.to_owned()));
        self.ids.insert(surface.to_owned(), id);
        id
    }

    /// Adds a document, whose classes are numbers that `type_of` gave.
    pub fn push(&mut self, document: TokenClasses) {
        self.documents.push(document);
    }

    /// How many documents it holds.
    pub fn n_documents(&self) -> usize {
        self.documents.len()
    }

    /// The documents; the class of a token is the number of its type.
    pub(super) fn documents(&self) -> &[TokenClasses] {
        &self.documents
    }

    /// Surface and stem of every type, the first being no type.
    pub(super) fn types(&self) -> &[(String, String)] {
        &self.types
    }

    /// What a lexicon finds in each document.
    pub(super) fn hits(&self, lexicon: &Lexicon) -> Vec<Vec<Found>> {
        let classes: Vec<ClassId> = self.types.iter().map(|(surface, stem)| lexicon.classify(surface, stem)).collect();
        let class = |number: ClassId| if number == ClassId::NONE { number } else { classes[number.0 as usize] };
        let new = || (TokenClasses::default(), Scratch::default(), Vec::new());
        let find = |(seen, scratch, cues): &mut (TokenClasses, Scratch, Vec<Found>), document: &TokenClasses| {
            seen.classes.clear();
            seen.classes.extend(document.classes.iter().map(|number| class(*number)));
            seen.sentences.clone_from(&document.sentences);
            seen.compounds.clone_from(&document.compounds);
            seen.compounds.iter_mut().for_each(|compound| compound.class = class(compound.class));
            seen.compounds.retain(|compound| compound.class != ClassId::NONE);
            seen.n_passages = document.n_passages;
            let mut hits = Vec::new();
            lexicon.find(seen, scratch, &mut hits, cues);
            hits
        };
        self.documents.par_iter().map_init(new, find).collect()
    }
}
