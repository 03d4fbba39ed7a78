//! The distinct words that one worker has met, each folded and stemmed once.

use super::passage::TypeId;

/// The types that one worker has met: case-folded surface and stem of each, looked up by the word as written.
///
/// A vocabulary belongs to one thread; type ids of two vocabularies have nothing to do with each other.
/// It is emptied by `clear` when it has grown past what a worker should hold (`is_full`), between two documents.
#[derive(Debug, Default)]
pub struct Vocabulary {}

impl Vocabulary {
    /// How many types it holds.
    pub fn n_types(&self) -> usize {
        todo!()
    }

    /// Case-folded surface of a type.
    pub fn surface(&self, _type_id: TypeId) -> &str {
        todo!()
    }

    /// Stem of a type.
    pub fn stem(&self, _type_id: TypeId) -> &str {
        todo!()
    }

    /// Whether it has grown past what a worker should hold.
    pub fn is_full(&self) -> bool {
        todo!()
    }

    /// Forgets every type; ids given before are void. Counts the times, so that caches keyed by id can follow.
    pub fn clear(&mut self) {
        todo!()
    }

    /// How often it has been cleared.
    pub fn generation(&self) -> u32 {
        todo!()
    }
}
