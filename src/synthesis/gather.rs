//! Takes from the texts what the synthesis rests on, one document at a time.

use super::evidence::{DocumentEvidence, Evidence, OutcomeMention, Status, VariantMention};
use super::readers::{Cue, Says, citations, status};
use super::settings::{Switch, SynthesisSettings};
use crate::corpus::{Digest, Fault, Severity};
use crate::index::{IndexError, PassageIndex};
use crate::lexicon::{Found, Lexicon, LexiconError, LexiconSettings, Pattern, Scratch, Theme, ThemeId, TokenClasses};
use crate::text::Analyzer;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The cue lists that every study has.
const SHIPPED: &str = include_str!("cues.toml");

/// What a probe looks for: its number in the settings.
#[derive(Clone, Copy, Debug)]
enum Purpose {
    Outcome(u16),
    Variant { concept: u16, variant: u16 },
    Rule(u16),
}

/// The patterns of the settings (outcomes and their cues, names of concepts, rules of selection), compiled.
#[derive(Debug)]
pub struct Probes {
    /// Every probe as a theme; `None` where the settings ask for none.
    lexicon: Option<Lexicon>,
    /// What each of those themes looks for.
    purposes: Vec<Purpose>,
    /// What each cue list of the lexicon stands for.
    says: Vec<Option<Says>>,
    citations: Switch,
}

impl Probes {
    /// Compiles the patterns of the settings.
    ///
    /// # Errors
    /// One for each pattern that cannot be compiled, named by its part of the settings.
    pub fn compile(settings: &SynthesisSettings, analyzer: &Analyzer) -> Result<Self, Vec<LexiconError>> {
        let (mut themes, mut purposes) = (Vec::new(), Vec::new());
        let mut add = |purpose, place: String, patterns: &[String], except: &[String]| {
            let pattern = |text: &String| Pattern { text: text.clone(), weight: 1.0, stance: None, line: 0 };
            themes.push(Theme {
                // Themes are compiled in order of id; a number of fixed width keeps ours.
                id: ThemeId(format!("probe {:05}", purposes.len())),
                patterns: patterns.iter().map(pattern).collect(),
                except: except.iter().map(pattern).collect(),
                file: PathBuf::from(place),
                ..Theme::default()
            });
            purposes.push(purpose);
        };
        for (number, outcome) in (0..).zip(&settings.outcomes) {
            let place = format!("[synthesis.outcomes] {}", outcome.id);
            add(Purpose::Outcome(number), place, &outcome.patterns, &outcome.except);
        }
        for (concept, settings) in (0..).zip(&settings.concepts) {
            for (variant, (name, patterns)) in (0..).zip(&settings.variants) {
                let place = format!("[synthesis.concepts] {}, {name}", settings.id);
                add(Purpose::Variant { concept, variant }, place, patterns, &[]);
            }
        }
        for (number, rule) in (0..).zip(&settings.selection).filter(|(_, rule)| !rule.patterns.is_empty()) {
            add(Purpose::Rule(number), format!("[synthesis.selection] {}", rule.reason), &rule.patterns, &[]);
        }
        let lexicon = match themes.is_empty() {
            true => None,
            false => Some(Lexicon::with_cues(themes, &cues(settings), analyzer, |list| says(list).is_some())?),
        };
        let says = lexicon.iter().flat_map(|lexicon| &lexicon.cues).map(|name| says(name)).collect();
        Ok(Self { lexicon, purposes, says, citations: settings.citations })
    }

    /// Everything that an answer depends on besides the document.
    fn question(&self) -> Digest {
        let Self { lexicon, purposes, says, citations } = self;
        let lexicon = lexicon.as_ref().map(|lexicon| &lexicon.fingerprint);
        Digest::of(format!("{lexicon:?} {purposes:?} {says:?} {citations:?}").as_bytes())
    }

    fn ask(&self, index: &PassageIndex, wanted: &[bool]) -> Result<Vec<(u32, DocumentEvidence)>, IndexError> {
        let idle: Mutex<Vec<Room>> = Mutex::default();
        let idle = || idle.lock().unwrap_or_else(PoisonError::into_inner);
        let places = (0..).zip(wanted).filter(|(_, wanted)| **wanted);
        let mut documents = match &self.lexicon {
            None => places.map(|(place, _)| (place, DocumentEvidence::default())).collect(),
            Some(lexicon) => {
                let classify = |surface: &str, stem: &str| lexicon.classify(surface, stem);
                index.stream_of(wanted, &classify, &|_, classes| {
                    let mut room = idle().pop().unwrap_or_default();
                    let evidence = self.read(lexicon, classes, &mut room);
                    idle().push(room);
                    evidence
                })?
            }
        };
        if self.citations == Switch::On {
            documents.par_iter_mut().try_for_each(|(place, taken)| {
                taken.citations = citations(&index.content(*place as usize)?);
                Ok::<(), IndexError>(())
            })?;
        }
        Ok(documents)
    }

    fn read(&self, lexicon: &Lexicon, classes: &TokenClasses, room: &mut Room) -> DocumentEvidence {
        lexicon.find(classes, &mut room.scratch, &mut room.hits, &mut room.cues);
        let mut evidence = DocumentEvidence::default();
        let mut rules = BTreeSet::new();
        room.hits.sort_by_key(|hit| (hit.sentence, hit.first_token, hit.theme));
        let mut hits = &room.hits[..];
        while let Some(first) = hits.first() {
            let (own, rest) = hits.split_at(hits.partition_point(|hit| hit.sentence == first.sentence));
            hits = rest;
            let passage = classes.sentences.get(first.sentence as usize).map_or(0, |sentence| sentence.passage);
            let cues = self.cues(&room.cues, first.sentence);
            self.sentence(own, passage, &cues, &mut evidence, &mut rules);
        }
        evidence.rules_met = rules.into_iter().collect();
        evidence
    }

    fn cues(&self, found: &[Found], sentence: u32) -> Vec<Cue> {
        let start = found.partition_point(|cue| cue.sentence < sentence);
        let own = found[start..].iter().take_while(|cue| cue.sentence == sentence);
        let cue = |cue: &Found| {
            let says = self.says.get(usize::from(cue.theme)).copied().flatten()?;
            Some(Cue { first: cue.first_token, end: cue.first_token + u32::from(cue.n_tokens), says })
        };
        own.filter_map(cue).collect()
    }

    /// One sentence's hits. An outcome counts once a sentence, with the strongest that is said of it there.
    fn sentence(
        &self,
        hits: &[Found],
        passage: u32,
        cues: &[Cue],
        evidence: &mut DocumentEvidence,
        rules: &mut BTreeSet<u16>,
    ) {
        let defines = cues.iter().any(|cue| cue.says == Says::Defines);
        let mut outcomes: BTreeMap<u16, Status> = BTreeMap::new();
        for hit in hits {
            match self.purposes[usize::from(hit.theme)] {
                Purpose::Outcome(outcome) => {
                    let said = status(cues, hit.first_token);
                    outcomes.entry(outcome).and_modify(|status| *status = said.min(*status)).or_insert(said);
                }
                Purpose::Variant { concept, variant } => {
                    evidence.variants.push(VariantMention { passage, concept, variant, defines });
                }
                Purpose::Rule(rule) => {
                    rules.insert(rule);
                }
            }
        }
        let sentence = hits[0].sentence;
        let mention = |(outcome, status)| OutcomeMention { sentence, passage, outcome, status };
        evidence.outcomes.extend(outcomes.into_iter().map(mention));
    }
}

/// Room for one worker.
#[derive(Default)]
struct Room {
    scratch: Scratch,
    hits: Vec<Found>,
    cues: Vec<Found>,
}

/// The shipped cue lists, with the study's in place of those that it names too.
fn cues(settings: &SynthesisSettings) -> LexiconSettings {
    // The shipped file is part of the program; a test reads it.
    let mut cues: BTreeMap<String, Vec<String>> = toml::from_str(SHIPPED).unwrap_or_default();
    cues.extend(settings.cues.clone());
    LexiconSettings { cues, ..LexiconSettings::default() }
}

fn says(list: &str) -> Option<Says> {
    match list {
        "evidence_lacking" => Some(Says::Status(Status::Lacking)),
        "found_negative" => Some(Says::Status(Status::Negative)),
        "found_positive" => Some(Says::Status(Status::Positive)),
        "anticipated" => Some(Says::Status(Status::Anticipated)),
        "clause" => Some(Says::Clause),
        "definition" => Some(Says::Defines),
        _ => None,
    }
}

/// Takes what the probes find in the documents, in parallel and one at a time for each worker; `tick` is called once for
/// each document. One that an earlier run asked the same is not asked again.
///
/// Patterns are answered out of the postings; texts are opened for citations alone.
///
/// # Errors
/// The store cannot be read, or what was taken cannot be kept.
pub fn gather(index: &PassageIndex, probes: &Probes, tick: &(dyn Fn() + Sync)) -> Result<Evidence, IndexError> {
    let documents = index.answers("evidence", &probes.question(), |wanted| probes.ask(index, wanted))?;
    documents.iter().for_each(|_| tick());
    let held: BTreeSet<&str> =
        index.documents().iter().chain(index.records()).map(|document| document.source.as_str()).collect();
    let n_known_records = index.records().iter().filter(|record| record.version_of.is_some()).count();
    let n_unread = n_skipped(index.faults(), &held) + index.records().len() - n_known_records;
    Ok(Evidence { documents, n_unread: n_unread as u32, n_known_records: n_known_records as u32 })
}

/// How many works were skipped: each record of a file that a fault names by its line, and each file of which nothing is held
/// that names none.
fn n_skipped(faults: &[Fault], held: &BTreeSet<&str>) -> usize {
    let mut records: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in faults.iter().filter(|fault| fault.severity == Severity::Skipped) {
        *records.entry(&fault.path).or_default() += usize::from(fault.line.is_some());
    }
    records.iter().map(|(path, &n)| if held.contains(path) { n } else { n.max(1) }).sum()
}

#[cfg(test)]
mod tests;
