//! How a cell is written.

use super::cell::Cell;
use crate::corpus::needs_guard;
use std::io::Write;

impl Cell<'_> {
    /// Appends the cell as it stands in CSV.
    pub fn write_csv(self, csv: &mut Vec<u8>) {
        match self {
            Cell::Text(text) => write_csv_text(text, csv),
            Cell::Count(count) => write_count(count, csv),
            Cell::Number(number) => write_number(number, csv),
            Cell::Flag(flag) => csv.extend_from_slice(if flag { b"true" } else { b"false" }),
            Cell::Empty => {}
        }
    }
}

/// A whole number in decimal digits.
pub fn write_count(count: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = count;
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// A finite number rounded to six decimals, halves away from zero, without trailing zeros. There is a cell for every hit:
/// digits are written by whole numbers, which is several times as fast as the general way.
pub fn write_number(number: f64, out: &mut Vec<u8>) {
    const SCALE: u64 = 1_000_000;
    let scaled = (number.abs() * SCALE as f64).round();
    if scaled >= 9e15 {
        // Past the whole numbers that a float holds exactly there are no decimals to round. Writing to a `Vec` cannot fail.
        let _ = write!(out, "{number}");
        return;
    }
    let scaled = scaled as u64;
    if number < 0.0 && scaled > 0 {
        out.push(b'-');
    }
    write_count(scaled / SCALE, out);
    let mut fraction = scaled % SCALE;
    if fraction == 0 {
        return;
    }
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (fraction % 10) as u8;
        fraction /= 10;
    }
    let length = digits.iter().rposition(|&digit| digit != b'0').map_or(0, |last| last + 1);
    out.push(b'.');
    out.extend_from_slice(&digits[..length]);
}

/// Quoted as RFC 4180 asks. A cell that a spreadsheet would run as a formula begins with `'`, which a reader may strip
/// (`without_guard`); the JSON form has the text as it is.
pub fn write_csv_text(text: &str, csv: &mut Vec<u8>) {
    let plain = text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric);
    let formula = !plain && needs_guard(text);
    let quoted = text.bytes().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r'));
    if quoted {
        csv.push(b'"');
    }
    if formula {
        csv.push(b'\'');
    }
    if quoted && text.contains('"') {
        csv.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    } else {
        csv.extend_from_slice(text.as_bytes());
    }
    if quoted {
        csv.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_general_way_writes_them() {
        let numbers =
            [0.0, 1.0, -1.5, 0.1, 0.9375, 1.0 / 3.0, 2.0 / 3.0, 0.000_000_4, 12_345.678_901, 1e-6, 99.999_999_9, 1e20];
        for number in numbers {
            let mut out = Vec::new();
            write_number(number, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), format!("{}", (number * 1e6).round() / 1e6));
        }
        for count in [0, 7, 10, 1_234_567_890, u64::MAX] {
            let mut out = Vec::new();
            write_count(count, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), count.to_string());
        }
        let mut out = Vec::new();
        write_number(-0.000_000_1, &mut out);
        assert_eq!(out, b"0", "no minus before nothing");
    }

    #[test]
    fn a_cell_that_begins_like_a_formula_is_defused() {
        for (text, cell) in [("=1+1", "'=1+1"), ("@sum", "'@sum"), ("-3", "'-3"), ("a=b", "a=b"), ("\t=1", "'\t=1")] {
            let mut csv = Vec::new();
            write_csv_text(text, &mut csv);
            assert_eq!(String::from_utf8(csv).unwrap(), cell);
        }
    }
}
