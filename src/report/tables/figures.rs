//! Estimates as cells.

use super::super::table::Cell;
use crate::synthesis::{Estimate, Interval};

/// The figure itself.
pub fn value(estimate: Option<Estimate>) -> Cell<'static> {
    Cell::maybe(estimate.map(|estimate| estimate.value))
}

/// The ends of its interval.
pub fn ends(estimate: Option<Estimate>) -> [Cell<'static>; 2] {
    match estimate.and_then(|estimate| estimate.interval) {
        Some(Interval { low, high }) => [Cell::maybe(Some(low)), Cell::maybe(Some(high))],
        None => [Cell::Empty; 2],
    }
}
