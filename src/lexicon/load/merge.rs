//! Patterns added to a theme file by hand of the program: what people wrote there stays as it is.

use super::super::theme::{LexiconError, Pattern, Stance};
use std::path::Path;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

/// The text of a theme file with `patterns` behind those that it has; comments and layout stay.
///
/// # Errors
/// The text is no theme file that patterns can be added to.
pub fn merged(text: &str, file: &Path, patterns: &[Pattern]) -> Result<String, LexiconError> {
    let wrong = |what: String, hint: &str| LexiconError { file: file.to_owned(), line: 0, what, hint: hint.to_owned() };
    let mut document: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| wrong(format!("is not TOML: {}", error.message()), "mend the file"))?;
    match document.entry("patterns").or_insert_with(|| Item::Value(Value::Array(Array::new()))) {
        Item::Value(Value::Array(array)) => patterns.iter().for_each(|pattern| push(array, pattern)),
        Item::ArrayOfTables(tables) => patterns.iter().for_each(|pattern| {
            let mut table = Table::new();
            entries(pattern).into_iter().for_each(|(key, value)| _ = table.insert(key, Item::Value(value)));
            tables.push(table);
        }),
        _ => return Err(wrong("patterns is no list".to_owned(), "write patterns = [\"fund*\"]")),
    }
    Ok(document.to_string())
}

/// Adds a line of its own at the end of the list; a comment behind the last line stays behind it.
fn push(array: &mut Array, pattern: &Pattern) {
    let table: InlineTable = entries(pattern).into_iter().collect();
    let behind = array.trailing().as_str().unwrap_or_default().trim_end().to_owned();
    let mut value = Value::InlineTable(table);
    value.decor_mut().set_prefix(format!("{behind}\n  "));
    array.push_formatted(value);
    array.set_trailing("\n");
    array.set_trailing_comma(true);
}

fn entries(pattern: &Pattern) -> Vec<(&'static str, Value)> {
    let mut entries = vec![("pattern", Value::from(pattern.text.as_str())), ("weight", Value::from(pattern.weight))];
    let stance = pattern.stance.map(|stance| match stance {
        Stance::Barrier => "barrier",
        Stance::Facilitator => "facilitator",
        Stance::Both => "both",
        Stance::Mention => "mention",
    });
    entries.extend(stance.map(|stance| ("stance", Value::from(stance))));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str) {
        let pattern = |text: &str, stance| Pattern { text: text.to_owned(), weight: 0.5, stance, line: 0 };
        let more = [pattern("grant*", None), pattern("say \"cuts\"", Some(Stance::Barrier))];
        assert_eq!(merged(before, Path::new("t.toml"), &more).unwrap(), after);
    }

    #[test]
    fn patterns_are_added_and_everything_else_stays() {
        let added = "  { pattern = \"grant*\", weight = 0.5 },\n  { pattern = 'say \"cuts\"', weight = 0.5, stance = \"barrier\" },\n]\n";
        check(
            "# mine\npatterns = [\n  \"fund*\", # money\n  # last\n]\nexcept = [] # none\n",
            &format!("# mine\npatterns = [\n  \"fund*\", # money\n  # last\n{added}")
                .replace("]\n", "]\nexcept = [] # none\n"),
        );
        check("patterns = []\n", &format!("patterns = [\n{added}"));
        check("id = \"t\"\n", &format!("id = \"t\"\npatterns = [\n{added}"));
        check(
            "[[patterns]]\npattern = \"a\"\n",
            "[[patterns]]\npattern = \"a\"\n\n[[patterns]]\npattern = \"grant*\"\nweight = 0.5\n\n[[patterns]]\npattern = 'say \"cuts\"'\nweight = 0.5\nstance = \"barrier\"\n",
        );
        assert!(merged("patterns = 3", Path::new("t.toml"), &[]).unwrap_err().what.contains("no list"));
        assert!(merged("patterns = [", Path::new("t.toml"), &[]).unwrap_err().what.contains("is not TOML"));
    }
}
