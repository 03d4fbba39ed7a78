//! `throughline schedule`

use super::args::{Common, ScheduleArgs, Scheduler};
use super::context;
use super::exit::{Exit, Failure};
use crate::study::Study;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const CRON: &str = include_str!("schedule/crontab");
const SYSTEMD: &str = include_str!("schedule/systemd.txt");
const GITHUB_ACTIONS: &str = include_str!("schedule/github-actions.yml");

/// Prints ready text for the study.
pub fn run(args: &ScheduleArgs, common: &Common) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute(&study.corpus.root);
    let folder = std::fs::canonicalize(&folder).unwrap_or(folder);
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("throughline"));
    io::stdout().write_all(text(args.print, &study, &folder, &program)?.as_bytes())?;
    Ok(Exit::Done)
}

fn text(scheduler: Scheduler, study: &Study, folder: &Path, program: &Path) -> Result<String, Failure> {
    let template = match scheduler {
        Scheduler::Cron => CRON,
        Scheduler::Systemd => SYSTEMD,
        Scheduler::GithubActions => GITHUB_ACTIONS,
    };
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !study.name.chars().all(is_plain) || study.name.starts_with('-') {
        return Err(Failure::wrong(format!(
            "{:?}: a study of this name cannot be scheduled\n  hint: give its file a name of letters, digits, - and _",
            study.name
        )));
    }
    // A study is named by its file where that lies in no folder config/.
    let is_in_config = study.decisions_file.parent().and_then(Path::parent).is_some_and(|at| at.ends_with("config"));
    let by_file = format!("--study {}.toml", study.name);
    let mut text = if is_in_config { template.to_owned() } else { template.replace("--study @STUDY@", &by_file) };
    text = text.replace("@STUDY@", &study.name);
    for (blank, path) in [("@OUTPUT@", study.history.output.as_path()), ("@FOLDER@", folder), ("@PROGRAM@", program)] {
        let path = path.to_string_lossy();
        if text.contains(blank) && path.contains(['\'', '"', '%', '\n', '\\', '$', '#']) {
            return Err(Failure::wrong(format!(
                "{path}: a path with quotes, %, # or $ cannot be scheduled\n  hint: move it to a folder of a plain name"
            )));
        }
        text = text.replace(blank, &path);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(scheduler: Scheduler, folder: &str) -> Result<String, Failure> {
        schedule_of("schools", "config", scheduler, folder)
    }

    fn schedule_of(name: &str, config: &str, scheduler: Scheduler, folder: &str) -> Result<String, Failure> {
        let decisions_file = Path::new(config).join("candidates/schools.toml");
        let study = Study { name: name.to_owned(), decisions_file, ..Study::default() };
        text(scheduler, &study, Path::new(folder), Path::new("/opt/throughline"))
    }

    #[test]
    fn a_study_is_named_so_that_the_schedule_finds_it_or_not_at_all() {
        let of = |name: &str, config: &str| schedule_of(name, config, Scheduler::Cron, "/srv");
        assert!(of("kids", "studies").unwrap().contains("--study kids.toml --quiet"));
        for name in ["my study", "a;rm", "a$x", "50%", "-q"] {
            assert!(of(name, "config").is_err(), "{name}");
        }
    }

    #[test]
    fn every_schedule_names_the_study_and_leaves_no_blank_to_fill() {
        for scheduler in [Scheduler::Cron, Scheduler::Systemd, Scheduler::GithubActions] {
            let text = schedule(scheduler, "/srv/my reviews").unwrap();
            assert!(text.contains("--study schools"), "{text}");
            assert!(!["@STUDY", "@FOLDER", "@PROGRAM", "@OUTPUT"].iter().any(|blank| text.contains(blank)), "{text}");
        }
        assert!(schedule(Scheduler::Cron, "/srv/100%").is_err());
        assert!(schedule(Scheduler::GithubActions, "/srv/100%").is_ok());
    }

    #[test]
    fn a_crontab_holds_one_command_and_a_workflow_is_yaml() {
        let crontab = schedule(Scheduler::Cron, "/srv/my reviews").unwrap();
        let commands: Vec<&str> = crontab.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        assert_eq!(commands.len(), 1);
        assert_eq!(commands[0].split_whitespace().take(5).collect::<Vec<_>>().join(" "), "17 6 * * 1");
        let workflow = schedule(Scheduler::GithubActions, "/srv").unwrap();
        let read: serde_norway::Value = serde_norway::from_str(&workflow).unwrap();
        assert!(read.get("jobs").is_some());
    }
}
