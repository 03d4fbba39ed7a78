//! Reads a pattern: precedence from tight to loose is word, phrase, `NEAR` and `BEFORE`, `UNLESS`, `|`.

use super::expr::{Expr, PatternError};
use super::lex::{Lexed, Token, lex};
use super::spelling::Spelling;
use super::word;

/// Groups and operators in one pattern; more than anyone writes, and few enough never to exhaust the stack.
const MAX_DEPTH: u32 = 200;

/// The expression that `text` spells.
pub(in super::super) fn parse(text: &str, spelling: &mut dyn Spelling) -> Result<Expr, PatternError> {
    let tokens = lex(text)?;
    if tokens.is_empty() {
        return Err(PatternError::new(0, "is empty", "write a word, or take the line out"));
    }
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, spelling };
    let expr = parser.alternatives()?;
    match parser.tokens.get(parser.at) {
        None => Ok(expr),
        // Only a closing parenthesis stops `alternatives` before the end.
        Some(extra) => Err(PatternError::new(
            extra.column,
            format!("closes a group at column {} that was never opened", extra.column),
            r"take the ) out, or write \) to mean the sign itself",
        )),
    }
}

struct Parser<'a> {
    tokens: &'a [Lexed],
    at: usize,
    depth: u32,
    spelling: &'a mut dyn Spelling,
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Result<Expr, PatternError> {
        let mut branches = vec![self.unless()?];
        while self.take(&Token::Bar).is_some() {
            branches.push(self.unless()?);
        }
        Ok(Expr::alt(branches))
    }

    fn unless(&mut self) -> Result<Expr, PatternError> {
        let mut left = self.near()?;
        while let Some(column) = self.take(&Token::Unless) {
            self.deeper(column)?;
            left = Expr::Unless(Box::new(left), Box::new(self.near()?));
        }
        Ok(left)
    }

    fn near(&mut self) -> Result<Expr, PatternError> {
        let mut left = self.phrase()?;
        while let Some(&Lexed { token: Token::Near { gap, ordered }, column }) = self.tokens.get(self.at) {
            self.at += 1;
            self.deeper(column)?;
            let right = Box::new(self.phrase()?);
            left = Expr::Near { left: Box::new(left), right, gap, ordered };
        }
        Ok(left)
    }

    fn phrase(&mut self) -> Result<Expr, PatternError> {
        let mut parts = Vec::new();
        while let Some(lexed) = self.tokens.get(self.at) {
            match &lexed.token {
                Token::Open => parts.push(self.group(lexed.column)?),
                Token::Word(written) => {
                    self.at += 1;
                    match word::read(written, lexed.column, self.spelling)? {
                        Expr::Seq(words) => parts.extend(words),
                        word => parts.push(word),
                    }
                }
                _ => break,
            }
        }
        if parts.is_empty() { Err(self.missing()) } else { Ok(Expr::seq(parts)) }
    }

    fn group(&mut self, column: u32) -> Result<Expr, PatternError> {
        self.at += 1;
        self.deeper(column)?;
        let inner = self.alternatives()?;
        match self.tokens.get(self.at).map(|lexed| &lexed.token) {
            Some(Token::Close { optional }) => {
                self.at += 1;
                Ok(if *optional { Expr::Optional(Box::new(inner)) } else { inner })
            }
            _ => Err(unclosed(column)),
        }
    }

    fn take(&mut self, wanted: &Token) -> Option<u32> {
        let lexed = self.tokens.get(self.at).filter(|lexed| lexed.token == *wanted)?;
        self.at += 1;
        Some(lexed.column)
    }

    /// Depth is never given back: it bounds the whole pattern, chains of operators included.
    fn deeper(&mut self, column: u32) -> Result<(), PatternError> {
        self.depth += 1;
        if self.depth <= MAX_DEPTH {
            return Ok(());
        }
        let what = format!("has more than {MAX_DEPTH} groups and operators");
        Err(PatternError::new(column, what, "split it into several patterns"))
    }

    /// What is missing where a phrase should stand.
    fn missing(&self) -> PatternError {
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        let here = self.tokens.get(self.at);
        let is_operator = |lexed: &&Lexed| matches!(lexed.token, Token::Bar | Token::Near { .. } | Token::Unless);
        let column = before.filter(is_operator).or(here).or(before).map_or(0, |lexed| lexed.column);
        let (what, hint) = match (before.map(|b| &b.token), here.map(|h| &h.token)) {
            (Some(Token::Open), None) => return unclosed(column),
            (Some(Token::Bar), _) | (_, Some(Token::Bar)) => (
                "has an empty alternative",
                "write a word on both sides of |, or (word)? for a word that may be missing",
            ),
            (Some(Token::Unless), _) => ("has nothing to the right of UNLESS", "write what must not cover the hit"),
            (Some(Token::Near { .. }), _) => {
                ("has nothing to the right of NEAR or BEFORE", "write a word on both sides")
            }
            (_, Some(Token::Near { .. })) => {
                ("has nothing to the left of NEAR or BEFORE", "write a word on both sides")
            }
            (_, Some(Token::Unless)) => {
                ("has nothing to the left of UNLESS", "write what gives a hit to the left of it")
            }
            (Some(Token::Open), _) => ("has an empty group", "write words between ( and )"),
            _ => ("begins with a )", r"take it out, or write \) to mean the sign itself"),
        };
        PatternError::new(column, format!("{what} at column {column}"), hint)
    }
}

fn unclosed(column: u32) -> PatternError {
    let what = format!("opens a group at column {column} that is never closed");
    PatternError::new(column, what, "add the missing )")
}
