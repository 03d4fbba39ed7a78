//! `throughline score --semantics quanteda`: a row of counts a document, a column a category; or its tokens looked up.

use super::args::{ScoreArgs, Unit};
use super::exchange;
use super::exit::{Exit, Failure, list_faults};
use super::foreign_args::{NestedScopeName, QuantedaArgs, SemanticsName, ValueTypeName};
use crate::corpus::{self, CorpusSettings, Document, Fault, Severity};
use crate::lexicon::{
    self, Dictionary, KeyCase, LexiconSettings, Lookup, LookupSettings, NestedScope, Replacing, Rest, Semantics,
    ValueType, verbatim,
};
use crate::text::{Analysis, Analyzer, Case, TokenRules, Vocabulary, quanteda_tokens};
use rayon::prelude::*;
use serde::Deserialize;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Bytes that are read before they are looked up together.
const BATCH_BYTES: usize = 4 << 20;

/// One document on its way: its name, and what it says.
struct Reading {
    id: String,
    words: Words,
}

enum Words {
    /// Cut already: no tokenizer runs.
    Tokens(Vec<String>),
    Text(Box<Document>),
}

/// Looks the lexicon up in every document, and writes a row of counts or a line of tokens for each.
pub fn run(args: &ScoreArgs) -> Result<Exit, Failure> {
    check(args)?;
    let dictionary = dictionary(args)?;
    let analyzer = Analyzer::new(&Default::default());
    let own = args.quanteda.tokenizer == SemanticsName::Throughline;
    let output = Output { is_tokens: args.tokens, replacing: replacing(&args.quanteda), dictionary: &dictionary };
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    out.write_all(&output.header())?;
    let mut batch = Batch { readings: Vec::new(), n_bytes: 0, output: &output, own: own.then_some(&analyzer) };
    let (mut faults, mut written) = (Vec::new(), Ok(()));
    for file in &args.files {
        faults.extend(read(file, &mut |reading, n_bytes| {
            batch.n_bytes += n_bytes;
            batch.readings.push(reading);
            if batch.n_bytes >= BATCH_BYTES && written.is_ok() {
                written = batch.count(&mut out);
            }
        }));
        if written.is_err() {
            break;
        }
    }
    written?;
    batch.count(&mut out)?;
    out.flush()?;
    Ok(list_faults(&faults))
}

/// Refuses what does not go together.
fn check(args: &ScoreArgs) -> Result<(), Failure> {
    let wrong = |what: &str, hint: &str| Err(Failure::wrong(format!("{what}\n  hint: {hint}")));
    let options = &args.quanteda;
    if args.semantics != SemanticsName::Quanteda {
        return wrong(
            "--counts and --tokens are for --semantics quanteda",
            "add it, or leave --counts out for rows of scores",
        );
    }
    if !(args.counts || args.tokens) || !matches!(args.unit, None | Some(Unit::Document)) {
        return wrong(
            "--semantics quanteda gives counts or tokens a document",
            "write --unit document --counts, or --tokens",
        );
    }
    if args.lexicon.is_none() && args.themes.is_empty() {
        return wrong("--semantics quanteda needs a lexicon", "name its file, as in --lexicon lsd.lc3");
    }
    if args.files.is_empty() {
        return wrong("--counts and --tokens are given no texts", "name files to look in, as in speeches.jsonl");
    }
    let is_for_tokens = !options.exclusive || options.capkeys.is_some() || options.append_key;
    if args.counts && is_for_tokens {
        return wrong("--exclusive, --capkeys and --append-key change tokens, not counts", "write --tokens");
    }
    if !options.exclusive && options.nomatch.is_some() {
        return wrong("--nomatch names what --exclusive false keeps", "leave one of them out");
    }
    Ok(())
}

fn dictionary(args: &ScoreArgs) -> Result<Dictionary, Failure> {
    let settings = lookup_settings(&args.quanteda)?;
    let Some(file) = &args.lexicon else {
        let themes = args.themes.clone();
        let folder = LexiconSettings { themes, semantics: Semantics::Quanteda, ..LexiconSettings::default() };
        let themes = lexicon::load(&folder, &Analyzer::new(&Default::default()))?.themes;
        return Ok(Dictionary::new(&verbatim(&themes), settings)?);
    };
    let (foreign, losses) = exchange::read_file(file, None, args.encoding.as_deref())?;
    exchange::tell(&losses);
    Dictionary::new(&foreign, settings).map_err(|mut errors| {
        errors.iter_mut().for_each(|error| error.file.clone_from(file));
        Failure::from(errors)
    })
}

/// The options that say what is met.
pub fn lookup_settings(args: &QuantedaArgs) -> Result<LookupSettings, Failure> {
    Ok(LookupSettings {
        valuetype: match args.valuetype {
            ValueTypeName::Glob => ValueType::Glob,
            ValueTypeName::Fixed => ValueType::Fixed,
            ValueTypeName::Regex => ValueType::Regex,
        },
        nested_scope: match args.nested_scope {
            NestedScopeName::Key => NestedScope::Key,
            NestedScopeName::Dictionary => NestedScope::Dictionary,
        },
        case_insensitive: !args.case_sensitive,
        // What the package does where nothing is said: words deeper down count for the fifth level.
        levels: levels(args.levels.as_deref().unwrap_or("1:5"))?,
        concatenator: args.concatenator.clone(),
    })
}

/// How texts are cut, and what becomes of upper case in them.
pub fn tokenizer(args: &QuantedaArgs) -> (TokenRules, Case) {
    match args.tokenizer {
        SemanticsName::Throughline => (TokenRules::Throughline, Case::Folded),
        SemanticsName::Quanteda if args.case_sensitive => (TokenRules::Quanteda, Case::Kept),
        SemanticsName::Quanteda => (TokenRules::Quanteda, Case::Folded),
    }
}

fn replacing(args: &QuantedaArgs) -> Replacing {
    let rest = match &args.nomatch {
        Some(name) => Rest::Named(name.clone()),
        None if args.exclusive => Rest::Dropped,
        None => Rest::Kept,
    };
    let keys = if args.capkeys.unwrap_or(!args.exclusive) { KeyCase::Upper } else { KeyCase::Given };
    Replacing { rest, keys, append: args.append_key.then(|| args.separator.clone()) }
}

/// `1`, `1,3` or `1:5` as the numbers it names.
fn levels(text: &str) -> Result<Vec<usize>, Failure> {
    let bad = || Failure::wrong(format!("--levels {text:?}: is no list of levels\n  hint: write 1, or 1,2, or 1:5"));
    let mut levels = Vec::new();
    for part in text.split(',') {
        let (low, high) = part.split_once(':').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<usize>().ok().filter(|n| (1..=1000).contains(n)).ok_or_else(bad);
        levels.extend(number(low)?..=number(high)?);
    }
    if levels.is_empty() { Err(bad()) } else { Ok(levels) }
}

/// Names stand as they are, also those that a spreadsheet would take for a formula: they are what columns are found by.
fn record<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // A vector takes whatever is written.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

/// What is written of a document.
struct Output<'d> {
    dictionary: &'d Dictionary,
    replacing: Replacing,
    is_tokens: bool,
}

impl Output<'_> {
    fn header(&self) -> Vec<u8> {
        if self.is_tokens {
            return Vec::new();
        }
        let rest = if let Rest::Named(name) = &self.replacing.rest { Some(name) } else { None };
        let columns = self.dictionary.keys.iter().chain(rest.filter(|name| !self.dictionary.keys.contains(name)));
        record(std::iter::once("document").chain(columns.map(String::as_str)))
    }

    fn write(&self, id: &str, tokens: &[&str], lookup: &mut Lookup<'_>) -> Vec<u8> {
        if self.is_tokens {
            let line = serde_json::json!({ "id": id, "tokens": lookup.replaced(tokens, &self.replacing) });
            return format!("{line}\n").into_bytes();
        }
        let keys = &self.dictionary.keys;
        let claims = lookup.claims(tokens.iter().copied());
        let mut counts = vec![0_u64; keys.len()];
        claims.iter().for_each(|claim| counts[claim.key as usize] += 1);
        if let Rest::Named(name) = &self.replacing.rest {
            let mut claimed = vec![false; tokens.len()];
            claims.iter().for_each(|claim| claimed[claim.first as usize..(claim.first + claim.n) as usize].fill(true));
            let n_rest = claimed.iter().filter(|claimed| !**claimed).count() as u64;
            match keys.iter().position(|key| key == name) {
                Some(key) => counts[key] += n_rest,
                None => counts.push(n_rest),
            }
        }
        let cells: Vec<String> = counts.iter().map(u64::to_string).collect();
        record(std::iter::once(id).chain(cells.iter().map(String::as_str)))
    }
}

struct Batch<'d> {
    readings: Vec<Reading>,
    n_bytes: usize,
    output: &'d Output<'d>,
    /// Our own analyzer, where texts are to be cut by it.
    own: Option<&'d Analyzer>,
}

impl Batch<'_> {
    /// Looks up all that is here, writes it in order, and is empty after.
    fn count(&mut self, out: &mut impl Write) -> io::Result<()> {
        let new = || Counter {
            lookup: Lookup::new(self.output.dictionary),
            vocabulary: Vocabulary::default(),
            analysis: Analysis::default(),
        };
        let count = |counter: &mut Counter<'_>, reading: &Reading| counter.row(reading, self.output, self.own);
        let rows: Vec<Vec<u8>> = self.readings.par_iter().map_init(new, count).collect();
        self.readings.clear();
        self.n_bytes = 0;
        rows.iter().try_for_each(|row| out.write_all(row))
    }
}

/// What one thread works with.
struct Counter<'d> {
    lookup: Lookup<'d>,
    vocabulary: Vocabulary,
    analysis: Analysis,
}

impl Counter<'_> {
    fn row(&mut self, reading: &Reading, output: &Output<'_>, own: Option<&Analyzer>) -> Vec<u8> {
        let Counter { lookup, vocabulary, analysis } = self;
        let tokens: Vec<&str> = match (&reading.words, own) {
            (Words::Tokens(tokens), _) => tokens.iter().map(String::as_str).collect(),
            (Words::Text(document), None) => quanteda_tokens(&document.text),
            (Words::Text(document), Some(analyzer)) => {
                analyzer.analyze(document, vocabulary, analysis);
                analysis.tokens.iter().map(|token| vocabulary.surface(token.type_id)).collect()
            }
        };
        output.write(&reading.id, &tokens, lookup)
    }
}

/// Hands on every document of a file with its size; a JSONL file is looked through for tokens first.
fn read(file: &Path, each: &mut dyn FnMut(Reading, usize)) -> Vec<Fault> {
    match carries_tokens(file) {
        Ok(true) => read_tokens(file, each),
        _ => match corpus::source(file) {
            Err(fault) => vec![fault],
            Ok(source) => corpus::read_texts(&source, &CorpusSettings::default(), &mut |document: Document| {
                let (id, n_bytes) = (document.id.0.clone(), document.text.len());
                each(Reading { id, words: Words::Text(Box::new(document)) }, n_bytes);
            }),
        },
    }
}

/// A line of JSONL with tokens.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: serde_json::Value,
    tokens: Option<Vec<String>>,
    text: Option<String>,
}

/// Whether a line of the file is an object with tokens. Where the first line is no object, nor is any other.
fn carries_tokens(file: &Path) -> io::Result<bool> {
    if !std::fs::metadata(file)?.is_file() {
        return Ok(false);
    }
    let key = memchr::memmem::Finder::new("\"tokens\"");
    let mut reader = BufReader::with_capacity(1 << 16, File::open(file)?);
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 || !matches!(line.trim_ascii_start(), [] | [b'{', ..]) {
            return Ok(false);
        }
        if key.find(&line).is_some() && serde_json::from_slice::<Line>(&line).is_ok_and(|line| line.tokens.is_some()) {
            return Ok(true);
        }
    }
}

fn read_tokens(file: &Path, each: &mut dyn FnMut(Reading, usize)) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |line: Option<u64>, what: String, hint: &str| {
        let (path, hint) = (file.display().to_string(), Some(hint.to_owned()));
        faults.push(Fault { path, line, severity: Severity::Skipped, what, hint, ..Fault::default() });
    };
    let stem = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let opened = File::open(file).map(BufReader::new);
    let lines = opened.into_iter().flat_map(|reader| reader.split(b'\n'));
    for (number, line) in (1_u64..).zip(lines) {
        let line = match line {
            Ok(line) if line.trim_ascii().is_empty() => continue,
            Ok(line) => line,
            Err(error) => {
                fault(Some(number), format!("cannot be read to its end: {error}"), "see that the file is whole");
                break;
            }
        };
        let Line { id, tokens, text } = match serde_json::from_slice(&line) {
            Ok(read) => read,
            Err(error) => {
                fault(Some(number), format!("the line does not parse: {error}"), "mend or remove the line");
                continue;
            }
        };
        let id = match id {
            serde_json::Value::Null => format!("{stem}#{number}"),
            serde_json::Value::String(id) => id,
            other => other.to_string(),
        };
        let words = match (tokens, text) {
            (Some(tokens), _) => Words::Tokens(tokens),
            (None, Some(text)) => Words::Text(Box::new(Document { text, ..Document::default() })),
            (None, None) => {
                fault(Some(number), "the record has neither \"tokens\" nor \"text\"".to_owned(), "add one of them");
                continue;
            }
        };
        each(Reading { id, words }, line.len());
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_line_may_carry_tokens() {
        let carries = |text: &str| {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            carries_tokens(file.path()).unwrap()
        };
        assert!(carries("{\"tokens\": [\"a\"]}\n"));
        assert!(carries("{\"text\": \"a\"}\n\n{\"id\": 2, \"tokens\": []}\n"));
        assert!(!carries("{\"text\": \"the \\\"tokens\\\" of a text\"}\n"));
        assert!(!carries("A text.\n{\"tokens\": [\"a\"]}\n"));
        assert!(!carries(""));
    }
}
