//! Patterns that are more than sequences: proximity and exceptions, over the runs that the trie meets.

use super::found::Run;

/// A pattern evaluated in the sentences where its triggers are met.
#[derive(Debug)]
pub(super) struct Rule {
    /// What it yields.
    pub entry: u32,
    pub node: Node,
}

#[derive(Debug)]
pub(super) enum Node {
    /// Every run of an operand.
    Slot(u32),
    /// Runs that follow each other with nothing between; at least one part is not optional.
    Seq(Vec<Part>),
    Alt(Vec<Node>),
    Near {
        left: Box<Node>,
        right: Box<Node>,
        gap: u32,
        ordered: bool,
    },
    /// Runs of the first that no run of the second covers.
    Unless(Box<Node>, Box<Node>),
    /// Runs that hold no other run of the same node.
    Minimal(Box<Node>),
}

#[derive(Debug)]
pub(super) struct Part {
    pub node: Node,
    pub optional: bool,
}

/// What a node is evaluated over.
pub(super) struct Sentence<'a> {
    /// Runs met of every slot, in any order.
    pub slots: &'a [Vec<Run>],
    /// Empty vectors.
    pub spare: &'a mut Vec<Vec<Run>>,
}

impl Node {
    /// Slots of which at least one is met wherever the node is; those that the fewest rules use.
    pub(super) fn triggers(&self, uses: &[u32]) -> Vec<u32> {
        let cost = |slots: &Vec<u32>| slots.iter().map(|&slot| u64::from(uses[slot as usize])).sum::<u64>();
        match self {
            Node::Slot(slot) => vec![*slot],
            Node::Seq(parts) => {
                let needed = parts.iter().filter(|part| !part.optional).map(|part| part.node.triggers(uses));
                needed.min_by_key(cost).unwrap_or_default()
            }
            Node::Alt(branches) => branches.iter().flat_map(|branch| branch.triggers(uses)).collect(),
            Node::Near { left, right, .. } => {
                let (left, right) = (left.triggers(uses), right.triggers(uses));
                if cost(&right) < cost(&left) { right } else { left }
            }
            Node::Unless(node, _) | Node::Minimal(node) => node.triggers(uses),
        }
    }

    /// Counts each slot once for each place it is used in.
    pub(super) fn count(&self, uses: &mut [u32]) {
        match self {
            Node::Slot(slot) => uses[*slot as usize] += 1,
            Node::Seq(parts) => parts.iter().for_each(|part| part.node.count(uses)),
            Node::Alt(branches) => branches.iter().for_each(|branch| branch.count(uses)),
            Node::Near { left, right, .. } | Node::Unless(left, right) => {
                left.count(uses);
                right.count(uses);
            }
            Node::Minimal(node) => node.count(uses),
        }
    }

    /// The runs of the node in the sentence, sorted, each once; `out` must be empty.
    pub(super) fn evaluate(&self, sentence: &mut Sentence, out: &mut Vec<Run>) {
        match self {
            Node::Slot(slot) => out.extend_from_slice(&sentence.slots[*slot as usize]),
            Node::Alt(branches) => {
                for branch in branches {
                    let runs = sentence.runs(branch);
                    out.extend_from_slice(&runs);
                    sentence.give_back(runs);
                }
            }
            Node::Seq(parts) => sequence(parts, sentence, out),
            Node::Near { left, right, gap, ordered } => {
                let left = sentence.runs(left);
                let right = if left.is_empty() { sentence.empty() } else { sentence.runs(right) };
                pairs(&left, &right, *gap, out);
                if !ordered {
                    pairs(&right, &left, *gap, out);
                }
                sentence.give_back(left);
                sentence.give_back(right);
            }
            Node::Unless(node, exception) => {
                let runs = sentence.runs(node);
                let mut covers = if runs.is_empty() { sentence.empty() } else { sentence.runs(exception) };
                widen(&mut covers);
                out.extend(runs.iter().filter(|run| !is_covered(&covers, **run)));
                sentence.give_back(runs);
                sentence.give_back(covers);
            }
            Node::Minimal(node) => {
                node.evaluate(sentence, out);
                keep_minimal(out);
            }
        }
        out.sort_unstable();
        out.dedup();
    }
}

impl Sentence<'_> {
    fn runs(&mut self, node: &Node) -> Vec<Run> {
        let mut runs = self.empty();
        node.evaluate(self, &mut runs);
        runs
    }

    fn empty(&mut self) -> Vec<Run> {
        self.spare.pop().unwrap_or_default()
    }

    fn give_back(&mut self, mut runs: Vec<Run>) {
        runs.clear();
        self.spare.push(runs);
    }
}

fn sequence(parts: &[Part], sentence: &mut Sentence, out: &mut Vec<Run>) {
    // Whether all parts so far were optional, so that the next one may begin the run.
    let mut may_begin = true;
    for part in parts {
        let next = sentence.runs(&part.node);
        let mut joined = sentence.empty();
        for run in out.iter() {
            let from = next.partition_point(|n| n.start < run.end);
            let follow = next[from..].iter().take_while(|n| n.start == run.end);
            joined.extend(follow.map(|n| Run { start: run.start, end: n.end }));
        }
        if may_begin {
            joined.extend_from_slice(&next);
        }
        if part.optional {
            joined.append(out);
        } else {
            may_begin = false;
        }
        joined.sort_unstable();
        joined.dedup();
        std::mem::swap(out, &mut joined);
        sentence.give_back(joined);
        sentence.give_back(next);
    }
}

/// Joins each run of `left` with each of `right` that begins behind it, with at most `gap` tokens between.
fn pairs(left: &[Run], right: &[Run], gap: u32, out: &mut Vec<Run>) {
    for l in left {
        let from = right.partition_point(|r| r.start < l.end);
        let near = right[from..].iter().take_while(|r| r.start - l.end <= gap);
        out.extend(near.map(|r| Run { start: l.start, end: r.end }));
    }
}

/// Drops every run that holds another one.
fn keep_minimal(runs: &mut Vec<Run>) {
    runs.sort_unstable_by_key(|run| (run.end, std::cmp::Reverse(run.start)));
    let mut latest_start = None;
    runs.retain(|run| {
        let holds_none = latest_start.is_none_or(|start| run.start > start);
        if holds_none {
            latest_start = Some(run.start);
        }
        holds_none
    });
}

/// Turns sorted runs into what `is_covered` asks: the farthest end of all runs that begin no later.
fn widen(sorted: &mut [Run]) {
    let mut end = 0;
    for run in sorted {
        end = end.max(run.end);
        run.end = end;
    }
}

fn is_covered(widened: &[Run], run: Run) -> bool {
    let n_before = widened.partition_point(|cover| cover.start <= run.start);
    n_before.checked_sub(1).is_some_and(|last| widened[last].end >= run.end)
}
