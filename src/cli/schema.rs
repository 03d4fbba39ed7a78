//! `throughline schema`

use super::args::{SchemaArgs, SchemaOf};
use super::exit::{Exit, Failure};
use crate::lexicon::Stance;
use crate::study::Study;
use schemars::{JsonSchema, Schema, schema_for};
use std::io::{self, Write};

/// One theme: its meaning, its patterns, and sentences that hold it to account.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "says what a theme file holds; the lexicon reads it, with line numbers")]
struct ThemeFile {
    /// Its id, kept for ever; the file's own name where it is left out.
    id: Option<String>,
    /// What people call it; the id where it is left out.
    label: Option<String>,
    /// What it means.
    definition: Option<String>,
    /// Guidance for coders: what belongs to it.
    include: Option<OneOrMore>,
    /// Guidance for coders: what does not.
    exclude: Option<OneOrMore>,
    /// The theme that it is a part of.
    parent: Option<String>,
    /// What gives a hit; `[]` for a theme of sub-themes alone.
    patterns: Vec<PatternEntry>,
    /// Where a hit lies inside one of these, it does not count.
    except: Option<Vec<PatternEntry>>,
    /// Sentences that must be scored.
    examples: Option<OneOrMore>,
    /// Sentences that must not be scored.
    counter_examples: Option<OneOrMore>,
}

/// One string, or a list of them.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "a schema, nothing else")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// A pattern, with or without more to say of it.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "a schema, nothing else")]
enum PatternEntry {
    Plain(String),
    Weighed(WeighedPattern),
}

/// A pattern, and how far it is to be believed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "a schema, nothing else")]
struct WeighedPattern {
    /// The pattern.
    pattern: String,
    /// Its precision, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    weight: Option<f64>,
    /// The stance that its words carry themselves.
    stance: Option<Stance>,
}

/// Prints the schema.
pub fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    let schema = schema(args.of);
    writeln!(io::stdout(), "{:#}", schema.as_value())?;
    Ok(Exit::Done)
}

fn schema(of: SchemaOf) -> Schema {
    match of {
        SchemaOf::Study => schema_for!(Study),
        SchemaOf::Theme => schema_for!(ThemeFile),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{self, LexiconSettings};
    use crate::text::{Analyzer, TextSettings};

    #[test]
    fn every_setting_of_a_study_is_in_its_schema_and_no_other() {
        let schema = schema(SchemaOf::Study);
        let study = serde_json::to_value(Study::default()).unwrap();
        let named: Vec<&String> = schema.get("properties").unwrap().as_object().unwrap().keys().collect();
        let known: Vec<&String> = study.as_object().unwrap().keys().filter(|key| *key != "name").collect();
        assert_eq!(named, known);
        assert_eq!(schema.get("additionalProperties"), Some(&false.into()));
    }

    #[test]
    fn the_lexicon_takes_every_key_of_the_schema_of_a_theme() {
        let schema = schema(SchemaOf::Theme);
        let mut text = String::new();
        for key in schema.get("properties").unwrap().as_object().unwrap().keys() {
            match key.as_str() {
                "patterns" | "except" => {
                    text +=
                        &format!("{key} = [\"{key}\", {{ pattern = \"x{key}\", weight = 0.5, stance = \"both\" }}]\n");
                }
                "parent" => text += "parent = \"above\"\n",
                _ => text += &format!("{key} = \"{key}\"\n"),
            }
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("theme.toml"), text).unwrap();
        std::fs::write(folder.path().join("above.toml"), "patterns = []").unwrap();
        let settings = LexiconSettings { themes: vec![folder.path().to_owned()], ..LexiconSettings::default() };
        let read = lexicon::load(&settings, &Analyzer::new(&TextSettings::default())).unwrap();
        let theme = read.themes.iter().find(|theme| theme.id.0 == "id").unwrap();
        assert_eq!((theme.patterns.len(), theme.except.len(), theme.examples.len()), (2, 2, 1));
        assert!(schema.get("required").unwrap().as_array().unwrap().contains(&"patterns".into()));
    }
}
