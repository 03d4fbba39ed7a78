use super::glob::Glob;
use super::*;
use proptest::prelude::*;

/// A spelling that anyone can follow: lower case, letters, digits and apostrophes make words, and -ing, -ed and -s come off.
pub(in super::super) struct PlainSpelling;

pub(in super::super) fn plain_stem(surface: &str) -> &str {
    ["ing", "ed", "s"].iter().find_map(|end| surface.strip_suffix(end).filter(|s| s.len() > 1)).unwrap_or(surface)
}

impl Spelling for PlainSpelling {
    fn cut(&mut self, literal: &str) -> Vec<Cut> {
        let folded = self.fold(literal);
        let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
        words.map(|word| Cut { surface: word.to_owned(), stems: vec![plain_stem(word).into()] }).collect()
    }

    fn fold(&self, piece: &str) -> String {
        piece.to_lowercase().replace('’', "'")
    }
}

/// An expression in full parentheses, so that a test can be read.
fn show(expr: &Expr) -> String {
    let all = |parts: &[Expr], between: &str| parts.iter().map(show).collect::<Vec<_>>().join(between);
    match expr {
        Expr::Word(Atom::Stem(stems)) => stems.join("/"),
        Expr::Word(Atom::Exact(surface)) => format!("={surface}"),
        Expr::Word(Atom::Glob(glob)) => format!("g:{}", glob.sample('_', "_")),
        Expr::Any => "*".to_owned(),
        Expr::Seq(parts) => format!("[{}]", all(parts, " ")),
        Expr::Alt(branches) => format!("({})", all(branches, "|")),
        Expr::Optional(inner) => format!("{}?", show(inner)),
        Expr::Near { left, right, gap, ordered } => {
            format!("<{} {}{gap} {}>", show(left), if *ordered { "B" } else { "N" }, show(right))
        }
        Expr::Unless(left, right) => format!("<{} - {}>", show(left), show(right)),
        Expr::List { name, .. } => format!("@{name}"),
    }
}

#[track_caller]
fn reads(pattern: &str, expected: &str) {
    match parse(pattern, &mut PlainSpelling) {
        Ok(expr) => assert_eq!(show(&expr), expected, "{pattern}"),
        Err(error) => panic!("{pattern}: {error:?}"),
    }
}

#[track_caller]
fn fails(pattern: &str, column: u32, what: &str, hint: &str) {
    let error = parse(pattern, &mut PlainSpelling).expect_err(pattern);
    assert_eq!((error.column, error.what.as_str()), (column, what), "{pattern}");
    assert!(error.hint.contains(hint), "{pattern}: {}", error.hint);
}

#[test]
fn words_are_folded_and_stemmed_and_cut_as_documents_are() {
    reads("Funding", "fund");
    reads("=Leading", "=leading");
    reads("children’s", "children'");
    reads("multi-agency work", "[multi agency work]");
    reads("education/health", "[education health]");
    reads("Fund* organi?ation*", "[g:fund_ g:organi_ation_]");
    reads("Organi[SZ]ation", "g:organi_ation");
    reads("=multi-agency", "=multi-agency");
    reads("lack * funds", "[lack * fund]");
    reads(r"\NEAR \=a \@b c\*", "[near a b c]");
}

#[test]
fn precedence_is_word_phrase_near_unless_bar() {
    reads("a b NEAR/3 c d", "<[a b] N3 [c d]>");
    reads("a NEAR/3 b BEFORE/2 c", "<<a N3 b> B2 c>");
    reads("a NEAR/1 b UNLESS c d", "<<a N1 b> - [c d]>");
    reads("a UNLESS b UNLESS c", "<<a - b> - c>");
    reads("a|b c UNLESS d", "(a|<[b c] - d>)");
    reads("(a|b c) d", "[(a|[b c]) d]");
    reads("a (the|an)? b", "[a (the|an)? b]");
    reads("((a|(b)))", "(a|b)");
    reads("(multi|inter)-agency", "[(multi|inter) agency]");
    reads("multi-(agency|disciplinary)", "[multi (agency|disciplinary)]");
    reads("@lack of fund*", "[@lack of g:fund_]");
}

#[test]
fn an_error_names_its_column_and_the_mend() {
    fails("wait* NEAR hour", 7, "gives no distance", "\"wait* NEAR/3 hour\"");
    fails("wait* BEFORE/ hour", 7, "gives no distance", "BEFORE/3");
    fails("a NEAR/x b", 3, "gives the distance \"x\", which is no number", "NEAR/3");
    fails("a NEAR/1001 b", 3, "gives a distance over 1000", "widest gap");
    fails("a NEAR/2", 3, "has nothing to the right of NEAR or BEFORE at column 3", "both sides");
    fails("NEAR/2 b", 1, "has nothing to the left of NEAR or BEFORE at column 1", "both sides");
    fails("UNLESS b", 1, "has nothing to the left of UNLESS at column 1", "to the left");
    fails("b UNLESS", 3, "has nothing to the right of UNLESS at column 3", "cover");
    fails("x (a|b", 3, "opens a group at column 3 that is never closed", "missing )");
    fails("a) b", 2, "closes a group at column 2 that was never opened", r"\)");
    fails("a ()", 4, "has an empty group at column 4", "words");
    fails("(a|)", 3, "has an empty alternative at column 3", "(word)?");
    fails("(|a)", 2, "has an empty alternative at column 2", "|");
    fails("fund(ing|s)", 5, "opens a group inside a word at column 5", "whole words");
    fails("=(a|b)", 2, "opens a group inside a word at column 2", "(=leading|=led)");
    fails("(a|b)c", 6, "goes on without a space after a group, at column 6", "space");
    fails("\"lack of\"", 1, "has a quotation mark at column 1", "phrase");
    fails("a AND b", 3, "uses AND at column 3, which is no operator here", "NEAR/10");
    fails("a OR b", 3, "uses OR at column 3, which is no operator here", "(a|b)");
    fails("cost & fund", 6, "has no word in \"&\" at column 6", "letters");
    fails("=lead*", 1, "puts = before a glob at column 1", "never stems");
    fails("and/or*", 1, "can never meet \"and/or*\" at column 1, which is not one word", "one by one");
    fails("=and/or", 1, "can never meet \"and/or\" at column 1, which is not one word", "one by one");
    fails("organi[sz", 7, "opens a class of characters that is never closed at column 7", r"\[");
    fails("organi[]e", 7, "has an empty class of characters at column 7", "organi[sz]ation");
    fails("b[z-a]", 2, "has a range that runs backwards at column 2", "characters");
    fails("@ lack", 1, "names no list after the @ at column 1", "@barrier");
    fails("   ", 0, "is empty", "word");
    fails("a\\", 2, "ends in a backslash", r"\\");
    fails(&"(".repeat(100_000), 201, "has more than 200 groups and operators", "split");
}

/// Whether `surface` fits, by trying everything.
fn fits(pieces: &[super::glob::Piece], surface: &[char]) -> bool {
    use super::glob::Piece;
    match (pieces, surface) {
        ([], rest) => rest.is_empty(),
        ([Piece::Run, tail @ ..], rest) => (0..=rest.len()).any(|n| fits(tail, &rest[n..])),
        ([Piece::Char(wanted), tail @ ..], [met, rest @ ..]) => wanted == met && fits(tail, rest),
        ([Piece::One, tail @ ..], [_, rest @ ..]) => fits(tail, rest),
        ([Piece::Set { negated, ranges }, tail @ ..], [met, rest @ ..]) => {
            ranges.iter().any(|(low, high)| low <= met && met <= high) != *negated && fits(tail, rest)
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn a_glob_fits_what_trying_everything_fits(
        glob in r"([abé]|\*|\?|\[ab\]|\[!a\]|\[b-é\]){1,7}",
        surface in "[abcé]{0,9}",
    ) {
        if let Ok(Expr::Word(Atom::Glob(glob))) = parse(&glob, &mut PlainSpelling) {
            let chars: Vec<char> = surface.chars().collect();
            prop_assert_eq!(glob.matches(&surface), fits(&glob.0, &chars));
        }
    }

    #[test]
    fn no_input_makes_the_reader_panic(pattern in r"([a-z ]|[()|?*=@\\\[\]/!^&-]|NEAR/2|UNLESS|é|\PC){0,24}") {
        let _ = parse(&pattern, &mut PlainSpelling);
    }
}

#[test]
fn a_glob_of_many_stars_is_not_slow() {
    let pattern = format!("{}b", "a*".repeat(50));
    let Ok(Expr::Word(Atom::Glob(glob))) = parse(&pattern, &mut PlainSpelling) else { panic!("no glob") };
    let glob: Glob = glob;
    assert!(!glob.matches(&"a".repeat(20_000)));
}
