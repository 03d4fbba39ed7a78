//! The authors of a cited work, as they are written.

/// First and second author, and whether there are more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Authors {
    pub(super) first: String,
    pub(super) second: Option<String>,
    pub(super) et_al: bool,
}

/// Small words that belong to a surname when a capital follows.
const PARTICLES: [&str; 20] = [
    "van", "von", "de", "der", "den", "du", "la", "le", "di", "da", "del", "della", "dos", "ten", "ter", "al", "el",
    "bin", "ibn", "af",
];

/// Small words inside the name of a body.
const IN_BODIES: [&str; 5] = ["for", "of", "on", "the", "in"];

/// Words with a capital that are no name, where they come first.
const OPENERS: [&str; 64] = [
    "A",
    "About",
    "According",
    "After",
    "Again",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Before",
    "Between",
    "Both",
    "But",
    "By",
    "Cf",
    "Citing",
    "Compare",
    "Comparing",
    "Drawing",
    "During",
    "Earlier",
    "Elsewhere",
    "Equally",
    "Following",
    "For",
    "From",
    "Further",
    "Furthermore",
    "Hence",
    "However",
    "If",
    "In",
    "Indeed",
    "Later",
    "Like",
    "Likewise",
    "More",
    "Moreover",
    "Namely",
    "Nor",
    "On",
    "Only",
    "Or",
    "Our",
    "Recently",
    "See",
    "Similarly",
    "Since",
    "So",
    "That",
    "The",
    "Their",
    "These",
    "This",
    "Though",
    "Thus",
    "To",
    "Unlike",
    "When",
    "While",
    "With",
];

/// Words that a year follows without a work being cited.
const NO_AUTHORS: [&str; 40] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Spring",
    "Summer",
    "Autumn",
    "Winter",
    "Easter",
    "Christmas",
    "Act",
    "Acts",
    "Bill",
    "Order",
    "Regulations",
    "Table",
    "Figure",
    "Fig",
    "Chapter",
    "Section",
    "Appendix",
    "Volume",
    "Vol",
    "Phase",
    "Wave",
    "Year",
    "Since",
    "During",
    "Census",
    "Election",
    "Annex",
    "Box",
];

/// Reads a list of authors: "Sloper", "van Eyk & Baum", "Atkinson et al.", "Cameron, Lart and Harrison", "Audit Scotland".
///
/// Words before the first name ("see also", "e.g.") are passed over. `None` where what is left is no list of names.
pub(super) fn authors(written: &str) -> Option<Authors> {
    let written = written.trim_matches(|c: char| c.is_whitespace() || ",;:([".contains(c));
    let words: Vec<&str> = written.split_whitespace().collect();
    let start = words.iter().enumerate().position(|(w, _)| begins_name(&words[w..]))?;
    let (words, others) = without_others(&words[start..]);
    let body = words.iter().any(|word| IN_BODIES.contains(word));
    let mut names: Vec<String> = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    for word in words {
        let joins = matches!(*word, "and" | "&");
        if joins && !body {
            push(&mut names, &mut name)?;
            continue;
        }
        let bare = word.trim_end_matches(',');
        if !joins && !is_initials(bare) {
            if !(is_name(bare) || PARTICLES.contains(&bare) || (body && IN_BODIES.contains(&bare))) {
                return None;
            }
            name.push(bare);
        } else if joins {
            name.push(word);
        }
        if word.ends_with(',') && !body {
            push(&mut names, &mut name)?;
        }
    }
    push(&mut names, &mut name)?;
    let et_al = others || names.len() > 2;
    let mut names = names.into_iter();
    let first = names.next()?;
    Some(Authors { first, second: names.next().filter(|_| !et_al), et_al })
}

/// The end of `before` that names authors: what stands before a year in brackets.
pub(super) fn authors_before(before: &str) -> Option<Authors> {
    let before = before.trim_end();
    let before = ["'s", "’s", "'", "’"].iter().find_map(|end| before.strip_suffix(end)).unwrap_or(before);
    let words: Vec<&str> = before.split_whitespace().collect();
    let (named, others) = without_others(&words);
    let mut start = named.len();
    let mut lists = false;
    while start > 0 && named.len() - start < 12 {
        let word = named[start - 1];
        let joins = matches!(word, "and" | "&") || IN_BODIES.contains(&word) || PARTICLES.contains(&word);
        let ends_here = word.ends_with([';', ':', '.', ')', ']', '"', '”']) && !is_initials(word.trim_end_matches(','));
        let comma = word.ends_with(',') && start < named.len();
        let is_part = is_name(word.trim_end_matches(',')) || is_initials(word.trim_end_matches(','));
        if !(joins && start < named.len() || is_part) || ends_here || (comma && !lists) {
            break;
        }
        lists |= matches!(word, "and" | "&");
        start -= 1;
    }
    let mut named = &named[start..];
    // What opens a sentence or clause is no author: the word alone, and after "in" all of it up to a comma.
    let opens = |word: &str| OPENERS.contains(&word) || IN_BODIES.contains(&word);
    while let Some(first) = named.first().filter(|word| opens(word.trim_end_matches(','))) {
        let comma = named.iter().position(|word| word.ends_with(',')).filter(|_| matches!(*first, "In" | "in"));
        named = &named[comma.map_or(1, |end| end + 1)..];
    }
    let found = authors(&named.join(" "))?;
    Some(Authors { second: found.second.filter(|_| !others), et_al: found.et_al || others, ..found })
}

/// Cuts "et al.", "and colleagues" and the like from the end.
fn without_others<'a, 'b>(words: &'a [&'b str]) -> (&'a [&'b str], bool) {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let n = words.len();
    let last = words.last().map(|word| plain(word)).unwrap_or_default();
    if n > 1 && last == "al" && plain(words[n - 2]) == "et" {
        return (&words[..n - 2], true);
    }
    if matches!(last.as_str(), "colleagues" | "others" | "co-workers" | "associates") {
        let joined = words.iter().rposition(|word| matches!(*word, "and" | "&")).filter(|&at| at + 4 > n && at > 0);
        return joined.map_or((words, false), |at| (&words[..at], true));
    }
    (words, false)
}

/// Closes a name. What no work is cited by is refused.
fn push(names: &mut Vec<String>, name: &mut Vec<&str>) -> Option<()> {
    let Some(last) = name.last() else { return Some(()) };
    if NO_AUTHORS.contains(last) || name.len() > 9 || !name.iter().any(|word| is_name(word)) {
        return None;
    }
    names.push(name.join(" "));
    name.clear();
    Some(())
}

/// Whether a name begins here: with a capital, or with small words that belong to one ("van der Vlugt").
fn begins_name(words: &[&str]) -> bool {
    let n_particles = words.iter().take_while(|word| PARTICLES.contains(word)).count();
    let Some(bare) = words.get(n_particles).map(|word| word.trim_end_matches(',')) else { return false };
    is_name(bare) && (n_particles > 0 || !OPENERS.contains(&bare.trim_end_matches('.')))
}

/// A word with a capital: letters, hyphens and apostrophes, at least two; or several such with strokes ("Treasury/DfES").
pub(super) fn is_name(word: &str) -> bool {
    if let Some((one, other)) = word.split_once('/') {
        return is_name(one) && is_name(other);
    }
    let word = word.trim_start_matches("d'").trim_start_matches("d’");
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let letters = word.chars().all(|c| c.is_alphabetic() || "-'’‐".contains(c));
    capital && letters && word.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// A small word that belongs to a surname.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Initials: "P", "P.", "J.K.", "J.-P.".
pub(super) fn is_initials(word: &str) -> bool {
    let n_letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let plain = word.chars().all(|c| c.is_uppercase() || c == '.' || c == '-');
    plain && (n_letters == 1 || (word.contains('.') && (1..=4).contains(&n_letters)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Option<Authors>) -> String {
        let Some(found) = found else { return String::new() };
        let second = found.second.map(|second| format!(" + {second}")).unwrap_or_default();
        format!("{}{second}{}", found.first, if found.et_al { " +++" } else { "" })
    }

    #[track_caller]
    fn check(read: fn(&str) -> Option<Authors>, rows: &[(&str, &str)]) {
        let wrong: Vec<_> =
            rows.iter().map(|row| (row.0, row.1, said(read(row.0)))).filter(|row| row.1 != row.2).collect();
        assert!(wrong.is_empty(), "written, wanted, got: {wrong:#?}");
    }

    #[test]
    fn lists_of_authors_are_read() {
        check(
            authors,
            &[
                ("Sloper", "Sloper"),
                ("see also Sloper,", "Sloper"),
                ("e.g. van Eyk & Baum", "van Eyk + Baum"),
                ("see van der Vlugt", "van der Vlugt"),
                ("HM Treasury/DfES", "HM Treasury/DfES"),
                ("Atkinson et al.,", "Atkinson +++"),
                ("Atkinson and colleagues", "Atkinson +++"),
                ("Cameron, Lart and Harrison", "Cameron +++"),
                ("Glisson and Hemmelgarn", "Glisson + Hemmelgarn"),
                ("Sloper, P.", "Sloper"),
                ("Audit Scotland", "Audit Scotland"),
                ("Department for Education and Skills", "Department for Education and Skills"),
                ("HMIe", "HMIe"),
                ("O’Brien", "O’Brien"),
                ("Maslin-Prothero and Bennion", "Maslin-Prothero + Bennion"),
            ],
        );
    }

    #[test]
    fn what_is_no_list_of_authors_is_refused() {
        check(
            authors,
            &[
                ("in", ""),
                ("since April", ""),
                ("Children Act", ""),
                ("launched", ""),
                ("Sure Start areas since", ""),
                ("", ""),
            ],
        );
    }

    #[test]
    fn authors_are_found_before_their_year() {
        check(
            authors_before,
            &[
                ("The review by Sloper", "Sloper"),
                ("In Scotland, Sloper and Jones", "Sloper + Jones"),
                ("In Sloper", "Sloper"),
                ("two teams in England, Maslin-Prothero and Bennion", "Maslin-Prothero + Bennion"),
                ("work of Cameron, Lart and Harrison", "Cameron +++"),
                ("However, Sloper", "Sloper"),
                ("as Atkinson et al.", "Atkinson +++"),
                ("work of Wilkin and her colleagues", "Wilkin +++"),
                ("Sloper’s", "Sloper"),
                ("found by van Eyk and Baum", "van Eyk + Baum"),
                ("that Cameron, Lart and Harrison", "Cameron +++"),
                ("the Department for Education and Skills", "Department for Education and Skills"),
                ("the Scottish Executive", "Scottish Executive"),
                ("It was over. Sloper", "Sloper"),
                ("the study", ""),
                ("the Children Act", ""),
            ],
        );
    }
}
