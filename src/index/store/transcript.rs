//! The types of a document and their positions, written by our workers and split again by tantivy.

use super::term::TermCache;
use crate::text::{Analysis, TypeId, Vocabulary};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Ends a term of a transcript; its positions follow.
const TERM: u8 = 0x01;
/// Ends the positions of a term.
const POSITIONS: u8 = 0x02;
/// Marks a digit of a distance between positions that more digits follow: 6 bits, the lowest first.
const MORE: u8 = 0x40;
/// Marks the last digit: 5 bits.
const LAST: u8 = 0x20;

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
