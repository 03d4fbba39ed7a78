//! Cuts a pattern into signs and words, each with its column.

use super::expr::PatternError;

/// One character of a word, and whether a backslash took its meaning away.
pub(super) type Written = (char, bool);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word as written, globs and prefixes included; never empty.
    Word(Vec<Written>),
    Open,
    Close {
        optional: bool,
    },
    Bar,
    Near {
        gap: u32,
        ordered: bool,
    },
    Unless,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lexed {
    pub token: Token,
    /// The character that it begins at, the first being 1.
    pub column: u32,
}

/// The widest distance; far beyond a sentence.
const MAX_GAP: u32 = 1_000;

pub(super) fn lex(text: &str) -> Result<Vec<Lexed>, PatternError> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::with_capacity(8);
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let column = column(at);
        match c {
            _ if c.is_whitespace() => at += 1,
            '(' => {
                tokens.push(Lexed { token: Token::Open, column });
                at += 1;
            }
            '|' => {
                tokens.push(Lexed { token: Token::Bar, column });
                at += 1;
            }
            ')' => {
                let optional = chars.get(at + 1) == Some(&'?');
                tokens.push(Lexed { token: Token::Close { optional }, column });
                at = after_group(&chars, at + 1 + usize::from(optional))?;
            }
            _ => {
                let (written, end) = word(&chars, at)?;
                tokens.push(Lexed { token: operator_or_word(written, column)?, column });
                at = end;
            }
        }
    }
    Ok(tokens)
}

fn column(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// A hyphen joins a group to the next word as a space does: `(multi|inter)-agency`. Nothing else may touch it.
fn after_group(chars: &[char], at: usize) -> Result<usize, PatternError> {
    match chars.get(at) {
        None | Some('(' | ')' | '|') => Ok(at),
        Some('-') if chars.get(at + 1).is_some_and(|c| !c.is_whitespace()) => Ok(at + 1),
        Some(c) if c.is_whitespace() => Ok(at),
        Some(_) => Err(PatternError::new(
            column(at),
            format!("goes on without a space after a group, at column {}", column(at)),
            "a group stands for whole words: write the words out, as in (funding|funder), or put a space",
        )),
    }
}

/// The word that begins at `at`, and where it ends.
fn word(chars: &[char], mut at: usize) -> Result<(Vec<Written>, usize), PatternError> {
    let start = at;
    let mut written = Vec::with_capacity(16);
    let mut in_class = false;
    while let Some(&c) = chars.get(at) {
        match c {
            _ if c.is_whitespace() && !in_class => break,
            ')' | '|' if !in_class => break,
            '(' if !in_class => {
                // `multi-(agency|disciplinary)`: the hyphen joins as a space does.
                if written.len() > 1 && written.last() == Some(&('-', false)) {
                    written.pop();
                    break;
                }
                return Err(word_meets_group(chars[start], column(at)));
            }
            '\\' => {
                at += 1;
                let Some(&literal) = chars.get(at) else {
                    return Err(PatternError::new(
                        column(at - 1),
                        "ends in a backslash",
                        r"write \\ to mean the sign itself",
                    ));
                };
                written.push((literal, true));
            }
            _ => {
                in_class = (in_class && c != ']') || c == '[';
                written.push((c, false));
            }
        }
        at += 1;
    }
    Ok((written, at))
}

fn word_meets_group(first: char, column: u32) -> PatternError {
    let hint = match first {
        '=' => "write = before each word of the group: (=leading|=led)",
        '@' => "put a space between the list and the group",
        _ => "a group stands for whole words: write the words out, as in (funding|funder), or put a space",
    };
    PatternError::new(column, format!("opens a group inside a word at column {column}"), hint)
}

fn operator_or_word(written: Vec<Written>, column: u32) -> Result<Token, PatternError> {
    if written.iter().any(|&(_, escaped)| escaped) {
        return Ok(Token::Word(written));
    }
    let text: String = written.iter().map(|&(c, _)| c).collect();
    let (name, distance) = match text.split_once('/') {
        Some((name, distance)) => (name, Some(distance)),
        None => (text.as_str(), None),
    };
    match (name, distance) {
        ("NEAR" | "BEFORE", _) => {
            let gap = gap(name, distance, column)?;
            Ok(Token::Near { gap, ordered: name == "BEFORE" })
        }
        ("UNLESS", None) => Ok(Token::Unless),
        ("UNLESS", Some(_)) => Err(PatternError::new(
            column,
            "gives UNLESS a distance",
            "write UNLESS alone: it asks whether a hit is covered",
        )),
        ("OR", None) => Err(foreign(name, column, "write alternatives as (a|b), or as patterns of their own")),
        ("AND", None) => Err(foreign(name, column, "write the widest gap in tokens, as in a NEAR/10 b")),
        ("NOT", None) => {
            Err(foreign(name, column, "write what must not cover the hit, as in culture UNLESS pop culture"))
        }
        _ => Ok(Token::Word(written)),
    }
}

fn gap(name: &str, distance: Option<&str>, column: u32) -> Result<u32, PatternError> {
    let hint = format!("write the widest gap in tokens, as in \"wait* {name}/3 hour\"");
    match distance {
        None | Some("") => Err(PatternError::new(column, "gives no distance", hint)),
        Some(digits) => match digits.parse::<u32>() {
            Ok(gap) if gap <= MAX_GAP => Ok(gap),
            Ok(_) => Err(PatternError::new(column, format!("gives a distance over {MAX_GAP}"), hint)),
            Err(_) => {
                Err(PatternError::new(column, format!("gives the distance \"{digits}\", which is no number"), hint))
            }
        },
    }
}

fn foreign(name: &str, column: u32, instead: &str) -> PatternError {
    PatternError::new(
        column,
        format!("uses {name} at column {column}, which is no operator here"),
        format!("{instead}; to mean the word, write it in lower case"),
    )
}
