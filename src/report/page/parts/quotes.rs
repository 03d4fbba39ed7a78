//! Passages as they are quoted: the words, the hits marked in them, and where they stand.

use super::super::super::findings::Findings;
use super::super::met::wording;
use super::{clipped, two};
use crate::corpus::Span;
use crate::index::Content;
use crate::score::Hit;
use crate::synthesis::PassageRef;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::io;

/// Opens passages; keeps the document it opened last, since quotes of one document mostly follow each other.
pub struct Quotes<'a> {
    findings: &'a Findings<'a>,
    open: Option<(u32, Content)>,
}

/// Whose hits are marked in a quote.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    /// Those of one theme.
    Theme(u16),
    /// Those of every theme.
    Every,
    /// None.
    None,
}

impl<'a> Quotes<'a> {
    /// Nothing is open yet.
    pub fn new(findings: &'a Findings<'a>) -> Self {
        Quotes { findings, open: None }
    }

    /// A document's text and places.
    pub fn content(&mut self, document: u32) -> io::Result<&Content> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != document) {
            let content = self.findings.index.content(document as usize).map_err(io::Error::other)?;
            self.open = Some((document, content));
        }
        self.open.as_ref().map(|(_, content)| content).ok_or_else(|| io::Error::other("no document is open"))
    }

    /// The words of a passage with hits marked.
    pub fn text(&mut self, at: PassageRef, marked: Marked) -> io::Result<Markup> {
        let findings = self.findings;
        let marks = |hit: &&Hit| match marked {
            Marked::Theme(theme) => hit.theme == theme,
            Marked::Every => true,
            Marked::None => false,
        };
        let hits: Vec<&Hit> = hits_of(findings, at).filter(marks).collect();
        let content = self.content(at.document)?;
        let Some(passage) = content.passages.get(at.passage as usize) else { return Ok(html! {}) };
        let tokens: Vec<(u32, u32)> = hits.iter().map(|hit| (hit.first_token, u32::from(hit.n_tokens))).collect();
        let spans = findings.index.spans(content, &tokens);
        let labels = hits.iter().map(|hit| label(findings, hit)).collect::<Vec<_>>();
        Ok(marked_text(&content.text, passage.span, &spans, &labels))
    }

    /// Where a passage stands: document, year, passage, page or section.
    pub fn source(&mut self, at: PassageRef) -> io::Result<Markup> {
        let known = &self.findings.index.documents()[at.document as usize];
        let title = known.metadata.title.as_deref().unwrap_or(&known.id.0);
        let year = known.metadata.year.map_or(String::new(), |year| format!(" ({year})"));
        let content = self.content(at.document)?;
        let start = content.passages.get(at.passage as usize).map_or(0, |passage| passage.span.start);
        let (page, heading) = place(content, start);
        Ok(html! {
            span.source {
                a href={ "#document-" (at.document) "-p" (at.passage) } { cite { (title) } (year) }
                ", passage " (at.passage)
                @if let Some(page) = page { ", page " (page) }
                @if let Some(heading) = heading { ", under “" (heading) "”" }
            }
        })
    }

    /// A score of a passage, taken apart into the patterns that made it, each with the words that it met.
    pub fn sum(&mut self, at: PassageRef, theme: u16, score: f64) -> io::Result<Markup> {
        let findings = self.findings;
        let counted = || hits_of(findings, at).filter(|hit| hit.theme == theme && !hit.negated);
        let tokens: Vec<(u32, u32)> = counted().map(|hit| (hit.first_token, u32::from(hit.n_tokens))).collect();
        let content = self.content(at.document)?;
        let spans = findings.index.spans(content, &tokens);
        let mut met: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for (hit, span) in counted().zip(&spans) {
            let words = wording(span.of(&content.text));
            let known = met.entry(hit.pattern).or_default();
            if !known.contains(&words) {
                known.push(words);
            }
        }
        Ok(self.sum_of(&met, score))
    }

    fn sum_of(&self, met: &BTreeMap<u32, Vec<String>>, score: f64) -> Markup {
        let factor =
            |pattern: &u32| format!("(1 − {})", shown(self.findings.lexicon.patterns[*pattern as usize].weight));
        let factors: Vec<String> = met.keys().map(factor).collect();
        html! {
            details.sum {
                summary { "score " (two(Some(score))) }
                @if met.is_empty() { p { "Every hit is denied: nothing counts." } }
                @else { p.formula { "1 − " (factors.join(" × ")) " = " (format!("{score:.3}")) } }
                ul {
                    @for (pattern, words) in met {
                        @let belief = &self.findings.learned.beliefs[*pattern as usize];
                        @let pattern = &self.findings.lexicon.patterns[*pattern as usize];
                        li {
                            "“" (words.join("”, “")) "” believed " (shown(pattern.weight))
                            @if pattern.weight != belief.written {
                                ": written " (belief.written) ", moved by " (shown(belief.judgements.n_right)) " right of "
                                (shown(belief.judgements.n())) " judgements"
                            }
                            ", by " code title=(pattern.text) { (clipped(&pattern.text)) }
                        }
                    }
                }
            }
        }
    }
}

/// A weight or count with three decimals at most.
fn shown(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// The page and the heading that a byte of a document stands under, where it has them.
pub fn place(content: &Content, start: u32) -> (Option<u32>, Option<&str>) {
    let page = content.pages[..content.pages.partition_point(|page| page.span.start <= start)].last();
    let section = content.sections[..content.sections.partition_point(|section| section.span.start <= start)].last();
    let heading = section.filter(|section| start < section.span.end).and_then(|section| section.heading.as_deref());
    (page.map(|page| page.number), heading.filter(|heading| !heading.trim().is_empty()))
}

/// The parts of a passage that are marked, ascending, each with its place in `spans`. Where spans overlap, the later begins
/// where the earlier ends.
pub fn marks(passage: Span, spans: &[Span]) -> Vec<(usize, Span)> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&at| (spans[at].start, std::cmp::Reverse(spans[at].end)));
    let mut end = passage.start;
    let mut marks = Vec::new();
    for at in order {
        let (start, stop) = (spans[at].start.max(end), spans[at].end.min(passage.end));
        if start < stop {
            marks.push((at, Span { start, end: stop }));
            end = stop;
        }
    }
    marks
}

/// The hits of a passage, ascending.
fn hits_of<'a>(findings: &Findings<'a>, at: PassageRef) -> impl Iterator<Item = &'a Hit> {
    let hits: &'a [Hit] = &findings.scores.documents[at.document as usize].hits;
    hits.iter().filter(move |hit| hit.passage == at.passage)
}

fn label(findings: &Findings<'_>, hit: &Hit) -> String {
    let theme = &findings.lexicon.themes[hit.theme as usize].label;
    let pattern = &findings.lexicon.patterns[hit.pattern as usize].text;
    let denied = if hit.negated { ", denied: not counted" } else { "" };
    format!("{theme}: {pattern}{denied}")
}

/// The text under `passage`, with `spans` marked.
fn marked_text(text: &str, passage: Span, spans: &[Span], labels: &[String]) -> Markup {
    let marks = marks(passage, spans);
    let starts = std::iter::once(passage.start).chain(marks.iter().map(|(_, mark)| mark.end));
    let rest = marks.last().map_or(passage.start, |(_, mark)| mark.end);
    html! {
        @for ((at, mark), start) in marks.iter().zip(starts) {
            (Span { start, end: mark.start }.of(text)) mark title=(labels[*at]) { (mark.of(text)) }
        }
        (Span { start: rest, end: passage.end }.of(text))
    }
}
