//! One document as the store takes it: the schema, and the transcript of its types.

use super::term::TermCache;
use crate::corpus::{Page, Section, SectionKind, Span};
use crate::text::{Analysis, Language, Sentence, TypeId, Vocabulary};
use serde::{Deserialize, Serialize};
use std::iter::Empty;
use std::sync::Arc;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

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

/// Ends a term of a transcript; its positions follow.
const TERM: u8 = 0x01;
/// Ends the positions of a term.
const POSITIONS: u8 = 0x02;
/// Marks a digit of a distance between positions that more digits follow: 6 bits, the lowest first.
const MORE: u8 = 0x40;
/// Marks the last digit: 5 bits.
const LAST: u8 = 0x20;

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

/// Writes transcripts: each type of a document once, with the positions it has there.
///
/// The store looks a term up for each position; that the positions of one come one after the other spares it most of
/// its time, which goes into waiting for memory.
#[derive(Debug, Default)]
pub struct Scribe {
    terms: TermCache,
    /// The first token of each type in the document, for types that have been seen.
    first: Vec<u32>,
    /// The next token of the same type, for each token of the document.
    next: Vec<u32>,
    /// The types of the document.
    seen: Vec<TypeId>,
}

/// Stands for no token.
const NO_TOKEN: u32 = u32::MAX;

impl Scribe {
    /// Writes the types of a document over what `out` holds.
    pub fn write(&mut self, analysis: &Analysis, vocabulary: &Vocabulary, out: &mut String) {
        out.clear();
        self.terms.follow(vocabulary);
        self.first.resize(vocabulary.n_types(), NO_TOKEN);
        self.next.clear();
        self.next.resize(analysis.tokens.len(), NO_TOKEN);
        for (position, token) in analysis.tokens.iter().enumerate().rev() {
            let first = &mut self.first[token.type_id.0 as usize];
            if *first == NO_TOKEN {
                self.seen.push(token.type_id);
            }
            self.next[position] = std::mem::replace(first, position as u32);
        }
        for type_id in self.seen.drain(..) {
            out.push_str(self.terms.term(vocabulary, type_id, 1));
            out.push(TERM as char);
            let mut position = std::mem::replace(&mut self.first[type_id.0 as usize], NO_TOKEN);
            let mut before = 0;
            while position != NO_TOKEN {
                push_distance(position - before, out);
                (before, position) = (position, self.next[position as usize]);
            }
            out.push(POSITIONS as char);
        }
        for compound in &analysis.compounds {
            out.push_str(self.terms.term(vocabulary, compound.type_id, compound.n_tokens));
            out.push(TERM as char);
            push_distance(compound.first_token, out);
            out.push(POSITIONS as char);
        }
    }
}

fn push_distance(mut distance: u32, out: &mut String) {
    while distance >= u32::from(LAST) {
        out.push((MORE | (distance & 0x3F) as u8) as char);
        distance >>= 6;
    }
    out.push((LAST | distance as u8) as char);
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

/// Splits a transcript into the terms it was made of.
#[derive(Clone, Debug, Default)]
pub struct TranscriptTokenizer;

/// The terms of one transcript.
pub struct TranscriptStream<'a> {
    transcript: &'a str,
    /// The byte to be read next.
    at: usize,
    /// Whether that byte belongs to the positions of the term that `token` holds.
    in_positions: bool,
    token: Token,
}

impl Tokenizer for TranscriptTokenizer {
    type TokenStream<'a> = TranscriptStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TranscriptStream<'a> {
        TranscriptStream { transcript: text, at: 0, in_positions: false, token: Token::default() }
    }
}

impl TranscriptStream<'_> {
    /// Takes the next term up; false at the end.
    fn take_term(&mut self) -> bool {
        let rest = &self.transcript[self.at..];
        let Some(end) = memchr::memchr(TERM, rest.as_bytes()) else { return false };
        self.token.text.clear();
        self.token.text.push_str(&rest[..end]);
        self.token.position = 0;
        self.at += end + 1;
        self.in_positions = true;
        true
    }
}

impl TokenStream for TranscriptStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        let bytes = self.transcript.as_bytes();
        if self.in_positions && bytes.get(self.at) == Some(&POSITIONS) {
            self.at += 1;
            self.in_positions = false;
        }
        if !self.in_positions && !self.take_term() {
            return false;
        }
        let (mut distance, mut shift) = (0, 0);
        while let Some(&digit) = bytes.get(self.at) {
            self.at += 1;
            if digit & MORE == 0 {
                distance |= usize::from(digit & !LAST) << shift;
                break;
            }
            distance |= usize::from(digit & !MORE) << shift;
            shift += 6;
        }
        self.token.position += distance;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
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

    #[test]
    fn a_transcript_is_split_at_positions() {
        let mut transcript = String::new();
        let positions = [("the", vec![0, 31, 32, 33, 97, 5_000, 4_000_000_000]), ("multi-agency", vec![7])];
        for (term, positions) in &positions {
            transcript.push_str(term);
            transcript.push(TERM as char);
            let mut before = 0;
            for position in positions {
                push_distance(position - before, &mut transcript);
                before = *position;
            }
            transcript.push(POSITIONS as char);
        }
        let mut seen = Vec::new();
        TranscriptTokenizer
            .token_stream(&transcript)
            .process(&mut |token| seen.push((token.text.clone(), token.position as u32)));
        let each = |(term, positions): &(&str, Vec<u32>)| -> Vec<(String, u32)> {
            positions.iter().map(|position| ((*term).to_owned(), *position)).collect()
        };
        assert_eq!(seen, positions.iter().flat_map(each).collect::<Vec<_>>());
    }
}
