//! PDF: a text layer of our own over what a page draws, in the order in which it draws it.
//!
//! Glyphs become words by the gaps between them, words lines by their baselines, lines paragraphs by distance and
//! indent, over columns and pages. Running heads, page and line numbers are kept and marked; headings make sections.

mod about;
mod furniture;
mod headings;
mod hyphens;
mod page;
mod paragraphs;
mod signs;
mod write;

use super::super::catalog::Severity;
use super::super::document::Document;
use super::{Format, Input, Intake, Take};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{InterpreterCache, InterpreterSettings};
use page::Sheet;

pub(super) const FORMAT: Format = Format { name: "pdf", endings: &[], shows, take: Take::Stream(take) };

/// How far from its start a PDF may have its mark, mail heads and print tickets standing before it.
const MARK_BYTES: usize = 1024;

fn shows(head: &[u8]) -> bool {
    let front = &head[..head.len().min(MARK_BYTES)];
    let is_pdf = |at: usize| at == 0 || memchr::memmem::find(head, b" obj").is_some();
    memchr::memmem::find(front, b"%PDF-").is_some_and(is_pdf)
}

fn take(input: Input, intake: &mut Intake) {
    let limits = intake.settings.limits;
    let bytes = match input.bytes(limits.entry_bytes) {
        Ok((bytes, false)) => bytes,
        Ok((_, true)) => {
            let what = format!("is larger than {} bytes (entry_bytes)", limits.entry_bytes);
            return intake.skip(&what, "split the file, or raise entry_bytes under [corpus.limits]");
        }
        Err(e) => return intake.skip(&format!("cannot be read to its end: {e}"), "see that the file is whole"),
    };
    let pdf = match Pdf::new(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return intake.skip("is locked with a password", "save a copy without the password");
        }
        Err(LoadPdfError::Decryption(_)) => {
            return intake.skip("is encrypted in a way that is not known", "save a copy without encryption");
        }
        Err(LoadPdfError::Invalid) => return intake.skip("is a damaged PDF", "fetch or save it again"),
    };
    let sheets = sheets(&pdf, usize::try_from(limits.text_bytes).unwrap_or(usize::MAX));
    let furniture = furniture::of(&sheets);
    let usual = paragraphs::Usual::of(&sheets, &furniture);
    let blocks = paragraphs::of(&sheets, &furniture, &usual);
    let roles = headings::of(&blocks, &sheets, &usual);
    let written = write::written(&sheets, &furniture, &blocks, &roles);
    let metadata = about::of(&pdf, &written, limits.xml_depth);
    if let Some(lack) = lack(&sheets) {
        let hint = "run text recognition (OCR) over it, or put a copy with text in its place";
        if written.text.trim().is_empty() {
            return intake.skip(&lack, hint);
        }
        intake.fault(Severity::Degraded, None, lack, hint);
    }
    let write::Written { text, sections, boilerplate, pages, .. } = written;
    intake.document(Document { metadata, text, sections, boilerplate, pages, ..Document::default() });
}

/// The pages, until they hold more text than is taken of a document.
fn sheets(pdf: &Pdf, text_bytes: usize) -> Vec<Sheet> {
    let settings = InterpreterSettings::default();
    let cache = InterpreterCache::new();
    let mut sheets = Vec::new();
    let mut n_bytes = 0;
    for page in pdf.pages().iter() {
        let sheet = page::seen(page, &cache, &settings);
        n_bytes += sheet.n_bytes();
        sheets.push(sheet);
        if n_bytes > text_bytes {
            break;
        }
    }
    sheets
}

/// Bytes of text that a page that is all picture is taken to hold.
const PICTURE_BYTES: usize = 1_500;
/// Fewest shapes that a page of text drawn as outlines has.
const N_OUTLINES: usize = 500;

/// Why there is little text, where there is less than a tenth of what is visibly there.
fn lack(sheets: &[Sheet]) -> Option<String> {
    let n_bytes: usize = sheets.iter().map(Sheet::n_bytes).sum();
    let n_unknown: usize = sheets.iter().map(|sheet| sheet.n_unknown).sum();
    if n_unknown > 9 * n_bytes {
        let what = format!("little text: its fonts do not say what {n_unknown} of their signs stand for");
        return Some(what);
    }
    let bare = |sheet: &&Sheet| sheet.n_bytes() < PICTURE_BYTES / 10;
    let n_pictures = sheets.iter().filter(bare).filter(|sheet| sheet.pictured > 0.5).count();
    let n_outlines = sheets.iter().filter(bare).filter(|sheet| sheet.n_shapes > N_OUTLINES).count();
    let is_little = |n: usize| n > 0 && n_bytes * 10 < n * PICTURE_BYTES + n_bytes;
    if is_little(n_pictures) {
        return Some(format!("little text: probably scanned ({n_pictures} of {} pages are pictures)", sheets.len()));
    }
    is_little(n_outlines)
        .then(|| format!("little text: probably drawn as outlines ({n_outlines} of {} pages)", sheets.len()))
}
