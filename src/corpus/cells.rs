//! What CSV is beyond RFC 4180: lines as they are counted, and cells that spreadsheets must not run.

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// By how many lines the CSV reader counts every record but the first too low: it stops before the second sign of a line end
/// of two, and counts that to the record that follows.
pub fn n_lines_behind(head: &[u8]) -> u64 {
    u64::from(memchr::memchr(b'\n', head).is_some_and(|at| head[..at].ends_with(b"\r")))
}

/// Whether a cell needs a `'` before it in our tables: a spreadsheet would run it as a formula, or it would be taken for one
/// that was given its `'`.
pub fn needs_guard(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A cell of our tables without the `'` that it was given; any other cell as it is.
pub fn without_guard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| needs_guard(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_comes_back_as_it_was() {
        for text in ["-x", "'-x", "''=1", "＝1", "\t1", "x", "'x", "'", ""] {
            let cell = if needs_guard(text) { format!("'{text}") } else { text.to_owned() };
            assert_eq!(without_guard(&cell), text);
        }
        assert_eq!(["-x", "'-x", "'x", "a=b"].map(needs_guard), [true, true, false, false]);
    }
}
