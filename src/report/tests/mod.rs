//! A whole report of a study made for the purpose, with everything in it or as little as can be, and hostile texts in every place.

mod changes;
mod hostile;
mod page;

use super::lines::{CardLine, card_lines};
use super::opened;
use super::page::{self as report_page, Held};
use super::{Findings, ReportSettings};
use crate::corpus::{self, CorpusSettings, DocumentId, Fault, Severity};
use crate::discover::{
    CandidateId, CandidateTheme, Candidates, Evidence as Sentence, Feature, Growth, SuggestedPattern,
};
use crate::evaluate::{self, Agreement, Card, CoderId, Coding, Codings, EvaluateSettings, Learned, Place};
use crate::index::{self, IndexSettings, PassageIndex};
use crate::lexicon::{Lexicon, LexiconSettings, Pattern, Stance, Theme, ThemeId};
use crate::score::{self, ScoreSettings, Scorer, Scores};
use crate::synthesis::{
    self, ConceptSettings, Evidence, OutcomeSettings, ReferenceSettings, ReferenceTheme, SelectionAction,
    SelectionRule, Synthesis, SynthesisSettings,
};
use crate::text::{Analyzer, TextSettings};

/// Everything that findings borrow.
struct Made {
    index: PassageIndex,
    lexicon: Lexicon,
    scores: Scores,
    evidence: Evidence,
    synthesis: Synthesis,
    candidates: Candidates,
    learned: Learned,
    card: Card,
    lines: Vec<Vec<CardLine>>,
    agreement: Option<Agreement>,
    faults: Vec<Fault>,
    title: String,
    _folder: tempfile::TempDir,
}

impl Made {
    fn findings(&self) -> Findings<'_> {
        Findings {
            name: "test",
            title: &self.title,
            question: &self.title,
            about_the_coders: if self.agreement.is_some() { &self.title } else { "" },
            program: "0.0.0",
            settings: "",
            threshold: 0.5,
            index: &self.index,
            lexicon: &self.lexicon,
            scores: &self.scores,
            evidence: &self.evidence,
            synthesis: &self.synthesis,
            candidates: &self.candidates,
            learned: &self.learned,
            card: &self.card,
            lines: &self.lines,
            agreement: self.agreement.as_ref(),
            faults: &self.faults,
        }
    }

    fn page(&self, settings: &ReportSettings) -> String {
        let findings = self.findings();
        let held = Held::of(&findings, settings);
        let mut met = report_page::Met::new(self.lexicon.patterns.len());
        let open = |document| opened::Opened::new(&findings, document).unwrap();
        let n = self.index.documents().len();
        let passages: Vec<String> = (0..n).map(|at| report_page::passages(&open(at), &held)).collect();
        (0..n).for_each(|at| met.take(&report_page::Wordings::of(&report_page::words_met(&open(at)))));
        let mut page = Vec::new();
        report_page::write(&findings, settings, (&held, &passages), &met, &mut page).unwrap();
        String::from_utf8(page).unwrap()
    }
}

/// A study of as many documents as there are words, `word(n)` standing wherever a study, coder or author writes something.
fn made(
    n: usize,
    word: &dyn Fn(usize) -> String,
    synthesis: &SynthesisSettings,
    codings: &Codings,
    faults: Vec<Fault>,
) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let records: Vec<String> = (0..n)
        .map(|at| {
            let text = format!(
                "Funding was short (Smith 2001). {} stood in the way of leadership. Leadership {} helped attainment. Nothing else.",
                word(at),
                word(at + 1)
            );
            let fields = serde_json::json!({
                "id": format!("{} {at:02}", word(at)), "title": word(at), "text": text, "year": 2001 + at % 4,
                "authors": word(at), "kind": word(at % 3), "doi": word(at), "url": word(at), "publication": word(at),
            });
            fields.to_string()
        })
        .collect();
    std::fs::write(folder.path().join("records.jsonl"), records.join("\n")).unwrap();
    let settings =
        CorpusSettings { paths: vec!["records.jsonl".into()], root: folder.path().into(), ..Default::default() };
    let analyzer = Analyzer::new(&TextSettings::default());
    let state = IndexSettings { state: folder.path().join("state"), memory_mb: 30, ..IndexSettings::default() };
    let index = index::sync(&state, &corpus::scan(&settings), &settings, &analyzer, &|| ()).unwrap();
    let lexicon = Lexicon::compile(themes(word), &LexiconSettings::default(), &analyzer).unwrap();
    let (weighing, coded) = (ScoreSettings::default(), EvaluateSettings::default());
    let scores = score::themes(&index, &lexicon, &weighing, &|| ()).unwrap();
    let learned = evaluate::learn(&index, (&scores, &scores), &lexicon, codings, &coded).unwrap();
    let scorer = Scorer::new(&lexicon, &weighing);
    let judged = (codings, &learned);
    let included = vec![true; n];
    let probes = synthesis::Probes::compile(synthesis, &analyzer).unwrap();
    let evidence = synthesis::gather(&index, &probes, &|| ()).unwrap();
    let card = evaluate::card(index.documents(), (&scores, &scores), (&lexicon, &scorer), &included, judged, &coded);
    Made {
        agreement: evaluate::agreement(&index, &scores, &lexicon, judged, &scorer, &coded).unwrap(),
        lines: card_lines(&card, &index),
        card,
        synthesis: synthesis::of(&scores, index.documents(), &lexicon, &evidence, synthesis),
        candidates: candidates(word, index.documents()[0].id.clone()),
        title: word(0),
        learned,
        index,
        lexicon,
        scores,
        evidence,
        faults,
        _folder: folder,
    }
}

/// One of each thing that discovery proposes.
fn candidates(word: &dyn Fn(usize) -> String, document_id: DocumentId) -> Candidates {
    let features = vec![Feature { text: word(41), weight: 12.5, n_passages: 3 }];
    let patterns = vec![SuggestedPattern { text: word(42), weight: 0.5, n_passages: 3 }];
    let theme = CandidateTheme {
        id: CandidateId(word(43)),
        label: word(44),
        features: features.clone(),
        sentences: vec![Sentence { document: 0, document_id, passage: 0, probability: 1.0 }],
        patterns: patterns.clone(),
        evidence: Vec::new(),
        n_passages: 3,
        n_documents: 2,
        prevalence: 0.5,
        prevalence_interval: (0.25, 0.75),
        stance: Default::default(),
        stability: 0.5,
        exclusivity: 0.5,
        coherence: None,
        nearest: None,
    };
    let growth = vec![Growth { theme: 0, patterns, ..Growth::default() }];
    Candidates { themes: vec![theme], growth, uncovered: features, n_passages: 9, n_uncovered: 3, ..Default::default() }
}

fn themes(word: &dyn Fn(usize) -> String) -> Vec<Theme> {
    let theme = |(at, (id, pattern)): (usize, (&str, &str))| Theme {
        id: ThemeId(format!("{id}{}", word(at))),
        label: word(at + 10),
        definition: word(at + 20),
        include: vec![word(at + 30)],
        exclude: vec![word(at + 40)],
        patterns: vec![Pattern { text: pattern.into(), weight: 0.75, stance: Some(Stance::Barrier), line: 1 }],
        ..Theme::default()
    };
    [("a", "funding"), ("b", "leadership"), ("c", "stood in")].into_iter().enumerate().map(theme).collect()
}

fn quick() -> SynthesisSettings {
    let mut settings = SynthesisSettings::default();
    settings.bootstrap.resamples = 20;
    settings
}

/// Settings under which every section has something to show.
fn full(word: &dyn Fn(usize) -> String) -> SynthesisSettings {
    let rule = SelectionRule {
        reason: word(5),
        action: SelectionAction::Exclude,
        year_from: None,
        year_to: None,
        kinds: vec![word(2)],
        columns: Default::default(),
        min_tokens: None,
        patterns: Vec::new(),
    };
    let theme = |at: usize, id: &str| ReferenceTheme {
        theme: format!("{id}{}", word(at)),
        label: word(at + 1),
        stance: None,
        sources: vec![word(at + 2)],
    };
    SynthesisSettings {
        concepts: vec![ConceptSettings {
            id: "words".into(),
            label: word(6),
            variants: [(word(7), vec!["funding".into()]), (word(8), vec!["leadership".into()])].into(),
        }],
        outcomes: vec![OutcomeSettings {
            id: word(9),
            label: word(10),
            definition: word(11),
            patterns: vec!["attainment".into()],
            except: Vec::new(),
        }],
        selection: vec![rule],
        reference: Some(ReferenceSettings {
            citation: word(12),
            themes: vec![theme(0, "a"), theme(13, "z")],
            min_documents: 1,
            min_prevalence: 0.0,
        }),
        ..quick()
    }
}

fn two_coders(word: &dyn Fn(usize) -> String, n: usize) -> Codings {
    let coding = |at: usize, coder: usize| Coding {
        coder: CoderId(format!("{coder}{}", word(coder + 14))),
        document: DocumentId(format!("{} {at:02}", word(at))),
        theme: (!at.is_multiple_of(3) || coder == 0).then(|| ThemeId(format!("a{}", word(0)))),
        stance: Some(if at % 2 == coder { Stance::Barrier } else { Stance::Facilitator }),
        place: Place::Document,
        file: word(16),
        line: 1,
    };
    Codings { rows: (0..n).flat_map(|at| [coding(at, 0), coding(at, 1)]).collect(), ..Codings::default() }
}

fn whole(n: usize, word: &dyn Fn(usize) -> String) -> Made {
    let fault = Fault {
        path: word(17),
        line: Some(1),
        severity: Severity::Cut,
        what: word(18),
        hint: Some(word(19)),
        ..Fault::default()
    };
    made(n, word, &full(word), &two_coders(word, n), vec![fault])
}

fn plain(at: usize) -> String {
    format!("word{}", at % 60)
}
