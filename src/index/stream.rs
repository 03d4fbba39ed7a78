//! Streams the postings: documents as classes of tokens, and the vocabulary.

use super::passage_index::{IndexError, NumberedSegment, PassageIndex};
use super::store::{PostingReader, SentenceMark, decode_term};
use crate::lexicon::{ClassId, CompoundClass, SentenceTokens, TokenClasses};
use rayon::prelude::*;
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tantivy::postings::TermInfo;

/// Tokens of the documents that are laid out at once by one thread; 4 bytes each. Few in tests, so that they meet many.
const WINDOW_TOKENS: usize = if cfg!(test) { 16 } else { 1 << 21 };

/// Texts are cut up again where they hold less than one in so many of the tokens that would be walked for them.
const FEW: u64 = 8;

/// A type that has a class.
struct Classed {
    term: TermInfo,
    class: ClassId,
    /// 1 for a plain word, else how many tokens it lies over.
    n_parts: u16,
}

/// A term, with its tokens and documents.
type Counted = (Box<[u8]>, u64, u32);

/// Room for one thread to lay documents out in.
#[derive(Default)]
struct Table {
    postings: PostingReader,
    /// Class of every token of the window's documents, one document after the other.
    classes: Vec<ClassId>,
    /// Where each document of the window starts in `classes`; `None` for those that have been deleted.
    starts: Vec<Option<u32>>,
    /// Document and class of the hyphenated words.
    compounds: Vec<(u32, CompoundClass)>,
    layout: Vec<u64>,
    document: TokenClasses,
}

impl PassageIndex {
    /// Hands each document to `visit` as the classes of its tokens, out of the postings, in parallel; the answers come
    /// back in the order of the documents. Types of class `NONE` cost nothing but their look-up in the vocabulary.
    ///
    /// `classify` is asked for every type, hyphenated words seen whole included; where it gives those a class, they come
    /// as compounds. It may be asked more than once for a type.
    ///
    /// # Errors
    /// The store cannot be read, or is damaged.
    pub fn stream<T: Send>(
        &self,
        classify: &(dyn Fn(&str, &str) -> ClassId + Sync),
        visit: &(dyn Fn(usize, &TokenClasses) -> T + Sync),
    ) -> Result<Vec<T>, IndexError> {
        let answers = self.stream_of(&vec![true; self.documents.len()], classify, visit)?;
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
    }

    /// As `stream`, for the documents that are `wanted` alone: their places, with the answers. Costs what the segments
    /// that hold them cost, or what cutting up their texts again does where that is less.
    ///
    /// # Errors
    /// As `stream`.
    pub fn stream_of<T: Send>(
        &self,
        wanted: &[bool],
        classify: &(dyn Fn(&str, &str) -> ClassId + Sync),
        visit: &(dyn Fn(usize, &TokenClasses) -> T + Sync),
    ) -> Result<Vec<(u32, T)>, IndexError> {
        let windows: Vec<Vec<Range<u32>>> = (0..self.segments.len()).map(|s| self.windows(s, wanted)).collect();
        if self.n_tokens_of(wanted) * FEW < self.n_tokens_in(&windows) {
            return self.reread(wanted, classify, visit);
        }
        let classed = self.segments.par_iter().zip(&windows).map(|(segment, windows)| match windows.is_empty() {
            true => Ok(Vec::new()),
            false => self.guard(|| classes(segment, classify)),
        });
        let classed: Vec<Vec<Classed>> = classed.collect::<Result<_, _>>()?;
        let windows: Vec<(usize, Range<u32>)> =
            windows.into_iter().enumerate().flat_map(|(s, own)| own.into_iter().map(move |w| (s, w))).collect();
        let answers = windows.into_par_iter().map_init(Table::default, |table, (s, window)| {
            let segment = &self.segments[s];
            self.guard(|| self.fill(table, segment, &classed[s], window.clone()))?;
            self.visit_window(table, segment, window, wanted, visit)
        });
        let answers: Vec<Vec<(u32, T)>> = answers.collect::<Result<_, IndexError>>()?;
        let mut answers: Vec<(u32, T)> = answers.into_iter().flatten().collect();
        answers.sort_unstable_by_key(|(number, _)| *number);
        Ok(answers)
    }

    /// Hands the wanted documents of a window, whose classes lie on the table, to `visit`.
    fn visit_window<T>(
        &self,
        table: &mut Table,
        segment: &NumberedSegment,
        window: Range<u32>,
        wanted: &[bool],
        visit: &(dyn Fn(usize, &TokenClasses) -> T + Sync),
    ) -> Result<Vec<(u32, T)>, IndexError> {
        let mut answers = Vec::with_capacity(window.len());
        let mut compounds = &table.compounds[..];
        for place in window.clone() {
            let Some(number) = segment.numbers[place as usize] else { continue };
            let document = &mut table.document;
            let (own, rest) = compounds.split_at(compounds.partition_point(|(of, _)| *of <= place));
            compounds = rest;
            if !wanted[number as usize] {
                continue;
            }
            document.compounds.clear();
            document.compounds.extend(own.iter().map(|(_, compound)| *compound));
            let start = table.starts[(place - window.start) as usize].unwrap_or_default() as usize;
            let n_tokens = self.documents[number as usize].n_tokens as usize;
            document.classes.clear();
            document.classes.extend_from_slice(&table.classes[start..start + n_tokens]);
            self.guard(|| {
                segment.segment.layout(place, &mut table.layout);
                Ok(())
            })?;
            lay_out(&table.layout, document);
            answers.push((number, visit(number as usize, document)));
        }
        Ok(answers)
    }

    /// Goes through every type of the vocabulary, sorted by surface: case-folded surface, stem, tokens, documents.
    ///
    /// Hyphenated words seen whole are types too; their parts are counted as words of their own besides.
    ///
    /// # Errors
    /// The store cannot be read, or is damaged.
    pub fn types(&self, visit: &mut dyn FnMut(&str, &str, u64, u32)) -> Result<(), IndexError> {
        let counted = self.segments.par_iter().map(|segment| self.guard(|| counts(segment)));
        let mut counted: Vec<Counted> = counted.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        counted.par_sort_unstable();
        let mut stem = String::new();
        for same in counted.chunk_by(|a, b| a.0 == b.0) {
            let (n_tokens, n_documents) = same.iter().fold((0, 0), |sum, one| (sum.0 + one.1, sum.1 + one.2));
            if let Some((surface, _)) = decode_term(&same[0].0, &mut stem)
                && n_documents > 0
            {
                visit(surface, &stem, n_tokens, n_documents);
            }
        }
        Ok(())
    }

    /// Cuts what a segment holds of the wanted documents into runs of so many tokens, or of one document that has more.
    fn windows(&self, segment: usize, wanted: &[bool]) -> Vec<Range<u32>> {
        let numbers = &self.segments[segment].numbers;
        let (mut windows, mut open, mut n_tokens): (Vec<Range<u32>>, Option<Range<u32>>, _) = (Vec::new(), None, 0);
        for (place, number) in (0..).zip(numbers) {
            let Some(number) = number.map(|number| number as usize).filter(|number| wanted[*number]) else { continue };
            let more = self.documents[number].n_tokens as usize;
            // What lies between two wanted documents is laid out with them.
            let between = open.iter().flat_map(|window| &numbers[window.end as usize..place as usize]).flatten();
            let gap: usize = between.map(|number| self.documents[*number as usize].n_tokens as usize).sum();
            match &mut open {
                Some(window) if n_tokens + gap + more <= WINDOW_TOKENS => {
                    window.end = place + 1;
                    n_tokens += gap + more;
                }
                _ => {
                    windows.extend(open.replace(place..place + 1));
                    n_tokens = more;
                }
            }
        }
        windows.extend(open);
        windows
    }

    fn n_tokens_of(&self, wanted: &[bool]) -> u64 {
        let known = self.documents.iter().zip(wanted).filter(|(_, wanted)| **wanted);
        known.map(|(document, _)| u64::from(document.n_tokens)).sum()
    }

    /// The tokens of all documents of the segments that have a window.
    fn n_tokens_in(&self, windows: &[Vec<Range<u32>>]) -> u64 {
        let walked = self.segments.iter().zip(windows).filter(|(_, windows)| !windows.is_empty());
        let numbers = walked.flat_map(|(segment, _)| &segment.numbers).flatten();
        numbers.map(|number| u64::from(self.documents[*number as usize].n_tokens)).sum()
    }

    /// Writes the classes of a window's tokens into the table.
    fn fill(
        &self,
        table: &mut Table,
        segment: &NumberedSegment,
        classed: &[Classed],
        window: Range<u32>,
    ) -> io::Result<()> {
        let Table { postings, classes, starts, compounds, .. } = table;
        let mut n_tokens = 0;
        starts.clear();
        starts.extend(window.clone().map(|place| {
            let start = n_tokens;
            n_tokens += self.documents[segment.numbers[place as usize]? as usize].n_tokens;
            Some(start)
        }));
        classes.clear();
        classes.resize(n_tokens as usize, ClassId::NONE);
        compounds.clear();
        for Classed { term, class, n_parts } in classed {
            postings.positions(&segment.segment, term, window.clone(), |place, distances| {
                let Some(start) = starts[(place - window.start) as usize] else { return };
                let mut position = 0;
                for distance in distances {
                    position += distance;
                    if *n_parts == 1 {
                        classes[(start + position) as usize] = *class;
                    } else {
                        let compound = CompoundClass { first_token: position, n_tokens: *n_parts, class: *class };
                        compounds.push((place, compound));
                    }
                }
            })?;
        }
        compounds.sort_unstable();
        Ok(())
    }

    /// Runs a read of the store; tantivy panics at some kinds of damage, and that is an error like any other here.
    fn guard<T>(&self, read: impl FnOnce() -> io::Result<T>) -> Result<T, IndexError> {
        match catch_unwind(AssertUnwindSafe(read)) {
            Ok(Ok(read)) => Ok(read),
            Ok(Err(error)) => Err(IndexError::io(self.folder.root(), &error)),
            Err(_) => Err(self.damaged("the postings cannot be read")),
        }
    }
}

/// The types of a segment that have a class.
fn classes(segment: &NumberedSegment, classify: &(dyn Fn(&str, &str) -> ClassId + Sync)) -> io::Result<Vec<Classed>> {
    let (mut classed, mut stem) = (Vec::new(), String::new());
    segment.segment.each_term(|term, info| {
        let Some((surface, n_parts)) = decode_term(term, &mut stem) else { return };
        let class = classify(surface, &stem);
        if class != ClassId::NONE {
            classed.push(Classed { term: info.clone(), class, n_parts });
        }
    })?;
    Ok(classed)
}

/// The terms of a segment with their tokens and documents, those of deleted documents left out.
fn counts(segment: &NumberedSegment) -> io::Result<Vec<Counted>> {
    let mut terms = Vec::new();
    segment.segment.each_term(|term, info| terms.push((Box::from(term), info.clone())))?;
    let mut postings = PostingReader::default();
    let mut counted = Vec::with_capacity(terms.len());
    for (term, info) in terms {
        let (mut n_tokens, mut n_documents) = (0, 0);
        postings.counts(&segment.segment, &info, |place, n| {
            if segment.numbers[place as usize].is_some() {
                n_tokens += u64::from(n);
                n_documents += 1;
            }
        })?;
        counted.push((term, n_tokens, n_documents));
    }
    Ok(counted)
}

/// Fills the sentences of a document from its packed marks.
fn lay_out(layout: &[u64], document: &mut TokenClasses) {
    document.sentences.clear();
    document.n_passages = 0;
    let mut first_token = 0;
    for mark in layout.iter().map(|mark| SentenceMark::unpack(*mark)) {
        document.n_passages += u32::from(mark.opens_passage);
        document.sentences.push(SentenceTokens {
            first_token,
            n_tokens: mark.n_tokens,
            passage: document.n_passages.saturating_sub(1),
            scored: mark.scored,
        });
        first_token += mark.n_tokens;
    }
}
