//! `throughline candidate`

use super::args::{CandidateCommand, Common, TableFormat};
use super::context;
use super::exit::{Exit, Failure};
use super::output::print_table;
use super::progress::Progress;
use crate::discover::{self, CandidateTheme, Decision, KnownCandidate, Standing, Verdict};
use crate::history;
use crate::pipeline::{self, Opened};
use crate::report::{Cell, Head, Rows};
use crate::study::Study;
use crate::{lexicon, text};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Longest name that a person may give, in bytes: a theme file may come to bear it.
const NAME_BYTES: usize = 100;
const LIST: Head = Head {
    name: "candidates",
    columns: &[
        "name",
        "standing",
        "id_in_report",
        "first_seen",
        "first_run",
        "last_seen",
        "documents_at_first",
        "documents",
        "passages_at_first",
        "passages",
        "label",
    ],
};

/// Lists candidates, or keeps what a person makes of one.
pub fn run(command: &CandidateCommand, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    match command {
        CandidateCommand::List { format } => return list(&study, *format),
        CandidateCommand::Accept { name } => accept(&study, name, common, progress)?,
        CandidateCommand::Rename { name, new_name } => rename(&study, name, new_name, common, progress)?,
        CandidateCommand::Dismiss { name } => {
            let known = wanted(&study, name, common, progress)?;
            decide(&study, Verdict::Dismissed, &known, &known.name, common)?;
            writeln!(io::stdout(), "dismissed {}: gone from the next run on", known.name)?;
        }
    }
    Ok(Exit::Done)
}

fn list(study: &Study, format: TableFormat) -> Result<Exit, Failure> {
    let Some(last) = history::latest(&study.history) else {
        return Err(Failure::wrong("nothing has been published yet\n  hint: throughline run"));
    };
    let themes = theme_ids(study)?;
    let is_theme = |name: &str| themes.iter().any(|id| id == name);
    let mut rows = Rows::new(LIST);
    for known in &last.candidates {
        // What has been decided since the run counts as well.
        let decided = study.decisions.all().find(|(_, decision)| decision.is_of(known)).map(|(verdict, _)| verdict);
        let standing = match (decided, known.standing) {
            // An acceptance holds as long as its theme is there.
            (Some(Verdict::Accepted), _) if is_theme(&known.name) => "accepted",
            (Some(Verdict::Dismissed), _) => "dismissed",
            (_, Standing::Proposed) => "proposed",
            (_, Standing::Accepted) => "accepted",
            (_, Standing::Dismissed) => "dismissed",
            (_, Standing::Resting) => "resting",
        };
        rows.row(&[
            Cell::Text(&known.name),
            Cell::Text(standing),
            Cell::maybe_text(known.id.as_ref().map(|id| id.0.as_str())),
            Cell::Text(&known.first_seen),
            Cell::Text(&known.first_run),
            Cell::Text(&known.last_seen),
            Cell::Count(known.first_n_documents.into()),
            Cell::Count(known.n_documents.into()),
            Cell::Count(known.first_n_passages.into()),
            Cell::Count(known.n_passages.into()),
            Cell::Text(&known.label),
        ]);
    }
    print_table(&rows, format)?;
    Ok(Exit::Done)
}

/// The ids of the study's themes.
fn theme_ids(study: &Study) -> Result<Vec<String>, Failure> {
    let lexicon = lexicon::load(&study.lexicon, &text::Analyzer::new(&study.text))?;
    Ok(lexicon.themes.into_iter().map(|theme| theme.id.0).collect())
}

/// The candidate that goes by a name: in the newest run, else among what would be proposed now.
fn wanted(study: &Study, name: &str, common: &Common, progress: &Progress) -> Result<KnownCandidate, Failure> {
    let recorded = history::latest(&study.history).map_or_else(Vec::new, |last| last.candidates);
    if let Some(known) = find(&recorded, name) {
        return Ok(known.clone());
    }
    let (_, _, known) = pipeline::discover(study, context::now(common)?, progress)?;
    find(&known, name).cloned().ok_or_else(|| none(name, &known))
}

/// By its name, else by its id in the report.
fn find<'k>(known: &'k [KnownCandidate], name: &str) -> Option<&'k KnownCandidate> {
    let by_id = || known.iter().find(|known| known.id.as_ref().is_some_and(|id| id.0 == name));
    known.iter().find(|known| known.name == name).or_else(by_id)
}

fn none(name: &str, known: &[KnownCandidate]) -> Failure {
    let names: Vec<&str> =
        known.iter().filter(|known| known.standing == Standing::Proposed).map(|known| known.name.as_str()).collect();
    let there = if names.is_empty() { "there are none".to_owned() } else { format!("there are {}", names.join(", ")) };
    Failure::wrong(format!("no candidate {name:?}\n  hint: {there}"))
}

fn accept(study: &Study, name: &str, common: &Common, progress: &Progress) -> Result<(), Failure> {
    let (opened, candidates, all) = pipeline::discover(study, context::now(common)?, progress)?;
    let recorded = history::latest(&study.history).map_or_else(Vec::new, |last| last.candidates);
    let Some(known) = find(&all, name) else {
        return Err(match find(&recorded, name) {
            Some(known) if known.standing == Standing::Accepted => {
                Failure::wrong(format!("{name:?} has been accepted\n  hint: its theme file is there to be edited"))
            }
            Some(known) if known.standing == Standing::Dismissed => dismissed(study, known),
            _ => none(name, &all),
        });
    };
    let Some(candidate) = candidates.themes.iter().find(|candidate| Some(&candidate.id) == known.id.as_ref()) else {
        return Err(none(name, &all));
    };
    let Some(folder) = study.lexicon.themes.first() else {
        return Err(Failure::wrong("the study has no folder of themes\n  hint: name one under [lexicon] themes"));
    };
    let path = study.lexicon.root.join(folder).join(format!("{}.toml", known.name));
    if opened.lexicon.themes.iter().any(|theme| theme.id.0 == known.name) {
        let hint = "throughline candidate rename gives the candidate another name";
        return Err(Failure::wrong(format!("{:?} is the id of a theme already\n  hint: {hint}", known.name)));
    }
    if path.exists() {
        let hint = "remove it first, or keep it";
        return Err(Failure::wrong(format!("{}: is there already\n  hint: {hint}", path.display())));
    }
    let theme = CandidateTheme { id: discover::CandidateId(known.name.clone()), ..candidate.clone() };
    write_whole(&path, &discover::accept(&theme, &examples(&opened, candidate)?))?;
    decide(study, Verdict::Accepted, known, &known.name, common)?;
    let next = "write what it means, strike what does not belong, then run again";
    writeln!(io::stdout(), "made {}: {next}", path.display())?;
    Ok(())
}

/// The best sentences of a candidate, as written.
fn examples(opened: &Opened, candidate: &CandidateTheme) -> Result<Vec<String>, Failure> {
    let mut examples = Vec::new();
    for at in &candidate.sentences {
        let content = opened.index.content(at.document)?;
        let span = content.passages.get(at.passage as usize).map(|passage| passage.span).unwrap_or_default();
        examples.push(span.of(&content.text).split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Ok(examples)
}

fn rename(study: &Study, name: &str, new_name: &str, common: &Common, progress: &Progress) -> Result<(), Failure> {
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if new_name.is_empty() || new_name.len() > NAME_BYTES || !new_name.chars().all(plain) {
        return Err(Failure::wrong(format!(
            "{new_name:?} cannot name a candidate\n  hint: use letters, digits, - and _, at most {NAME_BYTES} bytes"
        )));
    }
    if theme_ids(study)?.iter().any(|id| id == new_name) {
        return Err(Failure::wrong(format!("{new_name:?} is the id of a theme\n  hint: choose another")));
    }
    let known = wanted(study, name, common, progress)?;
    let is_put_away =
        |(verdict, decision): (Verdict, &Decision)| verdict == Verdict::Dismissed && decision.is_of(&known);
    if study.decisions.all().any(is_put_away) {
        return Err(dismissed(study, &known));
    }
    let recorded = history::latest(&study.history).map_or_else(Vec::new, |last| last.candidates);
    let others = recorded.iter().filter(|other| other.first_name != known.first_name);
    let decided = study.decisions.all().filter(|(_, decision)| !decision.is_of(&known)).map(|(_, other)| &other.name);
    if others.map(|other| &other.name).chain(decided).any(|taken| taken == new_name) {
        return Err(Failure::wrong(format!("{new_name:?} is the name of another candidate\n  hint: choose another")));
    }
    decide(study, Verdict::Renamed, &known, new_name, common)?;
    writeln!(io::stdout(), "{} is called {new_name} from the next run on", known.name)?;
    Ok(())
}

fn dismissed(study: &Study, known: &KnownCandidate) -> Failure {
    let file = study.decisions_file.display();
    Failure::wrong(format!("{} has been dismissed\n  hint: to have it back, delete its entry in {file}", known.name))
}

/// Keeps a decision beside the study.
fn decide(study: &Study, verdict: Verdict, known: &KnownCandidate, name: &str, common: &Common) -> Result<(), Failure> {
    let file = &study.decisions_file;
    let decision = Decision {
        name: name.to_owned(),
        first_name: known.first_name.clone(),
        label: known.label.clone(),
        decided: context::now(common)?.to_rfc3339(),
        trace: known.trace.clone(),
    };
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Failure::failed(format!("{}: cannot be read: {error}", file.display())));
        }
        text => text.unwrap_or_default(),
    };
    let text = discover::with_decision(&text, verdict, &decision)
        .map_err(|error| Failure::wrong(format!("{}: {error}", file.display())))?;
    write_whole(file, &text)
}

/// Writes a file whole or not at all.
fn write_whole(path: &Path, text: &str) -> Result<(), Failure> {
    let write = || -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".throughline-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644))?;
        }
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| Failure::failed(format!("{}: cannot write: {error}", path.display())))
}
