//! `throughline lexicon card`

use super::args::{CardArgs, Common, TableFormat};
use super::context;
use super::exit::{Exit, Failure};
use super::output::print_table;
use super::progress::Progress;
use crate::evaluate::{Card, PatternCard};
use crate::lexicon::Lexicon;
use crate::pipeline;
use crate::report::{self, CardLine, Cell, Head, Rows};

/// The chief figures, as they are read.
const CARD: Head = Head {
    name: "card",
    columns: &[
        "theme",
        "pattern",
        "hits",
        "docs",
        "share",
        "overlap",
        "precision",
        "weight",
        "lost",
        "f1",
        "flags",
        "line",
    ],
};
/// Characters of a pattern, and of a line, that are shown.
const WIDTH: usize = 48;

/// Prints the health card of the study's lexicon.
pub fn run(args: &CardArgs, common: &Common, progress: &Progress) -> Result<Exit, Failure> {
    let study = context::study(common)?;
    let (opened, mut card) = pipeline::card(&study, context::now(common)?, progress)?;
    if let Some(theme) = &args.theme {
        let themes = &opened.lexicon.themes;
        let Some(place) = themes.iter().position(|known| known.id.0 == *theme) else {
            let known: Vec<&str> = themes.iter().map(|theme| theme.id.0.as_str()).collect();
            return Err(Failure::wrong(format!(
                "--theme {theme}: the study has no such theme\n  hint: it has {}",
                known.join(", ")
            )));
        };
        card.patterns.retain(|pattern| usize::from(pattern.theme) == place);
    }
    let lines = report::card_lines(&card, &opened.index);
    let rows = match args.format {
        TableFormat::Table => chief(&card, &opened.lexicon, &lines),
        _ => report::pattern_rows(&card, &opened.lexicon, &lines),
    };
    print_table(&rows, args.format)?;
    Ok(Exit::Done)
}

fn chief(card: &Card, lexicon: &Lexicon, lines: &[Vec<CardLine>]) -> Rows {
    let mut rows = Rows::new(CARD);
    for (card, lines) in card.patterns.iter().zip(lines) {
        let flags: Vec<&str> = card.flags.iter().map(|flag| flag.word()).collect();
        let two = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{share:.2}"));
        let thousandths = |number: f64| (number * 1000.0).round() / 1000.0;
        let lost = format!("{} ({})", card.n_documents_lost, card.n_passages_lost);
        rows.row(&[
            Cell::Text(&lexicon.themes[usize::from(card.theme)].id.0),
            Cell::Text(&cut(&lexicon.patterns[card.pattern as usize].text)),
            Cell::Count(card.n_hits.into()),
            Cell::Count(card.n_documents.into()),
            Cell::Text(&two(card.share_of_evidence)),
            Cell::Text(&two(card.overlap)),
            Cell::Text(&precision(card)),
            Cell::Text(&weight(card)),
            Cell::Text(&lost),
            Cell::maybe(card.f1_change.map(thousandths)),
            Cell::Text(&flags.join(" ")),
            Cell::Text(&lines.first().map_or_else(String::new, short)),
        ]);
    }
    rows
}

fn precision(card: &PatternCard) -> String {
    let judged = card.belief.and_then(|belief| Some((belief.judgements.n(), belief.precision?)));
    judged.map_or_else(String::new, |(n, precision)| {
        let ends = precision.interval.map_or_else(String::new, |ends| format!(" ({:.2}-{:.2})", ends.low, ends.high));
        format!("{:.2}{ends} of {}", precision.value, (n * 10.0).round() / 10.0)
    })
}

fn weight(card: &PatternCard) -> String {
    let Some(belief) = card.belief.filter(|belief| belief.judgements.n() > 0.0) else {
        return format!("{:.2}", card.weight);
    };
    let believed = if card.weight == belief.written { "" } else { "*" };
    format!("{:.2} -> {:.2}{believed}", belief.written, belief.learned.value)
}

/// The hit with a few words about it.
fn short(line: &CardLine) -> String {
    let n = WIDTH.saturating_sub(line.hit.chars().count()) / 2;
    let skip = line.left.chars().count().saturating_sub(n);
    let left: String = line.left.chars().skip(skip).collect();
    let right: String = line.right.chars().take(n).collect();
    format!("{left}[{}]{right}", line.hit)
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
