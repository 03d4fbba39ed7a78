//! Reads one word of a pattern: a literal, `=exact`, a glob, a lone `*`, or `@list`.

use super::expr::{Atom, Expr, PatternError};
use super::glob::{Glob, Piece};
use super::lex::Written;
use super::spelling::Spelling;

/// What the word says.
pub(super) fn read(written: &[Written], column: u32, spelling: &mut dyn Spelling) -> Result<Expr, PatternError> {
    if let Some(at) = written.iter().position(|&w| w == ('"', false)) {
        let column = column + at as u32;
        let what = format!("has a quotation mark at column {column}");
        return Err(PatternError::new(column, what, "leave it out: words that stand side by side are a phrase"));
    }
    match written[0] {
        ('@', false) => list(&written[1..], column),
        ('=', false) => exact(&written[1..], column, spelling),
        _ if is_glob(written) => glob(written, column, spelling),
        _ => literal(written, column, spelling),
    }
}

fn is_glob(written: &[Written]) -> bool {
    written.iter().any(|w| matches!(w, ('*' | '?' | '[', false)))
}

fn text(written: &[Written]) -> String {
    written.iter().map(|&(c, _)| c).collect()
}

fn list(name: &[Written], column: u32) -> Result<Expr, PatternError> {
    let name = text(name);
    if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')) {
        return Ok(Expr::List { name, column });
    }
    let what = format!("names no list after the @ at column {column}");
    Err(PatternError::new(column, what, "write the name of a cue list or theme, as in \"@barrier\""))
}

fn literal(written: &[Written], column: u32, spelling: &mut dyn Spelling) -> Result<Expr, PatternError> {
    let text = text(written);
    let words: Vec<Expr> = spelling.cut(&text).into_iter().map(|cut| Expr::Word(Atom::Stem(cut.stems))).collect();
    if words.is_empty() {
        let what = format!("has no word in \"{text}\" at column {column}");
        return Err(PatternError::new(column, what, "take it out: only letters and digits make words"));
    }
    Ok(Expr::seq(words))
}

fn exact(written: &[Written], column: u32, spelling: &mut dyn Spelling) -> Result<Expr, PatternError> {
    let text = text(written);
    if is_glob(written) {
        let what = format!("puts = before a glob at column {column}");
        return Err(PatternError::new(column, what, "leave the = out: a glob never stems"));
    }
    if text.is_empty() {
        let what = format!("names no word after the = at column {column}");
        return Err(PatternError::new(
            column,
            what,
            r#"write a word, as in "=leading", or \= to mean the sign itself"#,
        ));
    }
    one_word(&text, &text, column, spelling)?;
    Ok(Expr::Word(Atom::Exact(spelling.fold(&text).into_boxed_str())))
}

fn glob(written: &[Written], column: u32, spelling: &mut dyn Spelling) -> Result<Expr, PatternError> {
    let glob = Glob(pieces(written, column, spelling)?);
    if glob.is_any() {
        return Ok(Expr::Any);
    }
    one_word(&glob.sample('a', "a"), &text(written), column, spelling)?;
    Ok(Expr::Word(Atom::Glob(glob)))
}

/// Refuses what no token can ever be, since it would be cut in two; a hyphen may join parts.
fn one_word(sample: &str, written: &str, column: u32, spelling: &mut dyn Spelling) -> Result<(), PatternError> {
    let mut parts = sample.split('-').filter(|part| !part.is_empty()).peekable();
    let has_parts = parts.peek().is_some();
    let whole = parts.all(|part| {
        let cuts = spelling.cut(part);
        matches!(cuts.as_slice(), [cut] if cut.surface == spelling.fold(part))
    });
    if has_parts && whole {
        return Ok(());
    }
    let what = format!("can never meet \"{written}\" at column {column}, which is not one word");
    Err(PatternError::new(column, what, "write its words one by one, each with its own = or *"))
}

fn pieces(written: &[Written], column: u32, spelling: &dyn Spelling) -> Result<Vec<Piece>, PatternError> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut at = 0;
    while let Some(&(c, escaped)) = written.get(at) {
        let wild = match c {
            '*' if !escaped => Some(Piece::Run),
            '?' if !escaped => Some(Piece::One),
            '[' if !escaped => {
                let (class, end) = class(written, at, column, spelling)?;
                at = end;
                Some(class)
            }
            _ => None,
        };
        at += 1;
        let Some(wild) = wild else {
            literal.push(c);
            continue;
        };
        pieces.extend(spelling.fold(&std::mem::take(&mut literal)).chars().map(Piece::Char));
        if wild != Piece::Run || pieces.last() != Some(&Piece::Run) {
            pieces.push(wild);
        }
    }
    pieces.extend(spelling.fold(&literal).chars().map(Piece::Char));
    Ok(pieces)
}

/// The class that opens at `open`, and where it closes.
fn class(
    written: &[Written],
    open: usize,
    column: u32,
    spelling: &dyn Spelling,
) -> Result<(Piece, usize), PatternError> {
    let column = column + open as u32;
    let error = |what: &str| {
        let what = format!("{what} at column {column}");
        PatternError::new(
            column,
            what,
            r"write the characters it may be, as in organi[sz]ation, or \[ for the sign itself",
        )
    };
    let length = written[open + 1..].iter().position(|&w| w == (']', false));
    let close = open + 1 + length.ok_or_else(|| error("opens a class of characters that is never closed"))?;
    let mut inside = &written[open + 1..close];
    let negated = matches!(inside.first(), Some(('!' | '^', false)));
    if negated {
        inside = &inside[1..];
    }
    let mut ranges = Vec::new();
    while let [(low, _), rest @ ..] = inside {
        let (high, rest) = match rest {
            [('-', false), (high, _), rest @ ..] => (high, rest),
            _ => (low, rest),
        };
        let range = (fold_char(*low, spelling), fold_char(*high, spelling));
        if range.0 > range.1 {
            return Err(error("has a range that runs backwards"));
        }
        ranges.push(range);
        inside = rest;
    }
    if ranges.is_empty() {
        return Err(error("has an empty class of characters"));
    }
    ranges.sort_unstable();
    ranges.dedup();
    Ok((Piece::Set { negated, ranges }, close))
}

fn fold_char(c: char, spelling: &dyn Spelling) -> char {
    let folded = spelling.fold(c.encode_utf8(&mut [0; 4]));
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (Some(folded), None) => folded,
        _ => c,
    }
}
