//! The walk from one run to the other, step by step.

use super::super::record::{Headline, RunRecord};
use super::change::{Behind, Between, Cause, Part, Share, ThemeChange, change};
use super::snapshot::{Snapshot, Themes};
use std::collections::{BTreeMap, BTreeSet};

/// Which document of one run is which of the other. Documents go by their names in the newer run where they are in it.
pub struct Pairing {
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub changed: Vec<String>,
    pub renamed: Vec<(String, String)>,
    /// Names in the older run and in the newer one of documents with the same content in both.
    pub same: Vec<(String, String)>,
}

impl Pairing {
    pub fn of(a: &Snapshot, b: &Snapshot) -> Self {
        let (mut same, mut changed, mut renamed, mut added) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut left: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (id, old) in a.documents.iter().rev().filter(|(id, _)| !b.documents.contains_key(*id)) {
            left.entry(&old.digest.0).or_default().push(id);
        }
        for (id, new) in &b.documents {
            match a.documents.get(id) {
                // Early runs did not keep digests.
                Some(old) if old.digest == new.digest || old.digest.0.is_empty() => same.push((id.clone(), id.clone())),
                Some(_) => changed.push(id.clone()),
                None => match left.get_mut(new.digest.0.as_str()).and_then(Vec::pop) {
                    Some(old) => {
                        renamed.push((old.to_owned(), id.clone()));
                        same.push((old.to_owned(), id.clone()));
                    }
                    None => added.push(id.clone()),
                },
            }
        }
        let mut removed: Vec<String> = left.into_values().flatten().map(str::to_owned).collect();
        removed.sort();
        Self { added, removed, changed, renamed, same }
    }
}

/// The documents on their way from one run to the other.
pub struct Walk<'a> {
    a: &'a Snapshot,
    b: &'a Snapshot,
    /// Themes of the documents that count now.
    now: BTreeMap<&'a str, &'a Themes>,
    /// The themes of both runs, and how many documents that count have each.
    counts: BTreeMap<&'a str, usize>,
    parts: BTreeMap<&'a str, Vec<Part>>,
}

/// Where a document is to stand: the themes it is to have, or `None` where it is not to count.
type Move<'a> = (&'a str, Option<&'a Themes>);

impl<'a> Walk<'a> {
    pub fn begin(a: &'a Snapshot, b: &'a Snapshot, pairing: &'a Pairing) -> Self {
        let new: BTreeMap<&str, &str> = pairing.same.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        let name = |id: &'a str| new.get(id).copied().unwrap_or(id);
        let counted = a.documents.iter().filter(|(_, document)| document.included);
        let now: BTreeMap<&str, &Themes> = counted.map(|(id, document)| (name(id), &document.themes)).collect();
        let themes = a.record.headlines.iter().map(|headline| headline.theme.as_str());
        let themes = themes.filter(|theme| headline(&b.record, theme).is_some());
        let counts =
            themes.map(|theme| (theme, now.values().filter(|themes| themes.contains(theme)).count())).collect();
        Self { a, b, now, counts, parts: BTreeMap::new() }
    }

    /// Where a document stands in the newer run.
    fn goal(&self, id: &str) -> Option<&'a Themes> {
        self.b.documents.get(id).filter(|document| document.included).map(|document| &document.themes)
    }

    pub fn documents_come_and_go(&mut self, pairing: &'a Pairing) {
        self.step(Cause::RemovedDocuments, pairing.removed.iter().map(|id| (id.as_str(), None)).collect());
        for (cause, ids) in [(Cause::NewDocuments, &pairing.added), (Cause::ChangedDocuments, &pairing.changed)] {
            let moves = ids.iter().map(|id| (id.as_str(), self.goal(id))).collect();
            self.step(cause, moves);
        }
    }

    pub fn the_rest_moves(&mut self, pairing: &'a Pairing, steps: &[Cause], between: &'a [Between], by_others: bool) {
        let same = || pairing.same.iter().map(|(old, new)| (old.as_str(), new.as_str()));
        if by_others {
            let old_run = self.a;
            let had = |old: &str| old_run.documents.get(old).map(|document| &document.themes);
            let moves = same().map(|(old, new)| (new, self.goal(new).and_then(|_| had(old)))).collect();
            self.step(Cause::Selection, moves);
        }
        let is_whole = steps.len() == between.len() + 1;
        let is_told = |id: &str| {
            let told = || between.iter().all(|state| state.documents.contains_key(id));
            steps.len() <= 1 || (is_whole && told())
        };
        for state in between {
            let stand = |new: &'a str| Some((new, state.documents.get(new)?.as_ref()));
            self.step(state.cause, same().filter(|(_, new)| is_told(new)).filter_map(|(_, new)| stand(new)).collect());
        }
        for (cause, told) in [(steps.last().copied().unwrap_or(Cause::Unexplained), true), (Cause::Together, false)] {
            let ids = same().map(|(_, new)| new).filter(|new| is_told(new) == told);
            let moves = ids.map(|new| (new, self.goal(new))).collect();
            self.step(cause, moves);
        }
    }

    fn share(&self, theme: &str) -> Share {
        Share { n_with: self.counts.get(theme).copied().unwrap_or(0), n_of: self.now.len() }
    }

    fn step(&mut self, cause: Cause, moves: Vec<Move<'a>>) {
        let none = Themes::new();
        let before: Vec<(&'a str, Share)> = self.counts.keys().map(|theme| (*theme, self.share(theme))).collect();
        let mut moved: BTreeMap<&str, (Vec<Behind>, Vec<Behind>)> = BTreeMap::new();
        for (document, to) in moves {
            let from = match to {
                Some(themes) => self.now.insert(document, themes),
                None => self.now.remove(document),
            };
            let (from, to) = (from.unwrap_or(&none), to.unwrap_or(&none));
            let behind = || Behind { document: document.to_owned(), patterns: Vec::new() };
            for theme in to.difference(from) {
                if let Some(count) = self.counts.get_mut(theme.as_str()) {
                    *count += 1;
                    moved.entry(theme.as_str()).or_default().0.push(behind());
                }
            }
            for theme in from.difference(to) {
                if let Some(count) = self.counts.get_mut(theme.as_str()) {
                    *count -= 1;
                    moved.entry(theme.as_str()).or_default().1.push(behind());
                }
            }
        }
        for (theme, before) in before {
            let after = self.share(theme);
            let (gained, lost) = moved.remove(theme).unwrap_or_default();
            if before != after || !gained.is_empty() || !lost.is_empty() {
                self.parts.entry(theme).or_default().push(Part {
                    cause,
                    before,
                    after,
                    change: change(before, after),
                    gained,
                    lost,
                });
            }
        }
    }

    pub fn finish(mut self) -> Vec<ThemeChange> {
        let (old, new) = (Standing::of(self.a), Standing::of(self.b));
        let themes: BTreeSet<&str> = old.shares.keys().chain(new.shares.keys()).map(String::as_str).collect();
        let mut changes = Vec::new();
        for theme in themes {
            let (before, after) = (old.shares.get(theme).copied(), new.shares.get(theme).copied());
            let parts = match (before, after) {
                (Some(_), Some(_)) => self.parts.remove(theme).unwrap_or_default(),
                _ => vec![self.theme_itself(theme, before.unwrap_or_default(), after.unwrap_or_default())],
            };
            let headline = headline(&self.a.record, theme);
            let prevalence = after.filter(|share| share.n_of > 0).map(|share| share.n_with as f64 / share.n_of as f64);
            changes.push(ThemeChange {
                theme: theme.to_owned(),
                before,
                after,
                change: change(before.unwrap_or_default(), after.unwrap_or_default()),
                rank_before: old.rank(theme),
                rank_after: new.rank(theme),
                interval_before: headline.and_then(|headline| headline.low.zip(headline.high)),
                is_outside: headline.is_some_and(|headline| headline.is_left_by(prevalence)),
                parts,
            });
        }
        changes
    }

    /// A theme that only one of the runs has, came or went with the lexicon.
    fn theme_itself(&self, theme: &str, before: Share, after: Share) -> Part {
        let having = |run: &Snapshot| -> Vec<Behind> {
            let having = run.documents.iter().filter(|(_, known)| known.included && known.themes.contains(theme));
            having.map(|(id, _)| Behind { document: id.clone(), patterns: Vec::new() }).collect()
        };
        Part {
            cause: Cause::Lexicon,
            before,
            after,
            change: change(before, after),
            gained: having(self.b),
            lost: having(self.a),
        }
    }
}

fn headline<'r>(record: &'r RunRecord, theme: &str) -> Option<&'r Headline> {
    record.headlines.iter().find(|headline| headline.theme == theme)
}

/// The shares of the themes of one run.
struct Standing {
    shares: BTreeMap<String, Share>,
}

impl Standing {
    fn of(run: &Snapshot) -> Self {
        let counted = || run.documents.values().filter(|document| document.included);
        let share = |theme: &str| Share {
            n_with: counted().filter(|document| document.themes.contains(theme)).count(),
            n_of: counted().count(),
        };
        let themes = run.record.headlines.iter().map(|headline| &headline.theme);
        Self { shares: themes.map(|theme| (theme.clone(), share(theme))).collect() }
    }

    /// Themes level with each other share the better rank.
    fn rank(&self, theme: &str) -> Option<usize> {
        let own = self.shares.get(theme)?.n_with;
        Some(1 + self.shares.values().filter(|share| share.n_with > own).count())
    }
}
