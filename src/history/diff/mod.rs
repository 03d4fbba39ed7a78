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
pub use snapshot::{KnownDocument, Pair, Snapshot, Themes, patterns, snapshot, weights};

use super::publish::is_theme_file;
use super::record::RunRecord;
use std::collections::BTreeSet;
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
        let learn = record.settings.pointer("/evaluate/learn").cloned().unwrap_or_default();
        rooms.into_iter().chain([corpus, learn]).collect()
    };
    let program = |record: &RunRecord| (record.program.clone(), record.build.clone(), record.analyzer);
    // What people judged, and the documents by which that moved the weights.
    let codings = |record: &RunRecord| -> (Vec<(String, String)>, Vec<serde_json::Value>, String) {
        let files = record.inputs.iter().filter(|input| !is_theme_file(input));
        let files = files.map(|input| (input.path.clone(), input.digest.0.clone())).collect();
        let read_by = ["columns", "coded"].map(|name| record.settings.pointer(&format!("/evaluate/{name}")).cloned());
        (files, read_by.into_iter().map(Option::unwrap_or_default).collect(), record.judged.0.clone())
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

/// The steps of the documents that stayed, but for those that the records alone tell: `causes`, and before them that others
/// came or went where repeated passages count once, so that what a document has depends on these.
pub fn steps(before: &RunRecord, after: &RunRecord) -> Vec<Cause> {
    // By their names too: of passages that are alike the first counts, and documents stand in the order of their names.
    let sources = |record: &RunRecord| -> BTreeSet<(String, String)> {
        record.sources.iter().map(|source| (source.path.clone(), source.digest.0.clone())).collect()
    };
    let mut steps = causes(before, after);
    let depends = snapshot::counts_once(before) && snapshot::counts_once(after);
    if depends && !steps.contains(&Cause::Program) && sources(before) != sources(after) {
        steps.insert(0, Cause::Selection);
    }
    steps
}

/// Documents of the same content under other names: the name in the older run, and in the newer one.
pub fn renamed(a: &Snapshot, b: &Snapshot) -> Vec<(String, String)> {
    Pairing::of(a, b).renamed
}

/// Whether both runs decide alike on which of some documents count.
fn select_alike(before: &RunRecord, after: &RunRecord) -> bool {
    ["/synthesis/selection", "/synthesis/cues", "/corpus/duplicates", "/text"]
        .iter()
        .all(|settings| before.settings.pointer(settings) == after.settings.pointer(settings))
}

/// Takes the change between two runs apart. `between` are the states after each of `steps` but the last, in their order; with
/// one step there are none to give. Patterns are left empty: `with_patterns` fills them in.
pub fn diff(a: &Snapshot, b: &Snapshot, between: &[Between]) -> Diff {
    let steps = steps(&a.record, &b.record);
    let pairing = Pairing::of(a, b);
    let mut walk = Walk::begin(a, b, &pairing);
    walk.documents_come_and_go(&pairing);
    let moved = [&pairing.added, &pairing.removed, &pairing.changed];
    let stirred = !pairing.renamed.is_empty() || moved.iter().any(|moved| !moved.is_empty());
    let by_others = stirred && select_alike(&a.record, &b.record) && !steps.contains(&Cause::Selection);
    walk.the_rest_moves(&pairing, &steps, between, by_others);
    let themes = walk.finish();
    let Pairing { added, removed, changed, renamed, .. } = pairing;
    Diff {
        before: a.record.run.clone(),
        after: b.record.run.clone(),
        n_documents: (a.documents.len(), b.documents.len()),
        themes,
        candidates: candidates::candidates(&a.record, &b.record, &renamed),
        added,
        removed,
        changed,
        renamed,
        causes: causes(&a.record, &b.record),
    }
}
