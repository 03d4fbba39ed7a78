//! Entries of other programs in our pattern language, and back.
//!
//! Other programs never stem: a bare word becomes `=word`, a word with `*` a glob. `_` joins words as a space does.

use super::super::foreign::{Entry, Reading};

/// Why an entry cannot be said; lower case, no full stop.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal(pub String);

fn refuse<T>(reason: &str) -> Result<T, Refusal> {
    Err(Refusal(reason.to_owned()))
}

/// What `entry` says, as a pattern. `category` gives the id of the theme that a rule names.
pub(super) fn pattern(entry: &Entry, category: &dyn Fn(&str) -> Option<String>) -> Result<String, Refusal> {
    match entry.reading {
        Reading::Ours => Ok(entry.text.clone()),
        Reading::Star => phrase(&entry.text, "*"),
        Reading::Glob => phrase(&entry.text, "*?"),
        Reading::Regex if entry.text.chars().all(|c| c.is_alphanumeric()) => phrase(&format!("*{}*", entry.text), "*"),
        Reading::Regex => refuse("a regular expression cannot be said as a pattern"),
        Reading::Rule => read_rule(&entry.text, category),
    }
}

fn phrase(text: &str, wild: &str) -> Result<String, Refusal> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == '_')
        .filter(|word| word.contains('*') || word.contains(char::is_alphanumeric))
        .map(|word| said(word, wild))
        .collect();
    match words.is_empty() {
        true => refuse("holds no word: only letters and digits make words"),
        false => Ok(words.join(" ")),
    }
}

fn said(word: &str, wild: &str) -> String {
    let is_wild = |c: char| wild.contains(c);
    let word = match word.contains(is_wild) {
        true => word,
        // Signs at the ends of a word are no part of a token.
        false => word.trim_matches(|c: char| !c.is_alphanumeric()),
    };
    let mut out = String::from(if word.contains(is_wild) { "" } else { "=" });
    for c in word.chars() {
        if !is_wild(c)
            && (matches!(c, '(' | ')' | '|' | '\\' | '"' | '[' | ']' | '*' | '?')
                || (out.is_empty() && "=@".contains(c)))
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `@NAME [A NOT AFTER B /S n]` as a pattern of ours.
fn read_rule(text: &str, category: &dyn Fn(&str) -> Option<String>) -> Result<String, Refusal> {
    let shape = "a rule that is not of the form [A AFTER|BEFORE|NEAR B /S n] cannot be said";
    let Some((_, body)) = text.strip_suffix(']').and_then(|text| text.split_once('[')) else { return refuse(shape) };
    let (operation, gap) = match body.rsplit_once('/') {
        None => return refuse("a rule without a distance cannot be said: our distances are in tokens"),
        Some((operation, scope)) => {
            let scope = scope.trim();
            let number = scope.strip_prefix(['S', 's']).unwrap_or(scope).trim();
            match number.parse::<u32>() {
                Ok(gap) => (operation, gap),
                Err(_) => return refuse("a rule that reaches past the sentence, or gives no distance, cannot be said"),
            }
        }
    };
    let words: Vec<&str> = operation.split_whitespace().collect();
    let operators: Vec<usize> =
        (0..words.len()).filter(|at| matches!(words[*at], "AFTER" | "BEFORE" | "NEAR" | "AND" | "OR")).collect();
    let [at] = operators.as_slice() else { return refuse(shape) };
    let negated = *at > 0 && words[at - 1] == "NOT";
    let left = operand(&words[..at - usize::from(negated)], category)?;
    let right = operand(&words[at + 1..], category)?;
    let together = match words[*at] {
        "AFTER" => format!("{right} BEFORE/{gap} {left}"),
        "BEFORE" => format!("{left} BEFORE/{gap} {right}"),
        "NEAR" => format!("{left} NEAR/{gap} {right}"),
        _ => return refuse(shape),
    };
    Ok(if negated { format!("{left} UNLESS ({together})") } else { together })
}

fn operand(words: &[&str], category: &dyn Fn(&str) -> Option<String>) -> Result<String, Refusal> {
    match words {
        [] => refuse("a rule with nothing on one side cannot be said"),
        [one] if one.starts_with('#') => match category(&one[1..]) {
            Some(id) => Ok(format!("@{id}")),
            None => Err(Refusal(format!("the rule names {one}, which is no category of the file"))),
        },
        words => phrase(&words.join(" "), "*?"),
    }
}

/// The rule of WordStat that says what a pattern of ours says, where there is one: `[A AFTER B /S n]`.
pub(super) fn rule(pattern: &str) -> Option<String> {
    let (main, covered) = match pattern.split_once(" UNLESS (") {
        Some((main, rest)) => (Some(main), rest.strip_suffix(')')?),
        None => (None, pattern),
    };
    let parts: Vec<&str> = covered.split(' ').collect();
    let mut operators =
        (0..parts.len()).filter(|at| parts[*at].starts_with("NEAR/") || parts[*at].starts_with("BEFORE/"));
    let at = operators.next().filter(|_| operators.next().is_none())?;
    let (operator, gap) = parts[at].split_once('/')?;
    let (first, second) = (parts[..at].join(" "), parts[at + 1..].join(" "));
    let (left, operator, right) = match (main, operator) {
        (None, operator) => (first, operator.to_owned(), second),
        (Some(main), "BEFORE") if main == second => (second, "NOT AFTER".to_owned(), first),
        (Some(main), operator) if main == first => (first, format!("NOT {operator}"), second),
        _ => return None,
    };
    Some(format!("[{} {operator} {} /S {gap}]", side(&left)?, side(&right)?))
}

fn side(operand: &str) -> Option<String> {
    match operand.strip_prefix('@') {
        Some(id) => Some(format!("#{}", id.rsplit('.').next()?.to_uppercase())),
        None => words(operand).ok().filter(|words| words.reason.is_none()).map(|words| words.text.replace(' ', "_")),
    }
}

/// What a pattern says in bare words and wildcards, and what of it is lost so.
#[derive(Debug, PartialEq)]
pub(super) struct Words {
    pub text: String,
    pub reason: Option<String>,
}

/// A pattern of ours without alternatives, gaps and lists, in bare words.
pub(super) fn words(pattern: &str) -> Result<Words, Refusal> {
    let (mut out, mut stemmed) = (Vec::new(), false);
    for word in pattern.split_whitespace() {
        if word.starts_with("NEAR/") || word.starts_with("BEFORE/") || word == "UNLESS" {
            return refuse("the format has no distances and no exceptions");
        }
        if word.starts_with('@') {
            return refuse("the format has no lists that are named");
        }
        let (mut bare, mut wild) = (String::new(), false);
        let mut chars = word.strip_prefix('=').unwrap_or(word).chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => bare.extend(chars.next()),
                '(' | ')' | '|' | '[' => return refuse("the format has no alternatives and no character classes"),
                c => {
                    wild |= matches!(c, '*' | '?');
                    bare.push(c);
                }
            }
        }
        stemmed |= !wild && !word.starts_with('=');
        out.push(bare);
    }
    let reason = "its stem is lost: meets the words as they stand".to_owned();
    Ok(Words { text: out.join(" "), reason: stemmed.then_some(reason) })
}
