//! Lexicoder 3 (`.lc3`): `+Category`, then one pattern a line. Flat.

use super::super::foreign::{Category, Entry, Foreign, Losses, Reading, put};
use super::decode::printable;
use super::{Flat, Text, flat, star};

pub(super) fn read(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let mut foreign = Foreign::default();
    let mut current: Option<Vec<String>> = None;
    for (line, raw) in text.lines() {
        let written = printable(raw);
        let written = written.trim();
        if written.is_empty() {
            continue;
        }
        if let Some(head) = written.strip_prefix('+').filter(|head| !head.trim().is_empty()) {
            let (name, color) = colored(head.trim());
            let path = vec![name.to_owned()];
            if let Some(category) = foreign.at(&path) {
                category.color = color.map(str::to_owned).or(category.color.take());
            }
            current = Some(path);
            continue;
        }
        match current.as_deref().and_then(|path| foreign.at(path)) {
            Some(category) => {
                let entry = Entry { text: written.to_owned(), reading: Reading::Star, weight: None, line };
                put(category, entry, losses);
            }
            None => return Err(text.refuse(line, "is a pattern before any category", "begin with a line +Category")),
        }
    }
    Ok(foreign)
}

/// `negative#AA0000` is a name and the colour it is marked in.
fn colored(head: &str) -> (&str, Option<&str>) {
    match head.rfind('#') {
        Some(at) if at > 0 && head.len() - at == 7 && head[at + 1..].bytes().all(|b| b.is_ascii_hexdigit()) => {
            (head[..at].trim_end(), Some(&head[at..]))
        }
        _ => (head, None),
    }
}

pub(super) fn write(foreign: &Foreign, losses: &mut Losses) -> String {
    let mut out = String::new();
    let can = Flat { weights: false, descriptions: false, colors: true, empty: true };
    for (name, category) in flat(foreign, &can, losses) {
        out += &format!("+{name}{}\n", category.color.as_deref().filter(|color| color.len() == 7).unwrap_or(""));
        out += &body(&name, category, losses);
    }
    out
}

fn body(name: &str, category: &Category, losses: &mut Losses) -> String {
    let mut out = String::new();
    for entry in &category.entries {
        match star(entry, name, losses) {
            Some(text) if text.starts_with('+') => {
                losses.add(entry.line, name, &entry.text, "left out: a line with + in front would begin a category");
            }
            Some(text) => out += &format!("{text}\n"),
            None => {}
        }
    }
    out
}
