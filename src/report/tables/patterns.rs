//! The table of patterns: the health card of the lexicon.

use super::super::findings::Findings;
use super::super::lines::CardLine;
use super::super::table::{Cell, Head, Rows};
use super::figures::{ends, value};
use super::words::stance_word;
use crate::evaluate::{Card, PatternCard};
use crate::lexicon::Lexicon;

const PATTERNS: Head = Head {
    name: "patterns",
    columns: &[
        "theme",
        "pattern",
        "weight",
        "stance",
        "n_documents",
        "n_hits",
        "n_negated",
        "n_passages",
        "share_of_evidence",
        "overlap",
        "overlap_with",
        "shared_words",
        "shares_words_with",
        "weight_written",
        "n_right",
        "n_wrong",
        "n_documents_coded",
        "n_accepted",
        "n_rejected",
        "weight_learned",
        "learned_low",
        "learned_high",
        "precision",
        "precision_low",
        "precision_high",
        "n_passages_lost",
        "n_documents_lost",
        "prevalence_change",
        "f1_change",
        "flags",
        "lines",
    ],
};

/// A row for every pattern of the lexicon, and for every other theme that it gave a hit.
pub fn patterns(findings: &Findings<'_>) -> Rows {
    pattern_rows(findings.card, findings.lexicon, findings.lines)
}

/// The health card as a table; `lines` are those that `card_lines` gives of it.
pub fn pattern_rows(card: &Card, lexicon: &Lexicon, lines: &[Vec<CardLine>]) -> Rows {
    let mut rows = Rows::new(PATTERNS);
    for (pattern, lines) in card.patterns.iter().zip(lines) {
        row(pattern, lexicon, lines, &mut rows);
    }
    rows
}

fn row(card: &PatternCard, lexicon: &Lexicon, lines: &[CardLine], rows: &mut Rows) {
    let pattern = &lexicon.patterns[card.pattern as usize];
    let [overlaps, shares] = [&card.overlaps, &card.shares_words_with].map(|themes| named(themes, lexicon));
    let flags: Vec<&str> = card.flags.iter().map(|flag| flag.word()).collect();
    let lines: Vec<String> = lines.iter().map(|line| format!("{}: {}", line.document, line.plain())).collect();
    let (flags, lines) = (flags.join("; "), lines.join(" | "));
    let mut cells = vec![
        Cell::Text(&lexicon.themes[usize::from(card.theme)].id.0),
        Cell::Text(&pattern.text),
        Cell::Number(card.weight),
        Cell::maybe_text(pattern.stance.map(stance_word)),
        Cell::Count(card.n_documents.into()),
        Cell::Count(card.n_hits.into()),
        Cell::Count(card.n_negated.into()),
        Cell::Count(card.n_passages.into()),
        Cell::maybe(card.share_of_evidence),
        Cell::maybe(card.overlap),
        Cell::Text(&overlaps),
        Cell::maybe(card.shared_words),
        Cell::Text(&shares),
    ];
    cells.extend(belief_cells(card));
    cells.extend([
        Cell::Count(card.n_passages_lost.into()),
        Cell::Count(card.n_documents_lost.into()),
        Cell::maybe(card.prevalence_change),
        Cell::maybe(card.f1_change),
        Cell::Text(&flags),
        Cell::Text(&lines),
    ]);
    rows.row(&cells);
}

fn belief_cells(card: &PatternCard) -> [Cell<'static>; 12] {
    let Some(belief) = card.belief else { return [Cell::Empty; 12] };
    let ([learned_low, learned_high], [low, high]) = (ends(Some(belief.learned)), ends(belief.precision));
    [
        Cell::Number(belief.written),
        Cell::Number(belief.judgements.n_right),
        Cell::Number(belief.judgements.n_wrong),
        Cell::Count(belief.n_documents.into()),
        Cell::Count(belief.n_accepted.into()),
        Cell::Count(belief.n_rejected.into()),
        value(Some(belief.learned)),
        learned_low,
        learned_high,
        value(belief.precision),
        low,
        high,
    ]
}

/// Themes with their counts, as "leadership 3; funding 1".
fn named(themes: &[(u16, u32)], lexicon: &Lexicon) -> String {
    let named = themes.iter().map(|&(theme, n)| format!("{} {n}", lexicon.themes[usize::from(theme)].id));
    named.collect::<Vec<_>>().join("; ")
}
