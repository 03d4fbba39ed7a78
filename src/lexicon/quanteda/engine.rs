//! A lexicon's themes as keys: what finds the hits of a study under quanteda's matching.

use super::super::classes::{ClassId, TokenClasses};
use super::super::matcher::{Engine as Cues, Found, Scratch};
use super::super::settings::LookupSettings;
use super::super::theme::{LexiconError, Theme};
use super::dictionary::{Dictionary, no_value};
use super::lookup::claims;
use rustc_hash::FxHashMap;
use std::sync::{PoisonError, RwLock};

/// Themes looked up as that package looks up keys, and cue lists found as ever.
#[derive(Debug)]
pub(in super::super) struct Engine {
    themes: Dictionary,
    cues: Cues,
    classes: RwLock<Classes>,
}

/// The classes given so far: which words of the dictionary a type is, and its class among the cues.
#[derive(Debug, Default)]
struct Classes {
    ids: FxHashMap<(Box<[u32]>, ClassId), ClassId>,
    words: Vec<Vec<u32>>,
    cues: Vec<ClassId>,
}

impl Engine {
    /// Compiles the patterns of `themes`, each verbatim as a value of its theme and of those above it that the settings'
    /// levels let have hits. `chains` gives for each theme itself and the themes above it, from the lowest up.
    pub(in super::super) fn new(
        themes: &[Theme],
        chains: &[Vec<u16>],
        settings: &LookupSettings,
        cues: Cues,
        errors: &mut Vec<LexiconError>,
    ) -> Self {
        let mut dictionary = Dictionary::empty(settings.clone());
        let keys: Vec<u32> = themes.iter().map(|theme| dictionary.add_key(&theme.id.0)).collect();
        let is_level =
            |theme: u16| settings.levels.is_empty() || settings.levels.contains(&chains[usize::from(theme)].len());
        let mut number = 0;
        for (theme, chain) in themes.iter().zip(chains) {
            if let Some(except) = theme.except.first() {
                let what = format!("theme \"{}\" gives exceptions, which quanteda's matching does not know", theme.id);
                let hint = "take them out, or leave semantics = \"quanteda\" out".to_owned();
                errors.push(LexiconError { file: theme.file.clone(), line: except.line, what, hint });
            }
            for pattern in &theme.patterns {
                for group in chain.iter().filter(|group| is_level(**group)) {
                    let added = dictionary.add(keys[usize::from(*group)], &pattern.text, number);
                    errors.extend(added.err().map(|what| no_value(theme.file.clone(), pattern.line, what)));
                }
                number += 1;
            }
        }
        dictionary.finish();
        let none = Classes { words: vec![Vec::new()], cues: vec![ClassId::NONE], ..Classes::default() };
        Self { themes: dictionary, cues, classes: RwLock::new(none) }
    }

    pub(in super::super) fn classify(&self, surface: &str, stem: &str) -> ClassId {
        let words = self.themes.words.of(surface, &self.themes.settings).into_boxed_slice();
        let cue = self.cues.classify(surface, stem);
        if words.is_empty() && cue == ClassId::NONE {
            return ClassId::NONE;
        }
        // A poisoned lock still holds whole tables: entries are only ever appended.
        let mut classes = self.classes.write().unwrap_or_else(PoisonError::into_inner);
        let Classes { ids, words: all_words, cues } = &mut *classes;
        *ids.entry((words, cue)).or_insert_with_key(|(words, cue)| {
            all_words.push(words.to_vec());
            cues.push(*cue);
            ClassId(cues.len() as u32 - 1)
        })
    }

    /// See `Lexicon::find`; a hit may lie over several sentences, and belongs to the one that it begins in.
    pub(in super::super) fn find(
        &self,
        document: &TokenClasses,
        scratch: &mut Scratch,
        hits: &mut Vec<Found>,
        cues: &mut Vec<Found>,
    ) {
        hits.clear();
        cues.clear();
        let classes = self.classes.read().unwrap_or_else(PoisonError::into_inner);
        let n_classes = classes.words.len() as u32;
        let number = |class: &ClassId| if class.0 < n_classes { class.0 } else { 0 };
        let tokens: Vec<u32> = document.classes.iter().map(number).collect();
        let mut sentence = 0;
        for claim in claims(&self.themes, &tokens, &classes.words) {
            let behind = |at: usize| document.sentences[at].first_token + document.sentences[at].n_tokens;
            while sentence < document.sentences.len() && claim.first >= behind(sentence) {
                sentence += 1;
            }
            let Some(tokens) = document.sentences.get(sentence) else { break };
            let (Ok(theme), Ok(n_tokens)) = (u16::try_from(claim.key), u16::try_from(claim.n)) else { continue };
            if tokens.scored && claim.first >= tokens.first_token {
                let (pattern, first_token) = (claim.value, claim.first);
                hits.push(Found { theme, pattern, sentence: sentence as u32, first_token, n_tokens });
            }
        }
        if hits.is_empty() {
            return;
        }
        let class = |token: &u32| classes.cues[*token as usize];
        let seen = TokenClasses {
            classes: tokens.iter().map(class).collect(),
            sentences: document.sentences.clone(),
            ..TokenClasses::default()
        };
        for same in hits.chunk_by(|a, b| a.sentence == b.sentence) {
            self.cues.cues_of(&seen, same[0].sentence as usize, scratch, cues);
        }
    }
}
