//! What the sections of the page are put together from: numbers, charts, quotes.

mod figures;
mod flow;
mod labels;
mod quotes;
mod svg;

pub use figures::{
    Chart, badge, bar, count, decimal, diverging, drawing, figure, hundredths, opens, percent, recommended, rounded,
    told, two, with_interval,
};
pub use flow::flow;
pub use labels::{
    between_coders, clipped, consensus_first, of_theme, side_label, status_parts, status_place, wordings,
};
pub use quotes::{Marked, Quotes, marks, place};
