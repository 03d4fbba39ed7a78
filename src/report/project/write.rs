//! Writes a project.

use super::super::write::ReportError;
use super::guid::guid;
use super::parts::{Project, STANCES, stance_name};
use super::places::{code_points, plain};
use crate::evaluate::Marked;
use crate::index::Content;
use crate::lexicon::{Theme, escaped};
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The user that our hits are coded by.
const US: &str = "Throughline";
/// The code of hits that the text denies: shown, not counted.
const DENIED: &str = "Denied (not counted)";

/// What was written, and what such a project cannot say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Texts.
    pub n_documents: usize,
    /// Hits, each a coded selection.
    pub n_hits: usize,
    /// Codings by people.
    pub n_marks: usize,
    /// Of those, codings of whole documents whose stance is lost: it has a place at selections only.
    pub n_stances_lost: usize,
}

/// Writes the project to `file`: beside it first, so that what was there stays until the new one is whole. `tick` is called once
/// for each document.
///
/// # Errors
/// The file cannot be written, or a text cannot be read back from the index.
pub fn write_project(project: &Project<'_>, file: &Path, tick: &(dyn Fn() + Sync)) -> Result<Exported, ReportError> {
    let write = || {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        let exported = write_into(project, BufWriter::new(&mut beside), tick)?;
        beside.as_file().sync_all()?;
        beside.persist(file)?;
        Ok(exported)
    };
    write().map_err(|source| ReportError { path: file.to_owned(), source })
}

fn write_into(project: &Project<'_>, out: impl Write + Seek, tick: &(dyn Fn() + Sync)) -> io::Result<Exported> {
    let mut archive = ZipWriter::new(out);
    let options = SimpleFileOptions::default();
    let n_documents = project.index.documents().len();
    for document in 0..n_documents {
        let content = project.index.content(document).map_err(io::Error::other)?;
        archive.start_file(format!("sources/{}.txt", text_guid(project, document)), options)?;
        archive.write_all(plain(&content.text).as_bytes())?;
    }
    archive.start_file("project.qde", options.large_file(true))?;
    archive.write_all(head(project).as_bytes())?;
    let mut exported = Exported { n_documents, n_marks: project.marks.len(), ..Exported::default() };
    for document in 0..n_documents {
        let content = project.index.content(document).map_err(io::Error::other)?;
        archive.write_all(source(project, document, &content, &mut exported).as_bytes())?;
        tick();
    }
    let about = format!("{} by Throughline {}", project.name, project.program);
    // The schema wants at least one source where there are any.
    let close = if n_documents > 0 { "  </Sources>\n" } else { "" };
    let tail = format!("{close}  <Description>{}</Description>\n</Project>\n", escaped(&about));
    archive.write_all(tail.as_bytes())?;
    archive.finish()?.flush()?;
    Ok(exported)
}

fn text_guid(project: &Project<'_>, document: usize) -> String {
    guid("text", &project.index.documents()[document].id.0)
}

/// Everything before the first text.
fn head(project: &Project<'_>) -> String {
    let (us, name, created) = (guid("user", US), escaped(project.name), escaped(project.created));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{name}\" \
         origin=\"Throughline {}\" creatingUserGUID=\"{us}\" creationDateTime=\"{created}\">\n  <Users>\n",
        escaped(project.program)
    );
    let coders: BTreeSet<&str> = project.marks.iter().map(|mark| mark.coder.0.as_str()).collect();
    // A coder may have our name: then there are two users of that name, told apart by their identifiers.
    let users = [(us.clone(), US)].into_iter().chain(coders.into_iter().map(|coder| (guid("coder", coder), coder)));
    for (id, user) in users {
        out += &format!("    <User guid=\"{id}\" name=\"{}\"/>\n", escaped(user));
    }
    out += "  </Users>\n  <CodeBook>\n    <Codes>\n";
    let themes = &project.lexicon.themes;
    let is_known = |id: &crate::lexicon::ThemeId| themes.iter().any(|theme| theme.id == *id);
    for theme in themes.iter().filter(|theme| !theme.parent.as_ref().is_some_and(is_known)) {
        theme_code(theme, themes, 3, &mut out);
    }
    let others: BTreeSet<&str> =
        project.marks.iter().filter(|mark| !is_known(&mark.theme)).map(|mark| mark.theme.0.as_str()).collect();
    for other in others {
        out += &code(&guid("theme", other), other, "", "/", 3);
    }
    out += &code(&guid("code", DENIED), DENIED, "Hits that the text denies.", "/", 3);
    out += &code(&guid("code", "stance"), "Stance", "What is said of a theme at a selection.", "", 3);
    for (_, stance) in STANCES {
        out += &code(&guid("stance", stance), stance, "", "/", 4);
    }
    out += "      </Code>\n    </Codes>\n  </CodeBook>\n  <Variables>\n";
    for (name, kind) in [("year", "Integer"), ("kind", "Text"), ("doi", "Text"), ("authors", "Text")] {
        out += &variable(name, kind);
    }
    themes.iter().for_each(|theme| out += &variable(&score_name(theme), "Float"));
    out + "  </Variables>\n" + if project.index.documents().is_empty() { "" } else { "  <Sources>\n" }
}

/// A theme and those below it.
fn theme_code(theme: &Theme, themes: &[Theme], depth: usize, out: &mut String) {
    *out += &code(&guid("theme", &theme.id.0), &theme.label, &theme.definition, "", depth);
    for child in themes.iter().filter(|child| child.parent.as_ref() == Some(&theme.id)) {
        theme_code(child, themes, depth + 1, out);
    }
    *out += &format!("{}</Code>\n", "  ".repeat(depth));
}

/// A code; `close` is `/` for one with nothing below it.
fn code(guid: &str, name: &str, description: &str, close: &str, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let name = escaped(name);
    let described = match description.trim() {
        "" => String::new(),
        text => format!("{indent}  <Description>{}</Description>\n", escaped(text)),
    };
    match (described.is_empty(), close) {
        (true, "/") => format!("{indent}<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"true\"/>\n"),
        (false, "/") => {
            format!("{indent}<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"true\">\n{described}{indent}</Code>\n")
        }
        _ => format!("{indent}<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"true\">\n{described}"),
    }
}

fn score_name(theme: &Theme) -> String {
    format!("score: {}", theme.label)
}

fn variable(name: &str, kind: &str) -> String {
    format!(
        "    <Variable guid=\"{}\" name=\"{}\" typeOfVariable=\"{kind}\"/>\n",
        guid("variable", name),
        escaped(name)
    )
}

/// One text with everything coded in it.
fn source(project: &Project<'_>, document: usize, content: &Content, exported: &mut Exported) -> String {
    let known = &project.index.documents()[document];
    let (us, text) = (guid("user", US), text_guid(project, document));
    let title = known.metadata.title.as_deref().unwrap_or(&known.id.0);
    let mut out = format!(
        "    <TextSource guid=\"{}\" name=\"{}\" plainTextPath=\"internal://{text}.txt\" creatingUser=\"{us}\">\n      \
         <Description>{}</Description>\n",
        guid("source", &known.id.0),
        escaped(&known.id.0),
        escaped(title),
    );
    let marks = project.marks;
    let marks = &marks[marks.partition_point(|mark| mark.document < document)..];
    let marks = &marks[..marks.partition_point(|mark| mark.document == document)];
    out += &hits(project, document, content, &us, exported);
    out += &selections(&known.id.0, content, marks);
    for (number, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.span.is_none()) {
        exported.n_stances_lost += usize::from(mark.stance.is_some());
        let (coder, theme) = (guid("coder", &mark.coder.0), guid("theme", &mark.theme.0));
        let id = guid("coding", &format!("{}\u{1f}mark\u{1f}{number}", known.id.0));
        out += &format!("      {}\n", coding(&id, &coder, &theme));
    }
    out += &values(project, document);
    out + "    </TextSource>\n"
}

fn coding(id: &str, user: &str, code: &str) -> String {
    format!("<Coding guid=\"{id}\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{code}\"/></Coding>")
}

/// Every hit as a coded selection.
fn hits(project: &Project<'_>, document: usize, content: &Content, us: &str, exported: &mut Exported) -> String {
    let (found, spans) = (&project.scores.documents[document], &project.scores.spans[document]);
    let bytes: Vec<u32> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    let places = code_points(&content.text, &bytes);
    let id = &project.index.documents()[document].id.0;
    let mut out = String::new();
    for (number, (hit, span)) in found.hits.iter().zip(spans).enumerate() {
        let theme = &project.lexicon.themes[usize::from(hit.theme)];
        let pattern = &project.lexicon.patterns[hit.pattern as usize];
        let code = if hit.negated { guid("code", DENIED) } else { guid("theme", &theme.id.0) };
        let stance = guid("stance", stance_name(hit.stance));
        let own = |kind: &str| guid(kind, &format!("{id}\u{1f}hit\u{1f}{number}"));
        let about = format!("{}: pattern {}, weight {}", theme.label, pattern.text, pattern.weight);
        out += &format!(
            "      <PlainTextSelection guid=\"{}\" name=\"{}\" startPosition=\"{}\" endPosition=\"{}\" \
             creatingUser=\"{us}\"><Description>{}</Description>{}{}</PlainTextSelection>\n",
            own("selection"),
            escaped(span.of(&content.text)),
            places[2 * number],
            places[2 * number + 1],
            escaped(&about),
            coding(&own("coding"), us, &code),
            coding(&own("stance"), us, &stance),
        );
        exported.n_hits += 1;
    }
    out
}

/// The stretches of text that people coded.
fn selections(id: &str, content: &Content, marks: &[Marked]) -> String {
    let placed: Vec<_> = marks.iter().enumerate().filter_map(|(n, mark)| Some((n, mark, mark.span?))).collect();
    let bytes: Vec<u32> = placed.iter().flat_map(|(_, _, span)| [span.start, span.end]).collect();
    let places = code_points(&content.text, &bytes);
    let mut out = String::new();
    for (at, (number, mark, span)) in placed.into_iter().enumerate() {
        let (coder, theme) = (guid("coder", &mark.coder.0), guid("theme", &mark.theme.0));
        let own = |kind: &str| guid(kind, &format!("{id}\u{1f}mark\u{1f}{number}"));
        let name: String = span.of(&content.text).chars().take(80).collect();
        let stance = mark.stance.map(|stance| coding(&own("stance"), &coder, &guid("stance", stance_name(stance))));
        out += &format!(
            "      <PlainTextSelection guid=\"{}\" name=\"{}\" startPosition=\"{}\" endPosition=\"{}\" \
             creatingUser=\"{coder}\">{}{}</PlainTextSelection>\n",
            own("selection"),
            escaped(&name),
            places[2 * at],
            places[2 * at + 1],
            coding(&own("coding"), &coder, &theme),
            stance.unwrap_or_default(),
        );
    }
    out
}

/// Metadata and scores of a document, as values of the project's variables.
fn values(project: &Project<'_>, document: usize) -> String {
    let metadata = &project.index.documents()[document].metadata;
    let year = metadata.year.map(|year| year.to_string());
    let authors = Some(metadata.authors.join("; ")).filter(|authors| !authors.is_empty());
    let mut values = vec![
        ("year".to_owned(), "IntegerValue", year),
        ("kind".to_owned(), "TextValue", metadata.kind.clone()),
        ("doi".to_owned(), "TextValue", metadata.doi.clone()),
        ("authors".to_owned(), "TextValue", authors),
    ];
    for scored in &project.scores.documents[document].themes {
        let theme = &project.lexicon.themes[usize::from(scored.score.theme)];
        values.push((score_name(theme), "FloatValue", Some(format!("{:.6}", scored.score.score))));
    }
    let value = |(name, kind, value): (String, &str, Option<String>)| {
        let value = escaped(&value?);
        let variable = guid("variable", &name);
        Some(format!(
            "      <VariableValue><VariableRef targetGUID=\"{variable}\"/><{kind}>{value}</{kind}></VariableValue>\n"
        ))
    };
    values.into_iter().filter_map(value).collect()
}
