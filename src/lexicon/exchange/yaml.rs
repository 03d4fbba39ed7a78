//! quanteda's YAML: a key holds a word, a list of words, or keys; words beside keys stand under `''` or `__`.

use super::super::foreign::{Category, Entry, Foreign, Losses, Reading, put};
use super::{Text, glob, unsaid};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

pub(super) fn read(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let node: Node = serde_norway::from_str(text.body).map_err(|error| {
        let line = error.location().map_or(0, |at| at.line() as u32);
        text.refuse(line, &format!("is no YAML: {error}"), "write a key and its words, as in Money: [fund*, budget]")
    })?;
    let Node::Map(keys) = node else {
        return Err(text.refuse(1, "holds no keys", "write a key and its words, as in Money: [fund*, budget]"));
    };
    let mut foreign = Foreign::default();
    for (name, node) in keys {
        let path = vec![name];
        take(&mut foreign, &path, node, losses);
    }
    Ok(foreign)
}

fn take(foreign: &mut Foreign, path: &[String], node: Node, losses: &mut Losses) {
    let last = path.last().map_or("", String::as_str).trim();
    let own = matches!(last, "" | "__");
    let path = if own { &path[..path.len() - 1] } else { path };
    let Some(category) = foreign.at(path) else {
        losses.add(0, "", "", "left out: words at the top, below no key");
        return;
    };
    match node {
        Node::Word(word) => {
            let text = word.trim().to_owned();
            if !text.is_empty() {
                put(category, Entry { text, reading: Reading::Glob, weight: None, line: 0 }, losses);
            }
        }
        Node::List(nodes) => nodes.into_iter().for_each(|node| {
            let below: Vec<String> = path.iter().cloned().chain([String::new()]).collect();
            take(foreign, &below, node, losses);
        }),
        Node::Map(keys) => keys.into_iter().for_each(|(name, node)| {
            let below: Vec<String> = path.iter().cloned().chain([name.trim().to_owned()]).collect();
            take(foreign, &below, node, losses);
        }),
    }
}

pub(super) fn write(foreign: &Foreign, losses: &mut Losses) -> String {
    let mut out = String::new();
    foreign.categories.iter().for_each(|category| put_out(category, 0, &mut out, losses));
    if out.is_empty() { "{}\n".to_owned() } else { out }
}

fn put_out(category: &Category, depth: usize, out: &mut String, losses: &mut Losses) {
    unsaid(category, &category.name, losses);
    let mut words = Vec::new();
    for entry in &category.entries {
        words.extend(glob(entry, &category.name, losses).map(|word| quoted(&word)));
        if entry.weight.is_some() {
            losses.add(entry.line, &category.name, &entry.text, "its weight is lost");
        }
    }
    let indent = "  ".repeat(depth);
    let list = |key: &str, indent: &str| match words.is_empty() {
        true => format!("{indent}{key}: []\n"),
        false => words.iter().fold(format!("{indent}{key}:\n"), |out, word| out + &format!("{indent}  - {word}\n")),
    };
    if category.children.is_empty() {
        *out += &list(&quoted(&category.name), &indent);
        return;
    }
    *out += &format!("{indent}{}:\n", quoted(&category.name));
    category.children.iter().for_each(|child| put_out(child, depth + 1, out, losses));
    if !words.is_empty() {
        *out += &list("__", &format!("{indent}  "));
    }
}

/// A string of JSON is one of YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// YAML as far as a lexicon can be made of it; a key may be given twice.
enum Node {
    Word(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Shape)
    }
}

struct Shape;

impl<'de> Visitor<'de> for Shape {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words or keys")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Word(text.to_owned()))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Word(truth.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Word(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Word(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Word(number.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::List(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = items.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut keys = Vec::new();
        while let Some((key, node)) = map.next_entry::<Node, Node>()? {
            match key {
                Node::Word(name) => keys.push((name, node)),
                Node::List(none) if none.is_empty() => keys.push((String::new(), node)),
                _ => return Err(serde::de::Error::custom("a key is no word")),
            }
        }
        Ok(Node::Map(keys))
    }
}
