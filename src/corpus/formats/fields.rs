//! Fields by their usual names into `Metadata`, and the few forms in which years, DOIs and authors are written.

use super::super::document::Metadata;

/// Puts one field where it belongs; a name that is not known goes to `extra`. Empty values are left out.
pub(super) fn put(metadata: &mut Metadata, name: &str, value: &str) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    let owned = || Some(value.to_owned());
    match name.trim().to_lowercase().as_str() {
        "title" => metadata.title = owned(),
        "author" | "authors" => metadata.authors = authors(value),
        "year" => metadata.year = year(value).or(metadata.year),
        "date" | "published" if metadata.year.is_none() => metadata.year = year(value),
        "kind" => metadata.kind = owned(),
        "doi" => metadata.doi = doi(value),
        "url" => metadata.url = owned(),
        "publication" | "journal" => metadata.publication = owned(),
        "language" | "lang" => metadata.language = owned(),
        _ => _ = metadata.extra.insert(name.trim().to_owned(), value.to_owned()),
    }
}

/// The authors in one field, parted by semicolons; a comma may part a name from its given name and so parts nothing.
pub(super) fn authors(value: &str) -> Vec<String> {
    value.split(';').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// The first run of exactly four digits from 1000 to 2999.
pub(super) fn year(value: &str) -> Option<i32> {
    value
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4)
        .filter_map(|run| run.parse().ok())
        .find(|year| (1000..3000).contains(year))
}

/// A DOI in lower case without a resolver's address or label; `None` where it does not start with `10.`.
pub(super) fn doi(value: &str) -> Option<String> {
    let lower = value.trim().to_lowercase();
    let at = lower.find("10.")?;
    let before = &lower[..at];
    let known = before.is_empty()
        || before.ends_with("doi.org/")
        || before.trim_end().ends_with("doi:")
        || before.trim_end() == "doi";
    let doi = lower[at..].split_whitespace().next()?.trim_end_matches(['.', ',', ';']);
    (known && doi.contains('/')).then(|| doi.to_owned())
}

/// Fills what is unknown in `fields` with what `from` knows.
pub(in super::super) fn fill(fields: &mut Metadata, from: &Metadata) {
    let Metadata { title, authors, year, kind, doi, url, publication, language, extra } = fields;
    let gaps = [
        (title, &from.title),
        (kind, &from.kind),
        (doi, &from.doi),
        (url, &from.url),
        (publication, &from.publication),
        (language, &from.language),
    ];
    for (gap, value) in gaps {
        if gap.is_none() {
            gap.clone_from(value);
        }
    }
    *year = year.or(from.year);
    if authors.is_empty() {
        authors.clone_from(&from.authors);
    }
    for (name, value) in &from.extra {
        extra.entry(name.clone()).or_insert_with(|| value.clone());
    }
}
