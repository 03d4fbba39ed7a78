//! LaTeX in the values of BibTeX: accents, signs and quotes as characters, commands of layout left out.

use unicode_normalization::UnicodeNormalization;

/// A value with its LaTeX resolved and its white space folded.
pub(super) fn plain(value: &str) -> String {
    const LIGATURES: [(&str, &str); 4] = [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")];
    let mut out = String::with_capacity(value.len());
    let mut rest = value.trim();
    let mut in_formula = false;
    while let Some(c) = rest.chars().next() {
        let ligature = LIGATURES.iter().find(|(from, _)| matches!(c, '-' | '`' | '\'') && rest.starts_with(from));
        if let Some((from, to)) = ligature {
            out.push_str(to);
            rest = &rest[from.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => rest = command(rest, &mut out),
            '{' | '}' => {}
            '$' => in_formula = !in_formula,
            '_' | '^' if in_formula => {}
            '~' => out.push('\u{a0}'),
            '_' | '^' if rest.starts_with('{') => {}
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => {
                out.push(c);
                let n = plain_run(rest.as_bytes());
                out.push_str(&rest[..n]);
                rest = &rest[n..];
            }
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// How many of `bytes` stand for themselves, single spaces between words among them.
fn plain_run(bytes: &[u8]) -> usize {
    let is_plain = |b: u8| !b.is_ascii_whitespace() && !b"\\{}$~-`'_^".contains(&b);
    let within = |at: usize| bytes[at] == b' ' && bytes.get(at + 1).is_some_and(|next| is_plain(*next));
    (0..bytes.len()).find(|at| !is_plain(bytes[*at]) && !within(*at)).unwrap_or(bytes.len())
}

/// Commands that stand for a sign.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("ss", "ß"), ("o", "ø"), ("O", "Ø"), ("ae", "æ"), ("AE", "Æ"), ("oe", "œ"), ("OE", "Œ"), ("aa", "å"), ("AA", "Å"),
    ("l", "ł"), ("L", "Ł"), ("i", "ı"), ("j", "ȷ"), ("textquotesingle", "'"), ("textendash", "–"), ("textemdash", "—"),
    ("ldots", "…"), ("dots", "…"), ("textbackslash", "\\"), ("backslash", "\\"), ("textasciitilde", "~"), ("alpha", "α"),
    ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("mu", "μ"), ("times", "×"), ("pm", "±"), ("leq", "≤"), ("le", "≤"),
    ("geq", "≥"), ("ge", "≥"), ("copyright", "©"),
    ("th", "þ"), ("TH", "Þ"), ("dh", "ð"), ("DH", "Ð"), ("dj", "đ"), ("DJ", "Đ"), ("ng", "ŋ"), ("NG", "Ŋ"), ("epsilon", "ϵ"),
    ("varepsilon", "ε"), ("zeta", "ζ"), ("eta", "η"), ("theta", "θ"), ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"), ("nu", "ν"),
    ("xi", "ξ"), ("pi", "π"), ("rho", "ρ"), ("sigma", "σ"), ("tau", "τ"), ("upsilon", "υ"), ("phi", "ϕ"), ("varphi", "φ"),
    ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"), ("Gamma", "Γ"), ("Delta", "Δ"), ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"),
    ("Pi", "Π"), ("Sigma", "Σ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"), ("infty", "∞"), ("approx", "≈"), ("sim", "∼"),
    ("neq", "≠"), ("ne", "≠"), ("equiv", "≡"), ("propto", "∝"), ("rightarrow", "→"), ("to", "→"), ("leftarrow", "←"),
    ("cdot", "⋅"), ("div", "÷"), ("circ", "∘"), ("ast", "∗"), ("degree", "°"), ("textdegree", "°"), ("textmu", "µ"),
    ("textregistered", "®"), ("texttrademark", "™"), ("textbullet", "•"), ("pounds", "£"), ("textsterling", "£"),
    ("euro", "€"), ("texteuro", "€"), ("S", "§"), ("P", "¶"), ("dag", "†"), ("ddag", "‡"), ("textquoteleft", "‘"),
    ("textquoteright", "’"), ("textquotedblleft", "“"), ("textquotedblright", "”"), ("guillemotleft", "«"),
    ("guillemotright", "»"), ("textasciicircum", "^"), ("textunderscore", "_"), ("textless", "<"), ("textgreater", ">"),
    ("textbar", "|"), ("textexclamdown", "¡"), ("textquestiondown", "¿"), ("slash", "/"), ("quad", " "), ("qquad", " "),
];

/// Resolves what follows a backslash; what is left after it.
fn command<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let Some(first) = rest.chars().next() else { return rest };
    let n = rest.bytes().take_while(u8::is_ascii_alphabetic).count().max(first.len_utf8());
    let (name, after) = rest.split_at(n);
    match name {
        // The name of a block is not of the text, and neither is the address behind the words of a link.
        "begin" | "end" | "href" | "label" | "vspace" | "hspace" => return argument(after).1,
        "url" | "path" | "nolinkurl" => {
            let (address, after) = argument(after);
            out.push_str(address);
            return after;
        }
        "item" | "par" | "newline" => {
            out.push_str(if out.is_empty() || out.ends_with(' ') { "" } else { " " });
            return after.strip_prefix(' ').unwrap_or(after);
        }
        _ => {}
    }
    if let Some(mark) = accent(name) {
        return accented(mark, after, out);
    }
    let sign = match name {
        "\\" | " " | "\n" | "," | ";" | ":" => " ",
        "!" | "-" | "/" => "",
        _ if !first.is_ascii_alphabetic() => name,
        _ => SIGNS.iter().find(|sign| sign.0 == name).map_or("", |sign| sign.1), // of a command of layout the argument stays
    };
    out.push_str(sign);
    let is_word = name.as_bytes()[0].is_ascii_alphabetic();
    if is_word { after.strip_prefix("{}").unwrap_or_else(|| after.strip_prefix(' ').unwrap_or(after)) } else { after }
}

/// What stands in the braces that come next, and what is left after them.
fn argument(text: &str) -> (&str, &str) {
    let Some(inner) = text.trim_start().strip_prefix('{') else { return ("", text) };
    let mut depth = 0;
    let end = inner.find(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth < 0
    });
    end.map_or((inner, ""), |end| (&inner[..end], &inner[end + 1..]))
}

/// The combining mark that an accent of LaTeX stands for.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "\"" => '\u{308}',
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "c" => '\u{327}',
        "v" => '\u{30c}',
        "u" => '\u{306}',
        "H" => '\u{30b}',
        "k" => '\u{328}',
        "r" => '\u{30a}',
        "d" => '\u{323}',
        "b" => '\u{331}',
        _ => return None,
    })
}

/// Writes the next letter with `mark` on it; what is left after it.
fn accented<'t>(mark: char, after: &'t str, out: &mut String) -> &'t str {
    let mut rest = after.trim_start_matches([' ', '{']);
    let n_open = after[..after.len() - rest.len()].matches('{').count();
    let letter = match rest.strip_prefix("\\i").or_else(|| rest.strip_prefix("\\j")) {
        Some(left) => {
            let dotless = rest.as_bytes()[1] as char;
            rest = left;
            Some(dotless)
        }
        None => {
            let letter = rest.chars().next().filter(|c| c.is_alphabetic());
            rest = &rest[letter.map_or(0, char::len_utf8)..];
            letter
        }
    };
    out.extend(letter.into_iter().flat_map(|letter| [letter, mark]).nfc());
    for _ in 0..n_open {
        rest = rest.strip_prefix('}').unwrap_or(rest);
    }
    rest
}
