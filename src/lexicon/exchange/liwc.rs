//! LIWC (`.dic`): categories between two lines of `%`, indented by tabs below their parents; then terms with their ids.

use super::super::foreign::{Category, Entry, Foreign, Losses, Reading, put};
use super::decode::printable;
use super::{Text, star, unsaid};
use std::collections::BTreeMap;

pub(super) fn read(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let is_fence = |raw: &str| raw.trim() == "%";
    let mut fences = text.lines().filter(|(_, raw)| is_fence(raw)).map(|(line, _)| line);
    let (Some(first), Some(second)) = (fences.next(), fences.next()) else {
        let hint = "a .dic file lists its categories between two lines of %; the copy inside LIWC's own folder is not \
                    in that format: export the dictionary from LIWC";
        return Err(text.refuse(0, "has no pair of lines that are %", hint));
    };
    let mut foreign = Foreign { hides_empty: true, ..Foreign::default() };
    let legend = legend(text.lines().filter(|(line, _)| (first..second).contains(line)).skip(1), &mut foreign, losses);
    for (line, raw) in text.lines().filter(|(line, raw)| *line > second && !is_fence(raw) && !raw.trim().is_empty()) {
        let Membership { term, ids } = membership(raw, &legend);
        if term.is_empty() {
            losses.add(line, "", raw.trim(), "left out: names no term");
            continue;
        }
        for id in &ids {
            add(&mut foreign, &legend, line, &term, id, losses);
        }
        if ids.is_empty() {
            losses.add(line, "", &term, "left out: belongs to no category");
        }
    }
    Ok(foreign)
}

type Legend = BTreeMap<u32, Vec<String>>;

fn legend<'a>(lines: impl Iterator<Item = (u32, &'a str)>, foreign: &mut Foreign, losses: &mut Losses) -> Legend {
    let mut legend = Legend::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    for (line, raw) in lines {
        let depth = raw.len() - raw.trim_start_matches('\t').len();
        let written = printable(&raw.replace('\t', " "));
        let written = written.trim();
        if written.is_empty() {
            continue;
        }
        let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (id, name) = match written[digits..].trim_start() {
            name if digits > 0 && name.len() < written[digits..].len() => (written[..digits].parse().ok(), name),
            "" => {
                losses.add(line, "", written, "left out: a category without a name");
                continue;
            }
            _ => (None, written),
        };
        open.truncate(open.iter().take_while(|(above, _)| *above < depth).count());
        open.push((depth, name.to_owned()));
        let path: Vec<String> = open.iter().map(|(_, name)| name.clone()).collect();
        foreign.at(&path);
        if let Some(other) = id.and_then(|id: u32| legend.insert(id, path)) {
            losses.add(line, &other.join("."), written, "an id is given twice; terms go to the later category");
        }
    }
    legend
}

struct Membership {
    term: String,
    ids: Vec<String>,
}

/// The term of a line and the ids, or conditions, that follow it.
///
/// Ids stand after a tab. In old files they stand after spaces: after two or more where all that follows are numbers,
/// after one only where every number is the id of a category, so that `section 28` stays whole.
fn membership(raw: &str, legend: &Legend) -> Membership {
    let (head, tail) = raw.trim_start().split_once('\t').unwrap_or((raw.trim(), ""));
    let (head, mut ids) = (head.trim(), pieces(tail));
    let number = |piece: &str| piece.bytes().all(|b| b.is_ascii_digit());
    let known = |piece: &str| piece.parse().is_ok_and(|id| legend.contains_key(&id));
    let mut term = head;
    if let Some((before, after)) = head.split_once("  ").filter(|(_, after)| after.split_whitespace().all(number)) {
        term = before.trim();
        ids.splice(0..0, pieces(after));
    } else if ids.is_empty() {
        while let Some((before, last)) = term.rsplit_once(' ').filter(|(_, last)| number(last) && known(last)) {
            ids.insert(0, last.to_owned());
            term = before.trim_end();
        }
        // A number that no category has belongs to the term, and then so do those before it.
        let before = term.rsplit_once(' ').map_or("", |(_, last)| last);
        if !ids.is_empty() && !before.is_empty() && number(before) {
            (term, ids) = (head, Vec::new());
        }
    }
    Membership { term: printable(term), ids }
}

/// Parts between blanks; what stands in parentheses is not cut.
fn pieces(tail: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut depth = 0_u32;
    for c in tail.chars() {
        depth = if c == '(' { depth + 1 } else { depth.saturating_sub(u32::from(c == ')')) };
        match all.last_mut() {
            Some(last) if depth > 0 || !c.is_whitespace() => last.push(c),
            _ => all.push(String::new()),
        }
    }
    all.retain(|piece| !piece.is_empty());
    all
}

fn add(foreign: &mut Foreign, legend: &Legend, line: u32, term: &str, id: &str, losses: &mut Losses) {
    // `(02 134)126` puts the term into 126 where a word of 02 or 134 stands before it.
    let condition = id.rfind(')').filter(|_| id.starts_with('('));
    let bare = condition.map_or(id, |at| &id[at + 1..]);
    let Ok(number) = bare.parse::<u32>() else {
        let reason = match id.contains(['<', '(', '/']) {
            true => "left out: a condition on the words around it cannot be carried",
            false => "left out: is no category id",
        };
        return losses.add(line, "", &format!("{term}\t{id}"), reason);
    };
    let Some(category) = legend.get(&number).and_then(|path| foreign.at(path)) else {
        return losses.add(line, "", &format!("{term}\t{id}"), "left out: no category has this id");
    };
    if condition.is_some() {
        losses.add(line, &category.name, &format!("{term}\t{id}"), "its condition is lost: taken wherever it stands");
    }
    let entry = Entry { text: term.to_owned(), reading: Reading::Star, weight: None, line };
    put(category, entry, losses);
}

pub(super) fn write(foreign: &Foreign, losses: &mut Losses) -> String {
    let all = foreign.walk();
    let width = all.len().to_string().len().max(2);
    let mut out = String::from("%\n");
    // Terms in an order that every category keeps; a term that cannot be in such a one has a second line.
    let mut terms: Vec<(String, Vec<usize>)> = Vec::new();
    for (number, (path, category)) in all.iter().enumerate() {
        let number = number + 1;
        let name = line_of(category);
        out += &format!("{}{number:0width$}\t{name}\n", "\t".repeat(path.len() - 1));
        unsaid(category, &category.name, losses);
        let mut after = 0;
        for entry in &category.entries {
            if let Some(term) = star(entry, &category.name, losses) {
                if term == "%" {
                    losses.add(entry.line, &category.name, &term, "left out: the sign divides the file");
                    continue;
                }
                match terms[after..].iter().position(|(known, _)| *known == term) {
                    Some(further) => {
                        after += further + 1;
                        terms[after - 1].1.push(number);
                    }
                    None => {
                        terms.insert(after, (term, vec![number]));
                        after += 1;
                    }
                }
            }
            if entry.weight.is_some() {
                losses.add(entry.line, &category.name, &entry.text, "its weight is lost");
            }
        }
    }
    out += "%\n";
    for (term, ids) in terms {
        let ids: Vec<String> = ids.iter().map(|id| format!("{id:0width$}")).collect();
        out += &format!("{term}\t{}\n", ids.join("\t"));
    }
    out
}

fn line_of(category: &Category) -> String {
    category.name.replace(['\t', '\n'], " ").trim().to_owned()
}
