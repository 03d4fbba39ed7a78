//! Holds a lexicon to its own examples, and looks for patterns that do nothing or too much.

mod overlap;
#[cfg(test)]
mod tests;

use self::overlap::Overlap;
use super::classes::TokenClasses;
use super::classify::Classifier;
use super::compile::Lexicon;
use super::matcher::{Scratch, Unit, spelled_out};
use super::pattern::Atom;
use super::theme::Example;
use crate::corpus::Document;
use crate::text::{Analysis, Analyzer, Vocabulary};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What is the matter with a pattern or an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// An example is not scored.
    ExampleMissed,
    /// A counter-example is scored.
    CounterExampleScored,
    /// The theme has the same pattern twice.
    Duplicate,
    /// Wherever the pattern is met, another one of the theme is met too, with no less weight.
    Contained,
    /// The pattern meets nearly anything.
    OverBroad,
    /// Another theme has the same pattern.
    Shared,
    /// The pattern has no hit in the corpus.
    Dead,
    /// The pattern has no hit in the corpus but inside longer hits of its theme, which take its place.
    Covered,
}

impl RemarkKind {
    /// Whether the lexicon breaks its own promise; the rest is advice.
    pub fn is_error(self) -> bool {
        matches!(self, RemarkKind::ExampleMissed | RemarkKind::CounterExampleScored)
    }
}

/// One thing to look at in a lexicon: where, what, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// The theme file.
    pub file: PathBuf,
    /// The line, the first being 1; 0 where it is not known.
    pub line: u32,
    /// What is the matter.
    pub kind: RemarkKind,
    /// Index into `Lexicon::patterns`; `None` for an example.
    pub pattern: Option<u32>,
    /// The same in words.
    pub what: String,
    /// How to mend it.
    pub hint: String,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let severity = if self.kind.is_error() { "error" } else { "warning" };
        write!(f, "{}:{}: {severity}: {}\n  hint: {}", self.file.display(), self.line, self.what, self.hint)
    }
}

/// Everything that can be said of a lexicon without a corpus, by file and line.
///
/// Examples pass through the analyzer and the matcher; `themes_of` scores what comes out and says which themes a text
/// has (indices into `Lexicon::themes`), so that an example is held to the very score that a run would give it.
pub fn check(
    lexicon: &Lexicon,
    analyzer: &Analyzer,
    themes_of: &mut dyn FnMut(&TokenClasses) -> BTreeSet<u16>,
) -> Vec<Remark> {
    let mut remarks = examples(lexicon, analyzer, themes_of);
    remarks.extend(Overlap::new(lexicon).remarks());
    remarks.extend(over_broad(lexicon, analyzer));
    remarks.sort();
    remarks
}

/// The patterns that have no hit, given the hits of each pattern of the lexicon in a corpus.
pub fn dead(lexicon: &Lexicon, n_hits: &[u64]) -> Vec<Remark> {
    let dead = n_hits.iter().zip(0..).filter(|(n_hits, _)| **n_hits == 0).map(|(_, pattern)| pattern);
    let dead = dead.filter(|&pattern| (pattern as usize) < lexicon.patterns.len());
    let covered = covered(lexicon, &|pattern| n_hits.get(pattern as usize).is_some_and(|n| *n > 0));
    let mut remarks: Vec<Remark> = dead
        .map(|pattern| match covered.get(&pattern) {
            Some(&longer) => {
                let what = format!("is met in this corpus only inside hits of {}", Overlap::place(lexicon, longer));
                let hint = "keep it for texts that have it alone: it is no slip";
                remark(lexicon, pattern, RemarkKind::Covered, &what, hint)
            }
            None => {
                let (what, hint) =
                    ("is never met in this corpus", "look for a slip, or keep it for literature to come");
                remark(lexicon, pattern, RemarkKind::Dead, what, hint)
            }
        })
        .collect();
    remarks.sort();
    remarks
}

/// The patterns that are met, but only inside longer hits of their theme, which take their place; and of the patterns that have
/// those hits the first. `is_met` says which patterns have a hit of their own.
pub fn covered(lexicon: &Lexicon, is_met: &dyn Fn(u32) -> bool) -> BTreeMap<u32, u32> {
    Overlap::covered(lexicon, is_met)
}

fn remark(lexicon: &Lexicon, pattern: u32, kind: RemarkKind, what: &str, hint: &str) -> Remark {
    let written = &lexicon.patterns[pattern as usize];
    let theme = lexicon.theme_of[pattern as usize];
    Remark {
        file: lexicon.themes[theme as usize].file.clone(),
        line: written.line,
        kind,
        pattern: Some(pattern),
        what: format!("pattern \"{}\" {what}", written.text),
        hint: hint.to_owned(),
    }
}

/// Runs texts through analyzer and matcher.
struct Bench<'a> {
    lexicon: &'a Lexicon,
    analyzer: &'a Analyzer,
    vocabulary: Vocabulary,
    classifier: Classifier,
    analysis: Analysis,
    classes: TokenClasses,
}

impl Bench<'_> {
    fn lay_out(&mut self, text: &str) -> &TokenClasses {
        let document = Document { text: text.to_owned(), ..Document::default() };
        self.analyzer.analyze(&document, &mut self.vocabulary, &mut self.analysis);
        let passages = self.analyzer.passages(&self.analysis.sentences);
        let cut = (&self.analysis, passages.as_slice());
        self.classifier.lay_out(self.lexicon, self.analyzer, &self.vocabulary, cut, &mut self.classes);
        &self.classes
    }

    /// The patterns by which the text laid out last has hits of a theme, in quotation marks.
    fn patterns(&self, theme: u16) -> String {
        let (mut hits, mut cues) = (Vec::new(), Vec::new());
        self.lexicon.find(&self.classes, &mut Scratch::default(), &mut hits, &mut cues);
        let patterns: BTreeSet<u32> = hits.iter().filter(|hit| hit.theme == theme).map(|hit| hit.pattern).collect();
        let quoted = patterns.iter().map(|&p| format!("\"{}\"", self.lexicon.patterns[p as usize].text));
        quoted.collect::<Vec<_>>().join(", ")
    }
}

fn examples(
    lexicon: &Lexicon,
    analyzer: &Analyzer,
    themes_of: &mut dyn FnMut(&TokenClasses) -> BTreeSet<u16>,
) -> Vec<Remark> {
    let mut bench = Bench {
        lexicon,
        analyzer,
        vocabulary: Vocabulary::default(),
        classifier: Classifier::default(),
        analysis: Analysis::default(),
        classes: TokenClasses::default(),
    };
    let mut remarks = Vec::new();
    for (theme, number) in lexicon.themes.iter().zip(0..) {
        let remark = |example: &Example, kind, what: String, hint: &str| {
            let (file, line, hint) = (theme.file.clone(), example.line, hint.to_owned());
            Remark { file, line, kind, pattern: None, what, hint }
        };
        for example in &theme.examples {
            if !themes_of(bench.lay_out(&example.text)).contains(&number) {
                let met = match bench.patterns(number) {
                    met if met.is_empty() => "no pattern is met in it".to_owned(),
                    met => format!("what is met in it, {met}, is too light or negated"),
                };
                let what = format!("example \"{}\" is not scored: {met}", example.text);
                let hint = "write a pattern for what makes it one, or raise a weight";
                remarks.push(remark(example, RemarkKind::ExampleMissed, what, hint));
            }
        }
        for example in &theme.counter_examples {
            if themes_of(bench.lay_out(&example.text)).contains(&number) {
                let what = format!("counter-example \"{}\" is scored, by {}", example.text, bench.patterns(number));
                let hint = "narrow the pattern, put the phrase under except, or lower the weight";
                remarks.push(remark(example, RemarkKind::CounterExampleScored, what, hint));
            }
        }
    }
    remarks
}

/// Words that say nothing of a subject by themselves.
const STOP_WORDS: &str = "a about after all also among an and any are as at be been before being between both but by can \
    could did do does during each either for from further had has have he her here him his how however i if in into is it \
    its may me might more most much must my no nor not of off on once one only or other our out over own she should so \
    some such than that the their them then there these they this those through to too under until up upon very was we \
    were what when where which while who whom why will with within would you your";

/// Fewer letters than this in a lone glob meet words of every kind.
const MIN_GLOB_LETTERS: usize = 3;

fn over_broad(lexicon: &Lexicon, analyzer: &Analyzer) -> Vec<Remark> {
    let languages = analyzer.languages();
    let stop: BTreeSet<String> = STOP_WORDS
        .split_whitespace()
        .flat_map(|word| languages.iter().map(|&language| analyzer.stem(word, language)).chain([word.to_owned()]))
        .collect();
    let mut remarks = Vec::new();
    for (expr, pattern) in lexicon.exprs.iter().zip(0..) {
        let sequences = if expr.is_plain() { spelled_out(expr).unwrap_or_default() } else { Vec::new() };
        let single = sequences.iter().filter_map(|sequence| match sequence.as_slice() {
            [Unit::Words(atoms)] => Some(atoms[0]),
            _ => None,
        });
        let what = single.into_iter().find_map(|atom| match atom {
            Atom::Glob(glob) if glob.n_literal() < MIN_GLOB_LETTERS => Some("is a lone glob of too few letters"),
            Atom::Exact(surface) if stop.contains(&**surface) => Some("is a lone word of no subject"),
            Atom::Stem(stems) if stems.iter().all(|stem| stop.contains(&**stem)) => {
                Some("is a lone word of no subject")
            }
            _ => None,
        });
        if let Some(what) = what {
            let hint = "write it as part of a phrase, or spell out more of it";
            remarks.push(remark(lexicon, pattern, RemarkKind::OverBroad, what, hint));
        }
    }
    remarks
}
