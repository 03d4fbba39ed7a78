//! Works cited in running text: author and year, or a number.

use super::super::evidence::CitedWork;
use super::authors::{Authors, authors, authors_before};
use std::ops::Range;

/// The works cited in one sentence, each with the bracket (and for a narrative form the year's bracket) that cites it.
///
/// Read are "(Sloper 2004)", "(see Sloper, 2004a,b; Atkinson et al., 2001, 2002)", "Sloper and Jones (2004)", "[3]",
/// "[3, 5–7]". A year without an author is none.
pub(super) fn cited(sentence: &str) -> Vec<(Range<usize>, CitedWork)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = sentence[from..].find(['(', '[']).map(|at| from + at) {
        let Some(close) = closing(sentence, open) else { break };
        let inner = &sentence[open + 1..close];
        let place = open..close + 1;
        let works = match numbers(inner).filter(|_| sentence.as_bytes()[open] == b'[') {
            Some(numbers) => numbers.map(|n| CitedWork { number: Some(n), ..CitedWork::default() }).collect(),
            None => works(inner, &sentence[..open]),
        };
        found.extend(works.into_iter().map(|work| (place.clone(), work)));
        from = close + 1;
    }
    found
}

/// The bracket that closes the one at `open`; inner pairs are passed over.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The numbers of a numbered citation, "3, 5–7"; `None` where it is none.
fn numbers(inner: &str) -> Option<impl Iterator<Item = u32>> {
    let mut ranges = Vec::new();
    for part in inner.split([',', ';']) {
        let mut ends =
            part.split(['-', '–', '—']).map(|end| end.trim().parse::<u32>().ok().filter(|n| (1..1000).contains(n)));
        let first = ends.next()??;
        let last = match ends.next() {
            Some(last) => last?,
            None => first,
        };
        if ends.next().is_some() || last < first || last - first > 100 {
            return None;
        }
        ranges.push(first..=last);
    }
    Some(ranges.into_iter().flatten())
}

/// The works of one bracket. A year that opens it belongs to whoever is named before it.
fn works(inner: &str, before: &str) -> Vec<CitedWork> {
    let mut works = Vec::new();
    let mut named: Option<Authors> = None;
    let mut at = 0;
    for year in years(inner) {
        let between = inner.get(at..year.place.start).unwrap_or("");
        let first = at == 0;
        at = year.place.end;
        if !between.chars().any(char::is_alphanumeric) {
            named = if first { authors_before(before) } else { named };
        } else if first && is_lead(between) {
            named = authors_before(before);
        } else {
            named = authors(&without_short_name(last_part(between)));
        }
        let Some(authors) = &named else { continue };
        let letters =
            if year.letters.is_empty() { vec![None] } else { year.letters.iter().copied().map(Some).collect() };
        works.extend(letters.into_iter().map(|letter| CitedWork {
            author: authors.first.clone(),
            second_author: authors.second.clone(),
            et_al: authors.et_al,
            year: Some(year.year),
            letter,
            number: None,
        }));
    }
    works
}

/// Whether a bracket opens with small words alone, as in "Sloper (in 2004)"; that is a date and cites nobody, but
/// "Sloper (e.g. 2004)" and "Sloper (see 2004)" do.
fn is_lead(between: &str) -> bool {
    matches!(between.trim().trim_end_matches([',', ':']), "e.g." | "eg" | "see" | "cf." | "for example" | "esp.")
}

/// What follows the last semicolon, and in it the first chunk that a name can start: pages of the work before are passed over.
fn last_part(between: &str) -> &str {
    let part = between.rsplit(';').next().unwrap_or(between);
    let mut rest = part;
    while let Some((chunk, after)) = rest.split_once(',') {
        let names = chunk.split_whitespace().any(|word| word.chars().next().is_some_and(char::is_uppercase));
        if names {
            return rest;
        }
        rest = after;
    }
    rest
}

/// A body without the short name that it is to go by: "World Health Organization [WHO]".
fn without_short_name(named: &str) -> String {
    match (named.find('['), named.find(']')) {
        (Some(open), Some(close)) if open > 0 && open < close => format!("{}{}", &named[..open], &named[close + 1..]),
        _ => named.to_owned(),
    }
}

/// A year with its letters.
struct Year {
    place: Range<usize>,
    year: i32,
    letters: Vec<char>,
}

/// The years of a bracket. One end of a span of years is no year of a work, nor are digits of a longer number.
fn years(inner: &str) -> Vec<Year> {
    let bytes = inner.as_bytes();
    let mut years = Vec::new();
    let mut at = 0;
    while at + 4 <= bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let alone = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || b".-/".contains(&bytes[at - 1]));
        let year = inner[at..at + digits].parse::<i32>().ok().filter(|year| digits == 4 && (1800..2100).contains(year));
        let place = at..at + digits;
        at += digits;
        let Some(year) = year.filter(|_| alone && !is_span(&inner[place.end..])) else { continue };
        let (letters, length) = letters(&inner[place.end..]);
        if inner[place.end + length..].chars().next().is_some_and(char::is_alphanumeric) {
            continue;
        }
        at += length;
        years.push(Year { place: place.start..at, year, letters });
    }
    years
}

/// Whether the year before `after` starts a span, as in "2001–04" and "1991 to 2023".
fn is_span(after: &str) -> bool {
    let rest = after.trim_start().trim_start_matches(['-', '–', '—', '/']);
    let rest = rest.strip_prefix("to ").unwrap_or(rest);
    rest.len() < after.trim_start().len() && rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// The letters behind a year, "a", "a,b", "a & b", and how many bytes they take.
fn letters(after: &str) -> (Vec<char>, usize) {
    let is_letter = |text: &str| {
        let mut chars = text.chars();
        let letter = chars.next().filter(char::is_ascii_lowercase)?;
        (!chars.next().is_some_and(char::is_alphanumeric)).then_some(letter)
    };
    let Some(first) = is_letter(after) else { return (Vec::new(), 0) };
    let (mut letters, mut length) = (vec![first], 1);
    loop {
        let rest = &after[length..];
        let joined = rest.trim_start_matches([',', ' ', '&', '/']);
        match is_letter(joined).filter(|_| joined.len() < rest.len()) {
            Some(letter) => {
                letters.push(letter);
                length += rest.len() - joined.len() + 1;
            }
            None => return (letters, length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sentence: &str) -> Vec<String> {
        let work = |(place, work): (Range<usize>, CitedWork)| {
            assert!(sentence.get(place).is_some());
            let number = work.number.map(|n| format!("#{n}")).unwrap_or_default();
            let year = work.year.map(|year| format!(" {year}")).unwrap_or_default();
            let second = work.second_author.map(|second| format!("+{second}")).unwrap_or_default();
            let more = if work.et_al { "+" } else { "" };
            format!("{number}{}{second}{more}{year}{}", work.author, work.letter.map(String::from).unwrap_or_default())
        };
        cited(sentence).into_iter().map(work).collect()
    }

    #[track_caller]
    fn check(rows: &[(&str, &[&str])]) {
        let wrong: Vec<_> = rows.iter().map(|row| (row.0, row.1, said(row.0))).filter(|row| row.1 != row.2).collect();
        assert!(wrong.is_empty(), "sentence, wanted, got: {wrong:#?}");
    }

    #[test]
    fn brackets_of_authors_and_years() {
        check(&[
            ("Roles matter (Sloper 2004).", &["Sloper 2004"]),
            (
                "Roles matter (see Sloper, 2004a,b; Atkinson et al., 2001, 2002).",
                &["Sloper 2004a", "Sloper 2004b", "Atkinson+ 2001", "Atkinson+ 2002"],
            ),
            (
                "So it is (Glisson & Hemmelgarn, 1998: 404; van Eyk and Baum 2002, p. 5).",
                &["Glisson+Hemmelgarn 1998", "van Eyk+Baum 2002"],
            ),
            ("So it is (Sloper 2004, p. 12, Atkinson 2001).", &["Sloper 2004", "Atkinson 2001"]),
            ("As shown [Sloper 2004].", &["Sloper 2004"]),
            ("Policy (Scottish Executive, 2005; HMIe 2004) was clear.", &["Scottish Executive 2005", "HMIe 2004"]),
            ("A list (Cameron, Lart and Harrison, 2000).", &["Cameron+ 2000"]),
            ("Nested (as Sloper (2004) said).", &["Sloper 2004"]),
            (
                "Policy (World Health Organization [WHO], 2010; HM Treasury/DfES 2005).",
                &["World Health Organization 2010", "HM Treasury/DfES 2005"],
            ),
            (
                "It is so (van der Vlugt 2001; de Souza & McDonald, 2000).",
                &["van der Vlugt 2001", "de Souza+McDonald 2000"],
            ),
            (
                "It is so (Ødegård & Müller-Böling, 2009a, b).",
                &["Ødegård+Müller-Böling 2009a", "Ødegård+Müller-Böling 2009b"],
            ),
        ]);
    }

    #[test]
    fn authors_in_the_sentence_and_years_in_brackets() {
        check(&[
            ("Sloper (2004) found little.", &["Sloper 2004"]),
            (
                "Atkinson et al. (2001, 2002a) and van Eyk and Baum (2002) agree.",
                &["Atkinson+ 2001", "Atkinson+ 2002a", "van Eyk+Baum 2002"],
            ),
            ("Sloper (2004: 571; see also Harbin 1996) found little.", &["Sloper 2004", "Harbin 1996"]),
            ("Sloper’s (2004) review.", &["Sloper 2004"]),
            ("Sloper (e.g. 2004) often said so.", &["Sloper 2004"]),
        ]);
    }

    #[test]
    fn numbered_brackets() {
        check(&[
            ("Roles matter [3].", &["#3"]),
            ("Roles matter [1, 3–5].", &["#1", "#3", "#4", "#5"]),
            ("In [2004] it began.", &[]),
            ("Of these, 12 (3) were funded.", &[]),
            ("He said [sic] so.", &[]),
        ]);
    }

    #[test]
    fn years_that_cite_nobody() {
        check(&[
            ("It ran for years (2001–2004).", &[]),
            ("It began later (in 2004).", &[]),
            ("The Children Act (2004) passed.", &[]),
            ("The law (Children Act 1989) passed.", &[]),
            ("The start (April 2001) was slow.", &[]),
            ("Sure Start (1999 to 2006) ended.", &[]),
            ("A sample (n = 2004) was drawn.", &[]),
            ("Unclosed (Sloper 2004", &[]),
            ("", &[]),
        ]);
    }
}
