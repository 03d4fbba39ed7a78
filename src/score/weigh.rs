//! Weighs hits into scores.

use super::cue::{CueKind, Mark};
use super::hit::{DocumentScore, DocumentScores, Hit, PassageScore, Scores, ThemeScore};
use super::settings::ScoreSettings;
use super::stance;
use crate::corpus::Span;
use crate::index::{IndexError, PassageIndex};
use crate::lexicon::{Found, Lexicon, Stance, TokenClasses};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// Room for one worker to score in, so that nothing is allocated per sentence.
#[derive(Debug, Default)]
pub struct Scratch {
    matcher: crate::lexicon::Scratch,
    found: Vec<Found>,
    cues: Vec<Found>,
    marks: Vec<Mark>,
    tally: Vec<Tally>,
}

/// One hit as it counts for one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Tally {
    theme: u16,
    pattern: u32,
    negated: bool,
    stance: Stance,
}

/// What is found in one document before anything is weighed: it is kept from run to run.
#[derive(Serialize, Deserialize)]
struct Read {
    hits: Vec<Hit>,
    /// Where each hit is written; empty until the text has been opened.
    spans: Vec<Span>,
    n_scored_passages: u32,
    n_scored_tokens: u32,
}

/// Scores documents against one lexicon. Made once and shared by all workers.
#[derive(Debug)]
pub struct Scorer<'a> {
    lexicon: &'a Lexicon,
    settings: &'a ScoreSettings,
    kinds: Vec<Option<CueKind>>,
    weights: Vec<f64>,
}

impl<'a> Scorer<'a> {
    /// A scorer that believes each pattern as far as its own weight says.
    pub fn new(lexicon: &'a Lexicon, settings: &'a ScoreSettings) -> Self {
        Self {
            lexicon,
            settings,
            kinds: lexicon.cues.iter().map(|name| CueKind::of(name)).collect(),
            weights: lexicon.patterns.iter().map(|pattern| pattern.weight).collect(),
        }
    }

    /// The same scorer with another weight for each pattern of the lexicon, in its order.
    #[must_use]
    pub fn believing(&self, weights: Vec<f64>) -> Self {
        Self { kinds: self.kinds.clone(), weights, ..*self }
    }

    /// Weighs the hits of a document again: weights decide what hits come to, never which there are.
    pub fn again(&self, document: &DocumentScores, scratch: &mut Scratch) -> DocumentScores {
        let mut again = document.clone();
        self.reweigh(&mut again, scratch);
        again
    }

    fn reweigh(&self, document: &mut DocumentScores, scratch: &mut Scratch) {
        document.passages = self.passages(&document.hits, &mut scratch.tally);
        document.themes = sums(&document.passages, self.lexicon.themes.len(), document.n_scored_tokens);
    }

    /// A passage has a theme from this score on, 0 to 1.
    pub fn threshold(&self) -> f64 {
        self.settings.threshold
    }

    /// Scores one document.
    pub fn document(&self, classes: &TokenClasses, scratch: &mut Scratch) -> DocumentScores {
        let read = self.read(classes, scratch);
        self.weigh(read, scratch)
    }

    /// What the patterns find in one document, whatever they weigh.
    fn read(&self, classes: &TokenClasses, scratch: &mut Scratch) -> Read {
        self.lexicon.find(classes, &mut scratch.matcher, &mut scratch.found, &mut scratch.cues);
        let hits = self.hits(classes, scratch);
        let (n_scored_passages, n_scored_tokens) = extent(classes);
        Read { hits, spans: Vec::new(), n_scored_passages, n_scored_tokens }
    }

    fn weigh(&self, read: Read, scratch: &mut Scratch) -> DocumentScores {
        let Read { hits, n_scored_passages, n_scored_tokens, .. } = read;
        let passages = self.passages(&hits, &mut scratch.tally);
        let themes = sums(&passages, self.lexicon.themes.len(), n_scored_tokens);
        DocumentScores { hits, passages, themes, n_scored_passages, n_scored_tokens }
    }

    /// Gives what was found a stance, sentence by sentence.
    fn hits(&self, classes: &TokenClasses, scratch: &mut Scratch) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(scratch.found.len());
        let mut cues = &scratch.cues[..];
        for found in scratch.found.chunk_by(|one, other| one.sentence == other.sentence) {
            let sentence = found[0].sentence;
            let n_before = cues.partition_point(|cue| cue.sentence < sentence);
            let n_here = cues[n_before..].partition_point(|cue| cue.sentence == sentence);
            stance::read(&cues[n_before..n_before + n_here], &self.kinds, found, &mut scratch.marks);
            cues = &cues[n_before + n_here..];
            let passage = classes.sentences[sentence as usize].passage;
            let before = hits.len();
            hits.extend(found.iter().map(|found| self.hit(found, passage, &scratch.marks)));
            stance::agree(&mut hits[before..], &scratch.marks);
            stance::take_back(&mut hits[before..], &scratch.marks);
        }
        hits
    }

    fn hit(&self, found: &Found, passage: u32, marks: &[Mark]) -> Hit {
        let own = self.lexicon.patterns[found.pattern as usize].stance;
        let (stance, negated) = stance::judge(found, own, marks);
        let Found { theme, pattern, first_token, n_tokens, .. } = *found;
        Hit { passage, pattern, first_token, n_tokens, theme, stance, negated }
    }

    /// Scores the passages of a document from its hits.
    fn passages(&self, hits: &[Hit], tally: &mut Vec<Tally>) -> Vec<PassageScore> {
        let mut passages = Vec::new();
        for hits in hits.chunk_by(|one, other| one.passage == other.passage) {
            self.passage(hits, tally, &mut passages);
        }
        // There is one for every passage and theme of the corpus.
        passages.shrink_to_fit();
        passages
    }

    /// Scores the themes of one passage from its hits.
    fn passage(&self, hits: &[Hit], tally: &mut Vec<Tally>, out: &mut Vec<PassageScore>) {
        tally.clear();
        tally.extend(hits.iter().map(|&Hit { theme, pattern, negated, stance, .. }| Tally {
            theme,
            pattern,
            negated,
            stance,
        }));
        tally.sort_unstable();
        for tally in tally.chunk_by(|one, other| one.theme == other.theme) {
            out.push(PassageScore { passage: hits[0].passage, score: self.theme(tally) });
        }
    }

    /// Scores one theme of a passage from its hits, which ascend by pattern.
    fn theme(&self, tally: &[Tally]) -> ThemeScore {
        let mut score = ThemeScore::none(tally[0].theme);
        for hit in tally.iter().filter(|hit| !hit.negated) {
            score.n_hits += 1;
            score.stance = stance::together(score.stance, hit.stance);
        }
        let counted = tally.chunk_by(|one, other| one.pattern == other.pattern);
        let counted = counted.filter(|hits| hits.iter().any(|hit| !hit.negated));
        score.score = noisy_or(counted.map(|hits| self.weight(hits[0].pattern)));
        score.has_theme = score.n_hits > 0 && reaches(score.score, self.settings.threshold);
        score
    }

    /// How far a pattern (index into `Lexicon::patterns`) alone is to be believed, 0 to 1.
    pub fn weight(&self, pattern: u32) -> f64 {
        self.weights[pattern as usize]
    }
}

/// The chance that at least one of several patterns is right, each believed as far as its weight says: `1 − Π (1 − w)`, 0
/// where there is none.
///
/// Each weight takes its share of the doubt that those before it left. So a pattern alone comes to its weight exactly, and
/// reaches a threshold that is written as that same number, which `1 − (1 − w)` may miss by a bit (0.45). Weights come in the
/// order of the patterns, so that the sum has the same bits in every run.
///
/// # Example
/// ```
/// assert_eq!(throughline::score::noisy_or([0.5, 0.5].into_iter()), 0.75);
/// ```
pub fn noisy_or(weights: impl Iterator<Item = f64>) -> f64 {
    weights.fold(0.0, |chance, weight| chance + weight * (1.0 - chance))
}

/// Whether a score reaches a threshold: equal numbers do, whatever bits their sums have lost on the way.
pub fn reaches(score: f64, threshold: f64) -> bool {
    score + 1e-9 >= threshold
}

/// Sums the passages of a document up, theme by theme.
fn sums(passages: &[PassageScore], n_themes: usize, n_scored_tokens: u32) -> Vec<DocumentScore> {
    let mut themes: Vec<_> = (0..n_themes)
        .map(|theme| DocumentScore {
            score: ThemeScore::none(theme as u16),
            n_passages: 0,
            rate_per_1000_tokens: rate_per_1000(0, n_scored_tokens),
        })
        .collect();
    for PassageScore { score, .. } in passages {
        let theme = &mut themes[usize::from(score.theme)];
        theme.n_passages += u32::from(score.has_theme);
        theme.score.n_hits += score.n_hits;
        theme.score.score = theme.score.score.max(score.score);
        theme.score.has_theme |= score.has_theme;
    }
    for theme in themes.iter_mut().filter(|theme| theme.score.n_hits > 0) {
        let id = theme.score.theme;
        theme.score.stance =
            stance::balance(passages.iter().map(|passage| passage.score).filter(|score| score.theme == id));
        theme.rate_per_1000_tokens = rate_per_1000(theme.score.n_hits, n_scored_tokens);
    }
    themes
}

/// What is found in a document when some of its passages, which ascend and have `n_tokens` tokens, do not count.
pub fn without(scores: &DocumentScores, left_out: &[u32], n_tokens: u32) -> DocumentScores {
    let counts = |passage: u32| left_out.binary_search(&passage).is_err();
    let passages: Vec<_> = scores.passages.iter().copied().filter(|scored| counts(scored.passage)).collect();
    let n_scored_tokens = scores.n_scored_tokens.saturating_sub(n_tokens);
    DocumentScores {
        hits: scores.hits.iter().copied().filter(|hit| counts(hit.passage)).collect(),
        themes: sums(&passages, scores.themes.len(), n_scored_tokens),
        passages,
        n_scored_passages: scores.n_scored_passages.saturating_sub(left_out.len() as u32),
        n_scored_tokens,
    }
}

/// Scores every document of the index, in parallel; `tick` is called once for each. A document that an earlier run read
/// with the same lexicon is not read again.
///
/// # Errors
/// Where the index cannot be read, or what was read cannot be kept.
pub fn themes(
    index: &PassageIndex,
    lexicon: &Lexicon,
    settings: &ScoreSettings,
    tick: &(dyn Fn() + Sync),
) -> Result<Scores, IndexError> {
    let scorer = Scorer::new(lexicon, settings);
    let idle: Mutex<Vec<Scratch>> = Mutex::default();
    let take = || idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
    let give = |scratch| idle.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    let mut read = index.answers("hits", &lexicon.fingerprint, |wanted| {
        let mut read = index.stream_of(wanted, &|surface, stem| lexicon.classify(surface, stem), &|_, classes| {
            let mut scratch = take();
            let read = scorer.read(classes, &mut scratch);
            give(scratch);
            read
        })?;
        read.par_iter_mut().try_for_each(|(document, read)| {
            let tokens: Vec<_> = read.hits.iter().map(|hit| (hit.first_token, u32::from(hit.n_tokens))).collect();
            read.spans = match tokens.is_empty() {
                true => Vec::new(),
                false => index.spans(&index.content(*document as usize)?, &tokens),
            };
            Ok::<(), IndexError>(())
        })?;
        Ok(read)
    })?;
    let spans = read.iter_mut().map(|read| std::mem::take(&mut read.spans)).collect();
    let documents = read.into_par_iter().map(|read| {
        let mut scratch = take();
        let scores = scorer.weigh(read, &mut scratch);
        give(scratch);
        tick();
        scores
    });
    Ok(Scores { documents: documents.collect(), spans })
}

/// Weighs the hits of every document again, by the weights that the lexicon's patterns have now.
pub fn reweigh(scores: &mut Scores, lexicon: &Lexicon, settings: &ScoreSettings) {
    let scorer = Scorer::new(lexicon, settings);
    let documents = scores.documents.par_iter_mut();
    documents.for_each_init(Scratch::default, |scratch, document| scorer.reweigh(document, scratch));
}

/// Passages with at least one scored sentence, and the tokens of scored sentences.
fn extent(classes: &TokenClasses) -> (u32, u32) {
    let (mut n_passages, mut n_tokens, mut last) = (0, 0, None);
    for sentence in classes.sentences.iter().filter(|sentence| sentence.scored) {
        n_tokens += sentence.n_tokens;
        n_passages += u32::from(last != Some(sentence.passage));
        last = Some(sentence.passage);
    }
    (n_passages, n_tokens)
}

fn rate_per_1000(n_hits: u32, n_tokens: u32) -> Option<f64> {
    (n_tokens > 0).then(|| f64::from(n_hits) * 1000.0 / f64::from(n_tokens))
}
