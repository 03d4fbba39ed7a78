//! What learning from people does to F1.

use super::agreement::{Average, Gain, Judge, ValidityScope};
use super::cases::Tally;
use super::coding::CoderId;
use super::coefficients::Confusion;
use super::measure::{consensus, mean, together, yes};
use super::settings::Unit;
use crate::lexicon::ThemeId;
use crate::synthesis::{Bootstrap, Estimate};

/// F1 before and after, against each coder and then their consensus: over all themes, then by theme. Characters are what hits
/// cover, whatever their weight: there is nothing to gain.
pub(super) fn gains(
    tallies: (&Tally, &Tally),
    coders: &[CoderId],
    themes: &[ThemeId],
    bootstrap: &Bootstrap,
) -> Vec<Gain> {
    if tallies.0.unit == Unit::Character {
        return Vec::new();
    }
    let by_coder = (0..coders.len()).flat_map(|coder| {
        against(tallies, Judge::Coder(coders[coder].clone()), &|said| yes(said[coder + 1]), themes, bootstrap)
    });
    let mut gains: Vec<Gain> = by_coder.collect();
    if coders.len() > 1 {
        gains.extend(against(tallies, Judge::Consensus, &consensus, themes, bootstrap));
    }
    gains
}

/// What a judge makes of the verdicts on a unit.
type Judging<'a> = &'a (dyn Fn(&[Option<u8>]) -> Option<bool> + Sync);

/// By theme: by the written weights, and by the learnt ones.
type Both = (Vec<Confusion>, Vec<Confusion>);

fn against(
    (written, learned): (&Tally, &Tally),
    judge: Judge,
    judging: Judging,
    themes: &[ThemeId],
    bootstrap: &Bootstrap,
) -> Vec<Gain> {
    let by_theme = |tally: &Tally, times: &[u32]| -> Vec<Confusion> {
        (0..themes.len()).map(|theme| tally.confusion(theme, |said| yes(said[0]), judging, times)).collect()
    };
    let both = |times: &[u32]| -> Both { (by_theme(written, times), by_theme(learned, times)) };
    let observed = both(&vec![1; written.n_documents()]);
    let resampled = bootstrap.resample(both);
    let row = |scope: ValidityScope, n: f64, f1: &dyn Fn(&[Confusion]) -> Option<f64>| {
        let estimate = |figure: &dyn Fn(&Both) -> Option<f64>| {
            let interval = || bootstrap.interval(resampled.iter().map(figure));
            figure(&observed).map(|value| Estimate { value, interval: interval() })
        };
        Gain {
            unit: written.unit,
            judge: judge.clone(),
            scope,
            n_units: n as u32,
            written: estimate(&|both| f1(&both.0)),
            learned: estimate(&|both| f1(&both.1)),
            change: estimate(&|both| Some(f1(&both.1)? - f1(&both.0)?)),
        }
    };
    // Weights move verdicts, not the units that there are.
    let (each, n) = (&observed.0, together(&observed.0).n());
    let mut rows = vec![
        row(ValidityScope::All(Average::Micro), n, &|themes| together(themes).f1()),
        row(ValidityScope::All(Average::Macro), n, &|themes| mean(themes.iter().filter_map(Confusion::f1))),
    ];
    let single =
        |(t, theme): (usize, &ThemeId)| row(ValidityScope::Theme(theme.clone()), each[t].n(), &|themes| themes[t].f1());
    rows.extend(themes.iter().enumerate().map(single));
    rows
}
