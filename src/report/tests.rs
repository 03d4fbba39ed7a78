//! A whole report of a study made for the purpose, with everything in it or as little as can be, and hostile texts in every place.

use super::page::{self, Held};
use super::*;
use crate::corpus::{self, CorpusSettings, DocumentId, Fault, Severity};
use crate::discover::{
    CandidateId, CandidateTheme, Candidates, Evidence as Sentence, Feature, Growth, SuggestedPattern,
};
use crate::evaluate::{self, Agreement, CoderId, Coding, Codings, EvaluateSettings, Place};
use crate::index::{self, IndexSettings, PassageIndex};
use crate::lexicon::{Lexicon, LexiconSettings, Pattern, Stance, Theme, ThemeId};
use crate::score::{self, ScoreSettings, Scores};
use crate::synthesis::{
    self, ConceptSettings, Evidence, OutcomeSettings, ReferenceSettings, ReferenceTheme, SelectionAction,
    SelectionRule, Synthesis, SynthesisSettings,
};
use crate::text::{Analyzer, TextSettings};

use std::collections::BTreeSet;

/// What would run, load or break out if it were taken for markup.
const PAYLOADS: [&str; 60] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "</svg><svg onload=alert(1)>",
    "</text><script>alert(1)</script>",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<style>*{background:url(https://evil.example)}</style>",
    "<body onload=alert(1)>",
    "</body></html><script>alert(1)</script>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "<video><source onerror=\"alert(1)\"></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "</details></section></main><marquee onstart=alert(1)>",
    "<form action=\"javascript:alert(1)\"><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<isindex action=javascript:alert(1)>",
    "<table background=\"javascript:alert(1)\">",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<plaintext>",
    "<xmp><script>alert(1)</script></xmp>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "`${alert(1)}`",
    "\";alert(1);//",
    "';alert(1);//",
    "\\\";alert(1);//",
    "\u{2028}alert(1)\u{2029}",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<div style=\"background:url(javascript:alert(1))\">",
    "<x contenteditable onblur=alert(1)>lose focus!</x>",
];

/// Everything that findings borrow.
struct Made {
    index: PassageIndex,
    lexicon: Lexicon,
    scores: Scores,
    evidence: Evidence,
    synthesis: Synthesis,
    candidates: Candidates,
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
            agreement: self.agreement.as_ref(),
            faults: &self.faults,
        }
    }

    fn page(&self, settings: &ReportSettings) -> String {
        let findings = self.findings();
        let held = Held::of(&findings, settings);
        let passages: Vec<String> = (0..self.index.documents().len())
            .map(|document| page::passages(&opened::Opened::new(&findings, document).unwrap(), &held))
            .collect();
        page::page(&findings, settings, &held, &passages).unwrap()
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
    let state = IndexSettings { state: folder.path().join("state"), memory_mb: 30 };
    let index = index::sync(&state, &corpus::scan(&settings), &settings, &analyzer, &|| ()).unwrap();
    let lexicon = Lexicon::compile(themes(word), &LexiconSettings::default(), &analyzer).unwrap();
    let scores = score::themes(&index, &lexicon, &ScoreSettings::default(), &|| ()).unwrap();
    let probes = synthesis::Probes::compile(synthesis, &analyzer).unwrap();
    let evidence = synthesis::gather(&index, &probes, &|| ()).unwrap();
    Made {
        agreement: evaluate::agreement(&index, &scores, &lexicon, codings, &EvaluateSettings::default()).unwrap(),
        synthesis: synthesis::of(&scores, index.documents(), &lexicon, &evidence, synthesis),
        candidates: candidates(word, index.documents()[0].id.clone()),
        title: word(0),
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
    Codings { rows: (0..n).flat_map(|at| [coding(at, 0), coding(at, 1)]).collect(), faults: Vec::new() }
}

fn whole(n: usize, word: &dyn Fn(usize) -> String) -> Made {
    let fault = Fault { path: word(17), line: Some(1), severity: Severity::Cut, what: word(18), hint: Some(word(19)) };
    made(n, word, &full(word), &two_coders(word, n), vec![fault])
}

fn plain(at: usize) -> String {
    format!("word{}", at % 60)
}

fn hostile(at: usize) -> String {
    PAYLOADS[at % PAYLOADS.len()].to_owned()
}

/// Every tag with each attribute that it bears, as a browser's parser sees them.
fn vocabulary(page: &str) -> BTreeSet<String> {
    let parsed = dom_query::Document::from(page);
    let mut seen = BTreeSet::new();
    for node in parsed.select("*").nodes() {
        let tag = node.node_name().unwrap_or_default().to_string();
        seen.extend(node.attrs().iter().map(|attribute| format!("{tag} {}", attribute.name.local)));
        seen.insert(tag);
    }
    seen
}

#[test]
fn no_text_becomes_an_element_or_an_attribute() {
    let made = whole(PAYLOADS.len(), &hostile);
    let page = made.page(&ReportSettings::default());
    let known = vocabulary(&whole(PAYLOADS.len(), &plain).page(&ReportSettings::default()));
    let strange: Vec<String> = vocabulary(&page).difference(&known).cloned().collect();
    assert!(strange.is_empty(), "from a text: {strange:?}");

    let parsed = dom_query::Document::from(page.as_str());
    let n_data = parsed.select("script[type='application/json']").length();
    assert_eq!(parsed.select("script").length(), n_data + 1, "one script, and it is ours");
    assert_eq!(parsed.select("body script:not([type])").text().as_ref(), include_str!("page/script.js"));
    for node in parsed.select("a").nodes() {
        let address = node.attr("href").unwrap_or_default();
        assert!(address.starts_with('#'), "a link that leaves the page: {address}");
    }
    let title = parsed.select("h1").text().to_string();
    assert_eq!(title, PAYLOADS[0], "text is still shown as it is");
    for node in parsed.select("script[type='application/json']").nodes() {
        serde_json::from_str::<serde_json::Value>(&node.text()).expect("data is whole");
    }
    balanced(&page);
}

/// Every element that is opened is closed, in order: nothing is left to a browser's mending.
fn balanced(page: &str) {
    const VOID: [&str; 6] = ["meta", "input", "br", "link", "img", "hr"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag is closed");
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order");
        } else if !tag.starts_with('!') {
            let name = tag.split([' ', '\n']).next().unwrap();
            if name == "script" || name == "style" {
                let close = format!("</{name}>");
                rest = &rest[rest.find(&close).expect("raw text is closed") + close.len()..];
            } else if !VOID.contains(&name) {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let made = whole(6, &plain);
    let write = || {
        let folder = tempfile::tempdir().unwrap();
        write(&made.findings(), &ReportSettings::default(), folder.path(), &|| ()).unwrap();
        let tables = std::fs::read_dir(folder.path().join("tables")).unwrap().flatten().map(|entry| entry.path());
        let mut files: Vec<_> = tables.chain([folder.path().join("report.html")]).collect();
        files.sort();
        let bytes: Vec<_> =
            files.iter().map(|file| (file.file_name().unwrap().to_owned(), std::fs::read(file).unwrap())).collect();
        bytes
    };
    let first = write();
    assert_eq!(first, write());
    assert_eq!(first.len(), 2 * 27 + 1, "every table in both forms, and the page");
    for (name, bytes) in &first {
        if name.to_string_lossy().ends_with(".json") {
            serde_json::from_slice::<Vec<serde_json::Value>>(bytes).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        }
    }
}

#[test]
fn a_section_is_there_only_with_its_data() {
    const ONLY_WITH_DATA: [&str; 7] =
        ["scorecard", "outcomes", "terminology", "sources", "agreement", "selection", "faults"];
    let all = whole(6, &plain).page(&ReportSettings::default());
    let mut settings = quick();
    settings.citations = synthesis::Switch::Off;
    settings.maps.clear();
    let bare = made(6, &plain, &settings, &Codings::default(), Vec::new()).page(&ReportSettings::default());
    for id in ONLY_WITH_DATA {
        let (section, link) = (format!("id=\"{id}\""), format!("href=\"#{id}\""));
        assert!(all.contains(&section) && all.contains(&link), "{id} is missing");
        assert!(!bare.contains(&section) && !bare.contains(&link), "{id} has nothing to show");
    }
    let parsed = dom_query::Document::from(all.as_str());
    for node in parsed.select("nav a").nodes() {
        let id = node.attr("href").unwrap().trim_start_matches('#').to_owned();
        assert!(all.contains(&format!("id=\"{id}\"")), "{id} leads nowhere");
    }
    let coders = parsed.select("#agreement .notice").text().to_string();
    assert!(coders.contains(&plain(0)), "what the coders are stands beside their figures");
}

#[test]
fn every_setting_changes_the_page() {
    let made = whole(6, &plain);
    let page = made.page(&ReportSettings::default());
    assert!(page.len() > made.page(&ReportSettings { n_quotes: 1, ..Default::default() }).len());
    let mut bare = made;
    bare.synthesis.themes.iter_mut().for_each(|theme| theme.best.clear());
    let many = bare.page(&ReportSettings { n_passages: 100, ..Default::default() });
    let few = bare.page(&ReportSettings { n_passages: 6, ..Default::default() });
    assert!(many.len() > few.len());
}

#[test]
fn a_score_is_opened_down_to_its_patterns() {
    let page = whole(4, &plain).page(&ReportSettings::default());
    // One pattern of weight 0.75.
    assert!(page.contains("1 − (1 − 0.75) = 0.750"), "{}", page.len());
    assert!(page.contains("<mark title=\"word10: funding\">Funding</mark>"));
}

#[test]
fn the_script_sets_text_as_text_and_asks_nothing_of_a_network() {
    let script = include_str!("page/script.js");
    for banned in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
        "XMLHttpRequest",
        "import(",
    ] {
        assert!(!script.contains(banned), "{banned}");
    }
    assert!(!script.contains("</script") && !script.contains("<!--"));
    let page = whole(2, &plain).page(&ReportSettings::default());
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta http-equiv=\"Content-Security-Policy\""));
    assert!(page.contains("default-src 'none'") && page.contains("base-uri 'none'"));
    assert!(!page.contains(" style=\""), "the policy would refuse it");
}
