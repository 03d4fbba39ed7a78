//! What the numbers of a numbered reference list stand for.

use super::super::evidence::CitedWork;
use super::authors::{authors, is_initials, is_name, is_particle};
use crate::corpus::SectionKind;
use crate::index::Content;
use std::collections::BTreeMap;

/// The works of a document's reference list by number: entries that start "3. Sloper P. … 2004 …", "[3] Sloper …" or
/// "3 Sloper …". Where no entry has a number they are counted: the first is 1.
pub(super) fn numbered(content: &Content) -> BTreeMap<u32, CitedWork> {
    let lists = || content.sections.iter().filter(|section| section.kind == SectionKind::References);
    let heads = || lists().filter_map(|section| section.heading.as_deref()).map(str::trim);
    let lines = lists().flat_map(|section| section.span.of(&content.text).lines()).map(str::trim);
    works(lines.filter(|line| !line.is_empty() && !heads().any(|head| head == *line)))
}

fn works<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> BTreeMap<u32, CitedWork> {
    let found: BTreeMap<u32, CitedWork> =
        lines.clone().filter_map(|line| number(line).and_then(|(n, rest)| Some((n, entry(rest)?)))).collect();
    if !found.is_empty() {
        return found;
    }
    (1..).zip(lines).filter_map(|(n, line)| Some((n, entry(line)?))).collect()
}

/// The number that an entry starts with, and the rest.
fn number(line: &str) -> Option<(u32, &str)> {
    let line = line.trim_start_matches('[');
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = line.get(..digits)?.parse::<u32>().ok().filter(|n| (1..1000).contains(n))?;
    let rest = line[digits..].strip_prefix(['.', ')', ']', ' ', '\t'])?;
    Some((number, rest.trim_start_matches(['.', ')', ']', ' ', '\t'])))
}

/// An entry without its number: the authors up to the year or the title, and the year.
fn entry(rest: &str) -> Option<CitedWork> {
    let (first, second, et_al) = listed(rest)?;
    Some(CitedWork { author: first, second_author: second, et_al, year: Some(year(rest)?), ..CitedWork::default() })
}

/// First and second author of an entry, and whether there are more: "Sloper P, Greco V. Facilitators", "Atkinson, M.,
/// Wilkin, A. and Kinder, K. (2001)", "Szathmary E Jordan F 2001", "Scottish Executive (2005)".
fn listed(entry: &str) -> Option<(String, Option<String>, bool)> {
    let (mut names, mut name, mut et_al): (Vec<String>, Vec<&str>, bool) = (Vec::new(), Vec::new(), false);
    let mut words = entry.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_end_matches([',', ';', '.', ':']);
        let next = words.peek().map_or("", |next| next.trim_end_matches([',', ';', '.', ':']));
        if initials(bare) && !(names.is_empty() && name.is_empty()) {
            close(&mut names, &mut name);
            // A stop after initials ends the list, unless it goes on.
            if word.ends_with('.') && !initials(next) && !matches!(next, "and" | "&" | "et") {
                break;
            }
        } else if matches!(bare, "and" | "&") {
            close(&mut names, &mut name);
        } else if bare == "et" && next == "al" {
            et_al = true;
            break;
        } else if is_name(bare) || is_particle(word) {
            name.push(bare);
            if word.ends_with([',', ';']) && !initials(next) {
                close(&mut names, &mut name);
            } else if word.ends_with('.') {
                break;
            }
        } else {
            break;
        }
    }
    if names.is_empty() {
        // A body, or an author without initials: what stands before the first stop, bracket or year.
        let end = entry.find(['(', ';', '0', '1', '2']).unwrap_or(entry.len());
        return Some((authors(entry[..end].split(". ").next()?.trim_end_matches('.'))?.first, None, false));
    }
    let more = et_al || names.len() > 2;
    let mut names = names.into_iter();
    Some((names.next()?, names.next().filter(|_| !more), more))
}

/// Initials as reference lists write them, "P.", "J.-P." or "AF".
fn initials(word: &str) -> bool {
    is_initials(word) || (1..=3).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

fn close(names: &mut Vec<String>, name: &mut Vec<&str>) {
    if !name.is_empty() {
        names.push(name.join(" "));
        name.clear();
    }
}

/// The first four digits that can be a year.
fn year(text: &str) -> Option<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).find(|year| (1800..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(work: &CitedWork) -> String {
        let second = work.second_author.as_ref().map(|second| format!("+{second}")).unwrap_or_default();
        format!("{}{second}{} {}", work.author, if work.et_al { "+" } else { "" }, work.year.unwrap())
    }

    #[test]
    fn entries_of_a_numbered_list_are_read() {
        for (line, wanted) in [
            ("3. Sloper P. Facilitators and barriers. Child Care Health Dev. 2004;30:571-80.", "3 Sloper 2004"),
            ("[12] Atkinson, M., Wilkin, A. (2001) Multi-agency working.", "12 Atkinson+Wilkin 2001"),
            ("7) Scottish Executive (2005). Getting it right.", "7 Scottish Executive 2005"),
            (
                "1 Fotenos AF, Snyder AZ, Girton LE. Normative estimates. Neurology. 2005;64(6):1032–9.",
                "1 Fotenos+ 2005",
            ),
            ("2 Szathmary E Jordan F 2001 Molecular biology. Science 292", "2 Szathmary+Jordan 2001"),
            ("5. Smith J. Money. J Things. 2004;3:1-2.", "5 Smith 2004"),
            ("6. Smith, J., & van der Vlugt, K. (1999). Budgets.", "6 Smith+van der Vlugt 1999"),
            ("8. Department of Health. Modernising social services. London: DoH; 1998.", "8 Department of Health 1998"),
            ("9. Castellanos FX, Lee PP, et al. Trajectories. JAMA. 2002;288.", "9 Castellanos+ 2002"),
            ("Sloper P. 2004", ""),
            ("4. no year is given here", ""),
        ] {
            let found = number(line).and_then(|(n, rest)| Some(format!("{n} {}", said(&entry(rest)?))));
            assert_eq!(found.unwrap_or_default(), wanted, "{line}");
        }
    }

    #[test]
    fn entries_without_numbers_are_counted() {
        let lines = "Sloper P. Barriers. 2004.\nA page of the web, undated\nBeach DL Bloom K 2001 ASH1 mRNA";
        let found = works(lines.lines());
        assert_eq!(
            found.iter().map(|(n, work)| format!("{n} {}", said(work))).collect::<Vec<_>>(),
            ["1 Sloper 2004", "3 Beach+Bloom 2001"]
        );
    }
}
