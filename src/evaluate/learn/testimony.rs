//! What codings and verdicts say of the patterns.
//!
//! A passage where a pattern of a theme is met, and not denied, is judged by what each coder says of the theme there: right
//! where it is found, wrong where it is not, nothing where the coder says nothing. (A coder who gives only the first place of
//! a theme says nothing of what follows it. Where no coding gives a place, the document stands for its passages.) All
//! patterns of a passage share its judgement. The passages and coders of one document share one judgement of a pattern
//! between them, since what one author writes hangs together; a verdict on a hit, which is given hit by hit, is one of its
//! own, shared between the reviewers of that hit.

use super::super::cases::{Coded, Open, Resolved, Theirs};
use super::super::coding::HitVerdict;
use super::belief::Judgements;
use super::learned::Testimony;
use crate::corpus::{DocumentId, Fault, Severity, Span};
use crate::index::{IndexError, IndexedDocument};
use crate::lexicon::Lexicon;
use crate::score::{DocumentScores, Scores};
use std::collections::{BTreeMap, BTreeSet};

/// What people said of one pattern in one document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heard {
    /// Judgements of passages by coders.
    n_coded: u32,
    /// Those that find the theme.
    n_found: u32,
    /// By verdicts on hits.
    verdicts: Judgements,
    /// Hits that a reviewer accepted.
    pub(super) n_accepted: u32,
    /// Hits that a reviewer rejected.
    pub(super) n_rejected: u32,
}

impl Heard {
    /// Whether coders judged it.
    pub(super) fn is_coded(&self) -> bool {
        self.n_coded > 0
    }

    fn judge_hit(&mut self, (n_accept, n_reject): (u32, u32)) {
        let share = f64::from(n_accept) / f64::from(n_accept + n_reject);
        self.verdicts += Judgements { n_right: share, n_wrong: 1.0 - share };
        self.n_accepted += u32::from(n_accept > 0);
        self.n_rejected += u32::from(n_reject > 0);
    }

    fn judgements(&self) -> Judgements {
        let mut all = self.verdicts;
        if self.n_coded > 0 {
            let share = f64::from(self.n_found) / f64::from(self.n_coded);
            all += Judgements { n_right: share, n_wrong: 1.0 - share };
        }
        all
    }
}

/// What is told of patterns, document by document.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// By document and pattern.
    heard: BTreeMap<usize, BTreeMap<u32, Heard>>,
}

impl Told {
    /// What the codings tell.
    pub(super) fn by_codings(
        resolved: &mut Resolved,
        documents: &[IndexedDocument],
        scores: &Scores,
        lexicon: &Lexicon,
        open: Open,
    ) -> Result<Self, IndexError> {
        let Resolved { themes, documents: coded, positioned, .. } = resolved;
        let mut told = Self::default();
        for coded in coded.iter_mut() {
            let Some(scores) = scores.documents.get(coded.document).filter(|scores| !scores.hits.is_empty()) else {
                continue;
            };
            // The text alone: where the hits lie in it is not asked here.
            let no_hits = DocumentScores::default();
            let opened = if *positioned { Some(open(coded.document, &no_hits)?) } else { None };
            let content = opened.as_ref().map(|(content, _)| content);
            if let Some(content) = content {
                // What is not in the text is listed when coders and scores are compared.
                Coded::locate(coded, content, &documents[coded.document].id, &mut Vec::new());
            }
            let theirs = Theirs { coded, scores, content, hits: &[], themes };
            let heard = coded_patterns(&theirs, &lexicon.theme_of);
            if !heard.is_empty() {
                told.heard.insert(coded.document, heard);
            }
        }
        Ok(told)
    }

    /// Adds what the verdicts tell. One that names no hit is a fault.
    pub(super) fn add_verdicts(
        &mut self,
        verdicts: &[HitVerdict],
        documents: &[IndexedDocument],
        scores: &Scores,
        lexicon: &Lexicon,
        open: Open,
    ) -> Result<Vec<Fault>, IndexError> {
        let mut faults = Vec::new();
        let places: BTreeMap<&DocumentId, usize> = documents.iter().enumerate().map(|(d, doc)| (&doc.id, d)).collect();
        let mut by_document: BTreeMap<usize, Vec<&HitVerdict>> = BTreeMap::new();
        for verdict in verdicts {
            match places.get(&verdict.document) {
                Some(&document) => by_document.entry(document).or_default().push(verdict),
                None => faults.push(fault(verdict, format!("document \"{}\" is not in the corpus", verdict.document))),
            }
        }
        for (document, verdicts) in by_document {
            let nothing = DocumentScores::default();
            let found = scores.documents.get(document).unwrap_or(&nothing);
            let (_, spans) = open(document, found)?;
            // Accepted and rejected, by pattern and place.
            let mut hits: BTreeMap<(u32, Span), (u32, u32)> = BTreeMap::new();
            for verdict in verdicts {
                match pattern_of(verdict, found, &spans, lexicon) {
                    Some(pattern) => {
                        let said = hits.entry((pattern, verdict.span)).or_default();
                        *(if verdict.is_right { &mut said.0 } else { &mut said.1 }) += 1;
                    }
                    None => faults.push(fault(verdict, no_hit(verdict))),
                }
            }
            for ((pattern, _), verdicts) in hits {
                self.heard.entry(document).or_default().entry(pattern).or_default().judge_hit(verdicts);
            }
        }
        Ok(faults)
    }

    /// What each document says of each pattern, ascending.
    pub(super) fn testimonies(&self) -> Vec<Testimony> {
        let said = |heard: &BTreeMap<u32, Heard>| heard.iter().map(|(&p, heard)| (p, heard.judgements())).collect();
        self.heard.iter().map(|(&document, heard)| Testimony { document, said: said(heard) }).collect()
    }

    /// Everything heard, document by document.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, &Heard)> {
        self.heard.values().flatten().map(|(&pattern, heard)| (pattern, heard))
    }
}

fn coded_patterns(theirs: &Theirs<'_>, theme_of: &[u16]) -> BTreeMap<u32, Heard> {
    let mut heard: BTreeMap<u32, Heard> = BTreeMap::new();
    for (theme, &of_lexicon) in theirs.themes.iter().enumerate() {
        let own = |pattern: u32| usize::from(theme_of[pattern as usize]) == of_lexicon;
        let hits = theirs.scores.hits.iter().filter(|hit| usize::from(hit.theme) == of_lexicon && !hit.negated);
        let met: BTreeSet<(u32, u32)> =
            hits.filter(|hit| own(hit.pattern)).map(|hit| (hit.passage, hit.pattern)).collect();
        for (passage, pattern) in met {
            let said = match theirs.content {
                None => theirs.whole(theme),
                Some(content) => match content.passages.get(passage as usize) {
                    Some(passage) => theirs.within(theme, passage.span, true),
                    None => continue,
                },
            };
            let n_coded = said[1..].iter().flatten().count() as u32;
            if n_coded > 0 {
                let heard = heard.entry(pattern).or_default();
                heard.n_coded += n_coded;
                heard.n_found += said[1..].iter().flatten().filter(|&&said| said == 1).count() as u32;
            }
        }
    }
    heard
}

/// The pattern whose hit a verdict speaks of.
fn pattern_of(verdict: &HitVerdict, found: &DocumentScores, spans: &[Span], lexicon: &Lexicon) -> Option<u32> {
    let hits = found.hits.iter().zip(spans).filter(|(_, span)| **span == verdict.span);
    let named = |theme: u16, pattern: u32| {
        lexicon.themes[usize::from(theme)].id == verdict.theme
            && lexicon.patterns[pattern as usize].text == verdict.pattern
    };
    hits.map(|(hit, _)| hit).find(|hit| named(hit.theme, hit.pattern)).map(|hit| hit.pattern)
}

fn no_hit(verdict: &HitVerdict) -> String {
    let HitVerdict { document, theme, pattern, span, .. } = verdict;
    format!("theme \"{theme}\" has no hit of \"{pattern}\" at bytes {} to {} of \"{document}\"", span.start, span.end)
}

fn fault(verdict: &HitVerdict, what: String) -> Fault {
    let hint = "the text, the theme or the pattern has changed since: judge the hit again, or take the row out";
    Fault {
        path: verdict.file.clone(),
        line: Some(verdict.line),
        severity: Severity::Skipped,
        what,
        hint: Some(hint.into()),
        ..Fault::default()
    }
}
