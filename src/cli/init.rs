//! `throughline init`

use super::args::InitArgs;
use super::exit::{Exit, Failure};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const STUDY: &str = include_str!("init/study.toml");
const THEME: &str = include_str!("init/theme.toml");

/// Makes the files of a new study in the folder the program was started in; nothing that is there is touched.
pub fn run(args: &InitArgs) -> Result<Exit, Failure> {
    let name = &args.name;
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Failure::wrong(format!("{name:?} cannot name a study\n  hint: use letters, digits, - and _")));
    }
    let files = [
        (PathBuf::from(format!("config/{name}.toml")), STUDY.replace("NAME", name)),
        (PathBuf::from(format!("config/themes/{name}/money.toml")), THEME.replace("NAME", name)),
        (PathBuf::from(format!("corpus/{name}/README.md")), format!("Put the texts of the study {name} here.\n")),
    ];
    if let Some((there, _)) = files.iter().take(2).find(|(path, _)| path.exists()) {
        let hint = "choose another name, or remove it first";
        return Err(Failure::wrong(format!("{}: is there already\n  hint: {hint}", there.display())));
    }
    for (path, text) in &files {
        create(path, text).map_err(|error| Failure::failed(format!("{}: cannot be made: {error}", path.display())))?;
    }
    let mut out = io::stdout().lock();
    for (path, _) in &files {
        writeln!(out, "made {}", path.display())?;
    }
    writeln!(out, "next: put texts into corpus/{name}/, then: throughline run --study {name}")?;
    Ok(Exit::Done)
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if path.exists() {
        return Ok(());
    }
    fs::write(path, text)
}
