//! REFI-QDA code book (`.qdc`): codes with their meaning, as NVivo, ATLAS.ti and MAXQDA exchange them. No patterns.

use super::super::foreign::{Category, Foreign, Losses};
use super::Text;
use super::xml::{Element, escaped, tree};

const NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";

pub(super) fn read(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let root = tree(text)?;
    let book = match root.name.as_str() {
        "CodeBook" => Some(&root),
        // A project holds its code book inside.
        "Project" => root.children.iter().find(|child| child.name == "CodeBook"),
        _ => None,
    };
    let Some(book) = book else {
        let what = format!("is XML, but its root is <{}> and not <CodeBook>", root.name);
        return Err(text.refuse(root.line, &what, "export the code book as REFI-QDA (.qdc) anew"));
    };
    let mut foreign = Foreign::default();
    let codes = book.children.iter().filter(|child| child.name == "Codes").flat_map(|codes| &codes.children);
    codes.for_each(|code| take(&mut foreign, &[], code, losses));
    for set in book.children.iter().filter(|child| child.name == "Sets").flat_map(|sets| &sets.children) {
        let name = set.attribute("name").unwrap_or_default();
        losses.add(set.line, name, "", "left out: a set of codes has no place in a lexicon");
    }
    Ok(foreign)
}

fn take(foreign: &mut Foreign, above: &[String], code: &Element, losses: &mut Losses) {
    if code.name != "Code" {
        return;
    }
    let Some(name) = code.attribute("name").map(str::trim).filter(|name| !name.is_empty()) else {
        losses.add(code.line, &above.join("."), "", "left out: a code without a name, with all below it");
        return;
    };
    let path: Vec<String> = above.iter().cloned().chain([name.to_owned()]).collect();
    if let Some(category) = foreign.at(&path) {
        if category.guid.is_some() {
            losses.add(code.line, name, "", "two codes of one name below one code; put together");
        } else {
            let description = code.children.iter().find(|child| child.name == "Description");
            category.description = description.map_or(String::new(), |child| child.text.trim().to_owned());
            category.color = code.attribute("color").map(str::to_owned);
            category.guid =
                Some(code.attribute("guid").unwrap_or_default().trim().to_owned()).filter(|id| !id.is_empty());
        }
    }
    if code.attribute("isCodable") == Some("false") {
        losses.add(code.line, name, "", "that it is not to be coded with is lost");
    }
    code.children.iter().for_each(|child| take(foreign, &path, child, losses));
}

pub(super) fn write(foreign: &Foreign, losses: &mut Losses) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CodeBook xmlns=\"{NAMESPACE}\" origin=\"Throughline {}\">\n  <Codes>\n",
        env!("CARGO_PKG_VERSION")
    );
    foreign.categories.iter().for_each(|category| put_out(category, "", 2, &mut out, losses));
    out + "  </Codes>\n</CodeBook>\n"
}

fn put_out(category: &Category, above: &str, depth: usize, out: &mut String, losses: &mut Losses) {
    let path = format!("{above}/{}", category.name);
    let guid = category.guid.clone().filter(|id| is_guid(id)).unwrap_or_else(|| guid(&path));
    let indent = "  ".repeat(depth);
    let (kept, lost): (Option<&str>, Option<&str>) = match category.color.as_deref() {
        Some(color) if !is_color(color) => (None, Some(color)),
        color => (color, None),
    };
    if let Some(color) = lost {
        losses.add(0, &category.name, color, "left out: a color is # and three or six hexadecimal digits here");
    }
    let color = kept.map_or(String::new(), |color| format!(" color=\"{color}\""));
    let (guid, name) = (escaped(&guid), escaped(&category.name));
    *out += &format!("{indent}<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"true\"{color}>\n");
    if !category.description.is_empty() {
        *out += &format!("{indent}  <Description>{}</Description>\n", escaped(&category.description));
    }
    for entry in &category.entries {
        losses.add(entry.line, &category.name, &entry.text, "left out: a code book holds no patterns");
    }
    category.children.iter().for_each(|child| put_out(child, &path, depth + 1, out, losses));
    *out += &format!("{indent}</Code>\n");
}

/// Whether an identifier is one that the schema takes, in braces or not.
fn is_guid(id: &str) -> bool {
    let bare = id.strip_prefix('{').and_then(|bare| bare.strip_suffix('}')).unwrap_or(id);
    bare.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && bare.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

fn is_color(color: &str) -> bool {
    let hex = color.strip_prefix('#').unwrap_or_default();
    matches!(hex.len(), 3 | 6) && hex.bytes().all(|b| b.is_ascii_hexdigit())
}

/// An identifier that is the same whenever the same thing is written: a UUID (version 4 in form) made of a digest of its name.
pub fn guid(path: &str) -> String {
    let hex = blake3::hash(path.as_bytes()).to_hex();
    let variant = ["8", "9", "a", "b"][usize::from(hex.as_bytes()[16]) % 4];
    format!("{}-{}-4{}-{variant}{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}
