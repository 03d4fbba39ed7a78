//! Passages as they are quoted: the words, the hits marked in them, and where they stand.

use super::super::findings::Findings;
use crate::corpus::Span;
use crate::index::Content;
use crate::score::Hit;
use crate::synthesis::PassageRef;
use maud::{Markup, html};
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
        let hits: Vec<&Hit> =
            hits_of(findings, at).filter(|hit| marked == Marked::Every || marked == Marked::Theme(hit.theme)).collect();
        let content = self.content(at.document)?;
        let Some(passage) = content.passages.get(at.passage as usize) else { return Ok(html! {}) };
        let tokens: Vec<(u32, u32)> = hits.iter().map(|hit| (hit.first_token, u32::from(hit.n_tokens))).collect();
        let spans = findings.index.spans(content, &tokens);
        let labels = hits.iter().map(|hit| label(findings, hit)).collect::<Vec<_>>();
        Ok(marked_text(&content.text, passage.span, &spans, &labels))
    }

    /// Where a passage stands: document, year, page or section.
    pub fn source(&mut self, at: PassageRef) -> io::Result<Markup> {
        let known = &self.findings.index.documents()[at.document as usize];
        let title = known.metadata.title.as_deref().unwrap_or(&known.id.0);
        let year = known.metadata.year.map_or(String::new(), |year| format!(" ({year})"));
        let content = self.content(at.document)?;
        let start = content.passages.get(at.passage as usize).map_or(0, |passage| passage.span.start);
        let page = content.pages.iter().rfind(|page| page.span.start <= start).map(|page| page.number);
        let section = content.sections.iter().rfind(|section| section.span.start <= start && start < section.span.end);
        let heading = section.and_then(|section| section.heading.clone()).filter(|heading| !heading.is_empty());
        Ok(html! {
            cite { (title) (year) }
            " · " a href={ "#document-" (at.document) } { (known.id.0) } ", passage " (at.passage)
            @if let Some(page) = page { ", page " (page) }
            @if let Some(heading) = heading { ", “" (heading) "”" }
        })
    }

    /// A score of a passage, taken apart into the patterns that made it.
    pub fn sum(&self, at: PassageRef, theme: u16, score: f64) -> Markup {
        let mut patterns: Vec<u32> = hits_of(self.findings, at)
            .filter(|hit| hit.theme == theme && !hit.negated)
            .map(|hit| hit.pattern)
            .collect();
        patterns.sort_unstable();
        patterns.dedup();
        let factor = |pattern: &u32| format!("(1 − {})", self.findings.lexicon.patterns[*pattern as usize].weight);
        let factors: Vec<String> = patterns.iter().map(factor).collect();
        html! {
            details.sum {
                summary { "score " (format!("{score:.2}")) }
                p { (format!("{score:.3}")) " = 1 − " (factors.join(" × ")) }
                ul {
                    @for pattern in &patterns {
                        @let pattern = &self.findings.lexicon.patterns[*pattern as usize];
                        li { code { (pattern.text) } " believed " (pattern.weight) }
                    }
                }
            }
        }
    }
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

/// The text under `passage`, with `spans` marked. Where spans overlap, the later begins where the earlier ends.
fn marked_text(text: &str, passage: Span, spans: &[Span], labels: &[String]) -> Markup {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&at| (spans[at].start, std::cmp::Reverse(spans[at].end)));
    let mut end = passage.start;
    let mut pieces: Vec<(&str, &str, &str)> = Vec::new();
    for at in order {
        let (start, stop) = (spans[at].start.max(end), spans[at].end.min(passage.end));
        if start < stop {
            let before = Span { start: end, end: start }.of(text);
            pieces.push((before, Span { start, end: stop }.of(text), &labels[at]));
            end = stop;
        }
    }
    let rest = Span { start: end, end: passage.end }.of(text);
    html! {
        @for (before, hit, label) in pieces { (before) mark title=(label) { (hit) } }
        (rest)
    }
}
