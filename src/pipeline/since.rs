//! What changed since the run before, and why, as the report is told it.

use super::{Found, PipelineError, Watch};
use crate::discover::Standing;
use crate::evaluate::{self, Codings, EvaluateSettings};
use crate::history::{
    self, Behind, Between, CandidateChange, CandidateChanges, Cause, Diff, KnownDocument, Pair, RunRecord, Share,
    Snapshot, Themes,
};
use crate::index::PassageIndex;
use crate::lexicon::{self, Lexicon, LexiconSettings};
use crate::report::{Before, ChangePart, ChangedCandidate, ChangedDocument, ChangedTheme, Changes, CountedShare};
use crate::study::Study;
use crate::{score, synthesis, text};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What changed from `last` to the run that is about to be published. Nothing of an older run is a reason for this one to fail:
/// where it cannot be read back, that is told; where its theme files can no longer be scored, causes stay together.
pub(super) fn changes(
    study: &Study,
    index: &PassageIndex,
    lexicon: &Lexicon,
    found: &Found,
    (last, record): (Option<&RunRecord>, &RunRecord),
    watch: &dyn Watch,
) -> Changes {
    let Some(last) = last else { return Changes::default() };
    let unread =
        |error: history::PublishError| Changes { before: Before::Unread(error.to_string()), ..Changes::default() };
    let a = match history::snapshot(&study.history, &last.run) {
        Ok(a) => a,
        Err(error) => return unread(error),
    };
    let b = snapshot(study, index, lexicon, found, record);
    let diff = history::diff(&a, &b, &between(study, &a, &b, index, watch).unwrap_or_default());
    let (wanted_before, wanted) = diff.wanted();
    let met_before = match history::patterns(&study.history, &last.run, &wanted_before) {
        Ok(met) => met,
        Err(error) => return unread(error),
    };
    let diff = diff.with_patterns(&met_before, &patterns(index, lexicon, found, &wanted));
    let candidates = told_candidates(&diff.candidates, record, index);
    Changes { candidates, ..told(&diff, index, lexicon) }
}

/// The run that is about to be published, as `history::snapshot` would read it back.
fn snapshot(study: &Study, index: &PassageIndex, lexicon: &Lexicon, found: &Found, record: &RunRecord) -> Snapshot {
    let theme_files = lexicon.themes.iter().map(|theme| study.lexicon.root.join(&theme.file));
    let theme_files: BTreeSet<PathBuf> = theme_files.collect();
    let selected = found.synthesis.selection.documents.iter();
    let counted = found.counted(study);
    let known = index.documents().iter().zip(&counted.documents).zip(selected);
    let documents = known.map(|((document, scores), selected)| {
        let known = KnownDocument {
            digest: document.digest.clone(),
            source: document.source.clone(),
            included: selected.excluded.is_none(),
            is_version: document.version_of.is_some(),
            themes: themes(scores, lexicon),
        };
        (document.id.0.clone(), known)
    });
    // Judgements are scored with as the older run had them: those of this one are not asked for.
    let judgement_files = BTreeMap::new();
    let theme_files = theme_files.into_iter().collect();
    Snapshot { record: record.clone(), documents: documents.collect(), theme_files, judgement_files }
}

fn themes(scores: &score::DocumentScores, lexicon: &Lexicon) -> Themes {
    let has = scores.themes.iter().filter(|theme| theme.score.has_theme);
    has.map(|theme| lexicon.themes[usize::from(theme.score.theme)].id.0.clone()).collect()
}

/// The patterns that gave each of the wanted documents each theme; denied hits left out.
fn patterns(
    index: &PassageIndex,
    lexicon: &Lexicon,
    found: &Found,
    wanted: &BTreeSet<Pair>,
) -> BTreeMap<Pair, BTreeSet<String>> {
    let mut met: BTreeMap<Pair, BTreeSet<String>> = BTreeMap::new();
    let names: BTreeSet<&str> = wanted.iter().map(|(document, _)| document.as_str()).collect();
    let known = index.documents().iter().zip(&found.scores.documents);
    for (document, scores) in known.filter(|(document, _)| names.contains(document.id.0.as_str())) {
        for hit in scores.hits.iter().filter(|hit| !hit.negated) {
            let pair = (document.id.0.clone(), lexicon.themes[usize::from(hit.theme)].id.0.clone());
            if wanted.contains(&pair) {
                met.entry(pair).or_default().insert(lexicon.patterns[hit.pattern as usize].text.clone());
            }
        }
    }
    met
}

/// The states after each cause but the last; none where there is nothing to tell apart, or it cannot be told.
///
/// Where more than one of program, settings, lexicon and codings changed at once, the documents are scored in between, by the
/// theme files that the older run kept, as far as `index` still holds them as the newer run read them.
///
/// # Errors
/// The theme files are wrong, or the index fails.
pub(crate) fn between(
    study: &Study,
    a: &Snapshot,
    b: &Snapshot,
    index: &PassageIndex,
    watch: &dyn Watch,
) -> Result<Vec<Between>, PipelineError> {
    let steps = history::steps(&a.record, &b.record);
    let Some((_, causes)) = steps.split_last().filter(|(_, others)| !others.is_empty()) else {
        return Ok(Vec::new());
    };
    let recorded = |run: &Snapshot| study.as_recorded(&run.record.settings);
    let Some((old, new)) = recorded(a).zip(recorded(b)) else { return Ok(Vec::new()) };
    if !a.theme_files.iter().chain(&b.theme_files).chain(a.judgement_files.values()).all(|file| file.exists()) {
        return Ok(Vec::new());
    }
    let Some(codings) = codings_of(&old, a, b)? else { return Ok(Vec::new()) };
    let analyzer = text::Analyzer::new(&new.text);
    let (old_themes, new_themes) = (themes_of(&old, a), themes_of(&new, b));
    let mut states = Vec::new();
    for cause in causes {
        let (settings, themes) = match cause {
            Cause::Selection | Cause::Program => (&old, &old_themes),
            Cause::Settings => (&new, &old_themes),
            _ => (&new, &new_themes),
        };
        let mut settings = settings.clone();
        settings.evaluate.coded = old.evaluate.coded;
        let documents = rescore(&settings, themes, (index, &codings), &analyzer, b, watch)?;
        states.push(Between { cause: *cause, documents });
    }
    Ok(states)
}

/// The lexicon of a run: its theme files as they were kept, and the cue lists and weights of its settings.
fn themes_of(study: &Study, run: &Snapshot) -> LexiconSettings {
    LexiconSettings { themes: run.theme_files.clone(), root: PathBuf::new(), ..study.lexicon.clone() }
}

/// The judgements of a run, `a`, as they were kept, by the names that documents have in a later one, `b`; `None` where one was
/// not.
fn codings_of(study: &Study, a: &Snapshot, b: &Snapshot) -> Result<Option<Codings>, PipelineError> {
    let kept = |paths: &[PathBuf]| -> Option<Vec<PathBuf>> {
        let name = |path: &PathBuf| super::input_path(study, &study.evaluate.root.join(path));
        paths.iter().map(|path| a.judgement_files.get(&name(path)).cloned()).collect()
    };
    let Some((codings, verdicts)) = kept(&study.evaluate.codings).zip(kept(&study.evaluate.verdicts)) else {
        return Ok(None);
    };
    let settings = EvaluateSettings { codings, verdicts, root: PathBuf::new(), ..study.evaluate.clone() };
    let mut codings = evaluate::read(&settings)?;
    // What people say of documents that the older run did not have comes with the coder verdicts.
    codings.rows.retain(|row| a.documents.contains_key(&row.document.0));
    codings.verdicts.retain(|row| a.documents.contains_key(&row.document.0));
    // The index knows documents by the names that they have now.
    let renamed: BTreeMap<String, String> = history::renamed(a, b).into_iter().collect();
    let judged = codings.rows.iter_mut().map(|row| &mut row.document.0);
    for document in judged.chain(codings.verdicts.iter_mut().map(|row| &mut row.document.0)) {
        if let Some(now) = renamed.get(document) {
            document.clone_from(now);
        }
    }
    Ok(Some(codings))
}

/// The documents of `run` under other settings and themes, where the index still holds them as it read them.
fn rescore(
    study: &Study,
    themes: &LexiconSettings,
    (index, codings): (&PassageIndex, &Codings),
    analyzer: &text::Analyzer,
    run: &Snapshot,
    watch: &dyn Watch,
) -> Result<BTreeMap<String, Option<Themes>>, PipelineError> {
    let mut lexicon = lexicon::load(themes, analyzer).map_err(PipelineError::Lexicon)?;
    let mut settings = study.synthesis.clone();
    settings.bootstrap.resamples = 0; // Only who has which theme is asked.
    let probes = synthesis::Probes::compile(&settings, analyzer).map_err(PipelineError::Lexicon)?;
    let tick = watch.stage("rescore", index.documents().len());
    let scored = super::score(study, index, &mut lexicon, codings, &*tick)?;
    let mut evidence = synthesis::gather(index, &probes, &|| ())?;
    synthesis::mark_repeats(&scored.repeats, &mut evidence);
    let synthesis = synthesis::of(&scored.scores, index.documents(), &lexicon, &evidence, &settings);
    let once = synthesis::count_once(&scored.scores, &scored.repeats, &settings);
    let counted = once.as_ref().unwrap_or(&scored.scores);
    let mut documents = BTreeMap::new();
    for ((document, scores), selected) in
        index.documents().iter().zip(&counted.documents).zip(&synthesis.selection.documents)
    {
        if run.documents.get(&document.id.0).is_some_and(|known| known.digest == document.digest) {
            let counts = selected.excluded.is_none();
            documents.insert(document.id.0.clone(), counts.then(|| self::themes(scores, &lexicon)));
        }
    }
    Ok(documents)
}

/// A diff in the words of the report.
fn told(diff: &Diff, index: &PassageIndex, lexicon: &Lexicon) -> Changes {
    let document = |id: &String| changed_document(id, index);
    let documents = |ids: &[String]| ids.iter().map(document).collect();
    let behind = |documents: &[Behind]| {
        let one = |behind: &Behind| ChangedDocument { patterns: behind.patterns.clone(), ..document(&behind.document) };
        documents.iter().map(one).collect()
    };
    let share = |Share { n_with, n_of }: Share| CountedShare { n_with, n_of };
    let themes = diff.themes.iter().map(|theme| {
        let known = lexicon.themes.iter().find(|known| known.id.0 == theme.theme);
        let parts = theme.parts.iter().map(|part| ChangePart {
            cause: part.cause.words(),
            before: share(part.before),
            after: share(part.after),
            gained: behind(&part.gained),
            lost: behind(&part.lost),
        });
        ChangedTheme {
            id: theme.theme.clone(),
            label: known.map_or_else(|| theme.theme.clone(), |known| known.label.clone()),
            before: theme.before.map(share),
            after: theme.after.map(share),
            rank_before: theme.rank_before,
            rank_after: theme.rank_after,
            left: theme.interval_before.filter(|_| theme.is_outside),
            parts: parts.collect(),
        }
    });
    Changes {
        before: Before::Run(diff.before.0.clone()),
        n_documents: diff.n_documents,
        added: documents(&diff.added),
        removed: documents(&diff.removed),
        changed: documents(&diff.changed),
        renamed: diff.renamed.iter().map(|(old, new)| (old.clone(), document(new))).collect(),
        causes: diff.causes.iter().map(|cause| cause.words()).collect(),
        themes: themes.collect(),
        candidates: Vec::new(),
    }
}

fn changed_document(id: &str, index: &PassageIndex) -> ChangedDocument {
    let place = index.documents().binary_search_by(|known| known.id.0.as_str().cmp(id)).ok();
    ChangedDocument { id: id.to_owned(), place, patterns: Vec::new() }
}

/// What became of the candidates in the words of the report; `record` is that of the newer run.
fn told_candidates(changes: &CandidateChanges, record: &RunRecord, index: &PassageIndex) -> Vec<ChangedCandidate> {
    let CandidateChanges { new, back, grown, shrunk, gone } = changes;
    let lists = [("new", new), ("back", back), ("grown", grown), ("shrunk", shrunk)];
    let proposed = lists.into_iter().flat_map(|(what, list)| list.iter().map(move |change| (what, change)));
    let documents = |ids: &[String]| ids.iter().map(|id| changed_document(id, index)).collect();
    let told = |(what, change): (&'static str, &CandidateChange)| {
        let known = record.candidates.iter().find(|known| known.name == change.name);
        ChangedCandidate {
            what,
            name: change.name.clone(),
            label: change.label.clone(),
            id: known.and_then(|known| known.id.as_ref()).map(|id| id.0.clone()),
            before: change.before,
            after: change.after,
            gained: if change.before.is_some() { documents(&change.gained) } else { Vec::new() },
            lost: if change.after.is_some() { documents(&change.lost) } else { Vec::new() },
            first_seen: (what != "new").then(|| change.first_seen.clone()),
        }
    };
    let mut gone: Vec<&CandidateChange> = gone.iter().collect();
    gone.sort_by_key(|change| change.standing);
    proposed.chain(gone.into_iter().map(|change| (gone_by(change.standing), change))).map(told).collect()
}

/// Why a candidate is no longer proposed.
fn gone_by(standing: Standing) -> &'static str {
    match standing {
        Standing::Accepted => "accepted",
        Standing::Dismissed => "dismissed",
        Standing::Proposed | Standing::Resting => "no longer proposed",
    }
}
