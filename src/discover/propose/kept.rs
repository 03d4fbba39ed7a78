//! What was proposed before of the same documents.

use super::super::candidate::{Candidates, Evidence};
use super::super::settings::DiscoverSettings;
use crate::corpus::Digest;
use crate::index::{IndexedDocument, PassageIndex};
use crate::lexicon::Lexicon;
use crate::score::Scores;

/// Names all that candidates depend on besides the program: the settings, what the lexicon finds, and of each document of
/// the sample its name, its content, and the themes of its passages.
pub fn question(
    index: &PassageIndex,
    sample: &[u32],
    scores: &Scores,
    lexicon: &Lexicon,
    settings: &DiscoverSettings,
) -> Digest {
    let mut named = serde_json::to_vec(settings).unwrap_or_default();
    named.extend_from_slice(lexicon.fingerprint.0.as_bytes());
    named.extend_from_slice(&(lexicon.themes.len() as u64).to_le_bytes());
    let word = |word: &str, named: &mut Vec<u8>| {
        named.extend_from_slice(&(word.len() as u64).to_le_bytes());
        named.extend_from_slice(word.as_bytes());
    };
    for &place in sample {
        let IndexedDocument { id, digest, metadata, .. } = &index.documents()[place as usize];
        // The title may be one that another version of the work has.
        for one in [&id.0, &digest.0, metadata.title.as_deref().unwrap_or_default()] {
            word(one, &mut named);
        }
        let passages = scores.documents.get(place as usize).map_or(&[][..], |scores| &scores.passages);
        for scored in passages.iter().filter(|scored| scored.score.has_theme) {
            named.extend_from_slice(&scored.passage.to_le_bytes());
            named.extend_from_slice(&scored.score.theme.to_le_bytes());
        }
        named.extend_from_slice(&u32::MAX.to_le_bytes());
    }
    Digest::of(&named)
}

/// Gives evidence the places that its documents have in the index now: others may have come before them.
pub fn place(candidates: &mut Candidates, index: &PassageIndex) {
    let of_themes =
        candidates.themes.iter_mut().flat_map(|theme| theme.sentences.iter_mut().chain(&mut theme.evidence));
    let of_growth =
        candidates.growth.iter_mut().flat_map(|growth| &mut growth.without_words).map(|found| &mut found.at);
    for Evidence { document, document_id, .. } in of_themes.chain(of_growth) {
        if let Ok(place) = index.documents().binary_search_by(|known| known.id.cmp(document_id)) {
            *document = place;
        }
    }
}
