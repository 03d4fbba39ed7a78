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
    let quoted = |path: &Path| -> Result<String, Failure> {
        let text = path.to_string_lossy();
        if text.contains(['\'', '"', '%', '\n', '\\', '$']) {
            return Err(Failure::wrong(format!(
                "{text}: a path with quotes, % or $ cannot be scheduled\n  hint: move the study, or link to it under a plain name"
            )));
        }
        Ok(text.into_owned())
    };
    let template = match scheduler {
        Scheduler::Cron => CRON,
        Scheduler::Systemd => SYSTEMD,
        Scheduler::GithubActions => GITHUB_ACTIONS,
    };
    Ok(template
        .replace("@STUDY@", &study.name)
        .replace("@OUTPUT@", &study.history.output.to_string_lossy())
        .replace("@FOLDER@", &quoted(folder)?)
        .replace("@PROGRAM@", &quoted(program)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(scheduler: Scheduler, folder: &str) -> Result<String, Failure> {
        let study = Study { name: "schools".to_owned(), ..Study::default() };
        text(scheduler, &study, Path::new(folder), Path::new("/opt/throughline"))
    }

    #[test]
    fn every_schedule_names_the_study_and_leaves_no_blank_to_fill() {
        for scheduler in [Scheduler::Cron, Scheduler::Systemd, Scheduler::GithubActions] {
            let text = schedule(scheduler, "/srv/my reviews").unwrap();
            assert!(text.contains("--study schools"), "{text}");
            assert!(!["@STUDY", "@FOLDER", "@PROGRAM", "@OUTPUT"].iter().any(|blank| text.contains(blank)), "{text}");
        }
        assert!(schedule(Scheduler::Cron, "/srv/100%").is_err());
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
