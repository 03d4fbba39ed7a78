//! Reliability and validity out of counted verdicts.

use super::agreement::{Average, Judge, Reliability, UnitAgreement, Validity, ValidityScope};
use super::cases::Tally;
use super::coding::CoderId;
use super::coefficients::{
    Confusion, Units, cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha, percent_agreement, unitizing_alpha,
};
use super::settings::Unit;
use crate::lexicon::ThemeId;
use crate::synthesis::{Bootstrap, Estimate};

/// Found, or not.
const N_CATEGORIES: u8 = 2;

/// Everything that one kind of unit says.
pub(super) fn measure(tally: &Tally, coders: &[CoderId], themes: &[ThemeId], bootstrap: &Bootstrap) -> UnitAgreement {
    let all: Vec<usize> = (0..coders.len()).collect();
    let pairs: Vec<Vec<usize>> = all.iter().flat_map(|&a| (a + 1..coders.len()).map(move |b| vec![a, b])).collect();
    let groups = match coders.len() {
        0 | 1 => Vec::new(),
        2 => pairs.clone(),
        _ => std::iter::once(all).chain(pairs.iter().cloned()).collect(),
    };
    let reliability = groups.iter().flat_map(|group| reliability(tally, group, coders, themes, bootstrap)).collect();
    let between_coders = pairs.iter().flat_map(|pair| {
        let judge = Judge::Coder(coders[pair[1]].clone());
        let rows =
            validity(tally, judge, |said| yes(said[pair[0] + 1]), |said| yes(said[pair[1] + 1]), themes, bootstrap);
        rows.into_iter().map(|row| (coders[pair[0]].clone(), row))
    });
    let ours = |said: &[Option<u8>]| yes(said[0]);
    let by_coder = coders.iter().enumerate().flat_map(|(c, coder)| {
        validity(tally, Judge::Coder(coder.clone()), ours, move |said| yes(said[c + 1]), themes, bootstrap)
    });
    let mut against_judges: Vec<Validity> = by_coder.collect();
    if coders.len() > 1 {
        against_judges.extend(validity(tally, Judge::Consensus, ours, consensus, themes, bootstrap));
    }
    UnitAgreement {
        unit: tally.unit,
        n_documents: tally.n_documents() as u32,
        reliability,
        between_coders: between_coders.collect(),
        validity: against_judges,
    }
}

pub(super) fn yes(said: Option<u8>) -> Option<bool> {
    said.map(|said| said == 1)
}

/// What more than half of the coders who judged say (ours, the first, left out); `None` where they are split evenly or
/// nobody did.
pub(super) fn consensus(said: &[Option<u8>]) -> Option<bool> {
    let votes: Vec<bool> = said[1..].iter().filter_map(|said| yes(*said)).collect();
    let n_yes = votes.iter().filter(|&&vote| vote).count();
    (n_yes * 2 != votes.len()).then_some(n_yes * 2 > votes.len())
}

/// Over all themes, then by theme.
fn reliability(
    tally: &Tally,
    group: &[usize],
    coders: &[CoderId],
    themes: &[ThemeId],
    bootstrap: &Bootstrap,
) -> Vec<Reliability> {
    let scopes = std::iter::once((None, (0..themes.len()).collect::<Vec<_>>()));
    let scopes = scopes.chain(themes.iter().enumerate().map(|(t, theme)| (Some(theme.clone()), vec![t])));
    scopes
        .map(|(theme, of)| {
            let observed = tally.units(&of, group, &vec![1; tally.n_documents()]);
            let resampled = bootstrap.resample(|times| tally.units(&of, group, times));
            let estimate = |coefficient: &dyn Fn(&[Units]) -> Option<f64>| {
                let interval = || bootstrap.interval(resampled.iter().map(|units| coefficient(units)));
                coefficient(&observed).map(|value| Estimate { value, interval: interval() })
            };
            let count = |meets: &dyn Fn(&Units) -> bool| {
                observed.iter().filter(|units| meets(units)).map(|units| units.n).sum::<f64>() as u32
            };
            Reliability {
                unitizing_alpha: match &theme {
                    Some(_) if tally.unit == Unit::Character && group.len() == coders.len() => {
                        bootstrap.estimate(|times| unitizing_alpha(&tally.continua[of[0]], times))
                    }
                    _ => None,
                },
                theme,
                coders: group.iter().map(|&coder| coders[coder].clone()).collect(),
                n_units: count(&|units| units.said.iter().flatten().count() > 1),
                n_yes: (0..group.len()).map(|c| count(&|units| units.said[c] == Some(1))).collect(),
                percent_agreement: estimate(&percent_agreement),
                cohen_kappa: if group.len() == 2 { estimate(&cohen_kappa) } else { None },
                fleiss_kappa: estimate(&fleiss_kappa),
                krippendorff_alpha: estimate(&krippendorff_alpha),
                gwet_ac1: estimate(&|units| gwet_ac1(units, N_CATEGORIES)),
            }
        })
        .collect()
}

/// Micro, macro, then by theme.
fn validity(
    tally: &Tally,
    judge: Judge,
    ours: impl Fn(&[Option<u8>]) -> Option<bool> + Sync,
    theirs: impl Fn(&[Option<u8>]) -> Option<bool> + Sync,
    themes: &[ThemeId],
    bootstrap: &Bootstrap,
) -> Vec<Validity> {
    let by_theme = |times: &[u32]| -> Vec<Confusion> {
        (0..themes.len()).map(|theme| tally.confusion(theme, &ours, &theirs, times)).collect()
    };
    let observed = by_theme(&vec![1; tally.n_documents()]);
    let resampled = bootstrap.resample(by_theme);
    let row = |scope: ValidityScope, total: Confusion, figure: &dyn Fn(&[Confusion], Figure) -> Option<f64>| {
        let estimate = |of: Figure| {
            let interval = || bootstrap.interval(resampled.iter().map(|themes| figure(themes, of)));
            figure(&observed, of).map(|value| Estimate { value, interval: interval() })
        };
        Validity {
            judge: judge.clone(),
            scope,
            n_units: total.n() as u32,
            n_true_positive: total.true_positive as u32,
            n_false_positive: total.false_positive as u32,
            n_false_negative: total.false_negative as u32,
            n_true_negative: total.true_negative as u32,
            precision: estimate(Confusion::precision),
            recall: estimate(Confusion::recall),
            f1: estimate(Confusion::f1),
            cohen_kappa: estimate(Confusion::kappa),
        }
    };
    let together = together(&observed);
    let mut rows = vec![
        row(ValidityScope::All(Average::Micro), together, &|themes, figure| figure(&self::together(themes))),
        row(ValidityScope::All(Average::Macro), together, &|themes, figure| mean(themes.iter().filter_map(figure))),
    ];
    let single = |(t, theme): (usize, &ThemeId)| {
        row(ValidityScope::Theme(theme.clone()), observed[t], &|themes, figure| figure(&themes[t]))
    };
    rows.extend(themes.iter().enumerate().map(single));
    rows
}

/// One of the figures of a confusion table.
type Figure = fn(&Confusion) -> Option<f64>;

pub(super) fn together(themes: &[Confusion]) -> Confusion {
    themes.iter().fold(Confusion::default(), |sum, theme| sum + *theme)
}

pub(super) fn mean(figures: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = figures.fold((0u32, 0.0), |(n, sum), figure| (n + 1, sum + figure));
    (n > 0).then(|| sum / f64::from(n))
}
