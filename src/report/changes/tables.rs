//! What changed, as tables.

use super::super::table::{Cell, Head, Rows, write_table};
use super::change::{ChangedDocument, Changes, CountedShare};
use std::io;
use std::path::Path;

const THEMES: Head = Head {
    name: "themes",
    columns: &[
        "theme",
        "cause",
        "n_with_before",
        "n_of_before",
        "n_with_after",
        "n_of_after",
        "change_percent_points",
        "gained",
        "lost",
    ],
};
const DOCUMENTS: Head = Head { name: "documents", columns: &["document", "change", "before"] };

const CANDIDATES: Head = Head {
    name: "candidates",
    columns: &[
        "candidate",
        "label",
        "change",
        "n_documents_before",
        "n_documents_after",
        "n_passages_before",
        "n_passages_after",
        "first_seen",
        "gained",
        "lost",
    ],
};

/// Writes a row for each part of each theme's change, one for each document that came, went or changed, and one for each
/// candidate that is not as it was.
///
/// # Errors
/// A table cannot be written.
pub fn write(changes: &Changes, folder: &Path) -> io::Result<()> {
    write_table(folder, themes(changes))?;
    write_table(folder, documents(changes))?;
    write_table(folder, candidates(changes))
}

fn candidates(changes: &Changes) -> Rows {
    let mut rows = Rows::new(CANDIDATES);
    let count = |count: Option<u32>| count.map_or(Cell::Empty, |count| Cell::Count(count.into()));
    for candidate in &changes.candidates {
        rows.row(&[
            Cell::Text(&candidate.name),
            Cell::Text(&candidate.label),
            Cell::Text(candidate.what),
            count(candidate.before.map(|before| before.0)),
            count(candidate.after.map(|after| after.0)),
            count(candidate.before.map(|before| before.1)),
            count(candidate.after.map(|after| after.1)),
            Cell::maybe_text(candidate.first_seen.as_deref()),
            Cell::Text(&names(&candidate.gained)),
            Cell::Text(&names(&candidate.lost)),
        ]);
    }
    rows
}

fn themes(changes: &Changes) -> Rows {
    let mut rows = Rows::new(THEMES);
    for theme in &changes.themes {
        for part in &theme.parts {
            let points = part.after.tenths() - part.before.tenths();
            rows.row(&[
                Cell::Text(&theme.id),
                Cell::Text(part.cause),
                Cell::Count(part.before.n_with as u64),
                Cell::Count(part.before.n_of as u64),
                Cell::Count(part.after.n_with as u64),
                Cell::Count(part.after.n_of as u64),
                Cell::Number(points as f64 / 10.0),
                Cell::Text(&names(&part.gained)),
                Cell::Text(&names(&part.lost)),
            ]);
        }
        if theme.parts.is_empty() {
            let CountedShare { n_with, n_of } = theme.after.unwrap_or_default();
            let (n_with, n_of) = (Cell::Count(n_with as u64), Cell::Count(n_of as u64));
            let (no_change, nothing) = (Cell::Number(0.0), Cell::Text(""));
            rows.row(&[
                Cell::Text(&theme.id),
                Cell::Text("none"),
                n_with,
                n_of,
                n_with,
                n_of,
                no_change,
                nothing,
                nothing,
            ]);
        }
    }
    rows
}

fn names(documents: &[ChangedDocument]) -> String {
    documents.iter().map(|document| document.id.as_str()).collect::<Vec<_>>().join("; ")
}

fn documents(changes: &Changes) -> Rows {
    let mut rows = Rows::new(DOCUMENTS);
    for (change, documents) in [("added", &changes.added), ("removed", &changes.removed), ("changed", &changes.changed)]
    {
        for document in documents {
            rows.row(&[Cell::Text(&document.id), Cell::Text(change), Cell::Empty]);
        }
    }
    for (old, document) in &changes.renamed {
        rows.row(&[Cell::Text(&document.id), Cell::Text("renamed"), Cell::Text(old)]);
    }
    rows
}
