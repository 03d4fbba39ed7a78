//! XML as a tree: names without prefixes, attributes, text; bounded in depth, nothing fetched.

use super::Text;
use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Elements deeper than this are taken for a mistake.
const MAX_DEPTH: usize = 200;

/// One element.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// Its own text, that of elements below it not included.
    pub text: String,
    pub children: Vec<Element>,
    /// Line that it begins in, the first being 1.
    pub line: u32,
}

impl Element {
    /// The value of an attribute, prefix or not.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The text of the first child of this name, or of the attribute.
    pub fn field(&self, name: &str) -> Option<String> {
        let child = self.children.iter().find(|child| child.name == name).map(|child| child.text.trim().to_owned());
        child.or_else(|| self.attribute(name).map(|value| value.trim().to_owned()))
    }
}

/// The root element.
pub(super) fn tree(text: &Text<'_>) -> Result<Element, super::Refused> {
    let mut reader = Reader::from_str(text.body);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = vec![Element::default()];
    let (mut line, mut counted) = (1, 0);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(0).min(text.body.len());
        line += memchr::memchr_iter(b'\n', &text.body.as_bytes()[counted..at]).count() as u32;
        counted = at;
        let refuse = |what: String| text.refuse(line, &what, "save it anew in the program that it is from");
        match reader.read_event().map_err(|error| refuse(format!("is no good XML: {error}")))? {
            Event::Start(_) if open.len() > MAX_DEPTH => {
                return Err(refuse(format!("is nested deeper than {MAX_DEPTH}")));
            }
            Event::Start(start) => open.push(element(&start, line)),
            Event::End(_) => {
                if let (Some(done), Some(above)) = (open.pop(), open.last_mut()) {
                    above.children.push(done);
                }
            }
            Event::Text(words) => push(&mut open, &words.into_inner()),
            Event::CData(words) => push(&mut open, &words.into_inner()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => push(&mut open, c.encode_utf8(&mut [0; 4])),
                _ => {
                    let name = name.into_inner();
                    let written = format!("&{name};");
                    push(&mut open, resolve_predefined_entity(&name).unwrap_or(&written));
                }
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let refuse = |what: &str| text.refuse(0, what, "save it anew in the program that it is from");
    if open.len() != 1 {
        return Err(refuse("is no good XML: it ends before its last element does"));
    }
    open.pop().and_then(|above| above.children.into_iter().next()).ok_or_else(|| refuse("holds no element"))
}

fn push(open: &mut [Element], words: &str) {
    if let Some(last) = open.last_mut() {
        last.text.push_str(words);
    }
}

fn element(start: &BytesStart<'_>, line: u32) -> Element {
    let mut all = start.attributes();
    let attributes = all.with_checks(false).take(100).flatten().map(|pair| {
        let value = unescape_with(&pair.value, resolve_predefined_entity)
            .map_or_else(|_| pair.value.to_string(), |text| text.into_owned());
        (pair.key.local_name().into_inner().to_owned(), value)
    });
    let name = start.local_name().into_inner().to_owned();
    Element { name, attributes: attributes.collect(), line, ..Element::default() }
}

/// `text` as the value of an attribute, or as text. Characters that XML cannot hold are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
