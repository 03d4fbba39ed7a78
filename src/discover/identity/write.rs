//! Decisions as text.

use super::decision::{Decision, Decisions, Verdict};
use toml_edit::{ArrayOfTables, DocumentMut, Item};

const HEADER: &str = "\
# What people have decided about candidate themes: written by throughline candidate accept, rename and dismiss.
# An entry that is deleted takes its decision back.
";

/// The text of a file of decisions with one more; what was decided before about the same candidate goes, and comments
/// stay. An empty text is a new file.
///
/// # Errors
/// The text is no TOML; the error says where.
pub fn with_decision(text: &str, verdict: Verdict, decision: &Decision) -> Result<String, String> {
    let text = if text.trim().is_empty() { HEADER } else { text };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    let is_other = |table: &toml_edit::Table| {
        let says = |key: &str, what: &str| table.get(key).and_then(Item::as_str) == Some(what);
        !says("first_name", &decision.first_name) && !says("name", &decision.name)
    };
    for verdict in [Verdict::Accepted, Verdict::Renamed, Verdict::Dismissed] {
        let list = document.get_mut(verdict.word()).and_then(Item::as_array_of_tables_mut);
        if list.is_some_and(|list| retain(list, &is_other)) {
            document.remove(verdict.word());
        }
    }
    let mut added = Decisions::default();
    let list = match verdict {
        Verdict::Accepted => &mut added.accepted,
        Verdict::Renamed => &mut added.renamed,
        Verdict::Dismissed => &mut added.dismissed,
    };
    list.push(decision.clone());
    let mut added: DocumentMut = toml::to_string(&added)
        .map_err(|error| error.to_string())?
        .parse()
        .map_err(|error: toml_edit::TomlError| error.to_string())?;
    let empty: Vec<String> =
        added.iter().filter(|(_, item)| !item.is_array_of_tables()).map(|(key, _)| key.to_owned()).collect();
    empty.iter().for_each(|key| _ = added.remove(key));
    Ok(format!("{}\n{}", document.to_string().trim_end(), added.to_string().trim_start()))
}

/// Keeps some tables; whether none is left.
fn retain(list: &mut ArrayOfTables, keep: &dyn Fn(&toml_edit::Table) -> bool) -> bool {
    list.retain(keep);
    list.is_empty()
}
