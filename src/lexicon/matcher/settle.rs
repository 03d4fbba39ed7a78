//! One trie with its rules, run over a sentence; and what is met, settled into hits.

use super::build::Purpose;
use super::found::{Candidate, Found, Met, Run, Scratch};
use super::rule::{Rule, Sentence};
use super::trie::{End, Trie};
use super::view::{Class, NodeId, View};
use std::collections::BTreeSet;

/// A pattern of a theme, an exception, or a cue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub group: u16,
    pub purpose: Purpose,
}

/// The patterns of all themes, or of all cue lists.
#[derive(Debug, Default)]
pub(in super::super) struct Machine {
    pub(super) trie: Trie,
    pub(super) entries: Vec<Entry>,
    pub(super) rules: Vec<Rule>,
    /// Rules to evaluate where a slot is met.
    pub(super) triggers: Vec<Vec<u32>>,
    /// For each group, itself and the groups above it, from the lowest up.
    pub(super) chains: Vec<Vec<u16>>,
}

impl Machine {
    /// Appends the hits of one sentence to `out`, by first token, then group. `starts` picks this machine's nodes of a class.
    pub(super) fn sentence(
        &self,
        view: &View,
        starts: impl Fn(&Class) -> &[NodeId],
        scratch: &mut Scratch,
        out: &mut Vec<Found>,
    ) {
        for at in view.start..view.end {
            if let Some(class) = view.class(at) {
                self.walk(starts(class), at, at + 1, view, scratch);
            }
        }
        for compound in view.compounds {
            let end = compound.first_token + u32::from(compound.n_tokens);
            if end <= view.end {
                self.walk(starts(view.compound_class(compound)), compound.first_token, end, view, scratch);
            }
        }
        self.apply_rules(scratch);
        self.propose(scratch);
        settle(view, scratch, out);
    }

    /// The patterns met as plain sequences anywhere in the sentence, before anything is settled.
    pub(super) fn patterns_met(&self, view: &View, starts: impl Fn(&Class) -> &[NodeId]) -> BTreeSet<u32> {
        let mut patterns = BTreeSet::new();
        let mut visit = |end, _| {
            if let End::Entry(entry) = end
                && let Purpose::Hit { pattern } = self.entries[entry as usize].purpose
            {
                patterns.insert(pattern);
            }
        };
        for at in view.start..view.end {
            for &node in view.class(at).map(&starts).into_iter().flatten() {
                self.trie.walk(node, at + 1, view, &mut Vec::new(), &mut visit);
            }
        }
        patterns
    }

    fn walk(&self, nodes: &[NodeId], start: u32, next: u32, view: &View, scratch: &mut Scratch) {
        let Scratch { stack, met, slots, touched, .. } = scratch;
        if slots.len() < self.triggers.len() {
            slots.resize_with(self.triggers.len(), Vec::new);
        }
        let mut visit = |end, after| {
            let run = Run { start, end: after };
            match end {
                End::Entry(entry) => met.push(Met { entry, run }),
                End::Slot(slot) => {
                    let runs = &mut slots[slot as usize];
                    if runs.is_empty() {
                        touched.push(slot);
                    }
                    runs.push(run);
                }
            }
        };
        for &node in nodes {
            self.trie.walk(node, next, view, stack, &mut visit);
        }
    }

    fn apply_rules(&self, scratch: &mut Scratch) {
        let Scratch { met, slots, touched, rules, spare, .. } = scratch;
        if touched.is_empty() {
            return;
        }
        rules.clear();
        touched.iter().for_each(|&slot| rules.extend_from_slice(&self.triggers[slot as usize]));
        rules.sort_unstable();
        rules.dedup();
        let mut runs = spare.pop().unwrap_or_default();
        for rule in rules.iter().map(|&number| &self.rules[number as usize]) {
            rule.node.evaluate(&mut Sentence { slots, spare }, &mut runs);
            met.extend(runs.drain(..).map(|run| Met { entry: rule.entry, run }));
        }
        spare.push(runs);
        touched.drain(..).for_each(|slot| slots[slot as usize].clear());
    }

    /// Makes candidates of what was met, for its group and those above, as far up as no exception covers it.
    fn propose(&self, scratch: &mut Scratch) {
        let Scratch { met, excepted, candidates, .. } = scratch;
        excepted.clear();
        let entry = |met: &Met| self.entries[met.entry as usize];
        excepted.extend(met.iter().filter(|m| entry(m).purpose == Purpose::Except).map(|m| (entry(m).group, m.run)));
        widen(excepted);
        candidates.clear();
        for met in met.drain(..) {
            let Entry { group, purpose: Purpose::Hit { pattern } } = entry(&met) else { continue };
            let Ok(n_tokens) = u16::try_from(met.run.end - met.run.start) else { continue };
            for &group in &self.chains[group as usize] {
                if is_excepted(excepted, group, met.run) {
                    break;
                }
                candidates.push(Candidate { group, shortness: u16::MAX - n_tokens, start: met.run.start, pattern });
            }
        }
    }
}

/// Within a group the longest wins, then the leftmost, then the first pattern; no token is taken twice.
fn settle(view: &View, scratch: &mut Scratch, out: &mut Vec<Found>) {
    let Scratch { candidates, claims, n_settled, .. } = scratch;
    let first_out = out.len();
    candidates.sort_unstable();
    let n_tokens = (view.end - view.start) as usize;
    if claims.len() < n_tokens {
        claims.resize(n_tokens, 0);
    }
    let mut group = None;
    for candidate in candidates.iter() {
        if group != Some(candidate.group) {
            group = Some(candidate.group);
            *n_settled += 1;
        }
        let n_tokens = u16::MAX - candidate.shortness;
        let from = (candidate.start - view.start) as usize;
        let to = from + usize::from(n_tokens);
        // What was settled before is at least as long, so it cannot lie strictly inside: the ends tell.
        if claims[from] != *n_settled && claims[to - 1] != *n_settled {
            claims[from..to].fill(*n_settled);
            let Candidate { group: theme, start: first_token, pattern, .. } = *candidate;
            out.push(Found { theme, pattern, sentence: view.sentence, first_token, n_tokens });
        }
    }
    out[first_out..].sort_unstable_by_key(|found| (found.first_token, found.theme));
}

/// Sorts exceptions, and gives each the farthest end of those of its group that begin no later.
fn widen(excepted: &mut [(u16, Run)]) {
    excepted.sort_unstable();
    for at in 1..excepted.len() {
        let (group, run) = excepted[at - 1];
        if excepted[at].0 == group {
            excepted[at].1.end = excepted[at].1.end.max(run.end);
        }
    }
}

fn is_excepted(widened: &[(u16, Run)], group: u16, run: Run) -> bool {
    let n_before = widened.partition_point(|(g, cover)| (*g, cover.start) <= (group, run.start));
    n_before.checked_sub(1).map(|last| widened[last]).is_some_and(|(g, cover)| g == group && cover.end >= run.end)
}
