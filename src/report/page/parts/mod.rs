//! What the sections of the page are put together from: numbers, charts, quotes.

mod charts;
mod figures;
mod quotes;
mod svg;

pub use charts::{evidence_map, flow, matrix, trend};
pub use figures::{badge, bar, decimal, diverging, figure, percent, recommended, told, two, with_interval};
pub use quotes::{Marked, Quotes, marks, place};
