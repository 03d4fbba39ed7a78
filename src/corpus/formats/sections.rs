//! What part a section plays, told from its heading; one list for all formats.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::document::{Section, SectionKind, Span};

/// What the usual parts are called, in lower case without marks.
const NAMES: [(SectionKind, &str); 9] = [
    (
        SectionKind::Abstract,
        "abstract | summary | executive summary | synopsis | author summary | plain language summary | structured \
         abstract | key points | highlights | graphical abstract | zusammenfassung | résumé | resumen | resumo | \
         riassunto",
    ),
    (
        SectionKind::Introduction,
        "introduction | background | background and aims | introduction and background | context | rationale | \
         objectives | aims | aims and objectives | aim | literature review | review of the literature | related work \
         | einleitung | introducción | introdução | introduzione",
    ),
    (
        SectionKind::Methods,
        "method | methods | methodology | materials and methods | material and methods | methods and materials | \
         patients and methods | subjects and methods | participants and methods | experimental procedures | \
         experimental section | study design | research design | research methods | design and methods | data and \
         methods | methods and data | methods and analysis | design | methoden | méthodes | métodos | metodi",
    ),
    (
        SectionKind::Results,
        "result | results | findings | main findings | key findings | results and analysis | analysis and results | \
         ergebnisse | résultats | resultados | risultati",
    ),
    (
        SectionKind::Discussion,
        "discussion | discussions | results and discussion | results discussion | discussion conclusion | findings \
         and discussion | general discussion | discussion and conclusion | discussion and conclusions | limitations | \
         strengths and limitations | diskussion | discusión | discussão | discussione",
    ),
    (
        SectionKind::Conclusion,
        "conclusion | conclusions | concluding remarks | conclusions and recommendations | conclusion and \
         recommendations | recommendations | implications | implications for practice | implications for policy and \
         practice | conclusions and implications | summary and conclusions | schlussfolgerung | conclusiones | \
         conclusões | conclusioni",
    ),
    (
        SectionKind::References,
        "references | reference | bibliography | works cited | literature cited | references cited | reference list | \
         list of references | notes and references | further reading | literatur | literaturverzeichnis | références \
         | bibliographie | referencias | bibliografía | referências | riferimenti | bibliografia",
    ),
    (
        SectionKind::Acknowledgements,
        "acknowledgements | acknowledgments | acknowledgement | acknowledgment | funding | funding statement | \
         financial disclosure | financial support | competing interests | conflict of interest | conflicts of \
         interest | declaration of interest | declarations of interest | declaration of competing interest | \
         disclosure | disclosures | author contributions | authors contributions | contributions | declarations | \
         ethics statement | data availability | data availability statement | availability of data and materials | \
         danksagung | remerciements | agradecimientos | agradecimentos",
    ),
    (
        SectionKind::Appendix,
        "supporting information | supplementary material | supplementary materials | supplementary information | \
         supplementary data | additional files | appendices | annex | annexes | anhang | anexo",
    ),
];

/// The part by each of its names.
static KINDS: LazyLock<HashMap<&str, SectionKind>> =
    LazyLock::new(|| NAMES.iter().flat_map(|(kind, names)| names.split(" | ").map(|name| (name, *kind))).collect());

/// The part that a heading announces, if it is one of the usual ones; numbering and case do not matter.
pub(super) fn kind_of(heading: &str) -> Option<SectionKind> {
    if heading.len() > 120 {
        return None;
    }
    let words = bare(heading);
    if words.len() > 60 {
        return None;
    }
    if let Some(kind) = KINDS.get(words.as_str()) {
        return Some(*kind);
    }
    if words.len() <= 40 && words.split(' ').next() == Some("appendix") {
        return Some(SectionKind::Appendix);
    }
    Some(match words.split_once(" and ")?.0 {
        "introduction" => SectionKind::Introduction,
        "method" | "methods" | "methodology" => SectionKind::Methods,
        "result" | "results" | "findings" => SectionKind::Results,
        "discussion" => SectionKind::Discussion,
        "conclusion" | "conclusions" => SectionKind::Conclusion,
        _ => return None,
    })
}

/// A heading without its numbering, marks and case: `2.1 Materials & Methods:` gives `materials and methods`.
fn bare(heading: &str) -> String {
    let mut rest = heading.trim();
    loop {
        let part = rest.split([' ', '\t', '\u{a0}']).next().unwrap_or("");
        let number = part.trim_end_matches(['.', ')', ':']);
        let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.');
        let is_roman = part.len() > number.len() && number.len() <= 4 && number.chars().all(|c| "IVXivx".contains(c));
        let is_letter = part.len() == 2 && part.ends_with(['.', ')']) && number.chars().all(|c| c.is_ascii_uppercase());
        let is_word = matches!(part.to_ascii_lowercase().as_str(), "section" | "chapter" | "part");
        let left = rest[part.len()..].trim_start();
        if left.is_empty()
            || !(is_number || is_roman && !number.is_empty() || is_letter && !number.is_empty() || is_word)
        {
            break;
        }
        rest = left;
    }
    let mut out = String::with_capacity(rest.len());
    for word in rest.split(|c: char| c.is_whitespace() || c == '/' || c == '-') {
        let word = if word == "&" { "and" } else { word.trim_matches(|c: char| !c.is_alphanumeric()) };
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(word.chars().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase));
        }
    }
    out
}

/// Sections of a text that has no marks of its own: a line with nothing but the heading of a usual part starts one.
pub(super) fn of_plain(text: &str) -> Vec<Section> {
    let mut starts = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        // What is much longer than a heading is not looked at, since it may be the whole text.
        let line = if end - start > 400 { "" } else { text[start..end].trim() };
        let may_be = (3..=60).contains(&line.len()) && !line.ends_with(['.', ',', ';', '?']);
        let may_be = may_be && !line.starts_with(char::is_lowercase);
        starts.extend(Some(line).filter(|_| may_be).and_then(kind_of).map(|kind| (start, kind, line)));
        start = (end + 1).min(text.len());
    }
    let ends = starts.iter().skip(1).map(|s| s.0).chain([text.len()]);
    let section = |(&(start, kind, line), end): (&(usize, SectionKind, &str), usize)| Section {
        kind,
        heading: Some(line.to_owned()),
        span: Span::new(start, end),
    };
    starts.iter().zip(ends).map(section).collect()
}

/// Gathers sections while a text is written from start to end; a heading inside a known part belongs to that part.
#[derive(Default)]
pub(super) struct Outline {
    sections: Vec<Section>,
    open: Vec<Open>,
}

/// A section that has not ended: how deep it lies, and its part.
struct Open {
    level: usize,
    kind: SectionKind,
}

impl Outline {
    /// A heading of `level` (1 is the highest) starts at byte `at`; `kind` is what the format says of it, if it does.
    ///
    /// A heading where a section without one has just begun is that section's.
    pub(super) fn heading(&mut self, at: usize, level: usize, heading: &str, kind: Option<SectionKind>) {
        if !heading.is_empty() && self.name(at, heading) {
            return;
        }
        self.end(at);
        self.open.retain(|open| open.level < level);
        let above = self.open.last().map_or(SectionKind::Body, |above| above.kind);
        let own = kind.or_else(|| kind_of(heading));
        let kind = match above {
            SectionKind::Body | SectionKind::Title => own.unwrap_or(SectionKind::Body),
            _ if own == Some(SectionKind::References) => SectionKind::References,
            above => above,
        };
        self.open.push(Open { level, kind });
        let heading = (!heading.is_empty()).then(|| heading.to_owned());
        self.sections.push(Section { kind, heading, span: Span::new(at, at) });
    }

    /// Names the section that has just begun at byte `at`, if it has no heading yet; whether it did. What the heading
    /// says of a part of the main text goes before what the format says, which is often coarse.
    fn name(&mut self, at: usize, heading: &str) -> bool {
        use SectionKind::*;
        let fresh = |last: &&mut Section| last.heading.is_none() && last.span.start as usize == at;
        let Some(last) = self.sections.last_mut().filter(fresh) else { return false };
        last.heading = Some(heading.to_owned());
        let is_main = matches!(last.kind, Introduction | Methods | Results | Discussion | Conclusion);
        if let Some(kind) = kind_of(heading).filter(|_| is_main) {
            last.kind = kind;
            self.open.last_mut().into_iter().for_each(|open| open.kind = kind);
        }
        true
    }

    /// Whatever lies at `level` or deeper ends at byte `at`.
    pub(super) fn close(&mut self, level: usize, at: usize) {
        self.end(at);
        self.open.retain(|open| open.level < level);
    }

    /// The section that is open ends at byte `at`.
    fn end(&mut self, at: usize) {
        if let Some(last) = self.sections.last_mut().filter(|last| last.span.is_empty()) {
            last.span.end = last.span.start.max(at as u32);
        }
    }

    /// All sections, the last of them up to `end`; empty ones are left out.
    pub(super) fn finish(mut self, end: usize) -> Vec<Section> {
        self.end(end);
        // A section that began where no text followed any more ended the one before it past the text.
        for section in &mut self.sections {
            section.span = Span::new((section.span.start as usize).min(end), (section.span.end as usize).min(end));
        }
        self.sections.retain(|section| !section.span.is_empty());
        self.sections
    }
}
