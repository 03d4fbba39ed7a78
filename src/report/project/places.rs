//! Texts as they lie in a project, and where places in ours are found in them.

/// A text with line ends as LF and without a byte order mark.
pub fn plain(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// For each byte of `text` asked for, how many code points of `plain(text)` come before it; in the order asked.
///
/// A byte inside a character counts as that character's first; one past the end as the end.
pub fn code_points(text: &str, bytes: &[u32]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..bytes.len()).collect();
    order.sort_by_key(|&at| bytes[at]);
    let mut found = vec![0; bytes.len()];
    let mut next = order.into_iter().peekable();
    let (mut n, mut last) = (0u32, '\0');
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        while let Some(asked) = next.next_if(|&asked| (bytes[asked] as usize) < end) {
            // The LF of a CRLF is the same character as its CR.
            found[asked] = if last == '\r' && c == '\n' { n - 1 } else { n };
        }
        let is_left_out = (last == '\r' && c == '\n') || (at == 0 && c == '\u{feff}');
        n += u32::from(!is_left_out);
        last = c;
    }
    next.for_each(|asked| found[asked] = n);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of `text` between two bytes, read out of the plain text by code points.
    fn cut(text: &str, start: usize, end: usize) -> String {
        let places = code_points(text, &[end as u32, start as u32]);
        plain(text).chars().skip(places[1] as usize).take((places[0] - places[1]) as usize).collect()
    }

    #[test]
    fn places_are_counted_in_code_points_of_the_text_with_plain_line_ends() {
        let text = "\u{feff}A\r\n👩‍👧 café e\u{301}\r\rfunding\r\nend";
        for word in ["A", "👩‍👧", "café", "e\u{301}", "funding", "end"] {
            let start = text.find(word).unwrap();
            assert_eq!(cut(text, start, start + word.len()), word);
        }
        let across = text.find("A").unwrap()..text.find("café").unwrap();
        assert_eq!(cut(text, across.start, across.end), "A\n👩‍👧 ");
        assert_eq!(code_points("ab", &[9]), [2]);
        assert_eq!(code_points("", &[0]), [0]);
    }
}
