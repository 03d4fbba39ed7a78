//! One trie with its rules, run over a sentence; and what is met, settled into hits.

use super::build::Purpose;
use super::found::{Begin, Candidate, Found, Met, Run, Scratch};
use super::mask::Mask;
use super::rule::{Node, Rule, Sentence};
use super::trie::Trie;
use super::view::{Bits, Starts, View, is_any, role};
use super::words::Symbol;
use rustc_hash::FxHashMap;
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
    /// For each symbol, the rules that can be met only in a sentence that has it or another of their gates.
    pub(super) gates: FxHashMap<Symbol, Vec<u32>>,
    /// The same of their second needs: a sentence has one of these besides a gate.
    pub(super) needs: FxHashMap<Symbol, Vec<u32>>,
    /// A bit for each rule that has no second need.
    pub(super) needless: Vec<u64>,
    /// For each group, itself and the groups above it, from the lowest up.
    pub(super) chains: Vec<Vec<u16>>,
}

impl Machine {
    /// What begins with a token of these symbols.
    pub(super) fn starts(&self, symbols: &[Symbol]) -> Starts {
        let rules = |of| symbols.iter().filter_map(move |symbol| FxHashMap::get(of, symbol)).flatten().copied();
        let roots = self.trie.starts(symbols);
        let mut next = Mask::default();
        roots.iter().for_each(|&root| next.add(&self.trie.next(root)));
        Starts {
            entries: roots.iter().flat_map(|&root| self.trie.ends(root)).copied().collect(),
            nodes: roots.iter().copied().filter(|&root| self.trie.goes_on(root)).collect(),
            next,
            rules: Bits::of(rules(&self.gates), rules(&self.needs)),
            operands: self.trie.operands(symbols),
        }
    }

    /// Appends the hits of the sentence in view to `out`, by first token, then group.
    pub(super) fn sentence(&self, view: &View, scratch: &mut Scratch, out: &mut Vec<Found>) {
        self.meet(view, scratch);
        self.apply_rules(view, scratch, |_| true);
        if !scratch.met.is_empty() {
            self.propose(scratch);
            settle(view, scratch, out);
        }
    }

    /// Collects the plain patterns of a sentence, and the rules whose words it has.
    fn meet(&self, view: &View, scratch: &mut Scratch) {
        let Scratch { stack, met, gates, needs, touched, words, .. } = scratch;
        view.words(words);
        if gates.len() < self.needless.len() {
            gates.resize(self.needless.len(), 0);
            needs.resize(self.needless.len(), 0);
        }
        for &(run, class) in words.iter() {
            let rules = is_any(class, view.which, role::GATE | role::NEED).then(|| view.rules(class));
            for bits in rules.into_iter().flatten() {
                let place = bits.place as usize;
                if bits.gates != 0 && gates[place] == 0 {
                    touched.push(bits.place);
                }
                gates[place] |= bits.gates;
                needs[place] |= bits.needs;
            }
            if is_any(class, view.which, role::ENTRY) {
                met.extend(view.starts(class).entries.iter().map(|&entry| Met { entry, run }));
            }
            if is_any(class, view.which, role::NODE) && view.may_go_on(class, run.end) {
                for &node in &view.starts(class).nodes {
                    let mut visit = |entry, end| met.push(Met { entry, run: Run { start: run.start, end } });
                    self.trie.walk_on(node, run.end, view, stack, &mut visit);
                }
            }
        }
    }

    /// The patterns met as plain sequences anywhere in the sentence, before anything is settled.
    pub(super) fn patterns_met(&self, view: &View) -> BTreeSet<u32> {
        let mut scratch = Scratch::default();
        self.meet(view, &mut scratch);
        self.apply_rules(view, &mut scratch, |rule| matches!(rule.node, Node::Operand(_)));
        let purposes = scratch.met.iter().map(|met| self.entries[met.entry as usize].purpose);
        let pattern = |purpose| if let Purpose::Hit { pattern } = purpose { Some(pattern) } else { None };
        purposes.filter_map(pattern).collect()
    }

    /// Evaluates the rules of which the sentence has both a gate and a second need, those of them that are `wanted`.
    fn apply_rules(&self, view: &View, scratch: &mut Scratch, wanted: impl Fn(&Rule) -> bool) {
        let Scratch { stack, met, gates, needs, touched, ready, words, begins, operands, n_sentences, spare, .. } =
            scratch;
        ready.clear();
        for place in touched.drain(..) {
            let at = place as usize;
            let both = std::mem::take(&mut gates[at]) & (needs[at] | self.needless[at]);
            if both != 0 {
                ready.push((place * 64, both));
            }
        }
        needs.fill(0);
        if ready.is_empty() {
            return;
        }
        begins.clear();
        let can_begin = words.iter().filter(|(_, class)| is_any(*class, view.which, role::OPERAND));
        begins.extend(can_begin.map(|&(run, class)| Begin { run, class, operands: view.operands(class) }));
        *n_sentences += 1;
        let mut runs = spare.pop().unwrap_or_default();
        let trie = &self.trie;
        let mut sentence = Sentence { trie, view, begins, operands, number: *n_sentences, stack, spare };
        for (first, mut bits) in ready.drain(..) {
            while bits != 0 {
                let rule = &self.rules[(first + bits.trailing_zeros()) as usize];
                bits &= bits - 1;
                if wanted(rule) {
                    rule.node.evaluate(&mut sentence, &mut runs);
                    met.extend(runs.drain(..).map(|run| Met { entry: rule.entry, run }));
                }
            }
        }
        spare.push(runs);
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
