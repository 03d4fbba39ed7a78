//! All patterns of all themes, compiled.

use super::classes::{ClassId, TokenClasses};
use super::engine::Engine;
use super::hierarchy::{chains, twins};
use super::lists::{CueList, Lists, cue_lists};
use super::matcher::{self, Builder, Found, Purpose, Scratch, Words};
use super::pattern::{AnalyzerSpelling, Expr, PatternError, Spelling, parse};
use super::quanteda;
use super::settings::{LexiconSettings, LookupSettings, Semantics};
use super::theme::{LexiconError, Pattern, Theme, ThemeId};
use crate::corpus::Digest;
use crate::text::Analyzer;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// All themes of a study, with the one matcher that knows their patterns. Cheap to share between threads.
pub struct Lexicon {
    /// The themes, in order of id. `Found::theme`, `Hit::theme` index this.
    pub themes: Vec<Theme>,
    /// Every pattern of every theme, theme by theme, in the order of the files. `Found::pattern`, `Hit::pattern` index this.
    pub patterns: Vec<Pattern>,
    /// Theme of each pattern. A hit of a theme may be by a pattern of one of its sub-themes.
    pub theme_of: Vec<u16>,
    /// Names of the cue lists, sorted.
    pub cues: Vec<String>,
    /// Digest of everything that can change a hit.
    pub fingerprint: Digest,
    /// What each pattern says, lists put in.
    pub(super) exprs: Vec<Expr>,
    pub(super) engine: Engine,
}

impl Lexicon {
    /// Compiles themes and the settings' cue lists.
    ///
    /// # Errors
    /// One for each pattern that cannot be compiled, for each theme whose parent is missing or leads back to it, and for
    /// each theme whose id another one has.
    pub fn compile(
        themes: Vec<Theme>,
        settings: &LexiconSettings,
        analyzer: &Analyzer,
    ) -> Result<Self, Vec<LexiconError>> {
        Self::with_cues(themes, settings, analyzer, |_| true)
    }

    /// The same, matching only the cue lists that `is_cue` names; the others are there for patterns that name them, and one
    /// that none does is not even read, unless it is the study's own.
    ///
    /// # Errors
    /// As `compile`.
    pub fn with_cues(
        themes: Vec<Theme>,
        settings: &LexiconSettings,
        analyzer: &Analyzer,
        is_cue: impl Fn(&str) -> bool,
    ) -> Result<Self, Vec<LexiconError>> {
        let lists = cue_lists(settings);
        let cues = lists.keys().filter(|name| is_cue(name)).cloned().collect();
        Compilation { themes, named: &[], lists, cues, semantics: settings.semantics, lookup: &settings.quanteda }
            .run(&mut AnalyzerSpelling::new(analyzer))
    }

    /// A lexicon of one theme with one pattern, to search with. `known` are themes that it may name as `@id`.
    /// It has no cues.
    ///
    /// # Errors
    /// The pattern, a cue list or a known theme cannot be compiled.
    pub fn query(
        pattern: &str,
        known: &[Theme],
        settings: &LexiconSettings,
        analyzer: &Analyzer,
    ) -> Result<Self, Vec<LexiconError>> {
        let pattern = Pattern { text: pattern.to_owned(), weight: 1.0, stance: None, line: 0 };
        let id = ThemeId("query".to_owned());
        let theme = Theme { label: "query".to_owned(), patterns: vec![pattern], id, ..Theme::default() };
        let lists = cue_lists(settings);
        let (themes, cues) = (vec![theme], Vec::new());
        let (semantics, lookup) = (settings.semantics, &settings.quanteda);
        Compilation { themes, named: known, lists, cues, semantics, lookup }.run(&mut AnalyzerSpelling::new(analyzer))
    }

    /// A lexicon of one theme that stands alone, with no cues: what is found of it, and nothing said of it.
    ///
    /// Cue lists are read only where a pattern names one, so that this costs what the theme costs.
    ///
    /// # Errors
    /// As `compile`.
    pub fn alone(theme: Theme, settings: &LexiconSettings, analyzer: &Analyzer) -> Result<Self, Vec<LexiconError>> {
        let names_list = theme.patterns.iter().chain(&theme.except).any(|pattern| pattern.text.contains('@'));
        let lists = if names_list { cue_lists(settings) } else { BTreeMap::new() };
        let (themes, cues) = (vec![Theme { parent: None, ..theme }], Vec::new());
        let (semantics, lookup) = (settings.semantics, &settings.quanteda);
        Compilation { themes, named: &[], lists, cues, semantics, lookup }.run(&mut AnalyzerSpelling::new(analyzer))
    }

    /// Believes each pattern as far as told, in its order, in place of what the theme files say. What the files say stays
    /// in `themes`; hits and the fingerprint stay as they are.
    pub fn believe(&mut self, weights: impl IntoIterator<Item = f64>) {
        self.patterns.iter_mut().zip(weights).for_each(|(pattern, weight)| pattern.weight = weight);
    }

    /// How far each pattern is to be believed by its theme file, in the order of `patterns`.
    pub fn written_weights(&self) -> Vec<f64> {
        self.themes.iter().flat_map(|theme| &theme.patterns).map(|pattern| pattern.weight).collect()
    }

    /// The class of a type, by its case-folded surface and its stem: `ClassId::NONE` where no pattern can meet it.
    ///
    /// Ids may differ from run to run; what is found never does.
    pub fn classify(&self, surface: &str, stem: &str) -> ClassId {
        self.engine.classify(surface, stem)
    }

    /// Finds all hits of one document: themes into `hits`, cue lists into `cues`; both emptied first, both ascending by
    /// first token, then theme or list. Sentences that are not scored are passed over.
    ///
    /// Within a theme the longest span wins, then the leftmost, then the first pattern; no token is counted twice.
    /// The patterns of a theme are its own and those of its sub-themes.
    /// A cue list yields its spans by the same rule, in the sentences that have a hit: elsewhere nobody asks.
    pub fn find(&self, document: &TokenClasses, scratch: &mut Scratch, hits: &mut Vec<Found>, cues: &mut Vec<Found>) {
        self.engine.find(document, scratch, hits, cues);
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { themes, patterns, cues, fingerprint, .. } = self;
        let themes: Vec<&str> = themes.iter().map(|theme| theme.id.0.as_str()).collect();
        let mut lexicon = f.debug_struct("Lexicon");
        lexicon.field("themes", &themes).field("n_patterns", &patterns.len());
        lexicon.field("cues", cues).field("fingerprint", fingerprint).finish_non_exhaustive()
    }
}

/// What a lexicon is made of.
pub(super) struct Compilation<'a> {
    pub themes: Vec<Theme>,
    /// Themes that are not matched but may be named.
    pub named: &'a [Theme],
    pub lists: BTreeMap<String, CueList>,
    /// The lists that are matched as cues, sorted.
    pub cues: Vec<String>,
    pub semantics: Semantics,
    /// For quanteda's semantics.
    pub lookup: &'a LookupSettings,
}

impl Compilation<'_> {
    pub(super) fn run(mut self, spelling: &mut dyn Spelling) -> Result<Lexicon, Vec<LexiconError>> {
        self.themes.sort_by(|a, b| a.id.cmp(&b.id));
        let mut errors = Vec::new();
        twins(&mut self.themes, &mut errors);
        let chains = chains(&self.themes, &mut errors);
        let parsed = self.parse(spelling, &mut errors);
        let lists = self.lists(&parsed);
        let mut words = Words::default();
        let (exprs, themes) = self.theme_builder((&parsed, &lists), &mut words, &mut errors);
        let cues = self.cue_builder((&parsed, &lists), &mut words, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let cue_chains = (0..self.cues.len() as u16).map(|list| vec![list]).collect();
        let matcher = matcher::Engine::new(words, themes.finish(chains.clone()), cues.finish(cue_chains));
        let engine = match self.semantics {
            Semantics::Throughline => Engine::Throughline(Box::new(matcher)),
            Semantics::Quanteda => {
                let engine = quanteda::Engine::new(&self.themes, &chains, self.lookup, matcher, &mut errors);
                Engine::Quanteda(Box::new(engine))
            }
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let fingerprint = self.fingerprint();
        let patterns = self.themes.iter().flat_map(|theme| theme.patterns.iter().cloned()).collect();
        let each = |(number, theme): (usize, &Theme)| std::iter::repeat_n(number as u16, theme.patterns.len());
        let theme_of = self.themes.iter().enumerate().flat_map(each).collect();
        Ok(Lexicon { themes: self.themes, patterns, theme_of, cues: self.cues, fingerprint, exprs, engine })
    }

    fn parse(&self, spelling: &mut dyn Spelling, errors: &mut Vec<LexiconError>) -> Parsed {
        let mut parse = |file: &Path, line: u32, text: &str| match parse(text, spelling) {
            Ok(expr) => Some(expr),
            Err(error) => {
                errors.push(located(file, line, text, error));
                None
            }
        };
        let mut themes = Vec::new();
        for theme in self.themes.iter().chain(self.named) {
            let mut all = |patterns: &[Pattern]| -> Vec<Option<Expr>> {
                // Under quanteda's semantics they are read verbatim, as values.
                let ours = patterns.iter().filter(|_| self.semantics == Semantics::Throughline);
                ours.map(|p| parse(&theme.file, p.line, &p.text)).collect()
            };
            themes.push(ParsedTheme { patterns: all(&theme.patterns), except: all(&theme.except) });
        }
        let mut cues: BTreeMap<String, Vec<Option<Expr>>> = BTreeMap::new();
        // The study's own are read for their errors, the others where they are matched or named.
        let is_cue = |name: &String| self.cues.binary_search(name).is_ok();
        let own = self.lists.iter().filter(|(name, list)| list.is_own || is_cue(name)).map(|(name, _)| name.clone());
        let in_themes = names(themes.iter().flat_map(|theme| theme.patterns.iter().chain(&theme.except)));
        let mut wanted: Vec<String> = own.chain(in_themes).collect();
        let mut at = 0;
        while let Some(name) = wanted.get(at).cloned() {
            at += 1;
            let Some(list) = self.lists.get(&name).filter(|_| !cues.contains_key(&name)) else { continue };
            let exprs: Vec<Option<Expr>> = list.patterns.iter().map(|text| parse(&list.file, 0, text)).collect();
            wanted.extend(names(exprs.iter()));
            cues.insert(name, exprs);
        }
        Parsed { themes, cues }
    }

    /// What each `@name` stands for, the patterns of a theme among those of the themes above it.
    fn lists<'a>(&'a self, parsed: &'a Parsed) -> Lists<'a> {
        let mut lists = Lists::default();
        let all = || self.themes.iter().chain(self.named);
        let parents: BTreeMap<&ThemeId, &ThemeId> = all().filter_map(|t| Some((&t.id, t.parent.as_ref()?))).collect();
        for (theme, read) in all().zip(&parsed.themes) {
            // A chain of parents is cut short where it leads back: that is an error of its own.
            let upwards = std::iter::successors(Some(&theme.id), |id| parents.get(id).copied());
            for id in upwards.take(self.themes.len() + self.named.len()) {
                lists.0.entry(&id.0).or_default().extend(read.patterns.iter().flatten());
            }
        }
        for name in self.lists.keys() {
            lists.0.insert(name, parsed.cues.get(name).into_iter().flatten().flatten().collect());
        }
        lists
    }

    fn theme_builder(
        &self,
        (parsed, lists): (&Parsed, &Lists),
        words: &mut Words,
        errors: &mut Vec<LexiconError>,
    ) -> (Vec<Expr>, Builder) {
        let mut builder = Builder::default();
        let mut exprs = Vec::new();
        for (group, (theme, read)) in self.themes.iter().zip(&parsed.themes).enumerate() {
            let hits = theme.patterns.iter().zip(&read.patterns).map(|pair| (pair, true));
            let excepts = theme.except.iter().zip(&read.except).map(|pair| (pair, false));
            for ((pattern, expr), is_hit) in hits.chain(excepts) {
                let Some(expr) = expr else { continue };
                let purpose = if is_hit { Purpose::Hit { pattern: exprs.len() as u32 } } else { Purpose::Except };
                let added = lists.put_in(expr).and_then(|expr| {
                    builder.add(&expr, group as u16, purpose, words)?;
                    Ok(expr)
                });
                match added {
                    Ok(expr) if is_hit => exprs.push(expr.into_owned()),
                    Ok(_) => {}
                    Err(error) => errors.push(located(&theme.file, pattern.line, &pattern.text, error)),
                }
            }
        }
        (exprs, builder)
    }

    fn cue_builder(
        &self,
        (parsed, lists): (&Parsed, &Lists),
        words: &mut Words,
        errors: &mut Vec<LexiconError>,
    ) -> Builder {
        let mut builder = Builder::default();
        for (group, name) in self.cues.iter().enumerate() {
            let list = &self.lists[name];
            for (pattern, (text, expr)) in list.patterns.iter().zip(&parsed.cues[name]).enumerate() {
                let Some(expr) = expr else { continue };
                let purpose = Purpose::Hit { pattern: pattern as u32 };
                let expr = lists.put_in(expr);
                let added = expr.and_then(|expr| builder.add(&expr, group as u16, purpose, words));
                if let Err(error) = added {
                    errors.push(located(&list.file, 0, text, error));
                }
            }
        }
        builder
    }

    fn fingerprint(&self) -> Digest {
        let mut all = format!("{:?}\n", self.semantics);
        if self.semantics == Semantics::Quanteda {
            all += &format!("{:?}\n", self.lookup);
        }
        for theme in self.themes.iter().chain(self.named) {
            all += &format!("{:?} {:?}\n", theme.id, theme.parent);
            for (kind, patterns) in [("pattern", &theme.patterns), ("except", &theme.except)] {
                let lines = patterns.iter().map(|p| format!("{kind} {:?} {} {:?}\n", p.text, p.weight, p.stance));
                all.extend(lines);
            }
        }
        all.extend(self.lists.iter().map(|(name, list)| format!("{name:?} {:?}\n", list.patterns)));
        all += &format!("{:?}", self.cues);
        Digest::of(all.as_bytes())
    }
}

struct ParsedTheme {
    patterns: Vec<Option<Expr>>,
    except: Vec<Option<Expr>>,
}

/// Every pattern read, lists not yet put in; `None` where it could not be read.
struct Parsed {
    /// Patterns and exceptions of each theme, those that may only be named last.
    themes: Vec<ParsedTheme>,
    /// The lists that somebody asks for.
    cues: BTreeMap<String, Vec<Option<Expr>>>,
}

/// The lists that these name, in order of name.
fn names<'a>(exprs: impl Iterator<Item = &'a Option<Expr>>) -> Vec<String> {
    let mut names = BTreeSet::new();
    exprs.flatten().for_each(|expr| expr.lists(&mut names));
    names.into_iter().map(str::to_owned).collect()
}

fn located(file: &Path, line: u32, text: &str, error: PatternError) -> LexiconError {
    let what = format!("pattern \"{text}\" {}", error.what);
    LexiconError { file: file.to_owned(), line, what, hint: error.hint }
}
