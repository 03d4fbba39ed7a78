//! Documents by name.

use super::change::ChangedDocument;
use maud::{Markup, html};

/// The name of a document, leading to it where this run has it.
pub fn link(document: &ChangedDocument) -> Markup {
    html! { @match document.place { Some(place) => a href={ "report.html#document-" (place) } { (document.id) }, None => (document.id) } }
}
