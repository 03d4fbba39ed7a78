//! Identifiers.

/// An identifier that is the same whenever the same thing is written: a UUID (version 4 in form) made of a digest of its kind
/// and name.
pub fn guid(kind: &str, name: &str) -> String {
    let hex = blake3::hash(format!("{kind}\u{1f}{name}").as_bytes()).to_hex();
    let variant = ["8", "9", "a", "b"][usize::from(hex.as_bytes()[16]) % 4];
    format!("{}-{}-4{}-{variant}{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// `text` as the value of an attribute, or as text. Characters that XML cannot hold are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_the_form_of_one_and_depends_on_kind_and_name() {
        let one = guid("code", "funding");
        assert_eq!(one, guid("code", "funding"));
        assert_ne!(one, guid("user", "funding"));
        let lengths: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(one.chars().all(|c| c == '-' || c.is_ascii_hexdigit()), "{one}");
        assert_eq!(&one[14..15], "4");
    }

    #[test]
    fn text_never_becomes_markup() {
        assert_eq!(escaped("a<b> & \"c\"\n\u{0}d\u{ffff}"), "a&lt;b&gt; &amp; &quot;c&quot; d");
    }
}
