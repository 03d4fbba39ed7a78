//! What a table is made of. Nouns only.

/// One cell. Undefined numbers are `None` and leave the cell empty (`null` in JSON).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Words.
    Text(&'a str),
    /// A count or a place.
    Count(u64),
    /// A number, rounded to six decimals.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// Nothing.
    Empty,
}

impl Cell<'_> {
    /// A number that may be undefined.
    pub fn maybe(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Cell::Empty, Cell::Number)
    }
}

impl<'a> Cell<'a> {
    /// Words that may be missing.
    pub fn maybe_text(text: Option<&'a str>) -> Self {
        text.map_or(Cell::Empty, Cell::Text)
    }
}

/// Name and columns of a table.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// File name without ending.
    pub name: &'static str,
    /// Names of the columns.
    pub columns: &'static [&'static str],
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, UTF-8.
    Text,
    /// Whole numbers, 64 bits.
    Count,
    /// Numbers, double precision.
    Number,
    /// True or false.
    Flag,
}
