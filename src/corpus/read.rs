//! Reads one source into its documents.

use super::apart;
use super::catalog::{Fault, Severity, Source};
use super::document::Document;
use super::formats::{self, Input, Intake};
use super::scan::{literal_part, unreadable};
use super::settings::CorpusSettings;

/// Reads `source` and hands each of its documents to `each`, in the order of the file, one at a time.
///
/// Returns the faults met, in order; a fault costs only the record it names. Documents are named by their own id or by
/// the path; that ids are unique over the whole corpus is seen to where the documents are kept. A file whose format can
/// hurt is read by a child, where the program has said how to start one (`read_apart`).
pub fn read(source: &Source, settings: &CorpusSettings, each: &mut dyn FnMut(Document)) -> Vec<Fault> {
    let input = match opened(source) {
        Ok(input) => input,
        Err(fault) => return vec![fault],
    };
    match apart::pool().filter(|_| formats::can_hurt(&input, &source.path)) {
        Some(pool) => pool.read(source, settings, each),
        None => read_input(input, source, settings, each),
    }
}

/// Reads files for another process: orders come in, documents and faults go out; at the end of the orders calls `end`,
/// even while a file is being read, since nobody waits for it any more.
///
/// `limits` are the seconds of processor time and the bytes of memory that bound this process from here on.
///
/// # Errors
/// The answers cannot be written.
pub fn serve(
    limits: (u64, u64),
    orders: impl std::io::Read + Send + 'static,
    answers: impl std::io::Write,
    end: fn(),
) -> std::io::Result<()> {
    apart::serve(read_here, limits, orders, answers, end)
}

/// Reads `source` in this process, whatever its format.
fn read_here(source: &Source, settings: &CorpusSettings, each: &mut dyn FnMut(Document)) -> Vec<Fault> {
    match opened(source) {
        Ok(input) => read_input(input, source, settings, each),
        Err(fault) => vec![fault],
    }
}

fn opened(source: &Source) -> Result<Input<'static>, Fault> {
    let input = std::fs::File::open(&source.file).and_then(|file| Input::of_file(file, source.n_bytes));
    input.map_err(|e| Fault { passing: true, ..unreadable(&source.path, &e) })
}

fn read_input(input: Input, source: &Source, settings: &CorpusSettings, each: &mut dyn FnMut(Document)) -> Vec<Fault> {
    let name = document_name(&source.path, settings);
    let mut intake = Intake::new(&source.path, formats::said_of(&source.file), name, settings, each);
    let failed = input.failed();
    formats::read(input, &mut intake);
    if failed.get() && intake.n_faults() == 0 {
        intake.skip("cannot be read to its end", "see that the file is whole and that you may read it");
    }
    let mut faults = intake.into_faults();
    faults.iter_mut().for_each(|fault| fault.passing = failed.get());
    faults
}

/// As `read`, but for those who want texts: records of a reference export that have none are a fault, one for the source.
pub fn read_texts(source: &Source, settings: &CorpusSettings, each: &mut dyn FnMut(Document)) -> Vec<Fault> {
    let (mut n_texts, mut n_without, mut first) = (0, 0, None);
    let mut faults = read(source, settings, &mut |document| {
        if document.text.is_empty() {
            n_without += 1;
            first.get_or_insert(document.metadata.title.unwrap_or_default());
        } else {
            n_texts += 1;
            each(document);
        }
    });
    faults.extend(first.map(|first| without_text(&source.path, n_without, &first, n_texts > 0)));
    faults
}

/// How a fault begins that tells of records without a text.
pub const NO_ABSTRACT: &str = "no abstract";

/// The fault that says that `n` records of a source, the first with this title, have no abstract, and that no full text
/// is there for them; `holds_texts` where something else of the source was taken.
pub fn without_text(path: &str, n: usize, first: &str, holds_texts: bool) -> Fault {
    let first: String = first.chars().map(|c| if c.is_control() { ' ' } else { c }).take(80).collect();
    let what = match n {
        1 => format!("{NO_ABSTRACT}: a record and no full text of it here (\"{first}\")"),
        n => format!("{NO_ABSTRACT}: {n} records and no full text of them here, the first being \"{first}\""),
    };
    Fault {
        path: path.to_owned(),
        severity: if holds_texts { Severity::Cut } else { Severity::Skipped },
        what,
        hint: Some("export them with abstracts, or add their full texts".into()),
        ..Fault::default()
    }
}

/// The path below the corpus folder that holds it, without its ending.
///
/// The folder is the longest of the study's `paths` that holds the file; a file that is named itself, or that no path
/// of the study holds, goes by its bare name.
fn document_name(path: &str, settings: &CorpusSettings) -> String {
    let below = |given: &str| {
        let folder = literal_part(given).trim_start_matches("./").trim_end_matches('/');
        let root = settings.root.to_string_lossy();
        let below_root = folder.strip_prefix(root.as_ref()).filter(|_| !root.is_empty());
        let folder = below_root.map_or(folder, |below| below.trim_start_matches('/'));
        match folder {
            "" | "." => Some(path.len()),
            folder => path.strip_prefix(folder)?.strip_prefix('/').map(str::len),
        }
    };
    let shortest = settings.paths.iter().filter_map(|given| below(given)).min();
    let bare = path.rsplit('/').next().unwrap_or(path);
    let name = shortest.map_or(bare, |n| &path[path.len() - n..]);
    formats::without_ending(name).to_owned()
}
