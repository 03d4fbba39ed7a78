//! WordStat (`.cat`): depth by tabs; a line that ends in ` (n)` is an entry of weight n, any other a category.

use super::super::foreign::{Category, Entry, Foreign, Losses, Reading, put};
use super::ours;
use super::{Text, glob};

pub(super) fn read(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let mut foreign = Foreign::default();
    // The category that is open at each depth, with its depth.
    let mut open: Vec<(usize, String)> = Vec::new();
    for (line, raw) in text.lines() {
        let (depth, written) = indented(raw);
        if written.is_empty() {
            continue;
        }
        open.truncate(open.iter().take_while(|(above, _)| *above < depth).count());
        let path: Vec<String> = open.iter().map(|(_, name)| name.clone()).collect();
        match weighed(&written) {
            None => {
                open.push((depth, written.clone()));
                foreign.at(&open.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>());
            }
            Some((entry, weight)) => match foreign.at(&path) {
                None => {
                    let hint = "put it below a category, one tab further in";
                    return Err(text.refuse(line, "is an entry outside of any category", hint));
                }
                Some(category) => {
                    let reading = if is_rule(entry) { Reading::Rule } else { Reading::Glob };
                    let weight = Some(weight).filter(|weight| *weight != 1.0);
                    put(category, Entry { text: entry.to_owned(), reading, weight, line }, losses);
                }
            },
        }
    }
    Ok(foreign)
}

/// Depth by leading tabs, stray spaces among them passed over, and what follows without control characters.
fn indented(raw: &str) -> (usize, String) {
    let body = raw.trim_start_matches(['\t', ' ', '\u{a0}', '\u{feff}']);
    let depth = raw[..raw.len() - body.len()].matches('\t').count();
    let written: String = body.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()).collect();
    (depth, written.trim().to_owned())
}

/// An entry and its weight, where the line ends in ` (n)`.
fn weighed(written: &str) -> Option<(&str, f64)> {
    let (entry, weight) = written.strip_suffix(')')?.rsplit_once('(')?;
    let weight = weight.trim();
    let plain = weight.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+'));
    let weight: f64 = weight.replace(',', ".").parse().ok().filter(|_| plain)?;
    let named = entry.ends_with(char::is_whitespace) && !entry.trim().is_empty();
    named.then(|| (entry.trim_end(), weight))
}

fn is_rule(entry: &str) -> bool {
    entry.starts_with('@') && entry.ends_with(']') && entry.contains('[')
}

pub(super) fn write(foreign: &Foreign, losses: &mut Losses) -> String {
    let mut out = String::new();
    let mut rules = 0;
    for category in &foreign.categories {
        put_out(category, 0, &mut rules, &mut out, losses);
    }
    out.replace('\n', "\r\n")
}

fn put_out(category: &Category, depth: usize, rules: &mut usize, out: &mut String, losses: &mut Losses) {
    let tabs = "\t".repeat(depth);
    let mut name = category.name.replace(['\t', '\n'], " ").trim().to_owned();
    if weighed(&name).is_some() {
        losses.add(0, &category.name, "", "renamed: a name that ends in a number in parentheses would be an entry");
        name = format!("{name}_");
    }
    super::unsaid(category, &category.name, losses);
    *out += &format!("{tabs}{name}\n");
    for entry in &category.entries {
        let weight = entry.weight.unwrap_or(1.0);
        let written = match entry.reading {
            Reading::Rule => Some(entry.text.clone()),
            Reading::Ours => ours::rule(&entry.text).map(|rule| {
                *rules += 1;
                format!("@RULE_{rules} {rule}")
            }),
            _ => None,
        };
        if let Some(text) = written.or_else(|| glob(entry, &category.name, losses)) {
            *out += &format!("{tabs}\t{text} ({weight})\n");
        }
    }
    for child in &category.children {
        put_out(child, depth + 1, rules, out, losses);
    }
}
