//! Sequences of symbols in one trie, and the walk over a sentence.

use super::mask::Mask;
use super::view::{NodeId, OperandId, Symbols, View};
use super::words::Symbol;
use rustc_hash::FxHashMap;

/// One step of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    /// A token, or a hyphenated word seen whole, that is this symbol.
    Word(Symbol),
    /// Any one token.
    Any,
}

/// The trie, frozen: edges and ends of a node lie together.
#[derive(Debug, Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    edges: Vec<(Symbol, NodeId)>,
    /// What is met where a sequence ends.
    ends: Vec<u32>,
    roots: FxHashMap<Symbol, NodeId>,
    /// Operands that begin with a symbol, each with the node it leads to, ascending.
    operands: FxHashMap<Symbol, Vec<(OperandId, NodeId)>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// Of the edges.
    mask: Mask,
    edges: (u32, u32),
    ends: (u32, u32),
    /// Where any one token leads; 0 for nowhere, since nothing leads back to the root.
    any: NodeId,
}

/// The trie as it grows.
#[derive(Debug, Default)]
pub(super) struct Sprout {
    children: FxHashMap<(NodeId, Step), NodeId>,
    ends: Vec<(NodeId, u32)>,
    n_nodes: u32,
    /// The node that each operand begins at: no other node leads there.
    operands: Vec<NodeId>,
}

impl Sprout {
    /// Adds one sequence, which must begin with a word; `end` is what is met with it.
    pub(super) fn add(&mut self, sequence: &[Step], end: u32) {
        self.grow(0, sequence, end);
    }

    /// Adds the sequences of one operand of rules, each of which must begin with a word.
    pub(super) fn add_operand(&mut self, sequences: &[Vec<Step>]) -> OperandId {
        let operand = self.operands.len() as OperandId;
        self.n_nodes += 1;
        let root = self.n_nodes;
        self.operands.push(root);
        sequences.iter().for_each(|sequence| self.grow(root, sequence, operand));
        operand
    }

    fn grow(&mut self, root: NodeId, sequence: &[Step], end: u32) {
        let mut node = root;
        for &step in sequence {
            let n_nodes = &mut self.n_nodes;
            node = *self.children.entry((node, step)).or_insert_with(|| {
                *n_nodes += 1;
                *n_nodes
            });
        }
        self.ends.push((node, end));
    }

    pub(super) fn freeze(mut self) -> Trie {
        let mut trie = Trie { nodes: vec![Node::default(); self.n_nodes as usize + 1], ..Trie::default() };
        let mut children: Vec<((NodeId, Step), NodeId)> = self.children.into_iter().collect();
        children.sort_unstable();
        let operand_at = |node: NodeId| self.operands.binary_search(&node).ok();
        for ((parent, step), child) in children {
            if let (Step::Word(symbol), Some(operand)) = (step, operand_at(parent)) {
                trie.operands.entry(symbol).or_default().push((operand as OperandId, child));
                continue;
            }
            let node = &mut trie.nodes[parent as usize];
            match step {
                Step::Any => node.any = child,
                Step::Word(symbol) if parent == 0 => {
                    trie.roots.insert(symbol, child);
                }
                Step::Word(symbol) => {
                    extend(&mut node.edges, trie.edges.len());
                    node.mask.add(&Mask::of([symbol]));
                    trie.edges.push((symbol, child));
                }
            }
        }
        self.ends.sort_unstable();
        self.ends.dedup();
        for (node, end) in self.ends {
            extend(&mut trie.nodes[node as usize].ends, trie.ends.len());
            trie.ends.push(end);
        }
        trie
    }
}

/// Widens a range of indices by the next one.
fn extend(range: &mut (u32, u32), next: usize) {
    if range.0 == range.1 {
        range.0 = next as u32;
    }
    range.1 = next as u32 + 1;
}

impl Trie {
    /// The nodes that a token of these symbols leads to from the start of a sequence.
    pub(super) fn starts(&self, symbols: &[Symbol]) -> Box<[NodeId]> {
        symbols.iter().filter_map(|symbol| self.roots.get(symbol).copied()).collect()
    }

    /// The operands that a token of these symbols begins, each with the node it leads to, ascending.
    pub(super) fn operands(&self, symbols: &[Symbol]) -> Box<[(OperandId, NodeId)]> {
        let mut operands: Vec<_> =
            symbols.iter().filter_map(|symbol| self.operands.get(symbol)).flatten().copied().collect();
        operands.sort_unstable();
        operands.into_boxed_slice()
    }

    /// What is met with a node.
    pub(super) fn ends(&self, node: NodeId) -> &[u32] {
        let (from, to) = self.nodes[node as usize].ends;
        &self.ends[from as usize..to as usize]
    }

    /// Whether anything may follow a node.
    pub(super) fn goes_on(&self, node: NodeId) -> bool {
        let node = &self.nodes[node as usize];
        node.any != 0 || node.edges.0 < node.edges.1
    }

    /// What may follow a node; everything where anything may.
    pub(super) fn next(&self, node: NodeId) -> Mask {
        let node = &self.nodes[node as usize];
        if node.any != 0 { Mask::ALL } else { node.mask }
    }

    /// Visits every sequence of the sentence in view that has come to `node` before token `at`: what is met with it, and the token after its last.
    pub(super) fn walk(
        &self,
        node: NodeId,
        at: u32,
        view: &View,
        stack: &mut Vec<(NodeId, u32)>,
        visit: &mut impl FnMut(u32, u32),
    ) {
        self.ends(node).iter().for_each(|&end| visit(end, at));
        if self.goes_on(node) {
            self.walk_on(node, at, view, stack, visit);
        }
    }

    /// The same for the sequences that go on from there.
    pub(super) fn walk_on(
        &self,
        node: NodeId,
        at: u32,
        view: &View,
        stack: &mut Vec<(NodeId, u32)>,
        visit: &mut impl FnMut(u32, u32),
    ) {
        self.advance(node, at, view, stack);
        while let Some((node, at)) = stack.pop() {
            self.ends(node).iter().for_each(|&end| visit(end, at));
            self.advance(node, at, view, stack);
        }
    }

    /// Puts the nodes on the stack that the next token leads to.
    fn advance(&self, node: NodeId, at: u32, view: &View, stack: &mut Vec<(NodeId, u32)>) {
        let node = &self.nodes[node as usize];
        let edges = &self.edges[node.edges.0 as usize..node.edges.1 as usize];
        if at >= view.end || (edges.is_empty() && node.any == 0) {
            return;
        }
        if node.any != 0 {
            stack.push((node.any, at + 1));
        }
        if let Some(symbols) = view.symbols(at, &node.mask) {
            step(edges, &node.mask, symbols, |child| stack.push((child, at + 1)));
        }
        for compound in view.compounds_at(at) {
            let symbols = view.symbols_of(compound.class);
            step(edges, &node.mask, symbols, |child| stack.push((child, at + u32::from(compound.n_tokens))));
        }
    }
}

/// The children that a class leads to: the shorter side is gone through, the longer one searched. `next` is the mask of
/// the edges.
#[inline]
fn step(edges: &[(Symbol, NodeId)], next: &Mask, symbols: Symbols, mut visit: impl FnMut(NodeId)) {
    if edges.len() <= symbols.sorted.len() {
        for &(symbol, child) in edges {
            if symbols.mask.may_hold(symbol) && symbols.sorted.binary_search(&symbol).is_ok() {
                visit(child);
            }
        }
    } else {
        for symbol in symbols.sorted.iter().filter(|symbol| next.may_hold(**symbol)) {
            if let Ok(at) = edges.binary_search_by_key(symbol, |edge| edge.0) {
                visit(edges[at].1);
            }
        }
    }
}
