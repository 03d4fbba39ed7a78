//! `throughline lexicon import` and `export`.

use super::args::Common;
use super::context;
use super::exit::{Exit, Failure};
use super::foreign_args::{ExportArgs, ImportArgs, LexiconFormat};
use crate::corpus::list;
use crate::lexicon::{
    self, Foreign, Format, Lexicon, LexiconSettings, Loss, from_themes, into_themes, read_foreign, theme_file,
    write_foreign,
};
use crate::report::{Cell, Head, Rows};
use crate::study::Study;
use crate::text::Analyzer;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Most losses that are told one by one on standard error.
const N_TOLD: usize = 20;

/// Brings a foreign lexicon in as theme files.
pub fn import(args: &ImportArgs, common: &Common) -> Result<Exit, Failure> {
    let (foreign, mut losses) = read_file(&args.file, args.format.map(format), args.encoding.as_deref())?;
    let settings = LexiconSettings::default();
    let (themes, more) = into_themes(&foreign, &settings, &Analyzer::new(&Default::default()));
    losses.extend(more);
    if themes.is_empty() {
        let shown = args.file.display();
        return Err(Failure::wrong(format!(
            "{shown}: holds no category\n  hint: see that it is whole, or say what it is with --format"
        )));
    }
    let stem = args.file.file_stem().unwrap_or_default();
    let folder = args.output.clone().unwrap_or_else(|| Path::new("config/themes").join(stem));
    let is_theme = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml");
    if list(&folder).is_ok_and(|found| found.iter().any(is_theme)) {
        let shown = folder.display();
        return Err(Failure::wrong(format!("{shown}: holds theme files already\n  hint: name another --output")));
    }
    fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    for theme in &themes {
        // Ids are letters, digits, dots and hyphens; long ones are too long for a file's name.
        let name: String = theme.id.0.chars().take(80).collect();
        let name = if name == theme.id.0 { name } else { format!("{name}-{:08x}", crc(&theme.id.0)) };
        save(&folder.join(format!("{name}.toml")), theme_file(theme, settings.default_weight).as_bytes())?;
    }
    save(&folder.join("losses.csv"), &table(&losses))?;
    if !common.quiet {
        let n_patterns: usize = themes.iter().map(|theme| theme.patterns.len()).sum();
        let (n, shown) = (themes.len(), folder.display());
        writeln!(io::stdout(), "{shown}: {n} themes, {n_patterns} patterns, {} losses", losses.len())?;
    }
    tell(&losses);
    Ok(Exit::Done)
}

fn crc(text: &str) -> u32 {
    let digest = crate::corpus::Digest::of(text.as_bytes());
    u32::from_str_radix(&digest.0[..8], 16).unwrap_or(0)
}

/// Writes a lexicon for another program.
pub fn export(args: &ExportArgs, common: &Common) -> Result<Exit, Failure> {
    let (foreign, mut losses) = match &args.file {
        Some(file) if !file.is_dir() => read_file(file, None, args.encoding.as_deref())?,
        folder => {
            let mut study = if folder.is_some() { Study::default() } else { context::study(common)? };
            if let Some(folder) = folder {
                let at = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
                study.lexicon.themes = vec![at];
            }
            let lexicon = lexicon::load(&study.lexicon, &Analyzer::new(&study.text))?;
            from_themes(&lexicon.themes, study.lexicon.default_weight)
        }
    };
    let (text, more) = write_foreign(&foreign, format(args.format));
    losses.extend(more);
    match &args.output {
        Some(file) => save(file, text.as_bytes())?,
        None => io::stdout().write_all(text.as_bytes())?,
    }
    match &args.losses {
        Some(file) => save(file, &table(&losses))?,
        None => tell(&losses),
    }
    Ok(Exit::Done)
}

/// A foreign lexicon compiled in our own language.
pub fn compiled(
    file: &Path,
    encoding: Option<&str>,
    settings: &LexiconSettings,
    analyzer: &Analyzer,
) -> Result<Lexicon, Failure> {
    let (foreign, mut losses) = read_file(file, None, encoding)?;
    let (themes, more) = into_themes(&foreign, settings, analyzer);
    losses.extend(more);
    tell(&losses);
    Ok(Lexicon::compile(themes, settings, analyzer)?)
}

/// Reads a foreign lexicon.
pub fn read_file(file: &Path, format: Option<Format>, encoding: Option<&str>) -> Result<(Foreign, Vec<Loss>), Failure> {
    let bytes = fs::read(file).map_err(|error| {
        Failure::wrong(format!("{}: cannot be read: {error}\n  hint: name a lexicon that you may read", file.display()))
    })?;
    let Some(format) = format.or_else(|| Format::of(file, &bytes)) else {
        return Err(Failure::wrong(format!(
            "{}: is no format of lexicons that is known by its name\n  hint: say what it is, as in --format liwc",
            file.display()
        )));
    };
    read_foreign(&bytes, format, encoding, file).map_err(Failure::wrong)
}

/// Tells on standard error what could not be carried.
pub fn tell(losses: &[Loss]) {
    for Loss { line, category, entry, reason } in losses.iter().take(N_TOLD) {
        let place = if *line > 0 { format!("line {line}: ") } else { String::new() };
        let names: Vec<String> = [category, entry]
            .iter()
            .filter(|name| !name.is_empty())
            .map(|name| name.escape_debug().to_string())
            .collect();
        let between = if names.is_empty() { "" } else { ": " };
        let _ = writeln!(anstream::stderr(), "warning: {place}{}{between}{reason}", names.join(": "));
    }
    if losses.len() > N_TOLD {
        let _ = writeln!(anstream::stderr(), "warning: and {} more of the kind", losses.len() - N_TOLD);
    }
}

const LOSSES: Head = Head { name: "losses", columns: &["line", "category", "entry", "reason"] };

fn table(losses: &[Loss]) -> Vec<u8> {
    let mut rows = Rows::new(LOSSES);
    for Loss { line, category, entry, reason } in losses {
        rows.row(&[Cell::Count((*line).into()), Cell::Text(category), Cell::Text(entry), Cell::Text(reason)]);
    }
    [LOSSES.columns.join(",").as_bytes(), b"\r\n", rows.csv()].concat()
}

fn save(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(file, bytes).map_err(|error| unwritable(file, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::wrong(format!(
        "{}: cannot be written: {error}\n  hint: name a place that you may write to",
        path.display()
    ))
}

fn format(format: LexiconFormat) -> Format {
    match format {
        LexiconFormat::Liwc => Format::Liwc,
        LexiconFormat::Dicx => Format::LiwcTable,
        LexiconFormat::Lexicoder => Format::Lexicoder,
        LexiconFormat::Yoshikoder => Format::Yoshikoder,
        LexiconFormat::Wordstat => Format::WordStat,
        LexiconFormat::Yaml => Format::Yaml,
        LexiconFormat::Csv => Format::Csv,
        LexiconFormat::Tsv => Format::Tsv,
        LexiconFormat::RefiQda => Format::Refi,
    }
}
