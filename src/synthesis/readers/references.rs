//! What the numbers of a numbered reference list stand for.

use super::super::evidence::CitedWork;
use super::authors::authors;
use crate::corpus::SectionKind;
use crate::index::Content;
use std::collections::BTreeMap;

/// The works of a document's reference list by number: entries that start "3. Sloper P. … 2004 …" or "[3] Sloper …".
pub(super) fn numbered(content: &Content) -> BTreeMap<u32, CitedWork> {
    let lists = content.sections.iter().filter(|section| section.kind == SectionKind::References);
    let lines = lists.flat_map(|section| section.span.of(&content.text).lines());
    lines.filter_map(entry).collect()
}

fn entry(line: &str) -> Option<(u32, CitedWork)> {
    let line = line.trim_start().trim_start_matches('[');
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = line.get(..digits)?.parse::<u32>().ok().filter(|n| (1..1000).contains(n))?;
    let rest = line[digits..].strip_prefix(['.', ')', ']'])?.trim_start_matches(['.', ' ', '\t']);
    // The first author ends at a comma, at a full stop or at the year.
    let end = rest.find([',', '(', ';', '0', '1', '2']).unwrap_or(rest.len());
    let author = authors(rest[..end].split(". ").next()?.trim_end_matches('.'))?.first;
    Some((number, CitedWork { author, year: Some(year(&rest[end..])?), ..CitedWork::default() }))
}

/// The first four digits that can be a year.
fn year(text: &str) -> Option<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).find(|year| (1800..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_a_numbered_list_are_read() {
        let said = |line: &str| entry(line).map(|(n, work)| format!("{n} {} {}", work.author, work.year.unwrap()));
        assert_eq!(
            said("3. Sloper P. Facilitators and barriers. Child Care Health Dev. 2004;30:571-80."),
            Some("3 Sloper 2004".into())
        );
        assert_eq!(said("[12] Atkinson, M., Wilkin, A. (2001) Multi-agency working."), Some("12 Atkinson 2001".into()));
        assert_eq!(said("7) Scottish Executive (2005). Getting it right."), Some("7 Scottish Executive 2005".into()));
        assert_eq!(said("Sloper P. 2004"), None);
        assert_eq!(said("4. No year is given here"), None);
    }
}
