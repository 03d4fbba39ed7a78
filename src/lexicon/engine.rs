//! The two ways of matching behind one door.

use super::classes::{ClassId, TokenClasses};
use super::matcher::{self, Found, Scratch, Unit};
use super::quanteda;
use std::collections::BTreeSet;

/// What finds the hits of a lexicon.
#[derive(Debug)]
pub(super) enum Engine {
    /// Our own language.
    Throughline(Box<matcher::Engine>),
    /// The R package's.
    Quanteda(Box<quanteda::Engine>),
}

impl Engine {
    pub(super) fn classify(&self, surface: &str, stem: &str) -> ClassId {
        match self {
            Engine::Throughline(engine) => engine.classify(surface, stem),
            Engine::Quanteda(engine) => engine.classify(surface, stem),
        }
    }

    pub(super) fn find(
        &self,
        document: &TokenClasses,
        scratch: &mut Scratch,
        hits: &mut Vec<Found>,
        cues: &mut Vec<Found>,
    ) {
        match self {
            Engine::Throughline(engine) => engine.find(document, scratch, hits, cues),
            Engine::Quanteda(engine) => engine.find(document, scratch, hits, cues),
        }
    }

    /// The patterns of themes that are met inside every text of `sequence`; some may be missed, none is wrong.
    pub(super) fn patterns_inside(&self, sequence: &[Unit]) -> BTreeSet<u32> {
        match self {
            Engine::Throughline(engine) => engine.patterns_inside(sequence),
            Engine::Quanteda(_) => BTreeSet::new(),
        }
    }
}
