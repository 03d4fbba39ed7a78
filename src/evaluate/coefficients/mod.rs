//! Coefficients of agreement, each after its source and against its worked example.
//!
//! Comes in: what each rater said of each unit, `None` where a rater said nothing; equal units are counted together.
//! A coefficient that is not defined (no unit, or no variation where it needs some) is `None`.

mod confusion;
mod nominal;
mod unitizing;

pub(super) use confusion::Confusion;
pub(super) use nominal::{cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha, percent_agreement};
pub(super) use unitizing::{Continuum, unitizing_alpha};

/// Units on which the raters said the same things: what each said (a category, from 0), and how many such units there are.
pub(super) struct Units {
    /// One for each rater; `None` where the rater did not judge.
    pub(super) said: Vec<Option<u8>>,
    /// How many.
    pub(super) n: f64,
}

#[cfg(test)]
mod tests;
