//! What commands have in common: the study that was asked for, and the time it is.

use super::args::Common;
use super::exit::Failure;
use crate::history::Instant;
use crate::study::Study;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The last second of the year 9998: names of runs have years of four digits, and in every zone.
const LAST: i64 = 253_370_764_799;

/// The study that the options name, looked for from the folder the program was started in.
pub fn study(common: &Common) -> Result<Study, Failure> {
    let mut study = Study::load(common.study.as_deref(), Path::new("."))?;
    study.index.bound_bytes = common.memory.map(|memory| memory.n_bytes);
    Ok(study)
}

/// The time that records are to carry: `--now`, else `SOURCE_DATE_EPOCH`, else the clock's.
pub fn now(common: &Common) -> Result<Instant, Failure> {
    match fixed_time(common)? {
        Some(instant) => Ok(instant),
        None => Ok(clock()),
    }
}

/// The clock by which a run ends: stands still where the time was given.
pub fn clock_of(common: &Common, started: Instant) -> impl Fn() -> Instant {
    let fixed = matches!(fixed_time(common), Ok(Some(_)));
    move || if fixed { started } else { clock() }
}

fn clock() -> Instant {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Instant(i64::try_from(seconds).unwrap_or(0))
}

fn fixed_time(common: &Common) -> Result<Option<Instant>, Failure> {
    let (name, text) = match (&common.now, std::env::var("SOURCE_DATE_EPOCH")) {
        (Some(text), _) => ("--now", text.clone()),
        (None, Ok(text)) => ("SOURCE_DATE_EPOCH", text),
        (None, Err(_)) => return Ok(None),
    };
    let seconds: Option<i64> =
        text.parse().ok().or_else(|| text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second));
    match seconds.filter(|seconds| (0..=LAST).contains(seconds)) {
        Some(seconds) => Ok(Some(Instant(seconds))),
        None => Err(Failure::wrong(format!(
            "{name}: {text:?} is no time\n  hint: give seconds since 1970, or 2026-01-31T00:00:00Z"
        ))),
    }
}
