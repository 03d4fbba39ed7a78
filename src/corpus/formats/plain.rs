//! Plain text: taken as it is; lines that are headings of the usual parts make sections.

use super::super::document::Document;
use super::{Format, Intake, Take, sections};

pub(super) const FORMAT: Format =
    Format { name: "text", endings: &["txt", "text", "asc"], shows: |_| false, take: Take::Text(take) };

fn take(text: String, intake: &mut Intake) {
    let sections = sections::of_plain(&text);
    intake.document(Document { text, sections, ..Document::default() });
}
