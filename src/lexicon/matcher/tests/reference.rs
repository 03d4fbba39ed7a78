//! A slow, obvious matcher: expressions are read as they stand, over lists of words, and every span is tried.

use super::super::super::pattern::{Atom, Expr, parse};
use super::{PlainSpelling, Text, compile, cut, find, plain_stem, theme};
use proptest::prelude::*;
use std::collections::BTreeSet;

type Spans = BTreeSet<(u32, u32)>;

struct Sentence<'a> {
    text: &'a Text,
    start: u32,
    end: u32,
}

impl Sentence<'_> {
    /// Every span of `expr`; empty ones where it is optional.
    fn spans(&self, expr: &Expr) -> Spans {
        match expr {
            Expr::Any => (self.start..self.end).map(|at| (at, at + 1)).collect(),
            Expr::Word(atom) => self.words(atom),
            Expr::Optional(inner) => {
                let mut spans = self.spans(inner);
                spans.extend((self.start..=self.end).map(|at| (at, at)));
                spans
            }
            Expr::Alt(branches) => branches.iter().flat_map(|branch| self.spans(branch)).collect(),
            Expr::Seq(parts) => {
                let mut spans: Spans = (self.start..=self.end).map(|at| (at, at)).collect();
                for part in parts {
                    let next = self.spans(part);
                    spans = every_pair(&spans, &next).filter(|(a, b)| a.1 == b.0).map(|(a, b)| (a.0, b.1)).collect();
                }
                spans
            }
            Expr::Near { left, right, gap, ordered } => {
                let (left, right) = (self.spans(left), self.spans(right));
                let near = |a: (u32, u32), b: (u32, u32)| a.1 <= b.0 && b.0 - a.1 <= *gap;
                let pairs = every_pair(&left, &right).filter(|&(a, b)| near(a, b) || (!ordered && near(b, a)));
                pairs.map(|(a, b)| (a.0.min(b.0), a.1.max(b.1))).collect()
            }
            Expr::Unless(left, right) => uncovered(self.spans(left), &self.hits(right)),
            Expr::List { .. } => panic!("lists are put in before"),
        }
    }

    /// Every span of a whole pattern: of proximity, those that hold no other.
    fn hits(&self, expr: &Expr) -> Spans {
        match expr {
            _ if expr.is_plain() => self.spans(expr),
            Expr::Alt(branches) => branches.iter().flat_map(|branch| self.hits(branch)).collect(),
            Expr::Unless(left, right) => uncovered(self.hits(left), &self.hits(right)),
            _ => {
                let all = self.spans(expr);
                let holds = |a: (u32, u32), b: (u32, u32)| a != b && a.0 <= b.0 && b.1 <= a.1;
                all.iter().copied().filter(|&a| !all.iter().any(|&b| holds(a, b))).collect()
            }
        }
    }

    fn words(&self, atom: &Atom) -> Spans {
        let is = |surface: &str| match atom {
            Atom::Stem(stems) => !surface.contains('-') && stems.iter().any(|stem| **stem == *plain_stem(surface)),
            Atom::Exact(wanted) => **wanted == *surface,
            Atom::Glob(glob) => glob.has_hyphen() == surface.contains('-') && glob.matches(surface),
        };
        let tokens = (self.start..self.end).filter(|&at| is(&self.text.tokens[at as usize])).map(|at| (at, at + 1));
        let compounds = self
            .text
            .compounds
            .iter()
            .filter(|(first, _, surface)| (self.start..self.end).contains(first) && is(surface));
        tokens.chain(compounds.map(|&(first, n, _)| (first, first + u32::from(n)))).collect()
    }
}

fn every_pair<'a>(left: &'a Spans, right: &'a Spans) -> impl Iterator<Item = ((u32, u32), (u32, u32))> + use<'a> {
    left.iter().flat_map(move |&a| right.iter().map(move |&b| (a, b)))
}

fn uncovered(spans: Spans, covers: &Spans) -> Spans {
    spans.into_iter().filter(|span| !covers.iter().any(|cover| cover.0 <= span.0 && span.1 <= cover.1)).collect()
}

/// A theme: the one above it, patterns, exceptions.
type Sketch = (Option<usize>, Vec<String>, Vec<String>);

/// Hits as (first token, theme, tokens, pattern), in the order of the door.
fn reference(themes: &[Sketch], text: &Text) -> Vec<(u32, u16, u32, u32)> {
    let expr = |pattern: &String| parse(pattern, &mut PlainSpelling).unwrap();
    let first_pattern = |theme: usize| themes[..theme].iter().map(|t| t.1.len()).sum::<usize>();
    let mut found = Vec::new();
    for &(start, n_tokens) in &text.sentences {
        let sentence = Sentence { text, start, end: start + n_tokens };
        let excepted =
            |theme: usize| -> Spans { themes[theme].2.iter().flat_map(|p| sentence.hits(&expr(p))).collect() };
        for theme in 0..themes.len() {
            let mut candidates = Vec::new();
            for owner in 0..themes.len() {
                let chain: Vec<usize> = std::iter::successors(Some(owner), |&t| themes[t].0).collect();
                let Some(depth) = chain.iter().position(|&t| t == theme) else { continue };
                for (number, pattern) in themes[owner].1.iter().enumerate() {
                    let mut spans = sentence.hits(&expr(pattern));
                    for &t in &chain[..=depth] {
                        spans = uncovered(spans, &excepted(t));
                    }
                    let pattern = (first_pattern(owner) + number) as u32;
                    candidates.extend(spans.into_iter().map(|(s, e)| (std::cmp::Reverse(e - s), s, pattern)));
                }
            }
            candidates.sort();
            let mut taken = BTreeSet::new();
            for (std::cmp::Reverse(length), first, pattern) in candidates {
                if (first..first + length).all(|at| !taken.contains(&at)) {
                    taken.extend(first..first + length);
                    found.push((first, theme as u16, length, pattern));
                }
            }
        }
    }
    found.sort();
    found
}

fn word() -> impl Strategy<Value = String> {
    let words =
        ["a", "b", "c", "ab", "abs", "=abs", "a*", "*b", "?b", "a-b", "a-*", "=c-a", "[ac]", "*b*", "cas", "[!a]b"];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

fn pattern() -> impl Strategy<Value = String> {
    word().prop_recursive(4, 12, 3, |inner| {
        let group = |p: String| if p.contains([' ', '|']) { format!("({p})") } else { p };
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(move |p| p
                .into_iter()
                .map(group)
                .collect::<Vec<_>>()
                .join(" ")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|p| format!("({})", p.join("|"))),
            (inner.clone(), inner.clone()).prop_map(move |(a, b)| format!("{} ({b})? {}", group(a), "c")),
            (inner.clone(), 0u32..4, inner.clone()).prop_map(move |(a, n, b)| format!(
                "{} NEAR/{n} {}",
                group(a),
                group(b)
            )),
            (inner.clone(), 0u32..4, inner.clone()).prop_map(move |(a, n, b)| format!(
                "{} BEFORE/{n} {}",
                group(a),
                group(b)
            )),
            (inner.clone(), inner.clone()).prop_map(move |(a, b)| format!("{} UNLESS {}", group(a), group(b))),
            (inner.clone(), inner).prop_map(move |(a, b)| format!("{} * {}", group(a), group(b))),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    let words = ["a", "b", "c", "ab", "abs", "cb", "x", "a-b", "c-a", "b-a-b", "cas", "bb", "."];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..24).prop_map(|words| words.join(" "))
}

fn themes() -> impl Strategy<Value = Vec<Sketch>> {
    let theme = |number: usize| {
        let above = if number == 0 { Just(None).boxed() } else { prop::option::of(0..number).boxed() };
        (above, prop::collection::vec(pattern(), 0..5), prop::collection::vec(pattern(), 0..2))
    };
    (theme(0), theme(1), theme(2)).prop_map(|(a, b, c)| vec![a, b, c])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn the_matcher_finds_what_the_reference_finds(mut themes in themes(), texts in prop::collection::vec(text(), 3)) {
        let compiles = |pattern: &String| compile(vec![theme("t", None, &[pattern])], &[]).is_ok();
        for (_, patterns, except) in &mut themes {
            patterns.retain(compiles);
            except.retain(compiles);
        }
        let compiled = themes.iter().enumerate().map(|(number, (above, patterns, except))| {
            let above = above.map(|above| above.to_string());
            let except = except.iter().map(|pattern| format!("!{pattern}"));
            let all: Vec<String> = patterns.iter().cloned().chain(except).collect();
            theme(&number.to_string(), above.as_deref(), &all.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let lexicon = compile(compiled.collect(), &[]).unwrap();
        for text in texts {
            let text = cut(&text);
            let hits: Vec<_> =
                find(&lexicon, &text).0.iter().map(|h| (h.first_token, h.theme, u32::from(h.n_tokens), h.pattern)).collect();
            prop_assert_eq!(hits, reference(&themes, &text));
        }
    }
}
