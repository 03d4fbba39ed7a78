//! Writes the text of a marked-up document: white space as a reader sees it, blocks apart, sections as they come.

use super::super::document::{Page, Section, SectionKind, Span};
use super::sections::Outline;

/// How an element stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layout {
    /// Within the line, touching what is beside it.
    Inline,
    /// Within the line, kept from running together with a word beside it.
    Apart,
    /// On a line of its own.
    Line,
    /// With a blank line before and after it.
    Paragraph,
    /// A cell of a table: a tab before and after it.
    Cell,
    /// Its white space is kept.
    Verbatim,
    /// A heading of the section it stands in, or of this level (1 is the highest).
    Heading(Option<usize>),
    /// A section, of a known part if the format says so.
    Section(Option<SectionKind>),
    /// Running heads and the like: kept and marked.
    Boilerplate,
    /// Not part of the text.
    Absent,
}

/// A text in the making.
#[derive(Default)]
pub(super) struct Prose {
    text: String,
    gap: Gap,
    outline: Outline,
    stack: Vec<(Layout, usize)>,
    n_verbatim: usize,
    n_sections: usize,
    boilerplate: Vec<Span>,
    pages: Vec<Page>,
}

/// What will stand before the next word.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Apart,
    Space,
    Tab,
    Line,
    Blank,
}

impl Prose {
    /// An element begins.
    pub(super) fn enter(&mut self, layout: Layout) {
        self.widen(layout);
        match layout {
            Layout::Verbatim => self.n_verbatim += 1,
            Layout::Section(kind) => {
                self.n_sections += 1;
                if kind.is_some() {
                    self.outline.heading(self.next(), self.n_sections, "", kind);
                }
            }
            _ => {}
        }
        self.stack.push((layout, self.next()));
    }

    /// The element entered last ends.
    pub(super) fn leave(&mut self) {
        let Some((layout, from)) = self.stack.pop() else { return };
        match layout {
            Layout::Verbatim => self.n_verbatim -= 1,
            Layout::Section(_) => {
                self.outline.close(self.n_sections, self.text.len());
                self.n_sections -= 1;
            }
            Layout::Heading(level) => {
                let words = self.text.get(from..).unwrap_or("").trim();
                if !words.is_empty() {
                    self.outline.heading(from, level.unwrap_or(self.n_sections.max(1)), words, None);
                }
            }
            Layout::Boilerplate if from < self.text.len() => self.boilerplate.push(Span::new(from, self.text.len())),
            _ => {}
        }
        self.widen(layout);
    }

    /// What the innermost open element is.
    pub(super) fn inside(&self) -> Option<Layout> {
        self.stack.last().map(|open| open.0)
    }

    /// A piece of text; its white space is folded unless it stands in a verbatim element.
    pub(super) fn write(&mut self, piece: &str) {
        if self.n_verbatim > 0 {
            self.close_gap(piece);
            return self.text.push_str(piece);
        }
        let mut rest = piece;
        loop {
            let word_at = rest.len() - rest.trim_start_matches(BLANKS).len();
            if word_at > 0 {
                self.gap = self.gap.max(Gap::Space);
            }
            rest = &rest[word_at..];
            if rest.is_empty() {
                return;
            }
            self.close_gap(rest);
            let end = line_end(rest);
            self.text.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }

    /// A page of this number begins.
    pub(super) fn page(&mut self, number: u32) {
        if self.pages.last().is_none_or(|page| page.number < number) {
            let at = self.next();
            self.end_page(at);
            self.pages.push(Page { number, span: Span::new(at, at) });
        }
    }

    /// The text, its sections, boilerplate and pages.
    pub(super) fn finish(mut self) -> (String, Vec<Section>, Vec<Span>, Vec<Page>) {
        while !self.stack.is_empty() {
            self.leave();
        }
        let end = self.text.len();
        self.end_page(end);
        self.pages.retain(|page| !page.span.is_empty());
        (self.text, self.outline.finish(end), self.boilerplate, self.pages)
    }

    fn end_page(&mut self, at: usize) {
        let at = at.min(self.text.len());
        if let Some(last) = self.pages.last_mut() {
            last.span = Span::new((last.span.start as usize).min(at), at);
        }
    }

    /// Where the next word will start, if it starts after a gap of blocks.
    fn next(&self) -> usize {
        if self.text.is_empty() { 0 } else { self.text.len() + self.gap.written().len() }
    }

    fn widen(&mut self, layout: Layout) {
        let gap = match layout {
            Layout::Inline | Layout::Absent => return,
            Layout::Apart => Gap::Apart,
            Layout::Cell => Gap::Tab,
            Layout::Line | Layout::Boilerplate => Gap::Line,
            Layout::Paragraph | Layout::Heading(_) | Layout::Verbatim | Layout::Section(_) => Gap::Blank,
        };
        self.gap = self.gap.max(gap);
    }

    fn close_gap(&mut self, next: &str) {
        let gap = std::mem::take(&mut self.gap);
        if self.text.is_empty() {
            return;
        }
        if gap == Gap::Apart {
            let before = self.text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || ".!?)”\"".contains(c));
            if before && next.starts_with(char::is_alphanumeric) {
                self.text.push(' ');
            }
        } else {
            self.text.push_str(gap.written());
        }
    }
}

impl Gap {
    fn written(self) -> &'static str {
        match self {
            Gap::None | Gap::Apart => "",
            Gap::Space => " ",
            Gap::Tab => "\t",
            Gap::Line => "\n",
            Gap::Blank => "\n\n",
        }
    }
}

const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\x0c'];

/// How far `text`, which starts with a word, needs no folding: up to its last single space, or a wider gap.
fn line_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_blank = |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
    let mut at = 0;
    while let Some(n) = bytes[at..].iter().position(|b| is_blank(*b)) {
        at += n;
        let single = bytes[at] == b' ' && bytes.get(at + 1).is_some_and(|b| !is_blank(*b));
        if !single {
            return at;
        }
        at += 1;
    }
    text.len()
}
