//! What a study says about its text.

use crate::corpus::SectionKind;
use serde::{Deserialize, Serialize};

/// A language with a Snowball stemmer, or none.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Language {
    Arabic,
    Danish,
    Dutch,
    #[default]
    English,
    Finnish,
    French,
    German,
    Greek,
    Hungarian,
    Italian,
    Norwegian,
    Portuguese,
    Romanian,
    Russian,
    Spanish,
    Swedish,
    Tamil,
    Turkish,
    /// No stemming: every word is its own stem.
    None,
}

/// The language of the study's documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase", untagged)]
pub enum LanguageSetting {
    /// All documents are in this language.
    Fixed(Language),
    /// Each document's language is detected; one that has no stemmer, or cannot be told, is read as English.
    Detect(Detect),
}

/// The word `detect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Detect {
    /// Detect the language of each document.
    Detect,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PassageUnit {
    /// Every sentence is a passage.
    #[default]
    Sentence,
    /// The sentences of a paragraph are a passage.
    Paragraph,
    /// The whole document is one passage.
    Document,
}

/// Whose rules cut a text into tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TokenRules {
    /// Words alone; a hyphenated word is its parts, and is known whole besides.
    #[default]
    Throughline,
    /// As the R package quanteda cuts by default: punctuation and signs are tokens, a hyphenated word is one.
    Quanteda,
}

/// What becomes of upper case in the surface of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// It is folded: "The" and "the" are one word.
    #[default]
    Folded,
    /// It is kept; only with `tokenizer = "quanteda"`.
    Kept,
}

/// `[text]` of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TextSettings {
    /// Language of the documents: a name such as "english", "none", or "detect".
    pub language: LanguageSetting,
    /// What a passage is.
    pub passage: PassageUnit,
    /// Whose rules cut texts into tokens.
    pub tokenizer: TokenRules,
    /// What becomes of upper case.
    pub case: Case,
    /// Sections that are kept but not scored.
    #[schemars(with = "Vec<String>")]
    pub unscored: Vec<SectionKind>,
}

impl Default for TextSettings {
    fn default() -> Self {
        use SectionKind::{Acknowledgements, Boilerplate, References};
        Self {
            language: LanguageSetting::Fixed(Language::English),
            passage: PassageUnit::Sentence,
            tokenizer: TokenRules::Throughline,
            case: Case::Folded,
            unscored: vec![References, Acknowledgements, Boilerplate],
        }
    }
}
