//! Where the formats hand in what they read: documents, one at a time, and faults.

use super::super::catalog::{Fault, Severity};
use super::super::document::{Document, DocumentId, Metadata, Span};
use super::super::settings::CorpusSettings;
use super::fields;
use super::without_ending;
use rustc_hash::FxHashMap;

/// Takes the documents and faults of one file.
pub(in super::super) struct Intake<'a> {
    /// What the study says about its corpus.
    pub(super) settings: &'a CorpusSettings,
    /// What the list beside the file says of it.
    said: Metadata,
    path: String,
    /// The name by which the format is told: of the file, or of the member of an archive.
    label: String,
    /// Members that are open, each within the one before.
    members: Vec<String>,
    name: String,
    format: &'static str,
    each: &'a mut dyn FnMut(Document),
    faults: Vec<Fault>,
    n_documents: usize,
    n_packages: u32,
    names: FxHashMap<String, u32>,
}

impl<'a> Intake<'a> {
    /// An intake for the file at `path`, whose only document, if it has but one, is called `name`; what is not known of
    /// it otherwise is filled in from what is `said` of it.
    pub(in super::super) fn new(
        path: &str,
        said: Metadata,
        name: String,
        settings: &'a CorpusSettings,
        each: &'a mut dyn FnMut(Document),
    ) -> Self {
        Self {
            settings,
            said,
            path: path.into(),
            label: path.into(),
            members: Vec::new(),
            name,
            format: "",
            each,
            faults: Vec::new(),
            n_documents: 0,
            n_packages: 0,
            names: FxHashMap::default(),
        }
    }

    /// The faults met, in the order of the file.
    pub(in super::super) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// The name of the file, or of the member of an archive, that is being read.
    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// Reads what an archive holds: `label` tells its format, `member` is its name within, if it has one.
    pub(super) fn within(&mut self, label: &str, member: Option<&str>, read: impl FnOnce(&mut Self)) {
        let limit = self.settings.limits.n_packages;
        if self.n_packages >= limit {
            return self.skip(
                &format!("archives nest deeper than {limit} (n_packages)"),
                "unpack it, or raise n_packages under [corpus.limits]",
            );
        }
        let name = match member {
            Some(member) => format!("{}/{}", self.name, without_ending(member)),
            None => without_ending(&self.name).to_owned(),
        };
        let label = std::mem::replace(&mut self.label, label.to_owned());
        let name = std::mem::replace(&mut self.name, name);
        let n_before = std::mem::take(&mut self.n_documents);
        let format = self.format;
        self.n_packages += 1;
        self.members.extend(member.map(str::to_owned));
        read(self);
        self.members.truncate(self.members.len() - usize::from(member.is_some()));
        self.n_packages -= 1;
        self.format = format;
        self.n_documents += n_before;
        self.name = name;
        self.label = label;
    }

    /// Names the format that what follows is read as.
    pub(super) fn set_format(&mut self, format: &'static str) {
        self.format = format;
    }

    /// Takes the one document of the file.
    pub(super) fn document(&mut self, document: Document) {
        if is_blank(&document.text) {
            return self.skip("holds no text", "leave it out, or put the text in");
        }
        let mut document = Document { id: DocumentId(self.name.clone()), ..document };
        if self.members.is_empty() {
            fields::fill(&mut document.metadata, &self.said);
        }
        self.hand_over(document, None);
    }

    /// Takes one record of a file that may hold many: `line` is where it starts, and names it if it has no id.
    pub(super) fn record(&mut self, line: u64, document: Document) {
        if is_blank(&document.text) {
            let hint = "leave it out, or fill in its text";
            return self.fault(Severity::Skipped, Some(line), "the record holds no text", hint);
        }
        let own = document.id.0.trim();
        let id = if own.is_empty() { format!("{}#{line}", self.name) } else { own.to_owned() };
        self.hand_over(Document { id: DocumentId(id), ..document }, Some(line));
    }

    /// Takes one record of a reference export; one that has no abstract has no text, and is handed over for its fields.
    ///
    /// Such a record is named by the file and a digest of its text, so that its name stays when others come before it;
    /// keys of vendors and numbers within an export are not unique over files.
    pub(super) fn reference(&mut self, line: u64, document: Document) {
        if document.text.is_empty() && document.metadata.title.is_none() {
            let what = "the record has neither a title nor an abstract";
            return self.fault(Severity::Skipped, Some(line), what, "leave it out, or fill in what it lacks");
        }
        let n = self.names.entry(document.id.0.clone()).and_modify(|n| *n += 1).or_insert(1);
        let again = if *n > 1 { format!("-{n}") } else { String::new() };
        let id = DocumentId(format!("{}#{}{again}", self.name, document.id));
        self.hand_over(Document { id, ..document }, Some(line));
    }

    /// Notes that nothing, or nothing more, could be taken of the file.
    pub(in super::super) fn skip(&mut self, what: &str, hint: &str) {
        let severity = if self.n_documents == 0 { Severity::Skipped } else { Severity::Cut };
        self.fault(severity, None, what, hint);
    }

    /// Notes something that should be known.
    pub(super) fn fault(&mut self, severity: Severity, line: Option<u64>, what: impl Into<String>, hint: &str) {
        let hint = Some(hint.to_owned());
        let what = self.members.iter().rev().fold(what.into(), |what, member| format!("{member}: {what}"));
        self.faults.push(Fault { path: self.path.clone(), line, severity, what, hint, ..Fault::default() });
    }

    /// How many faults there are so far.
    pub(in super::super) fn n_faults(&self) -> usize {
        self.faults.len()
    }

    /// Called when the whole of a file or member has been read, before which there were `n_faults`.
    pub(super) fn finish(&mut self, n_faults: usize) {
        if self.n_documents == 0 && self.faults.len() == n_faults {
            self.skip("holds no document", "leave it out, or put the text in");
        }
    }

    fn hand_over(&mut self, mut document: Document, line: Option<u64>) {
        document.source = self.path.clone();
        document.format = self.format;
        let limit = usize::try_from(self.settings.limits.text_bytes).unwrap_or(usize::MAX).min(u32::MAX as usize);
        if document.text.len() > limit {
            cut(&mut document, limit);
            let what = format!("the text is longer than {limit} bytes (text_bytes); the rest is cut");
            self.fault(Severity::Cut, line, what, "split the file, or raise text_bytes under [corpus.limits]");
        }
        if cut_fields(&mut document.metadata, self.settings.limits.field_bytes as usize) {
            let what = format!(
                "a field is longer than {} bytes (field_bytes); its rest is cut",
                self.settings.limits.field_bytes
            );
            self.fault(Severity::Degraded, line, what, "shorten it, or raise field_bytes under [corpus.limits]");
        }
        self.n_documents += 1;
        (self.each)(document);
    }
}

/// Whether there is nothing but white space, told fast where that is all of a hundred million bytes.
fn is_blank(text: &str) -> bool {
    let is_space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
    let rest = text.as_bytes().chunks(64).position(|some| some.iter().any(|b| !is_space(b)));
    rest.is_none_or(|at| text[text.floor_char_boundary(at * 64)..].trim_start().is_empty())
}

/// Cuts the text at `limit` bytes, and what points at it with it.
fn cut(document: &mut Document, limit: usize) {
    let end = document.text.floor_char_boundary(limit);
    document.text.truncate(end);
    let fit = |span: &mut Span| {
        span.end = span.end.min(end as u32);
        span.start < span.end
    };
    document.sections.retain_mut(|section| fit(&mut section.span));
    document.pages.retain_mut(|page| fit(&mut page.span));
    document.boilerplate.retain_mut(fit);
}

/// Cuts every field at `limit` bytes; whether any was longer.
fn cut_fields(metadata: &mut Metadata, limit: usize) -> bool {
    let Metadata { title, authors, kind, doi, url, publication, language, extra, year: _ } = metadata;
    let single = [title, kind, doi, url, publication, language].into_iter().flatten();
    let mut any = false;
    for field in single.chain(authors).chain(extra.values_mut()) {
        if field.len() > limit {
            field.truncate(field.floor_char_boundary(limit));
            any = true;
        }
    }
    any
}
