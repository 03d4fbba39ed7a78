//! Reads theme files.

mod file;
mod merge;
#[cfg(test)]
mod tests;

pub use merge::merged;

use super::compile::Lexicon;
use super::settings::LexiconSettings;
use super::theme::{LexiconError, Theme};
use crate::corpus::list;
use crate::text::Analyzer;
use std::path::{Path, PathBuf};

/// Reads every theme file of the settings' folders and compiles all patterns into one matcher.
///
/// # Errors
/// All errors of all files, so that they can be mended in one go.
pub fn load(settings: &LexiconSettings, analyzer: &Analyzer) -> Result<Lexicon, Vec<LexiconError>> {
    let (themes, mut errors) = themes(settings);
    match Lexicon::compile(themes, settings, analyzer) {
        Ok(lexicon) if errors.is_empty() => Ok(lexicon),
        Ok(_) => Err(sorted(errors)),
        Err(more) => {
            errors.extend(more);
            Err(sorted(errors))
        }
    }
}

/// The theme files of the settings' folders, in order of path; those that cannot be listed are left out, for `load` to name.
pub fn theme_files(settings: &LexiconSettings) -> Vec<PathBuf> {
    let listed = settings.themes.iter().filter_map(|folder| files(&settings.root.join(folder)).ok());
    let mut files: Vec<PathBuf> = listed.flatten().collect();
    files.sort();
    files.dedup();
    files
}

fn sorted(mut errors: Vec<LexiconError>) -> Vec<LexiconError> {
    errors.sort();
    errors.dedup();
    errors
}

/// The themes of all files that can be read, and what is wrong in any of them.
fn themes(settings: &LexiconSettings) -> (Vec<Theme>, Vec<LexiconError>) {
    let (mut themes, mut errors) = (Vec::new(), Vec::new());
    for folder in &settings.themes {
        let at = settings.root.join(folder);
        match files(&at) {
            Ok(files) if files.is_empty() => errors.push(LexiconError {
                file: folder.clone(),
                line: 0,
                what: "holds no theme file".to_owned(),
                hint: "put one .toml file a theme there, as in funding.toml with patterns = [\"fund*\"]".to_owned(),
            }),
            Ok(files) => files.iter().for_each(|file| read(file, settings, &mut themes, &mut errors)),
            Err(error) => errors.push(unreadable(folder, &error)),
        }
    }
    (themes, errors)
}

/// The theme files of a folder, in order of name; a path to a file is that file.
fn files(at: &Path) -> std::io::Result<Vec<PathBuf>> {
    if at.is_file() {
        return Ok(vec![at.to_owned()]);
    }
    Ok(list(at)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")).collect())
}

fn read(path: &Path, settings: &LexiconSettings, themes: &mut Vec<Theme>, errors: &mut Vec<LexiconError>) {
    // The path as messages name it.
    let shown = path.strip_prefix(&settings.root).unwrap_or(path);
    let theme = match std::fs::read_to_string(path) {
        Ok(text) => file::theme(&text, shown, settings.default_weight, errors),
        Err(error) => {
            errors.push(unreadable(shown, &error));
            None
        }
    };
    // A file that cannot be read is told of; that its theme is not there need not be told by all that name it.
    themes.push(theme.unwrap_or_else(|| Theme { id: file::id_of(shown), file: shown.to_owned(), ..Theme::default() }));
}

fn unreadable(path: &Path, error: &std::io::Error) -> LexiconError {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => "make the folder, or mend its name under [lexicon] themes",
        std::io::ErrorKind::InvalidData => "save the file as UTF-8",
        _ => "make it readable for you",
    };
    LexiconError { file: path.to_owned(), line: 0, what: format!("cannot be read: {error}"), hint: hint.to_owned() }
}
