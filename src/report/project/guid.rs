//! Identifiers.

/// An identifier that is the same whenever the same thing is written, made of its kind and name.
pub fn guid(kind: &str, name: &str) -> String {
    crate::lexicon::guid(&format!("{kind}\u{1f}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::escaped;

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
        assert_eq!(escaped("a<b> & \"c\"\n\u{0}d\u{ffff}"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;d");
    }
}
