//! Lets old runs go.

use super::record::{Instant, RunId, RunRecord};
use super::settings::HistorySettings;
use std::fs;

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// Removes the runs that the settings no longer keep; `runs` are all there are, oldest first, and `newest` is
/// the one just published: after a clock was set back, not the last of them.
///
/// A run goes by one rename before its files do, so that one half removed is never taken for a run.
pub(super) fn retain(settings: &HistorySettings, runs: &[RunRecord], newest: &RunId) {
    let Some(newest) = runs.iter().find(|run| run.run == *newest) else { return };
    let n_beyond = settings.keep.map_or(0, |keep| runs.len().saturating_sub(keep.max(1)));
    let days =
        |run: &RunRecord| Some((Instant::parse(&newest.started)?.0 - Instant::parse(&run.started)?.0) / SECONDS_A_DAY);
    let is_old = |run: &RunRecord| {
        settings.keep_days.zip(days(run)).is_some_and(|(keep_days, days)| days > i64::from(keep_days))
    };
    let others = runs.iter().filter(|run| run.run != newest.run);
    for (place, run) in others.enumerate() {
        let folder = settings.folder.join(&run.run.0);
        if (place < n_beyond || is_old(run)) && !folder.join("pinned").exists() {
            let going = settings.folder.join(format!(".staging-gone-{}", run.run));
            if fs::rename(&folder, &going).is_ok() {
                let _ = fs::remove_dir_all(&going);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of runs begun on these days.
    fn left(days: &[i64], pinned: &[i64], keep: Option<usize>, keep_days: Option<u32>) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let settings =
            HistorySettings { folder: folder.path().to_owned(), keep, keep_days, ..HistorySettings::default() };
        let record = |day: &i64| RunRecord {
            run: RunId(day.to_string()),
            started: Instant(day * SECONDS_A_DAY).to_rfc3339(),
            ..RunRecord::default()
        };
        let runs: Vec<RunRecord> = days.iter().map(record).collect();
        for day in days {
            fs::create_dir(folder.path().join(day.to_string())).unwrap();
        }
        for day in pinned {
            fs::write(folder.path().join(day.to_string()).join("pinned"), "").unwrap();
        }
        retain(&settings, &runs, &RunId("40".to_owned()));
        let mut left: Vec<String> =
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        left
    }

    #[test]
    fn runs_go_by_number_and_by_age_but_never_the_newest_or_a_pinned_one() {
        let days = [10, 20, 30, 40];
        assert_eq!(left(&days, &[], None, None), ["10", "20", "30", "40"]);
        assert_eq!(left(&days, &[], Some(2), None), ["30", "40"]);
        assert_eq!(left(&days, &[10], Some(2), None), ["10", "30", "40"]);
        assert_eq!(left(&days, &[], Some(0), None), ["40"]);
        assert_eq!(left(&days, &[], None, Some(10)), ["30", "40"]);
        assert_eq!(left(&days, &[20], None, Some(0)), ["20", "40"]);
        assert_eq!(left(&days, &[], Some(3), Some(10)), ["30", "40"]);
    }
}
