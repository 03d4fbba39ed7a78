//! Patterns that are more than sequences: proximity and exceptions, over the runs that the trie meets.

use super::found::{Begin, Operand, Run};
use super::trie::Trie;
use super::view::{NodeId, OperandId, View};

/// A pattern evaluated in the sentences that have one of its gates.
#[derive(Debug)]
pub(super) struct Rule {
    /// What it yields.
    pub entry: u32,
    pub node: Node,
}

#[derive(Debug)]
pub(super) enum Node {
    /// Every run of an operand.
    Operand(OperandId),
    /// Runs that follow each other with nothing between; at least one part is not optional.
    Seq(Vec<Part>),
    Alt(Vec<Node>),
    Near {
        left: Box<Node>,
        right: Box<Node>,
        gap: u32,
        ordered: bool,
        /// The side to look for first: the one that is there less often, given that the rule's gate is.
        first: Side,
    },
    /// Runs of the first that no run of the second covers.
    Unless(Box<Node>, Box<Node>),
    /// Runs that hold no other run of the same node.
    Minimal(Box<Node>),
}

/// One side of a proximity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

#[derive(Debug)]
pub(super) struct Part {
    pub node: Node,
    pub optional: bool,
}

/// What a node is evaluated over.
pub(super) struct Sentence<'a> {
    pub trie: &'a Trie,
    pub view: &'a View<'a>,
    /// Where operands can begin.
    pub begins: &'a [Begin],
    /// Runs of the operands that were asked for, in this sentence or an earlier one.
    pub operands: &'a mut Vec<Operand>,
    /// Which sentence this is.
    pub number: u64,
    pub stack: &'a mut Vec<(NodeId, u32)>,
    /// Empty vectors.
    pub spare: &'a mut Vec<Vec<Run>>,
}

impl Node {
    /// The runs of the node in the sentence, sorted, each once; `out` must be empty.
    pub(super) fn evaluate(&self, sentence: &mut Sentence, out: &mut Vec<Run>) {
        match self {
            Node::Operand(operand) => out.extend_from_slice(sentence.operand(*operand)),
            Node::Alt(branches) => {
                for branch in branches {
                    let runs = sentence.runs(branch);
                    out.extend_from_slice(&runs);
                    sentence.give_back(runs);
                }
            }
            Node::Seq(parts) => sequence(parts, sentence, out),
            Node::Near { left, right, gap, ordered, first } => {
                let sides = if *first == Side::Left { [left, right] } else { [right, left] };
                let runs = sentence.runs(sides[0]);
                if runs.is_empty() {
                    return sentence.give_back(runs);
                }
                let others = sentence.runs(sides[1]);
                if *first == Side::Left || !ordered {
                    pairs(&runs, &others, *gap, out);
                }
                if *first == Side::Right || !ordered {
                    pairs(&others, &runs, *gap, out);
                }
                sentence.give_back(runs);
                sentence.give_back(others);
            }
            Node::Unless(node, exception) => {
                let runs = sentence.runs(node);
                if runs.is_empty() {
                    return sentence.give_back(runs);
                }
                let mut covers = sentence.runs(exception);
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
        if out.len() > 1 {
            out.sort_unstable();
            out.dedup();
        }
    }
}

impl Sentence<'_> {
    /// The runs of an operand, looked for the first time that they are asked for.
    fn operand(&mut self, operand: OperandId) -> &[Run] {
        let number = operand as usize;
        if self.operands.len() <= number {
            self.operands.resize_with(number + 1, Operand::default);
        }
        let known = &mut self.operands[number];
        if known.sentence != self.number {
            known.sentence = self.number;
            known.runs.clear();
            for Begin { run, class, .. } in self.begins.iter().filter(|begin| begin.operands.may_hold(operand)) {
                for node in self.view.starts(*class).of_operand(operand) {
                    let mut visit = |_, end| known.runs.push(Run { start: run.start, end });
                    self.trie.walk(node, run.end, self.view, self.stack, &mut visit);
                }
            }
        }
        &known.runs
    }

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
