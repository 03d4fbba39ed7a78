//! The one analyzer: text in, sentences and tokens out.

use super::fold::Folding;
use super::passage::{Analysis, Passage, Sentence, Token};
use super::segment::{Abbreviations, segment};
use super::settings::{Case, Language, LanguageSetting, PassageUnit, TextSettings, TokenRules};
use super::stem;
use super::tokenize::{Tokenizer, join, quanteda};
use super::vocabulary::{Lookup, Vocabulary};
use crate::corpus::{Document, SectionKind, Span};
use std::sync::Arc;

/// Cuts texts into sentences and tokens, and gives tokens their stems. Documents and patterns pass through the same one.
#[derive(Clone, Debug)]
pub struct Analyzer {
    settings: TextSettings,
    abbreviations: Arc<Vec<(Language, Abbreviations)>>,
}

impl Analyzer {
    /// Raised whenever the same text would be cut or stemmed in another way; part of every fingerprint.
    pub const VERSION: u32 = 1;

    /// The analyzer that the settings ask for.
    pub fn new(settings: &TextSettings) -> Self {
        let languages = languages(settings.language);
        let abbreviations = languages.into_iter().map(|language| (language, Abbreviations::new(language))).collect();
        Self { settings: settings.clone(), abbreviations: Arc::new(abbreviations) }
    }

    /// The settings it was made with.
    pub fn settings(&self) -> &TextSettings {
        &self.settings
    }

    /// Cuts `document` and fills `out` anew.
    ///
    /// A sentence lies in one section, one paragraph, and on one side of every border of boilerplate. What holds no word,
    /// such as a rule or a row of asterisks, is no sentence.
    pub fn analyze(&self, document: &Document, vocabulary: &mut Vocabulary, out: &mut Analysis) {
        out.tokens.clear();
        out.compounds.clear();
        out.sentences.clear();
        out.language = self.language(document);
        let abbreviations = self.abbreviations(out.language);
        let mut words = vocabulary.in_language(out.language, self.folding());
        let text = document.text.as_str();
        let (mut paragraph, mut tokenizer) = (0, Tokenizer::default());
        for (section, start, end) in regions(document) {
            let mut fresh = true;
            segment(text, (start, end), abbreviations, |start, end, opens_block| {
                fresh |= opens_block;
                let first_token = out.tokens.len();
                self.cut(text, (start, end), &mut tokenizer, &mut words, out);
                if out.tokens.len() == first_token {
                    return;
                }
                paragraph += u32::from(fresh && !out.sentences.is_empty());
                fresh = false;
                let n_tokens = (out.tokens.len() - first_token) as u32;
                out.sentences.push(Sentence {
                    span: Span::new(start, end),
                    first_token: first_token as u32,
                    n_tokens,
                    paragraph,
                    section,
                });
            });
        }
    }

    /// The tokens of one sentence, given its text alone: the same tokens, at spans relative to it, as `analyze` gave.
    ///
    /// `out` is filled anew.
    pub fn tokens(&self, sentence: &str, language: Language, vocabulary: &mut Vocabulary, out: &mut Vec<Token>) {
        out.clear();
        let words = &mut vocabulary.in_language(language, self.folding());
        match self.settings.tokenizer {
            TokenRules::Throughline => Tokenizer::default().tokenize(sentence, (0, sentence.len()), words, out),
            TokenRules::Quanteda => cut_as_quanteda(sentence, (0, sentence.len()), words, out),
        }
    }

    /// The tokens and hyphenated words of a text whose sentences are known: what `analyze` gave when it found them.
    ///
    /// `out` is filled anew.
    pub fn again(
        &self,
        text: &str,
        (language, sentences): (Language, &[Sentence]),
        vocabulary: &mut Vocabulary,
        out: &mut Analysis,
    ) {
        out.language = language;
        out.tokens.clear();
        out.compounds.clear();
        out.sentences.clear();
        out.sentences.extend_from_slice(sentences);
        let mut words = vocabulary.in_language(language, self.folding());
        let mut tokenizer = Tokenizer::default();
        for Span { start, end } in sentences.iter().map(|sentence| sentence.span) {
            let place = (start as usize, end as usize);
            self.cut(text, place, &mut tokenizer, &mut words, out);
        }
    }

    /// Adds the tokens and hyphenated words of one sentence.
    fn cut(
        &self,
        text: &str,
        place: (usize, usize),
        tokenizer: &mut Tokenizer,
        words: &mut Lookup<'_>,
        Analysis { tokens, compounds, .. }: &mut Analysis,
    ) {
        match self.settings.tokenizer {
            TokenRules::Throughline => {
                let first_token = tokens.len();
                tokenizer.tokenize(text, place, words, tokens);
                join(text, tokens, first_token, words, compounds);
            }
            TokenRules::Quanteda => cut_as_quanteda(text, place, words, tokens),
        }
    }

    /// The case-folded surface of a word, folded as documents are (by our own rules, `’` is `'`).
    pub fn fold(&self, word: &str) -> String {
        self.folding().surface(word)
    }

    fn folding(&self) -> Folding {
        match (self.settings.tokenizer, self.settings.case) {
            (TokenRules::Throughline, _) => Folding::Full,
            (TokenRules::Quanteda, Case::Folded) => Folding::Lower,
            (TokenRules::Quanteda, Case::Kept) => Folding::Kept,
        }
    }

    /// The stem of a case-folded surface in a language.
    pub fn stem(&self, surface: &str, language: Language) -> String {
        stem::stem(surface, language)
    }

    /// The languages whose stems a pattern has to be compiled for: the fixed one, or all of them where it is detected.
    pub fn languages(&self) -> Vec<Language> {
        languages(self.settings.language)
    }

    /// The passages that sentences make under the settings' unit, ascending.
    pub fn passages(&self, sentences: &[Sentence]) -> Vec<Passage> {
        let together = |a: &Sentence, b: &Sentence| match self.settings.passage {
            PassageUnit::Sentence => false,
            PassageUnit::Paragraph => a.paragraph == b.paragraph,
            PassageUnit::Document => true,
        };
        let mut first_sentence = 0;
        let passage = |group: &[Sentence]| {
            let (first, last) = (group[0], group[group.len() - 1]);
            let passage = Passage {
                span: Span { start: first.span.start, end: last.span.end },
                first_sentence,
                n_sentences: group.len() as u32,
                first_token: first.first_token,
                n_tokens: last.first_token + last.n_tokens - first.first_token,
            };
            first_sentence += passage.n_sentences;
            passage
        };
        sentences.chunk_by(together).map(passage).collect()
    }

    /// Whether a sentence is scored: its section is not among the settings' unscored ones.
    pub fn is_scored(&self, sentence: &Sentence) -> bool {
        !self.settings.unscored.contains(&sentence.section)
    }

    fn language(&self, document: &Document) -> Language {
        match self.settings.language {
            LanguageSetting::Fixed(language) => language,
            LanguageSetting::Detect(_) => detect(&document.text),
        }
    }

    fn abbreviations(&self, language: Language) -> &Abbreviations {
        let known = self.abbreviations.iter().find(|(known, _)| *known == language);
        &known.unwrap_or(&self.abbreviations[0]).1
    }
}

/// Appends the tokens of the sentence `text[start..end]` as the package cuts it.
fn cut_as_quanteda(text: &str, (start, end): (usize, usize), words: &mut Lookup<'_>, tokens: &mut Vec<Token>) {
    quanteda::each(&text[start..end], |from, to| {
        let span = Span::new(start + from, start + to);
        tokens.push(Token { span, type_id: words.word(span.of(text)) });
    });
}

fn languages(setting: LanguageSetting) -> Vec<Language> {
    match setting {
        LanguageSetting::Fixed(language) => vec![language],
        LanguageSetting::Detect(_) => DETECTED.iter().map(|(_, language)| *language).collect(),
    }
}

/// The languages that are told apart, English first.
pub(super) const DETECTED: [(whatlang::Lang, Language); 18] = {
    use whatlang::Lang;
    [
        (Lang::Eng, Language::English),
        (Lang::Ara, Language::Arabic),
        (Lang::Dan, Language::Danish),
        (Lang::Nld, Language::Dutch),
        (Lang::Fin, Language::Finnish),
        (Lang::Fra, Language::French),
        (Lang::Deu, Language::German),
        (Lang::Ell, Language::Greek),
        (Lang::Hun, Language::Hungarian),
        (Lang::Ita, Language::Italian),
        (Lang::Nob, Language::Norwegian),
        (Lang::Por, Language::Portuguese),
        (Lang::Ron, Language::Romanian),
        (Lang::Rus, Language::Russian),
        (Lang::Spa, Language::Spanish),
        (Lang::Swe, Language::Swedish),
        (Lang::Tam, Language::Tamil),
        (Lang::Tur, Language::Turkish),
    ]
};

/// The language of a text, judged by its first 4,000 bytes.
fn detect(text: &str) -> Language {
    let head = &text[..text.floor_char_boundary(4_000)];
    if is_english(head) {
        return Language::English;
    }
    let found = whatlang::detect_lang(head);
    DETECTED.iter().find(|(lang, _)| Some(*lang) == found).map_or(Language::English, |(_, language)| *language)
}

/// Words of English that are none of the other languages.
const ENGLISH: [&str; 14] =
    ["the", "and", "that", "with", "this", "from", "were", "which", "have", "their", "been", "these", "between", "by"];
/// Fewest of its words by which a text is told to be English, and the least share of them among all words, in percent.
const ENGLISH_WORDS: (usize, usize) = (8, 9);

/// Whether a text is so plainly English that nothing else need be asked, which takes a hundred times as long.
pub(super) fn is_english(text: &str) -> bool {
    let (mut n, mut n_english) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        n += 1;
        n_english += usize::from(ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    n_english >= ENGLISH_WORDS.0 && n_english * 100 >= n * ENGLISH_WORDS.1
}

/// The stretches of the text between all borders of sections and boilerplate, ascending, each with its section.
///
/// Borders that do not fit the text are moved to the next character boundary inside it.
fn regions(document: &Document) -> Vec<(SectionKind, usize, usize)> {
    let text = document.text.as_str();
    let fit = |at: u32| text.floor_char_boundary(at as usize);
    let mut borders = vec![0, text.len()];
    let spans = document.sections.iter().map(|section| section.span).chain(document.boilerplate.iter().copied());
    borders.extend(spans.flat_map(|span| [fit(span.start), fit(span.end)]));
    borders.sort_unstable();
    borders.dedup();
    let (mut sections, mut boilerplate) = (document.sections.iter().peekable(), document.boilerplate.iter().peekable());
    let mut regions = Vec::with_capacity(borders.len());
    for pair in borders.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        while sections.next_if(|section| fit(section.span.end) <= start).is_some() {}
        while boilerplate.next_if(|span| fit(span.end) <= start).is_some() {}
        let section = sections.peek().filter(|section| fit(section.span.start) <= start).map(|section| section.kind);
        let is_boilerplate = boilerplate.peek().is_some_and(|span| fit(span.start) <= start);
        let kind = if is_boilerplate { SectionKind::Boilerplate } else { section.unwrap_or_default() };
        regions.push((kind, start, end));
    }
    regions
}
