//! The rules of REFI-QDA 1.5 for what we write: elements and their order, attributes, forms of values, and that whatever
//! is named is there. Written out from the published schemas of project and code book (18 March 2019).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;

/// What a value must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Any,
    Guid,
    Integer,
    Decimal,
    Bool,
    Color,
    Moment,
    VariableType,
}
use Form::{Any, Bool, Color, Decimal, Guid, Integer, Moment, VariableType};

/// An element: its children in order, each with the fewest and the most; attributes, with `!` before those that must be
/// there; the form of its text, if it may have any.
struct Rule {
    name: &'static str,
    children: &'static [(&'static str, usize, usize)],
    attributes: &'static [(&'static str, Form)],
    text: Option<Form>,
}

const MANY: usize = usize::MAX;

const fn rule(
    name: &'static str,
    children: &'static [(&'static str, usize, usize)],
    attributes: &'static [(&'static str, Form)],
) -> Rule {
    Rule { name, children, attributes, text: None }
}

const fn value(name: &'static str, form: Form) -> Rule {
    Rule { name, children: &[], attributes: &[], text: Some(form) }
}

const PROJECT: &[Rule] = &[
    rule(
        "Project",
        &[("Users", 0, 1), ("CodeBook", 0, 1), ("Variables", 0, 1), ("Sources", 0, 1), ("Description", 0, 1)],
        &[("!name", Any), ("origin", Any), ("creatingUserGUID", Guid), ("creationDateTime", Moment)],
    ),
    rule("Users", &[("User", 1, MANY)], &[]),
    rule("User", &[], &[("!guid", Guid), ("name", Any), ("id", Any)]),
    rule("CodeBook", &[("Codes", 1, 1)], &[]),
    rule("Codes", &[("Code", 1, MANY)], &[]),
    CODE,
    rule("Variables", &[("Variable", 1, MANY)], &[]),
    rule("Variable", &[("Description", 0, 1)], &[("!guid", Guid), ("!name", Any), ("!typeOfVariable", VariableType)]),
    rule("Sources", &[("TextSource", 1, MANY)], &[]),
    rule(
        "TextSource",
        &[("Description", 0, 1), ("PlainTextSelection", 0, MANY), ("Coding", 0, MANY), ("VariableValue", 0, MANY)],
        &[("!guid", Guid), ("name", Any), ("!plainTextPath", Any), ("creatingUser", Guid)],
    ),
    rule(
        "PlainTextSelection",
        &[("Description", 0, 1), ("Coding", 0, MANY)],
        &[
            ("!guid", Guid),
            ("name", Any),
            ("!startPosition", Integer),
            ("!endPosition", Integer),
            ("creatingUser", Guid),
        ],
    ),
    rule("Coding", &[("CodeRef", 1, 1)], &[("!guid", Guid), ("creatingUser", Guid), ("creationDateTime", Moment)]),
    rule("CodeRef", &[], &[("!targetGUID", Guid)]),
    rule(
        "VariableValue",
        &[("VariableRef", 1, 1), ("TextValue", 0, 1), ("IntegerValue", 0, 1), ("FloatValue", 0, 1)],
        &[],
    ),
    rule("VariableRef", &[], &[("!targetGUID", Guid)]),
    value("TextValue", Any),
    value("IntegerValue", Integer),
    value("FloatValue", Decimal),
    value("Description", Any),
];

const CODE_BOOK: &[Rule] = &[
    rule("CodeBook", &[("Codes", 1, 1)], &[("origin", Any)]),
    rule("Codes", &[("Code", 1, MANY)], &[]),
    CODE,
    value("Description", Any),
];

const CODE: Rule = rule(
    "Code",
    &[("Description", 0, 1), ("Code", 0, MANY)],
    &[("!guid", Guid), ("!name", Any), ("!isCodable", Bool), ("color", Color)],
);

/// Holds a project to the schema; panics at what breaks it.
pub fn check_project(xml: &str) {
    check(xml, "Project", "urn:QDA-XML:project:1.0", PROJECT);
}

/// Holds a code book to the schema; panics at what breaks it.
pub fn check_code_book(xml: &str) {
    check(xml, "CodeBook", "urn:QDA-XML:codebook:1.0", CODE_BOOK);
}

fn check(xml: &str, root: &str, namespace: &str, rules: &[Rule]) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut ids = Ids::default();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                let element = Element::of(&start, open.len() == 1, namespace);
                ids.take(&element);
                open.last_mut().unwrap().children.push(element.name.clone());
                open.push(element);
            }
            Event::End(_) => {
                let done = open.pop().unwrap();
                let rule = rules.iter().find(|rule| rule.name == done.name);
                done.hold_to(rule.unwrap_or_else(|| panic!("no element {}", done.name)));
            }
            Event::Text(words) => open.last_mut().unwrap().text += &words.into_inner(),
            Event::GeneralRef(_) => open.last_mut().unwrap().text.push('&'),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open[0].children, [root]);
    ids.resolve();
}

#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<String>,
    text: String,
}

impl Element {
    fn of(start: &BytesStart<'_>, is_root: bool, namespace: &str) -> Self {
        let mut attributes: Vec<(String, String)> = Vec::new();
        for pair in start.attributes() {
            let pair = pair.expect("an attribute is given twice or is no attribute");
            let value = quick_xml::escape::unescape(&pair.value).unwrap().into_owned();
            attributes.push((pair.key.into_inner().to_owned(), value));
        }
        let spaces = attributes.iter().filter(|(name, _)| name == "xmlns").map(|(_, value)| value.as_str());
        assert_eq!(spaces.collect::<Vec<_>>(), if is_root { vec![namespace] } else { vec![] });
        attributes.retain(|(name, _)| name != "xmlns");
        Self { name: start.name().into_inner().to_owned(), attributes, ..Self::default() }
    }

    fn hold_to(&self, rule: &Rule) {
        let name = &self.name;
        for (attribute, value) in &self.attributes {
            let known = rule.attributes.iter().find(|(known, _)| known.trim_start_matches('!') == attribute);
            let (_, form) = known.unwrap_or_else(|| panic!("{name} has no attribute {attribute}"));
            assert!(form.fits(value), "{name}@{attribute} is no {form:?}: {value:?}");
        }
        for needed in rule.attributes.iter().filter_map(|(known, _)| known.strip_prefix('!')) {
            assert!(self.attributes.iter().any(|(attribute, _)| attribute == needed), "{name} lacks {needed}");
        }
        let order = |child: &String| rule.children.iter().position(|(known, ..)| known == child);
        let places: Vec<usize> =
            self.children.iter().map(|child| order(child).unwrap_or_else(|| panic!("no {child} in {name}"))).collect();
        assert!(places.is_sorted(), "children of {name} out of order: {:?}", self.children);
        for (at, (child, fewest, most)) in rule.children.iter().enumerate() {
            let n = places.iter().filter(|&&place| place == at).count();
            assert!((*fewest..=*most).contains(&n), "{n} of {child} in {name}");
        }
        match rule.text {
            Some(form) => assert!(form.fits(&self.text), "{name} is no {form:?}: {:?}", self.text),
            None => assert!(self.text.trim().is_empty(), "text in {name}: {:?}", self.text),
        }
    }
}

/// What is given a name, and what is named.
#[derive(Default)]
struct Ids {
    given: BTreeSet<String>,
    users: BTreeSet<String>,
    codes: BTreeSet<String>,
    variables: BTreeSet<String>,
    asked: Vec<(&'static str, String)>,
}

impl Ids {
    fn take(&mut self, element: &Element) {
        for (attribute, value) in &element.attributes {
            let value = value.trim_matches(['{', '}']).to_lowercase();
            match (element.name.as_str(), attribute.as_str()) {
                (name, "guid") => {
                    assert!(self.given.insert(value.clone()), "an identifier is given twice, again to a {name}");
                    match name {
                        "User" => drop(self.users.insert(value)),
                        "Code" => drop(self.codes.insert(value)),
                        "Variable" => drop(self.variables.insert(value)),
                        _ => {}
                    }
                }
                ("CodeRef", "targetGUID") => self.asked.push(("code", value)),
                ("VariableRef", "targetGUID") => self.asked.push(("variable", value)),
                (_, "creatingUser" | "creatingUserGUID") => self.asked.push(("user", value)),
                _ => {}
            }
        }
    }

    fn resolve(&self) {
        for (kind, id) in &self.asked {
            let there = match *kind {
                "code" => &self.codes,
                "variable" => &self.variables,
                _ => &self.users,
            };
            assert!(there.contains(id), "no {kind} has the identifier {id}");
        }
    }
}

impl Form {
    fn fits(self, value: &str) -> bool {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Any => true,
            Guid => {
                let bare = value.strip_prefix('{').and_then(|bare| bare.strip_suffix('}')).unwrap_or(value);
                bare.split('-').map(str::len).eq([8, 4, 4, 4, 12])
                    && bare.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
            }
            Integer => digits(value.strip_prefix('-').unwrap_or(value)),
            Decimal => {
                let (whole, part) = value.split_once('.').unwrap_or((value, "0"));
                digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(part)
            }
            Bool => ["true", "false", "1", "0"].contains(&value),
            Color => {
                let hex = value.strip_prefix('#').unwrap_or("");
                [3, 6].contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
            // 2026-01-31T00:00:00, with Z, an offset, parts of a second, or none of these.
            Moment => {
                let shape: String = value.chars().take(19).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
                shape == "0000-00-00T00:00:00" && value[19..].chars().all(|c| c.is_ascii_digit() || ".Z:+-".contains(c))
            }
            VariableType => ["Text", "Boolean", "Integer", "Float", "Date", "DateTime"].contains(&value),
        }
    }
}
