//! XML, one node at a time: entities resolved, depth bounded, nothing fetched.

use super::super::catalog::Severity;
use super::intake::Intake;
use super::prose::{Layout, Prose};
use markup5ever::data::NAMED_ENTITIES;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// Most attributes of one element that are looked at.
const N_ATTRIBUTES: usize = 1_000;

/// A document of XML on its way from start to end.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    text: &'t str,
    depth: u32,
    limit: u32,
    n_lines: u64,
    counted: usize,
    unknown: Option<(u64, String)>,
    broken: Option<(u64, String)>,
}

/// What comes next.
pub(super) enum Node<'t> {
    /// An element begins.
    Open(Tag<'t>),
    /// The element opened last ends.
    Close,
    /// Text, its entities resolved.
    Text(Cow<'t, str>),
}

/// The start of an element.
pub(super) struct Tag<'t>(BytesStart<'t>);

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute of this name, prefix or not; empty where there is none.
    pub(super) fn attribute(&self, name: &str) -> String {
        let mut all = self.0.attributes();
        let mut all = all.with_checks(false).take(N_ATTRIBUTES).flatten();
        let found = all.find(|attribute| attribute.key.local_name().into_inner() == name);
        found.map(|attribute| resolved(&attribute.value)).unwrap_or_default()
    }
}

impl<'t> Xml<'t> {
    /// Starts at the top of `text`; elements deeper than `limit` end it.
    pub(super) fn new(text: &'t str, limit: u32) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, text, depth: 0, limit, n_lines: 1, counted: 0, unknown: None, broken: None }
    }

    /// The next node; `None` at the end, and where the XML is broken.
    pub(super) fn next(&mut self) -> Option<Node<'t>> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.depth += 1;
                    if self.depth > self.limit {
                        return self.stop(format!("elements nest deeper than {} (xml_depth)", self.limit));
                    }
                    return Some(Node::Open(Tag(tag)));
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Node::Close);
                }
                Ok(Event::Text(text)) => return Some(Node::Text(text.into_inner())),
                Ok(Event::CData(text)) => return Some(Node::Text(text.into_inner())),
                Ok(Event::GeneralRef(name)) => {
                    let text = match name.resolve_char_ref() {
                        Ok(Some(c)) => Cow::Owned(c.to_string()),
                        _ => self.entity(name.into_inner()),
                    };
                    return Some(Node::Text(text));
                }
                Ok(Event::Eof) if self.depth > 0 => return self.stop("it ends before its elements do".into()),
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                Err(e) => return self.stop(e.to_string()),
            }
        }
    }

    /// The text of the element just opened, white space folded, up to its end.
    pub(super) fn text(&mut self) -> String {
        let mut prose = Prose::default();
        self.each(|_, node| match node {
            Node::Text(text) => prose.write(&text),
            Node::Open(tag) if matches!(tag.name(), "break" | "p" | "sec" | "title" | "li" | "lb") => prose.write(" "),
            _ => {}
        });
        prose.finish().0
    }

    /// Passes over the element just opened.
    pub(super) fn skip(&mut self) {
        self.each(|_, _| {});
    }

    /// Hands each node inside the element just opened to `see`, which may read on itself.
    pub(super) fn each(&mut self, mut see: impl FnMut(&mut Self, Node<'t>)) {
        let depth = self.depth;
        while self.depth >= depth {
            match self.next() {
                None => return,
                Some(_) if self.depth < depth => return,
                Some(node) => see(self, node),
            }
        }
    }

    /// Writes the element just opened, each element in it as `layout` says.
    pub(super) fn render(&mut self, prose: &mut Prose, layout: &dyn Fn(&Tag, &Prose) -> Layout) {
        self.each(|xml, node| match node {
            Node::Open(tag) => match layout(&tag, prose) {
                Layout::Absent => xml.skip(),
                layout => prose.enter(layout),
            },
            Node::Close => prose.leave(),
            Node::Text(text) => prose.write(&text),
        });
    }

    /// The line that is being read.
    pub(super) fn line(&mut self) -> u64 {
        let at = (self.reader.buffer_position() as usize).min(self.text.len());
        self.n_lines += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.counted..at]).count() as u64;
        self.counted = at;
        self.n_lines
    }

    /// Says what was wrong with it.
    pub(super) fn report(self, intake: &mut Intake) {
        if let Some((n, first)) = self.unknown {
            let what = format!("{n} entities of unknown name are kept as written, the first being {first}");
            intake.fault(Severity::Degraded, None, what, "replace them by the characters they stand for");
        }
        if let Some((line, what)) = self.broken {
            let what = format!("the XML breaks off: {what}; what came before is kept");
            intake.fault(Severity::Cut, Some(line), what, "mend the file, or fetch it again");
        }
    }

    fn entity(&mut self, name: Cow<'t, str>) -> Cow<'t, str> {
        match known(&name) {
            Some(text) => Cow::Owned(text),
            None => {
                let written = format!("&{name};");
                self.unknown.get_or_insert_with(|| (0, written.clone())).0 += 1;
                Cow::Owned(written)
            }
        }
    }

    fn stop(&mut self, what: String) -> Option<Node<'t>> {
        if self.broken.is_none() {
            let line = self.line();
            self.broken = Some((line, what));
        }
        self.reader = Reader::from_str("");
        self.depth = 0;
        None
    }
}

/// The characters that an entity known by name in HTML stands for; the names of JATS and XML are among them.
///
/// quick-xml has such a table too, but 421 of its 1,447 names give other characters (`&alpha;` a semicolon).
fn known(name: &str) -> Option<String> {
    let (first, second) = *NAMED_ENTITIES.get(&format!("{name};"))?;
    let text: String = [first, second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32).collect();
    (!text.is_empty()).then_some(text)
}

/// The value of an attribute, its entities resolved; unknown ones are kept as written.
pub(super) fn resolved(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(';').unwrap_or(0);
        let text = match quick_xml::events::BytesRef::new(&rest[..end]).resolve_char_ref() {
            Ok(Some(c)) => Some(c.to_string()),
            _ => known(&rest[..end]),
        };
        match text {
            Some(text) => {
                out.push_str(&text);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out + rest
}

/// The name of the outermost element, without its prefix, in the first bytes of a file; `None` where it is no XML.
pub(super) fn root(head: &[u8]) -> Option<String> {
    let head = head.trim_ascii_start();
    if !head.starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(head);
    let mut reader = Reader::from_str(&head);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(tag.local_name().into_inner().to_owned()),
            Event::Text(text) if !text.trim_ascii().is_empty() => return None,
            Event::Eof => return None,
            _ => {}
        }
    }
}
