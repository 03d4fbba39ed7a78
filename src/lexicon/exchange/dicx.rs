//! LIWC-22 (`.dicx`): a table of terms by categories; `X` is a member, a number its weight. Flat.

use super::super::foreign::{Entry, Foreign, Losses, Reading, put};
use super::{Flat, Text, flat, star, table};
use std::collections::BTreeMap;

pub(super) fn read(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let mut rows = table::rows(text, ',');
    let head = match rows.next() {
        Some(Ok((_, head))) if head.len() > 1 && head[0].trim().eq_ignore_ascii_case("DicTerm") => head,
        _ => return Err(text.refuse(1, "does not begin with DicTerm and categories", "export it from LIWC-22 anew")),
    };
    let mut foreign = Foreign { hides_empty: true, ..Foreign::default() };
    let names: Vec<Vec<String>> = head[1..].iter().map(|name| vec![name.trim().to_owned()]).collect();
    names.iter().for_each(|path| _ = foreign.at(path));
    for row in rows {
        let (line, cells) = row.map_err(|(line, what)| text.refuse(line, &what, "mend the line"))?;
        let term = cells.first().map_or("", |cell| cell.trim());
        if term.is_empty() {
            continue;
        }
        if cells.len() > head.len() {
            losses.add(line, "", term, "has more cells than there are categories; the rest is left out");
        }
        for (path, cell) in names.iter().zip(&cells[1..]) {
            let cell = cell.trim();
            let number = cell.parse::<f64>().ok().filter(|weight| weight.is_finite());
            let weight = match number {
                Some(weight) => Some(weight).filter(|weight| *weight != 1.0),
                None if cell.is_empty() => continue,
                None if cell.eq_ignore_ascii_case("x") => None,
                None => {
                    losses.add(
                        line,
                        &path[0],
                        term,
                        format!("left out: the cell \"{cell}\" is neither X nor a number"),
                    );
                    continue;
                }
            };
            if let Some(category) = foreign.at(path) {
                put(category, Entry { text: term.to_owned(), reading: Reading::Star, weight, line }, losses);
            }
        }
    }
    Ok(foreign)
}

pub(super) fn write(foreign: &Foreign, losses: &mut Losses) -> String {
    let can = Flat { weights: true, descriptions: false, colors: false, empty: true };
    let categories = flat(foreign, &can, losses);
    let mut terms: Vec<(u32, String, BTreeMap<usize, String>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (number, (name, category)) in categories.iter().enumerate() {
        for entry in &category.entries {
            let Some(term) = star(entry, name, losses) else { continue };
            let place = *places.entry(term.clone()).or_insert_with(|| {
                terms.push((entry.line, term, BTreeMap::new()));
                terms.len() - 1
            });
            terms[place].0 = terms[place].0.min(entry.line);
            let cell = entry.weight.map_or("X".to_owned(), |weight| weight.to_string());
            terms[place].2.insert(number, cell);
        }
    }
    terms.sort_by_key(|(line, ..)| *line);
    let head = std::iter::once("DicTerm".to_owned()).chain(categories.iter().map(|(name, _)| name.clone()));
    let mut out = table::line(&head.collect::<Vec<_>>(), ',');
    for (_, term, cells) in terms {
        let cell = |number: usize| cells.get(&number).cloned().unwrap_or_default();
        let row: Vec<String> = std::iter::once(term).chain((0..categories.len()).map(cell)).collect();
        out += &table::line(&row, ',');
    }
    out
}
