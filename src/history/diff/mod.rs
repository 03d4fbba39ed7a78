//! What changed between two runs, and why: the change of each theme in parts that sum to the whole.
//!
//! The parts are steps of one walk from the older run to the newer: the documents that were removed go, the new ones come,
//! the changed ones change; then the rest moves by what else is not the same between the two records. Each part is the
//! change of the share over one step, and a step begins where the one before it ended.

mod candidates;
mod change;
mod snapshot;
#[cfg(test)]
mod tests;
mod walk;

pub use candidates::{CandidateChange, CandidateChanges};
pub use change::{Behind, Between, Cause, Diff, Part, Share, ThemeChange};
pub(in crate::history) use snapshot::read_rows;
pub use snapshot::{KnownDocument, Pair, Snapshot, Themes, patterns, snapshot};

use super::publish::is_theme_file;
use super::record::RunRecord;
use walk::{Pairing, Walk};

/// What is not the same between two records besides the documents, in the order in which it is reckoned with.
pub fn causes(before: &RunRecord, after: &RunRecord) -> Vec<Cause> {
    let settings = |record: &RunRecord| -> Vec<serde_json::Value> {
        let mut corpus = record.settings.get("corpus").cloned().unwrap_or_default();
        if let Some(corpus) = corpus.as_object_mut() {
            // These tell which documents there are, and that is seen in the documents.
            corpus.remove("paths");
            corpus.remove("exclude");
        }
        let rooms = ["text", "score", "synthesis"].map(|room| record.settings.get(room).cloned().unwrap_or_default());
        rooms.into_iter().chain([corpus]).collect()
    };
    let program = |record: &RunRecord| (record.program.clone(), record.build.clone(), record.analyzer);
    let codings = |record: &RunRecord| -> Vec<(String, String)> {
        let files = record.inputs.iter().filter(|input| !is_theme_file(input));
        files.map(|input| (input.path.clone(), input.digest.0.clone())).collect()
    };
    [
        (Cause::Program, program(before) != program(after)),
        (Cause::Settings, settings(before) != settings(after)),
        (Cause::Lexicon, before.lexicon != after.lexicon),
        (Cause::Codings, codings(before) != codings(after)),
    ]
    .into_iter()
    .filter_map(|(cause, at_work)| at_work.then_some(cause))
    .collect()
}

/// Takes the change between two runs apart. `between` are the states after each of `causes` but the last, in their order; with
/// one cause there are none to give. Patterns are left empty: `with_patterns` fills them in.
pub fn diff(a: &Snapshot, b: &Snapshot, between: &[Between]) -> Diff {
    let causes = causes(&a.record, &b.record);
    let pairing = Pairing::of(a, b);
    let mut walk = Walk::begin(a, b, &pairing);
    walk.documents_come_and_go(&pairing);
    let keeps_selection = causes.iter().all(|cause| !matches!(cause, Cause::Program | Cause::Settings));
    walk.the_rest_moves(&pairing, &causes, between, keeps_selection);
    let themes = walk.finish();
    let Pairing { added, removed, changed, renamed, .. } = pairing;
    Diff {
        before: a.record.run.clone(),
        after: b.record.run.clone(),
        n_documents: (a.documents.len(), b.documents.len()),
        themes,
        candidates: candidates::candidates(&a.record, &b.record),
        added,
        removed,
        changed,
        renamed,
        causes,
    }
}
