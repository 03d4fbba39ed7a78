//! Where a sentence ends inside a block of text.

use super::abbreviations::{Abbreviation, Abbreviations};

/// What a stop asks of what follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// `.`: may belong to an abbreviation or a number.
    Dot,
    /// `…` and runs of stops: the sentence may go on in lower case.
    Mark,
    /// `。` and its kin: ends a sentence whatever follows.
    Full,
}

/// Bytes that a stop may start with.
const CANDIDATE: [bool; 256] = {
    let mut candidate = [false; 256];
    let bytes = [b'.', b'!', b'?', b';', 0xcd, 0xd6, 0xd8, 0xdb, 0xe0, 0xe1, 0xe2, 0xe3, 0xef];
    let mut index = 0;
    while index < bytes.len() {
        candidate[bytes[index] as usize] = true;
        index += 1;
    }
    candidate
};

/// The end of the sentence that starts at `start`: one past its stop and what closes after it, or `end`.
pub(super) fn sentence_end(text: &str, start: usize, end: usize, abbreviations: &Abbreviations) -> usize {
    let bytes = &text.as_bytes()[..end];
    let mut from = start;
    while let Some(at) = next_candidate(bytes, from) {
        let Some((width, stop)) = stop_at(&bytes[at..], abbreviations) else {
            from = at + 1;
            continue;
        };
        let (tail, stop) = tail(bytes, at, width, stop, abbreviations);
        if tail == end || stop == Stop::Full {
            return tail;
        }
        let place = Place { text: &text[..end], start, at, tail, abbreviations };
        if let Some(end) = place.sentence_end(stop) {
            return end;
        }
        from = tail;
    }
    end
}

/// The first byte at `from` or later that a stop may start with.
#[inline]
fn next_candidate(bytes: &[u8], from: usize) -> Option<usize> {
    let (blocks, _) = bytes[from..].as_chunks::<32>();
    // Compared block by block, which compiles to a few vector instructions.
    let may_hold = |block: &[u8; 32]| {
        let is = |byte: u8, stop: u8| u8::from(byte == stop);
        let hit = |b: u8| is(b, b'.') | is(b, b'!') | is(b, b'?') | is(b, b';') | u8::from(b >= 0xcd);
        block.iter().fold(0, |any, byte| any | hit(*byte)) != 0
    };
    let mut at = from;
    for block in blocks {
        if may_hold(block)
            && let Some(length) = block.iter().position(|byte| CANDIDATE[*byte as usize])
        {
            return Some(at + length);
        }
        at += block.len();
    }
    bytes[at..].iter().position(|byte| CANDIDATE[*byte as usize]).map(|length| at + length)
}

fn stop_at(bytes: &[u8], abbreviations: &Abbreviations) -> Option<(usize, Stop)> {
    Some(match bytes {
        [b'.', ..] => (1, Stop::Dot),
        [b'!' | b'?', ..] => (1, Stop::Mark),
        [b';', ..] if abbreviations.greek => (1, Stop::Mark),
        [0xcd, 0xbe, ..] | [0xd6, 0x89, ..] | [0xd8, 0x9f, ..] | [0xdb, 0x94, ..] => (2, Stop::Mark),
        [0xe0, 0xa5, 0xa4 | 0xa5, ..] | [0xe1, 0x8d, 0xa2, ..] | [0xe1, 0x9f, 0x94, ..] => (3, Stop::Mark),
        [0xe2, 0x80, 0xa6 | 0xbc, ..] | [0xe2, 0x81, 0x87..=0x89, ..] | [0xef, 0xbc, 0x8e, ..] => (3, Stop::Mark),
        [0xe3, 0x80, 0x82, ..] | [0xef, 0xbc, 0x81 | 0x9f, ..] | [0xef, 0xbd, 0xa1, ..] => (3, Stop::Full),
        _ => return None,
    })
}

/// Goes over further stops and whatever closes after them: quotes, brackets, emphasis, a note's number in brackets.
fn tail(bytes: &[u8], at: usize, width: usize, mut stop: Stop, abbreviations: &Abbreviations) -> (usize, Stop) {
    let mut tail = at + width;
    loop {
        if let Some((width, next)) = stop_at(&bytes[tail..], abbreviations) {
            stop = if next == Stop::Full || stop == Stop::Full { Stop::Full } else { Stop::Mark };
            tail += width;
        } else if let Some(width) = closing(&bytes[tail..]) {
            tail += width;
        } else {
            return (tail, stop);
        }
    }
}

fn closing(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'"' | b'\'' | b')' | b']' | b'}' | b'*' | b'_', ..] => Some(1),
        [0xc2, 0xbb, ..] => Some(2),
        [0xe2, 0x80, 0x99 | 0x9d | 0xba, ..] | [0xe3, 0x80, 0x89 | 0x8b | 0x8d | 0x8f | 0x91, ..] => Some(3),
        [0xef, 0xbc, 0x89, ..] => Some(3),
        [b'[', rest @ ..] => note(rest).map(|width| width + 1),
        _ => None,
    }
}

/// The width of a note's number after its opening bracket, closing bracket included: `3]`, `3,4–6]`.
fn note(bytes: &[u8]) -> Option<usize> {
    let end = bytes.iter().take(24).position(|byte| *byte == b']')?;
    let inside = &bytes[..end];
    let is_note = inside.first().is_some_and(u8::is_ascii_digit)
        && inside.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b' ' | b'-' | 0xe2 | 0x80 | 0x93));
    is_note.then_some(end + 1)
}

/// One stop and its surroundings.
struct Place<'t> {
    /// The text up to the end of the block.
    text: &'t str,
    /// Start of the sentence.
    start: usize,
    /// The stop.
    at: usize,
    /// One past the stop and what closes after it.
    tail: usize,
    abbreviations: &'t Abbreviations,
}

impl Place<'_> {
    /// The end of the sentence, if this stop ends it.
    fn sentence_end(&self, stop: Stop) -> Option<usize> {
        let tail = self.tail + self.raised_note();
        let rest = &self.text[tail..];
        let space = super::leading_space(rest);
        if space == 0 || self.is_elision() {
            return None;
        }
        let mut rest = &rest[space..];
        if !rest.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
            rest = rest.trim_start_matches(|sign: char| "([{\"'“‘„«‹¿¡*_".contains(sign));
        }
        let Some(next) = rest.chars().next() else { return Some(tail) };
        if next.is_lowercase() {
            return None;
        }
        let ends = match stop {
            Stop::Dot => self.dot_ends(next, rest),
            _ => true,
        };
        ends.then_some(tail)
    }

    /// The width of a note's number right after the stop (`found.12 The`), which belongs to the sentence.
    fn raised_note(&self) -> usize {
        let bytes = self.text.as_bytes();
        if !bytes.get(self.tail).is_some_and(u8::is_ascii_digit) {
            return 0;
        }
        let before = self.word_before();
        let is_word = before.len() > 3 && before.bytes().all(|byte| byte.is_ascii_lowercase() || !byte.is_ascii());
        let is_note = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b',' | b'-');
        let width = bytes[self.tail..].iter().take(12).take_while(|byte| is_note(byte)).count();
        if is_word && self.abbreviations.find(before).is_none() { width } else { 0 }
    }

    /// `[...]` and `(!)` stand for words and end nothing.
    fn is_elision(&self) -> bool {
        let before = self.text.as_bytes()[self.start..self.at].last();
        matches!(before, Some(b'[' | b'(')) && self.tail > self.at + 1
    }

    fn dot_ends(&self, next: char, rest: &str) -> bool {
        let word = self.word_before().trim_start_matches(['.', '-']);
        if word.is_empty() {
            return true;
        }
        if self.is_enumerator(word) {
            return false;
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return !(self.abbreviations.ordinals && word.len() <= 2);
        }
        let known = if is_initials(word) { Some(Abbreviation::Either) } else { self.abbreviations.find(word) };
        let in_brackets = self.text.as_bytes()[self.at..self.tail].contains(&b')');
        match known {
            None => true,
            Some(_) if in_brackets => false,
            Some(Abbreviation::Open) => false,
            Some(Abbreviation::Numbered) => !is_number(next, rest),
            Some(Abbreviation::Either) => self.abbreviations.is_starter(first_word(rest)),
        }
    }

    /// The word that the stop is written to, stops inside it included; empty where it is too long for an abbreviation.
    fn word_before(&self) -> &str {
        let bytes = &self.text.as_bytes()[self.start..self.at];
        let tail = &bytes[bytes.len().saturating_sub(24)..];
        let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        let length = tail.iter().rev().take_while(|byte| in_word(byte)).count();
        match tail.len().checked_sub(length + 1).map(|before| tail[before]) {
            Some(b' ' | b'\n' | b'\t' | b'(') => return &self.text[self.at - length..self.at],
            None if bytes.len() > length => return "",
            _ => {}
        }
        let mut from = self.at.saturating_sub(24).max(self.start);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = &self.text[from..self.at];
        let opens = |sign: char| sign.is_whitespace() || "([{\"'“‘„«‹¿¡*_—–/".contains(sign);
        match before.char_indices().rev().find(|(_, sign)| opens(*sign)) {
            Some((index, sign)) => &before[index + sign.len_utf8()..],
            None if from == self.start => before,
            None => "",
        }
    }

    /// Whether the stop follows the number of a list item or heading that the sentence starts with (`1.`, `2.1.`, `iv.`).
    fn is_enumerator(&self, word: &str) -> bool {
        let number = word.split('.').all(|part| part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
        let roman = word.len() <= 5 && word.bytes().all(|byte| b"ivxIVX".contains(&byte));
        let letter = word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
        let before = &self.text[self.start..self.at - word.len()];
        (number || roman || letter) && before.len() < 8 && !before.contains(char::is_alphanumeric)
    }
}

/// Single capitals with stops or hyphens between them, or one letter: `J`, `U.S`, `J.-P`.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split(['.', '-']).filter(|part| !part.is_empty()).peekable();
    if word.chars().count() == 1 {
        return word.chars().all(char::is_alphabetic);
    }
    parts.peek().is_some()
        && parts.all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
        })
}

/// Whether what follows is a number, arabic or roman, a code or a single capital (`Fig. S1`, `App. A`).
fn is_number(next: char, rest: &str) -> bool {
    if next.is_numeric() {
        return true;
    }
    let word = first_word(rest);
    let roman = !word.is_empty() && word.bytes().all(|byte| b"IVXLC".contains(&byte));
    let coded = word.bytes().any(|byte| byte.is_ascii_digit());
    let letter = word.len() == 1 && word != "A" && word != "I";
    roman && word != "I" || coded || letter
}

fn first_word(text: &str) -> &str {
    let end = text.find(|sign: char| !sign.is_alphanumeric() && sign != '\'').unwrap_or(text.len());
    &text[..end]
}
