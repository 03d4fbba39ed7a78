//! In whose words: what each pattern met, as it is written in the texts.

use super::super::opened::Opened;
use crate::corpus::Span;
use crate::score::Hit;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Distinct wordings that are kept of a pattern; of later ones only those known are counted on.
const N_KEPT: usize = 200;
/// Characters of a wording; its middle is left out beyond.
const N_CHARS: usize = 60;

/// What the patterns met in some documents: each wording of a pattern once, in the order in which they came first. Packed,
/// since there are about as many as hits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wordings {
    /// The pattern, and how often.
    met: Vec<(u32, u32)>,
    /// The words, a line each; a wording has no line end in it.
    lines: String,
}

impl Wordings {
    /// Packs what was met, in order.
    pub fn of(met: &[(u32, String)]) -> Self {
        let mut wordings = Self::default();
        let mut places: HashMap<&(u32, String), usize> = HashMap::with_capacity(met.len());
        for one in met {
            let place = *places.entry(one).or_insert(wordings.met.len());
            if let Some((_, n)) = wordings.met.get_mut(place) {
                *n += 1;
            } else {
                wordings.met.push((one.0, 1));
                wordings.lines.extend([&one.1, "\n"]);
            }
        }
        wordings.met.shrink_to_fit();
        wordings.lines.shrink_to_fit();
        wordings
    }
}

/// What each pattern met, and how often.
pub struct Met {
    patterns: Vec<BTreeMap<String, u32>>,
}

impl Met {
    /// Nothing has been met yet.
    pub fn new(n_patterns: usize) -> Self {
        Met { patterns: vec![BTreeMap::new(); n_patterns] }
    }

    /// Counts what some documents say. Documents come in their order, so that what is kept does not depend on chance.
    pub fn take(&mut self, wordings: &Wordings) {
        for ((pattern, n), words) in wordings.met.iter().zip(wordings.lines.lines()) {
            let Some(kept) = self.patterns.get_mut(*pattern as usize) else { continue };
            if let Some(before) = kept.get_mut(words) {
                *before += n;
            } else if kept.len() < N_KEPT {
                kept.insert(words.to_owned(), *n);
            }
        }
    }

    /// The wordings of a pattern that were met most often, at most `n`; of those level the first by alphabet.
    pub fn most(&self, pattern: u32, n: usize) -> Vec<(&str, u32)> {
        let kept = self.patterns.get(pattern as usize).into_iter().flatten();
        let mut most: Vec<(&str, u32)> = kept.map(|(words, n)| (words.as_str(), *n)).collect();
        most.sort_by_key(|(words, n)| (std::cmp::Reverse(*n), *words));
        most.truncate(n);
        most
    }
}

/// What the patterns met in one document, in order; denied hits are left out.
pub fn words_met(opened: &Opened<'_>) -> Vec<(u32, String)> {
    let excluded = opened.findings.synthesis.selection.documents[opened.document].excluded.is_some();
    let hits = met_once(&opened.scores().hits, opened.spans).filter(|_| !excluded);
    hits.map(|(pattern, span)| (pattern, wording(span.of(&opened.content.text)))).collect()
}

/// Patterns and where they were met, denied hits left out: a match is a hit of its theme and of each one above it, and one
/// match all the same.
fn met_once<'a>(hits: &'a [Hit], spans: &'a [Span]) -> impl Iterator<Item = (u32, Span)> + 'a {
    let mut seen = HashSet::new();
    let counted = hits.iter().zip(spans).filter(|(hit, _)| !hit.negated);
    counted.map(|(hit, span)| (hit.pattern, *span)).filter(move |met| seen.insert(*met))
}

/// Words in lower case with one blank between, and an ellipsis in the middle of many.
pub fn wording(text: &str) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let n = plain.chars().count();
    if n <= N_CHARS {
        return plain;
    }
    let head: String = plain.chars().take(N_CHARS / 2).collect();
    let tail: String = plain.chars().skip(n - N_CHARS / 2).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, tail)| tail);
    format!("{head} … {tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_wordings_come_first_and_many_are_not_kept() {
        let mut met = Met::new(2);
        let wordings = Wordings::of(&["money", "funds", "funds", "grants"].map(|words| (1, words.to_owned())));
        assert_eq!((wordings.met.len(), wordings.lines.as_str()), (3, "money\nfunds\ngrants\n"));
        met.take(&wordings);
        met.take(&Wordings::of(&[(1, "funds".to_owned())]));
        let many = (0..300).map(|n| (0, format!("wording {n}"))).chain([(7, "no such pattern".to_owned())]);
        met.take(&Wordings::of(&many.collect::<Vec<_>>()));
        assert_eq!(met.most(1, 2), [("funds", 3), ("grants", 1)]);
        assert_eq!(met.most(0, 1000).len(), N_KEPT);
        assert_eq!(met.most(9, 1), []);
    }

    #[test]
    fn what_a_theme_and_the_one_above_it_meet_together_is_met_once() {
        let hit = |theme, first_token| Hit {
            passage: 0,
            pattern: 3,
            first_token,
            n_tokens: 1,
            theme,
            stance: Default::default(),
            negated: false,
        };
        let (first, second) = (Span { start: 0, end: 4 }, Span { start: 8, end: 12 });
        let hits = [hit(0, 0), hit(1, 0), hit(0, 2), hit(1, 2)];
        let met: Vec<_> = met_once(&hits, &[first, first, second, second]).collect();
        assert_eq!(met, [(3, first), (3, second)]);
    }

    #[test]
    fn a_long_wording_keeps_its_ends() {
        assert_eq!(wording("Lack\n of  Funding"), "lack of funding");
        let long = wording(&format!("argued {} about the money", "and argued again ".repeat(9)));
        assert_eq!(long, "argued and argued again and … argued again about the money");
    }
}
