//! Writes the text of a document from its paragraphs, with the places in it.

use super::super::super::document::{Page, Section, SectionKind, Span};
use super::super::sections::Outline;
use super::headings::Role;
use super::hyphens::Vocabulary;
use super::page::{Line, Sheet};
use super::paragraphs::Block;

/// A text and the places in it.
#[derive(Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) sections: Vec<Section>,
    pub(super) boilerplate: Vec<Span>,
    pub(super) pages: Vec<Page>,
    /// The words of the title, where one was found.
    pub(super) title: Option<String>,
    /// Where the text of the title ends.
    pub(super) title_end: usize,
}

/// Writes the paragraphs in their order. The furniture of a page stands before the first paragraph that begins on it, so
/// that no sentence that runs over to the page is cut by it.
pub(super) fn written(sheets: &[Sheet], furniture: &[Vec<bool>], blocks: &[Block], roles: &[Role]) -> Written {
    let line = |at: (usize, usize)| -> &Line { &sheets[at.0].lines[at.1] };
    let words = blocks.iter().flat_map(|block| &block.lines).map(|at| line(*at).text.as_str());
    let mut writer = Writer {
        sheets,
        furniture,
        vocabulary: Vocabulary::of(words),
        to: Written::default(),
        outline: Outline::default(),
        waiting: 0..0,
    };
    for (block, role) in blocks.iter().zip(roles) {
        writer.begin(block.first_page());
        writer.open(role);
        let start = writer.to.text.len();
        for (n, at) in block.lines.iter().enumerate() {
            writer.line(line(*at), n == 0, block.is_rows);
            writer.turn(at.0, line(*at).text.len());
        }
        writer.close(role, start);
    }
    writer.begin(sheets.len());
    writer.finish()
}

struct Writer<'d> {
    sheets: &'d [Sheet],
    furniture: &'d [Vec<bool>],
    vocabulary: Vocabulary,
    to: Written,
    outline: Outline,
    /// Pages that have begun and whose furniture has not been written.
    waiting: std::ops::Range<usize>,
}

impl Writer<'_> {
    /// A paragraph that starts on this page begins.
    fn begin(&mut self, page: usize) {
        self.furnish();
        while self.waiting.end <= page && self.waiting.end < self.sheets.len() {
            self.gap();
            self.turn(self.waiting.end, 0);
            self.furnish();
        }
        self.gap();
    }

    /// The last `n_bytes` that were written, and what follows, stand on this page.
    fn turn(&mut self, page: usize, n_bytes: usize) {
        while self.waiting.end <= page && self.waiting.end < self.sheets.len() {
            let at = self.to.text.len() - n_bytes;
            if let Some(last) = self.to.pages.last_mut() {
                last.span.end = at as u32;
            }
            self.waiting.end += 1;
            self.to.pages.push(Page { number: self.waiting.end as u32, span: Span::new(at, at) });
        }
    }

    /// Writes the furniture that waits.
    fn furnish(&mut self) {
        let waiting = self.waiting.clone();
        self.waiting.start = self.waiting.end;
        for page in waiting {
            let (lines, marks) = (&self.sheets[page].lines, &self.furniture[page]);
            let mut marked: Vec<&Line> =
                lines.iter().zip(marks).filter(|(_, mark)| **mark).map(|(line, _)| line).collect();
            marked.sort_by(|a, b| {
                (a.turn, a.y.round() as i32).cmp(&(b.turn, b.y.round() as i32)).then(a.x0.total_cmp(&b.x0))
            });
            if marked.is_empty() {
                continue;
            }
            self.gap();
            let start = self.to.text.len();
            for (n, line) in marked.into_iter().enumerate() {
                if n > 0 {
                    self.to.text.push('\n');
                }
                self.to.text.push_str(&line.text);
            }
            self.to.boilerplate.push(Span::new(start, self.to.text.len()));
        }
    }

    fn gap(&mut self) {
        if !self.to.text.is_empty() && !self.to.text.ends_with("\n\n") {
            self.to.text.push_str("\n\n");
        }
    }

    fn line(&mut self, line: &Line, is_first: bool, is_row: bool) {
        let text = &mut self.to.text;
        match (is_first, line.goes_on, is_row) {
            (true, ..) => text.push_str(&line.text),
            (_, true, _) => {
                text.push('\t');
                text.push_str(&line.text);
            }
            (_, _, true) => {
                text.push('\n');
                text.push_str(&line.text);
            }
            _ => self.vocabulary.append(text, &line.text),
        }
    }

    fn open(&mut self, role: &Role) {
        if let Role::Opens(kind) = role {
            self.outline.heading(self.to.text.len(), 1, "", Some(*kind));
        }
    }

    fn close(&mut self, role: &Role, start: usize) {
        let words = self.to.text.get(start..).unwrap_or("").trim();
        match role {
            Role::Heading(level, said) => {
                let words = said.as_deref().unwrap_or(words);
                self.outline.heading(start, *level, words, None);
            }
            Role::Title => {
                if self.to.title.is_none() {
                    self.outline.heading(start, 1, "", Some(SectionKind::Title));
                }
                let title = self.to.title.take().map_or_else(|| words.to_owned(), |title| format!("{title} {words}"));
                self.to.title = Some(title);
                self.to.title_end = self.to.text.len();
            }
            Role::Text | Role::Opens(_) => {
                if self.to.title.is_some() && self.to.title_end > 0 && self.is_after_title(start) {
                    self.outline.heading(start, 1, "", Some(SectionKind::Body));
                }
            }
        }
    }

    /// Whether the paragraph that starts here is the first after the title.
    fn is_after_title(&self, start: usize) -> bool {
        start >= self.to.title_end
            && self.to.text.get(self.to.title_end..start).is_some_and(|gap| gap.trim().is_empty())
    }

    fn finish(mut self) -> Written {
        let kept = self.to.text.trim_end().len();
        self.to.text.truncate(kept);
        let end = kept as u32;
        let fit = |span: &mut Span| {
            (span.start, span.end) = (span.start.min(end), span.end.min(end));
            span.start < span.end
        };
        if let Some(last) = self.to.pages.last_mut() {
            last.span.end = end;
        }
        self.to.pages.retain_mut(|page| fit(&mut page.span));
        self.to.sections = self.outline.finish(kept);
        self.to.sections.retain_mut(|section| fit(&mut section.span));
        self.to
    }
}
