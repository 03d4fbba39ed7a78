//! Yoshikoder (`.ykd`, `.lcd`): categories and patterns as nested XML, patterns at any level; both styles of it.

use super::super::foreign::{Category, Entry, Foreign, Losses, Reading, put};
use super::xml::{Element, escaped, tree};
use super::{Text, star};

pub(super) fn read(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let root = tree(text)?;
    if root.name != "dictionary" && root.name != "cnode" && root.name != "category" {
        let what = format!("is XML, but its root is <{}> and not <dictionary>", root.name);
        return Err(text.refuse(root.line, &what, "export the dictionary from Yoshikoder anew"));
    }
    let reading = match root.attribute("patternengine") {
        Some("regexp") => Reading::Regex,
        None | Some("substring") => Reading::Star,
        Some(other) => {
            losses.add(root.line, "", "", format!("the pattern engine \"{other}\" is not known; read as substring"));
            Reading::Star
        }
    };
    let mut foreign = Foreign::default();
    let tops: Vec<&Element> =
        if root.name == "dictionary" { root.children.iter().filter(|e| is_category(e)).collect() } else { vec![&root] };
    for top in tops {
        take(&mut foreign, &[], top, reading, losses);
    }
    for stray in root.children.iter().filter(|e| root.name == "dictionary" && is_pattern(e)) {
        let name = stray.field("name").unwrap_or_default();
        losses.add(stray.line, "", &name, "left out: a pattern outside of any category");
    }
    Ok(foreign)
}

fn is_category(element: &Element) -> bool {
    matches!(element.name.as_str(), "cnode" | "category")
}

fn is_pattern(element: &Element) -> bool {
    matches!(element.name.as_str(), "pnode" | "pattern")
}

fn take(foreign: &mut Foreign, above: &[String], element: &Element, reading: Reading, losses: &mut Losses) {
    let Some(name) = element.field("name").filter(|name| !name.is_empty()) else {
        losses.add(element.line, &above.join("."), "", "left out: a category without a name, with all in it");
        return;
    };
    let path: Vec<String> = above.iter().cloned().chain([name.clone()]).collect();
    let description = ["desc", "description", "comment"].iter().find_map(|field| element.field(field));
    if let Some(category) = foreign.at(&path) {
        // A description that repeats the name says nothing.
        category.description = description.filter(|text| *text != name).unwrap_or_default();
        if let Some(score) = score(element) {
            losses.add(element.line, &name, "", format!("its score {score} is lost: a category has no weight"));
        }
    }
    for pattern in element.children.iter().filter(|child| is_pattern(child)) {
        let text = pattern.field("name").unwrap_or_default();
        if text.is_empty() {
            losses.add(pattern.line, &name, "", "left out: a pattern without a name");
            continue;
        }
        for note in ["desc", "description", "comment"].iter().filter_map(|field| pattern.field(field)) {
            if !note.is_empty() && note != text {
                losses.add(pattern.line, &name, &text, format!("its note is lost: {note}"));
            }
        }
        let entry = Entry { text, reading, weight: score(pattern).filter(|score| *score != 1.0), line: pattern.line };
        if let Some(category) = foreign.at(&path) {
            put(category, entry, losses);
        }
    }
    for child in element.children.iter().filter(|child| is_category(child)) {
        take(foreign, &path, child, reading, losses);
    }
}

fn score(element: &Element) -> Option<f64> {
    element.field("score")?.parse().ok().filter(|score: &f64| score.is_finite())
}

pub(super) fn write(foreign: &Foreign, losses: &mut Losses) -> String {
    let all = foreign.walk();
    let mut entries = all.iter().flat_map(|(_, category)| &category.entries).peekable();
    let is_regex = entries.peek().is_some() && entries.all(|entry| entry.reading == Reading::Regex);
    let engine = if is_regex { "regexp" } else { "substring" };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<dictionary style=\"050805\" patternengine=\"{engine}\">\n"
    );
    foreign.categories.iter().for_each(|category| put_out(category, 1, is_regex, &mut out, losses));
    out + "</dictionary>\n"
}

fn put_out(category: &Category, depth: usize, is_regex: bool, out: &mut String, losses: &mut Losses) {
    let tabs = "\t".repeat(depth);
    let (name, description) = (escaped(&category.name), escaped(&category.description));
    *out += &format!("{tabs}<cnode name=\"{name}\" desc=\"{description}\">\n");
    if category.color.is_some() || category.guid.is_some() {
        losses.add(0, &category.name, "", "its colour and identifier are lost");
    }
    for entry in &category.entries {
        let text = if is_regex { Some(entry.text.clone()) } else { star(entry, &category.name, losses) };
        if let Some(text) = text {
            let score = entry.weight.map_or(String::new(), |weight| format!(" score=\"{weight}\""));
            *out += &format!("{tabs}\t<pnode name=\"{}\"{score}/>\n", escaped(&text));
        }
    }
    category.children.iter().for_each(|child| put_out(child, depth + 1, is_regex, out, losses));
    *out += &format!("{tabs}</cnode>\n");
}
