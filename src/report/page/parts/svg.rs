//! Words in drawings, which do not break lines by themselves.

use maud::{Markup, html};

/// Cuts a label into lines of at most `width` characters where its words allow; what is past `n` lines ends in an ellipsis.
pub fn lines(label: &str, width: usize, n: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > n {
        lines.truncate(n);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// Lines of text about a point: `anchor` says which side of it they stand on, the middle of the lines is at `y`.
pub fn text(lines: &[String], x: f64, y: f64, anchor: &str) -> Markup {
    let first = y - (lines.len() as f64 - 1.0) * 7.5 + 4.0;
    html! {
        text x=(number(x)) y=(number(first)) text-anchor=(anchor) {
            @for (at, line) in lines.iter().enumerate() {
                tspan x=(number(x)) dy=(if at == 0 { "0" } else { "15" }) { (line) }
            }
        }
    }
}

/// A coordinate.
pub fn number(number: f64) -> String {
    format!("{number:.1}")
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn labels_break_between_words() {
        assert_eq!(lines("roles and purpose", 9, 3), ["roles and", "purpose"]);
        assert_eq!(lines("a b c d", 1, 2), ["a", "b…"]);
        assert_eq!(lines("responsibilities", 4, 2), ["responsibilities"], "a long word is not cut");
        assert!(lines("  ", 4, 2).is_empty());
    }
}
