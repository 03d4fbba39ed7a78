//! One document as the store takes it, and the schema.

use crate::corpus::{Page, Section, SectionKind, Span};
use crate::text::{Language, Sentence};
use serde::{Deserialize, Serialize};
use std::iter::Empty;
use std::sync::Arc;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

/// Number of the document; never given twice.
pub const UID: Field = Field::from_field_id(0);
/// Its types, with their positions.
pub const TYPES: Field = Field::from_field_id(1);
/// A `SentenceMark` for each of its sentences.
pub const LAYOUT: Field = Field::from_field_id(2);
/// Its text and the places in it.
pub const CONTENT: Field = Field::from_field_id(3);
/// Names of the columns.
pub const UID_NAME: &str = "uid";
/// Name of the column of sentence marks.
pub const LAYOUT_NAME: &str = "layout";
/// Name of the tokenizer that splits a transcript.
pub const TRANSCRIPT: &str = "transcript";

/// The fields of the store, in the order of their numbers.
pub fn schema() -> Schema {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TRANSCRIPT)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(false);
    let mut schema = Schema::builder();
    assert_eq!(schema.add_u64_field(UID_NAME, FAST | INDEXED), UID);
    assert_eq!(schema.add_text_field("types", TextOptions::default().set_indexing_options(indexing)), TYPES);
    assert_eq!(schema.add_u64_field(LAYOUT_NAME, FAST), LAYOUT);
    assert_eq!(schema.add_bytes_field("content", STORED), CONTENT);
    schema.build()
}

/// One sentence in the layout column: how many tokens it has, whether it opens a passage, whether it is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceMark {
    /// How many tokens it has.
    pub n_tokens: u32,
    /// Whether it is the first of its passage.
    pub opens_passage: bool,
    /// Whether it is scored.
    pub scored: bool,
}

impl SentenceMark {
    /// As the number that the column holds.
    pub fn pack(self) -> u64 {
        u64::from(self.n_tokens) << 2 | u64::from(self.opens_passage) << 1 | u64::from(self.scored)
    }

    /// Back from the number.
    pub fn unpack(number: u64) -> Self {
        Self { n_tokens: (number >> 2) as u32, opens_passage: number & 2 != 0, scored: number & 1 != 0 }
    }
}

/// What is kept of a document besides its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Its language.
    pub language: Language,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its pages.
    pub pages: Vec<Page>,
}

/// `Kept` as it is written: sentences as distances, since most of them fit one byte.
#[derive(Serialize, Deserialize)]
struct Written {
    language: Language,
    /// White space before, bytes, tokens, paragraphs since the last one, section.
    sentences: Vec<(u32, u32, u32, u32, SectionKind)>,
    sections: Vec<Section>,
    pages: Vec<Page>,
}

impl Kept {
    /// Writes it, and then the text, over what `out` holds.
    pub fn write(&self, text: &str, out: &mut Vec<u8>) {
        let (mut end, mut paragraph) = (0, 0);
        let sentences = self.sentences.iter().map(|sentence| {
            let before = sentence.span.start - end;
            let step = sentence.paragraph - paragraph;
            (end, paragraph) = (sentence.span.end, sentence.paragraph);
            (before, sentence.span.len() as u32, sentence.n_tokens, step, sentence.section)
        });
        let written = Written {
            language: self.language,
            sentences: sentences.collect(),
            sections: self.sections.clone(),
            pages: self.pages.clone(),
        };
        out.clear();
        *out = postcard::to_extend(&written, std::mem::take(out)).expect("a vector takes whatever is written");
        out.extend_from_slice(text.as_bytes());
    }

    /// Reads it, and the text, back; `None` where the bytes were not written by `write`.
    pub fn read(bytes: &[u8]) -> Option<(Self, &str)> {
        let (written, text) = postcard::take_from_bytes::<Written>(bytes).ok()?;
        let text = std::str::from_utf8(text).ok()?;
        let (mut end, mut paragraph, mut first_token) = (0u32, 0u32, 0u32);
        let mut sentences = Vec::with_capacity(written.sentences.len());
        for (before, len, n_tokens, step, section) in written.sentences {
            let start = end.checked_add(before)?;
            end = start.checked_add(len)?;
            paragraph = paragraph.checked_add(step)?;
            sentences.push(Sentence { span: Span { start, end }, first_token, n_tokens, paragraph, section });
            first_token = first_token.checked_add(n_tokens)?;
        }
        let kept = Kept { language: written.language, sentences, sections: written.sections, pages: written.pages };
        Some((kept, text))
    }
}

/// One document as it is handed to the store.
#[derive(Debug, Default)]
pub struct Entry {
    /// Its number.
    pub uid: u64,
    /// Its types.
    pub transcript: String,
    /// Its sentences, packed.
    pub layout: Vec<u64>,
    /// What is kept of it.
    pub content: Vec<u8>,
}

/// An entry that the worker gets back when the store is done with it, so that nothing is allocated twice.
#[derive(Debug)]
pub struct SharedEntry(pub Arc<Entry>);

impl tantivy::Document for SharedEntry {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Leaf<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let entry = &*self.0;
        let head = [(UID, Leaf::Number(entry.uid)), (TYPES, Leaf::Text(&entry.transcript))];
        let layout = entry.layout.iter().map(|mark| (LAYOUT, Leaf::Number(*mark)));
        Box::new(head.into_iter().chain(layout).chain([(CONTENT, Leaf::Bytes(&entry.content))]))
    }
}

/// One value of an entry.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    /// A number.
    Number(u64),
    /// A transcript.
    Text(&'a str),
    /// Bytes to be kept.
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Leaf::Number(number) => ReferenceValueLeaf::U64(number),
            Leaf::Text(text) => ReferenceValueLeaf::Str(text),
            Leaf::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_mark_survives_packing() {
        for n_tokens in [0, 1, 37, u32::MAX] {
            for (opens_passage, scored) in [(false, false), (true, false), (false, true), (true, true)] {
                let mark = SentenceMark { n_tokens, opens_passage, scored };
                assert_eq!(SentenceMark::unpack(mark.pack()), mark);
            }
        }
    }

    #[test]
    fn what_is_kept_comes_back_with_the_text() {
        let sentence = |start, end, first_token, n_tokens, paragraph, section| Sentence {
            span: Span { start, end },
            first_token,
            n_tokens,
            paragraph,
            section,
        };
        let kept = Kept {
            language: Language::German,
            sentences: vec![
                sentence(2, 9, 0, 2, 0, SectionKind::Abstract),
                sentence(10, 10, 2, 0, 0, SectionKind::Body),
                sentence(12, 500, 2, 80, 3, SectionKind::References),
            ],
            sections: vec![Section { kind: SectionKind::Abstract, heading: Some("Ä".into()), span: Span::new(0, 9) }],
            pages: vec![Page { number: 1, span: Span::new(0, 500) }],
        };
        let (text, mut bytes) = ("  Größe an Länge", vec![7; 3]);
        kept.write(text, &mut bytes);
        assert_eq!(Kept::read(&bytes), Some((kept, text)));
        assert_eq!(Kept::read(&bytes[..4]), None);
    }
}
