//! A spreadsheet (`.csv`, `.tsv`): columns `theme`, `pattern` and, where wanted, `weight`; patterns in our own language.
//!
//! A theme below another is written with the names above it, as in `Money > Budgets`.

use super::super::foreign::{Entry, Foreign, Losses, Reading, put};
use super::ours::{self, Refusal};
use super::{Text, unsaid};

const BETWEEN: &str = " > ";

pub(super) fn read_commas(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let head = text.body.lines().next().unwrap_or("");
    let semicolons = head.matches(';').count() > head.matches(',').count();
    read(text, if semicolons { ';' } else { ',' }, losses)
}

pub(super) fn read_tabs(text: &Text<'_>, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    read(text, '\t', losses)
}

fn read(text: &Text<'_>, between: char, losses: &mut Losses) -> Result<Foreign, super::Refused> {
    let hint = "the first line names the columns: theme,pattern,weight";
    let mut rows = rows(text, between);
    let head = match rows.next() {
        Some(Ok((_, head))) => head,
        _ => return Err(text.refuse(1, "has no header", hint)),
    };
    let column = |names: &[&str]| head.iter().position(|name| names.contains(&name.trim().to_lowercase().as_str()));
    let Some(theme) = column(&["theme", "category", "key", "code"]) else {
        return Err(text.refuse(1, "has no column \"theme\"", hint));
    };
    let Some(pattern) = column(&["pattern", "word", "term", "value", "entry"]) else {
        return Err(text.refuse(1, "has no column \"pattern\"", hint));
    };
    let weight = column(&["weight", "score"]);
    for (_, name) in
        head.iter().enumerate().filter(|(at, _)| ![Some(theme), Some(pattern), weight].contains(&Some(*at)))
    {
        losses.add(1, "", name, "the column is left out");
    }
    let mut foreign = Foreign::default();
    for row in rows {
        let (line, cells) = row.map_err(|(line, what)| text.refuse(line, &what, "mend the line"))?;
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        let path: Vec<String> = cell(theme).split(BETWEEN).map(|name| name.trim().to_owned()).collect();
        let Some(category) = Some(&path).filter(|path| !path[0].is_empty()).and_then(|path| foreign.at(path)) else {
            losses.add(line, "", cell(pattern), "left out: the row names no theme");
            continue;
        };
        if cell(pattern).is_empty() {
            continue;
        }
        let written = weight.map_or("", cell);
        let number = written.parse::<f64>().ok().filter(|weight| weight.is_finite());
        if number.is_none() && !written.is_empty() {
            losses.add(
                line,
                &category.name,
                cell(pattern),
                format!("its weight \"{written}\" is no number and is lost"),
            );
        }
        let entry = Entry { text: cell(pattern).to_owned(), reading: Reading::Ours, weight: number, line };
        put(category, entry, losses);
    }
    Ok(foreign)
}

pub(super) fn write_commas(foreign: &Foreign, losses: &mut Losses) -> String {
    write(foreign, ',', losses)
}

pub(super) fn write_tabs(foreign: &Foreign, losses: &mut Losses) -> String {
    write(foreign, '\t', losses)
}

fn write(foreign: &Foreign, between: char, losses: &mut Losses) -> String {
    let mut out = line(&["theme", "pattern", "weight"].map(str::to_owned), between);
    for (path, category) in foreign.walk() {
        let names: Vec<String> = path.iter().map(|name| name.replace(BETWEEN, " / ")).collect();
        let theme = names.join(BETWEEN);
        if theme != path.join(BETWEEN) {
            losses.add(0, &path.join("."), "", format!("renamed \"{theme}\": \"{BETWEEN}\" stands between levels"));
        }
        unsaid(category, &theme, losses);
        if category.entries.is_empty() {
            out += &line(&[theme.clone(), String::new(), String::new()], between);
        }
        for entry in &category.entries {
            match ours::pattern(entry, &|_| None) {
                Ok(pattern) => {
                    let weight = entry.weight.map_or(String::new(), |weight| weight.to_string());
                    out += &line(&[theme.clone(), pattern, weight], between);
                }
                Err(Refusal(reason)) => losses.add(entry.line, &theme, &entry.text, format!("left out: {reason}")),
            }
        }
    }
    out
}

/// A row and its line, or a line and what is wrong with it.
type Row = Result<(u32, Vec<String>), (u32, String)>;

/// The rows of a table, the header among them; rows may differ in length.
pub(super) fn rows<'t>(text: &Text<'t>, between: char) -> impl Iterator<Item = Row> + use<'t> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(between as u8)
        .from_reader(text.body.as_bytes());
    reader.into_records().map(|row| match row {
        Ok(row) => {
            let line = row.position().map_or(0, |position| position.line() as u32);
            Ok((line, row.iter().map(str::to_owned).collect()))
        }
        Err(error) => Err((error.position().map_or(0, |at| at.line() as u32), format!("is no table: {error}"))),
    })
}

/// One row, cells quoted where they must be.
pub(super) fn line(cells: &[String], between: char) -> String {
    let cell = |cell: &String| match cell.contains([between, '"', '\n', '\r']) || cell.trim() != cell {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.clone(),
    };
    let cells: Vec<String> = cells.iter().map(cell).collect();
    cells.join(&between.to_string()) + "\r\n"
}
