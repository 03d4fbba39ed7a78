//! What Ovid adds to the fields of a record: kinds behind titles, degrees and places behind names, volumes behind journals.

/// Takes from the values what does not belong to them, and names the journal or book where only the whole source is given.
pub(super) fn tidy(fields: &mut Vec<(String, String)>) {
    let has_journal = fields.iter().any(|(tag, _)| matches!(tag.as_str(), "JN" | "JT"));
    let source = fields.iter().find(|(tag, _)| tag == "SO").map(|(_, value)| journal(value));
    let tidied = |(tag, value): (String, String)| -> Vec<(String, String)> {
        let values = match tag.as_str() {
            "TI" => vec![title(&value)],
            "AU" | "FA" | "ED" => value.split(';').map(name).filter(|name| !name.is_empty()).collect(),
            "BT" => vec![book(&value)],
            _ => vec![value],
        };
        values.into_iter().map(|value| (tag.clone(), value)).collect()
    };
    *fields = std::mem::take(fields).into_iter().flat_map(tidied).collect();
    if let Some(source) = source.filter(|source| !has_journal && !source.is_empty()) {
        fields.push(("JN".into(), source));
    }
}

/// A title without `[Article]`, `[References].` and the like behind it. One that stands in brackets whole, as a
/// translated one does, keeps them.
fn title(value: &str) -> String {
    let mut title = value.trim();
    while let Some((before, kind)) =
        title.trim_end_matches('.').strip_suffix(']').and_then(|rest| rest.rsplit_once('['))
    {
        let is_kind = kind.starts_with(|c: char| c.is_uppercase()) && kind.split(' ').count() <= 3;
        if !is_kind || before.trim().is_empty() {
            break;
        }
        title = before.trim_end();
    }
    title.to_owned()
}

/// `Last, Given` without degrees and the marks of places: `Peterson, James A. Ph.D., FACSM`, `Ding, Wei 2,+`.
fn name(value: &str) -> String {
    let value = value.trim();
    let value = value.strip_suffix("[Ed]").unwrap_or(value).trim_end();
    let Some((last, given)) = value.split_once(',') else { return value.to_owned() };
    let is_given = |(at, word): &(usize, &str)| {
        let bare = word.trim_end_matches([',', ';', '*', '+']);
        let is_mark = !bare.contains(char::is_alphabetic);
        let is_degree = bare.len() > 1 && bare.chars().filter(|c| c.is_uppercase()).count() > 1 && !is_initials(bare);
        !is_mark && (*at == 0 || !is_degree)
    };
    let given: Vec<&str> = given
        .split_whitespace()
        .enumerate()
        .take_while(is_given)
        .map(|(_, word)| word.trim_end_matches([',', '*', '+']))
        .collect();
    if given.is_empty() { last.to_owned() } else { format!("{last}, {}", given.join(" ")) }
}

/// Whether a word is nothing but single capitals with full stops: `J.C.`, and not `Ph.D`.
fn is_initials(word: &str) -> bool {
    word.ends_with('.') && word.split(['.', '-']).all(|part| part.chars().count() <= 1)
}

/// The journal out of `Journal of Care June 2019;1(6):123-456` or `Journal of Care. 34(5):475-89, 2011 May.`; the book out
/// of `Editor [Ed]. (2012). Title. (pp. 11-31). Publisher`.
fn journal(value: &str) -> String {
    if let Some(book) = value.split_once(" (pp").and_then(|(before, _)| Some(before.split_once("). ")?.1)) {
        return book.trim_end_matches(['.', ' ']).to_owned();
    }
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let dotted = value.match_indices(". ").find(|(at, _)| {
        let after = &value[at + 2..];
        digit(after) || after.starts_with("Vol") || after.starts_with('(')
    });
    if let Some((at, _)) = dotted {
        return value[..at].to_owned();
    }
    let Some((before, _)) = value.split_once(';') else { return value.trim_end_matches('.').to_owned() };
    let words: Vec<&str> = before.split_whitespace().collect();
    let n_kept = words.iter().rposition(|word| !is_date(word)).map_or(0, |at| at + 1);
    words[..n_kept].join(" ")
}

fn is_date(word: &str) -> bool {
    const NAMES: [&str; 16] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "spring", "summer",
        "autumn", "winter",
    ];
    let is_part = |part: &str| {
        let part = part.trim_matches(['.', ',', '(', ')']).to_lowercase();
        let is_number = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        is_number || NAMES.iter().any(|name| part.starts_with(name)) && part.len() <= 9
    };
    word.split(['/', '-', '–']).all(is_part)
}

/// The title out of `Editor, A. [Ed.]. Title. [Translation] (pp. 1-9). Place`.
fn book(value: &str) -> String {
    let (_, after) = value.rsplit_once("[Ed.]. ").or_else(|| value.rsplit_once("[Ed]. ")).unwrap_or(("", value));
    let after = after.split_once(" (pp").map_or(after, |(title, _)| title);
    after.trim_end_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values that a field becomes, joined by bars; of a source, the journal.
    fn check(tag: &str, value: &str, expected: &str) {
        let mut fields = vec![(tag.to_owned(), value.to_owned())];
        tidy(&mut fields);
        let wanted = if tag == "SO" { "JN" } else { tag };
        let values: Vec<_> = fields.iter().filter(|field| field.0 == wanted).map(|field| field.1.as_str()).collect();
        assert_eq!(values.join("|"), expected);
        assert!(tag != "SO" || fields[0].1 == value, "the source itself stays, since it has the year");
    }

    #[test]
    fn what_ovid_adds_is_taken_away_and_nothing_else() {
        check("TI", "Costs of care.  [Article]", "Costs of care.");
        check("TI", "Tackling delay. [References].", "Tackling delay.");
        check("TI", "[Costs of care in Siberia]", "[Costs of care in Siberia]");
        check("TI", "The [unfinished] report", "The [unfinished] report");
        check("AU", "Peterson, James A. Ph.D., FACSM", "Peterson, James A.");
        check("AU", "Zhang, Weijia 1,2,+", "Zhang, Weijia");
        check("AU", "Noel, J. C. 3", "Noel, J. C.");
        check("AU", "Shedko, MB", "Shedko, MB");
        check("ED", "McGarry, John W.;  Elsheikha, Hany M.", "McGarry, John W.|Elsheikha, Hany M.");
        check("AU", "The Agency", "The Agency");
        check("SO", "Care & Health Journal January/February 2010;14(1):56", "Care & Health Journal");
        check("SO", "BMJ. 340:c2096, 2010 May 1", "BMJ");
        check("SO", "Children & Society", "Children & Society");
        check("SO", "Neenan, M [Ed]. (2012). Coaching: an approach. (pp. 11-31). New York", "Coaching: an approach");
        check("SO", "2010;3", "");
    }
}
