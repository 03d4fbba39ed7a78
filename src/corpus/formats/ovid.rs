//! What Ovid adds to the fields of a record: kinds behind titles, degrees and places behind names, volumes behind journals.

/// Takes from a value what does not belong to it.
pub(super) fn tidy(tag: &str, value: &mut String) {
    let tidied = match tag {
        "TI" => title(value),
        "AU" | "FA" | "ED" => name(value),
        "SO" => journal(value),
        "BT" => book(value),
        _ => return,
    };
    *value = tidied;
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
    let value = value.trim().trim_end_matches('.');
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

    fn check(tag: &str, value: &str, expected: &str) {
        let mut tidied = value.to_owned();
        tidy(tag, &mut tidied);
        assert_eq!(tidied, expected);
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
        check("AU", "The Agency", "The Agency");
        check("SO", "Care & Health Journal January/February 2010;14(1):56", "Care & Health Journal");
        check("SO", "BMJ. 340:c2096, 2010 May 1", "BMJ");
        check("SO", "Children & Society", "Children & Society");
        check("SO", "Neenan, M [Ed]. (2012). Coaching: an approach. (pp. 11-31). New York", "Coaching: an approach");
        check("SO", "2010;3", "");
    }
}
