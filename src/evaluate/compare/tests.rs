//! Two coders and us over four short documents, worked by hand.

use super::*;
use crate::corpus::{Digest, DocumentId, Metadata};
use crate::evaluate::agreement::{Average, Judge, Validity, ValidityScope};
use crate::evaluate::coding::{CoderId, Coding, Place};
use crate::evaluate::settings::CodedDocuments;
use crate::index::Content;
use crate::lexicon::Stance;
use crate::score::{DocumentScore, Hit, PassageScore, ThemeScore};
use crate::synthesis::Estimate;
use crate::text::{Passage, Sentence};

const TEXTS: [(&str, &str); 4] = [
    ("a", "Money was short. Leaders helped. Money again."),
    ("b", "Leaders left. Nothing else."),
    ("c", "Nothing at all. Café “quotes” matter."),
    ("d", "Money only."),
];
const THEMES: [&str; 3] = ["funding", "leadership", "training"];

/// What we find: document, sentence, theme. Every hit is the first word of its sentence.
const OURS: [(usize, u32, u16); 5] = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (3, 0, 0), (2, 1, 1)];

fn documents() -> Vec<IndexedDocument> {
    let document = |(id, _): &(&str, &str)| IndexedDocument {
        id: DocumentId((*id).into()),
        source: format!("{id}.txt"),
        format: "plain".into(),
        digest: Digest::default(),
        metadata: Metadata::default(),
        language: Default::default(),
        n_tokens: 10,
        n_sentences: 3,
        n_passages: 3,
        ..IndexedDocument::default()
    };
    TEXTS.iter().map(document).collect()
}

fn themes() -> Vec<Theme> {
    THEMES.iter().map(|id| Theme { id: ThemeId((*id).into()), ..Theme::default() }).collect()
}

/// A text cut at full stops; every word a token.
fn content(document: usize) -> Content {
    let text = TEXTS[document].1;
    let mut content = Content { text: text.into(), ..Content::default() };
    let (mut start, mut first_token) = (0, 0);
    for end in text.match_indices('.').map(|(at, _)| at + 1) {
        let span = Span::new(start, end);
        let n_tokens = span.of(text).split_whitespace().count() as u32;
        let n = content.sentences.len() as u32;
        content.sentences.push(Sentence { span, first_token, n_tokens, paragraph: 0, section: Default::default() });
        content.passages.push(Passage { span, first_sentence: n, n_sentences: 1, first_token, n_tokens });
        (start, first_token) = (end + 1, first_token + n_tokens);
    }
    content
}

fn scores() -> Scores {
    let score = |theme, has_theme| ThemeScore {
        theme,
        n_hits: u32::from(has_theme),
        score: if has_theme { 0.9 } else { 0.0 },
        has_theme,
        stance: Stance::Barrier,
    };
    let document = |d: usize| {
        let own = || OURS.iter().filter(move |found| found.0 == d);
        let first = |sentence: u32| content(d).sentences[sentence as usize].first_token;
        let hit = |&(_, passage, theme): &(usize, u32, u16)| Hit {
            passage,
            pattern: 0,
            first_token: first(passage),
            n_tokens: 1,
            theme,
            stance: Stance::Barrier,
            negated: false,
        };
        let has = |theme: u16| own().any(|found| found.2 == theme);
        let whole =
            |theme| DocumentScore { score: score(theme, has(theme)), n_passages: 1, rate_per_1000_tokens: None };
        DocumentScores {
            hits: own().map(hit).collect(),
            passages: own().map(|f| PassageScore { passage: f.1, score: score(f.2, true) }).collect(),
            themes: (0..3).map(whole).collect(),
            n_scored_passages: 3,
            n_scored_tokens: 10,
        }
    };
    Scores { documents: (0..4).map(document).collect(), ..Scores::default() }
}

/// Codings as lines of `coder document theme stance place`, the place a number (sentence), `a-b` (bytes), a quote or nothing.
fn codings(lines: &[&str]) -> Codings {
    let stance = |text: &str| match text {
        "barrier" => Some(Stance::Barrier),
        "facilitator" => Some(Stance::Facilitator),
        "mention" => Some(Stance::Mention),
        _ => None,
    };
    let place = |text: &str| match (text.parse(), text.split_once('-')) {
        (Ok(sentence), _) => Place::Sentence(sentence),
        (_, Some((a, b))) => Place::Bytes(Span { start: a.parse().unwrap(), end: b.parse().unwrap() }),
        _ if text.is_empty() => Place::Document,
        _ => Place::Quote(text.into()),
    };
    let row = |(n, line): (usize, &&str)| {
        let fields: Vec<&str> = line.splitn(5, ' ').chain(std::iter::repeat("")).take(5).collect();
        Coding {
            coder: CoderId(fields[0].into()),
            document: DocumentId(fields[1].into()),
            theme: (fields[2] != "-" && !fields[2].is_empty()).then(|| ThemeId(fields[2].into())),
            stance: stance(fields[3]),
            place: place(fields[4]),
            file: "codings.csv".into(),
            line: n as u64 + 2,
        }
    };
    Codings { rows: lines.iter().enumerate().map(row).collect(), ..Codings::default() }
}

fn run(lines: &[&str], change: impl Fn(&mut EvaluateSettings)) -> Agreement {
    run_with(themes(), lines, change)
}

fn run_with(themes: Vec<Theme>, lines: &[&str], change: impl Fn(&mut EvaluateSettings)) -> Agreement {
    let mut settings = EvaluateSettings::default();
    settings.bootstrap.resamples = 200;
    change(&mut settings);
    let open = |d: usize, found: &DocumentScores| {
        let content = content(d);
        let word = |hit: &Hit| {
            let sentence = content.sentences[hit.passage as usize].span;
            let length = sentence.of(&content.text).find([' ', '.']).unwrap();
            Span::new(sentence.start as usize, sentence.start as usize + length)
        };
        let hits = found.hits.iter().map(word).collect();
        Ok((content, hits))
    };
    let documents = documents();
    let comparison = Comparison { documents: &documents, lexicon: &themes, settings: &settings, open: &open };
    comparison.of(&scores(), None, &codings(lines)).unwrap().unwrap()
}

fn value(estimate: Option<Estimate>) -> Option<f64> {
    estimate.map(|e| (e.value * 1e6).round() / 1e6)
}

const WHOLE: [&str; 7] = [
    "x a funding barrier",
    "x a leadership facilitator",
    "x b leadership barrier",
    "x c -",
    "x d funding mention",
    "y a funding barrier",
    "y b funding barrier",
];

fn row<'a>(rows: &'a [Validity], judge: &Judge, scope: &ValidityScope) -> &'a Validity {
    rows.iter().find(|row| row.judge == *judge && row.scope == *scope).unwrap()
}

#[test]
fn we_are_held_against_each_coder_and_their_consensus() {
    let agreement = run(&WHOLE, |_| ());
    assert_eq!(agreement.units.len(), 1); // no positions: whole documents alone
    let rows = &agreement.units[0].validity;
    let x = row(rows, &Judge::Coder(CoderId("x".into())), &ValidityScope::All(Average::Micro));
    // We: a-f a-l b-l d-f c-l. x: a-f a-l b-l d-f.
    assert_eq!((x.n_true_positive, x.n_false_positive, x.n_false_negative, x.n_true_negative), (4, 1, 0, 3));
    assert_eq!((value(x.precision), value(x.recall), value(x.f1)), (Some(0.8), Some(1.0), Some(0.888889)));
    let macro_average = row(rows, &Judge::Coder(CoderId("x".into())), &ValidityScope::All(Average::Macro));
    assert_eq!(value(macro_average.precision), Some(0.833333)); // funding 1, leadership 2/3
    // They agree on a-f, b not at all, c nothing, d-l no; of eight judgements four are split.
    let consensus = row(rows, &Judge::Consensus, &ValidityScope::All(Average::Micro));
    assert_eq!((consensus.n_units, consensus.n_true_positive, consensus.n_false_positive), (4, 1, 1));
    assert_eq!(agreement.themes_without_codings, [ThemeId("training".into())]);
}

#[test]
fn coders_are_held_against_each_other() {
    let agreement = run(&WHOLE, |_| ());
    let reliability = &agreement.units[0].reliability;
    assert_eq!(reliability.len(), 3); // all themes, funding, leadership
    assert_eq!((reliability[0].n_units, reliability[0].n_yes.as_slice()), (8, &[4, 2][..]));
    assert_eq!(value(reliability[0].percent_agreement), Some(0.5));
    assert_eq!(value(reliability[0].cohen_kappa), Some(0.0)); // po 4/8, pe (4·2 + 4·6) / 64
    let (coder, between) = &agreement.units[0].between_coders[0];
    assert_eq!((coder.0.as_str(), value(between.f1)), ("x", Some(0.333333))); // 2·1 / (2·1 + 3 + 1)
}

#[test]
fn a_document_without_a_row_is_read_or_missing_as_the_study_says() {
    let n_units = |coded| run(&WHOLE, |s| s.coded = coded).units[0].reliability[0].n_units;
    assert_eq!(n_units(CodedDocuments::Marked), 8);
    assert_eq!(n_units(CodedDocuments::ByCoder), 4); // y read a and b only
    let one = ["x a funding barrier", "y a funding barrier"];
    let n_documents = |coded| run(&one, |s| s.coded = coded).units[0].n_documents;
    assert_eq!((n_documents(CodedDocuments::Marked), n_documents(CodedDocuments::All)), (1, 4));
}

#[test]
fn names_that_do_not_exist_are_reported() {
    let agreement =
        run(&["x a funding barrier", "x zz funding barrier", "x a trust mention", "x a trust mention"], |_| ());
    let faults: Vec<_> = agreement.faults.iter().map(|f| (f.line, f.what.as_str())).collect();
    assert_eq!(faults, [(Some(3), "document \"zz\" is not in the corpus")]);
    assert_eq!(agreement.themes_without_lexicon, [(ThemeId("trust".into()), 2)]);
    let slips = run(&["x a funding -", "x a fundng -", "x b fundng -", "x b planning -"], |_| ()).faults;
    let told: Vec<_> = slips.iter().map(|f| (f.line, f.what.as_str(), f.hint.as_deref())).collect();
    let what = "theme \"fundng\" is not in the lexicon (rows from here on: 2)";
    assert_eq!(told, [(Some(3), what, Some("did you mean \"funding\"?"))]);
    let outside = run(&["x a funding barrier 9"], |_| ());
    assert!(outside.faults[0].what.starts_with("its place is not in document \"a\""));
}

#[test]
fn with_positions_passages_are_compared() {
    let agreement =
        run(&["x a funding barrier 0", "x a funding barrier 2", "x a leadership mention 17-24", "x c -"], |_| ());
    let passages = &agreement.units[1];
    assert_eq!((passages.unit, passages.n_documents), (Unit::Passage, 2));
    let micro = row(&passages.validity, &Judge::Coder(CoderId("x".into())), &ValidityScope::All(Average::Micro));
    // Five passages, two themes. a: funding at 0 (both) and 2 (x); leadership at 1 (both). c: leadership at 1 (we).
    assert_eq!((micro.n_units, micro.n_true_positive, micro.n_false_negative, micro.n_false_positive), (10, 2, 1, 1));
}

#[test]
fn a_quote_says_where_a_theme_comes_first_and_nothing_of_what_follows() {
    let agreement = run(&["x a funding barrier Leaders helped", "x c funding barrier “Café” \"quotes"], |s| {
        s.units = vec![Unit::Sentence];
    });
    assert!(agreement.faults.is_empty());
    let funding = ValidityScope::Theme(ThemeId("funding".into()));
    let x = row(&agreement.units[0].validity, &Judge::Coder(CoderId("x".into())), &funding);
    // a: 0 no (we yes), 1 yes (we no), 2 unknown. c: 0 no, 1 yes.
    assert_eq!((x.n_units, x.n_false_positive, x.n_false_negative, x.n_true_negative), (4, 1, 2, 1));
}

#[test]
fn characters_are_counted_as_characters() {
    let agreement = run(&["x c leadership barrier 16-41", "y c leadership barrier 16-21"], |s| {
        s.units = vec![Unit::Character];
    });
    let text = TEXTS[2].1;
    assert_eq!((text.len(), text.chars().count()), (42, 37)); // é, “ and ” are longer in bytes
    let leadership = &agreement.units[0].reliability[1];
    assert_eq!((leadership.n_units, leadership.n_yes.as_slice()), (37, &[20, 4][..]));
    assert!(leadership.unitizing_alpha.unwrap().value < 1.0);
    let same =
        run(&["x c leadership barrier 16-41", "y c leadership barrier 16-41"], |s| s.units = vec![Unit::Character]);
    assert_eq!(value(same.units[0].reliability[1].unitizing_alpha), Some(1.0));
}

#[test]
fn stances_are_compared_where_both_found_the_theme() {
    let agreement = run(&WHOLE, |_| ());
    assert_eq!(agreement.stances.len(), 3); // we with x, we with y, x with y
    let x = &agreement.stances[0];
    assert_eq!((x.rows.clone(), x.n, value(x.percent_agreement)), (None, 4, Some(0.5)));
    assert_eq!(x.counts[0], [2, 1, 0, 1]); // we always say barrier
    let mixed = run(&["x a funding barrier", "x a funding facilitator"], |_| ());
    assert_eq!(mixed.stances[0].counts[0], [0, 0, 1, 0]); // two rows that differ are both
}

#[test]
fn disagreements_say_who_says_what_and_where() {
    let agreement = run(&["x a funding barrier 2", "y a leadership facilitator", "y b leadership barrier"], |_| ());
    let found: Vec<_> = agreement.disagreements.iter().map(|d| (d.document.0.as_str(), d.theme.0.as_str())).collect();
    assert_eq!(found, [("a", "funding"), ("a", "leadership"), ("b", "leadership")]);
    let calls = &agreement.disagreements[0].calls;
    assert_eq!((calls[0].coder.clone(), calls[0].found, calls[0].passages[0].passage), (None, Some(true), 0));
    assert_eq!((calls[1].found, calls[1].passages[0].passage, calls[1].stance), (Some(true), 2, Some(Stance::Barrier)));
    assert_eq!((calls[2].found, calls[2].passages.len()), (Some(false), 0));
}

#[test]
fn no_codings_no_agreement_and_three_coders_are_paired() {
    let open = |_: usize, _: &DocumentScores| Ok((Content::default(), Vec::new()));
    let settings = EvaluateSettings::default();
    let (documents, themes) = (documents(), themes());
    let comparison = Comparison { documents: &documents, lexicon: &themes, settings: &settings, open: &open };
    assert_eq!(comparison.of(&scores(), None, &Codings::default()).unwrap(), None);
    let three = run(&["x a funding barrier", "y a funding barrier", "z b funding barrier"], |_| ());
    let groups: Vec<usize> = three.units[0].reliability.iter().step_by(2).map(|r| r.coders.len()).collect();
    assert_eq!(groups, [3, 2, 2, 2]);
    assert_eq!(three.units[0].reliability[0].cohen_kappa, None);
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let run_on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| format!("{:?}", run(&WHOLE, |_| ())))
    };
    assert_eq!(run_on(1), run_on(8));
}

#[test]
fn who_finds_a_sub_theme_finds_the_theme_above_it() {
    let mut themes = themes();
    themes[1].parent = Some(ThemeId("funding".into()));
    let lines = ["x a leadership barrier 0", "x b leadership barrier 9", "x d funding barrier 0"];
    let agreement = run_with(themes, &lines, |_| ());
    let x = Judge::Coder(CoderId("x".into()));
    let of = |unit: usize, id: &str| {
        let row = row(&agreement.units[unit].validity, &x, &ValidityScope::Theme(ThemeId(id.into())));
        (row.n_true_positive, row.n_false_positive, row.n_false_negative)
    };
    // We find funding in a and d; x finds it by way of leadership in a and b, and by name in d.
    assert_eq!((of(0, "funding"), of(0, "leadership")), ((2, 0, 1), (2, 0, 0)));
    assert_eq!(of(1, "funding"), (2, 0, 0), "by passage: of b nothing is said");
    let faults: Vec<_> = agreement.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(faults, [Some(3)], "told once, not for each theme");
    let alone = run_with(self::themes(), &["x a leadership barrier"], |_| ());
    assert_eq!(alone.themes, [ThemeId("leadership".into())]);
}
